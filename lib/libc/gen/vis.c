/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characters made visible (vis), and back (unvis).
 *
 * A character that is not printed as it is becomes \ooo with VIS_OCTAL, a C
 * escape with VIS_CSTYLE, or \^C \M-c \M^C; %xx with VIS_HTTPSTYLE.
 */
#include <sys/types.h>
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vis.h>

#define VIS_MAXLEN	8	/* of one character, NUL included */

/* May appear as it is. */
static bool
is_plain(int c, int flag, const char *extra)
{
	if (extra != NULL && c != '\0' && strchr(extra, c) != NULL)
		return (false);
	if ((flag & VIS_GLOB) != 0 && c != '\0' && strchr("*?[#", c) != NULL)
		return (false);
	if ((flag & VIS_DQ) != 0 && c == '"')
		return (false);
	if (c == ' ')
		return ((flag & VIS_SP) == 0);
	if (c == '\t')
		return ((flag & VIS_TAB) == 0);
	if (c == '\n')
		return ((flag & VIS_NL) == 0);
	if (isgraph(c))
		return (true);
	return ((flag & VIS_SAFE) != 0 &&
	    (c == '\b' || c == '\007' || c == '\r'));
}

/* The letter of a C escape, 0 if there is none. */
static char
c_escape(int c, int next)
{
	switch (c) {
	case '\n':
		return ('n');
	case '\r':
		return ('r');
	case '\b':
		return ('b');
	case '\007':
		return ('a');
	case '\v':
		return ('v');
	case '\t':
		return ('t');
	case '\f':
		return ('f');
	case ' ':
		return ('s');
	case '\0':
		return (next >= '0' && next <= '7' ? 0 : '0');
	default:
		return (0);
	}
}

/* Encode c at dst, at most VIS_MAXLEN bytes; returns the end. */
static char *
encode(char *dst, int c, int flag, int next, const char *extra)
{
	static const char hex[] = "0123456789abcdef";
	char letter;

	c &= 0xff;
	if ((flag & VIS_HTTPSTYLE) != 0 && !isalnum(c) &&
	    strchr("$-_.+!*'(),", c) == NULL) {
		*dst++ = '%';
		*dst++ = hex[c >> 4];
		*dst++ = hex[c & 0xf];
		*dst = '\0';
		return (dst);
	}
	if (is_plain(c, flag, extra)) {
		if (c == '\\' && (flag & VIS_NOSLASH) == 0)
			*dst++ = '\\';
		*dst++ = (char)c;
		*dst = '\0';
		return (dst);
	}
	if ((flag & VIS_CSTYLE) != 0 && (letter = c_escape(c, next)) != 0) {
		*dst++ = '\\';
		*dst++ = letter;
		*dst = '\0';
		return (dst);
	}
	if ((flag & VIS_OCTAL) != 0 || c == ' ' || (c & 0x7f) == ' ' ||
	    isgraph(c)) {
		*dst++ = '\\';
		*dst++ = (char)('0' + (c >> 6));
		*dst++ = (char)('0' + ((c >> 3) & 7));
		*dst++ = (char)('0' + (c & 7));
		*dst = '\0';
		return (dst);
	}
	if ((flag & VIS_NOSLASH) == 0)
		*dst++ = '\\';
	if ((c & 0x80) != 0) {
		c &= 0x7f;
		*dst++ = 'M';
	}
	if (iscntrl(c)) {
		*dst++ = '^';
		*dst++ = (char)(c == 0x7f ? '?' : c + '@');
	} else {
		*dst++ = '-';
		*dst++ = (char)c;
	}
	*dst = '\0';
	return (dst);
}

/*
 * All the string functions: encode len bytes into at most dlen (or as many
 * as it takes if dlen is SIZE_MAX); -1 with ENOSPC if it does not fit.
 */
static int
encode_string(char *dst, size_t dlen, const char *src, size_t len, int flag,
    const char *extra)
{
	char one[VIS_MAXLEN], *start = dst;
	size_t i, n;

	for (i = 0; i < len; i++) {
		n = (size_t)(encode(one, (unsigned char)src[i], flag,
		    i + 1 < len ? (unsigned char)src[i + 1] : 0, extra) - one);
		if (dlen != SIZE_MAX && (size_t)(dst - start) + n + 1 > dlen) {
			errno = ENOSPC;
			return (-1);
		}
		memcpy(dst, one, n);
		dst += n;
	}
	if (dlen != 0)
		*dst = '\0';
	return ((int)(dst - start));
}

char *
svis(char *dst, int c, int flag, int next, const char *extra)
{
	return (encode(dst, c, flag, next, extra));
}

char *
snvis(char *dst, size_t dlen, int c, int flag, int next, const char *extra)
{
	char one[VIS_MAXLEN];
	size_t n = (size_t)(encode(one, c, flag, next, extra) - one);

	if (n + 1 > dlen) {
		errno = ENOSPC;
		return (NULL);
	}
	memcpy(dst, one, n + 1);
	return (dst + n);
}

char *
vis(char *dst, int c, int flag, int next)
{
	return (encode(dst, c, flag, next, NULL));
}

char *
nvis(char *dst, size_t dlen, int c, int flag, int next)
{
	return (snvis(dst, dlen, c, flag, next, NULL));
}

int
strvis(char *dst, const char *src, int flag)
{
	return (encode_string(dst, SIZE_MAX, src, strlen(src), flag, NULL));
}

int
strnvis(char *dst, size_t dlen, const char *src, int flag)
{
	return (encode_string(dst, dlen, src, strlen(src), flag, NULL));
}

int
stravis(char **dstp, const char *src, int flag)
{
	*dstp = malloc(strlen(src) * (VIS_MAXLEN - 1) + 1);
	if (*dstp == NULL)
		return (-1);
	return (strvis(*dstp, src, flag));
}

int
strsvis(char *dst, const char *src, int flag, const char *extra)
{
	return (encode_string(dst, SIZE_MAX, src, strlen(src), flag, extra));
}

int
strsnvis(char *dst, size_t dlen, const char *src, int flag, const char *extra)
{
	return (encode_string(dst, dlen, src, strlen(src), flag, extra));
}

int
strvisx(char *dst, const char *src, size_t len, int flag)
{
	return (encode_string(dst, SIZE_MAX, src, len, flag, NULL));
}

int
strnvisx(char *dst, size_t dlen, const char *src, size_t len, int flag)
{
	return (encode_string(dst, dlen, src, len, flag, NULL));
}

int
strenvisx(char *dst, size_t dlen, const char *src, size_t len, int flag,
    int *cerrp)
{
	return (encode_string(dst, dlen, src, len, flag, NULL));
}

int
strsvisx(char *dst, const char *src, size_t len, int flag, const char *extra)
{
	return (encode_string(dst, SIZE_MAX, src, len, flag, extra));
}

int
strsnvisx(char *dst, size_t dlen, const char *src, size_t len, int flag,
    const char *extra)
{
	return (encode_string(dst, dlen, src, len, flag, extra));
}

int
strsenvisx(char *dst, size_t dlen, const char *src, size_t len, int flag,
    const char *extra, int *cerrp)
{
	return (encode_string(dst, dlen, src, len, flag, extra));
}

/*
 * Decode one encoded character at *pp.  Returns it, -1 at the end, -2 for
 * an encoding of nothing, -3 for one that is wrong.
 */
static int
decode(const char **pp, int flag)
{
	const char *p = *pp;
	char hex[3];
	int c, n;

	if (*p == '\0')
		return (-1);
	if ((flag & VIS_HTTPSTYLE) != 0 && *p == '%' &&
	    isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) {
		hex[0] = p[1];
		hex[1] = p[2];
		hex[2] = '\0';
		*pp = p + 3;
		return ((int)strtol(hex, NULL, 16));
	}
	if (*p != '\\' || (flag & VIS_NOESCAPE) != 0) {
		*pp = p + 1;
		return ((unsigned char)*p);
	}
	p++;
	*pp = p + (*p != '\0');
	switch (*p) {
	case '\0':
		return (-3);
	case '\\':
		return ('\\');
	case 'n':
		return ('\n');
	case 'r':
		return ('\r');
	case 'b':
		return ('\b');
	case 'a':
		return ('\007');
	case 'v':
		return ('\v');
	case 't':
		return ('\t');
	case 'f':
		return ('\f');
	case 's':
		return (' ');
	case 'E':
		return ('\033');
	case '\n':
	case '$':
		return (-2);
	case 'M':
		c = 0x80;
		p++;
		if (*p == '-' && p[1] != '\0') {
			*pp = p + 2;
			return (c | (unsigned char)p[1]);
		}
		if (*p != '^')
			return (-3);
		goto control;
	case '^':
		c = 0;
control:
		if (p[1] == '\0')
			return (-3);
		*pp = p + 2;
		return (c | (p[1] == '?' ? 0x7f : p[1] & 0x1f));
	}
	if (*p >= '0' && *p <= '7') {
		for (c = n = 0; n < 3 && *p >= '0' && *p <= '7'; n++, p++)
			c = c * 8 + (*p - '0');
		*pp = p;
		return (c & 0xff);
	}
	return ((unsigned char)*p);
}

int
strnunvisx(char *dst, size_t dlen, const char *src, int flag)
{
	char *start = dst;
	int c;

	while ((c = decode(&src, flag)) != -1) {
		if (c == -2)
			continue;
		if (c < 0) {
			errno = EINVAL;
			return (-1);
		}
		if (dlen != SIZE_MAX && (size_t)(dst - start) + 1 >= dlen) {
			errno = ENOSPC;
			return (-1);
		}
		*dst++ = (char)c;
	}
	*dst = '\0';
	return ((int)(dst - start));
}

int
strunvisx(char *dst, const char *src, int flag)
{
	return (strnunvisx(dst, SIZE_MAX, src, flag));
}

int
strunvis(char *dst, const char *src)
{
	return (strnunvisx(dst, SIZE_MAX, src, 0));
}

int
strnunvis(char *dst, size_t dlen, const char *src)
{
	return (strnunvisx(dst, dlen, src, 0));
}

/* More of the escape src[0..n) must be seen before it can be decoded. */
static bool
is_partial(const char *src, size_t n)
{
	switch (src[0]) {
	case '%':
		return (n < 3);
	case '\\':
		if (n == 1)
			return (true);
		if (src[1] == 'M')
			return (n == 2 || (n == 3 &&
			    (src[2] == '-' || src[2] == '^')));
		if (src[1] >= '0' && src[1] <= '7')
			return (n < 4 && src[n - 1] >= '0' &&
			    src[n - 1] <= '7');
		return (src[1] == '^' && n == 2);
	default:
		return (false);
	}
}

/*
 * Decode a character at a time.  *astate, 0 at first, has the escape as far
 * as it has been seen: its characters in the low three bytes, their number
 * in the high one.
 */
int
unvis(char *cp, int c, int *astate, int flag)
{
	const char *p;
	char seen[5] = "";
	unsigned int state = (unsigned int)*astate;
	size_t i, n = state >> 24;
	int value;

	if (n > 3)
		return (UNVIS_SYNBAD);
	for (i = 0; i < n; i++)
		seen[i] = (char)(state >> (8 * i));
	if ((flag & UNVIS_END) != 0) {
		*astate = 0;
		if (n == 0)
			return (UNVIS_NOCHAR);
		if (n == 1 || seen[1] < '0' || seen[1] > '7')
			return (UNVIS_SYNBAD);
		p = seen;
		*cp = (char)decode(&p, flag);
		return (UNVIS_VALID);
	}
	seen[n++] = (char)c;
	if ((n > 1 || (c == '\\' && (flag & VIS_NOESCAPE) == 0) ||
	    (c == '%' && (flag & VIS_HTTPSTYLE) != 0)) &&
	    is_partial(seen, n)) {
		state |= (unsigned int)(unsigned char)c << (8 * (n - 1));
		*astate = (int)((state & 0xffffff) | (unsigned int)n << 24);
		return (UNVIS_NOCHAR);
	}
	*astate = 0;
	if (n == 1) {
		*cp = (char)c;
		return (UNVIS_VALID);
	}
	p = seen;
	value = decode(&p, flag);
	if (value == -2)
		return (UNVIS_NOCHAR);
	if (value < 0 || (p != seen + n && seen[0] == '%'))
		return (UNVIS_SYNBAD);
	*cp = (char)value;
	return (p == seen + n ? UNVIS_VALID : UNVIS_VALIDPUSH);
}
