/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * iconv - converts text between character sets
 *
 * usage: iconv [-cs] [-f from] [-t to] [file ...]
 *	  iconv -l
 */
#include <err.h>
#include <errno.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define IN_SIZE		65536
#define OUT_SIZE	(IN_SIZE * 4)

static bool	drop;		/* -c: what cannot be converted */
static bool	silent;		/* -s */
static int	status;

static int
print_names(unsigned int n, const char *const *names, void *arg)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		printf("%s%c", names[i], i + 1 < n ? ' ' : '\n');
	return (0);
}

static void
write_out(const char *p, size_t n)
{
	if (fwrite(p, 1, n, stdout) != n)
		err(EX_IOERR, "stdout");
}

/*
 * Converts what is in buf; the bytes left over, which are the start of a
 * character.
 */
static size_t
convert_block(iconv_t cd, char *buf, size_t n, const char *name, bool last)
{
	static char out[OUT_SIZE];
	char *in = buf, *to;
	size_t room, r;

	while (n > 0) {
		to = out;
		room = sizeof(out);
		r = iconv(cd, &in, &n, &to, &room);
		write_out(out, (size_t)(to - out));
		if (r != (size_t)-1 || errno == E2BIG)
			continue;
		if (errno == EINVAL && !last)
			break;
		if (!silent && !drop)
			warnx("%s: %s", name, errno == EINVAL ?
			    "incomplete character at the end" :
			    "cannot convert");
		if (!drop) {
			fflush(stdout);
			exit(EXIT_FAILURE);
		}
		status = EXIT_FAILURE;
		in++;
		n--;
	}
	memmove(buf, in, n);
	return (n);
}

static void
convert(iconv_t cd, FILE *fp, const char *name)
{
	static char buf[IN_SIZE];
	size_t have = 0, n;

	iconv(cd, NULL, NULL, NULL, NULL);
	while ((n = fread(buf + have, 1, sizeof(buf) - have, fp)) > 0)
		have = convert_block(cd, buf, have + n, name, false);
	if (ferror(fp))
		err(EX_IOERR, "%s", name);
	convert_block(cd, buf, have, name, true);
}

static void
usage(void)
{
	fprintf(stderr, "usage: iconv [-cs] [-f from] [-t to] [file ...]\n"
	    "       iconv -l\n");
	exit(EX_USAGE);
}

int
main(int argc, char **argv)
{
	const char *from, *to;
	char *target = NULL;
	iconv_t cd;
	FILE *fp;
	int c;

	setlocale(LC_ALL, "");
	from = to = nl_langinfo(CODESET);
	while ((c = getopt(argc, argv, "cf:lst:")) != -1) {
		switch (c) {
		case 'c':
			drop = true;
			break;
		case 'f':
			from = optarg;
			break;
		case 'l':
			iconvlist(print_names, NULL);
			return (0);
		case 's':
			silent = true;
			break;
		case 't':
			to = optarg;
			break;
		default:
			usage();
		}
	}
	argv += optind;
	if (drop && asprintf(&target, "%s//IGNORE", to) < 0)
		err(EX_OSERR, NULL);
	cd = iconv_open(target != NULL ? target : to, from);
	if (cd == (iconv_t)-1)
		errx(EX_USAGE, "cannot convert from %s to %s", from, to);
	if (*argv == NULL)
		convert(cd, stdin, "stdin");
	for (; *argv != NULL; argv++) {
		fp = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		if (fp == NULL) {
			warn("%s", *argv);
			status = EXIT_FAILURE;
			continue;
		}
		convert(cd, fp, *argv);
		if (fp != stdin)
			fclose(fp);
	}
	if (fflush(stdout) != 0)
		err(EX_IOERR, "stdout");
	return (status);
}
