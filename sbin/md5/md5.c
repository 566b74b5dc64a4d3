/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * md5, rmd160, sha1, sha256, sha512 - message digests of files
 *
 * usage: md5 [-pqrtx] [-b offset] [-e offset] [-c string] [-s string]
 *            [file ...]
 */
#include <sys/types.h>
#include <sys/time.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "digest.h"

static const struct digest *algorithm;
static int quiet, reverse, mismatch;
static const char *expected;
static off_t first, last = -1;		/* -b, -e: part of the file */

static void
hex(const uint8_t *sum, char *text)
{
	size_t i;

	for (i = 0; i < algorithm->size; i++)
		sprintf(text + i * 2, "%02x", sum[i]);
}

static void
show(const uint8_t *sum, const char *name, int is_string)
{
	const char *quote = is_string ? "\"" : "";
	char text[DIGEST_MAX * 2 + 1];

	hex(sum, text);
	if (quiet || name == NULL)
		printf("%s", text);
	else if (reverse)
		printf("%s %s%s%s", text, quote, name, quote);
	else
		printf("%s (%s%s%s) = %s", algorithm->name, quote, name,
		    quote, text);
	if (expected != NULL && strcasecmp(text, expected) != 0) {
		mismatch = 1;
		if (!quiet)
			printf(" [ Failed ]");
	}
	putchar('\n');
}

static void
digest_string(const char *s, uint8_t *sum)
{
	struct digest_state st;

	digest_begin(algorithm, &st);
	digest_add(algorithm, &st, s, strlen(s));
	digest_end(algorithm, &st, sum);
}

/* Standard input is also copied to standard output when echo is set. */
static int
digest_file(FILE *f, int echo, uint8_t *sum)
{
	struct digest_state st;
	static uint8_t buf[65536];
	off_t left = last < 0 ? INT64_MAX : last - first;
	size_t n;

	if (first > 0 && fseeko(f, first, SEEK_SET) != 0)
		return (-1);
	digest_begin(algorithm, &st);
	while (left > 0) {
		n = left < (off_t)sizeof(buf) ? (size_t)left : sizeof(buf);
		n = fread(buf, 1, n, f);
		if (n == 0)
			break;
		if (echo)
			fwrite(buf, 1, n, stdout);
		digest_add(algorithm, &st, buf, n);
		left -= (off_t)n;
	}
	digest_end(algorithm, &st, sum);
	return (ferror(f) ? -1 : 0);
}

/* Speed over 100000 blocks of 10000 bytes. */
static void
time_trial(void)
{
	enum { BLOCKS = 100000, SIZE = 10000 };
	static uint8_t block[SIZE], sum[DIGEST_MAX];
	struct timeval start, end;
	struct digest_state st;
	double secs;
	int i;

	for (i = 0; i < SIZE; i++)
		block[i] = (uint8_t)i;
	printf("%s time trial. Digesting %d %d-byte blocks ...",
	    algorithm->name, BLOCKS, SIZE);
	fflush(stdout);
	gettimeofday(&start, NULL);
	digest_begin(algorithm, &st);
	for (i = 0; i < BLOCKS; i++)
		digest_add(algorithm, &st, block, SIZE);
	digest_end(algorithm, &st, sum);
	gettimeofday(&end, NULL);
	secs = (double)(end.tv_sec - start.tv_sec) +
	    (double)(end.tv_usec - start.tv_usec) / 1e6;
	if (secs <= 0)
		secs = 1e-6;
	printf(" done\nDigest = ");
	quiet = 1;
	show(sum, NULL, 0);
	printf("Time = %f seconds\nSpeed = %f bytes/second\n", secs,
	    (double)BLOCKS * SIZE / secs);
}

static void
self_test(void)
{
	static const char *const texts[] = {
		"", "a", "abc", "message digest", "abcdefghijklmnopqrstuvwxyz",
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789",
		"1234567890123456789012345678901234567890"
		"1234567890123456789012345678901234567890",
	};
	uint8_t sum[DIGEST_MAX];
	size_t i;

	printf("%s test suite:\n", algorithm->name);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		digest_string(texts[i], sum);
		show(sum, texts[i], 1);
	}
}

static off_t
offset(const char *text)
{
	char *end;
	off_t n = strtoll(text, &end, 0);

	if (end == text || *end != '\0' || n < 0)
		errx(1, "bad offset: %s", text);
	return (n);
}

int
main(int argc, char **argv)
{
	int c, rc = 0, done = 0;
	uint8_t sum[DIGEST_MAX];
	FILE *f;

	algorithm = digest_find(getprogname());
	if (algorithm == NULL)
		algorithm = digest_find("md5");
	while ((c = getopt(argc, argv, "b:c:e:pqrs:tx")) != -1) {
		switch (c) {
		case 'b': first = offset(optarg); break;
		case 'c': expected = optarg; break;
		case 'e': last = offset(optarg); break;
		case 'p':
			if (digest_file(stdin, 1, sum) != 0)
				err(1, "stdin");
			show(sum, NULL, 0);
			done = 1;
			break;
		case 'q': quiet = 1; break;
		case 'r': reverse = 1; break;
		case 's':
			digest_string(optarg, sum);
			show(sum, optarg, 1);
			done = 1;
			break;
		case 't': time_trial(); done = 1; break;
		case 'x': self_test(); done = 1; break;
		default:
			fprintf(stderr, "usage: %s [-pqrtx] [-b offset] "
			    "[-e offset] [-c string] [-s string]\n"
			    "           [file ...]\n", algorithm->program);
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL && !done) {
		if (digest_file(stdin, 0, sum) != 0)
			err(1, "stdin");
		show(sum, NULL, 0);
	}
	for (; *argv != NULL; argv++) {
		f = fopen(*argv, "r");
		if (f == NULL || digest_file(f, 0, sum) != 0) {
			warn("%s", *argv);
			rc = 1;
		} else
			show(sum, *argv, 0);
		if (f != NULL)
			fclose(f);
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc != 0 ? rc : mismatch ? 2 : 0);
}
