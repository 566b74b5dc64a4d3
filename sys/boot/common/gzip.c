/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files compressed by gzip (RFC 1952, RFC 1951): kernel.gz, if_x.ko.gz.
 *
 * Such a file is expanded as a whole when it is opened for loading; what was
 * a place on a device is then a place in memory.  Nothing in the file is
 * believed: each length is checked against what is left on either side, and
 * the result against the length and CRC at the file's end.
 */
#include <sys/boot_info.h>

#include "boot.h"

#define MAX_BITS	15
#define MAX_LITERALS	288
#define MAX_DISTANCES	30
#define HEADER_LEN	10
#define TRAILER_LEN	8
/* A byte can stand for 1032 at most (RFC 1951: 258 by two bits). */
#define MAX_RATIO	1032

/* Flags of the header. */
#define F_CRC		0x02
#define F_EXTRA		0x04
#define F_NAME		0x08
#define F_COMMENT	0x10
#define F_RESERVED	0xe0

struct stream {
	const uint8_t	*in;
	size_t		inlen;
	uint8_t		*out;
	size_t		outlen, outpos;
	uint32_t	bits;		/* read and not used, lowest first */
	unsigned	nbits;
	bool		bad;
};

/* A canonical code: how many words of each length, and their symbols. */
struct code {
	uint16_t	count[MAX_BITS + 1];
	uint16_t	symbol[MAX_LITERALS];
};

static unsigned
get_bits(struct stream *s, unsigned n)
{
	unsigned v;

	while (s->nbits < n) {
		if (s->inlen == 0) {
			s->bad = true;
			return (0);
		}
		s->bits |= (uint32_t)*s->in++ << s->nbits;
		s->inlen--;
		s->nbits += 8;
	}
	v = s->bits & ((1U << n) - 1);
	s->bits >>= n;
	s->nbits -= n;
	return (v);
}

/* Lengths of the words to a code; false if there are more than fit. */
static bool
make_code(struct code *c, const uint8_t *length, unsigned n)
{
	uint16_t first[MAX_BITS + 2];
	unsigned i;
	int left = 1;

	memset(c->count, 0, sizeof(c->count));
	for (i = 0; i < n; i++)
		c->count[length[i]]++;
	c->count[0] = 0;
	first[1] = 0;
	for (i = 1; i <= MAX_BITS; i++) {
		left = (left << 1) - c->count[i];
		if (left < 0)
			return (false);
		first[i + 1] = first[i] + c->count[i];
	}
	for (i = 0; i < n; i++)
		if (length[i] != 0)
			c->symbol[first[length[i]]++] = i;
	return (true);
}

/* The next symbol.  Words come highest bit first. */
static unsigned
get_symbol(struct stream *s, const struct code *c)
{
	int word = 0, first = 0, index = 0;
	unsigned len;

	for (len = 1; len <= MAX_BITS && !s->bad; len++) {
		word |= get_bits(s, 1);
		if (word - first < c->count[len])
			return (c->symbol[index + word - first]);
		index += c->count[len];
		first = (first + c->count[len]) << 1;
		word <<= 1;
	}
	s->bad = true;
	return (0);
}

static void
copy_stored(struct stream *s)
{
	unsigned len, check;

	s->bits = 0;
	s->nbits = 0;
	len = get_bits(s, 16);
	check = get_bits(s, 16);
	if (s->bad || len != (~check & 0xffff) || len > s->inlen ||
	    len > s->outlen - s->outpos) {
		s->bad = true;
		return;
	}
	memcpy(s->out + s->outpos, s->in, len);
	s->in += len;
	s->inlen -= len;
	s->outpos += len;
}

/* A length of 3 to 258, or a distance of 1 to 32768, by its symbol. */
static unsigned
get_length(struct stream *s, unsigned sym)
{
	unsigned extra;

	if (sym < 8)
		return (sym + 3);
	if (sym == 28)
		return (258);
	extra = (sym - 4) / 4;
	return (((4 + sym % 4) << extra) + 3 + get_bits(s, extra));
}

static unsigned
get_distance(struct stream *s, unsigned sym)
{
	unsigned extra;

	if (sym < 4)
		return (sym + 1);
	extra = (sym - 2) / 2;
	return (((2 + sym % 2) << extra) + 1 + get_bits(s, extra));
}

static void
expand_block(struct stream *s, const struct code *literals,
    const struct code *distances)
{
	unsigned sym, len, dist;

	while (!s->bad) {
		sym = get_symbol(s, literals);
		if (s->bad || sym == 256)
			return;
		if (sym < 256) {
			if (s->outpos == s->outlen)
				break;
			s->out[s->outpos++] = sym;
			continue;
		}
		if (sym > 285)
			break;
		len = get_length(s, sym - 257);
		sym = get_symbol(s, distances);
		if (sym >= MAX_DISTANCES)
			break;
		dist = get_distance(s, sym);
		if (s->bad || dist > s->outpos || len > s->outlen - s->outpos)
			break;
		for (; len > 0; len--, s->outpos++)
			s->out[s->outpos] = s->out[s->outpos - dist];
	}
	s->bad = true;
}

static void
expand_fixed(struct stream *s, struct code *literals, struct code *distances)
{
	uint8_t length[MAX_LITERALS];
	unsigned i;

	for (i = 0; i < MAX_LITERALS; i++)
		length[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	make_code(literals, length, MAX_LITERALS);
	for (i = 0; i < MAX_DISTANCES; i++)
		length[i] = 5;
	make_code(distances, length, MAX_DISTANCES);
	expand_block(s, literals, distances);
}

/* Lengths of words that are themselves coded, with runs. */
static bool
get_lengths(struct stream *s, struct code *c, uint8_t *length, unsigned n)
{
	static const uint8_t order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5,
	    11, 4, 12, 3, 13, 2, 14, 1, 15 };
	uint8_t first[19] = { 0 }, value;
	unsigned i, sym, run, ncodes;

	ncodes = get_bits(s, 4) + 4;
	for (i = 0; i < ncodes; i++)
		first[order[i]] = get_bits(s, 3);
	if (s->bad || !make_code(c, first, 19))
		return (false);
	for (i = 0; i < n && !s->bad; ) {
		sym = get_symbol(s, c);
		if (sym < 16) {
			length[i++] = sym;
			continue;
		}
		value = 0;
		if (sym == 16) {
			if (i == 0)
				return (false);
			value = length[i - 1];
			run = 3 + get_bits(s, 2);
		} else {
			run = sym == 17 ? 3 + get_bits(s, 3) :
			    11 + get_bits(s, 7);
		}
		if (run > n - i)
			return (false);
		while (run-- > 0)
			length[i++] = value;
	}
	return (!s->bad);
}

static void
expand_dynamic(struct stream *s, struct code *literals,
    struct code *distances)
{
	uint8_t length[MAX_LITERALS + 32];
	unsigned nlit, ndist;

	nlit = get_bits(s, 5) + 257;
	ndist = get_bits(s, 5) + 1;
	if (s->bad || nlit > 286 || ndist > MAX_DISTANCES) {
		s->bad = true;
		return;
	}
	/* The literals' place serves for the code of the lengths first. */
	if (!get_lengths(s, literals, length, nlit + ndist) ||
	    length[256] == 0 || !make_code(literals, length, nlit) ||
	    !make_code(distances, length + nlit, ndist)) {
		s->bad = true;
		return;
	}
	expand_block(s, literals, distances);
}

int
inflate(const uint8_t *in, size_t inlen, uint8_t *out, size_t outlen)
{
	static struct code literals, distances;
	struct stream s = { .in = in, .inlen = inlen, .out = out,
	    .outlen = outlen };
	bool last;

	do {
		last = get_bits(&s, 1) != 0;
		switch (get_bits(&s, 2)) {
		case 0: copy_stored(&s); break;
		case 1: expand_fixed(&s, &literals, &distances); break;
		case 2: expand_dynamic(&s, &literals, &distances); break;
		default: s.bad = true; break;
		}
	} while (!last && !s.bad);
	return (s.bad || s.outpos != outlen ? BE_DAMAGED : 0);
}

static uint32_t
crc32(const uint8_t *p, size_t len)
{
	static uint32_t table[256];
	uint32_t crc = 0xffffffff, c;
	int i, k;

	if (table[1] == 0) {
		for (i = 0; i < 256; i++) {
			for (c = i, k = 0; k < 8; k++)
				c = (c & 1) ? 0xedb88320 ^ (c >> 1) : c >> 1;
			table[i] = c;
		}
	}
	while (len-- > 0)
		crc = table[(crc ^ *p++) & 0xff] ^ (crc >> 8);
	return (~crc);
}

static uint32_t
le32(const uint8_t *p)
{
	return (p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24);
}

/* Bytes of the header, or 0 if it is none. */
static size_t
header_length(const uint8_t *p, size_t len)
{
	size_t at = HEADER_LEN;
	int flags, strings;

	if (len < HEADER_LEN + TRAILER_LEN || p[0] != 0x1f || p[1] != 0x8b ||
	    p[2] != 8 || (p[3] & F_RESERVED))
		return (0);
	flags = p[3];
	len -= TRAILER_LEN;
	if (flags & F_EXTRA) {
		if (len - at < 2)
			return (0);
		at += 2 + (p[at] | (size_t)p[at + 1] << 8);
	}
	for (strings = !!(flags & F_NAME) + !!(flags & F_COMMENT); strings > 0;
	    strings--) {
		while (at < len && p[at] != '\0')
			at++;
		at++;
	}
	if (flags & F_CRC)
		at += 2;
	return (at < len ? at : 0);
}

int
gzip_expand(const uint8_t *in, size_t len, uint8_t *out, size_t outlen)
{
	size_t at = header_length(in, len);
	int error;

	if (at == 0)
		return (BE_DAMAGED);
	error = inflate(in + at, len - at - TRAILER_LEN, out, outlen);
	if (error == 0 && crc32(out, outlen) != le32(in + len - TRAILER_LEN))
		error = BE_DAMAGED;
	return (error);
}

int
file_expand(struct file *f)
{
	uint8_t start[2], trailer[TRAILER_LEN];
	uint64_t packed, plain, size;
	int error;

	if (f->size < HEADER_LEN + TRAILER_LEN ||
	    file_read(f, 0, start, sizeof(start)) != 0 ||
	    start[0] != 0x1f || start[1] != 0x8b)
		return (0);
	error = file_read(f, f->size - TRAILER_LEN, trailer, TRAILER_LEN);
	if (error != 0)
		return (error);
	size = le32(trailer + 4);
	if (size == 0 || size / MAX_RATIO > f->size)
		return (BE_DAMAGED);
	packed = phys_alloc(f->size, PAGE_SIZE, BOOT_MEM_RAM);
	plain = phys_alloc(size, PAGE_SIZE, BOOT_MEM_RAM);
	if (packed == 0 || plain == 0)
		error = BE_NOMEM;
	if (error == 0)
		error = file_read(f, 0, (void *)packed, f->size);
	if (error == 0)
		error = gzip_expand((void *)packed, f->size, (void *)plain,
		    size);
	if (packed != 0)
		phys_free(packed);
	if (error != 0) {
		if (plain != 0)
			phys_free(plain);
		return (error);
	}
	f->memory = plain;
	f->size = size;
	return (0);
}

void
file_close(struct file *f)
{
	if (f->memory != 0)
		phys_free(f->memory);
	f->memory = 0;
}
