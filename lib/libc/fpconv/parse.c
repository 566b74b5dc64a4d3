/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decimal and hexadecimal to binary.
 *
 * The digits form an integer D and a power of ten E.  Short numbers are done
 * in one exact multiplication or division.  Otherwise D * 10^E is written as
 * a quotient of two long integers, scaled so that the quotient has a few bits
 * more than the format holds; the remainder tells whether those bits are the
 * whole truth, and one rounding gives the result.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "fpconv.h"

/*
 * Digits that can matter: the longest exact expansion of a value half-way
 * between two long doubles has fewer.  Anything beyond is only zero or not.
 */
#define	MAX_SIGNIFICANT	11600
#define	EXP_LIMIT	20000
/* 11600 digits * 3.33 bits, or 10^(20000), in 32-bit words, with slack. */
#define	MAX_WORDS	3400

const struct fpformat __fp_float = { 24, -149, 128 };
const struct fpformat __fp_double = { 53, -1074, 1024 };
const struct fpformat __fp_ldouble = { 64, -16445, 16384 };

struct big {
	int		n;
	uint32_t	w[];		/* least significant first */
};

static struct big *
big_new(void)
{
	struct big *b;

	b = malloc(sizeof(*b) + MAX_WORDS * sizeof(uint32_t));
	if (b != NULL)
		b->n = 0;
	return (b);
}

static void
big_muladd(struct big *b, uint32_t by, uint32_t add)
{
	uint64_t carry = add;
	int i;

	for (i = 0; i < b->n; i++) {
		carry += (uint64_t)b->w[i] * by;
		b->w[i] = (uint32_t)carry;
		carry >>= 32;
	}
	if (carry != 0)
		b->w[b->n++] = (uint32_t)carry;
}

static void
big_pow10(struct big *b, int exp)
{
	for (; exp >= 9; exp -= 9)
		big_muladd(b, 1000000000U, 0);
	for (; exp > 0; exp--)
		big_muladd(b, 10, 0);
}

static int
big_bits(const struct big *b)
{
	return (b->n == 0 ? 0 : b->n * 32 - __builtin_clz(b->w[b->n - 1]));
}

static void
big_shift_left(struct big *b, int bits)
{
	int words = bits / 32, rest = bits % 32, i;

	if (b->n == 0 || bits == 0)
		return;
	b->w[b->n] = 0;
	for (i = b->n; i >= 0; i--) {
		uint64_t v = (uint64_t)b->w[i] << rest;

		if (rest != 0 && i > 0)
			v |= b->w[i - 1] >> (32 - rest);
		b->w[i + words] = (uint32_t)v;
	}
	memset(b->w, 0, words * sizeof(uint32_t));
	b->n += words + 1;
	while (b->n > 0 && b->w[b->n - 1] == 0)
		b->n--;
}

/* a -= b * q, one quotient word; the caller has estimated q from above. */
static uint32_t
big_subtract(struct big *a, const struct big *b, uint64_t q, int at)
{
	uint64_t carry = 0, t;
	int64_t borrow = 0;
	int i;

	for (i = 0; i < b->n || carry != 0 || borrow != 0; i++) {
		if (i + at >= a->n)
			break;
		carry += (i < b->n ? b->w[i] : 0) * q;
		t = (uint64_t)a->w[i + at] - (uint32_t)carry - borrow;
		a->w[i + at] = (uint32_t)t;
		borrow = (t >> 32) != 0;
		carry >>= 32;
	}
	/* Estimated too high: add back. */
	while (borrow != 0 || carry != 0) {
		q--;
		t = 0;
		for (i = 0; i + at < a->n; i++) {
			t += (uint64_t)a->w[i + at] +
			    (i < b->n ? b->w[i] : 0);
			a->w[i + at] = (uint32_t)t;
			t >>= 32;
		}
		if (t != 0)
			break;
	}
	return (q);
}

/*
 * Long division a / b for a quotient below 2^128: the quotient's low words go
 * to q[4]; a becomes the remainder.
 */
static void
big_divide(struct big *a, struct big *b, uint32_t q[4])
{
	int shift, at;
	uint64_t top, est;

	memset(q, 0, 4 * sizeof(q[0]));
	shift = __builtin_clz(b->w[b->n - 1]);
	big_shift_left(a, shift);
	big_shift_left(b, shift);
	a->w[a->n] = 0;
	a->n++;
	for (at = a->n - b->n - 1; at >= 0; at--) {
		top = (uint64_t)a->w[at + b->n] << 32 | a->w[at + b->n - 1];
		est = top / b->w[b->n - 1];
		if (est > UINT32_MAX)
			est = UINT32_MAX;
		a->n = at + b->n + 1;
		if (est != 0)
			est = big_subtract(a, b, est, at);
		if (at < 4)
			q[at] = (uint32_t)est;
	}
	a->n = b->n;
	while (a->n > 0 && a->w[a->n - 1] == 0)
		a->n--;
}

/* m * 2^exp, which the format can hold exactly. */
static long double
scale(uint64_t m, int exp)
{
	union {
		struct {
			uint64_t m;
			uint16_t se;
		} i;
		long double v;
	} u;
	int shift = __builtin_clzll(m);

	memset(&u, 0, sizeof(u));
	exp += 16383 + 63 - shift;
	m <<= shift;
	if (exp <= 0) {
		m >>= 1 - exp;
		exp = 0;
	}
	u.i.m = m;
	u.i.se = exp;
	return (u.v);
}

/*
 * v (plus something below if sticky) * 2^exp, rounded to the format.
 */
static long double
round_value(unsigned __int128 v, int exp, bool sticky,
    const struct fpformat *f, bool *range)
{
	int bits, drop, lost;
	unsigned __int128 low, half;
	uint64_t m;
	bool inexact;

	if (v == 0)
		return (0);
	bits = (uint64_t)(v >> 64) != 0 ?
	    128 - __builtin_clzll((uint64_t)(v >> 64)) :
	    64 - __builtin_clzll((uint64_t)v);
	drop = bits - f->mantbits;
	lost = f->minexp - exp;
	if (drop < lost)
		drop = lost;		/* denormal: fewer bits */
	if (drop <= 0) {
		m = (uint64_t)v;
		inexact = false;
		drop = 0;
	} else if (drop > 127) {
		*range = true;
		return (0);
	} else {
		low = v & (((unsigned __int128)1 << drop) - 1);
		half = (unsigned __int128)1 << (drop - 1);
		v >>= drop;
		inexact = low != 0 || sticky;
		if (low > half || (low == half && (sticky || (v & 1) != 0)))
			v++;
		if (f->mantbits == 64 && (v >> 64) != 0) {
			v >>= 1;
			drop++;
		}
		m = (uint64_t)v;
	}
	exp += drop;
	if (m == 0) {
		*range = true;
		return (0);
	}
	bits = 64 - __builtin_clzll(m);
	if (bits + exp > f->maxexp) {
		*range = true;
		return (__builtin_huge_vall());
	}
	if (inexact && bits < f->mantbits && exp <= f->minexp)
		*range = true;
	return (scale(m, exp));
}

/* The general case: D from its digits, times 10^exp. */
static long double
convert(const char *digits, int ndigits, int exp, bool sticky,
    const struct fpformat *f, bool *range)
{
	struct big *num, *den;
	unsigned __int128 v;
	long double result = 0;
	uint32_t q[4];
	int i, shift, binexp = 0;

	num = big_new();
	den = big_new();
	if (num == NULL || den == NULL)
		goto out;
	for (i = 0; i < ndigits; i++)
		big_muladd(num, 10, digits[i] - '0');
	den->n = 1;
	den->w[0] = 1;
	if (exp > 0)
		big_pow10(num, exp);
	else
		big_pow10(den, -exp);
	/* Between 96 and 98 bits of quotient. */
	shift = 97 - (big_bits(num) - big_bits(den));
	if (shift > 0)
		big_shift_left(num, shift);
	else
		big_shift_left(den, -shift);
	binexp = -shift;
	big_divide(num, den, q);
	v = (unsigned __int128)q[3] << 96 | (unsigned __int128)q[2] << 64 |
	    (unsigned __int128)q[1] << 32 | q[0];
	result = round_value(v, binexp, sticky || num->n != 0, f, range);
out:
	free(num);
	free(den);
	return (result);
}

static const long double tens[] = {
	1e0L, 1e1L, 1e2L, 1e3L, 1e4L, 1e5L, 1e6L, 1e7L, 1e8L, 1e9L, 1e10L,
	1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L, 1e20L,
	1e21L, 1e22L
};

/* Numbers that fit exactly, so that one operation rounds once. */
static bool
convert_short(const char *digits, int ndigits, int exp,
    const struct fpformat *f, long double *result)
{
	uint64_t v = 0;
	int i;

	if (f->mantbits == 64 ? ndigits > 19 : ndigits > 15)
		return (false);
	if (exp < -22 || exp > 22)
		return (false);
	for (i = 0; i < ndigits; i++)
		v = v * 10 + (digits[i] - '0');
	if (f->mantbits == 64) {
		*result = exp < 0 ? (long double)v / tens[-exp] :
		    (long double)v * tens[exp];
		return (true);
	}
	if (f->mantbits != 53)
		return (false);
	*result = exp < 0 ? (double)v / (double)tens[-exp] :
	    (double)v * (double)tens[exp];
	return (true);
}

/* An optional exponent at s: its value is added to *exp. */
static size_t
parse_exponent(const char *s, size_t n, char letter, long *exp)
{
	size_t i = 1;
	bool negative = false;
	long e = 0;

	if (n < 2 || (s[0] | 0x20) != letter)
		return (0);
	if (s[i] == '+' || s[i] == '-')
		negative = s[i++] == '-';
	if (i >= n || s[i] < '0' || s[i] > '9')
		return (0);
	for (; i < n && s[i] >= '0' && s[i] <= '9'; i++) {
		if (e < 100000000)
			e = e * 10 + s[i] - '0';
	}
	*exp += negative ? -e : e;
	return (i);
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	c |= 0x20;
	return (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1);
}

static bool
at_point(const char *s, size_t n, const char *point)
{
	size_t len = strlen(point);

	return (n >= len && memcmp(s, point, len) == 0);
}

/* Behind "0x".  Returns the characters used, 0 if there is no digit. */
static size_t
parse_hex(const char *s, size_t n, const char *point,
    const struct fpformat *f, long double *result, bool *range)
{
	unsigned __int128 v = 0;
	bool sticky = false, seen = false, behind = false;
	long exp = 0;
	size_t i;
	int d;

	for (i = 0; i < n;) {
		if (!behind && at_point(s + i, n - i, point)) {
			behind = true;
			i += strlen(point);
			continue;
		}
		d = hex_value(s[i]);
		if (d < 0)
			break;
		seen = true;
		i++;
		if ((uint64_t)(v >> 96) == 0) {
			v = v << 4 | d;
			exp -= behind ? 4 : 0;
		} else {
			sticky |= d != 0;
			exp += behind ? 0 : 4;
		}
	}
	if (!seen)
		return (0);
	i += parse_exponent(s + i, n - i, 'p', &exp);
	if (v != 0 && exp > 40000) {
		*range = true;
		*result = __builtin_huge_vall();
	} else if (v != 0 && exp < -40000) {
		*range = true;
		*result = 0;
	} else
		*result = round_value(v, (int)exp, sticky, f, range);
	return (i);
}

/* Collects significant digits; returns the characters used. */
static size_t
parse_decimal(const char *s, size_t n, const char *point,
    const struct fpformat *f, long double *result, bool *range)
{
	char small[64], *digits = small, *p;
	size_t i, room = sizeof(small);
	int nd = 0;
	long exp = 0;
	bool sticky = false, seen = false, behind = false;

	*result = 0;
	for (i = 0; i < n;) {
		if (!behind && at_point(s + i, n - i, point)) {
			behind = true;
			i += strlen(point);
			continue;
		}
		if (s[i] < '0' || s[i] > '9')
			break;
		seen = true;
		if (nd > 0 || s[i] != '0') {
			if (nd == (int)room && digits == small &&
			    (p = malloc(MAX_SIGNIFICANT)) != NULL) {
				memcpy(p, digits, nd);
				digits = p;
				room = MAX_SIGNIFICANT;
			}
			if (nd < (int)room) {
				digits[nd++] = s[i];
				exp -= behind ? 1 : 0;
			} else {
				sticky |= s[i] != '0';
				exp += behind ? 0 : 1;
			}
		} else
			exp -= behind ? 1 : 0;
		i++;
	}
	if (!seen) {
		i = 0;
		goto out;
	}
	i += parse_exponent(s + i, n - i, 'e', &exp);
	while (nd > 0 && digits[nd - 1] == '0' && !sticky) {
		nd--;
		exp++;
	}
	if (nd == 0)
		goto out;
	if (nd + exp > 5000) {
		*range = true;
		*result = __builtin_huge_vall();
	} else if (nd + exp < -5000) {
		*range = true;
	} else if (sticky || !convert_short(digits, nd, (int)exp, f, result))
		*result = convert(digits, nd, (int)exp, sticky, f, range);
out:
	if (digits != small)
		free(digits);
	return (i);
}

static size_t
match_word(const char *s, size_t n, const char *word)
{
	size_t i;

	for (i = 0; word[i] != '\0'; i++) {
		if (i >= n || (s[i] | 0x20) != word[i])
			return (0);
	}
	return (i);
}

/* "inf", "infinity", "nan", "nan(...)" */
static size_t
parse_special(const char *s, size_t n, long double *result)
{
	size_t i, len;

	if ((len = match_word(s, n, "infinity")) != 0 ||
	    (len = match_word(s, n, "inf")) != 0) {
		*result = __builtin_infl();
		return (len);
	}
	len = match_word(s, n, "nan");
	if (len == 0)
		return (0);
	*result = __builtin_nanl("");
	if (len < n && s[len] == '(') {
		for (i = len + 1; i < n && (s[i] == '_' ||
		    (s[i] >= '0' && s[i] <= '9') ||
		    ((s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'z')); i++)
			;
		if (i < n && s[i] == ')')
			len = i + 1;
	}
	return (len);
}

long double
__fp_parse(const char *s, size_t n, const char *point,
    const struct fpformat *f, size_t *used, bool *range)
{
	long double v = 0;
	bool negative = false;
	size_t i = 0, len;

	*used = 0;
	*range = false;
	while (i < n && (s[i] == ' ' || (s[i] >= '\t' && s[i] <= '\r')))
		i++;
	if (i < n && (s[i] == '+' || s[i] == '-'))
		negative = s[i++] == '-';
	if ((len = parse_special(s + i, n - i, &v)) == 0) {
		if (n - i > 2 && s[i] == '0' && (s[i + 1] | 0x20) == 'x' &&
		    (len = parse_hex(s + i + 2, n - i - 2, point, f, &v,
		    range)) != 0)
			len += 2;
		else
			len = parse_decimal(s + i, n - i, point, f, &v, range);
	}
	if (len == 0)
		return (0);
	*used = i + len;
	return (negative ? -v : v);
}
