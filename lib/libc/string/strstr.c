/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Substring searches.  memmem runs the two-way algorithm of Crochemore and
 * Perrin: linear time, constant space.
 */
#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <xlocale.h>

/*
 * The maximal suffix of the needle in the given order of bytes: returns where
 * it starts minus one, and its period.
 */
static size_t
max_suffix(const unsigned char *n, size_t len, size_t *period, int reverse)
{
	size_t i = SIZE_MAX, j = 0, k = 1, p = 1;
	unsigned char a, b;

	while (j + k < len) {
		a = n[j + k];
		b = n[i + k];
		if (reverse ? a > b : a < b) {
			j += k;
			k = 1;
			p = j - i;
		} else if (a == b) {
			if (k == p) {
				j += p;
				k = 1;
			} else
				k++;
		} else {
			i = j++;
			k = p = 1;
		}
	}
	*period = p;
	return (i);
}

static const unsigned char *
two_way(const unsigned char *h, size_t hlen, const unsigned char *n,
    size_t nlen)
{
	size_t p1, p2, s1, s2, split, period, j, pos, memory;
	int periodic;

	s1 = max_suffix(n, nlen, &p1, 0);
	s2 = max_suffix(n, nlen, &p2, 1);
	split = s1 + 1 > s2 + 1 ? s1 + 1 : s2 + 1;
	period = s1 + 1 > s2 + 1 ? p1 : p2;
	periodic = split + period <= nlen && memcmp(n, n + period, split) == 0;
	if (!periodic)
		period = (split > nlen - split ? split : nlen - split) + 1;
	for (pos = memory = 0; pos + nlen <= hlen;) {
		for (j = split > memory ? split : memory;
		    j < nlen && n[j] == h[pos + j]; j++)
			;
		if (j < nlen) {
			pos += j - split + 1;
			memory = 0;
			continue;
		}
		for (j = split; j > memory && n[j - 1] == h[pos + j - 1]; j--)
			;
		if (j <= memory)
			return (h + pos);
		pos += period;
		memory = periodic ? nlen - period : 0;
	}
	return (NULL);
}

void *
memmem(const void *hay, size_t hlen, const void *needle, size_t nlen)
{
	const unsigned char *h = hay, *n = needle, *p;

	if (nlen == 0)
		return ((void *)(uintptr_t)hay);
	if (hlen < nlen)
		return (NULL);
	p = memchr(h, n[0], hlen - nlen + 1);
	if (p == NULL || nlen == 1)
		return ((void *)(uintptr_t)p);
	return ((void *)(uintptr_t)two_way(p, hlen - (p - h), n, nlen));
}

char *
strstr(const char *hay, const char *needle)
{
	size_t n = strlen(needle);

	if (n == 0)
		return ((char *)(uintptr_t)hay);
	hay = strchr(hay, needle[0]);
	if (hay == NULL || n == 1)
		return ((char *)(uintptr_t)hay);
	return (memmem(hay, strlen(hay), needle, n));
}

char *
strnstr(const char *hay, const char *needle, size_t max)
{
	return (memmem(hay, strnlen(hay, max), needle, strlen(needle)));
}

char *
strcasestr_l(const char *hay, const char *needle, locale_t l)
{
	size_t n = strlen(needle);

	for (;; hay++) {
		if (strncasecmp_l(hay, needle, n, l) == 0)
			return ((char *)(uintptr_t)hay);
		if (*hay == '\0')
			return (NULL);
	}
}

char *
strcasestr(const char *hay, const char *needle)
{
	size_t n = strlen(needle);

	for (;; hay++) {
		if (strncasecmp(hay, needle, n) == 0)
			return ((char *)(uintptr_t)hay);
		if (*hay == '\0')
			return (NULL);
	}
}
