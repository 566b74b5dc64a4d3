/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nl - number lines
 *
 * usage: nl [-p] [-b type] [-d delim] [-f type] [-h type] [-i incr]
 *           [-l num] [-n format] [-s sep] [-v start] [-w width] [file]
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum section { HEADER, BODY, FOOTER, TEXT };

struct numbering {
	char	type;			/* a, t, n or p */
	regex_t	re;
};

static struct numbering sections[3] = { { 'n' }, { 't' }, { 'n' } };
static char delim[3] = "\\:";
static long increment = 1, start = 1, join_blank = 1;
static int width = 6, restart = 1;
static const char *separator = "\t", *format = "rn";

static void
usage(void)
{
	fprintf(stderr, "usage: nl [-p] [-b type] [-d delim] [-f type] "
	    "[-h type] [-i incr]\n          [-l num] [-n format] [-s sep] "
	    "[-v start] [-w width] [file]\n");
	exit(1);
}

static long
number(const char *text, long min, const char *what)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n < min)
		errx(1, "invalid %s -- %s", what, text);
	return (n);
}

static void
set_type(enum section s, const char *text)
{
	char why[256];
	int rc;

	if (strchr("atnp", *text) == NULL || *text == '\0' ||
	    (*text != 'p' && text[1] != '\0'))
		errx(1, "illegal numbering type -- %s", text);
	sections[s].type = *text;
	if (*text == 'p') {
		rc = regcomp(&sections[s].re, text + 1, REG_NOSUB);
		if (rc != 0) {
			regerror(rc, &sections[s].re, why, sizeof(why));
			errx(1, "expr: %s -- %s", why, text + 1);
		}
	}
}

/* "\:\:\:" begins a header, two of them the body, one the footer. */
static enum section
section_start(const char *line)
{
	int n = 0;

	while (line[0] == delim[0] && line[1] == delim[1]) {
		n++;
		line += 2;
	}
	if (*line != '\n' && *line != '\0')
		return (TEXT);
	return (n == 3 ? HEADER : n == 2 ? BODY : n == 1 ? FOOTER : TEXT);
}

static void
copy(FILE *f)
{
	const char *fmt = strcmp(format, "ln") == 0 ? "%-*ld%s" :
	    strcmp(format, "rz") == 0 ? "%0*ld%s" : "%*ld%s";
	enum section sec = BODY, next;
	long n = start, blanks = 0;
	struct numbering *nb;
	char *line = NULL;
	size_t room = 0;
	ssize_t len;
	int yes;

	while ((len = getline(&line, &room, f)) > 0) {
		next = section_start(line);
		if (next != TEXT) {
			sec = next;
			if (sec == HEADER && restart)
				n = start;
			putchar('\n');
			continue;
		}
		nb = &sections[sec];
		if (line[0] == '\n' || line[0] == '\0')
			blanks++;
		else
			blanks = 0;
		switch (nb->type) {
		case 'a':
			yes = blanks == 0 || blanks % join_blank == 0;
			break;
		case 't':
			yes = blanks == 0;
			break;
		case 'p':
			if (line[len - 1] == '\n')
				line[--len] = '\0';
			yes = regexec(&nb->re, line, 0, NULL, 0) == 0;
			line[len++] = '\n';
			break;
		default:
			yes = 0;
		}
		if (yes) {
			printf(fmt, width, n, separator);
			n += increment;
		} else
			printf("%*s", width + (int)strlen(separator), "");
		fwrite(line, 1, (size_t)len, stdout);
	}
	free(line);
}

int
main(int argc, char **argv)
{
	FILE *f = stdin;
	int c;

	while ((c = getopt(argc, argv, "b:d:f:h:i:l:n:ps:v:w:")) != -1) {
		switch (c) {
		case 'b': set_type(BODY, optarg); break;
		case 'd':
			if (optarg[0] != '\0') {
				delim[0] = optarg[0];
				if (optarg[1] != '\0')
					delim[1] = optarg[1];
			}
			break;
		case 'f': set_type(FOOTER, optarg); break;
		case 'h': set_type(HEADER, optarg); break;
		case 'i':
			increment = number(optarg, LONG_MIN, "incr argument");
			break;
		case 'l': join_blank = number(optarg, 1, "num argument"); break;
		case 'n':
			format = optarg;
			if (strcmp(format, "ln") != 0 && strcmp(format, "rn") &&
			    strcmp(format, "rz") != 0)
				errx(1, "illegal format -- %s", optarg);
			break;
		case 'p': restart = 0; break;
		case 's': separator = optarg; break;
		case 'v':
			start = number(optarg, LONG_MIN, "startnum value");
			break;
		case 'w':
			width = (int)number(optarg, 1, "width value");
			break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 1)
		usage();
	if (argc == 1 && strcmp(*argv, "-") != 0 &&
	    (f = fopen(*argv, "r")) == NULL)
		err(1, "%s", *argv);
	copy(f);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
}
