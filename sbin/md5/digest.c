/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message digests; see digest.h.
 */
#include <sys/types.h>
#include <sys/endian.h>

#include <math.h>
#include <string.h>

#include "digest.h"

static inline uint32_t
left(uint32_t x, int n)
{
	return (x << n | x >> (32 - n));
}

static void
md5_compress(struct digest_state *s, const uint8_t *p)
{
	static const uint8_t shift[4][4] = {
		{ 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 },
		{ 6, 10, 15, 21 },
	};
	static uint32_t sine[64];
	uint32_t w[16], a, b, c, d, f, t;
	int i, k;

	/* RFC 1321: the integer part of 2^32 times the sine of 1, 2, ... */
	if (sine[0] == 0) {
		for (i = 0; i < 64; i++)
			sine[i] = (uint32_t)(int64_t)floor(
			    4294967296.0 * fabs(sin(i + 1)));
	}
	for (i = 0; i < 16; i++)
		w[i] = le32dec(p + i * 4);
	a = s->h.w[0], b = s->h.w[1], c = s->h.w[2], d = s->h.w[3];
	for (i = 0; i < 64; i++) {
		switch (i / 16) {
		case 0: f = (b & c) | (~b & d); k = i; break;
		case 1: f = (b & d) | (c & ~d); k = 5 * i + 1; break;
		case 2: f = b ^ c ^ d; k = 3 * i + 5; break;
		default: f = c ^ (b | ~d); k = 7 * i; break;
		}
		t = b + left(a + f + sine[i] + w[k & 15],
		    shift[i / 16][i & 3]);
		a = d, d = c, c = b, b = t;
	}
	s->h.w[0] += a, s->h.w[1] += b, s->h.w[2] += c, s->h.w[3] += d;
}

/* RIPEMD-160 runs two lines of five rounds over a block and adds them. */
static void
rmd160_line(const uint32_t *h, const uint32_t *w, uint32_t *v,
    const uint8_t *words, const uint8_t *shifts, const uint32_t *k,
    int backwards)
{
	uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f, t;
	int i, round;

	for (i = 0; i < 80; i++) {
		round = i / 16;
		switch (backwards ? 4 - round : round) {
		case 0: f = b ^ c ^ d; break;
		case 1: f = (b & c) | (~b & d); break;
		case 2: f = (b | ~c) ^ d; break;
		case 3: f = (b & d) | (c & ~d); break;
		default: f = b ^ (c | ~d); break;
		}
		t = left(a + f + w[words[i]] + k[round], shifts[i]) + e;
		a = e, e = d, d = left(c, 10), c = b, b = t;
	}
	v[0] = a, v[1] = b, v[2] = c, v[3] = d, v[4] = e;
}

static void
rmd160_compress(struct digest_state *s, const uint8_t *p)
{
	static const uint8_t words[2][80] = { {
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
		7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
		3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
		1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
		4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
	}, {
		5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
		6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
		15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
		8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
		12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
	} };
	static const uint8_t shifts[2][80] = { {
		11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
		7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
		11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
		11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
		9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
	}, {
		8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
		9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
		9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
		15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
		8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
	} };
	static const uint32_t k[2][5] = {
		{ 0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e },
		{ 0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0 },
	};
	uint32_t w[16], l[5], r[5], t;
	int i;

	for (i = 0; i < 16; i++)
		w[i] = le32dec(p + i * 4);
	rmd160_line(s->h.w, w, l, words[0], shifts[0], k[0], 0);
	rmd160_line(s->h.w, w, r, words[1], shifts[1], k[1], 1);
	t = s->h.w[1] + l[2] + r[3];
	s->h.w[1] = s->h.w[2] + l[3] + r[4];
	s->h.w[2] = s->h.w[3] + l[4] + r[0];
	s->h.w[3] = s->h.w[4] + l[0] + r[1];
	s->h.w[4] = s->h.w[0] + l[1] + r[2];
	s->h.w[0] = t;
}

static const struct digest digests[] = {
	{ "md5", "MD5", 64, 16, 0, 4,
	    { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 },
	    md5_compress },
	{ "rmd160", "RMD160", 64, 20, 0, 4,
	    { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 },
	    rmd160_compress },
	{ "sha1", "SHA1", 64, 20, 1, 4,
	    { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 },
	    sha1_compress },
	{ "sha256", "SHA256", 64, 32, 1, 4,
	    { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
	    0x9b05688c, 0x1f83d9ab, 0x5be0cd19 }, sha256_compress },
	{ "sha512", "SHA512", 128, 64, 1, 8,
	    { 0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
	    0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
	    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179 }, sha512_compress },
};

const struct digest *
digest_find(const char *program)
{
	size_t i;

	for (i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
		if (strcmp(digests[i].program, program) == 0)
			return (&digests[i]);
	}
	return (NULL);
}

void
digest_begin(const struct digest *d, struct digest_state *s)
{
	int i;

	memset(s, 0, sizeof(*s));
	for (i = 0; i < 8; i++) {
		if (d->words == 8)
			s->h.d[i] = d->start[i];
		else
			s->h.w[i] = (uint32_t)d->start[i];
	}
}

void
digest_add(const struct digest *d, struct digest_state *s, const void *data,
    size_t n)
{
	const uint8_t *p = data;
	size_t part;

	s->length += n;
	while (n > 0) {
		if (s->used == 0 && n >= d->block) {
			d->compress(s, p);
			p += d->block;
			n -= d->block;
			continue;
		}
		part = d->block - s->used;
		if (part > n)
			part = n;
		memcpy(s->block + s->used, p, part);
		s->used += part;
		p += part;
		n -= part;
		if (s->used == d->block) {
			d->compress(s, s->block);
			s->used = 0;
		}
	}
}

/* A one bit, zeros, and the length in bits at the end of a block. */
void
digest_end(const struct digest *d, struct digest_state *s, uint8_t *out)
{
	static const uint8_t zeros[128];
	uint64_t bits = s->length * 8;
	size_t field = d->words == 8 ? 16 : 8, i;
	uint8_t len[16] = { 0 };

	digest_add(d, s, "\200", 1);
	if (s->used > d->block - field)
		digest_add(d, s, zeros, d->block - s->used);
	digest_add(d, s, zeros, d->block - field - s->used);
	if (d->big_endian)
		be64enc(len + field - 8, bits);
	else
		le64enc(len, bits);
	digest_add(d, s, len, field);
	for (i = 0; i < d->size / (size_t)d->words; i++) {
		if (d->words == 8)
			be64enc(out + i * 8, s->h.d[i]);
		else if (d->big_endian)
			be32enc(out + i * 4, s->h.w[i]);
		else
			le32enc(out + i * 4, s->h.w[i]);
	}
}
