/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Domain names: as text, as labels, and compressed in messages (RFC 1035
 * section 4.1.4).
 *
 * In a message a name is a sequence of labels, each with its length in front,
 * that ends in an empty one or in a pointer to the rest.  As text, dots
 * separate labels; a special character has a backslash in front, one that
 * cannot be printed is \DDD.
 */
#include <sys/types.h>
#include <ctype.h>
#include <errno.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define	MAX_JUMPS	128
#define	MAX_OFFSET	0x3fff		/* that a pointer can express */

static bool
is_special(int c)
{
	return (c == '"' || c == '.' || c == ';' || c == '\\' || c == '(' ||
	    c == ')' || c == '@' || c == '$');
}

static int
too_long(void)
{
	errno = EMSGSIZE;
	return (-1);
}

/* Labels to text.  The length of the text, or -1. */
int
ns_name_ntop(const unsigned char *src, char *dst, size_t size)
{
	char *p = dst, *end = dst + size;
	unsigned int n;

	if (*src == 0) {
		if (size < 2)
			return (too_long());
		strcpy(dst, ".");
		return (1);
	}
	while ((n = *src++) != 0) {
		if (n > NS_MAXLABEL || (p != dst && p >= end))
			return (too_long());
		if (p != dst)
			*p++ = '.';
		for (; n > 0; n--, src++) {
			if (end - p < 5)
				return (too_long());
			if (is_special(*src)) {
				*p++ = '\\';
				*p++ = (char)*src;
			} else if (*src <= 0x20 || *src >= 0x7f) {
				*p++ = '\\';
				*p++ = (char)('0' + *src / 100);
				*p++ = (char)('0' + *src / 10 % 10);
				*p++ = (char)('0' + *src % 10);
			} else
				*p++ = (char)*src;
		}
	}
	if (p >= end)
		return (too_long());
	*p = '\0';
	return ((int)(p - dst));
}

/* The same name with small letters, still as labels. */
int
ns_name_ntol(const unsigned char *src, unsigned char *dst, size_t size)
{
	size_t n = 0, len;

	do {
		len = src[n];
		if (len > NS_MAXLABEL || n + len + 1 > size)
			return (too_long());
		dst[n] = (unsigned char)len;
		for (n++; len > 0; len--, n++)
			dst[n] = (unsigned char)tolower(src[n]);
	} while (dst[n - 1] != 0 || src[n - 1] != 0);
	return ((int)n);
}

/* An escape behind a backslash: its value, or -1. */
static int
unescape(const char **src)
{
	const unsigned char *p = (const unsigned char *)*src;
	int v;

	if (*p == '\0')
		return (-1);
	if (!isdigit(p[0])) {
		++*src;
		return (p[0]);
	}
	if (!isdigit(p[1]) || !isdigit(p[2]))
		return (-1);
	v = (p[0] - '0') * 100 + (p[1] - '0') * 10 + p[2] - '0';
	*src += 3;
	return (v <= 255 ? v : -1);
}

/* Text to labels.  1 if the name ends in a dot, 0 if not, -1. */
int
ns_name_pton(const char *src, unsigned char *dst, size_t size)
{
	unsigned char *label = dst, *p = dst + 1, *end = dst + size;
	int c, dot = 0;

	if (size < 1)
		return (too_long());
	if (strcmp(src, ".") == 0)
		src++, dot = 1;
	while (*src != '\0') {
		c = (unsigned char)*src++;
		if (c == '.') {
			if (p == label + 1 || p >= end)
				return (too_long());
			*label = (unsigned char)(p - label - 1);
			label = p++;
			dot = *src == '\0';
			continue;
		}
		if (c == '\\' && (c = unescape(&src)) < 0)
			return (too_long());
		if (p - label > NS_MAXLABEL || p >= end)
			return (too_long());
		*p++ = (unsigned char)c;
	}
	if (p > label + 1) {
		if (p >= end)
			return (too_long());
		*label = (unsigned char)(p - label - 1);
		label = p++;
	}
	*label = 0;
	if (p - dst > NS_MAXCDNAME)
		return (too_long());
	return (dot);
}

/* Follows pointers; returns what the name takes up at src. */
int
ns_name_unpack(const unsigned char *msg, const unsigned char *eom,
    const unsigned char *src, unsigned char *dst, size_t size)
{
	const unsigned char *p = src;
	size_t out = 0;
	int used = -1, jumps = 0;
	unsigned int n;

	if (src < msg || src >= eom)
		return (too_long());
	for (;;) {
		n = *p++;
		if ((n & NS_CMPRSFLGS) == NS_CMPRSFLGS) {
			if (p >= eom || ++jumps > MAX_JUMPS)
				return (too_long());
			if (used < 0)
				used = (int)(p + 1 - src);
			p = msg + ((n & ~NS_CMPRSFLGS) << 8 | *p);
			if (p >= eom)
				return (too_long());
			continue;
		}
		if ((n & NS_CMPRSFLGS) != 0 || p + n > eom ||
		    out + n + 1 >= size + (n == 0) ||
		    out + n + 1 > NS_MAXCDNAME || (n > 0 && p + n >= eom))
			return (too_long());
		dst[out++] = (unsigned char)n;
		memcpy(dst + out, p, n);
		out += n;
		p += n;
		if (n == 0)
			break;
	}
	return (used >= 0 ? used : (int)(p - src));
}

static bool
same_labels(const unsigned char *a, const unsigned char *msg,
    const unsigned char *b)
{
	unsigned int i, n;
	int jumps = 0;

	for (;;) {
		while ((*b & NS_CMPRSFLGS) == NS_CMPRSFLGS) {
			if (++jumps > MAX_JUMPS)
				return (false);
			b = msg + ((b[0] & ~NS_CMPRSFLGS) << 8 | b[1]);
		}
		if (*a != *b)
			return (false);
		n = *a++;
		b++;
		if (n == 0)
			return (true);
		for (i = 0; i < n; i++, a++, b++) {
			if (tolower(*a) != tolower(*b))
				return (false);
		}
	}
}

/* The offset of a name that ends like this one, among those known; or -1. */
static int
find_suffix(const unsigned char *name, const unsigned char *msg,
    const unsigned char **dnptrs, const unsigned char **lastdnptr)
{
	const unsigned char **known, *p;

	for (known = dnptrs; known < lastdnptr && *known != NULL; known++) {
		for (p = *known; *p != 0 && (*p & NS_CMPRSFLGS) == 0 &&
		    p - msg <= MAX_OFFSET; p += *p + 1) {
			if (same_labels(name, msg, p))
				return ((int)(p - msg));
		}
	}
	return (-1);
}

/*
 * Labels into a message, the end as a pointer if it is there already.
 * dnptrs[0] is the message, then come names in it; a new one is added.
 */
int
ns_name_pack(const unsigned char *src, unsigned char *dst, int size,
    const unsigned char **dnptrs, const unsigned char **lastdnptr)
{
	const unsigned char *msg = dnptrs != NULL ? dnptrs[0] : NULL, **p;
	unsigned char *out = dst, *end = dst + size;
	bool known = false;
	int at;

	while (*src != 0) {
		if (*src > NS_MAXLABEL)
			return (too_long());
		at = msg != NULL ? find_suffix(src, msg, dnptrs + 1,
		    lastdnptr != NULL ? lastdnptr : dnptrs) : -1;
		if (at >= 0) {
			if (end - out < 2)
				return (too_long());
			*out++ = (unsigned char)(at >> 8 | NS_CMPRSFLGS);
			*out++ = (unsigned char)at;
			return ((int)(out - dst));
		}
		if (end - out < *src + 1)
			return (too_long());
		if (!known && msg != NULL && lastdnptr != NULL &&
		    out - msg <= MAX_OFFSET) {
			known = true;
			for (p = dnptrs; *p != NULL; p++)
				;
			if (p < lastdnptr - 1) {
				p[0] = out;
				p[1] = NULL;
			}
		}
		memcpy(out, src, *src + 1U);
		out += *src + 1;
		src += *src + 1;
	}
	if (out >= end)
		return (too_long());
	*out++ = 0;
	return ((int)(out - dst));
}

int
ns_name_uncompress(const unsigned char *msg, const unsigned char *eom,
    const unsigned char *src, char *dst, size_t size)
{
	unsigned char labels[NS_MAXCDNAME + 1];
	int n = ns_name_unpack(msg, eom, src, labels, sizeof(labels));

	return (n < 0 || ns_name_ntop(labels, dst, size) < 0 ? -1 : n);
}

int
ns_name_compress(const char *src, unsigned char *dst, size_t size,
    const unsigned char **dnptrs, const unsigned char **lastdnptr)
{
	unsigned char labels[NS_MAXCDNAME + 1];

	if (ns_name_pton(src, labels, sizeof(labels)) < 0)
		return (-1);
	return (ns_name_pack(labels, dst, (int)size, dnptrs, lastdnptr));
}

int
ns_name_skip(const unsigned char **src, const unsigned char *eom)
{
	const unsigned char *p = *src;
	unsigned int n;

	while (p < eom && (n = *p++) != 0) {
		if ((n & NS_CMPRSFLGS) == NS_CMPRSFLGS) {
			p++;
			break;
		}
		if ((n & NS_CMPRSFLGS) != 0)
			return (too_long());
		p += n;
	}
	if (p > eom)
		return (too_long());
	*src = p;
	return (0);
}

/* Forgets the names from src on. */
void
ns_name_rollback(const unsigned char *src, const unsigned char **dnptrs,
    const unsigned char **lastdnptr)
{
	for (; dnptrs < lastdnptr && *dnptrs != NULL; dnptrs++) {
		if (*dnptrs >= src) {
			*dnptrs = NULL;
			break;
		}
	}
}

/* With exactly one dot at the end. */
int
ns_makecanon(const char *src, char *dst, size_t size)
{
	size_t n = strlen(src);

	while (n > 0 && src[n - 1] == '.' && (n < 2 || src[n - 2] != '\\'))
		n--;
	if (n + 2 > size)
		return (too_long());
	memcpy(dst, src, n);
	strcpy(dst + n, ".");
	return (0);
}

int
ns_samename(const char *a, const char *b)
{
	char x[NS_MAXDNAME], y[NS_MAXDNAME];

	if (ns_makecanon(a, x, sizeof(x)) != 0 ||
	    ns_makecanon(b, y, sizeof(y)) != 0)
		return (-1);
	return (strcasecmp(x, y) == 0);
}

/* Whether a is b or in it. */
int
ns_samedomain(const char *a, const char *b)
{
	char x[NS_MAXDNAME], y[NS_MAXDNAME];
	size_t n, m;

	if (ns_makecanon(a, x, sizeof(x)) != 0 ||
	    ns_makecanon(b, y, sizeof(y)) != 0)
		return (0);
	n = strlen(x);
	m = strlen(y);
	if (m == 1)
		return (1);
	return (n >= m && strcasecmp(x + n - m, y) == 0 &&
	    (n == m || (x[n - m - 1] == '.' && (n - m < 2 ||
	    x[n - m - 2] != '\\'))));
}

int
dn_expand(const unsigned char *msg, const unsigned char *eom,
    const unsigned char *src, char *dst, int size)
{
	int n = ns_name_uncompress(msg, eom, src, dst, (size_t)size);

	/* The root is an empty string here. */
	if (n > 0 && strcmp(dst, ".") == 0)
		dst[0] = '\0';
	return (n);
}

int
dn_comp(const char *src, unsigned char *dst, int size,
    unsigned char **dnptrs, unsigned char **lastdnptr)
{
	return (ns_name_compress(src, dst, (size_t)size,
	    (const unsigned char **)(uintptr_t)dnptrs,
	    (const unsigned char **)(uintptr_t)lastdnptr));
}

int
dn_skipname(const unsigned char *p, const unsigned char *eom)
{
	const unsigned char *start = p;

	return (ns_name_skip(&p, eom) != 0 ? -1 : (int)(p - start));
}

int
dn_count_labels(const char *name)
{
	size_t n = strlen(name), i;
	int count = 0;

	for (i = 0; i < n; i++)
		count += name[i] == '.';
	if (n > 0 && name[n - 1] != '.')
		count++;
	return (count);
}
