/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conversion between host order and fixed byte orders, in place and to and
 * from unaligned bytes.
 */
#ifndef _SYS_ENDIAN_H_
#define _SYS_ENDIAN_H_

#include <sys/cdefs.h>
#include <sys/stdint.h>
#include <machine/endian.h>

#define bswap16(x)	__bswap16(x)
#define bswap32(x)	__bswap32(x)
#define bswap64(x)	__bswap64(x)

#define htobe16(x)	bswap16((x))
#define htobe32(x)	bswap32((x))
#define htobe64(x)	bswap64((x))
#define htole16(x)	((uint16_t)(x))
#define htole32(x)	((uint32_t)(x))
#define htole64(x)	((uint64_t)(x))

#define be16toh(x)	bswap16((x))
#define be32toh(x)	bswap32((x))
#define be64toh(x)	bswap64((x))
#define le16toh(x)	((uint16_t)(x))
#define le32toh(x)	((uint32_t)(x))
#define le64toh(x)	((uint64_t)(x))

static __inline uint16_t
be16dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return ((uint16_t)((b[0] << 8) | b[1]));
}

static __inline uint32_t
be32dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (((uint32_t)be16dec(b) << 16) | be16dec(b + 2));
}

static __inline uint64_t
be64dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (((uint64_t)be32dec(b) << 32) | be32dec(b + 4));
}

static __inline uint16_t
le16dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return ((uint16_t)((b[1] << 8) | b[0]));
}

static __inline uint32_t
le32dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (((uint32_t)le16dec(b + 2) << 16) | le16dec(b));
}

static __inline uint64_t
le64dec(const void *p)
{
	const uint8_t *b = (const uint8_t *)p;

	return (((uint64_t)le32dec(b + 4) << 32) | le32dec(b));
}

static __inline void
be16enc(void *p, uint16_t u)
{
	uint8_t *b = (uint8_t *)p;

	b[0] = (uint8_t)(u >> 8);
	b[1] = (uint8_t)u;
}

static __inline void
be32enc(void *p, uint32_t u)
{
	be16enc(p, (uint16_t)(u >> 16));
	be16enc((uint8_t *)p + 2, (uint16_t)u);
}

static __inline void
be64enc(void *p, uint64_t u)
{
	be32enc(p, (uint32_t)(u >> 32));
	be32enc((uint8_t *)p + 4, (uint32_t)u);
}

static __inline void
le16enc(void *p, uint16_t u)
{
	uint8_t *b = (uint8_t *)p;

	b[0] = (uint8_t)u;
	b[1] = (uint8_t)(u >> 8);
}

static __inline void
le32enc(void *p, uint32_t u)
{
	le16enc(p, (uint16_t)u);
	le16enc((uint8_t *)p + 2, (uint16_t)(u >> 16));
}

static __inline void
le64enc(void *p, uint64_t u)
{
	le32enc(p, (uint32_t)u);
	le32enc((uint8_t *)p + 4, (uint32_t)(u >> 32));
}

#endif /* !_SYS_ENDIAN_H_ */
