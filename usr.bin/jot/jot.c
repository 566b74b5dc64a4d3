/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jot - print numbers in sequence or at random
 *
 * usage: jot [-cnr] [-b word] [-w word] [-s string] [-p precision]
 *            [reps [begin [end [s]]]]
 *
 * Of reps, begin, end and step three determine the fourth.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *separator = "\n", *word;
static int characters, no_newline, at_random, boring, precision = -1;
static char format[256];
static int format_kind;			/* 'd', 'f', 'c' or 's' */

static void
usage(void)
{
	fprintf(stderr, "usage: jot [-cnr] [-b word] [-w word] [-s string] "
	    "[-p precision]\n           [reps [begin [end [s]]]]\n");
	exit(1);
}

static int
decimals(const char *text)
{
	const char *dot = strchr(text, '.');

	return (dot != NULL ? (int)strlen(dot + 1) : 0);
}

/* A number, or with -c a single character. */
static double
value(const char *text)
{
	char *end;
	double n;

	if (characters && text[0] != '\0' && text[1] == '\0' &&
	    !isdigit((unsigned char)text[0]))
		return ((unsigned char)text[0]);
	n = strtod(text, &end);
	if (end == text || *end != '\0')
		errx(1, "bad value: %s", text);
	return (n);
}

/* Finds the one conversion in the user's word, or appends one. */
static void
set_format(void)
{
	const char *p, *conv = NULL;
	size_t n;

	if (word == NULL) {
		format_kind = characters ? 'c' : 'f';
		snprintf(format, sizeof(format), characters ? "%%c" : "%%.%df",
		    precision);
		return;
	}
	for (p = word; *p != '\0'; p++) {
		if (*p != '%')
			continue;
		if (p[1] == '%') {
			p++;
			continue;
		}
		if (conv != NULL)
			errx(1, "too many conversions");
		conv = p + 1 + strspn(p + 1, "0123456789.#+- l");
		if (*conv == '\0')
			errx(1, "unknown or invalid format '%s'", word);
	}
	if (strlen(word) + 16 > sizeof(format))
		errx(1, "-w word too long");
	if (conv == NULL) {
		format_kind = 'f';
		snprintf(format, sizeof(format), "%s%%.%df", word, precision);
		return;
	}
	if (strchr("diouxX", *conv) != NULL) {
		/* Printed as an intmax_t, whatever size was asked for. */
		format_kind = 'd';
		n = (size_t)(conv - word);
		while (n > 0 && word[n - 1] == 'l')
			n--;
		snprintf(format, sizeof(format), "%.*sj%s", (int)n, word,
		    conv);
	} else if (strchr("eEfgG", *conv) != NULL || *conv == 'c') {
		format_kind = *conv == 'c' ? 'c' : 'f';
		strlcpy(format, word, sizeof(format));
	} else
		errx(1, "unknown or invalid format '%s'", word);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
put(double x)
{
	if (boring)
		fputs(word, stdout);
	else if (format_kind == 'd')
		printf(format, (intmax_t)x);
	else if (format_kind == 'c')
		printf(format, (int)x);
	else
		printf(format, x);
}
#pragma GCC diagnostic pop

static double
random_value(double begin, double end)
{
	double r = (double)arc4random() / 4294967296.0;

	/* Whole numbers and characters include the upper bound. */
	if (precision == 0 || format_kind != 'f')
		return (floor(r * (floor(end) - ceil(begin) + 1) +
		    ceil(begin)));
	return (begin + r * (end - begin));
}

struct sequence {
	double	reps, begin, end, step;
	int	have_reps, have_begin, have_end, have_step;
};

static int
given(const char *arg)
{
	return (arg != NULL && strcmp(arg, "-") != 0);
}

static void
parse(struct sequence *s, int argc, char **argv)
{
	const char *a[4] = { NULL, NULL, NULL, NULL };
	int i;

	if (argc > 4)
		usage();
	for (i = 0; i < argc; i++)
		a[i] = argv[i];
	if ((s->have_reps = given(a[0])) != 0)
		s->reps = value(a[0]);
	if ((s->have_begin = given(a[1])) != 0)
		s->begin = value(a[1]);
	if ((s->have_end = given(a[2])) != 0)
		s->end = value(a[2]);
	if ((s->have_step = given(a[3])) != 0)
		s->step = value(a[3]);
	if (precision < 0) {
		precision = 0;
		for (i = 1; i < 4; i++) {
			if (given(a[i]) && decimals(a[i]) > precision)
				precision = decimals(a[i]);
		}
	}
}

/* Computes what was not given. */
static void
complete(struct sequence *s)
{
	if (at_random) {
		if (!s->have_reps)
			s->reps = 100;
		if (!s->have_begin)
			s->begin = s->have_end && s->end < 1 ? s->end : 1;
		if (!s->have_end)
			s->end = s->begin < 100 ? 100 : s->begin;
		return;
	}
	if (!s->have_step && !(s->have_reps && s->have_begin && s->have_end))
		s->step = s->have_begin && s->have_end && s->begin > s->end ?
		    -1 : 1;
	if (!s->have_begin && s->have_reps && s->have_end)
		s->begin = s->end - (s->reps - 1) * s->step;
	else if (!s->have_begin)
		s->begin = 1;
	if (s->have_end && !s->have_reps) {
		if (s->step == 0 || (s->end - s->begin) / s->step < 0)
			errx(1, "impossible stepsize");
		s->reps = floor((s->end - s->begin) / s->step + 1e-9) + 1;
	} else if (!s->have_reps)
		s->reps = 100;
	if (s->have_reps && s->have_begin && s->have_end) {
		if (!s->have_step)
			s->step = s->reps > 1 ? (s->end - s->begin) /
			    (s->reps - 1) : 0;
		else if (s->reps != 0 && s->step != 0 &&
		    (s->end - s->begin) / s->step >= 0 &&
		    floor((s->end - s->begin) / s->step) + 1 < s->reps)
			s->reps = floor((s->end - s->begin) / s->step) + 1;
	}
}

int
main(int argc, char **argv)
{
	struct sequence s = { 0 };
	char *end;
	double i;
	int c;

	while ((c = getopt(argc, argv, "b:cnp:rs:w:")) != -1) {
		switch (c) {
		case 'b': boring = 1; word = optarg; break;
		case 'c': characters = 1; break;
		case 'n': no_newline = 1; break;
		case 'p':
			precision = (int)strtol(optarg, &end, 10);
			if (*end != '\0' || precision < 0)
				errx(1, "bad precision value");
			break;
		case 'r': at_random = 1; break;
		case 's': separator = optarg; break;
		case 'w': word = optarg; break;
		default:
			/* "-5" is an operand. */
			if (isdigit((unsigned char)optopt)) {
				optind--;
				goto operands;
			}
			usage();
		}
	}
operands:
	parse(&s, argc - optind, argv + optind);
	if (!boring)
		set_format();
	complete(&s);
	/* No repetitions means without end. */
	for (i = 0; s.reps == 0 || i < s.reps; i++) {
		if (i > 0)
			fputs(separator, stdout);
		put(at_random ? random_value(s.begin, s.end) :
		    s.begin + i * s.step);
		if (ferror(stdout))
			err(1, "stdout");
	}
	if (!no_newline)
		putchar('\n');
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
}
