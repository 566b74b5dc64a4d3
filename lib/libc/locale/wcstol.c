/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Integers from wide strings; the locale makes no difference to them.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>
#include <xlocale.h>

static int
digit(wchar_t c)
{
	if (c >= L'0' && c <= L'9')
		return (c - L'0');
	if (c >= L'a' && c <= L'z')
		return (c - L'a' + 10);
	if (c >= L'A' && c <= L'Z')
		return (c - L'A' + 10);
	return (36);
}

/* The magnitude; *over if it does not fit, *end NULL if there is none. */
static uintmax_t
magnitude(const wchar_t *s, const wchar_t **end, int base, bool *negative,
    bool *over)
{
	uintmax_t v = 0;

	*end = NULL;
	*negative = *over = false;
	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return (0);
	}
	while (iswspace(*s))
		s++;
	if (*s == L'+' || *s == L'-')
		*negative = *s++ == L'-';
	if ((base == 0 || base == 16) && s[0] == L'0' &&
	    (s[1] == L'x' || s[1] == L'X') && digit(s[2]) < 16) {
		s += 2;
		base = 16;
	}
	if (base == 0)
		base = *s == L'0' ? 8 : 10;
	for (; digit(*s) < base; s++) {
		*over |= __builtin_mul_overflow(v, (uintmax_t)base, &v);
		*over |= __builtin_add_overflow(v, (uintmax_t)digit(*s), &v);
		*end = s + 1;
	}
	return (v);
}

intmax_t
wcstoimax(const wchar_t *__restrict s, wchar_t **__restrict endp, int base)
{
	const wchar_t *end;
	bool negative, over;
	uintmax_t v = magnitude(s, &end, base, &negative, &over);

	if (endp != NULL)
		*endp = (wchar_t *)(uintptr_t)(end != NULL ? end : s);
	if (over || v > (uintmax_t)INTMAX_MAX + negative) {
		errno = ERANGE;
		return (negative ? INTMAX_MIN : INTMAX_MAX);
	}
	return (negative ? (intmax_t)-v : (intmax_t)v);
}

uintmax_t
wcstoumax(const wchar_t *__restrict s, wchar_t **__restrict endp, int base)
{
	const wchar_t *end;
	bool negative, over;
	uintmax_t v = magnitude(s, &end, base, &negative, &over);

	if (endp != NULL)
		*endp = (wchar_t *)(uintptr_t)(end != NULL ? end : s);
	if (over) {
		errno = ERANGE;
		return (UINTMAX_MAX);
	}
	return (negative ? -v : v);
}

long
wcstol(const wchar_t *__restrict s, wchar_t **__restrict end, int base)
{
	return (wcstoimax(s, end, base));
}

long long
wcstoll(const wchar_t *__restrict s, wchar_t **__restrict end, int base)
{
	return (wcstoimax(s, end, base));
}

unsigned long
wcstoul(const wchar_t *__restrict s, wchar_t **__restrict end, int base)
{
	return (wcstoumax(s, end, base));
}

unsigned long long
wcstoull(const wchar_t *__restrict s, wchar_t **__restrict end, int base)
{
	return (wcstoumax(s, end, base));
}

#define	WITH_LOCALE(type, name, ch, from)				\
type	name##_l(const ch *__restrict, ch **__restrict, int, locale_t);	\
									\
type									\
name##_l(const ch *__restrict s, ch **__restrict end, int base,		\
    locale_t l)								\
{									\
	return (from(s, end, base));					\
}

WITH_LOCALE(long, wcstol, wchar_t, wcstol)
WITH_LOCALE(long long, wcstoll, wchar_t, wcstoll)
WITH_LOCALE(unsigned long, wcstoul, wchar_t, wcstoul)
WITH_LOCALE(unsigned long long, wcstoull, wchar_t, wcstoull)
WITH_LOCALE(intmax_t, wcstoimax, wchar_t, wcstoimax)
WITH_LOCALE(uintmax_t, wcstoumax, wchar_t, wcstoumax)
