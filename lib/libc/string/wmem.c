/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wide strings: memory, copying, comparing, searching, splitting.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include <xlocale.h>

wchar_t *
wmemchr(const wchar_t *s, wchar_t c, size_t n)
{
	for (; n > 0; s++, n--) {
		if (*s == c)
			return ((wchar_t *)(uintptr_t)s);
	}
	return (NULL);
}

int
wmemcmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	for (; n > 0; a++, b++, n--) {
		if (*a != *b)
			return (*a > *b ? 1 : -1);
	}
	return (0);
}

wchar_t *
wmemcpy(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n)
{
	return (memcpy(d, s, n * sizeof(wchar_t)));
}

wchar_t *
wmemmove(wchar_t *d, const wchar_t *s, size_t n)
{
	return (memmove(d, s, n * sizeof(wchar_t)));
}

wchar_t *
wmemset(wchar_t *d, wchar_t c, size_t n)
{
	wchar_t *p = d;

	while (n-- > 0)
		*p++ = c;
	return (d);
}

size_t
wcslen(const wchar_t *s)
{
	const wchar_t *p = s;

	while (*p != L'\0')
		p++;
	return (p - s);
}

size_t
wcsnlen(const wchar_t *s, size_t max)
{
	const wchar_t *end = wmemchr(s, L'\0', max);

	return (end != NULL ? (size_t)(end - s) : max);
}

#define	CHAR		wchar_t
#define	S_LEN		wcslen
#define	S_NLEN		wcsnlen
#define	M_CPY		wmemcpy
#define	M_SET		wmemset
#define	SP_CPY		wcpcpy
#define	S_CPY		wcscpy
#define	SP_NCPY		wcpncpy
#define	S_NCPY		wcsncpy
#define	S_CAT		wcscat
#define	S_NCAT		wcsncat
#define	S_LCPY		wcslcpy
#define	S_LCAT		wcslcat
#define	S_DUP		wcsdup
#include "copy.h"

int
wcsncmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	for (; n > 0; a++, b++, n--) {
		if (*a != *b)
			return (*a > *b ? 1 : -1);
		if (*a == L'\0')
			break;
	}
	return (0);
}

int
wcscmp(const wchar_t *a, const wchar_t *b)
{
	return (wcsncmp(a, b, SIZE_MAX));
}

int
wcsncasecmp_l(const wchar_t *a, const wchar_t *b, size_t n, locale_t l)
{
	wint_t p, q;

	for (; n > 0; a++, b++, n--) {
		p = towlower_l(*a, l);
		q = towlower_l(*b, l);
		if (p != q)
			return (p > q ? 1 : -1);
		if (*a == L'\0')
			break;
	}
	return (0);
}

int
wcsncasecmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	return (wcsncasecmp_l(a, b, n, uselocale(NULL)));
}

int
wcscasecmp_l(const wchar_t *a, const wchar_t *b, locale_t l)
{
	return (wcsncasecmp_l(a, b, SIZE_MAX, l));
}

int
wcscasecmp(const wchar_t *a, const wchar_t *b)
{
	return (wcsncasecmp(a, b, SIZE_MAX));
}

int
wcscoll(const wchar_t *a, const wchar_t *b)
{
	return (wcscmp(a, b));
}

int
wcscoll_l(const wchar_t *a, const wchar_t *b, locale_t l)
{
	return (wcscmp(a, b));
}

size_t
wcsxfrm(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n)
{
	return (wcslcpy(d, s, n));
}

size_t
wcsxfrm_l(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n,
    locale_t l)
{
	return (wcslcpy(d, s, n));
}

wchar_t *
wcschr(const wchar_t *s, wchar_t c)
{
	for (; *s != c; s++) {
		if (*s == L'\0')
			return (NULL);
	}
	return ((wchar_t *)(uintptr_t)s);
}

wchar_t *
wcsrchr(const wchar_t *s, wchar_t c)
{
	const wchar_t *last = NULL;

	for (;; s++) {
		if (*s == c)
			last = s;
		if (*s == L'\0')
			return ((wchar_t *)(uintptr_t)last);
	}
}

size_t
wcsspn(const wchar_t *s, const wchar_t *accept)
{
	const wchar_t *p = s;

	while (*p != L'\0' && wcschr(accept, *p) != NULL)
		p++;
	return (p - s);
}

size_t
wcscspn(const wchar_t *s, const wchar_t *reject)
{
	const wchar_t *p = s;

	while (*p != L'\0' && wcschr(reject, *p) == NULL)
		p++;
	return (p - s);
}

wchar_t *
wcspbrk(const wchar_t *s, const wchar_t *accept)
{
	s += wcscspn(s, accept);
	return (*s != L'\0' ? (wchar_t *)(uintptr_t)s : NULL);
}

wchar_t *
wcsstr(const wchar_t *s, const wchar_t *needle)
{
	size_t n = wcslen(needle);

	if (n == 0)
		return ((wchar_t *)(uintptr_t)s);
	for (; (s = wcschr(s, *needle)) != NULL; s++) {
		if (wcsncmp(s, needle, n) == 0)
			return ((wchar_t *)(uintptr_t)s);
	}
	return (NULL);
}

wchar_t *
wcstok(wchar_t *__restrict s, const wchar_t *__restrict delim,
    wchar_t **__restrict last)
{
	wchar_t *end;

	if (s == NULL && (s = *last) == NULL)
		return (NULL);
	s += wcsspn(s, delim);
	if (*s == L'\0') {
		*last = NULL;
		return (NULL);
	}
	end = s + wcscspn(s, delim);
	if (*end != L'\0')
		*end++ = L'\0';
	else
		end = NULL;
	*last = end;
	return (s);
}
