/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wide characters and UTF-8 in blocks: utf8towcr(3), wcrtoutf8(3),
 * mbintowcr(3).
 *
 * Bytes that are no valid UTF-8 become, one by one, 0xdc00 + byte, and such
 * characters become that byte again, so that text of any kind survives the
 * way there and back; with WCSBIN_STRICT they are errors.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <xlocale.h>

#define	ESCAPE		0xdc00
#define	SURROGATES	0xd800
#define	SURROGATES_END	0xdfff

/*
 * The bytes of a sequence, and its value; 0 if more are needed, -1 if it is
 * not valid.
 */
static int
decode(const unsigned char *p, size_t n, int flags, wchar_t *wc)
{
	uint32_t v, least;
	int len, i;

	if (p[0] < 0x80) {
		*wc = p[0];
		return (1);
	}
	if (p[0] < 0xc2 || p[0] > 0xf7)
		return (-1);
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	least = len == 2 ? 0x80 : len == 3 ? 0x800 : 0x10000;
	v = p[0] & (0xff >> (len + 1));
	for (i = 1; i < len; i++) {
		if ((size_t)i >= n)
			return (0);
		if ((p[i] & 0xc0) != 0x80)
			return (-1);
		v = v << 6 | (p[i] & 0x3f);
	}
	if (v < least || (v > 0x10ffff && (flags & WCSBIN_LONGCODES) == 0) ||
	    (v >= SURROGATES && v <= SURROGATES_END &&
	    (flags & WCSBIN_SURRO) == 0))
		return (-1);
	*wc = (wchar_t)v;
	return (len);
}

/*
 * Converts up to dlen characters from *slen bytes; *slen becomes the number of
 * bytes used.  A sequence that is cut off stays, unless WCSBIN_EOF says that
 * nothing follows.
 */
size_t
utf8towcr(wchar_t *__restrict dst, const char *__restrict src, size_t dlen,
    size_t *__restrict slen, int flags)
{
	const unsigned char *p = (const unsigned char *)src;
	size_t n = 0, left = *slen;
	wchar_t wc;
	int used;

	for (; n < dlen && left > 0; n++) {
		used = decode(p, left, flags, &wc);
		if (used == 0 && (flags & WCSBIN_EOF) == 0)
			break;
		if (used <= 0) {
			if (flags & WCSBIN_STRICT) {
				if (n > 0)
					break;
				*slen = 0;
				errno = EILSEQ;
				return ((size_t)-1);
			}
			wc = ESCAPE + *p;
			used = 1;
		}
		if (dst != NULL)
			dst[n] = wc;
		p += used;
		left -= (size_t)used;
	}
	*slen -= left;
	return (n);
}

/* The bytes of a character, -1 if it has none. */
static int
encode(uint32_t v, int flags, char out[4])
{
	if (v < 0x80) {
		out[0] = (char)v;
		return (1);
	}
	if (v >= ESCAPE && v <= ESCAPE + 0xff &&
	    (flags & WCSBIN_STRICT) == 0) {
		out[0] = (char)(v - ESCAPE);
		return (1);
	}
	if ((v >= SURROGATES && v <= SURROGATES_END &&
	    (flags & WCSBIN_SURRO) == 0) || v > 0x1fffff ||
	    (v > 0x10ffff && (flags & WCSBIN_LONGCODES) == 0))
		return (-1);
	if (v < 0x800) {
		out[0] = (char)(0xc0 | v >> 6);
		out[1] = (char)(0x80 | (v & 0x3f));
		return (2);
	}
	if (v < 0x10000) {
		out[0] = (char)(0xe0 | v >> 12);
		out[1] = (char)(0x80 | (v >> 6 & 0x3f));
		out[2] = (char)(0x80 | (v & 0x3f));
		return (3);
	}
	out[0] = (char)(0xf0 | v >> 18);
	out[1] = (char)(0x80 | (v >> 12 & 0x3f));
	out[2] = (char)(0x80 | (v >> 6 & 0x3f));
	out[3] = (char)(0x80 | (v & 0x3f));
	return (4);
}

/* The same in the other direction. */
size_t
wcrtoutf8(char *__restrict dst, const wchar_t *__restrict src, size_t dlen,
    size_t *__restrict slen, int flags)
{
	size_t n = 0, i;
	char buf[4];
	int len;

	for (i = 0; i < *slen; i++) {
		len = encode((uint32_t)src[i], flags, buf);
		if (len < 0) {
			if (i > 0)
				break;
			*slen = 0;
			errno = EILSEQ;
			return ((size_t)-1);
		}
		if (n + (size_t)len > dlen)
			break;
		if (dst != NULL)
			memcpy(dst + n, buf, (size_t)len);
		n += (size_t)len;
	}
	*slen = i;
	return (n);
}

/* utf8towcr() for the encoding of the locale. */
size_t
mbintowcr(wchar_t *__restrict dst, const char *__restrict src, size_t dlen,
    size_t *__restrict slen, int flags)
{
	size_t n = 0, left = *slen, used;
	mbstate_t st;
	wchar_t wc;

	if (MB_CUR_MAX > 1)
		return (utf8towcr(dst, src, dlen, slen, flags));
	memset(&st, 0, sizeof(st));
	for (; n < dlen && left > 0; n++, src += used, left -= used) {
		used = mbrtowc(&wc, src, left, &st);
		if (used == (size_t)-1 || used == (size_t)-2) {
			wc = ESCAPE + (unsigned char)*src;
			used = 1;
			memset(&st, 0, sizeof(st));
		}
		if (used == 0)
			used = 1;
		if (dst != NULL)
			dst[n] = wc;
	}
	*slen -= left;
	return (n);
}
