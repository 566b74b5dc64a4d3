/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Suboptions: "name,name=value,...".
 */
#include <stdlib.h>
#include <string.h>

char	*suboptarg;

int
getsubopt(char **optionp, char *const *tokens, char **valuep)
{
	char *p = *optionp, *end;
	int i;

	suboptarg = NULL;
	*valuep = NULL;
	if (p == NULL || *p == '\0')
		return (-1);
	p += strspn(p, ", \t");
	if (*p == '\0') {
		*optionp = p;
		return (-1);
	}
	suboptarg = p;
	end = p + strcspn(p, ", \t");
	if (*end != '\0')
		*end++ = '\0';
	*optionp = end + strspn(end, ", \t");
	p = strchr(p, '=');
	if (p != NULL) {
		*p = '\0';
		*valuep = p + 1;
	}
	for (i = 0; tokens[i] != NULL; i++) {
		if (strcmp(suboptarg, tokens[i]) == 0)
			return (i);
	}
	return (-1);
}
