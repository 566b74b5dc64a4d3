/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The unit in which sizes are reported: the variable BLOCKSIZE.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KB	1024L
#define MB	(KB * 1024)
#define GB	(MB * 1024)

/* A heading, its length through *lenp and the unit through *sizep. */
char *
getbsize(int *lenp, long *sizep)
{
	static char header[20];
	const char *form = "";
	char *end;
	long n = 512, mul = 1, max = GB;
	const char *env = getenv("BLOCKSIZE");

	if (env != NULL && *env != '\0') {
		n = strtol(env, &end, 10);
		if (end == env)
			n = 1;
		switch (*end) {
		case 'G':
		case 'g':
			form = "G";
			mul = GB;
			break;
		case 'M':
		case 'm':
			form = "M";
			mul = MB;
			break;
		case 'K':
		case 'k':
			form = "K";
			mul = KB;
			break;
		case '\0':
			break;
		default:
			warnx("%s: unknown blocksize", env);
			n = 512;
		}
		max = GB / mul;
		if (n > max) {
			warnx("maximum blocksize is %ldG", GB / GB);
			n = max;
		}
		if (n * mul < 512) {
			warnx("minimum blocksize is 512");
			form = "";
			mul = 1;
			n = 512;
		}
	}
	*lenp = snprintf(header, sizeof(header), "%ld%s-blocks", n, form);
	*sizep = n * mul;
	return (header);
}
