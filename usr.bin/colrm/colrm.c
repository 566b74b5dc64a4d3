/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * colrm - remove columns from each line
 *
 * usage: colrm [start [stop]]
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <wchar.h>

static unsigned long
column(const char *s)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(s, &end, 10);
	if (errno != 0 || n == 0 || *end != '\0')
		errx(EX_USAGE, "illegal column -- %s", s);
	return (n);
}

int
main(int argc, char **argv)
{
	unsigned long start = 0, stop = 0, col = 0;
	wint_t c;
	int width;

	setlocale(LC_ALL, "");
	if (argc > 3 || (argc > 1 && argv[1][0] == '-')) {
		fprintf(stderr, "usage: colrm [start [stop]]\n");
		return (EX_USAGE);
	}
	if (argc > 1)
		start = column(argv[1]);
	if (argc > 2)
		stop = column(argv[2]);
	if (stop != 0 && stop < start)
		errx(EX_USAGE, "illegal start and stop columns");
	while ((c = getwchar()) != WEOF) {
		switch (c) {
		case L'\b':
			col -= col > 0;
			break;
		case L'\n':
			col = 0;
			break;
		case L'\t':
			col = (col + 8) & ~7UL;
			break;
		default:
			width = wcwidth((wchar_t)c);
			col += width > 0 ? (unsigned)width : 0;
			break;
		}
		if (c == L'\n' || start == 0 || col < start ||
		    (stop != 0 && col > stop))
			putwchar((wchar_t)c);
	}
	if (ferror(stdin))
		err(1, "standard input");
	return (fflush(stdout) != 0);
}
