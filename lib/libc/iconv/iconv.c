/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * iconv(3): conversion between UTF-8, UTF-16, UTF-32, UCS-2, UCS-4 (either
 * byte order), US-ASCII and the common 8-bit sets, by way of code points.
 *
 * Names are compared without regard to case and punctuation.  A suffix
 * //TRANSLIT or //IGNORE is accepted: what the target cannot express becomes
 * '?' or nothing instead of EILSEQ.
 */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "../locale/charset.h"

enum codec { ASCII, TABLE, UTF8, UTF16, UTF32 };
enum order { BIG, LITTLE, BY_MARK };
enum unknown { FAIL, REPLACE, DROP };

struct side {
	enum codec	codec;
	enum order	order;
	bool		marked;		/* byte order settled */
	const struct charset *table;
};

struct conversion {
	struct side	from, to;
	enum unknown	unknown;
};

static const struct {
	const char	*name;
	enum codec	codec;
	enum order	order;
} names[] = {
	{ "utf8", UTF8, BIG }, { "ascii", ASCII, BIG },
	{ "usascii", ASCII, BIG }, { "646", ASCII, BIG },
	{ "ansix341968", ASCII, BIG }, { "c", ASCII, BIG },
	{ "utf16", UTF16, BY_MARK }, { "utf16be", UTF16, BIG },
	{ "utf16le", UTF16, LITTLE }, { "ucs2", UTF16, BY_MARK },
	{ "ucs2be", UTF16, BIG }, { "ucs2le", UTF16, LITTLE },
	{ "utf32", UTF32, BY_MARK }, { "utf32be", UTF32, BIG },
	{ "utf32le", UTF32, LITTLE }, { "ucs4", UTF32, BIG },
	{ "ucs4be", UTF32, BIG }, { "ucs4le", UTF32, LITTLE },
	{ "wchart", UTF32, LITTLE }
};

/* Finds a name; what follows "//" is left in *suffix. */
static bool
find(const char *name, struct side *side, const char **suffix)
{
	char plain[32];
	size_t n = 0, i;

	for (; *name != '\0' && strncmp(name, "//", 2) != 0; name++) {
		if (isalnum((unsigned char)*name) && n < sizeof(plain) - 1)
			plain[n++] = (char)tolower((unsigned char)*name);
	}
	plain[n] = '\0';
	*suffix = name;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(plain, names[i].name) == 0) {
			side->codec = names[i].codec;
			side->order = names[i].order;
			side->marked = false;
			return (true);
		}
	}
	side->codec = TABLE;
	side->table = __charset_find(plain);
	return (side->table != NULL);
}

iconv_t
iconv_open(const char *to, const char *from)
{
	struct conversion *cd;
	const char *suffix, *ignored;

	cd = calloc(1, sizeof(*cd));
	if (cd == NULL)
		return ((iconv_t)-1);
	if (!find(to, &cd->to, &suffix) ||
	    !find(from, &cd->from, &ignored)) {
		free(cd);
		errno = EINVAL;
		return ((iconv_t)-1);
	}
	if (strstr(suffix, "IGNORE") != NULL)
		cd->unknown = DROP;
	else if (strstr(suffix, "TRANSLIT") != NULL)
		cd->unknown = REPLACE;
	return ((iconv_t)cd);
}

int
iconv_close(iconv_t cd)
{
	free(cd);
	return (0);
}

static uint32_t
unit(const unsigned char *p, int size, enum order order)
{
	uint32_t v = 0;
	int i;

	for (i = 0; i < size; i++)
		v |= (uint32_t)p[i] << 8 * (order == LITTLE ? i :
		    size - 1 - i);
	return (v);
}

/*
 * The decoders return the bytes used, 0 if the input ends inside a character
 * and -1 if it is malformed.
 */
static int
decode_utf8(const unsigned char *p, size_t n, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int len, i;

	if (p[0] < 0x80) {
		*c = p[0];
		return (1);
	}
	len = p[0] >= 0xf0 && p[0] <= 0xf4 ? 4 : p[0] >= 0xe0 &&
	    p[0] < 0xf0 ? 3 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : -1;
	if (len < 0)
		return (-1);
	*c = p[0] & (0xff >> (len + 1));
	for (i = 1; i < len; i++) {
		if ((size_t)i >= n)
			return (0);
		if ((p[i] & 0xc0) != 0x80)
			return (-1);
		*c = *c << 6 | (p[i] & 0x3f);
	}
	return (*c < least[len] || *c > 0x10ffff ||
	    (*c >= 0xd800 && *c < 0xe000) ? -1 : len);
}

static int
decode_wide(struct side *s, const unsigned char *p, size_t n, uint32_t *c)
{
	int size = s->codec == UTF16 ? 2 : 4;
	uint32_t low;

	if (n < (size_t)size)
		return (0);
	*c = unit(p, size, s->order);
	if (size == 4)
		return (*c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000) ? -1 :
		    4);
	if (*c < 0xd800 || *c >= 0xe000)
		return (2);
	if (*c >= 0xdc00)
		return (-1);
	if (n < 4)
		return (0);
	low = unit(p + 2, 2, s->order);
	if (low < 0xdc00 || low >= 0xe000)
		return (-1);
	*c = 0x10000 + ((*c & 0x3ff) << 10 | (low & 0x3ff));
	return (4);
}

static int
decode(struct side *s, const unsigned char *p, size_t n, uint32_t *c)
{
	switch (s->codec) {
	case UTF8:
		return (decode_utf8(p, n, c));
	case ASCII:
		*c = p[0];
		return (p[0] < 0x80 ? 1 : -1);
	case TABLE:
		*c = p[0] < 0x80 ? p[0] : s->table->high[p[0] - 0x80];
		return (*c != 0 || p[0] == 0 ? 1 : -1);
	default:
		return (decode_wide(s, p, n, c));
	}
}

/* Skips a byte order mark and settles the order; big endian without one. */
static void
read_mark(struct side *s, char **in, size_t *n)
{
	int size = s->codec == UTF16 ? 2 : 4;
	const unsigned char *p = (const unsigned char *)*in;

	if (s->order != BY_MARK || *n < (size_t)size)
		return;
	s->order = unit(p, size, LITTLE) == 0xfeff ? LITTLE : BIG;
	if (unit(p, size, s->order) == 0xfeff) {
		*in += size;
		*n -= size;
	}
}

static void
put_unit(unsigned char *p, uint32_t v, int size, enum order order)
{
	int i;

	for (i = 0; i < size; i++)
		p[i] = (unsigned char)(v >> 8 * (order == LITTLE ? i :
		    size - 1 - i));
}

/* Bytes written to out (room for 8), or -1 if there is no such character. */
static int
encode(struct side *s, uint32_t c, unsigned char *out)
{
	int n = 0, i;

	switch (s->codec) {
	case ASCII:
		out[0] = (unsigned char)c;
		return (c < 0x80 ? 1 : -1);
	case TABLE:
		n = __charset_byte(s->table, c);
		out[0] = (unsigned char)n;
		return (n >= 0 ? 1 : -1);
	case UTF8:
		if (c < 0x80) {
			out[0] = (unsigned char)c;
			return (1);
		}
		n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		for (i = n - 1; i > 0; i--, c >>= 6)
			out[i] = (unsigned char)(0x80 | (c & 0x3f));
		out[0] = (unsigned char)(c | (0xf00U >> n & 0xff));
		return (n);
	default:
		break;
	}
	i = s->codec == UTF16 ? 2 : 4;
	if (s->order == BY_MARK && !s->marked) {
		put_unit(out, 0xfeff, i, BIG);
		n = i;
	}
	if (i == 2 && c >= 0x10000) {
		c -= 0x10000;
		put_unit(out + n, 0xd800 | c >> 10, 2, s->order);
		n += 2;
		c = 0xdc00 | (c & 0x3ff);
	}
	put_unit(out + n, c, i, s->order);
	return (n + i);
}

size_t
iconv(iconv_t handle, char **__restrict in, size_t *__restrict inleft,
    char **__restrict out, size_t *__restrict outleft)
{
	struct conversion *cd = (struct conversion *)handle;
	unsigned char buf[12];
	size_t replaced = 0;
	uint32_t c;
	int used, n;

	if (in == NULL || *in == NULL) {
		cd->from.marked = cd->to.marked = false;
		return (0);
	}
	read_mark(&cd->from, in, inleft);
	while (*inleft > 0) {
		used = decode(&cd->from, (const unsigned char *)*in, *inleft,
		    &c);
		if (used <= 0) {
			errno = used == 0 ? EINVAL : EILSEQ;
			return ((size_t)-1);
		}
		n = encode(&cd->to, c, buf);
		if (n < 0) {
			if (cd->unknown == FAIL) {
				errno = EILSEQ;
				return ((size_t)-1);
			}
			n = cd->unknown == REPLACE ? 1 : 0;
			buf[0] = '?';
			replaced++;
		}
		if ((size_t)n > *outleft) {
			errno = E2BIG;
			return ((size_t)-1);
		}
		memcpy(*out, buf, n);
		*out += n;
		*outleft -= n;
		cd->to.marked = true;
		*in += used;
		*inleft -= used;
	}
	return (replaced);
}

/* The name a character set is known by, or the name itself. */
const char *
iconv_canonicalize(const char *name)
{
	const struct charset *cs = __charset_find(name);

	return (cs != NULL ? cs->name : name);
}

int
iconvctl(iconv_t handle, int request, void *arg)
{
	struct conversion *cd = (struct conversion *)handle;
	int *v = arg;

	switch (request) {
	case ICONV_TRIVIALP:
		*v = cd->from.codec == cd->to.codec &&
		    cd->from.order == cd->to.order &&
		    cd->from.table == cd->to.table;
		return (0);
	case ICONV_GET_TRANSLITERATE:
		*v = cd->unknown == REPLACE;
		return (0);
	case ICONV_SET_TRANSLITERATE:
		cd->unknown = *v ? REPLACE : FAIL;
		return (0);
	case ICONV_GET_DISCARD_ILSEQ:
		*v = cd->unknown == DROP;
		return (0);
	case ICONV_SET_DISCARD_ILSEQ:
		cd->unknown = *v ? DROP : FAIL;
		return (0);
	default:
		errno = EINVAL;
		return (-1);
	}
}

/* Calls a function with the names of each set until it returns non-zero. */
void
iconvlist(int (*fn)(unsigned int, const char *const *, void *), void *data)
{
	static const char *const fixed[] = {
		"US-ASCII", "UTF-8", "UTF-16", "UTF-16BE", "UTF-16LE",
		"UCS-2", "UCS-2BE", "UCS-2LE", "UTF-32", "UTF-32BE",
		"UTF-32LE", "UCS-4", "UCS-4BE", "UCS-4LE"
	};
	const char *name;
	size_t i;

	for (i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++) {
		if (fn(1, &fixed[i], data) != 0)
			return;
	}
	for (i = 0; (name = __charset_name(i)) != NULL; i++) {
		if (fn(1, &name, data) != 0)
			return;
	}
}
