/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * head - the first part of files
 *
 * usage: head [-q] [-n lines | -c bytes] [file ...]
 */
#include <ctype.h>
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
copy_lines(FILE *f, intmax_t n)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while (n-- > 0 && (len = getline(&line, &cap, f)) > 0)
		fwrite(line, 1, (size_t)len, stdout);
	free(line);
}

static void
copy_bytes(FILE *f, intmax_t n)
{
	char buf[8192];
	size_t len;

	while (n > 0) {
		len = n < (intmax_t)sizeof(buf) ? (size_t)n : sizeof(buf);
		len = fread(buf, 1, len, f);
		if (len == 0)
			break;
		fwrite(buf, 1, len, stdout);
		n -= (intmax_t)len;
	}
}

static intmax_t
number(const char *what, const char *text)
{
	char *end;
	intmax_t n = strtoimax(text, &end, 10);

	if (end == text || *end != '\0' || n < 0)
		errx(1, "illegal %s count -- %s", what, text);
	return (n);
}

int
main(int argc, char **argv)
{
	intmax_t lines = 10, bytes = -1;
	int c, many, quiet = 0, first = 1, rc = 0;
	FILE *f;

	/* head -N */
	if (argc > 1 && argv[1][0] == '-' && isdigit((unsigned char)argv[1][1])) {
		lines = number("line", argv[1] + 1);
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "c:n:q")) != -1) {
		switch (c) {
		case 'c':
			bytes = number("byte", optarg);
			break;
		case 'n':
			lines = number("line", optarg);
			break;
		case 'q':
			quiet = 1;
			break;
		default:
			fprintf(stderr, "usage: head [-q] [-n lines | -c bytes] "
			    "[file ...]\n");
			return (1);
		}
	}
	argv += optind;
	argc -= optind;
	many = argc > 1 && !quiet;
	do {
		f = stdin;
		if (*argv != NULL) {
			f = fopen(*argv, "r");
			if (f == NULL) {
				warn("%s", *argv++);
				rc = 1;
				continue;
			}
			if (many)
				printf("%s==> %s <==\n", first ? "" : "\n", *argv);
			first = 0;
			argv++;
		}
		if (bytes >= 0)
			copy_bytes(f, bytes);
		else
			copy_lines(f, lines);
		if (f != stdin)
			fclose(f);
	} while (*argv != NULL);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
