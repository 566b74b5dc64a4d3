/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Helpers for account files.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "nss_text.h"

int
__nss_split(char *line, char **field, int max)
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (n < max - 1 && line != NULL)
		field[n++] = strsep(&line, ":");
	if (line != NULL)
		field[n++] = line;
	return (n);
}

bool
__nss_number(const char *s, unsigned long max, unsigned long *v)
{
	char *end;

	if (!isdigit((unsigned char)*s))
		return (false);
	*v = strtoul(s, &end, 10);
	return (*end == '\0' && *v <= max);
}
