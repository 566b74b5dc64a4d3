/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The few functions of <math.h> that the C library itself provides.
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

#undef isinf
#undef isnan
#undef isnanf

#define	EXP_SHIFT	52
#define	EXP_MASK	0x7ff
#define	EXP_BIAS	1023
#define	MANT_MASK	((1ULL << EXP_SHIFT) - 1)

int	isinf(double);
int	isnan(double);
int	isnanf(float);
int	finite(double);
int	finitef(float);

static uint64_t
bits(double d)
{
	uint64_t u;

	memcpy(&u, &d, sizeof(u));
	return (u);
}

static double
from_bits(uint64_t u)
{
	double d;

	memcpy(&d, &u, sizeof(d));
	return (d);
}

double
fabs(double d)
{
	return (__builtin_fabs(d));
}

int
isinf(double d)
{
	return ((bits(d) & INT64_MAX) == (uint64_t)EXP_MASK << EXP_SHIFT);
}

int
isnan(double d)
{
	return (d != d);
}

int
isnanf(float f)
{
	return (f != f);
}

int
finite(double d)
{
	return (((bits(d) >> EXP_SHIFT) & EXP_MASK) != EXP_MASK);
}

int
finitef(float f)
{
	return (finite(f));
}

double
frexp(double d, int *exp)
{
	uint64_t u = bits(d);
	int e = (u >> EXP_SHIFT) & EXP_MASK;

	*exp = 0;
	if (e == EXP_MASK || d == 0)
		return (d);
	if (e == 0) {
		d = frexp(d * 0x1p64, exp);
		*exp -= 64;
		return (d);
	}
	*exp = e - (EXP_BIAS - 1);
	u &= ~((uint64_t)EXP_MASK << EXP_SHIFT);
	return (from_bits(u | (uint64_t)(EXP_BIAS - 1) << EXP_SHIFT));
}

/* Steps that stay in range, so that a denormal result is rounded once. */
double
ldexp(double d, int exp)
{
	while (exp > EXP_BIAS) {
		d *= 0x1p1023;
		exp -= EXP_BIAS;
		if (exp > 3 * EXP_BIAS)
			exp = 3 * EXP_BIAS;
	}
	while (exp < 1 - EXP_BIAS) {
		/* 2^-1022 * 2^53: leaves room for the last rounding. */
		d *= 0x1p-969;
		exp += 969;
		if (exp < -3 * EXP_BIAS)
			exp = -3 * EXP_BIAS;
	}
	return (d * from_bits((uint64_t)(EXP_BIAS + exp) << EXP_SHIFT));
}

double
modf(double d, double *ip)
{
	uint64_t u = bits(d), frac;
	int e = (int)((u >> EXP_SHIFT) & EXP_MASK) - EXP_BIAS;

	if (e >= EXP_SHIFT) {
		*ip = d;
		if (d != d)
			return (d);
		return (from_bits(u & (uint64_t)INT64_MIN));
	}
	if (e < 0) {
		*ip = from_bits(u & (uint64_t)INT64_MIN);
		return (d);
	}
	frac = MANT_MASK >> e;
	*ip = from_bits(u & ~frac);
	if ((u & frac) == 0)
		return (from_bits(u & (uint64_t)INT64_MIN));
	return (d - *ip);
}
