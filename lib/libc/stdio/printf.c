/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The faces of printf: to streams, strings and descriptors, with and without
 * a locale, with arguments or a va_list.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

int
vfprintf_l(FILE *__restrict fp, locale_t l, const char *__restrict fmt,
    va_list ap)
{
	int r;

	FLOCK(fp);
	ORIENT(fp, -1);
	r = __vfprintf(fp, l, fmt, ap);
	FUNLOCK(fp);
	return (r);
}

/* A stream that fills a string and drops what does not fit. */
static void
string_stream(struct __FILE *fp, char *buf, size_t size)
{
	memset(fp, 0, offsetof(struct __FILE, orientation));
	fp->_flags = __SWR | __SSTR;
	fp->_fileno = -1;
	fp->base = fp->_p = (unsigned char *)buf;
	fp->size = fp->_w = size;
	fp->orientation = -1;
}

int
vsnprintf_l(char *__restrict buf, size_t size, locale_t l,
    const char *__restrict fmt, va_list ap)
{
	struct __FILE f;
	char dummy[1];
	int r;

	if (size == 0) {
		buf = dummy;
		size = 1;
	}
	if (size > SSIZE_MAX)
		size = SSIZE_MAX;
	string_stream(&f, buf, size - 1);
	r = __vfprintf(&f, l, fmt, ap);
	*f._p = '\0';
	return (r);
}

int
vasprintf_l(char **__restrict bufp, locale_t l, const char *__restrict fmt,
    va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf_l(NULL, 0, l, fmt, ap);
	p = n >= 0 ? malloc((size_t)n + 1) : NULL;
	*bufp = p;
	if (p != NULL)
		n = vsnprintf_l(p, (size_t)n + 1, l, fmt, again);
	else
		n = -1;
	va_end(again);
	return (n);
}

int
vdprintf(int fd, const char *__restrict fmt, va_list ap)
{
	unsigned char buf[BUFSIZ];
	struct __FILE f;
	int r;

	memset(&f, 0, sizeof(f));
	f._flags = __SWR;
	f._fileno = fd;
	f.cookie = &f;
	f.write = __swrite;
	f.base = f._p = buf;
	f.size = f._w = sizeof(buf);
	r = __vfprintf(&f, uselocale(NULL), fmt, ap);
	return (__sflush(&f) != 0 ? -1 : r);
}

int
dprintf(int fd, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vdprintf(fd, fmt, ap));
}

int
vsprintf_l(char *__restrict buf, locale_t l, const char *__restrict fmt,
    va_list ap)
{
	return (vsnprintf_l(buf, (size_t)INT_MAX + 1, l, fmt, ap));
}

int
vprintf_l(locale_t l, const char *__restrict fmt, va_list ap)
{
	return (vfprintf_l(stdout, l, fmt, ap));
}

int
vfprintf(FILE *__restrict fp, const char *__restrict fmt, va_list ap)
{
	return (vfprintf_l(fp, uselocale(NULL), fmt, ap));
}

int
vprintf(const char *__restrict fmt, va_list ap)
{
	return (vfprintf(stdout, fmt, ap));
}

int
vsnprintf(char *__restrict buf, size_t size, const char *__restrict fmt,
    va_list ap)
{
	return (vsnprintf_l(buf, size, uselocale(NULL), fmt, ap));
}

int
vsprintf(char *__restrict buf, const char *__restrict fmt, va_list ap)
{
	return (vsprintf_l(buf, uselocale(NULL), fmt, ap));
}

int
vasprintf(char **__restrict bufp, const char *__restrict fmt, va_list ap)
{
	return (vasprintf_l(bufp, uselocale(NULL), fmt, ap));
}

int
printf(const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfprintf(stdout, fmt, ap));
}

int
fprintf(FILE *__restrict fp, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfprintf(fp, fmt, ap));
}

int
sprintf(char *__restrict buf, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vsprintf(buf, fmt, ap));
}

int
snprintf(char *__restrict buf, size_t size, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vsnprintf(buf, size, fmt, ap));
}

int
asprintf(char **__restrict bufp, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vasprintf(bufp, fmt, ap));
}

int
printf_l(locale_t l, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfprintf_l(stdout, l, fmt, ap));
}

int
fprintf_l(FILE *__restrict fp, locale_t l, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vfprintf_l(fp, l, fmt, ap));
}

int
sprintf_l(char *__restrict buf, locale_t l, const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vsprintf_l(buf, l, fmt, ap));
}

int
snprintf_l(char *__restrict buf, size_t size, locale_t l,
    const char *__restrict fmt, ...)
{
	VARIADIC(fmt, vsnprintf_l(buf, size, l, fmt, ap));
}

int
asprintf_l(char **__restrict bufp, locale_t l, const char *__restrict fmt,
    ...)
{
	VARIADIC(fmt, vasprintf_l(bufp, l, fmt, ap));
}
