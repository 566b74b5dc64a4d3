/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message digests: MD5 (RFC 1321), RIPEMD-160, SHA-1, SHA-256 and SHA-512
 * (FIPS 180-4).  All take blocks of 64 or 128 bytes and are padded the same
 * way but for byte order and the size of the length; digest.c does that and
 * has the little-endian two, sha.c the big-endian three.
 */
#ifndef _DIGEST_H_
#define _DIGEST_H_

#include <stddef.h>
#include <stdint.h>

#define DIGEST_MAX	64		/* bytes of the longest */

struct digest_state {
	union {
		uint32_t w[8];
		uint64_t d[8];
	} h;
	uint8_t	block[128];
	size_t	used;			/* bytes in block */
	uint64_t length;		/* bytes so far */
};

struct digest {
	const char *program;		/* name of the command */
	const char *name;		/* as printed in "NAME (file) = ..." */
	size_t	block;
	size_t	size;			/* bytes of the result */
	int	big_endian;
	int	words;			/* bytes in a word: 4 or 8 */
	uint64_t start[8];
	void	(*compress)(struct digest_state *, const uint8_t *);
};

/* The digest by its command's name, or NULL. */
const struct digest *digest_find(const char *program);

void	digest_begin(const struct digest *d, struct digest_state *s);
void	digest_add(const struct digest *d, struct digest_state *s,
	    const void *data, size_t n);
/* Writes d->size bytes. */
void	digest_end(const struct digest *d, struct digest_state *s,
	    uint8_t *out);

void	sha1_compress(struct digest_state *s, const uint8_t *p);
void	sha256_compress(struct digest_state *s, const uint8_t *p);
void	sha512_compress(struct digest_state *s, const uint8_t *p);

#endif
