/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lengths and character searches.  Aligned 16-byte loads never cross into
 * another page, so reading past the terminator within one is safe.
 */
#include <emmintrin.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#define	NOSAN	__attribute__((__no_sanitize_address__))

/* A bit for each of the 16 bytes at `p' that is c1 or c2. */
static inline unsigned int NOSAN
match(const char *p, __m128i c1, __m128i c2)
{
	__m128i v = _mm_load_si128((const __m128i *)p);

	return (_mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(v, c1),
	    _mm_cmpeq_epi8(v, c2))));
}

char * NOSAN
strchrnul(const char *s, int c)
{
	const char *p = (const char *)((uintptr_t)s & ~(uintptr_t)15);
	__m128i want = _mm_set1_epi8((char)c), zero = _mm_setzero_si128();
	unsigned int mask;

	mask = match(p, want, zero) & (~0U << ((uintptr_t)s & 15));
	while (mask == 0) {
		p += 16;
		mask = match(p, want, zero);
	}
	return ((char *)(uintptr_t)(p + __builtin_ctz(mask)));
}

size_t NOSAN
strlen(const char *s)
{
	return (strchrnul(s, '\0') - s);
}

char *
strchr(const char *s, int c)
{
	char *p = strchrnul(s, c);

	return (*p == (char)c ? p : NULL);
}

char *
index(const char *s, int c)
{
	return (strchr(s, c));
}

char *
strrchr(const char *s, int c)
{
	return (memrchr(s, c, strlen(s) + 1));
}

char *
rindex(const char *s, int c)
{
	return (strrchr(s, c));
}

size_t
strnlen(const char *s, size_t max)
{
	const char *end = memchr(s, '\0', max);

	return (end != NULL ? (size_t)(end - s) : max);
}
