/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Binary to decimal.
 *
 * A finite value is m * 2^e with an integer m of at most 64 bits.  For e >= 0
 * it is an integer; for e < 0 it equals m * 5^-e / 10^-e, so the digits of
 * the integer m * 5^-e are those of the value.  That integer is computed
 * exactly, in limbs of nine decimal digits, and then rounded.
 */
#include <string.h>
#include "fpconv.h"

#define	LIMB		1000000000U
#define	LIMB_DIGITS	9
/* Bits per limb, rounded down: limbs for a number of that many bits. */
#define	LIMBS(bits)	((bits) / 29 + 3)

struct decimal {
	int		n;
	uint32_t	*limb;		/* least significant first */
};

static void
multiply(struct decimal *d, uint32_t by)
{
	uint64_t carry = 0;
	int i;

	for (i = 0; i < d->n; i++) {
		carry += (uint64_t)d->limb[i] * by;
		d->limb[i] = carry % LIMB;
		carry /= LIMB;
	}
	while (carry != 0) {
		d->limb[d->n++] = carry % LIMB;
		carry /= LIMB;
	}
}

/* d = m * base^exp */
static void
set_product(struct decimal *d, uint64_t m, uint32_t base, int exp)
{
	uint32_t step = 1;
	int per = 0;

	for (d->n = 0; m != 0; m /= LIMB)
		d->limb[d->n++] = m % LIMB;
	while ((uint64_t)step * base < UINT32_MAX) {
		step *= base;
		per++;
	}
	for (; exp >= per; exp -= per)
		multiply(d, step);
	for (step = 1; exp > 0; exp--)
		step *= base;
	multiply(d, step);
}

/* All digits, most significant first, no leading zeros. */
static int
write_digits(const struct decimal *d, char *buf)
{
	char *p = buf;
	uint32_t v;
	int i, j;

	for (i = d->n - 1; i >= 0; i--) {
		v = d->limb[i];
		for (j = LIMB_DIGITS - 1; j >= 0; j--) {
			p[j] = '0' + v % 10;
			v /= 10;
		}
		p += LIMB_DIGITS;
	}
	for (i = 0; buf + i < p && buf[i] == '0'; i++)
		;
	memmove(buf, buf + i, p - buf - i);
	return (p - buf - i);
}

/* Splits a finite value > 0. */
static uint64_t
split(long double v, int *exp)
{
	union {
		long double v;
		struct {
			uint64_t m;
			uint16_t se;
		} i;
	} u = { .v = v };
	int e, shift;

	e = u.i.se & 0x7fff;
	*exp = (e != 0 ? e : 1) - 16383 - 63;
	shift = __builtin_ctzll(u.i.m);
	*exp += shift;
	return (u.i.m >> shift);
}

/* Cuts to n digits, rounding to nearest, ties to even. */
static int
round_to(char *buf, int len, int n, int *decpt)
{
	bool up;
	int i;

	if (n >= len)
		return (len);
	if (n < 0)
		return (0);
	up = buf[n] > '5';
	if (buf[n] == '5') {
		for (i = n + 1; i < len && buf[i] == '0'; i++)
			;
		up = i < len || (n > 0 && (buf[n - 1] - '0') % 2 != 0);
	}
	if (!up)
		return (n);
	for (i = n - 1; i >= 0 && buf[i] == '9'; i--)
		buf[i] = '0';
	if (i >= 0) {
		buf[i]++;
		return (n);
	}
	/* 9.99 became 10.00 */
	buf[0] = '1';
	memset(buf + 1, '0', n);
	(*decpt)++;
	return (n == 0 ? 1 : n);
}

int
__fp_digits(long double v, bool significant, int ndigits, char *buf,
    int *decpt)
{
	struct decimal d;
	uint64_t m;
	int exp, len, want;

	*decpt = 1;
	if (v == 0)
		return (0);
	m = split(v, &exp);

	/* 5^k has less than 7/3 * k bits. */
	uint32_t limbs[LIMBS(64 + (exp >= 0 ? exp : -exp * 7 / 3))];

	d.limb = limbs;
	if (exp >= 0) {
		set_product(&d, m, 2, exp);
		len = write_digits(&d, buf);
		*decpt = len;
	} else {
		set_product(&d, m, 5, -exp);
		len = write_digits(&d, buf);
		*decpt = len + exp;
	}
	if (significant)
		want = ndigits;
	else if (ndigits > FP_MAXDIGITS * 2)
		want = len;
	else
		want = *decpt + ndigits;
	return (round_to(buf, len, want, decpt));
}
