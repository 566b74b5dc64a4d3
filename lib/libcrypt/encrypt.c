/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setkey(3), encrypt(3): DES on blocks of 64 bytes that are one bit each,
 * over musl's cipher.
 */
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#define	hidden	__attribute__((__visibility__("hidden")))
#include "crypt_des.h"

#define	ROUNDS	16

static struct expanded_key key;

static uint32_t
pack(const char *bits, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 1 | (*bits++ & 1);
	return (v);
}

int
setkey(const char *bits)
{
	unsigned char bytes[8];
	int i;

	for (i = 0; i < 8; i++)
		bytes[i] = (unsigned char)pack(bits + 8 * i, 8);
	__des_setkey(bytes, &key);
	return (0);
}

/* In place; with `decrypt' not 0 the subkeys are used in reverse. */
int
encrypt(char *bits, int decrypt)
{
	struct expanded_key use = key;
	uint32_t half[2];
	int i;

	for (i = 0; decrypt && i < ROUNDS; i++) {
		use.l[i] = key.l[ROUNDS - 1 - i];
		use.r[i] = key.r[ROUNDS - 1 - i];
	}
	__do_des(pack(bits, 32), pack(bits + 32, 32), &half[0], &half[1], 1, 0,
	    &use);
	for (i = 0; i < 64; i++)
		bits[i] = (char)(half[i / 32] >> (31 - i % 32) & 1);
	return (0);
}
