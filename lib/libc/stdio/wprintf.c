/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The faces of wprintf.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"

int
vfwprintf_l(FILE *__restrict fp, locale_t l, const wchar_t *__restrict fmt,
    va_list ap)
{
	int r;

	FLOCK(fp);
	r = __vfwprintf(fp, l, fmt, ap);
	FUNLOCK(fp);
	return (r);
}

/* Unlike snprintf, a string that does not fit is an error. */
int
vswprintf_l(wchar_t *__restrict buf, size_t size, locale_t l,
    const wchar_t *__restrict fmt, va_list ap)
{
	mbstate_t st;
	const char *p;
	char *text = NULL;
	size_t len = 0, n;
	FILE *fp;
	int r;

	if (size == 0) {
		errno = EOVERFLOW;
		return (-1);
	}
	fp = open_memstream(&text, &len);
	if (fp == NULL)
		return (-1);
	fp->orientation = 1;
	r = __vfwprintf(fp, l, fmt, ap);
	fclose(fp);
	if (r >= 0) {
		p = text;
		memset(&st, 0, sizeof(st));
		n = mbsnrtowcs_l(buf, &p, len, size - 1, &st, l);
		if (n == (size_t)-1)
			r = -1;
		else
			buf[n] = L'\0';
		if ((size_t)r >= size) {
			errno = EOVERFLOW;
			r = -1;
		}
	}
	free(text);
	return (r);
}

int
vwprintf_l(locale_t l, const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwprintf_l(stdout, l, fmt, ap));
}

int
vfwprintf(FILE *__restrict fp, const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwprintf_l(fp, uselocale(NULL), fmt, ap));
}

int
vwprintf(const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwprintf(stdout, fmt, ap));
}

int
vswprintf(wchar_t *__restrict buf, size_t size, const wchar_t *__restrict fmt,
    va_list ap)
{
	return (vswprintf_l(buf, size, uselocale(NULL), fmt, ap));
}

int
wprintf(const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwprintf(stdout, fmt, ap));
}

int
fwprintf(FILE *__restrict fp, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwprintf(fp, fmt, ap));
}

int
swprintf(wchar_t *__restrict buf, size_t size, const wchar_t *__restrict fmt,
    ...)
{
	VARIADIC(fmt, vswprintf(buf, size, fmt, ap));
}

int
wprintf_l(locale_t l, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwprintf_l(stdout, l, fmt, ap));
}

int
fwprintf_l(FILE *__restrict fp, locale_t l, const wchar_t *__restrict fmt,
    ...)
{
	VARIADIC(fmt, vfwprintf_l(fp, l, fmt, ap));
}

int
swprintf_l(wchar_t *__restrict buf, size_t size, locale_t l,
    const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vswprintf_l(buf, size, l, fmt, ap));
}
