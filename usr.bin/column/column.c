/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * column - arrange lines in columns
 *
 * usage: column [-tx] [-c columns] [-s sep] [file ...]
 */
#include <sys/types.h>
#include <sys/ioctl.h>

#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

static char **lines;
static size_t nlines;
static int width = 80;

/* Columns of the screen that a text takes. */
static int
text_width(const char *s)
{
	mbstate_t state;
	wchar_t c;
	size_t n;
	int w, all = 0;

	memset(&state, 0, sizeof(state));
	while ((n = mbrtowc(&c, s, MB_CUR_MAX, &state)) != 0) {
		if (n == (size_t)-1 || n == (size_t)-2) {
			memset(&state, 0, sizeof(state));
			n = 1;
			w = 1;
		} else
			w = wcwidth(c);
		all += w > 0 ? w : 0;
		s += n;
	}
	return (all);
}

/* Lines that hold nothing but blanks are left out. */
static void
read_lines(FILE *f)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (line[strspn(line, " \t")] == '\0')
			continue;
		if ((nlines & (nlines - 1)) == 0) {
			lines = reallocarray(lines, nlines > 0 ? nlines * 2 :
			    1, sizeof(*lines));
		}
		if (lines == NULL || (lines[nlines++] = strdup(line)) == NULL)
			err(1, NULL);
	}
	free(line);
}

static void
pad(int from, int to)
{
	while ((from / 8 + 1) * 8 <= to) {
		putchar('\t');
		from = (from / 8 + 1) * 8;
	}
	for (; from < to; from++)
		putchar(' ');
}

static void
print_columns(int across)
{
	size_t i, j, rows, cols, n;
	int max = 0, w;

	for (i = 0; i < nlines; i++) {
		w = text_width(lines[i]);
		max = w > max ? w : max;
	}
	max = (max + 8) & ~7;		/* to the next tab stop */
	cols = width > max ? (size_t)(width / max) : 1;
	rows = (nlines + cols - 1) / cols;
	for (i = 0; i < rows; i++) {
		for (j = 0; j < cols; j++) {
			n = across ? i * cols + j : j * rows + i;
			if (n >= nlines)
				break;
			fputs(lines[n], stdout);
			if (j + 1 < cols && (across ? n + 1 : n + rows) <
			    nlines)
				pad(text_width(lines[n]), max);
		}
		putchar('\n');
	}
}

/* Splits in place; empty fields only where the separators are given. */
static char *
next_field(char **rest, const char *separators)
{
	char *word;

	do {
		word = strsep(rest, separators);
	} while (word != NULL && *word == '\0');
	return (word);
}

static void
print_table(const char *separators)
{
	int *widths = NULL, w;
	size_t ncols = 0, i, j, *n;
	char *rest, *word, ***cells;

	cells = calloc(nlines + 1, sizeof(*cells));
	n = calloc(nlines + 1, sizeof(*n));
	if (cells == NULL || n == NULL)
		err(1, NULL);
	for (i = 0; i < nlines; i++) {
		rest = lines[i];
		while ((word = next_field(&rest, separators)) != NULL) {
			cells[i] = reallocarray(cells[i], n[i] + 1,
			    sizeof(**cells));
			if (cells[i] == NULL)
				err(1, NULL);
			if (n[i] == ncols) {
				widths = reallocarray(widths, ++ncols,
				    sizeof(*widths));
				if (widths == NULL)
					err(1, NULL);
				widths[ncols - 1] = 0;
			}
			w = text_width(word);
			if (w > widths[n[i]])
				widths[n[i]] = w;
			cells[i][n[i]++] = word;
		}
	}
	for (i = 0; i < nlines; i++) {
		for (j = 0; j < n[i]; j++)
			printf("%s%*s", cells[i][j], j + 1 < n[i] ?
			    widths[j] - text_width(cells[i][j]) + 2 : 0, "");
		putchar('\n');
	}
}

int
main(int argc, char **argv)
{
	int c, table = 0, across = 0, rc = 0;
	const char *separators = " \t", *env;
	struct winsize ws;
	FILE *f;

	setlocale(LC_ALL, "");
	env = getenv("COLUMNS");
	if (env != NULL && atoi(env) > 0)
		width = atoi(env);
	else if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
		width = ws.ws_col;
	while ((c = getopt(argc, argv, "c:s:tx")) != -1) {
		switch (c) {
		case 'c': width = atoi(optarg); break;
		case 's': separators = optarg; break;
		case 't': table = 1; break;
		case 'x': across = 1; break;
		default:
			fprintf(stderr, "usage: column [-tx] [-c columns] "
			    "[-s sep] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL)
		read_lines(stdin);
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		read_lines(f);
		fclose(f);
	}
	if (nlines == 0)
		return (rc);
	if (table)
		print_table(separators);
	else
		print_columns(across);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
