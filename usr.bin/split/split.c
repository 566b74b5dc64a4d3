/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * split - cut a file into pieces
 *
 * usage: split [-d] [-l line_count] [-a suffix_length] [file [prefix]]
 *        split [-d] -b byte_count[K|M|G] [-a suffix_length] [file [prefix]]
 *        split [-d] -n chunk_count [-a suffix_length] [file [prefix]]
 *        split [-d] -p pattern [-a suffix_length] [file [prefix]]
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <libutil.h>
#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char *prefix = "x";
static int suffix_length = 2, digits;
static FILE *out;

static void __dead2
usage(void)
{
	fprintf(stderr,
	    "usage: split [-d] [-l line_count] [-a suffix_length] "
	    "[file [prefix]]\n"
	    "       split [-d] -b byte_count[K|M|G] [-a suffix_length] "
	    "[file [prefix]]\n"
	    "       split [-d] -n chunk_count [-a suffix_length] "
	    "[file [prefix]]\n"
	    "       split [-d] -p pattern [-a suffix_length] "
	    "[file [prefix]]\n");
	exit(EX_USAGE);
}

static void
close_output(void)
{
	if (out != NULL && fclose(out) != 0)
		err(EX_IOERR, "write");
	out = NULL;
}

/* The next name: the suffix is a number in the base of its characters. */
static void
new_output(void)
{
	static uintmax_t count;
	char name[MAXPATHLEN];
	uintmax_t n = count++;
	int base = digits ? 10 : 26, i;
	size_t len = strlen(prefix);

	close_output();
	if (len + (size_t)suffix_length >= sizeof(name))
		errx(EX_USAGE, "name is too long");
	memcpy(name, prefix, len);
	name[len + (size_t)suffix_length] = '\0';
	for (i = suffix_length; i-- > 0; n /= (uintmax_t)base)
		name[len + (size_t)i] = (char)((digits ? '0' : 'a') +
		    (int)(n % (uintmax_t)base));
	if (n != 0)
		errx(EX_DATAERR, "too many files");
	out = fopen(name, "w");
	if (out == NULL)
		err(EX_IOERR, "%s", name);
}

static void
by_lines(FILE *f, int64_t count, const regex_t *pattern)
{
	char *line = NULL;
	size_t room = 0;
	int64_t n = 0;
	ssize_t len;
	int begins;

	while ((len = getline(&line, &room, f)) > 0) {
		if (pattern != NULL) {
			if (line[len - 1] == '\n')
				line[len - 1] = '\0';
			begins = regexec(pattern, line, 0, NULL, 0) == 0;
			if (line[len - 1] == '\0')
				line[len - 1] = '\n';
		} else
			begins = n++ % count == 0;
		if (begins || out == NULL)
			new_output();
		fwrite(line, 1, (size_t)len, out);
	}
	free(line);
}

/* Copies up to count bytes to a new file; 0 at the end of the input. */
static int
piece(FILE *f, int64_t count)
{
	char buf[65536];
	size_t n;

	while (count > 0) {
		n = count < (int64_t)sizeof(buf) ? (size_t)count :
		    sizeof(buf);
		n = fread(buf, 1, n, f);
		if (n == 0)
			return (0);
		if (out == NULL)
			new_output();
		fwrite(buf, 1, n, out);
		count -= (int64_t)n;
	}
	close_output();
	return (1);
}

static void
by_chunks(FILE *f, int64_t chunks)
{
	struct stat st;
	int64_t i, each;

	if (fstat(fileno(f), &st) != 0)
		err(EX_IOERR, "stat");
	if (chunks > st.st_size)
		errx(1, "can't split into more than %jd files",
		    (intmax_t)st.st_size);
	each = st.st_size / chunks;
	for (i = 1; i < chunks; i++)
		piece(f, each);
	while (piece(f, INT64_MAX))
		continue;
}

static int64_t
number(const char *text, const char *what)
{
	int64_t n;

	if (expand_number(text, &n) != 0 || n <= 0)
		errx(EX_USAGE, "%s: illegal %s", text, what);
	return (n);
}

int
main(int argc, char **argv)
{
	int64_t lines = 0, bytes = 0, chunks = 0, old = 0;
	regex_t re;
	int c, pattern = 0;
	FILE *f = stdin;

	while ((c = getopt(argc, argv, "0123456789a:b:dl:n:p:")) != -1) {
		switch (c) {
		case 'a':
			suffix_length = (int)number(optarg, "suffix length");
			break;
		case 'b': bytes = number(optarg, "byte count"); break;
		case 'd': digits = 1; break;
		case 'l': lines = number(optarg, "line count"); break;
		case 'n':
			chunks = number(optarg, "number of chunks");
			break;
		case 'p':
			if (regcomp(&re, optarg, REG_EXTENDED | REG_NOSUB))
				errx(EX_USAGE, "%s: illegal regexp", optarg);
			pattern = 1;
			break;
		case '?':
			usage();
		default:		/* "-100" */
			old = old * 10 + c - '0';
			break;
		}
	}
	if (old > 0)
		lines = old;
	if ((lines > 0) + (bytes > 0) + (chunks > 0) + pattern > 1)
		usage();
	argv += optind;
	if (*argv != NULL) {
		if (strcmp(*argv, "-") != 0 &&
		    (f = fopen(*argv, "r")) == NULL)
			err(EX_NOINPUT, "%s", *argv);
		argv++;
	}
	if (*argv != NULL)
		prefix = *argv++;
	if (*argv != NULL)
		usage();
	if (chunks > 0)
		by_chunks(f, chunks);
	else if (bytes > 0)
		while (piece(f, bytes))
			continue;
	else
		by_lines(f, lines > 0 ? lines : 1000, pattern ? &re : NULL);
	close_output();
	if (ferror(f))
		err(EX_IOERR, "read");
	return (0);
}
