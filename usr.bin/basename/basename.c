/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * basename - the last part of a path
 *
 * usage: basename string [suffix]
 *        basename [-a] [-s suffix] string [...]
 */
#include <err.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
print(char *path, const char *suffix)
{
	char *p = *path == '\0' ? path : basename(path);
	size_t n = strlen(p), s = suffix != NULL ? strlen(suffix) : 0;

	if (s > 0 && n > s && strcmp(p + n - s, suffix) == 0)
		n -= s;
	printf("%.*s\n", (int)n, p);
}

int
main(int argc, char **argv)
{
	const char *suffix = NULL;
	int c, many = 0;

	while ((c = getopt(argc, argv, "as:")) != -1) {
		switch (c) {
		case 'a':
			many = 1;
			break;
		case 's':
			suffix = optarg;
			many = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1 || (!many && argc > 2))
		goto usage;
	if (!many) {
		print(argv[0], argv[1]);
		return (0);
	}
	for (; *argv != NULL; argv++)
		print(*argv, suffix);
	return (0);
usage:
	fprintf(stderr, "usage: basename string [suffix]\n"
	    "       basename [-a] [-s suffix] string [...]\n");
	return (1);
}
