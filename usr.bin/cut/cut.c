/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cut - cut out columns or fields of each line
 *
 * usage: cut -b list [file ...]
 *        cut -c list [file ...]
 *        cut -f list [-d delim] [-s] [file ...]
 */
#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct range {
	size_t	from, to;	/* from 1, inclusive */
};

static struct range *ranges;
static size_t nranges;
static int mode, delimiter = '\t', only_delimited;

static void
parse(char *list)
{
	char *word, *end;
	struct range r;

	while ((word = strsep(&list, ", \t")) != NULL) {
		if (*word == '\0')
			continue;
		r.from = 1;
		end = word;
		if (*word != '-') {
			r.from = strtoul(word, &end, 10);
			r.to = r.from;
		}
		if (*end == '-') {
			word = end + 1;
			r.to = *word == '\0' ? SIZE_MAX : strtoul(word, &end, 10);
			if (*word == '\0')
				end = word;
		}
		if (*end != '\0' || r.from == 0 || r.to < r.from)
			errx(1, "[-bcf] list: illegal list value");
		ranges = reallocarray(ranges, nranges + 1, sizeof(*ranges));
		if (ranges == NULL)
			err(1, NULL);
		ranges[nranges++] = r;
	}
}

static int
selected(size_t n)
{
	size_t i;

	for (i = 0; i < nranges; i++) {
		if (n >= ranges[i].from && n <= ranges[i].to)
			return (1);
	}
	return (0);
}

static void
cut_chars(const char *line)
{
	size_t n = 0;

	for (; *line != '\0'; line++) {
		if (mode == 'b' || ((unsigned char)*line & 0xc0) != 0x80)
			n++;
		if (selected(n))
			putchar(*line);
	}
	putchar('\n');
}

static void
cut_fields(char *line)
{
	size_t n = 0;
	int first = 1;
	char *field, *rest = line, sep[2] = { (char)delimiter, '\0' };

	if (strchr(line, delimiter) == NULL) {
		if (!only_delimited)
			puts(line);
		return;
	}
	while ((field = strsep(&rest, sep)) != NULL) {
		if (!selected(++n))
			continue;
		if (!first)
			putchar(delimiter);
		fputs(field, stdout);
		first = 0;
	}
	putchar('\n');
}

static void
cut_file(FILE *f)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;

	while ((len = getline(&line, &cap, f)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (mode == 'f')
			cut_fields(line);
		else
			cut_chars(line);
	}
	free(line);
}

int
main(int argc, char **argv)
{
	int c, rc = 0;
	FILE *f;

	while ((c = getopt(argc, argv, "b:c:d:f:ns")) != -1) {
		switch (c) {
		case 'b':
		case 'c':
		case 'f':
			mode = c;
			parse(optarg);
			break;
		case 'd':
			delimiter = *optarg;
			break;
		case 'n':
			break;
		case 's':
			only_delimited = 1;
			break;
		default:
			mode = 0;
			goto usage;
		}
	}
	if (mode == 0)
		goto usage;
	argv += optind;
	if (*argv == NULL)
		cut_file(stdin);
	for (; *argv != NULL; argv++) {
		f = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		cut_file(f);
		if (f != stdin)
			fclose(f);
	}
	return (rc);
usage:
	fprintf(stderr, "usage: cut -b list [file ...]\n"
	    "       cut -c list [file ...]\n"
	    "       cut -f list [-d delim] [-s] [file ...]\n");
	return (1);
}
