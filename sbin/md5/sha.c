/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-1, SHA-256 and SHA-512; see digest.h.  The constants of the latter are
 * the first bits of the fractional parts of cube roots of the primes, as FIPS
 * 180-4 lists them; those of SHA-256 are the first halves of SHA-512's.
 */
#include <sys/types.h>
#include <sys/endian.h>

#include "digest.h"

static const uint64_t k512[80] = {
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f,
	0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
	0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242,
	0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
	0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
	0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275,
	0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f,
	0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
	0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc,
	0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6,
	0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
	0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
	0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99,
	0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
	0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc,
	0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915,
	0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
	0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba,
	0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
	0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
	0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

static inline uint32_t
left(uint32_t x, int n)
{
	return (x << n | x >> (32 - n));
}

static inline uint32_t
right(uint32_t x, int n)
{
	return (x >> n | x << (32 - n));
}

static inline uint64_t
right64(uint64_t x, int n)
{
	return (x >> n | x << (64 - n));
}

void
sha1_compress(struct digest_state *s, const uint8_t *p)
{
	static const uint32_t k[4] = {
		0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6,
	};
	uint32_t w[80], a, b, c, d, e, f, t;
	int i;

	for (i = 0; i < 16; i++)
		w[i] = be32dec(p + i * 4);
	for (; i < 80; i++)
		w[i] = left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
	a = s->h.w[0], b = s->h.w[1], c = s->h.w[2], d = s->h.w[3],
	    e = s->h.w[4];
	for (i = 0; i < 80; i++) {
		if (i < 20)
			f = (b & c) | (~b & d);
		else if (i >= 40 && i < 60)
			f = (b & c) | (b & d) | (c & d);
		else
			f = b ^ c ^ d;
		t = left(a, 5) + f + e + k[i / 20] + w[i];
		e = d, d = c, c = left(b, 30), b = a, a = t;
	}
	s->h.w[0] += a, s->h.w[1] += b, s->h.w[2] += c, s->h.w[3] += d;
	s->h.w[4] += e;
}

void
sha256_compress(struct digest_state *s, const uint8_t *p)
{
	uint32_t w[64], v[8], t1, t2;
	int i, j;

	for (i = 0; i < 16; i++)
		w[i] = be32dec(p + i * 4);
	for (; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		    (right(w[i - 15], 7) ^ right(w[i - 15], 18) ^
		    w[i - 15] >> 3) +
		    (right(w[i - 2], 17) ^ right(w[i - 2], 19) ^
		    w[i - 2] >> 10);
	for (j = 0; j < 8; j++)
		v[j] = s->h.w[j];
	for (i = 0; i < 64; i++) {
		t1 = v[7] + (right(v[4], 6) ^ right(v[4], 11) ^
		    right(v[4], 25)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
		    (uint32_t)(k512[i] >> 32) + w[i];
		t2 = (right(v[0], 2) ^ right(v[0], 13) ^ right(v[0], 22)) +
		    ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		for (j = 7; j > 0; j--)
			v[j] = v[j - 1];
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (j = 0; j < 8; j++)
		s->h.w[j] += v[j];
}

void
sha512_compress(struct digest_state *s, const uint8_t *p)
{
	uint64_t w[80], v[8], t1, t2;
	int i, j;

	for (i = 0; i < 16; i++)
		w[i] = be64dec(p + i * 8);
	for (; i < 80; i++)
		w[i] = w[i - 16] + w[i - 7] +
		    (right64(w[i - 15], 1) ^ right64(w[i - 15], 8) ^
		    w[i - 15] >> 7) +
		    (right64(w[i - 2], 19) ^ right64(w[i - 2], 61) ^
		    w[i - 2] >> 6);
	for (j = 0; j < 8; j++)
		v[j] = s->h.d[j];
	for (i = 0; i < 80; i++) {
		t1 = v[7] + (right64(v[4], 14) ^ right64(v[4], 18) ^
		    right64(v[4], 41)) + ((v[4] & v[5]) ^ (~v[4] & v[6])) +
		    k512[i] + w[i];
		t2 = (right64(v[0], 28) ^ right64(v[0], 34) ^
		    right64(v[0], 39)) +
		    ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		for (j = 7; j > 0; j--)
			v[j] = v[j - 1];
		v[4] += t1;
		v[0] = t1 + t2;
	}
	for (j = 0; j < 8; j++)
		s->h.d[j] += v[j];
}
