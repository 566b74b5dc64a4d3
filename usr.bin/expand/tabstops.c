/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tab stops; see tabstops.h.
 */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>

#include "tabstops.h"

static unsigned int *stops, nstops, every = 8;

void
tabstops_set(const char *list)
{
	unsigned long n;
	char *end;

	nstops = 0;
	while (*list != '\0') {
		n = strtoul(list, &end, 10);
		if (end == list || n == 0 || n > 1000000 ||
		    (nstops > 0 && n <= stops[nstops - 1]))
			errx(1, "bad tab stop spec");
		stops = reallocarray(stops, nstops + 1, sizeof(*stops));
		if (stops == NULL)
			err(1, NULL);
		stops[nstops++] = (unsigned int)n;
		if (*end != '\0' && *end != ',' &&
		    !isblank((unsigned char)*end))
			errx(1, "bad tab stop spec");
		list = *end != '\0' ? end + 1 : end;
	}
	if (nstops == 0)
		errx(1, "bad tab stop spec");
	every = nstops == 1 ? stops[0] : 0;
}

unsigned int
tabstops_next(unsigned int column)
{
	unsigned int i;

	if (every > 0)
		return ((column / every + 1) * every);
	for (i = 0; i < nstops; i++) {
		if (stops[i] > column)
			return (stops[i]);
	}
	return (column + 1);
}

int
tabstops_past(unsigned int column)
{
	return (every == 0 && column >= stops[nstops - 1]);
}
