/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vis, unvis - make characters visible, and undo that
 *
 * usage: vis [-cbflnostw] [-F width] [file ...]
 *        unvis [file ...]
 */
#include <sys/types.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vis.h>

static int flags, fold_at, mark_newlines, strip_only;

static void
encode(FILE *f)
{
	char buf[8];
	int c, next, column = 0, n;

	c = getc(f);
	while (c != EOF) {
		next = getc(f);
		if (mark_newlines && c == '\n')
			fputs("\\$", stdout);
		vis(buf, c, flags, next == EOF ? 0 : next);
		n = (int)strlen(buf);
		/* A backslash at the end of a line hides the newline. */
		if (fold_at > 0 && c != '\n' && column + n >= fold_at) {
			fputs("\\\n", stdout);
			column = 0;
		}
		fputs(buf, stdout);
		column = c == '\n' ? 0 : column + n;
		c = next;
	}
}

static void
decode(FILE *f, const char *name)
{
	int c, state = 0, rc;
	off_t at = 0;
	char out;

	while ((c = getc(f)) != EOF) {
		at++;
again:
		rc = unvis(&out, (char)c, &state, 0);
		switch (rc) {
		case UNVIS_VALID:
			putchar(out);
			break;
		case UNVIS_VALIDPUSH:
			putchar(out);
			goto again;
		case UNVIS_SYNBAD:
			warnx("%s: offset: %jd: can't decode", name,
			    (intmax_t)at);
			state = 0;
			break;
		}
	}
	if (unvis(&out, '\0', &state, UNVIS_END) == UNVIS_VALID)
		putchar(out);
}

int
main(int argc, char **argv)
{
	int c, undo = strcmp(getprogname(), "unvis") == 0, rc = 0;
	char *end;
	FILE *f;

	while ((c = getopt(argc, argv, undo ? "" : "cbF:flnostw")) != -1) {
		switch (c) {
		case 'b': flags |= VIS_NOSLASH; break;
		case 'c': flags |= VIS_CSTYLE; break;
		case 'F':
			fold_at = (int)strtol(optarg, &end, 10);
			if (fold_at < 5 || *end != '\0')
				errx(1, "can't fold lines to less than 5 "
				    "cols");
			mark_newlines = 1;
			break;
		case 'f': fold_at = 80; break;
		case 'l': mark_newlines = 1; break;
		case 'n': strip_only = 1; flags |= VIS_NOSLASH; break;
		case 'o': flags |= VIS_OCTAL; break;
		case 's': flags |= VIS_SAFE; break;
		case 't': flags |= VIS_TAB; break;
		case 'w': flags |= VIS_WHITE; break;
		default:
			fprintf(stderr, undo ? "usage: unvis [file ...]\n" :
			    "usage: vis [-bcflnostw] [-F foldwidth] "
			    "[file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL) {
		if (undo)
			decode(stdin, "<stdin>");
		else
			encode(stdin);
	}
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		if (undo)
			decode(f, *argv);
		else
			encode(f);
		fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
