/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf(3) for wide formats: vfprintf.h does the work.  Widths and
 * precisions count wide characters.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"
#include "fmt.h"
#include "../fpconv/fpconv.h"

#define	CHAR	wchar_t

static int
out_text(struct out *o, const wchar_t *p, size_t n)
{
	o->total += n;
	for (; n > 0; n--, p++) {
		if (__fputwc(*p, o->fp, o->locale) == WEOF)
			return (-1);
	}
	return (0);
}

/* ASCII, or the locale's decimal point and separators: multibyte text. */
static int
out_chars(struct out *o, const char *p, size_t n)
{
	mbstate_t st;
	wchar_t wc;
	size_t used;

	memset(&st, 0, sizeof(st));
	for (; n > 0; n -= used, p += used) {
		used = mbrtowc_l(&wc, p, n, &st, o->locale);
		if (used == (size_t)-1 || used == (size_t)-2) {
			errno = EILSEQ;
			return (-1);
		}
		if (used == 0)
			used = 1;
		if (out_text(o, &wc, 1) != 0)
			return (-1);
	}
	return (0);
}

static int
out_pad(struct out *o, char c, long n)
{
	wchar_t wc = c;

	for (; n > 0; n--) {
		if (out_text(o, &wc, 1) != 0)
			return (-1);
	}
	return (0);
}

#include "fmt_out.h"

static int
out_char(struct out *o, const struct fmt_spec *s, union fmt_value v)
{
	wchar_t wc;

	if (s->conv == 'c' && s->size != SZ_LONG)
		wc = (wchar_t)btowc_l((unsigned char)v.i, o->locale);
	else
		wc = (wchar_t)v.i;
	return (padded(o, s, &wc, 1));
}

static int
out_multibyte(struct out *o, const struct fmt_spec *s, const char *p)
{
	size_t n = 0, used, max;
	wchar_t *buf;
	mbstate_t st;
	int r;

	max = s->prec >= 0 ? (size_t)s->prec : SIZE_MAX;
	buf = malloc(((s->prec >= 0 ? max : strlen(p)) + 1) * sizeof(*buf));
	if (buf == NULL)
		return (-1);
	memset(&st, 0, sizeof(st));
	for (; n < max; p += used) {
		used = mbrtowc_l(&buf[n], p, MB_LEN_MAX, &st, o->locale);
		if (used == 0)
			break;
		if (used == (size_t)-1 || used == (size_t)-2) {
			free(buf);
			errno = EILSEQ;
			return (-1);
		}
		n++;
	}
	r = padded(o, s, buf, n);
	free(buf);
	return (r);
}

static int
out_string(struct out *o, const struct fmt_spec *s, union fmt_value v)
{
	const wchar_t *p = v.p;

	if (v.p == NULL)
		p = L"(null)";
	else if (s->conv == 's' && s->size != SZ_LONG)
		return (out_multibyte(o, s, v.p));
	return (padded(o, s, p, s->prec >= 0 ? wcsnlen(p, s->prec) :
	    wcslen(p)));
}

#include "vfprintf.h"

int
__vfwprintf(FILE *fp, locale_t l, const wchar_t *fmt, va_list ap)
{
	struct out o = { .fp = fp, .locale = l };

	ORIENT(fp, 1);
	if (((fp->_flags & __SWR) == 0 || fp->base == NULL) &&
	    __swsetup(fp) != 0)
		return (-1);
	return (format(&o, fmt, ap));
}
