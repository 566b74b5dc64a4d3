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

wchar_t *
wcpcpy(wchar_t *__restrict d, const wchar_t *__restrict s)
{
	size_t n = wcslen(s);

	wmemcpy(d, s, n + 1);
	return (d + n);
}

wchar_t *
wcscpy(wchar_t *__restrict d, const wchar_t *__restrict s)
{
	wcpcpy(d, s);
	return (d);
}

wchar_t *
wcpncpy(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n)
{
	size_t len = wcsnlen(s, n);

	wmemcpy(d, s, len);
	wmemset(d + len, L'\0', n - len);
	return (d + len);
}

wchar_t *
wcsncpy(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n)
{
	wcpncpy(d, s, n);
	return (d);
}

wchar_t *
wcscat(wchar_t *__restrict d, const wchar_t *__restrict s)
{
	wcpcpy(d + wcslen(d), s);
	return (d);
}

wchar_t *
wcsncat(wchar_t *__restrict d, const wchar_t *__restrict s, size_t n)
{
	wchar_t *end = d + wcslen(d);
	size_t len = wcsnlen(s, n);

	wmemcpy(end, s, len);
	end[len] = L'\0';
	return (d);
}

size_t
wcslcpy(wchar_t *__restrict d, const wchar_t *__restrict s, size_t size)
{
	size_t len = wcslen(s), n;

	if (size > 0) {
		n = len < size ? len : size - 1;
		wmemcpy(d, s, n);
		d[n] = L'\0';
	}
	return (len);
}

size_t
wcslcat(wchar_t *__restrict d, const wchar_t *__restrict s, size_t size)
{
	size_t have = wcsnlen(d, size);

	if (have == size)
		return (size + wcslen(s));
	return (have + wcslcpy(d + have, s, size - have));
}

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
wcsncasecmp(const wchar_t *a, const wchar_t *b, size_t n)
{
	wint_t p, q;

	for (; n > 0; a++, b++, n--) {
		p = towlower(*a);
		q = towlower(*b);
		if (p != q)
			return (p > q ? 1 : -1);
		if (*a == L'\0')
			break;
	}
	return (0);
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

wchar_t *
wcsdup(const wchar_t *s)
{
	size_t n = wcslen(s) + 1;
	wchar_t *p;

	p = malloc(n * sizeof(wchar_t));
	return (p != NULL ? wmemcpy(p, s, n) : NULL);
}
