/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * what - strings that tell what a file was made from
 *
 * usage: what [-qs] [file ...]
 *
 * Such a string follows "@(#)" and ends at a quote, newline, ">" or NUL.
 */
#include <err.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

static int only_first, quiet;

static void
put_string(FILE *f)
{
	int c;

	if (!quiet)
		putchar('\t');
	while ((c = getc(f)) != EOF && c != '\0' && c != '\n' && c != '"' &&
	    c != '>' && c != '\\')
		putchar(c);
	putchar('\n');
}

/* Returns whether there was one. */
static int
look(FILE *f, const char *name)
{
	static const char mark[] = "@(#)";
	int c, n = 0, found = 0;

	while ((c = getc(f)) != EOF) {
		if (c != mark[n]) {
			n = c == mark[0];
			continue;
		}
		if (mark[++n] != '\0')
			continue;
		n = 0;
		put_string(f);
		found = 1;
		if (only_first)
			break;
	}
	if (ferror(f))
		err(1, "%s", name);
	return (found);
}

int
main(int argc, char **argv)
{
	int c, found = 0, bad = 0;
	FILE *f;

	while ((c = getopt(argc, argv, "qs")) != -1) {
		switch (c) {
		case 'q': quiet = 1; break;
		case 's': only_first = 1; break;
		default:
			fprintf(stderr, "usage: what [-qs] [file ...]\n");
			return (EX_USAGE);
		}
	}
	argv += optind;
	if (*argv == NULL)
		found = look(stdin, "standard input");
	for (; *argv != NULL; argv++) {
		if ((f = fopen(*argv, "r")) == NULL) {
			warn("%s", *argv);
			bad = 1;
			continue;
		}
		if (!quiet)
			printf("%s:\n", *argv);
		found |= look(f, *argv);
		fclose(f);
	}
	return (bad || !found);
}
