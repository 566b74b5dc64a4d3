/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fold - break lines that are too long
 *
 * usage: fold [-bs] [-w width] [file ...]
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

static int bytes, at_blanks;

static int
advance(int column, wint_t c)
{
	int w;

	if (bytes)
		return (column + 1);
	switch (c) {
	case '\b':
		return (column > 0 ? column - 1 : 0);
	case '\r':
		return (0);
	case '\t':
		return ((column + 8) & ~7);
	}
	w = wcwidth((wchar_t)c);
	return (column + (w > 0 ? w : 0));
}

static void
put(const wchar_t *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (bytes)
			putchar((int)s[i]);
		else
			putwchar(s[i]);
	}
}

static void
fold(FILE *f, int width)
{
	wchar_t *line = calloc((size_t)width * 8 + 8, sizeof(*line));
	size_t n = 0, room = (size_t)width * 8 + 8, i, keep;
	int column = 0, c;

	if (line == NULL)
		err(1, NULL);
	while ((c = bytes ? getc(f) : (int)getwc(f)) != EOF) {
		if (c == '\n') {
			line[n++] = c;
			put(line, n);
			n = 0;
			column = 0;
			continue;
		}
		if (advance(column, (wint_t)c) > width && n > 0) {
			keep = n;
			for (i = n; at_blanks && i > 0; i--) {
				if (iswblank((wint_t)line[i - 1])) {
					keep = i;
					break;
				}
			}
			put(line, keep);
			put(L"\n", 1);
			wmemmove(line, line + keep, n - keep);
			n -= keep;
			column = 0;
			for (i = 0; i < n; i++)
				column = advance(column, (wint_t)line[i]);
		}
		if (n + 2 >= room) {	/* many marks of no width */
			put(line, n);
			n = 0;
		}
		column = advance(column, (wint_t)c);
		line[n++] = c;
	}
	put(line, n);
	free(line);
}

int
main(int argc, char **argv)
{
	int c, width = 80, rc = 0;
	char *end;
	FILE *f;

	setlocale(LC_CTYPE, "");
	while ((c = getopt(argc, argv, "0123456789bsw:")) != -1) {
		switch (c) {
		case 'b': bytes = 1; break;
		case 's': at_blanks = 1; break;
		case 'w':
			width = (int)strtol(optarg, &end, 10);
			if (width < 1 || *end != '\0')
				errx(1, "illegal width value");
			break;
		case '?':
			fprintf(stderr,
			    "usage: fold [-bs] [-w width] [file ...]\n");
			return (1);
		default:	/* "-72" */
			if (argv[optind - 1][0] == '-' &&
			    argv[optind - 1][1] == c)
				width = atoi(argv[optind - 1] + 1);
			else if (argv[optind] != NULL)
				width = atoi(argv[optind] + 1);
			if (width < 1)
				errx(1, "illegal width value");
			break;
		}
	}
	argv += optind;
	if (*argv == NULL)
		fold(stdin, width);
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		fold(f, width);
		fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
