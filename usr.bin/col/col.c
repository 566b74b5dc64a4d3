/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * col - take reverse line feeds out of text
 *
 * usage: col [-bfhpx] [-l lines]
 *
 * The page is kept as half lines, each a list of characters with columns, and
 * written in order once everything was read.
 */
#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <wchar.h>

struct character {
	wchar_t	c;
	size_t	col;
	size_t	order;			/* in which it came */
	int	alternate;		/* in the other character set */
};

struct line {
	struct character *v;
	size_t	n, max;
};

static struct line *lines;		/* one a half line */
static size_t nlines;
static int last_only, fine, no_tabs, pass_unknown;

static struct line *
line_at(size_t y)
{
	size_t n;

	if (y >= nlines) {
		n = nlines;
		nlines = (y + 1) * 2;
		lines = reallocarray(lines, nlines, sizeof(*lines));
		if (lines == NULL)
			err(1, NULL);
		memset(lines + n, 0, (nlines - n) * sizeof(*lines));
	}
	return (&lines[y]);
}

static void
add(size_t y, size_t col, wchar_t c, int alternate)
{
	struct line *l = line_at(y);

	if (l->n == l->max) {
		l->max = l->max * 2 + 16;
		l->v = reallocarray(l->v, l->max, sizeof(*l->v));
		if (l->v == NULL)
			err(1, NULL);
	}
	l->v[l->n] = (struct character){ c, col, l->n, alternate };
	l->n++;
}

static int
by_column(const void *a, const void *b)
{
	const struct character *x = a, *y = b;

	if (x->col != y->col)
		return (x->col < y->col ? -1 : 1);
	return (x->order < y->order ? -1 : 1);
}

static void
move_to(size_t *at, size_t col)
{
	if (!no_tabs) {
		while (((*at + 8) & ~(size_t)7) <= col && col - *at > 1) {
			putwchar(L'\t');
			*at = (*at + 8) & ~(size_t)7;
		}
	}
	for (; *at < col; ++*at)
		putwchar(L' ');
}

static void
put_line(struct line *l)
{
	size_t at = 0, i;
	int alternate = 0;

	qsort(l->v, l->n, sizeof(*l->v), by_column);
	for (i = 0; i < l->n; i++) {
		struct character *p = &l->v[i];
		int again = i + 1 < l->n && l->v[i + 1].col == p->col;

		if (again && (last_only || (l->v[i + 1].c == p->c &&
		    i + 2 < l->n && l->v[i + 2].col == p->col &&
		    l->v[i + 2].c == p->c)))
			continue;
		move_to(&at, p->col);
		if (p->alternate != alternate)
			putwchar(p->alternate ? 016 : 017);
		alternate = p->alternate;
		putwchar(p->c);
		if (again)
			putwchar(L'\b');
		else
			at++;
	}
	if (alternate)
		putwchar(017);
}

/*
 * Without -f what is half a line down belongs to the next whole line.
 */
static void
put_page(size_t end)
{
	struct line *l, *next;
	size_t y, i;

	for (y = 0; y < end; y++) {
		l = line_at(y);
		if (fine) {
			put_line(l);
			if (y + 1 < end)
				fputws(L"\0339", stdout);
			continue;
		}
		if (y % 2 != 0) {
			next = line_at(y + 1);
			l = line_at(y);
			for (i = 0; i < l->n; i++) {
				add(y + 1, l->v[i].col, l->v[i].c,
				    l->v[i].alternate);
			}
			if (l->n != 0 && y + 1 == end)
				put_line(next);
			continue;
		}
		put_line(l);
		if (y + 1 < end)
			putwchar(L'\n');
	}
	putwchar(L'\n');
}

static size_t
up(size_t y, size_t by)
{
	static int told;

	if (y >= by)
		return (y - by);
	if (!told++)
		warnx("warning: can't back up past the first line");
	return (0);
}

int
main(int argc, char **argv)
{
	size_t y = 0, col = 0, end = 0;
	int c, alternate = 0;
	wint_t w;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "bfhl:px")) != -1) {
		switch (c) {
		case 'b': last_only = 1; break;
		case 'f': fine = 1; break;
		case 'h': no_tabs = 0; break;
		case 'l': break;	/* all lines are kept */
		case 'p': pass_unknown = 1; break;
		case 'x': no_tabs = 1; break;
		default: goto usage;
		}
	}
	if (argc != optind)
		goto usage;
	while ((w = getwchar()) != WEOF) {
		switch (w) {
		case L'\b': col -= col > 0; break;
		case L'\r': col = 0; break;
		case L'\t': col = (col + 8) & ~(size_t)7; break;
		case L' ': col++; break;
		case L'\n': y += 2; col = 0; break;
		case L'\v': y = up(y, 2); break;
		case 016: alternate = 1; break;
		case 017: alternate = 0; break;
		case 033:
			w = getwchar();
			if (w == L'7' || w == L'\a')
				y = up(y, 2);
			else if (w == L'8' || w == L'\b')
				y = up(y, 1);
			else if (w == L'9' || w == L'\t')
				y++;
			else if (pass_unknown && w != WEOF) {
				add(y, col++, 033, alternate);
				add(y, col++, (wchar_t)w, alternate);
			}
			break;
		default:
			if (w < L' ' && !pass_unknown)
				break;
			add(y, col++, (wchar_t)w, alternate);
			if (y >= end)
				end = y + 1;
			break;
		}
	}
	if (ferror(stdin))
		err(1, "standard input");
	if (y > end)
		end = y - 1;
	if (end > 0)
		put_page(end);
	return (fflush(stdout) != 0);
usage:
	fprintf(stderr, "usage: col [-bfhpx] [-l lines]\n");
	return (EX_USAGE);
}
