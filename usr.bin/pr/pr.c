/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pr - lay text out on pages
 *
 * usage: pr [+page] [-columns] [-adFfmprt] [-e[char][gap]] [-h header]
 *           [-i[char][gap]] [-l lines] [-n[char][width]] [-o offset]
 *           [-s[char]] [-w width] [file ...]
 *
 * Input is read into pages of so many lines and columns, which are then
 * printed; with -m each column is a file of its own.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HEADER_LINES	5
#define TRAILER_LINES	5

static int first_page = 1, columns = 1, across, double_space, form_feed,
    merge, quiet, no_header, page_length = 66, number_width, offset,
    width = 72, expand_gap, compress_gap, failed;
static int separator = -1, number_char = '\t', expand_char = '\t',
    compress_char = '\t';
static const char *header;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: pr [+page] [-col] [-adFfmprt] [-e[ch][gap]] "
	    "[-h header]\n          [-i[ch][gap]] [-l line] [-n[ch][width]] "
	    "[-o offset] [-s[ch]]\n          [-w width] [-] [file ...]\n");
	exit(1);
}

/* Text with tabs expanded, malloc()ed; column is where it begins. */
static char *
expand(const char *s, int gap, int column)
{
	char *out = malloc(strlen(s) * (size_t)gap + 1), *p = out;

	if (out == NULL)
		err(1, NULL);
	for (; *s != '\0'; s++) {
		if (*s != expand_char) {
			*p++ = *s;
			column++;
			continue;
		}
		do {
			*p++ = ' ';
		} while (++column % gap != 0);
	}
	*p = '\0';
	return (out);
}

/* Prints a line, blanks made tabs with -i. */
static void
put_line(const char *s)
{
	int column = 0, blanks = 0;

	printf("%*s", offset, "");
	for (; *s != '\0'; s++) {
		if (compress_gap == 0 || *s != ' ') {
			for (; blanks > 0; blanks--)
				putchar(' ');
			putchar(*s);
			column++;
			continue;
		}
		blanks++;
		if (++column % compress_gap == 0 && blanks > 1) {
			putchar(compress_char);
			blanks = 0;
		} else if (column % compress_gap == 0) {
			putchar(' ');
			blanks = 0;
		}
	}
	for (; blanks > 0; blanks--)
		putchar(' ');
	putchar('\n');
	if (double_space)
		putchar('\n');
}

/* The next line of a file without its end; NULL at the end of the file. */
static char *
next_line(FILE *f)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n = getline(&line, &room, f);

	if (n < 0) {
		free(line);
		return (NULL);
	}
	if (n > 0 && line[n - 1] == '\n')
		line[n - 1] = '\0';
	return (line);
}

static void
print_header(const char *name, time_t when, int page)
{
	char date[64];

	strftime(date, sizeof(date), "%b %e %H:%M %Y", localtime(&when));
	printf("\n\n%*s%s %s Page %d\n\n\n", offset, "", date,
	    header != NULL ? header : name, page);
}

/*
 * One cell: a number in front if there is one, cut to the column's width
 * when there are several columns without a separator.
 */
static void
add_cell(char *row, size_t size, const char *text, long number, int last)
{
	int cell = (width - (columns - 1)) / columns;
	char *num, *whole, *plain;
	size_t n = strlen(row);

	if (number_width > 0 && number > 0 ? asprintf(&num, "%*ld%c",
	    number_width, number, number_char) < 0 :
	    (num = strdup("")) == NULL)
		err(1, NULL);
	if (asprintf(&whole, "%s%s", num, text) < 0)
		err(1, NULL);
	free(num);
	if (columns == 1) {
		plain = expand_gap > 0 ? expand(whole, expand_gap, 0) : whole;
		snprintf(row + n, size - n, "%s", plain);
		if (plain != whole)
			free(plain);
	} else if (separator >= 0) {
		snprintf(row + n, size - n, "%s%.*s", whole, !last,
		    (char[]){ (char)separator, '\0' });
	} else {
		plain = expand(whole, expand_gap > 0 ? expand_gap : 8, 0);
		if (last)
			snprintf(row + n, size - n, "%.*s", cell, plain);
		else
			snprintf(row + n, size - n, "%-*.*s ", cell, cell,
			    plain);
		free(plain);
	}
	free(whole);
}

/* Prints a page of count cells that are in rows x columns. */
static void
print_page(char **cells, const long *numbers, long count, int rows,
    const char *name, time_t when, int page)
{
	static char row[65536];
	int r, c, used, body = rows, lines = 0;
	long at;

	if (!no_header)
		print_header(name, when, page);
	/* The last page's columns are of equal length. */
	if (!across && !merge && columns > 1 && count < (long)rows * columns)
		body = (int)((count + columns - 1) / columns);
	for (r = 0; r < body; r++) {
		row[0] = '\0';
		used = 0;
		for (c = 0; c < columns; c++) {
			at = across || merge ? (long)r * columns + c :
			    (long)c * body + r;
			if (at >= count)
				break;
			used++;
			add_cell(row, sizeof(row), cells[at] != NULL ?
			    cells[at] : "", numbers[at], c == columns - 1 ||
			    (!merge && (across ? at + 1 : at + body) >=
			    count));
		}
		if (used == 0)
			break;
		put_line(row);
		lines++;
	}
	if (no_header)
		return;
	if (form_feed) {
		putchar('\f');
		return;
	}
	for (; lines < rows; lines++)
		fputs(double_space ? "\n\n" : "\n", stdout);
	for (r = 0; r < TRAILER_LINES; r++)
		putchar('\n');
}

/* Reads cells of pages from one file, or a line of each with -m. */
static void
paginate(FILE **files, int nfiles, const char *name, time_t when)
{
	int rows = page_length - (no_header ? 0 : HEADER_LINES +
	    TRAILER_LINES), page = 1, open = nfiles, i;
	long room, count, line = 0, *numbers;
	char **cells;

	if (double_space)
		rows = (rows + 1) / 2;
	if (rows < 1)
		rows = 1;
	room = (long)rows * columns;
	cells = calloc((size_t)room, sizeof(*cells));
	numbers = calloc((size_t)room, sizeof(*numbers));
	if (cells == NULL || numbers == NULL)
		err(1, NULL);
	for (; open > 0; page++) {
		for (count = 0; count < room && open > 0;) {
			int got = 0;

			for (i = 0; i < nfiles; i++) {
				cells[count + i] = files[i] != NULL ?
				    next_line(files[i]) : NULL;
				numbers[count + i] = i == 0 ? line + 1 : 0;
				if (cells[count + i] != NULL)
					got = 1;
				else if (files[i] != NULL) {
					files[i] = NULL;
					open--;
				}
			}
			if (!got)
				break;
			line++;
			count += nfiles;
		}
		if (count > 0 && page >= first_page)
			print_page(cells, numbers, count, rows, name, when,
			    page);
		for (i = 0; i < count; i++) {
			free(cells[i]);
			cells[i] = NULL;
		}
	}
	free(cells);
	free(numbers);
}

static FILE *
open_input(const char *name, time_t *when)
{
	struct stat st;
	FILE *f;

	*when = time(NULL);
	if (strcmp(name, "-") == 0)
		return (stdin);
	f = fopen(name, "r");
	if (f == NULL) {
		if (!quiet)
			warn("%s", name);
		failed = 1;
	} else if (fstat(fileno(f), &st) == 0)
		*when = st.st_mtime;
	return (f);
}

static int
number(const char *text, int min, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < min || n > 100000)
		errx(1, "%s must be a number of at least %d", what, min);
	return ((int)n);
}

/* "[char][digits]" right behind an option. */
static void
char_and_number(const char *text, int *c, int *n, int otherwise)
{
	*n = otherwise;
	if (*text != '\0' && !isdigit((unsigned char)*text))
		*c = (unsigned char)*text++;
	if (*text != '\0')
		*n = number(text, 1, "the number");
}

/* Options whose arguments may be missing are beyond getopt(3). */
static char **
options(char **argv)
{
	const char *p, *value;
	int c;

	for (; *argv != NULL; argv++) {
		if (**argv == '+' && isdigit((unsigned char)(*argv)[1])) {
			first_page = number(*argv + 1, 1, "the page");
			continue;
		}
		if (**argv != '-' || (*argv)[1] == '\0')
			break;
		if (strcmp(*argv, "--") == 0)
			return (argv + 1);
		for (p = *argv + 1; *p != '\0'; p++) {
			c = *p;
			if (isdigit(c)) {
				columns = (int)strtol(p, __DECONST(char **,
				    &p), 10);
				p--;
				continue;
			}
			if (strchr("ein", c) != NULL || c == 's') {
				if (c == 'e')
					char_and_number(p + 1, &expand_char,
					    &expand_gap, 8);
				else if (c == 'i')
					char_and_number(p + 1, &compress_char,
					    &compress_gap, 8);
				else if (c == 'n')
					char_and_number(p + 1, &number_char,
					    &number_width, 5);
				else
					separator = p[1] != '\0' ?
					    (unsigned char)p[1] : '\t';
				break;
			}
			if (strchr("hlow", c) != NULL) {
				value = p[1] != '\0' ? p + 1 : *++argv;
				if (value == NULL)
					usage();
				if (c == 'h')
					header = value;
				else if (c == 'l')
					page_length = number(value, 1,
					    "the length");
				else if (c == 'o')
					offset = number(value, 0,
					    "the offset");
				else
					width = number(value, 1, "the width");
				break;
			}
			switch (c) {
			case 'a': across = 1; break;
			case 'd': double_space = 1; break;
			case 'F': case 'f': form_feed = 1; break;
			case 'm': merge = 1; break;
			case 'p': break;	/* no terminal is waited for */
			case 'r': quiet = 1; break;
			case 't': no_header = 1; break;
			default: usage();
			}
		}
	}
	return (argv);
}

int
main(int argc, char **argv)
{
	static char dash[] = "-";
	char *none[] = { dash, NULL }, **names;
	FILE *files[64], *f;
	time_t when;
	int n = 0;

	names = options(argv + 1);
	if (*names == NULL)
		names = none;
	/* Pages too short for a header have none. */
	if (page_length <= HEADER_LINES + TRAILER_LINES)
		no_header = 1;
	if (merge && columns > 1)
		errx(1, "-m cannot be used with multiple columns");
	if (merge) {
		for (; *names != NULL && n < 64; names++) {
			files[n] = open_input(*names, &when);
			if (files[n] != NULL)
				n++;
		}
		columns = n > 0 ? n : 1;
		when = time(NULL);
		paginate(files, n, "", when);
	} else {
		for (; *names != NULL; names++) {
			f = open_input(*names, &when);
			if (f == NULL)
				continue;
			paginate(&f, 1, strcmp(*names, "-") == 0 ? "" :
			    *names, when);
		}
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (failed);
}
