/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Searching and comparing memory.
 */
#include <emmintrin.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

void *
memchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;
	__m128i want = _mm_set1_epi8((char)c);
	unsigned int mask;

	for (; n >= 16; p += 16, n -= 16) {
		mask = _mm_movemask_epi8(_mm_cmpeq_epi8(want,
		    _mm_loadu_si128((const __m128i *)p)));
		if (mask != 0)
			return ((void *)(uintptr_t)(p + __builtin_ctz(mask)));
	}
	for (; n > 0; p++, n--) {
		if (*p == (unsigned char)c)
			return ((void *)(uintptr_t)p);
	}
	return (NULL);
}

void *
memrchr(const void *s, int c, size_t n)
{
	const unsigned char *p = s;

	while (n-- > 0) {
		if (p[n] == (unsigned char)c)
			return ((void *)(uintptr_t)(p + n));
	}
	return (NULL);
}

int
memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;
	unsigned int mask, i;

	for (; n >= 16; p += 16, q += 16, n -= 16) {
		mask = _mm_movemask_epi8(_mm_cmpeq_epi8(
		    _mm_loadu_si128((const __m128i *)p),
		    _mm_loadu_si128((const __m128i *)q)));
		if (mask != 0xffff) {
			i = __builtin_ctz(~mask);
			return (p[i] - q[i]);
		}
	}
	for (; n > 0; p++, q++, n--) {
		if (*p != *q)
			return (*p - *q);
	}
	return (0);
}

int
bcmp(const void *a, const void *b, size_t n)
{
	return (memcmp(a, b, n));
}

/* Takes the same time whatever the contents. */
int
timingsafe_bcmp(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *p = a, *q = b;
	int diff = 0;

	while (n-- > 0)
		diff |= *p++ ^ *q++;
	return (diff != 0);
}

int
timingsafe_memcmp(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *p = a, *q = b;
	int result = 0, undecided = -1, diff;

	for (; n > 0; n--, p++, q++) {
		diff = *p - *q;
		result |= diff & undecided;
		undecided &= ((diff | -diff) >> 31) ^ -1;
	}
	return (result);
}

void *
memccpy(void *__restrict dst, const void *__restrict src, int c, size_t n)
{
	const void *end = memchr(src, c, n);
	size_t len;

	if (end == NULL) {
		memcpy(dst, src, n);
		return (NULL);
	}
	len = (const char *)end - (const char *)src + 1;
	memcpy(dst, src, len);
	return ((char *)dst + len);
}
