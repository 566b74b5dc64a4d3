/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of strings that grow.
 */
#include <stdlib.h>
#include <string.h>
#include <stringlist.h>

#define LIST_STEP	20

StringList *
sl_init(void)
{
	return (calloc(1, sizeof(StringList)));
}

int
sl_add(StringList *sl, char *name)
{
	char **grown;

	if (sl->sl_cur == sl->sl_max) {
		grown = reallocarray(sl->sl_str, sl->sl_max + LIST_STEP,
		    sizeof(*grown));
		if (grown == NULL)
			return (-1);
		sl->sl_str = grown;
		sl->sl_max += LIST_STEP;
	}
	sl->sl_str[sl->sl_cur++] = name;
	return (0);
}

void
sl_free(StringList *sl, int all)
{
	size_t i;

	if (sl == NULL)
		return;
	for (i = 0; all && i < sl->sl_cur; i++)
		free(sl->sl_str[i]);
	free(sl->sl_str);
	free(sl);
}

char *
sl_find(StringList *sl, const char *name)
{
	size_t i;

	for (i = 0; i < sl->sl_cur; i++) {
		if (strcmp(sl->sl_str[i], name) == 0)
			return (sl->sl_str[i]);
	}
	return (NULL);
}
