/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cat - concatenate and print files
 *
 * usage: cat [-benstuv] [file ...]
 *
 * Without options bytes are passed through as they are, in large pieces; the
 * options work a character at a time.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int number_all, number_text, show_ends, squeeze, show_tabs, visible;

static int
copy(int fd, const char *name)
{
	static char buf[65536];
	ssize_t n, w, off;

	while ((n = read(fd, buf, sizeof(buf))) > 0) {
		for (off = 0; off < n; off += w) {
			w = write(STDOUT_FILENO, buf + off, (size_t)(n - off));
			if (w < 0)
				err(1, "stdout");
		}
	}
	if (n < 0) {
		warn("%s", name);
		return (1);
	}
	return (0);
}

static void
put_visible(int c)
{
	if (c >= 0x80) {
		fputs("M-", stdout);
		c &= 0x7f;
	}
	if (c == 0x7f)
		fputs("^?", stdout);
	else if (c < 0x20 && c != '\t')
		printf("^%c", c + '@');
	else
		putchar(c);
}

static int
cook(FILE *f, const char *name)
{
	unsigned long line = 0;
	int c, prev = '\n', blank = 0;

	while ((c = getc(f)) != EOF) {
		if (prev == '\n') {
			if (c == '\n') {
				if (squeeze && blank)
					continue;
				blank = 1;
			} else {
				blank = 0;
			}
			if (number_all && (!number_text || c != '\n'))
				printf("%6lu\t", ++line);
		}
		prev = c;
		if (c == '\n') {
			if (show_ends)
				putchar('$');
			putchar('\n');
		} else if (c == '\t' && show_tabs) {
			fputs("^I", stdout);
		} else if (visible) {
			put_visible(c);
		} else {
			putchar(c);
		}
	}
	if (ferror(f)) {
		warn("%s", name);
		clearerr(f);
		return (1);
	}
	return (0);
}

static int
one_file(const char *name, int cooked)
{
	int fd, rc;
	FILE *f;

	if (strcmp(name, "-") == 0) {
		if (!cooked)
			return (copy(STDIN_FILENO, "stdin"));
		rc = cook(stdin, "stdin");
		clearerr(stdin);
		return (rc);
	}
	fd = open(name, O_RDONLY);
	if (fd < 0) {
		warn("%s", name);
		return (1);
	}
	if (!cooked) {
		rc = copy(fd, name);
		close(fd);
		return (rc);
	}
	f = fdopen(fd, "r");
	if (f == NULL)
		err(1, NULL);
	rc = cook(f, name);
	fclose(f);
	return (rc);
}

int
main(int argc, char **argv)
{
	int c, cooked, rc = 0;

	while ((c = getopt(argc, argv, "benstuv")) != -1) {
		switch (c) {
		case 'b':
			number_all = number_text = 1;
			break;
		case 'e':
			show_ends = visible = 1;
			break;
		case 'n':
			number_all = 1;
			break;
		case 's':
			squeeze = 1;
			break;
		case 't':
			show_tabs = visible = 1;
			break;
		case 'u':
			setvbuf(stdout, NULL, _IONBF, 0);
			break;
		case 'v':
			visible = 1;
			break;
		default:
			fprintf(stderr, "usage: cat [-benstuv] [file ...]\n");
			return (1);
		}
	}
	cooked = number_all | show_ends | squeeze | show_tabs | visible;
	argv += optind;
	if (*argv == NULL)
		rc = one_file("-", cooked);
	for (; *argv != NULL; argv++)
		rc |= one_file(*argv, cooked);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
