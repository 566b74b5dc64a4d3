/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * String functions, formatted output and error texts of the run-time linker.
 *
 * The compiler may call memcpy, memset, memmove and memcmp on its own; they
 * are therefore defined here under their usual names, hidden from everyone
 * else.
 */
#include "rtld.h"

extern const char *const sys_errlist[];
extern const int sys_nerr;

static char	outbuf[1024];
static size_t	outlen;

void *
memcpy(void *dst, const void *src, size_t n)
{
	char *d = dst;
	const char *s = src;

	while (n-- > 0)
		*d++ = *s++;
	return (dst);
}

void *
memmove(void *dst, const void *src, size_t n)
{
	char *d = dst;
	const char *s = src;

	if (d <= s || d >= s + n)
		return (memcpy(dst, src, n));
	while (n-- > 0)
		d[n] = s[n];
	return (dst);
}

void *
memset(void *dst, int c, size_t n)
{
	char *d = dst;

	while (n-- > 0)
		*d++ = (char)c;
	return (dst);
}

int
memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *p = a, *q = b;

	for (; n-- > 0; p++, q++) {
		if (*p != *q)
			return (*p - *q);
	}
	return (0);
}

size_t
strlen(const char *s)
{
	const char *p = s;

	while (*p != '\0')
		p++;
	return (p - s);
}

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
	for (; n > 0; n--, a++, b++) {
		if (*a != *b)
			return ((unsigned char)*a - (unsigned char)*b);
		if (*a == '\0')
			break;
	}
	return (0);
}

char *
strchr(const char *s, int c)
{
	for (;; s++) {
		if (*s == (char)c)
			return ((char *)(uintptr_t)s);
		if (*s == '\0')
			return (NULL);
	}
}

char *
strrchr(const char *s, int c)
{
	const char *last = NULL;

	for (;; s++) {
		if (*s == (char)c)
			last = s;
		if (*s == '\0')
			return ((char *)(uintptr_t)last);
	}
}

struct out {
	char	*p;
	size_t	left;
	int	total;
};

static void
out_char(struct out *o, char c)
{
	if (o->left > 1) {
		*o->p++ = c;
		o->left--;
	}
	o->total++;
}

static void
out_number(struct out *o, unsigned long v, unsigned base, int width, char pad,
    bool negative)
{
	char tmp[24];
	int n = 0;

	do {
		tmp[n++] = "0123456789abcdef"[v % base];
		v /= base;
	} while (v != 0);
	if (negative)
		tmp[n++] = '-';
	for (; width > n; width--)
		out_char(o, pad);
	while (n > 0)
		out_char(o, tmp[--n]);
}

/* Conversions d i u x p s c %, with width, 0 flag and the l and z sizes. */
int
rtld_vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct out o = { buf, size, 0 };
	const char *s;
	int width;
	bool islong;
	long v;
	char pad;

	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			out_char(&o, *fmt);
			continue;
		}
		fmt++;
		pad = ' ';
		if (*fmt == '0')
			pad = '0';
		for (width = 0; *fmt >= '0' && *fmt <= '9'; fmt++)
			width = width * 10 + *fmt - '0';
		for (islong = false; *fmt == 'l' || *fmt == 'z'; fmt++)
			islong = true;
		switch (*fmt) {
		case 'd':
		case 'i':
			v = islong ? va_arg(ap, long) : va_arg(ap, int);
			out_number(&o, v < 0 ? -(unsigned long)v : v, 10,
			    width, pad, v < 0);
			break;
		case 'u':
		case 'x':
			out_number(&o, islong ? va_arg(ap, unsigned long) :
			    va_arg(ap, unsigned), *fmt == 'u' ? 10 : 16,
			    width, pad, false);
			break;
		case 'p':
			out_char(&o, '0');
			out_char(&o, 'x');
			out_number(&o, (unsigned long)va_arg(ap, void *), 16,
			    width, pad, false);
			break;
		case 'c':
			out_char(&o, (char)va_arg(ap, int));
			break;
		case 's':
			s = va_arg(ap, const char *);
			for (s = s != NULL ? s : "(null)"; *s != '\0'; s++)
				out_char(&o, *s);
			break;
		case '\0':
			fmt--;
			break;
		default:
			out_char(&o, *fmt);
			break;
		}
	}
	if (size > 0)
		*o.p = '\0';
	return (o.total);
}

int
rtld_snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = rtld_vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return (n);
}

static void
write_all(int fd, const char *p, size_t n)
{
	long done;

	while (n > 0 && (done = rtld_write(fd, p, n)) > 0) {
		p += done;
		n -= done;
	}
}

void
rtld_flush(void)
{
	write_all(1, outbuf, outlen);
	outlen = 0;
}

void
rtld_putc(char c)
{
	if (outlen == sizeof(outbuf))
		rtld_flush();
	outbuf[outlen++] = c;
}

/* To standard output, buffered: rtld_flush() writes it. */
void
rtld_printf(const char *fmt, ...)
{
	char line[1400];
	const char *p;
	va_list ap;

	va_start(ap, fmt);
	rtld_vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	for (p = line; *p != '\0'; p++)
		rtld_putc(*p);
}

void
rtld_fdprintf(int fd, const char *fmt, ...)
{
	char line[1400];
	va_list ap;

	va_start(ap, fmt);
	rtld_vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	write_all(fd, line, strlen(line));
}

/* Text of a negative errno value as the system calls return it. */
const char *
error_string(long result)
{
	static char unknown[32];

	if (result < 0 && -result < sys_nerr)
		return (sys_errlist[-result]);
	rtld_snprintf(unknown, sizeof(unknown), "Unknown error: %ld", -result);
	return (unknown);
}
