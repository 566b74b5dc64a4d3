/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy, memmove, mempcpy, bcopy: small blocks by overlapping loads of both
 * ends, medium ones 64 bytes at a time through SSE registers, large ones by
 * the string instruction, which all processors of interest do fast.
 */
#include <emmintrin.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define	LARGE	2048

typedef uint16_t u16 __attribute__((__may_alias__, __aligned__(1)));
typedef uint32_t u32 __attribute__((__may_alias__, __aligned__(1)));
typedef uint64_t u64 __attribute__((__may_alias__, __aligned__(1)));

static inline __m128i
load(const unsigned char *p)
{
	return (_mm_loadu_si128((const __m128i *)p));
}

static inline void
store(unsigned char *p, __m128i v)
{
	_mm_storeu_si128((__m128i *)p, v);
}

/* Up to 16 bytes: every load precedes every store, so overlap is harmless. */
static inline void
copy_small(unsigned char *d, const unsigned char *s, size_t n)
{
	if (n >= 8) {
		uint64_t a = *(const u64 *)s, b = *(const u64 *)(s + n - 8);

		*(u64 *)d = a;
		*(u64 *)(d + n - 8) = b;
	} else if (n >= 4) {
		uint32_t a = *(const u32 *)s, b = *(const u32 *)(s + n - 4);

		*(u32 *)d = a;
		*(u32 *)(d + n - 4) = b;
	} else if (n >= 2) {
		uint16_t a = *(const u16 *)s, b = *(const u16 *)(s + n - 2);

		*(u16 *)d = a;
		*(u16 *)(d + n - 2) = b;
	} else if (n == 1)
		*d = *s;
}

/* 17 to 64 bytes, likewise. */
static inline void
copy_medium(unsigned char *d, const unsigned char *s, size_t n)
{
	__m128i a = load(s), b = load(s + n - 16), c, e;

	if (n <= 32) {
		store(d, a);
		store(d + n - 16, b);
		return;
	}
	c = load(s + 16);
	e = load(s + n - 32);
	store(d, a);
	store(d + 16, c);
	store(d + n - 32, e);
	store(d + n - 16, b);
}

static void
copy_forward(unsigned char *d, const unsigned char *s, size_t n)
{
	__m128i t0 = load(s + n - 64), t1 = load(s + n - 48);
	__m128i t2 = load(s + n - 32), t3 = load(s + n - 16);
	unsigned char *end = d + n;

	while (n > 64) {
		__m128i a = load(s), b = load(s + 16);
		__m128i c = load(s + 32), e = load(s + 48);

		store(d, a);
		store(d + 16, b);
		store(d + 32, c);
		store(d + 48, e);
		d += 64;
		s += 64;
		n -= 64;
	}
	store(end - 64, t0);
	store(end - 48, t1);
	store(end - 32, t2);
	store(end - 16, t3);
}

static void
copy_backward(unsigned char *d, const unsigned char *s, size_t n)
{
	__m128i h0 = load(s), h1 = load(s + 16);
	__m128i h2 = load(s + 32), h3 = load(s + 48);

	while (n > 64) {
		__m128i a, b, c, e;

		n -= 64;
		a = load(s + n);
		b = load(s + n + 16);
		c = load(s + n + 32);
		e = load(s + n + 48);
		store(d + n, a);
		store(d + n + 16, b);
		store(d + n + 32, c);
		store(d + n + 48, e);
	}
	store(d, h0);
	store(d + 16, h1);
	store(d + 32, h2);
	store(d + 48, h3);
}

void *
memmove(void *dst, const void *src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if (n <= 16)
		copy_small(d, s, n);
	else if (n <= 64)
		copy_medium(d, s, n);
	else if ((uintptr_t)d - (uintptr_t)s >= n)
		copy_forward(d, s, n);
	else
		copy_backward(d, s, n);
	return (dst);
}

void *
memcpy(void *__restrict dst, const void *__restrict src, size_t n)
{
	unsigned char *d = dst;
	const unsigned char *s = src;

	if (n <= 16)
		copy_small(d, s, n);
	else if (n <= 64)
		copy_medium(d, s, n);
	else if (n < LARGE)
		copy_forward(d, s, n);
	else
		__asm__ volatile("rep movsb" : "+D" (d), "+S" (s), "+c" (n) :
		    : "memory");
	return (dst);
}

void *
mempcpy(void *__restrict dst, const void *__restrict src, size_t n)
{
	return ((char *)memcpy(dst, src, n) + n);
}

void
bcopy(const void *src, void *dst, size_t n)
{
	memmove(dst, src, n);
}
