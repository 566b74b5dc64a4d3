/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Multibyte and wide characters.  In the C locale a wide character is a byte;
 * in UTF-8 it is a code point, and only well-formed sequences (shortest form,
 * no surrogates, at most U+10FFFF) are accepted.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>
#include "xlocale_private.h"

static struct mbpartial *
partial(mbstate_t *st, mbstate_t *fallback)
{
	return ((struct mbpartial *)(void *)(st != NULL ? st : fallback));
}

static size_t
illegal(struct mbpartial *s)
{
	memset(s, 0, sizeof(*s));
	errno = EILSEQ;
	return ((size_t)-1);
}

/* Starts a character with its first byte.  False if that is no first byte. */
static bool
utf8_first(struct mbpartial *s, unsigned char c)
{
	if (c >= 0xc2 && c <= 0xdf) {
		s->want = 1;
		s->ch = c & 0x1f;
		s->lower = 0x80;
	} else if (c >= 0xe0 && c <= 0xef) {
		s->want = 2;
		s->ch = c & 0x0f;
		s->lower = 0x800;
	} else if (c >= 0xf0 && c <= 0xf4) {
		s->want = 3;
		s->ch = c & 0x07;
		s->lower = 0x10000;
	} else
		return (false);
	return (true);
}

static size_t
utf8_decode(wchar_t *__restrict wc, const unsigned char *__restrict p,
    size_t n, struct mbpartial *s)
{
	size_t i = 0;

	if (n == 0)
		return ((size_t)-2);
	if (s->want == 0) {
		if (p[0] < 0x80) {
			if (wc != NULL)
				*wc = p[0];
			return (p[0] != 0);
		}
		if (!utf8_first(s, p[0]))
			return (illegal(s));
		i = 1;
	}
	for (; i < n && s->want > 0; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return (illegal(s));
		s->ch = s->ch << 6 | (p[i] & 0x3f);
		s->want--;
		/* Catch bad sequences as early as their second byte. */
		if (s->want > 0 && (s->ch << 6 * s->want |
		    ((1U << 6 * s->want) - 1)) < s->lower)
			return (illegal(s));
	}
	if (s->want > 0)
		return ((size_t)-2);
	if (s->ch < s->lower || (s->ch >= 0xd800 && s->ch <= 0xdfff) ||
	    s->ch > 0x10ffff)
		return (illegal(s));
	if (wc != NULL)
		*wc = s->ch;
	s->ch = s->lower = 0;
	return (i);
}

static size_t
utf8_encode(char *p, uint32_t c)
{
	int i, n;

	if (c < 0x80) {
		p[0] = (char)c;
		return (1);
	}
	if ((c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff) {
		errno = EILSEQ;
		return ((size_t)-1);
	}
	n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (i = n - 1; i > 0; i--) {
		p[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	p[0] = (char)(c | (0xf00U >> n & 0xff));
	return (n);
}

size_t
mbrtowc_l(wchar_t *__restrict wc, const char *__restrict s, size_t n,
    mbstate_t *__restrict st, locale_t l)
{
	static mbstate_t own;

	if (s == NULL) {
		wc = NULL;
		s = "";
		n = 1;
	}
	if (IS_UTF8(l))
		return (utf8_decode(wc, (const unsigned char *)s, n,
		    partial(st, &own)));
	if (n == 0)
		return ((size_t)-2);
	if (wc != NULL)
		*wc = (unsigned char)*s;
	return (*s != '\0');
}

size_t
mbrtowc(wchar_t *__restrict wc, const char *__restrict s, size_t n,
    mbstate_t *__restrict st)
{
	return (mbrtowc_l(wc, s, n, st, uselocale(NULL)));
}

size_t
wcrtomb_l(char *__restrict s, wchar_t wc, mbstate_t *__restrict st, locale_t l)
{
	if (s == NULL)
		return (1);
	if (IS_UTF8(l))
		return (utf8_encode(s, (uint32_t)wc));
	if (wc < 0 || wc > UCHAR_MAX) {
		errno = EILSEQ;
		return ((size_t)-1);
	}
	*s = (char)wc;
	return (1);
}

size_t
wcrtomb(char *__restrict s, wchar_t wc, mbstate_t *__restrict st)
{
	return (wcrtomb_l(s, wc, st, uselocale(NULL)));
}

int
mbsinit_l(const mbstate_t *st, locale_t l)
{
	return (st == NULL ||
	    ((const struct mbpartial *)(const void *)st)->want == 0);
}

int
mbsinit(const mbstate_t *st)
{
	return (mbsinit_l(st, NULL));
}

size_t
mbrlen_l(const char *__restrict s, size_t n, mbstate_t *__restrict st,
    locale_t l)
{
	static mbstate_t own;

	return (mbrtowc_l(NULL, s, n, st != NULL ? st : &own, l));
}

size_t
mbrlen(const char *__restrict s, size_t n, mbstate_t *__restrict st)
{
	return (mbrlen_l(s, n, st, uselocale(NULL)));
}

size_t
mbsnrtowcs_l(wchar_t *__restrict d, const char **__restrict sp, size_t nms,
    size_t len, mbstate_t *__restrict st, locale_t l)
{
	static mbstate_t own;
	const char *s = *sp;
	wchar_t wc;
	size_t n = 0, used;

	if (st == NULL)
		st = &own;
	while (d == NULL || n < len) {
		used = mbrtowc_l(&wc, s, nms, st, l);
		if (used == (size_t)-1) {
			if (d != NULL)
				*sp = s;
			return (used);
		}
		if (used == (size_t)-2) {
			s += nms;
			break;
		}
		if (d != NULL)
			d[n] = wc;
		if (used == 0) {
			s = NULL;
			break;
		}
		s += used;
		nms -= used;
		n++;
	}
	if (d != NULL)
		*sp = s;
	return (n);
}

size_t
mbsnrtowcs(wchar_t *__restrict d, const char **__restrict sp, size_t nms,
    size_t len, mbstate_t *__restrict st)
{
	return (mbsnrtowcs_l(d, sp, nms, len, st, uselocale(NULL)));
}

size_t
mbsrtowcs_l(wchar_t *__restrict d, const char **__restrict sp, size_t len,
    mbstate_t *__restrict st, locale_t l)
{
	return (mbsnrtowcs_l(d, sp, SIZE_MAX, len, st, l));
}

size_t
mbsrtowcs(wchar_t *__restrict d, const char **__restrict sp, size_t len,
    mbstate_t *__restrict st)
{
	return (mbsnrtowcs(d, sp, SIZE_MAX, len, st));
}

size_t
wcsnrtombs_l(char *__restrict d, const wchar_t **__restrict sp, size_t nwc,
    size_t len, mbstate_t *__restrict st, locale_t l)
{
	const wchar_t *s = *sp;
	char buf[MB_LEN_MAX];
	size_t total = 0, n;

	for (; nwc > 0; nwc--, s++) {
		n = wcrtomb_l(buf, *s, st, l);
		if (n == (size_t)-1) {
			if (d != NULL)
				*sp = s;
			return (n);
		}
		if (d != NULL) {
			if (total + n > len)
				break;
			memcpy(d + total, buf, n);
		}
		if (*s == L'\0') {
			s = NULL;
			break;
		}
		total += n;
	}
	if (d != NULL)
		*sp = s;
	return (total);
}

size_t
wcsnrtombs(char *__restrict d, const wchar_t **__restrict sp, size_t nwc,
    size_t len, mbstate_t *__restrict st)
{
	return (wcsnrtombs_l(d, sp, nwc, len, st, uselocale(NULL)));
}

size_t
wcsrtombs_l(char *__restrict d, const wchar_t **__restrict sp, size_t len,
    mbstate_t *__restrict st, locale_t l)
{
	return (wcsnrtombs_l(d, sp, SIZE_MAX, len, st, l));
}

size_t
wcsrtombs(char *__restrict d, const wchar_t **__restrict sp, size_t len,
    mbstate_t *__restrict st)
{
	return (wcsnrtombs(d, sp, SIZE_MAX, len, st));
}

wint_t
btowc_l(int c, locale_t l)
{
	if (c == EOF || (IS_UTF8(l) && (unsigned char)c >= 0x80))
		return (WEOF);
	return ((unsigned char)c);
}

wint_t
btowc(int c)
{
	return (btowc_l(c, uselocale(NULL)));
}

int
wctob_l(wint_t wc, locale_t l)
{
	return (wc >= 0 && wc < (IS_UTF8(l) ? 0x80 : 0x100) ? wc : EOF);
}

int
wctob(wint_t wc)
{
	return (wctob_l(wc, uselocale(NULL)));
}

/* The stateless interfaces of <stdlib.h>. */
int
mbtowc_l(wchar_t *__restrict wc, const char *__restrict s, size_t n,
    locale_t l)
{
	mbstate_t st;
	size_t used;

	if (s == NULL)
		return (0);
	memset(&st, 0, sizeof(st));
	used = mbrtowc_l(wc, s, n, &st, l);
	if (used == (size_t)-2)
		errno = EILSEQ;
	return (used >= (size_t)-2 ? -1 : (int)used);
}

int
mbtowc(wchar_t *__restrict wc, const char *__restrict s, size_t n)
{
	return (mbtowc_l(wc, s, n, uselocale(NULL)));
}

int
mblen_l(const char *s, size_t n, locale_t l)
{
	return (mbtowc_l(NULL, s, n, l));
}

int
mblen(const char *s, size_t n)
{
	return (mbtowc(NULL, s, n));
}

int
wctomb_l(char *s, wchar_t wc, locale_t l)
{
	return (s == NULL ? 0 : (int)wcrtomb_l(s, wc, NULL, l));
}

int
wctomb(char *s, wchar_t wc)
{
	return (wctomb_l(s, wc, uselocale(NULL)));
}

size_t
mbstowcs_l(wchar_t *__restrict d, const char *__restrict s, size_t n,
    locale_t l)
{
	const char *p = s;
	mbstate_t st;

	memset(&st, 0, sizeof(st));
	return (mbsnrtowcs_l(d, &p, SIZE_MAX, n, &st, l));
}

size_t
mbstowcs(wchar_t *__restrict d, const char *__restrict s, size_t n)
{
	return (mbstowcs_l(d, s, n, uselocale(NULL)));
}

size_t
wcstombs_l(char *__restrict d, const wchar_t *__restrict s, size_t n,
    locale_t l)
{
	const wchar_t *p = s;

	return (wcsnrtombs_l(d, &p, SIZE_MAX, n, NULL, l));
}

size_t
wcstombs(char *__restrict d, const wchar_t *__restrict s, size_t n)
{
	return (wcstombs_l(d, s, n, uselocale(NULL)));
}

/* <uchar.h>: UTF-32 is what wchar_t holds; UTF-16 may need two calls. */
size_t
mbrtoc32(char32_t *__restrict pc, const char *__restrict s, size_t n,
    mbstate_t *__restrict st)
{
	static mbstate_t own;
	wchar_t wc = 0;
	size_t used;

	used = mbrtowc(&wc, s, n, st != NULL ? st : &own);
	if (pc != NULL && s != NULL && used < (size_t)-2)
		*pc = wc;
	return (used);
}

size_t
c32rtomb(char *__restrict s, char32_t c, mbstate_t *__restrict st)
{
	return (wcrtomb(s, (wchar_t)c, st));
}

size_t
mbrtoc16(char16_t *__restrict pc, const char *__restrict s, size_t n,
    mbstate_t *__restrict st)
{
	static mbstate_t own;
	struct mbpartial *p = partial(st, &own);
	wchar_t wc = 0;
	size_t used;

	if (p->unit != 0) {
		if (pc != NULL)
			*pc = (char16_t)p->unit;
		p->unit = 0;
		return ((size_t)-3);
	}
	used = mbrtowc(&wc, s, n, st != NULL ? st : &own);
	if (used >= (size_t)-2 || s == NULL)
		return (used);
	if (wc >= 0x10000) {
		p->unit = 0xdc00 | (wc & 0x3ff);
		wc = 0xd800 | ((wc - 0x10000) >> 10);
	}
	if (pc != NULL)
		*pc = (char16_t)wc;
	return (used);
}

size_t
c16rtomb(char *__restrict s, char16_t c, mbstate_t *__restrict st)
{
	static mbstate_t own;
	struct mbpartial *p = partial(st, &own);
	uint32_t wc = c;

	if (s == NULL)
		return (1);
	if (p->unit != 0) {
		if (c < 0xdc00 || c > 0xdfff)
			return (illegal(p));
		wc = 0x10000 + ((p->unit & 0x3ff) << 10 | (c & 0x3ff));
		p->unit = 0;
	} else if (c >= 0xd800 && c <= 0xdbff) {
		p->unit = c;
		return (0);
	}
	return (wcrtomb(s, (wchar_t)wc, NULL));
}
