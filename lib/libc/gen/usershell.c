/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shells a user may have: /etc/shells.
 */
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *shells;
static char *line;
static size_t line_room;
static int fallback;		/* next of those below */

static const char *const defaults[] = { _PATH_BSHELL, _PATH_CSHELL };

void
setusershell(void)
{
	endusershell();
	shells = fopen(_PATH_SHELLS, "re");
}

void
endusershell(void)
{
	if (shells != NULL)
		fclose(shells);
	shells = NULL;
	fallback = 0;
}

char *
getusershell(void)
{
	char *p;

	if (shells == NULL && fallback == 0)
		setusershell();
	if (shells == NULL) {
		if (fallback == (int)(sizeof(defaults) / sizeof(defaults[0])))
			return (NULL);
		return (__DECONST(char *, defaults[fallback++]));
	}
	while (getline(&line, &line_room, shells) >= 0) {
		p = line + strcspn(line, "/#\n");
		if (*p != '/')
			continue;
		p[strcspn(p, " \t#\n")] = '\0';
		return (p);
	}
	return (NULL);
}
