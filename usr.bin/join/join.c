/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * join - join the lines of two sorted files that have the same key
 *
 * usage: join [-a fileno | -v fileno] [-e string] [-1 field] [-2 field]
 *             [-o list] [-t char] file1 file2
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct row {
	char	*text;			/* fields, each ended by NUL */
	char	**fields;
	size_t	nfields;
};

struct input {
	FILE	*f;
	size_t	key;			/* field to join on, from 0 */
	int	unpaired;		/* print lines without a partner */
	struct row *set;		/* lines with the same key */
	size_t	nset;
	struct row ahead;		/* the line after them */
	int	has_ahead;
};

struct output_field {
	int	file;			/* 0: the key, 1, 2 */
	size_t	field;
};

static struct input in[2];
static struct output_field *list;
static size_t nlist;
static int separator = -1, joined = 1;	/* -1: blanks */
static const char *empty = "";

static void
usage(void)
{
	fprintf(stderr, "usage: join [-a fileno | -v fileno ] [-e string] "
	    "[-1 field] [-2 field]\n            [-o list] [-t char] "
	    "file1 file2\n");
	exit(1);
}

static size_t
number(const char *text, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (n < 1 || *end != '\0')
		errx(1, "illegal %s -- %s", what, text);
	return ((size_t)n);
}

static int
file_number(const char *text)
{
	size_t n = number(text, "file number");

	if (n > 2)
		errx(1, "illegal file number -- %s", text);
	return ((int)n);
}

static void
add_field(struct row *r, char *start)
{
	if ((r->nfields & (r->nfields - 1)) == 0) {
		r->fields = reallocarray(r->fields,
		    r->nfields > 0 ? r->nfields * 2 : 1, sizeof(*r->fields));
		if (r->fields == NULL)
			err(1, NULL);
	}
	r->fields[r->nfields++] = start;
}

static void
split(struct row *r)
{
	char *p = r->text, *start;

	r->fields = NULL;
	r->nfields = 0;
	if (separator >= 0) {
		for (start = p;; start = p) {
			p = strchr(p, separator);
			if (p != NULL)
				*p++ = '\0';
			add_field(r, start);
			if (p == NULL)
				return;
		}
	}
	while (*p != '\0') {
		while (*p == ' ' || *p == '\t')
			p++;
		if (*p == '\0')
			break;
		start = p;
		while (*p != '\0' && *p != ' ' && *p != '\t')
			p++;
		if (*p != '\0')
			*p++ = '\0';
		add_field(r, start);
	}
}

static int
read_row(struct input *i, struct row *r)
{
	size_t room = 0;
	ssize_t n;

	r->text = NULL;
	n = getline(&r->text, &room, i->f);
	if (n < 0) {
		free(r->text);
		return (0);
	}
	if (n > 0 && r->text[n - 1] == '\n')
		r->text[n - 1] = '\0';
	split(r);
	return (1);
}

static const char *
field(const struct row *r, size_t n)
{
	return (n < r->nfields ? r->fields[n] : "");
}

static void
free_row(struct row *r)
{
	free(r->text);
	free(r->fields);
}

/* Reads the next lines that all have one key. */
static void
next_set(struct input *i)
{
	size_t n;

	for (n = 0; n < i->nset; n++)
		free_row(&i->set[n]);
	i->nset = 0;
	while (i->has_ahead) {
		if (i->nset > 0 && strcoll(field(&i->set[0], i->key),
		    field(&i->ahead, i->key)) != 0)
			return;
		i->set = reallocarray(i->set, i->nset + 1, sizeof(*i->set));
		if (i->set == NULL)
			err(1, NULL);
		i->set[i->nset++] = i->ahead;
		i->has_ahead = read_row(i, &i->ahead);
	}
}

static void
put(const char *text, int *first)
{
	if (!*first)
		putchar(separator >= 0 ? separator : ' ');
	*first = 0;
	fputs(*text != '\0' ? text : empty, stdout);
}

/* One of the rows may be missing: then it is NULL. */
static void
print(const struct row *a, const struct row *b)
{
	const struct row *r[2] = { a, b };
	int first = 1, which, f;
	size_t i;

	which = a != NULL ? 0 : 1;
	if (list == NULL) {
		put(field(r[which], in[which].key), &first);
		for (f = 0; f < 2; f++) {
			for (i = 0; r[f] != NULL && i < r[f]->nfields; i++) {
				if (i != in[f].key)
					put(r[f]->fields[i], &first);
			}
		}
	}
	for (i = 0; i < nlist; i++) {
		f = list[i].file - 1;
		if (f < 0)
			put(field(r[which], in[which].key), &first);
		else
			put(r[f] == NULL ? "" :
			    field(r[f], list[i].field), &first);
	}
	putchar('\n');
}

static void
print_unpaired(int which)
{
	size_t i;

	for (i = 0; in[which].unpaired && i < in[which].nset; i++)
		print(which == 0 ? &in[0].set[i] : NULL,
		    which == 1 ? &in[1].set[i] : NULL);
}

static void
join(void)
{
	size_t i, j;
	int d;

	while (in[0].nset > 0 || in[1].nset > 0) {
		d = in[0].nset == 0 ? 1 : in[1].nset == 0 ? -1 :
		    strcoll(field(&in[0].set[0], in[0].key),
		    field(&in[1].set[0], in[1].key));
		if (d == 0) {
			for (i = 0; joined && i < in[0].nset; i++) {
				for (j = 0; j < in[1].nset; j++)
					print(&in[0].set[i], &in[1].set[j]);
			}
		} else
			print_unpaired(d > 0);
		if (d <= 0)
			next_set(&in[0]);
		if (d >= 0)
			next_set(&in[1]);
	}
}

/* "0", "1.2", "2.1" separated by commas or blanks. */
static void
add_list(char *text)
{
	struct output_field of;
	char *word, *dot;

	while ((word = strsep(&text, ", \t")) != NULL) {
		if (*word == '\0')
			continue;
		of.file = 0;
		of.field = 0;
		if (strcmp(word, "0") != 0) {
			dot = strchr(word, '.');
			if (dot == NULL)
				errx(1, "malformed -o option field");
			*dot = '\0';
			of.file = file_number(word);
			of.field = number(dot + 1, "field number") - 1;
		}
		list = reallocarray(list, nlist + 1, sizeof(*list));
		if (list == NULL)
			err(1, NULL);
		list[nlist++] = of;
	}
}

static void
open_input(struct input *i, const char *name)
{
	i->f = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	if (i->f == NULL)
		err(1, "%s", name);
	i->has_ahead = read_row(i, &i->ahead);
	next_set(i);
}

int
main(int argc, char **argv)
{
	int c, n;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "1:2:a:e:j:o:t:v:")) != -1) {
		switch (c) {
		case '1':
		case '2':
			in[c - '1'].key = number(optarg, "field number") - 1;
			break;
		case 'j':
			in[0].key = in[1].key =
			    number(optarg, "field number") - 1;
			break;
		case 'a':
		case 'v':
			n = file_number(optarg);
			in[n - 1].unpaired = 1;
			if (c == 'v')
				joined = 0;
			break;
		case 'e':
			empty = optarg;
			break;
		case 'o':
			add_list(optarg);
			break;
		case 't':
			if (strlen(optarg) != 1)
				errx(1, "illegal tab character "
				    "specification");
			separator = (unsigned char)*optarg;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc != 2)
		usage();
	open_input(&in[0], argv[0]);
	open_input(&in[1], argv[1]);
	join();
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
}
