/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Comparing strings; the case-insensitive ones follow the locale.
 */
#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <xlocale.h>

int
strcmp(const char *a, const char *b)
{
	while (*a == *b && *a != '\0') {
		a++;
		b++;
	}
	return ((unsigned char)*a - (unsigned char)*b);
}

int
strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; a++, b++, n--) {
		if (*a != *b)
			return ((unsigned char)*a - (unsigned char)*b);
		if (*a == '\0')
			break;
	}
	return (0);
}

int
strcasecmp(const char *a, const char *b)
{
	return (strncasecmp(a, b, SIZE_MAX));
}

int
strncasecmp(const char *a, const char *b, size_t n)
{
	int d;

	for (; n > 0; a++, b++, n--) {
		d = tolower((unsigned char)*a) - tolower((unsigned char)*b);
		if (d != 0 || *a == '\0')
			return (d);
	}
	return (0);
}

int
strncasecmp_l(const char *a, const char *b, size_t n, locale_t l)
{
	int d;

	for (; n > 0; a++, b++, n--) {
		d = tolower_l((unsigned char)*a, l) -
		    tolower_l((unsigned char)*b, l);
		if (d != 0 || *a == '\0')
			return (d);
	}
	return (0);
}

int
strcasecmp_l(const char *a, const char *b, locale_t l)
{
	return (strncasecmp_l(a, b, SIZE_MAX, l));
}

/* Collation is by byte (code point order in UTF-8) in every locale. */
int
strcoll(const char *a, const char *b)
{
	return (strcmp(a, b));
}

int
strcoll_l(const char *a, const char *b, locale_t l)
{
	return (strcmp(a, b));
}

size_t
strxfrm(char *__restrict dst, const char *__restrict src, size_t n)
{
	return (strlcpy(dst, src, n));
}

size_t
strxfrm_l(char *__restrict dst, const char *__restrict src, size_t n,
    locale_t l)
{
	return (strlcpy(dst, src, n));
}
