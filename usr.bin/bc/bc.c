/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bc - a calculator for numbers of any length
 *
 * usage: bc [-lqs] [-e expression] [file ...]
 */
#include <err.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bc.h"

int interactive;

static jmp_buf next_statement;

/*
 * The functions of -l.  Series, after the argument has been made small; a few
 * decimals more than asked for are kept until the end.
 */
static const char library[] =
	"scale = 20\n"
	"define e(x) {\n"
	"auto i, k, r, s, t\n"
	"if (x < 0) return (1 / e(-x))\n"
	"s = scale\n"
	"scale = s + 10 + x / 2\n"
	"while (x > .5) { x /= 2; k += 1 }\n"
	"r = 1; t = 1; i = 0\n"
	"while (t != 0) { i += 1; t = t * x / i; r += t }\n"
	"while (k > 0) { r *= r; k -= 1 }\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n"
	"define atanh_(x) {\n"
	"auto i, q, r, t\n"
	"r = x; t = x; q = x * x; i = 1\n"
	"while (t != 0) { i += 2; t *= q; r += t / i }\n"
	"return (r)\n"
	"}\n"
	"define l(x) {\n"
	"auto k, r, s\n"
	"if (x <= 0) return ((1 - 10 ^ scale) / 1)\n"
	"s = scale; scale = s + 10; k = 0\n"
	"while (x > 1.5) { x /= 2; k += 1 }\n"
	"while (x < .75) { x *= 2; k -= 1 }\n"
	"r = 2 * atanh_((x - 1) / (x + 1)) + 2 * k * atanh_(1 / 3)\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n"
	"define s(x) {\n"
	"auto i, k, p, q, r, s, t\n"
	"s = scale\n"
	"k = s + 10 + length(x); scale = k\n"
	"p = 8 * a(1)\n"
	"scale = 0; q = x / p; scale = k\n"
	"x -= q * p\n"
	"r = x; t = x; q = x * x; i = 1\n"
	"while (t != 0) { t = -t * q / (i + 1) / (i + 2); i += 2; r += t }\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n"
	"define c(x) {\n"
	"auto r, s\n"
	"s = scale; scale = s + 10\n"
	"r = s(2 * a(1) - x)\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n"
	"define a(x) {\n"
	"auto i, k, q, r, s, t\n"
	"if (x < 0) return (-a(-x))\n"
	"s = scale; scale = s + 10; k = 1\n"
	"while (x > .1) { x = x / (1 + sqrt(1 + x * x)); k *= 2 }\n"
	"r = x; t = x; q = x * x; i = 1\n"
	"while (t != 0) { t *= -q; i += 2; r += t / i }\n"
	"r *= k\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n"
	"define j(n, x) {\n"
	"auto i, q, r, s, t\n"
	"s = scale; scale = 0; n /= 1\n"
	"if (n < 0) {\n"
	"t = 1\n"
	"if (n % 2 != 0) t = -1\n"
	"scale = s\n"
	"return (t * j(-n, x))\n"
	"}\n"
	"scale = s + 10 + length(x) + n + x * x / 4\n"
	"t = 1\n"
	"for (i = 1; i <= n; i++) t = t * x / 2 / i\n"
	"r = t; q = x * x / 4; i = 0\n"
	"while (t != 0) { i += 1; t = -t * q / i / (n + i); r += t }\n"
	"scale = s\n"
	"return (r / 1)\n"
	"}\n";

void
fail(const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fprintf(stderr, "bc: %s:%d: ", parse_file,
	    parse_line - parse_at_line_end());
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
	longjmp(next_statement, 1);
}

/* Statement by statement; after an error the rest of the line is lost. */
static int
run(FILE *f, const char *text, const char *name)
{
	volatile int rc = 0;
	struct node *n;
	int end = 0, c;

	parse_begin(f, text, name);
	if (setjmp(next_statement) != 0) {
		rc = 1;
		if (f == NULL)
			return (rc);
		end = parse_line;
		if (!parse_at_line_end()) {
			while ((c = getc(f)) != '\n' && c != EOF)
				continue;
			end++;
		}
		parse_begin(f, NULL, name);
		parse_line = end;
	}
	while (!quitting) {
		n = parse_next(&end);
		if (end)
			break;
		if (n != NULL) {
			run_statement(n);
			node_free(n);
		}
	}
	return (rc);
}

int
main(int argc, char **argv)
{
	int c, rc = 0, done = 0, math = 0;
	const char *texts[64];
	int ntexts = 0, i;
	FILE *f;

	while ((c = getopt(argc, argv, "e:lqsw")) != -1) {
		switch (c) {
		case 'e':
			if (ntexts == 64)
				errx(1, "too many expressions");
			texts[ntexts++] = optarg;
			break;
		case 'l': math = 1; break;
		case 'q': case 's': case 'w': break;	/* as it is */
		default:
			fprintf(stderr, "usage: bc [-lqs] [-e expression] "
			    "[file ...]\n");
			return (1);
		}
	}
	argv += optind;
	interactive = isatty(STDIN_FILENO);
	if (math && run(NULL, library, "library") != 0)
		return (1);
	for (i = 0; i < ntexts && !quitting; i++) {
		rc |= run(NULL, texts[i], "-e");
		done = 1;
	}
	for (; *argv != NULL && !quitting; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL)
			err(1, "%s", *argv);
		rc |= run(f, NULL, *argv);
		fclose(f);
	}
	/* Files are followed by standard input. */
	if (!quitting && !done)
		rc |= run(stdin, NULL, "(standard in)");
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
