/* SPDX-License-Identifier: BSD-2-Clause */
/* What <sys/endian.h> has and the host's library has not. */
#ifndef TEST_ENDIAN_H
#define TEST_ENDIAN_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define bswap16(x)	__builtin_bswap16(x)
#define bswap32(x)	__builtin_bswap32(x)

#define CODEC(order, bits)						\
static inline uint##bits##_t						\
order##bits##dec(const void *p)						\
{									\
	uint##bits##_t v;						\
									\
	memcpy(&v, p, sizeof(v));					\
	return (order##bits##toh(v));					\
}									\
									\
static inline void							\
order##bits##enc(void *p, uint##bits##_t v)				\
{									\
	v = hto##order##bits(v);					\
	memcpy(p, &v, sizeof(v));					\
}

CODEC(be, 16)
CODEC(be, 32)
CODEC(le, 16)
CODEC(le, 32)

#endif
