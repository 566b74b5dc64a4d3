/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmp - compare two files
 *
 * usage: cmp [-l | -s | -x] [-z] file1 file2 [skip1 [skip2]]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *
open_at(const char *name, const char *skip)
{
	FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	long long n = skip != NULL ? strtoll(skip, NULL, 0) : 0;

	if (f == NULL)
		err(2, "%s", name);
	while (n-- > 0 && getc(f) != EOF)
		continue;
	return (f);
}

int
main(int argc, char **argv)
{
	int c, list = 0, silent = 0, hex = 0, sizes = 0, a, b, rc = 0;
	struct stat sa, sb;
	uintmax_t byte = 1, line = 1;
	FILE *fa, *fb;

	while ((c = getopt(argc, argv, "lsxz")) != -1) {
		switch (c) {
		case 'l':
			list = 1;
			break;
		case 's':
			silent = 1;
			break;
		case 'x':
			list = hex = 1;
			break;
		case 'z':
			sizes = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 2 || argc > 4 || (list && silent))
		goto usage;
	fa = open_at(argv[0], argc > 2 ? argv[2] : NULL);
	fb = open_at(argv[1], argc > 3 ? argv[3] : NULL);
	/* Plain files of different sizes need not be read. */
	if (sizes && argc == 2 && fstat(fileno(fa), &sa) == 0 &&
	    fstat(fileno(fb), &sb) == 0 && S_ISREG(sa.st_mode) &&
	    S_ISREG(sb.st_mode) && sa.st_size != sb.st_size) {
		if (!silent)
			printf("%s %s differ: size\n", argv[0], argv[1]);
		return (1);
	}
	for (;; byte++) {
		a = getc(fa);
		b = getc(fb);
		if (a == EOF || b == EOF)
			break;
		if (a != b) {
			if (silent)
				return (1);
			if (!list) {
				printf("%s %s differ: char %ju, line %ju\n",
				    argv[0], argv[1], byte, line);
				return (1);
			}
			if (hex)
				printf("%08jx %02x %02x\n", byte - 1, a, b);
			else
				printf("%6ju %3o %3o\n", byte, a, b);
			rc = 1;
		}
		if (a == '\n')
			line++;
	}
	if (a != b) {
		if (!silent)
			fprintf(stderr, "cmp: EOF on %s\n",
			    a == EOF ? argv[0] : argv[1]);
		return (1);
	}
	return (rc);
usage:
	fprintf(stderr,
	    "usage: cmp [-l | -s | -x] [-z] file1 file2 [skip1 [skip2]]\n");
	return (2);
}
