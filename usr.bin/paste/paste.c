/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * paste - put lines of files side by side
 *
 * usage: paste [-s] [-d delimiters] file ...
 */
#include <sys/types.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *delims;		/* with escapes resolved; may hold NULs */
static size_t ndelims;

/* In the list \n \t \\ are what they are in C, and \0 is nothing. */
static void
set_delimiters(const char *s)
{
	delims = malloc(strlen(s) + 1);
	if (delims == NULL)
		err(1, NULL);
	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0') {
			s++;
			delims[ndelims++] = *s == 'n' ? '\n' :
			    *s == 't' ? '\t' : *s == '0' ? '\0' : *s;
		} else
			delims[ndelims++] = *s;
	}
	if (ndelims == 0)
		errx(1, "no delimiters specified");
}

static void
put_delimiter(size_t i)
{
	if (delims[i % ndelims] != '\0')
		putchar(delims[i % ndelims]);
}

static FILE *
open_input(const char *name)
{
	FILE *f = strcmp(name, "-") == 0 ? stdin : fopen(name, "r");

	if (f == NULL)
		err(1, "%s", name);
	return (f);
}

/* Prints a line without its end; 0 at the end of the file. */
static int
copy_line(FILE *f, char **line, size_t *room)
{
	ssize_t n = getline(line, room, f);

	if (n < 0)
		return (0);
	if (n > 0 && (*line)[n - 1] == '\n')
		n--;
	fwrite(*line, 1, (size_t)n, stdout);
	return (1);
}

static void
parallel(char **names)
{
	size_t n = 0, i, open, room = 0, pending;
	char *line = NULL;
	FILE **files;
	ssize_t len;

	while (names[n] != NULL)
		n++;
	files = calloc(n, sizeof(*files));
	if (files == NULL)
		err(1, NULL);
	for (i = 0; i < n; i++)
		files[i] = open_input(names[i]);
	for (open = n; open > 0;) {
		/* Delimiters wait until some file still has a line. */
		pending = 0;
		len = 0;
		for (i = 0; i < n; i++) {
			if (files[i] != NULL) {
				len = getline(&line, &room, files[i]);
				if (len < 0) {
					files[i] = NULL;
					open--;
				}
			}
			if (files[i] == NULL) {
				pending++;
				if (open == 0)
					break;
				continue;
			}
			while (pending > 0)
				put_delimiter(i - pending--);
			if (len > 0 && line[len - 1] == '\n')
				len--;
			fwrite(line, 1, (size_t)len, stdout);
			if (i + 1 < n)
				put_delimiter(i);
		}
		if (open == 0)
			break;
		/* The last delimiter belongs to the last column. */
		while (pending > 1)
			put_delimiter(n - pending--);
		putchar('\n');
	}
	free(files);
	free(line);
}

static void
serial(char **names)
{
	char *line = NULL;
	size_t room = 0, i;
	FILE *f;
	int c;

	for (; *names != NULL; names++) {
		f = open_input(*names);
		for (i = 0; copy_line(f, &line, &room); i++) {
			c = getc(f);
			if (c == EOF)
				break;
			ungetc(c, f);
			put_delimiter(i);
		}
		putchar('\n');
		if (f != stdin)
			fclose(f);
	}
	free(line);
}

int
main(int argc, char **argv)
{
	static char dash[] = "-";
	char *none[] = { dash, NULL }, **files;
	const char *list = "\t";
	int c, one_by_one = 0;

	while ((c = getopt(argc, argv, "d:s")) != -1) {
		switch (c) {
		case 'd': list = optarg; break;
		case 's': one_by_one = 1; break;
		default:
			fprintf(stderr, "usage: paste [-s] [-d delimiters] "
			    "file ...\n");
			return (1);
		}
	}
	set_delimiters(list);
	files = argv[optind] != NULL ? argv + optind : none;
	if (one_by_one)
		serial(files);
	else
		parallel(files);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
}
