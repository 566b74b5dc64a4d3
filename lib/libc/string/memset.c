/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memset and its relatives.  explicit_bzero and memset_s are not optimised
 * away even when the memory is never read again.
 */
#include <emmintrin.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define	LARGE	2048

void *
memset(void *dst, int c, size_t n)
{
	unsigned char *d = dst, *p;
	__m128i v = _mm_set1_epi8((char)c);

	if (n < 16) {
		unsigned char *volatile keep;

		for (p = d; n > 0; n--)
			*p++ = (unsigned char)c;
		keep = p;
		(void)keep;
		return (dst);
	}
	if (n >= LARGE) {
		__asm__ volatile("rep stosb" : "+D" (d), "+c" (n) : "a" (c) :
		    "memory");
		return (dst);
	}
	_mm_storeu_si128((__m128i *)d, v);
	_mm_storeu_si128((__m128i *)(d + n - 16), v);
	for (p = (unsigned char *)(((uintptr_t)d + 16) & ~(uintptr_t)15);
	    p + 16 <= d + n; p += 16)
		_mm_store_si128((__m128i *)p, v);
	return (dst);
}

void
bzero(void *dst, size_t n)
{
	memset(dst, 0, n);
}

void
explicit_bzero(void *dst, size_t n)
{
	memset(dst, 0, n);
	__asm__ volatile("" : : "r" (dst) : "memory");
}

errno_t
memset_s(void *dst, rsize_t size, int c, rsize_t n)
{
	errno_t error = 0;

	if (dst == NULL)
		return (EINVAL);
	if (size > RSIZE_MAX)
		return (E2BIG);
	if (n > size) {
		error = EOVERFLOW;
		n = size;
	}
	memset(dst, c, n);
	__asm__ volatile("" : : "r" (dst) : "memory");
	return (error);
}
