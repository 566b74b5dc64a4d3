/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seq - print a sequence of numbers
 *
 * usage: seq [-w] [-f format] [-s string] [-t string] [first [incr]] last
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
usage(void)
{
	fprintf(stderr, "usage: seq [-w] [-f format] [-s string] "
	    "[-t string] [first [incr]] last\n");
	exit(1);
}

static double
number(const char *text, int *decimals)
{
	const char *dot = strchr(text, '.');
	char *end;
	double n = strtod(text, &end);
	int d;

	if (end == text || *end != '\0' || isnan(n))
		errx(2, "invalid floating point argument: %s", text);
	d = dot != NULL ? (int)strspn(dot + 1, "0123456789") : 0;
	if (d > *decimals)
		*decimals = d;
	return (n);
}

/* One floating point conversion and nothing else after a percent sign. */
static int
valid_format(const char *f)
{
	int n = 0;

	for (; *f != '\0'; f++) {
		if (*f != '%')
			continue;
		if (f[1] == '%') {
			f++;
			continue;
		}
		f += 1 + strspn(f + 1, "#0- +'");
		f += strspn(f, "0123456789");
		if (*f == '.')
			f += 1 + strspn(f + 1, "0123456789");
		if (*f == '\0' || strchr("aAeEfFgG", *f) == NULL)
			return (0);
		n++;
	}
	return (n == 1);
}

/* C escapes in separators. */
static char *
unescape(const char *s)
{
	static const char from[] = "abfnrtv\\", to[] = "\a\b\f\n\r\t\v\\";
	char *out = malloc(strlen(s) + 1), *p = out;
	const char *at;

	if (out == NULL)
		err(1, NULL);
	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] != '\0' &&
		    (at = strchr(from, s[1])) != NULL) {
			*p++ = to[at - from];
			s++;
		} else
			*p++ = *s;
	}
	*p = '\0';
	return (out);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
sequence(double first, double step, double last, const char *format,
    const char *separator, const char *terminator)
{
	double n = floor((last - first) / step + 1e-10), i;

	for (i = 0; i <= n; i++) {
		if (i > 0)
			fputs(separator, stdout);
		printf(format, first + i * step);
		if (ferror(stdout))
			err(1, "stdout");
	}
	if (n >= 0)
		fputs(terminator, stdout);
}
#pragma GCC diagnostic pop

int
main(int argc, char **argv)
{
	const char *format = NULL, *separator = "\n", *terminator = NULL;
	double first = 1, last, step = 0;
	int c, equal = 0, decimals = 0, width;
	char buf[32], a[64], b[64];

	while (optind < argc && !(argv[optind][0] == '-' &&
	    (isdigit((unsigned char)argv[optind][1]) ||
	    argv[optind][1] == '.')) &&
	    (c = getopt(argc, argv, "+f:s:t:w")) != -1) {
		switch (c) {
		case 'f': format = optarg; break;
		case 's': separator = unescape(optarg); break;
		case 't': terminator = unescape(optarg); break;
		case 'w': equal = 1; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1 || argc > 3)
		usage();
	last = number(argv[argc - 1], &decimals);
	if (argc > 1)
		first = number(argv[0], &decimals);
	if (argc > 2) {
		step = number(argv[1], &decimals);
		if (step == 0)
			errx(1, "zero %screment",
			    first < last ? "in" : "de");
		if ((last - first) / step < 0)
			errx(1, "needs %s increment",
			    step < 0 ? "positive" : "negative");
	}
	if (step == 0)
		step = first <= last ? 1 : -1;
	if (format != NULL && !valid_format(format))
		errx(1, "invalid format string: `%s'", format);
	if (format == NULL) {
		width = 0;
		if (equal) {
			snprintf(a, sizeof(a), "%.*f", decimals, first);
			snprintf(b, sizeof(b), "%.*f", decimals,
			    first + floor((last - first) / step) * step);
			width = (int)(strlen(a) > strlen(b) ? strlen(a) :
			    strlen(b));
		}
		snprintf(buf, sizeof(buf), "%%0%d.%df", width, decimals);
		format = buf;
	}
	sequence(first, step, last, format, separator,
	    terminator != NULL ? terminator : "\n");
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
}
