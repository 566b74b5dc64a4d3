/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments and numbers of printf, narrow and wide alike.
 */
#include <limits.h>
#include <locale.h>
#include <string.h>
#include "fmt.h"
#include "../fpconv/fpconv.h"

enum fmt_type
__fmt_type(const struct fmt_spec *s)
{
	switch (s->conv) {
	case 'd': case 'i': case 'o': case 'u': case 'x': case 'X':
		return (s->size <= SZ_SHORT ? TY_INT : TY_LONG);
	case 'D': case 'O': case 'U':
		return (TY_LONG);
	case 'c': case 'C':
		return (TY_INT);
	case 's': case 'S': case 'p': case 'n':
		return (TY_PTR);
	case 'a': case 'A': case 'e': case 'E': case 'f': case 'F':
	case 'g': case 'G':
		return (s->size == SZ_LDOUBLE ? TY_LDOUBLE : TY_DOUBLE);
	default:
		return (TY_NONE);
	}
}

static union fmt_value
fetch(struct fmt_args *a, enum fmt_type type)
{
	union fmt_value v = { .l = 0 };

	switch (type) {
	case TY_NONE:
		break;
	case TY_INT:
		v.i = va_arg(a->ap, int);
		break;
	case TY_LONG:
		v.l = va_arg(a->ap, long);
		break;
	case TY_PTR:
		v.p = va_arg(a->ap, void *);
		break;
	case TY_DOUBLE:
		v.d = va_arg(a->ap, double);
		break;
	case TY_LDOUBLE:
		v.ld = va_arg(a->ap, long double);
		break;
	}
	return (v);
}

/* Fetches all arguments in order; a number never used counts as int. */
void
__fmt_fill(struct fmt_args *a)
{
	int i;

	for (i = 1; i <= a->max; i++)
		a->value[i] = fetch(a, a->type[i] == TY_NONE ? TY_INT :
		    a->type[i]);
}

union fmt_value
__fmt_next(struct fmt_args *a, int pos, enum fmt_type type)
{
	if (a->positional && pos > 0 && pos <= FMT_MAXARGS)
		return (a->value[pos]);
	return (fetch(a, type));
}

static void
segment(struct fmt_number *n, const char *p, long len)
{
	if (len <= 0)
		return;
	n->seg[n->nseg].p = p;
	n->seg[n->nseg].n = (int)len;
	n->nseg++;
	n->len += len;
}

static void
sign(struct fmt_number *n, const struct fmt_spec *s, bool negative)
{
	char c = negative ? '-' : s->flags & F_PLUS ? '+' :
	    s->flags & F_SPACE ? ' ' : '\0';

	if (c != '\0')
		n->prefix[n->prefixlen++] = c;
}

static uintmax_t
integer_value(const struct fmt_spec *s, union fmt_value v, bool is_signed,
    bool *negative)
{
	intmax_t i;

	if (s->conv == 'p')
		return ((uintptr_t)v.p);
	if (s->size > SZ_SHORT || s->conv == 'D' || s->conv == 'O' ||
	    s->conv == 'U')
		i = v.l;
	else if (s->size == SZ_CHAR)
		i = is_signed ? (signed char)v.i : (unsigned char)v.i;
	else if (s->size == SZ_SHORT)
		i = is_signed ? (short)v.i : (unsigned short)v.i;
	else
		i = is_signed ? v.i : (intmax_t)(unsigned int)v.i;
	*negative = is_signed && i < 0;
	return (*negative ? -(uintmax_t)i : (uintmax_t)i);
}

/*
 * Copies digits backwards from `digits' (len of them) to before `end' with
 * thousands separators; returns the start.
 */
static char *
group(const char *digits, int len, char *end, locale_t l)
{
	const struct lconv *lc = localeconv_l(l);
	const char *sep = lc->thousands_sep, *g = lc->grouping;
	size_t seplen = strlen(sep);
	int left = *g == '\0' ? INT_MAX : *g;

	while (len > 0) {
		if (left == 0 && seplen > 0) {
			end -= seplen;
			memcpy(end, sep, seplen);
			if (g[1] != '\0')
				g++;
			left = *g == CHAR_MAX ? INT_MAX : *g;
		}
		*--end = digits[--len];
		left--;
	}
	return (end);
}

void
__fmt_integer(const struct fmt_spec *s, union fmt_value v, locale_t l,
    struct fmt_number *n)
{
	const char *xdigits = s->conv == 'X' ? "0123456789ABCDEF" :
	    "0123456789abcdef";
	char *end = n->small + sizeof(n->small), *p = end;
	char plain[24], *q = plain + sizeof(plain);
	bool is_signed, negative = false;
	unsigned int base = 10;
	uintmax_t u;
	int prec = s->prec;

	n->prefixlen = n->nseg = 0;
	n->len = 0;
	is_signed = s->conv == 'd' || s->conv == 'i' || s->conv == 'D';
	n->nozero = prec >= 0;
	u = integer_value(s, v, is_signed, &negative);
	if (s->conv == 'x' || s->conv == 'X' || s->conv == 'p')
		base = 16;
	else if (s->conv == 'o' || s->conv == 'O')
		base = 8;
	if (is_signed)
		sign(n, s, negative);
	if (base == 16 && ((s->flags & F_ALT && u != 0) || s->conv == 'p')) {
		n->prefix[n->prefixlen++] = '0';
		n->prefix[n->prefixlen++] = s->conv == 'X' ? 'X' : 'x';
	}
	if (base == 10 && (s->flags & F_GROUP)) {
		for (; u != 0; u /= 10)
			*--q = '0' + u % 10;
		p = group(q, plain + sizeof(plain) - q, end, l);
	} else {
		for (; u != 0; u /= base)
			*--p = xdigits[u % base];
	}
	if (prec < 0)
		prec = 1;
	if (base == 8 && (s->flags & F_ALT) && end - p >= prec)
		prec = end - p + 1;
	segment(n, NULL, prec - (end - p));
	segment(n, p, end - p);
}

/* e+05 and its like, into n->exp */
static int
exponent(struct fmt_number *n, char letter, int exp, int mindigits)
{
	char tmp[8], *p = n->exp;
	int i = 0;

	*p++ = letter;
	*p++ = exp < 0 ? '-' : '+';
	if (exp < 0)
		exp = -exp;
	do {
		tmp[i++] = '0' + exp % 10;
		exp /= 10;
	} while (exp != 0 || i < mindigits);
	while (i > 0)
		*p++ = tmp[--i];
	return (p - n->exp);
}

static void
fmt_hexfloat(const struct fmt_spec *s, long double v, const char *point,
    struct fmt_number *n)
{
	const char *xdigits = s->conv == 'A' ? "0123456789ABCDEF" :
	    "0123456789abcdef";
	bool extended = s->size == SZ_LDOUBLE;
	int lead = extended ? 4 : 1, exp = 0, nd, i, prec = s->prec, drop;
	unsigned __int128 m = 0, half, low;
	char *p = n->small;
	union {
		long double v;
		struct {
			uint64_t m;
			uint16_t se;
		} i;
	} u;

	n->prefix[n->prefixlen++] = '0';
	n->prefix[n->prefixlen++] = s->conv == 'A' ? 'X' : 'x';
	/* m has `lead' bits in front of 16 hexadecimal digits. */
	if (v != 0) {
		u.v = v;
		exp = (u.i.se & 0x7fff) != 0 ? u.i.se & 0x7fff : 1;
		exp -= 16382;
		i = __builtin_clzll(u.i.m);
		m = (unsigned __int128)(u.i.m << i) << lead;
		exp -= lead + i;
	}
	for (nd = 16; nd > 0 && ((m >> (16 - nd) * 4) & 0xf) == 0;)
		nd--;
	if (prec >= 0 && prec < nd) {
		drop = (16 - prec) * 4;
		half = (unsigned __int128)1 << (drop - 1);
		low = m & (half * 2 - 1);
		m = m >> drop;
		if (low > half || (low == half && (m & 1) != 0))
			m++;
		m = m << drop;
		nd = prec;
		if (m >> (64 + lead) != 0) {
			m >>= 4;
			exp += 4;
		}
	}
	*p++ = xdigits[(int)(m >> 64) & 0xf];
	segment(n, n->small, 1);
	if (nd > 0 || prec > 0 || (s->flags & F_ALT))
		segment(n, point, strlen(point));
	for (i = 0; i < nd; i++)
		*p++ = xdigits[(int)(m >> (60 - 4 * i)) & 0xf];
	segment(n, n->small + 1, nd);
	if (prec > nd)
		segment(n, NULL, prec - nd);
	segment(n, n->exp, exponent(n, s->conv == 'A' ? 'P' : 'p', exp, 1));
}

/* ddd.ddd; the integer part is grouped if asked for. */
static void
fixed_layout(const struct fmt_spec *s, char *digits, int half, int nd,
    int decpt, int prec, const char *point, locale_t l, struct fmt_number *n)
{
	char *end, *p;
	int ilen = decpt > 0 ? decpt : 1, have, lead;

	have = decpt <= 0 ? 0 : nd < decpt ? nd : decpt;
	if ((s->flags & F_GROUP) && decpt > 0) {
		memmove(digits + half, digits + have, nd - have);
		memset(digits + have, '0', decpt - have);
		end = digits + half;
		p = group(digits, ilen, end, l);
		segment(n, p, end - p);
		p = end;
	} else {
		if (decpt > 0) {
			segment(n, digits, have);
			segment(n, NULL, decpt - have);
		} else
			segment(n, NULL, 1);
		p = digits + have;
	}
	if (prec > 0 || (s->flags & F_ALT))
		segment(n, point, strlen(point));
	lead = decpt < 0 ? -decpt : 0;
	if (lead > prec)
		lead = prec;
	segment(n, NULL, lead);
	have = nd - have;
	if (have > prec - lead)
		have = prec - lead;
	segment(n, p, have);
	segment(n, NULL, prec - lead - have);
}

static void
exp_layout(const struct fmt_spec *s, char *digits, int nd, int exp, int prec,
    const char *point, struct fmt_number *n)
{
	bool upper = s->conv == 'E' || s->conv == 'G';

	if (nd > 0)
		segment(n, digits, 1);
	else
		segment(n, NULL, 1);
	if (prec > 0 || (s->flags & F_ALT))
		segment(n, point, strlen(point));
	if (nd > 1)
		segment(n, digits + 1, nd - 1 < prec ? nd - 1 : prec);
	segment(n, NULL, prec - (nd > 1 ? nd - 1 : 0));
	segment(n, n->exp, exponent(n, upper ? 'E' : 'e', exp, 2));
}

void
__fmt_float(const struct fmt_spec *s, long double v, locale_t l, char *digits,
    int half, struct fmt_number *n)
{
	const char *point = localeconv_l(l)->decimal_point;
	bool upper = s->conv >= 'A' && s->conv <= 'Z';
	int prec = s->prec < 0 ? 6 : s->prec, nd, decpt, exp;

	n->prefixlen = n->nseg = 0;
	n->len = 0;
	n->nozero = false;
	sign(n, s, __builtin_signbit(v) != 0);
	if (__builtin_isnan(v) || __builtin_isinf(v)) {
		n->nozero = true;
		segment(n, __builtin_isnan(v) ? (upper ? "NAN" : "nan") :
		    (upper ? "INF" : "inf"), 3);
		return;
	}
	if (v < 0)
		v = -v;
	switch (s->conv | 0x20) {
	case 'a':
		fmt_hexfloat(s, v, point, n);
		return;
	case 'f':
		nd = __fp_digits(v, false, prec, digits, &decpt);
		if (nd == 0)
			decpt = 0;
		fixed_layout(s, digits, half, nd, decpt, prec, point, l, n);
		return;
	case 'e':
		nd = __fp_digits(v, true, prec + 1, digits, &decpt);
		exp_layout(s, digits, nd, nd > 0 ? decpt - 1 : 0, prec, point,
		    n);
		return;
	}
	if (prec == 0)
		prec = 1;
	nd = __fp_digits(v, true, prec, digits, &decpt);
	exp = nd > 0 ? decpt - 1 : 0;
	while (nd > 0 && digits[nd - 1] == '0' && (s->flags & F_ALT) == 0)
		nd--;
	if (exp < -4 || exp >= prec) {
		prec = s->flags & F_ALT ? prec - 1 : nd > 0 ? nd - 1 : 0;
		exp_layout(s, digits, nd, exp, prec, point, n);
		return;
	}
	if (s->flags & F_ALT)
		prec -= exp + 1;
	else
		prec = nd > exp + 1 ? nd - exp - 1 : 0;
	fixed_layout(s, digits, half, nd, nd > 0 ? decpt : 0, prec, point, l,
	    n);
}
