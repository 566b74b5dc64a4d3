/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf(3) for char formats: vfprintf.h does the work.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"
#include "fmt.h"
#include "../fpconv/fpconv.h"

#define	CHAR	char

static int
out_text(struct out *o, const char *p, size_t n)
{
	o->total += n;
	return (__sput(p, n, o->fp) != 0 ? -1 : 0);
}

static int
out_chars(struct out *o, const char *p, size_t n)
{
	return (out_text(o, p, n));
}

static int
out_pad(struct out *o, char c, long n)
{
	char block[64];
	int r = 0;

	if (n <= 0)
		return (0);
	memset(block, c, sizeof(block));
	for (; n > (long)sizeof(block) && r == 0; n -= sizeof(block))
		r = out_text(o, block, sizeof(block));
	return (r != 0 ? r : out_text(o, block, n));
}

#include "fmt_out.h"

static int
out_char(struct out *o, const struct fmt_spec *s, union fmt_value v)
{
	char buf[MB_LEN_MAX];
	mbstate_t st;
	size_t n;

	if (s->conv == 'c' && s->size != SZ_LONG) {
		buf[0] = (char)v.i;
		return (padded(o, s, buf, 1));
	}
	memset(&st, 0, sizeof(st));
	n = wcrtomb_l(buf, (wchar_t)v.i, &st, o->locale);
	if (n == (size_t)-1)
		return (-1);
	return (padded(o, s, buf, n));
}

/* A wide string: only whole characters within the precision. */
static int
out_wide(struct out *o, const struct fmt_spec *s, const wchar_t *ws)
{
	char buf[MB_LEN_MAX];
	const wchar_t *p;
	mbstate_t st;
	size_t n, total = 0, max;
	long pad;
	int r = 0;

	max = s->prec >= 0 ? (size_t)s->prec : SIZE_MAX;
	memset(&st, 0, sizeof(st));
	for (p = ws; total < max && *p != L'\0'; p++) {
		n = wcrtomb_l(buf, *p, &st, o->locale);
		if (n == (size_t)-1)
			return (-1);
		if (total + n > max)
			break;
		total += n;
	}
	pad = s->width > 0 && (size_t)s->width > total ?
	    s->width - (long)total : 0;
	if ((s->flags & F_LEFT) == 0)
		r |= out_pad(o, ' ', pad);
	memset(&st, 0, sizeof(st));
	for (; ws < p && r == 0; ws++) {
		n = wcrtomb_l(buf, *ws, &st, o->locale);
		r = out_text(o, buf, n);
	}
	if (s->flags & F_LEFT)
		r |= out_pad(o, ' ', pad);
	return (r);
}

static int
out_string(struct out *o, const struct fmt_spec *s, union fmt_value v)
{
	const char *p = v.p != NULL ? v.p : "(null)";

	if (v.p != NULL && (s->conv == 'S' || s->size == SZ_LONG))
		return (out_wide(o, s, v.p));
	return (padded(o, s, p, s->prec >= 0 ? strnlen(p, s->prec) :
	    strlen(p)));
}

#include "vfprintf.h"

/* Output to an unbuffered stream is collected and written in one go. */
static int
unbuffered(FILE *fp, locale_t l, const char *fmt, va_list ap)
{
	unsigned char buf[BUFSIZ];
	struct __FILE fake;
	struct out o;
	int r;

	memset(&fake, 0, sizeof(fake));
	fake._flags = fp->_flags & ~(__SNBF | __SMBF | __SERR);
	fake._fileno = fp->_fileno;
	fake.cookie = fp->cookie;
	fake.write = fp->write;
	fake.seek = fp->seek;
	fake.base = fake._p = buf;
	fake.size = fake._w = sizeof(buf);
	o = (struct out){ .fp = &fake, .locale = l };
	r = format(&o, fmt, ap);
	if (__sflush(&fake) != 0)
		r = -1;
	fp->_flags |= fake._flags & __SERR;
	return (r);
}

int
__vfprintf(FILE *fp, locale_t l, const char *fmt, va_list ap)
{
	struct out o = { .fp = fp, .locale = l };

	if ((fp->_flags & __SSTR) == 0 &&
	    ((fp->_flags & __SWR) == 0 || fp->base == NULL) &&
	    __swsetup(fp) != 0)
		return (-1);
	if ((fp->_flags & (__SNBF | __SSTR)) == __SNBF)
		return (unbuffered(fp, l, fmt, ap));
	return (format(&o, fmt, ap));
}
