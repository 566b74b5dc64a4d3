/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Base 64 (RFC 4648), as DNS records have it.
 */
#include <sys/types.h>
#include <ctype.h>
#include <resolv.h>
#include <stdint.h>
#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The length of the text, or -1 if it does not fit. */
int
b64_ntop(const unsigned char *src, size_t n, char *dst, size_t size)
{
	size_t out = 0, take, i;
	uint32_t v;

	if (size < (n + 2) / 3 * 4 + 1)
		return (-1);
	for (; n > 0; n -= take, src += take) {
		take = n < 3 ? n : 3;
		v = (uint32_t)src[0] << 16;
		if (take > 1)
			v |= (uint32_t)src[1] << 8;
		if (take > 2)
			v |= src[2];
		for (i = 0; i < 4; i++)
			dst[out++] = i <= take ?
			    alphabet[v >> (18 - 6 * i) & 63] : '=';
	}
	dst[out] = '\0';
	return ((int)out);
}

/* The number of bytes, or -1; blanks are passed over. */
int
b64_pton(const char *src, unsigned char *dst, size_t size)
{
	const char *at;
	uint32_t v = 0;
	size_t out = 0;
	int bits = 0, pad = 0;

	for (; *src != '\0'; src++) {
		if (isspace((unsigned char)*src))
			continue;
		if (*src == '=') {
			pad++;
			continue;
		}
		at = strchr(alphabet, *src);
		if (at == NULL || pad > 0)
			return (-1);
		v = v << 6 | (uint32_t)(at - alphabet);
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		if (dst != NULL) {
			if (out >= size)
				return (-1);
			dst[out] = (unsigned char)(v >> bits);
		}
		out++;
	}
	/* What is left over must be zeros, and the padding that fits it. */
	if (bits == 6 || (v & ((1U << bits) - 1)) != 0 || pad != bits / 2)
		return (-1);
	return ((int)out);
}
