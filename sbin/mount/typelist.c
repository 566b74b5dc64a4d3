/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of file system types; see typelist.h.
 */
#include <string.h>

#include "typelist.h"

int
typelist_admits(const char *list, const char *type)
{
	int negated, found = 0;
	const char *end;

	if (list == NULL)
		return (1);
	negated = strncmp(list, "no", 2) == 0;
	for (list += negated ? 2 : 0; *list != '\0';
	    list = *end == ',' ? end + 1 : end) {
		end = list + strcspn(list, ",");
		if ((size_t)(end - list) == strlen(type) &&
		    strncmp(list, type, strlen(type)) == 0)
			found = 1;
	}
	return (found != negated);
}
