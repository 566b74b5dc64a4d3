/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmt - fill the lines of text
 *
 * usage: fmt [-cmnps] [-d chars] [-l num] [-t num] [goal [maximum] |
 *            -width | -w width] [file ...]
 *
 * A paragraph is what has no empty line in it and the same indentation; its
 * words are laid out in lines near the goal.
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

static int goal = 65, maximum = 75, tab = 8, entab, center, mail, troff;
static int any_indent;
static const char *sentence_end = ".?!";

static char **words;			/* of the paragraph */
static size_t nwords, room_words;
static int first_indent, indent;	/* of its first and other lines */

static int
text_width(const char *s)
{
	wchar_t c;
	int w, all = 0;
	int n;

	for (; *s != '\0'; s += n) {
		n = mbtowc(&c, s, MB_CUR_MAX);
		if (n <= 0) {
			n = 1;
			all++;
			continue;
		}
		w = wcwidth(c);
		all += w > 0 ? w : 0;
	}
	return (all);
}

static void
put_indent(int n)
{
	for (; entab > 0 && n >= entab; n -= entab)
		putchar('\t');
	printf("%*s", n, "");
}

static int
ends_sentence(const char *w)
{
	size_t n = strlen(w);

	while (n > 0 && strchr(")]'\"", w[n - 1]) != NULL)
		n--;
	return (n > 0 && strchr(sentence_end, w[n - 1]) != NULL);
}

/*
 * Lines are filled up to the goal; a word more is taken if that comes nearer
 * to the goal than stopping and does not pass the maximum.
 */
static void
flush_paragraph(void)
{
	int column, add, lead = first_indent, w;
	size_t i = 0;

	while (i < nwords) {
		put_indent(lead);
		fputs(words[i], stdout);
		column = lead + text_width(words[i]);
		for (i++; i < nwords; i++) {
			add = ends_sentence(words[i - 1]) ? 2 : 1;
			w = text_width(words[i]);
			if (column + add + w > goal &&
			    (column + add + w > maximum ||
			    column + add + w - goal >= goal - column))
				break;
			printf("%*s%s", add, "", words[i]);
			column += add + w;
		}
		putchar('\n');
		lead = indent;
	}
	for (i = 0; i < nwords; i++)
		free(words[i]);
	nwords = 0;
}

static void
add_words(char *s)
{
	char *word;

	while ((word = strsep(&s, " \t")) != NULL) {
		if (*word == '\0')
			continue;
		if (nwords == room_words) {
			room_words = room_words > 0 ? room_words * 2 : 64;
			words = reallocarray(words, room_words,
			    sizeof(*words));
		}
		if (words == NULL || (words[nwords++] = strdup(word)) == NULL)
			err(1, NULL);
	}
}

/* Column of the first character that is no blank; *s is moved there. */
static int
measure_indent(char **s)
{
	int n = 0;

	for (; **s == ' ' || **s == '\t'; (*s)++)
		n = **s == '\t' ? (n / tab + 1) * tab : n + 1;
	return (n);
}

/* Control characters go, but for tabs. */
static void
clean(char *s)
{
	char *out = s;

	for (; *s != '\0'; s++) {
		if (*s == '\b' && out > s - 1 && out > s)
			out--;
		else if ((unsigned char)*s >= ' ' || *s == '\t')
			*out++ = *s;
	}
	*out = '\0';
}

/* "Name: text", as at the top of mails. */
static int
is_header(const char *s)
{
	const char *p = s;

	if (strncmp(s, "From ", 5) == 0)
		return (1);
	while (isalnum((unsigned char)*p) || *p == '-')
		p++;
	return (p > s && *p == ':' && isupper((unsigned char)*s));
}

static void
center_line(char *s)
{
	int w;

	s += strspn(s, " \t");
	w = text_width(s);
	printf("%*s%s\n", w < goal ? (goal - w) / 2 : 0, "", s);
}

static void
format(FILE *f, const char *name)
{
	int n, in_header = mail, second = 0;
	char *line = NULL, *s;
	size_t room = 0;
	ssize_t len;

	while ((len = getline(&line, &room, f)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		clean(line);
		s = line;
		if (center) {
			center_line(s);
			continue;
		}
		n = measure_indent(&s);
		if (*s == '\0' || (*s == '.' && n == 0 && !troff)) {
			flush_paragraph();
			puts(*s == '\0' ? "" : line);
			if (*s == '\0')
				in_header = 0;
			continue;
		}
		if (in_header && (is_header(line) || n > 0)) {
			/* Continued header lines belong together. */
			if (n == 0)
				flush_paragraph();
			if (nwords == 0) {
				first_indent = 0;
				indent = 4;
			}
			add_words(s);
			continue;
		}
		/*
		 * The second line may be indented otherwise than the first
		 * when asked for; else a change begins a paragraph.
		 */
		if (nwords > 0 && n != indent) {
			if (second && any_indent) {
				indent = n;
			} else
				flush_paragraph();
		}
		second = nwords == 0;
		if (nwords == 0)
			first_indent = indent = n;
		add_words(s);
	}
	flush_paragraph();
	if (ferror(f))
		warn("%s", name);
	free(line);
}

static int
number(const char *text, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n <= 0 || n > 10000)
		errx(1, "%s must be positive: %s", what, text);
	return ((int)n);
}

int
main(int argc, char **argv)
{
	int c, rc = 0;
	FILE *f;

	setlocale(LC_CTYPE, "");
	if (argc > 1 && argv[1][0] == '-' &&
	    isdigit((unsigned char)argv[1][1])) {
		goal = maximum = number(argv[1] + 1, "width");
		argv++;
		argc--;
	}
	while ((c = getopt(argc, argv, "cd:hl:mnpst:w:")) != -1) {
		switch (c) {
		case 'c': center = 1; break;
		case 'd': sentence_end = optarg; break;
		case 'l': entab = number(optarg, "output tab width"); break;
		case 'm': mail = 1; break;
		case 'n': troff = 1; break;
		case 'p': any_indent = 1; break;
		case 's': break;	/* blanks always shrink */
		case 't': tab = number(optarg, "input tab width"); break;
		case 'w':
			goal = maximum = number(optarg, "width");
			break;
		default:
			fprintf(stderr, "usage: fmt [-cmnps] [-d chars] "
			    "[-l num] [-t num]\n           [-w width | "
			    "-width | goal [maximum]] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv != NULL && isdigit((unsigned char)**argv)) {
		goal = number(*argv++, "goal");
		maximum = goal + 10;
		if (*argv != NULL && isdigit((unsigned char)**argv)) {
			maximum = number(*argv++, "maximum");
			if (maximum < goal)
				errx(1, "goal length must be less than "
				    "maximum");
		}
	}
	if (*argv == NULL)
		format(stdin, "standard input");
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		format(f, *argv);
		fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
