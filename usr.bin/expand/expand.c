/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expand, unexpand - turn tabs into blanks and back
 *
 * usage: expand [-t tabstops] [file ...]
 *        unexpand [-a | -t tabstops] [file ...]
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

#include "tabstops.h"

static int everywhere;		/* unexpand -a */

static unsigned int
advance(unsigned int column, wint_t c)
{
	int w;

	if (c == '\b')
		return (column > 0 ? column - 1 : 0);
	if (c == '\n' || c == '\r')
		return (0);
	w = wcwidth((wchar_t)c);
	return (column + (w > 0 ? (unsigned int)w : 0));
}

static void
expand(FILE *f)
{
	unsigned int column = 0, to;
	wint_t c;

	while ((c = getwc(f)) != WEOF) {
		if (c != '\t') {
			putwchar((wchar_t)c);
			column = advance(column, c);
			continue;
		}
		for (to = tabstops_next(column); column < to; column++)
			putwchar(L' ');
	}
}

/*
 * Blanks are held back: from is the column that was reached with what is
 * printed, column where the input is.
 */
static void
flush_blanks(unsigned int from, unsigned int column)
{
	unsigned int stop;

	while (!tabstops_past(from) && (stop = tabstops_next(from)) <=
	    column) {
		/* A single blank stays one. */
		if (stop - from == 1)
			putwchar(column - from == 1 ? L' ' : L'\t');
		else
			putwchar(L'\t');
		from = stop;
	}
	for (; from < column; from++)
		putwchar(L' ');
}

static void
unexpand(FILE *f)
{
	unsigned int column = 0, from = 0;
	int leading = 1;
	wint_t c;

	while ((c = getwc(f)) != WEOF) {
		if ((c == ' ' || c == '\t') && (leading || everywhere) &&
		    !(c == '\t' && tabstops_past(column))) {
			column = c == ' ' ? column + 1 : tabstops_next(column);
			continue;
		}
		flush_blanks(from, column);
		putwchar((wchar_t)c);
		if (c == '\n')
			leading = 1;
		else if (c != ' ' && c != '\t' && c != '\b')
			leading = 0;
		column = c == '\t' ? tabstops_next(column) :
		    advance(column, c);
		from = column;
	}
	flush_blanks(from, column);
}

int
main(int argc, char **argv)
{
	int c, undo = strcmp(getprogname(), "unexpand") == 0, rc = 0, i;
	char old[64];
	FILE *f;

	setlocale(LC_CTYPE, "");
	/* "-4,8" is the old form of "-t 4,8". */
	for (i = 1; !undo && i < argc && argv[i][0] == '-' &&
	    isdigit((unsigned char)argv[i][1]); i++) {
		strlcpy(old, argv[i] + 1, sizeof(old));
		tabstops_set(old);
		optind = i + 1;
	}
	while ((c = getopt(argc, argv, undo ? "at:" : "t:")) != -1) {
		if (c == '?')
			goto usage;
		everywhere = 1;
		if (c == 't')
			tabstops_set(optarg);
	}
	argv += optind;
	if (*argv == NULL)
		(undo ? unexpand : expand)(stdin);
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		(undo ? unexpand : expand)(f);
		fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
usage:
	fprintf(stderr, undo ?
	    "usage: unexpand [-a | -t tablist] [file ...]\n" :
	    "usage: expand [-t tablist] [file ...]\n");
	return (1);
}
