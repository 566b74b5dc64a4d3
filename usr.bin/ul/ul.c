/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ul - show underlining and overstriking as the terminal does
 *
 * usage: ul [-i] [-t terminal] [file ...]
 *
 * A line is collected as cells, each with a character and how it was marked
 * by backspacing: a character over itself is bold, one over or under "_" is
 * underlined.
 */
#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#include <term.h>

#define UNDERLINED	1
#define EMBOLDENED	2

struct cell {
	wchar_t	c;
	int	mode;
};

static struct cell *cells;
static size_t ncells, used;
static int indicate;
static const char *enter_underline, *enter_emboldened, *leave_all;

static struct cell *
cell_at(size_t col)
{
	size_t n;

	if (col >= ncells) {
		n = ncells;
		ncells = (col + 1) * 2;
		cells = reallocarray(cells, ncells, sizeof(*cells));
		if (cells == NULL)
			err(1, NULL);
		memset(cells + n, 0, (ncells - n) * sizeof(*cells));
	}
	if (col >= used)
		used = col + 1;
	return (&cells[col]);
}

static void
put_char(size_t col, wchar_t c)
{
	struct cell *p = cell_at(col);

	if (p->c == L'\0' || p->c == L' ') {
		p->c = c;
	} else if (c == L' ') {
		return;
	} else if (p->c == c) {
		p->mode |= EMBOLDENED;
	} else if (c == L'_') {
		p->mode |= UNDERLINED;
	} else if (p->c == L'_') {
		p->c = c;
		p->mode |= UNDERLINED;
	} else {
		p->c = c;
	}
}

static void
set_mode(int old, int new)
{
	if (old == new || indicate)
		return;
	if (old != 0 && leave_all != NULL)
		putp(leave_all);
	if ((new & UNDERLINED) && enter_underline != NULL)
		putp(enter_underline);
	if ((new & EMBOLDENED) && enter_emboldened != NULL)
		putp(enter_emboldened);
}

/* The line below, with a mark for what the terminal cannot show. */
static void
put_marks(void)
{
	size_t i, last = 0;

	for (i = 0; i < used; i++)
		if (cells[i].mode != 0)
			last = i + 1;
	if (last == 0)
		return;
	putchar('\n');
	for (i = 0; i < last; i++) {
		putwchar(cells[i].mode == 0 ? L' ' :
		    cells[i].mode == EMBOLDENED ? L'!' :
		    cells[i].mode == UNDERLINED ? L'-' : L'=');
	}
}

static void
put_line(void)
{
	int mode = 0;
	size_t i;

	for (i = 0; i < used; i++) {
		set_mode(mode, cells[i].mode);
		mode = cells[i].mode;
		putwchar(cells[i].c == L'\0' ? L' ' : cells[i].c);
	}
	set_mode(mode, 0);
	if (indicate)
		put_marks();
	memset(cells, 0, used * sizeof(*cells));
	used = 0;
}

static void
underline(FILE *f, const char *name)
{
	size_t col = 0;
	wint_t c;

	while ((c = getwc(f)) != WEOF) {
		switch (c) {
		case L'\b':
			if (col > 0)
				col--;
			break;
		case L'\t':
			col = (col + 8) & ~(size_t)7;
			cell_at(col - 1);
			break;
		case L'\r':
			col = 0;
			break;
		case L'\n':
		case L'\f':
			put_line();
			putwchar((wchar_t)c);
			col = 0;
			break;
		case L'\033':
			/* Half-line motions have nothing to move here. */
			getwc(f);
			break;
		default:
			put_char(col++, (wchar_t)c);
			break;
		}
	}
	if (ferror(f))
		err(1, "%s", name);
	if (used > 0)
		put_line();
}

static const char *
capability(const char *name)
{
	const char *s = tigetstr(name);

	return (s == (const char *)-1 ? NULL : s);
}

int
main(int argc, char **argv)
{
	char *term = getenv("TERM");
	int c, error;
	FILE *f;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "it:")) != -1) {
		switch (c) {
		case 'i': indicate = 1; break;
		case 't': term = optarg; break;
		default:
			fprintf(stderr,
			    "usage: ul [-i] [-t terminal] [file ...]\n");
			return (EX_USAGE);
		}
	}
	if (term != NULL && setupterm(term, 1, &error) == OK) {
		enter_underline = capability("smul");
		enter_emboldened = capability("bold");
		leave_all = capability("sgr0");
	}
	cell_at(0);
	used = 0;
	argv += optind;
	if (*argv == NULL)
		underline(stdin, "standard input");
	for (; *argv != NULL; argv++) {
		if ((f = fopen(*argv, "r")) == NULL)
			err(1, "%s", *argv);
		underline(f, *argv);
		fclose(f);
	}
	return (fflush(stdout) != 0);
}
