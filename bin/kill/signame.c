/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals by name; see signame.h.
 */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "signame.h"

int
signame_number(const char *text)
{
	char *end;
	long n;
	int i;

	if (isdigit((unsigned char)*text)) {
		n = strtol(text, &end, 10);
		return (*end != '\0' || n > 128 ? -1 : (int)n);
	}
	if (strncasecmp(text, "SIG", 3) == 0)
		text += 3;
	for (i = 1; i < sys_nsig; i++) {
		if (sys_signame[i] != NULL &&
		    strcasecmp(sys_signame[i], text) == 0)
			return (i);
	}
	return (-1);
}

void
signame_list(FILE *f)
{
	int i;

	for (i = 1; i < sys_nsig; i++)
		fprintf(f, "%s%c", sys_signame[i],
		    i == sys_nsig / 2 || i == sys_nsig - 1 ? '\n' : ' ');
}
