/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strtod(3), strtof(3), strtold(3), their wide and per-locale forms.
 */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <xlocale.h>
#include "fpconv.h"

static long double
parse(const char *s, char **end, const struct fpformat *f, locale_t l)
{
	size_t used;
	bool range;
	long double v;

	v = __fp_parse(s, strlen(s), localeconv_l(l)->decimal_point, f, &used,
	    &range);
	if (end != NULL)
		*end = (char *)(uintptr_t)(s + used);
	if (range)
		errno = ERANGE;
	return (v);
}

double
strtod_l(const char *__restrict s, char **__restrict end, locale_t l)
{
	return ((double)parse(s, end, &__fp_double, l));
}

float
strtof_l(const char *__restrict s, char **__restrict end, locale_t l)
{
	return ((float)parse(s, end, &__fp_float, l));
}

long double
strtold_l(const char *__restrict s, char **__restrict end, locale_t l)
{
	return (parse(s, end, &__fp_ldouble, l));
}

double
strtod(const char *__restrict s, char **__restrict end)
{
	return (strtod_l(s, end, uselocale(NULL)));
}

float
strtof(const char *__restrict s, char **__restrict end)
{
	return (strtof_l(s, end, uselocale(NULL)));
}

long double
strtold(const char *__restrict s, char **__restrict end)
{
	return (strtold_l(s, end, uselocale(NULL)));
}

/*
 * A number consists of ASCII characters and the decimal point: the wide
 * string is narrowed one to one as far as it can be part of a number.
 */
static long double
wide_parse(const wchar_t *s, wchar_t **end, const struct fpformat *f,
    locale_t l)
{
	char small[128], *buf = small;
	size_t n, i, used = 0, skip;
	bool range = false;
	long double v = 0;

	for (skip = 0; s[skip] == L' ' ||
	    (s[skip] >= L'\t' && s[skip] <= L'\r');)
		skip++;
	for (n = skip; s[n] > 0x20 && s[n] < 0x7f; n++)
		;
	n -= skip;
	if (n > sizeof(small))
		buf = malloc(n);
	if (buf != NULL) {
		for (i = 0; i < n; i++)
			buf[i] = (char)s[skip + i];
		v = __fp_parse(buf, n, localeconv_l(l)->decimal_point, f,
		    &used, &range);
		if (buf != small)
			free(buf);
	}
	if (end != NULL)
		*end = (wchar_t *)(uintptr_t)(s + (used > 0 ? skip + used :
		    0));
	if (range)
		errno = ERANGE;
	return (v);
}

double
wcstod_l(const wchar_t *__restrict s, wchar_t **__restrict end, locale_t l)
{
	return ((double)wide_parse(s, end, &__fp_double, l));
}

float
wcstof_l(const wchar_t *__restrict s, wchar_t **__restrict end, locale_t l)
{
	return ((float)wide_parse(s, end, &__fp_float, l));
}

long double
wcstold_l(const wchar_t *__restrict s, wchar_t **__restrict end, locale_t l)
{
	return (wide_parse(s, end, &__fp_ldouble, l));
}

double
wcstod(const wchar_t *__restrict s, wchar_t **__restrict end)
{
	return (wcstod_l(s, end, uselocale(NULL)));
}

float
wcstof(const wchar_t *__restrict s, wchar_t **__restrict end)
{
	return (wcstof_l(s, end, uselocale(NULL)));
}

long double
wcstold(const wchar_t *__restrict s, wchar_t **__restrict end)
{
	return (wcstold_l(s, end, uselocale(NULL)));
}
