/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uuidgen - make identifiers that nobody else makes
 *
 * usage: uuidgen [-1] [-n count] [-o file]
 *
 * Those that one call of the system makes are consecutive.
 */
#include <sys/types.h>
#include <sys/uuid.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>
#include <uuid.h>

#define AT_ONCE	2048			/* what uuidgen(2) makes */

int
main(int argc, char **argv)
{
	static uuid_t ids[AT_ONCE];
	long count = 1;
	int c, i, n, single = 0;
	char *text, *end;

	while ((c = getopt(argc, argv, "1n:o:")) != -1) {
		switch (c) {
		case '1':
			single = 1;
			break;
		case 'n':
			count = strtol(optarg, &end, 10);
			if (count < 1 || *end != '\0')
				errx(EX_USAGE, "%s: invalid count", optarg);
			break;
		case 'o':
			if (freopen(optarg, "w", stdout) == NULL)
				err(1, "%s", optarg);
			break;
		default:
			goto usage;
		}
	}
	if (argc != optind)
		goto usage;
	for (; count > 0; count -= n) {
		n = single ? 1 : count < AT_ONCE ? (int)count : AT_ONCE;
		if (uuidgen(ids, n) != 0)
			err(1, "uuidgen");
		for (i = 0; i < n; i++) {
			uuid_to_string(&ids[i], &text, NULL);
			if (text == NULL)
				err(1, NULL);
			puts(text);
			free(text);
		}
	}
	return (fflush(stdout) != 0);
usage:
	fprintf(stderr, "usage: uuidgen [-1] [-n count] [-o file]\n");
	return (EX_USAGE);
}
