/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * comm - lines that two sorted files have in common
 *
 * usage: comm [-123i] file1 file2
 */
#include <sys/types.h>

#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct input {
	FILE	*f;
	const char *name;
	char	*line;
	size_t	room;
	int	done;
};

static void
next(struct input *in)
{
	ssize_t n = getline(&in->line, &in->room, in->f);

	if (n < 0) {
		if (ferror(in->f))
			err(1, "%s", in->name);
		in->done = 1;
	} else if (n > 0 && in->line[n - 1] == '\n')
		in->line[n - 1] = '\0';
}

static void
open_input(struct input *in, const char *name)
{
	memset(in, 0, sizeof(*in));
	in->name = name;
	in->f = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");
	if (in->f == NULL)
		err(1, "%s", name);
	next(in);
}

int
main(int argc, char **argv)
{
	int c, show[3] = { 1, 1, 1 }, fold = 0, d, col;
	const char *lead[3];
	struct input a, b;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "123i")) != -1) {
		if (c == '?')
			goto usage;
		if (c == 'i')
			fold = 1;
		else
			show[c - '1'] = 0;
	}
	argc -= optind;
	argv += optind;
	if (argc != 2)
		goto usage;
	lead[0] = "";
	lead[1] = show[0] ? "\t" : "";
	lead[2] = show[0] && show[1] ? "\t\t" : show[0] || show[1] ? "\t" : "";
	open_input(&a, argv[0]);
	open_input(&b, argv[1]);
	while (!a.done || !b.done) {
		d = a.done ? 1 : b.done ? -1 : fold ?
		    strcasecmp(a.line, b.line) : strcoll(a.line, b.line);
		col = d < 0 ? 0 : d > 0 ? 1 : 2;
		if (show[col])
			printf("%s%s\n", lead[col], d > 0 ? b.line : a.line);
		if (d <= 0)
			next(&a);
		if (d >= 0)
			next(&b);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
usage:
	fprintf(stderr, "usage: comm [-123i] file1 file2\n");
	return (1);
}
