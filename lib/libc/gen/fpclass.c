/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The few functions of <math.h> that live in libc, and the rounding mode.
 */
#include <float.h>
#include <math.h>
#include <stdint.h>

#include "libc_private.h"

int	__flt_rounds(void);
int	(isnan)(double);
int	(isinf)(double);

union double_bits {
	double		d;
	uint64_t	u;
};

#define EXP_SHIFT	52
#define EXP_MASK	0x7ff
#define EXP_BIAS	1022		/* of a fraction in [0.5, 1) */

#undef isnan
#undef isinf

int
isnan(double x)
{
	return (x != x);
}

int
isnanf(float x)
{
	return (x != x);
}

int
isinf(double x)
{
	return (__builtin_isinf(x));
}

double
fabs(double x)
{
	return (__builtin_fabs(x));
}

int
finite(double x)
{
	return (__builtin_isfinite(x));
}

int
finitef(float x)
{
	return (__builtin_isfinite(x));
}

double
frexp(double x, int *expp)
{
	union double_bits v = { .d = x };
	int e = (int)(v.u >> EXP_SHIFT) & EXP_MASK;

	*expp = 0;
	if (e == EXP_MASK || x == 0)
		return (x);
	if (e == 0) {				/* subnormal */
		v.d = x * 0x1p54;
		e = ((int)(v.u >> EXP_SHIFT) & EXP_MASK) - 54;
	}
	*expp = e - EXP_BIAS;
	v.u &= ~((uint64_t)EXP_MASK << EXP_SHIFT);
	v.u |= (uint64_t)EXP_BIAS << EXP_SHIFT;
	return (v.d);
}

double
ldexp(double x, int n)
{
	union double_bits scale;
	int i;

	/* In steps that cannot overflow by themselves. */
	for (i = 0; i < 2 && n > 1023; i++, n -= 1023)
		x *= 0x1p1023;
	for (i = 0; i < 2 && n < -1022; i++, n += 1022 - 53)
		x *= 0x1p-1022 * 0x1p53;
	if (n > 1023)
		n = 1023;
	if (n < -1022)
		n = -1022;
	scale.u = (uint64_t)(n + 1023) << EXP_SHIFT;
	return (x * scale.d);
}

double
modf(double x, double *wholep)
{
	union double_bits v = { .d = x };
	int e = ((int)(v.u >> EXP_SHIFT) & EXP_MASK) - 1023;

	if (e >= EXP_SHIFT) {
		*wholep = x;
		return (x != x ? x : __builtin_copysign(0, x));
	}
	if (e < 0) {
		*wholep = __builtin_copysign(0, x);
		return (x);
	}
	v.u &= ~(uint64_t)0 << (EXP_SHIFT - e);
	*wholep = v.d;
	return (__builtin_copysign(x - v.d, x));
}

/* FLT_ROUNDS, from the x87's control word. */
int
__flt_rounds(void)
{
	static const int modes[] = { 1, 3, 2, 0 };
	unsigned short cw;

	__asm __volatile("fnstcw %0" : "=m" (cw));
	return (modes[(cw >> 10) & 3]);
}
