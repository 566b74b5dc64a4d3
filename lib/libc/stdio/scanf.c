/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The faces of scanf and wscanf.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"

int
vfscanf_l(FILE *__restrict fp, locale_t l, const char *__restrict fmt,
    va_list ap)
{
	int r;

	FLOCK(fp);
	ORIENT(fp, -1);
	r = __vfscanf(fp, l, fmt, ap);
	FUNLOCK(fp);
	return (r);
}

static int
at_end(void *cookie, char *buf, int n)
{
	return (0);
}

/* A stream whose whole input is a string. */
static void
string_stream(struct __FILE *fp, const char *s, size_t n)
{
	memset(fp, 0, sizeof(*fp));
	fp->_flags = __SRD;
	fp->_fileno = -1;
	fp->base = fp->_p = (unsigned char *)(uintptr_t)s;
	fp->size = fp->_r = n;
	fp->read = at_end;
}

int
vsscanf_l(const char *__restrict s, locale_t l, const char *__restrict fmt,
    va_list ap)
{
	struct __FILE f;

	string_stream(&f, s, strlen(s));
	return (__vfscanf(&f, l, fmt, ap));
}

/* The wide string is read in its multibyte form. */
int
vswscanf_l(const wchar_t *__restrict s, locale_t l,
    const wchar_t *__restrict fmt, va_list ap)
{
	const wchar_t *p = s;
	struct __FILE f;
	size_t n;
	char *text;
	int r;

	n = wcsrtombs_l(NULL, &p, 0, NULL, l);
	if (n == (size_t)-1)
		return (EOF);
	text = malloc(n + 1);
	if (text == NULL)
		return (EOF);
	p = s;
	wcsrtombs_l(text, &p, n + 1, NULL, l);
	string_stream(&f, text, n);
	r = __vfwscanf(&f, l, fmt, ap);
	free(text);
	return (r);
}

int
vfwscanf_l(FILE *__restrict fp, locale_t l, const wchar_t *__restrict fmt,
    va_list ap)
{
	int r;

	FLOCK(fp);
	r = __vfwscanf(fp, l, fmt, ap);
	FUNLOCK(fp);
	return (r);
}

int
vscanf_l(locale_t l, const char *__restrict fmt, va_list ap)
{
	return (vfscanf_l(stdin, l, fmt, ap));
}

int
vwscanf_l(locale_t l, const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwscanf_l(stdin, l, fmt, ap));
}

int
vfscanf(FILE *__restrict fp, const char *__restrict fmt, va_list ap)
{
	return (vfscanf_l(fp, uselocale(NULL), fmt, ap));
}

int
vscanf(const char *__restrict fmt, va_list ap)
{
	return (vfscanf(stdin, fmt, ap));
}

int
vsscanf(const char *__restrict s, const char *__restrict fmt, va_list ap)
{
	return (vsscanf_l(s, uselocale(NULL), fmt, ap));
}

int
vfwscanf(FILE *__restrict fp, const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwscanf_l(fp, uselocale(NULL), fmt, ap));
}

int
vwscanf(const wchar_t *__restrict fmt, va_list ap)
{
	return (vfwscanf(stdin, fmt, ap));
}

int
vswscanf(const wchar_t *__restrict s, const wchar_t *__restrict fmt,
    va_list ap)
{
	return (vswscanf_l(s, uselocale(NULL), fmt, ap));
}

int
scanf(const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfscanf(stdin, fmt, ap));
}

int
fscanf(FILE *__restrict fp, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfscanf(fp, fmt, ap));
}

int
sscanf(const char *__restrict s, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vsscanf(s, fmt, ap));
}

int
scanf_l(locale_t l, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfscanf_l(stdin, l, fmt, ap));
}

int
fscanf_l(FILE *__restrict fp, locale_t l, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfscanf_l(fp, l, fmt, ap));
}

int
sscanf_l(const char *__restrict s, locale_t l, const char *__restrict fmt,
    ...)
{
	VARIADIC(fmt, vsscanf_l(s, l, fmt, ap));
}

int
wscanf(const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwscanf(stdin, fmt, ap));
}

int
fwscanf(FILE *__restrict fp, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwscanf(fp, fmt, ap));
}

int
swscanf(const wchar_t *__restrict s, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vswscanf(s, fmt, ap));
}

int
wscanf_l(locale_t l, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwscanf_l(stdin, l, fmt, ap));
}

int
fwscanf_l(FILE *__restrict fp, locale_t l, const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vfwscanf_l(fp, l, fmt, ap));
}

int
swscanf_l(const wchar_t *__restrict s, locale_t l,
    const wchar_t *__restrict fmt, ...)
{
	VARIADIC(fmt, vswscanf_l(s, l, fmt, ap));
}
