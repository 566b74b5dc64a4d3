/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uuencode, b64encode, uudecode, b64decode - files as text, and back
 *
 * usage: uuencode [-mr] [-o output] [input] name
 *        b64encode [-r] [-o output] [input] name
 *        uudecode [-cimprs] [-o output] [file ...]
 *        b64decode [-ciprs] [-o output] [file ...]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "uuencode.h"

#define UU_LINE		45		/* bytes a line */
#define BASE64_LINE	45		/* 60 characters */

const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789+/";

/* A blank could get lost on the way: "`" stands for it. */
static int
uu_digit(unsigned int n)
{
	n &= 077;
	return (n != 0 ? (int)n + ' ' : '`');
}

static void
put_group(const uint8_t *p, size_t n, int base64, FILE *out)
{
	unsigned int bits = (unsigned int)p[0] << 16 |
	    (n > 1 ? (unsigned int)p[1] << 8 : 0) | (n > 2 ? p[2] : 0);
	size_t i;
	unsigned int d;

	for (i = 0; i < 4; i++) {
		d = bits >> (18 - 6 * i) & 077;
		if (base64)
			putc(i <= n ? base64_digits[d] : '=', out);
		else
			putc(uu_digit(d), out);
	}
}

static void
encode(FILE *in, FILE *out, int base64)
{
	uint8_t buf[UU_LINE];
	size_t n, i;

	while ((n = fread(buf, 1, base64 ? BASE64_LINE : UU_LINE, in)) > 0) {
		if (!base64)
			putc(uu_digit((unsigned int)n), out);
		for (i = 0; i < n; i += 3)
			put_group(buf + i, n - i < 3 ? n - i : 3, base64, out);
		putc('\n', out);
	}
	if (ferror(in))
		err(1, "read");
}

static int
encoder(int argc, char **argv, int base64)
{
	const char *output = NULL;
	FILE *in = stdin, *out = stdout;
	mode_t mode = 0644;
	struct stat st;
	int c, raw = 0;

	while ((c = getopt(argc, argv, "mo:r")) != -1) {
		switch (c) {
		case 'm': base64 = 1; break;
		case 'o': output = optarg; break;
		case 'r': raw = 1; break;
		default: goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 2 || (raw && argc == 1)) {
		in = fopen(argv[0], "r");
		if (in == NULL || fstat(fileno(in), &st) != 0)
			err(1, "%s", argv[0]);
		mode = st.st_mode & 0777;
		if (argc == 2)
			argv++;
	} else if (argc != 1 && !(raw && argc == 0))
		goto usage;
	if (output != NULL && (out = fopen(output, "w")) == NULL)
		err(1, "%s", output);
	if (!raw)
		fprintf(out, "begin%s %o %s\n", base64 ? "-base64" : "",
		    (u_int)mode, argv[0]);
	encode(in, out, base64);
	if (!raw)
		fprintf(out, base64 ? "====\n" : "%c\nend\n", uu_digit(0));
	if (fflush(out) != 0)
		err(1, "%s", output != NULL ? output : "stdout");
	return (0);
usage:
	fprintf(stderr, "usage: uuencode [-mr] [-o outfile] [infile] "
	    "remotefile\n       b64encode [-r] [-o outfile] [infile] "
	    "remotefile\n");
	return (1);
}

static int
decoder(int argc, char **argv, int base64)
{
	struct decode_options o = { .base64 = base64 };
	int c, rc = 0;
	FILE *f;

	while ((c = getopt(argc, argv, "cimo:prs")) != -1) {
		switch (c) {
		case 'c': o.ignore_missing = 1; break;
		case 'i': o.keep = 1; break;
		case 'm': o.base64 = 1; break;
		case 'o': o.output = optarg; break;
		case 'p': o.to_stdout = 1; break;
		case 'r': o.raw = 1; break;
		case 's': o.strip_path = 1; break;
		default:
			fprintf(stderr, "usage: uudecode [-cimprs] "
			    "[-o output] [file ...]\n       b64decode "
			    "[-ciprs] [-o output] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL)
		return (decode_file(stdin, "stdin", &o));
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL) {
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		rc |= decode_file(f, *argv, &o);
		fclose(f);
	}
	return (rc);
}

int
main(int argc, char **argv)
{
	const char *name = getprogname();
	int base64 = strncmp(name, "b64", 3) == 0;

	return (strstr(name, "decode") != NULL ?
	    decoder(argc, argv, base64) : encoder(argc, argv, base64));
}
