/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rev - reverse the characters of lines
 *
 * usage: rev [file ...]
 */
#include <sys/types.h>

#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

static void
reverse(FILE *f, const char *name)
{
	wchar_t *line = NULL;
	size_t n = 0, room = 0, i;
	wint_t c;

	do {
		c = getwc(f);
		if (c != WEOF && c != '\n') {
			if (n == room) {
				room = room > 0 ? room * 2 : 128;
				line = reallocarray(line, room, sizeof(*line));
				if (line == NULL)
					err(1, NULL);
			}
			line[n++] = (wchar_t)c;
			continue;
		}
		for (i = n; i-- > 0;)
			putwchar(line[i]);
		n = 0;
		if (c == '\n')
			putwchar(L'\n');
	} while (c != WEOF);
	if (ferror(f))
		err(1, "%s", name);
	free(line);
}

int
main(int argc, char **argv)
{
	int rc = 0;
	FILE *f;

	setlocale(LC_CTYPE, "");
	if (getopt(argc, argv, "") != -1) {
		fprintf(stderr, "usage: rev [file ...]\n");
		return (1);
	}
	argv += optind;
	if (*argv == NULL)
		reverse(stdin, "standard input");
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		reverse(f, *argv);
		fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
