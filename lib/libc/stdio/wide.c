/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wide character input and output: the stream's bytes are the locale's
 * multibyte encoding.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"

#undef getwc
#undef getwchar
#undef putwc
#undef putwchar

wint_t
__fgetwc(FILE *fp, locale_t l)
{
	wchar_t wc;
	size_t n;
	char ch;
	int c;

	ORIENT(fp, 1);
	for (;;) {
		c = __sgetbyte(fp);
		if (c == EOF) {
			if (!mbsinit(&fp->mbstate) &&
			    (fp->_flags & __SEOF) != 0) {
				errno = EILSEQ;
				fp->_flags |= __SERR;
			}
			return (WEOF);
		}
		ch = (char)c;
		n = mbrtowc_l(&wc, &ch, 1, &fp->mbstate, l);
		if (n == (size_t)-1) {
			fp->_flags |= __SERR;
			memset(&fp->mbstate, 0, sizeof(fp->mbstate));
			return (WEOF);
		}
		if (n != (size_t)-2)
			return (n == 0 ? L'\0' : wc);
	}
}

wint_t
__fputwc(wchar_t wc, FILE *fp, locale_t l)
{
	char buf[MB_LEN_MAX];
	mbstate_t st;
	size_t n;

	ORIENT(fp, 1);
	memset(&st, 0, sizeof(st));
	n = wcrtomb_l(buf, wc, &st, l);
	if (n == (size_t)-1) {
		fp->_flags |= __SERR;
		return (WEOF);
	}
	return (__sput(buf, n, fp) != 0 ? WEOF : (wint_t)wc);
}

wint_t
__ungetwc(wint_t wc, FILE *fp, locale_t l)
{
	char buf[MB_LEN_MAX];
	mbstate_t st;
	size_t n;

	if (wc == WEOF)
		return (WEOF);
	ORIENT(fp, 1);
	memset(&st, 0, sizeof(st));
	n = wcrtomb_l(buf, wc, &st, l);
	if (n == (size_t)-1) {
		fp->_flags |= __SERR;
		return (WEOF);
	}
	while (n > 0) {
		if (__sungetc((unsigned char)buf[--n], fp) == EOF)
			return (WEOF);
	}
	return (wc);
}

wint_t
fgetwc_l(FILE *fp, locale_t l)
{
	wint_t wc;

	FLOCK(fp);
	wc = __fgetwc(fp, l);
	FUNLOCK(fp);
	return (wc);
}

wint_t
fgetwc(FILE *fp)
{
	return (fgetwc_l(fp, uselocale(NULL)));
}

wint_t
getwc(FILE *fp)
{
	return (fgetwc(fp));
}

wint_t
getwc_l(FILE *fp, locale_t l)
{
	return (fgetwc_l(fp, l));
}

wint_t
getwchar(void)
{
	return (fgetwc(stdin));
}

wint_t
getwchar_l(locale_t l)
{
	return (fgetwc_l(stdin, l));
}

wint_t
fputwc_l(wchar_t wc, FILE *fp, locale_t l)
{
	wint_t r;

	FLOCK(fp);
	r = __fputwc(wc, fp, l);
	FUNLOCK(fp);
	return (r);
}

wint_t
fputwc(wchar_t wc, FILE *fp)
{
	return (fputwc_l(wc, fp, uselocale(NULL)));
}

wint_t
putwc(wchar_t wc, FILE *fp)
{
	return (fputwc(wc, fp));
}

wint_t
putwc_l(wchar_t wc, FILE *fp, locale_t l)
{
	return (fputwc_l(wc, fp, l));
}

wint_t
putwchar(wchar_t wc)
{
	return (fputwc(wc, stdout));
}

wint_t
putwchar_l(wchar_t wc, locale_t l)
{
	return (fputwc_l(wc, stdout, l));
}

wint_t
ungetwc_l(wint_t wc, FILE *fp, locale_t l)
{
	wint_t r;

	FLOCK(fp);
	r = __ungetwc(wc, fp, l);
	FUNLOCK(fp);
	return (r);
}

wint_t
ungetwc(wint_t wc, FILE *fp)
{
	return (ungetwc_l(wc, fp, uselocale(NULL)));
}

wchar_t *
fgetws_l(wchar_t *__restrict buf, int size, FILE *__restrict fp, locale_t l)
{
	wchar_t *p = buf;
	wint_t wc = 0;

	if (size <= 0) {
		errno = EINVAL;
		return (NULL);
	}
	FLOCK(fp);
	while (--size > 0 && (wc = __fgetwc(fp, l)) != WEOF) {
		*p++ = wc;
		if (wc == L'\n')
			break;
	}
	FUNLOCK(fp);
	/* At the end of the file the buffer stays as it was. */
	if (wc == WEOF && (p == buf || (fp->_flags & __SERR)))
		return (NULL);
	*p = L'\0';
	return (buf);
}

wchar_t *
fgetws(wchar_t *__restrict buf, int size, FILE *__restrict fp)
{
	return (fgetws_l(buf, size, fp, uselocale(NULL)));
}

int
fputws_l(const wchar_t *__restrict s, FILE *__restrict fp, locale_t l)
{
	int r = 0;

	FLOCK(fp);
	for (; *s != L'\0' && r == 0; s++) {
		if (__fputwc(*s, fp, l) == WEOF)
			r = -1;
	}
	FUNLOCK(fp);
	return (r);
}

int
fputws(const wchar_t *__restrict s, FILE *__restrict fp)
{
	return (fputws_l(s, fp, uselocale(NULL)));
}

wchar_t *
fgetwln_l(FILE *__restrict fp, size_t *__restrict lenp, locale_t l)
{
	wchar_t *p;
	size_t n = 0;
	wint_t wc;

	FLOCK(fp);
	while ((wc = __fgetwc(fp, l)) != WEOF) {
		if (n == fp->wlinesize) {
			p = realloc(fp->wline, (n + 128) * 2 * sizeof(*p));
			if (p == NULL) {
				fp->_flags |= __SERR;
				n = 0;
				break;
			}
			fp->wline = p;
			fp->wlinesize = (n + 128) * 2;
		}
		fp->wline[n++] = wc;
		if (wc == L'\n')
			break;
	}
	FUNLOCK(fp);
	*lenp = n;
	return (n > 0 ? fp->wline : NULL);
}

wchar_t *
fgetwln(FILE *__restrict fp, size_t *__restrict lenp)
{
	return (fgetwln_l(fp, lenp, uselocale(NULL)));
}

int
fwide(FILE *fp, int mode)
{
	int r;

	FLOCK(fp);
	if (mode != 0)
		ORIENT(fp, mode > 0 ? 1 : -1);
	r = fp->orientation;
	FUNLOCK(fp);
	return (r);
}
