/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's gzip: what zlib packs comes out again, and damaged files are
 * refused without a byte read or written out of place (ASan watches).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int	gzip_expand(const unsigned char *in, size_t len, unsigned char *out,
	    size_t outlen);

static int count, failed;

static void
ok(int good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++count, name);
	failed |= !good;
}

static unsigned char *
pack(const unsigned char *data, size_t len, int level, int strategy,
    size_t *packed)
{
	z_stream z = { 0 };
	unsigned char *out = malloc(len + 1000);

	deflateInit2(&z, level, Z_DEFLATED, 31, 8, strategy);
	z.next_in = (unsigned char *)data;
	z.avail_in = len;
	z.next_out = out;
	z.avail_out = len + 1000;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	*packed = z.total_out;
	deflateEnd(&z);
	return (realloc(out, *packed));
}

static void
round_trip(const unsigned char *data, size_t len, int level, int strategy,
    const char *name)
{
	unsigned char *out = malloc(len), *packed;
	size_t n;

	packed = pack(data, len, level, strategy, &n);
	ok(gzip_expand(packed, n, out, len) == 0 &&
	    memcmp(out, data, len) == 0, name);
	free(packed);
	free(out);
}

static void
damaged(const unsigned char *data, size_t len)
{
	unsigned char *packed, *copy, *out = malloc(len);
	size_t n, i;
	int accepted = 0, tries;

	packed = pack(data, len, 9, Z_DEFAULT_STRATEGY, &n);
	for (i = 0; i < n; i++) {
		copy = malloc(i);
		memcpy(copy, packed, i);
		accepted += gzip_expand(copy, i, out, len) == 0;
		free(copy);
	}
	ok(accepted == 0, "truncated_files_are_refused");
	accepted = 0;
	for (tries = 0; tries < 20000; tries++) {
		copy = malloc(n);
		memcpy(copy, packed, n);
		/* The header's time and system may change. */
		i = 10 + (size_t)rand() % (n - 18);
		copy[i] ^= 1 + rand() % 255;
		if (gzip_expand(copy, n, out, len) == 0)
			accepted += memcmp(out, data, len) != 0;
		free(copy);
	}
	ok(accepted == 0, "changed_files_are_refused");
	ok(gzip_expand(packed, n, out, len - 1) != 0,
	    "more_than_was_promised_is_refused");
	free(packed);
	free(out);
}

int
main(void)
{
	size_t len = 300000, i;
	unsigned char *text = malloc(len), *noise = malloc(len);

	for (i = 0; i < len; i++) {
		text[i] = "the quick brown fox "[(i * i / 7 + i) % 20];
		noise[i] = rand();
	}
	round_trip(text, len, 9, Z_DEFAULT_STRATEGY, "dynamic_codes");
	round_trip(text, len, 6, Z_FIXED, "fixed_codes");
	round_trip(text, len, 6, Z_HUFFMAN_ONLY, "no_repetitions");
	round_trip(noise, len, 6, Z_DEFAULT_STRATEGY, "stored_blocks");
	round_trip(noise, len, 0, Z_DEFAULT_STRATEGY, "nothing_packed");
	round_trip(text, 1, 9, Z_DEFAULT_STRATEGY, "one_byte");
	damaged(text, 3000);
	free(text);
	free(noise);
	printf("1..%d\n", count);
	return (failed);
}
