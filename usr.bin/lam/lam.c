/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lam - lines of several files side by side
 *
 * usage: lam [-f min.max] [-s sepstring] [-t c] file ...
 *	  lam [-p min.max] [-s sepstring] [-t c] file ...
 *
 * Lower-case options hold for the file that follows, upper-case ones for all
 * that follow.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct input {
	FILE	*f;			/* NULL at its end */
	const char *name;
	const char *sep;
	int	min, max;		/* width; -1: as it is */
	int	left, zero;		/* how it is padded */
	int	pad_at_end;		/* also after the file has ended */
	int	eol;			/* what ends a line of it */
};

static struct input *inputs, next, always;
static int ninputs;

static void
usage(void)
{
	fprintf(stderr,
	    "usage: lam [-f min.max] [-s sepstring] [-t c] file ...\n"
	    "       lam [-p min.max] [-s sepstring] [-t c] file ...\n");
	exit(EX_USAGE);
}

/* "[-][0]min.max", as printf has it. */
static void
set_format(struct input *in, const char *s)
{
	char *end;

	in->left = *s == '-';
	s += in->left;
	in->zero = *s == '0' && !in->left;
	in->min = in->max = -1;
	if (*s != '.') {
		in->min = (int)strtol(s, &end, 10);
		if (end == s)
			usage();
		s = end;
	}
	if (*s == '.') {
		in->max = (int)strtol(s + 1, &end, 10);
		if (end == s + 1)
			usage();
		s = end;
	}
	if (*s != '\0')
		usage();
}

/* The option at argv[0], with its value there or in argv[1]. */
static char **
option(char **argv)
{
	char c = argv[0][1], lower = (char)(c | 0x20);
	const char *value = argv[0] + 2;
	struct input *in = &next;

	if (*value == '\0' && (value = *++argv) == NULL)
		usage();
	switch (lower) {
	case 's':
		in->sep = value;
		break;
	case 't':
		in->eol = (unsigned char)*value;
		break;
	case 'f':
	case 'p':
		set_format(in, value);
		in->pad_at_end = lower == 'p';
		break;
	default:
		usage();
	}
	if (c != lower)
		always = next;
	return (argv);
}

static void
put_field(struct input *in, const char *s)
{
	int len = (int)strlen(s), pad;

	if (in->max >= 0 && len > in->max)
		len = in->max;
	pad = in->min > len ? in->min - len : 0;
	if (!in->left)
		for (; pad > 0; pad--)
			putchar(in->zero ? '0' : ' ');
	fwrite(s, 1, (size_t)len, stdout);
	for (; pad > 0; pad--)
		putchar(' ');
}

/* One line of the output; returns how many inputs are left. */
static int
join_lines(void)
{
	static char *line[64];
	static size_t size[64];
	int i, left = 0, got[64] = { 0 };
	ssize_t n;

	for (i = 0; i < ninputs; i++) {
		struct input *in = &inputs[i];

		if (in->f == NULL)
			continue;
		n = getdelim(&line[i], &size[i], in->eol, in->f);
		if (n < 0) {
			if (ferror(in->f))
				err(1, "%s", in->name);
			in->f = NULL;
			continue;
		}
		if (n > 0 && (unsigned char)line[i][n - 1] == in->eol)
			line[i][n - 1] = '\0';
		got[i] = 1;
		left++;
	}
	if (left == 0)
		return (0);
	for (i = 0; i < ninputs; i++) {
		if (!got[i] && !inputs[i].pad_at_end)
			continue;
		fputs(inputs[i].sep, stdout);
		put_field(&inputs[i], got[i] ? line[i] : "");
	}
	putchar('\n');
	return (left);
}

int
main(int argc, char **argv)
{
	always = next = (struct input){ .sep = "", .min = -1, .max = -1,
	    .eol = '\n' };
	inputs = calloc((size_t)argc, sizeof(*inputs));
	if (inputs == NULL)
		err(1, NULL);
	while (*++argv != NULL) {
		if (argv[0][0] == '-' && argv[0][1] != '\0') {
			argv = option(argv);
			continue;
		}
		if (ninputs == 64)
			errx(1, "more than 64 files");
		next.name = *argv;
		next.f = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		if (next.f == NULL)
			err(1, "%s", *argv);
		inputs[ninputs++] = next;
		next = always;
	}
	if (ninputs == 0)
		usage();
	while (join_lines() > 0)
		;
	/* A separator after the last file ends the lines. */
	return (fflush(stdout) != 0);
}
