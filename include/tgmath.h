/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mathematics by the type of the arguments.
 */
#ifndef _TGMATH_H_
#define _TGMATH_H_

#include <math.h>
#include <complex.h>

#ifndef __cplusplus

/* The function of the widest real type among the arguments. */
#define __tg_real(x)	__typeof__(_Generic((x),			\
	float: 1.0f, long double: 1.0L, default: 1.0))
#define __tg1(x, fn)							\
	_Generic((x), float: fn##f, long double: fn##l, default: fn)(x)
#define __tg2(x, y, fn)							\
	_Generic((__tg_real(x))0 + (__tg_real(y))0,			\
	    float: fn##f, long double: fn##l, default: fn)(x, y)
#define __tg3(x, y, z, fn)						\
	_Generic((__tg_real(x))0 + (__tg_real(y))0 + (__tg_real(z))0,	\
	    float: fn##f, long double: fn##l, default: fn)(x, y, z)
/* The second argument has a type of its own. */
#define __tgx(x, y, fn)							\
	_Generic((x), float: fn##f, long double: fn##l, default: fn)(x, y)
#define __tgxx(x, y, z, fn)						\
	_Generic((__tg_real(x))0 + (__tg_real(y))0,			\
	    float: fn##f, long double: fn##l, default: fn)(x, y, z)
/* There is a complex function as well. */
#define __tgc(x, fn, cfn)						\
	_Generic((x), float: fn##f, long double: fn##l,			\
	    float _Complex: cfn##f, double _Complex: cfn,		\
	    long double _Complex: cfn##l, default: fn)(x)
#define __tgc2(x, y, fn, cfn)						\
	_Generic((x) + (y), float: fn##f, long double: fn##l,		\
	    float _Complex: cfn##f, double _Complex: cfn,		\
	    long double _Complex: cfn##l, default: fn)(x, y)
#define __tgo(x, cfn)							\
	_Generic((x), float: cfn##f, float _Complex: cfn##f,		\
	    long double: cfn##l, long double _Complex: cfn##l,		\
	    default: cfn)(x)

#define acos(x)		__tgc((x), acos, cacos)
#define asin(x)		__tgc((x), asin, casin)
#define atan(x)		__tgc((x), atan, catan)
#define acosh(x)	__tgc((x), acosh, cacosh)
#define asinh(x)	__tgc((x), asinh, casinh)
#define atanh(x)	__tgc((x), atanh, catanh)
#define cos(x)		__tgc((x), cos, ccos)
#define sin(x)		__tgc((x), sin, csin)
#define tan(x)		__tgc((x), tan, ctan)
#define cosh(x)		__tgc((x), cosh, ccosh)
#define sinh(x)		__tgc((x), sinh, csinh)
#define tanh(x)		__tgc((x), tanh, ctanh)
#define exp(x)		__tgc((x), exp, cexp)
#define log(x)		__tgc((x), log, clog)
#define pow(x, y)	__tgc2((x), (y), pow, cpow)
#define sqrt(x)		__tgc((x), sqrt, csqrt)
#define fabs(x)		__tgc((x), fabs, cabs)

#define atan2(x, y)	__tg2((x), (y), atan2)
#define cbrt(x)		__tg1((x), cbrt)
#define ceil(x)		__tg1((x), ceil)
#define copysign(x, y)	__tg2((x), (y), copysign)
#define erf(x)		__tg1((x), erf)
#define erfc(x)		__tg1((x), erfc)
#define exp2(x)		__tg1((x), exp2)
#define expm1(x)	__tg1((x), expm1)
#define fdim(x, y)	__tg2((x), (y), fdim)
#define floor(x)	__tg1((x), floor)
#define fma(x, y, z)	__tg3((x), (y), (z), fma)
#define fmax(x, y)	__tg2((x), (y), fmax)
#define fmin(x, y)	__tg2((x), (y), fmin)
#define fmod(x, y)	__tg2((x), (y), fmod)
#define frexp(x, y)	__tgx((x), (y), frexp)
#define hypot(x, y)	__tg2((x), (y), hypot)
#define ilogb(x)	__tg1((x), ilogb)
#define ldexp(x, y)	__tgx((x), (y), ldexp)
#define lgamma(x)	__tg1((x), lgamma)
#define llrint(x)	__tg1((x), llrint)
#define llround(x)	__tg1((x), llround)
#define log10(x)	__tg1((x), log10)
#define log1p(x)	__tg1((x), log1p)
#define log2(x)		__tg1((x), log2)
#define logb(x)		__tg1((x), logb)
#define lrint(x)	__tg1((x), lrint)
#define lround(x)	__tg1((x), lround)
#define nearbyint(x)	__tg1((x), nearbyint)
#define nextafter(x, y)	__tg2((x), (y), nextafter)
#define nexttoward(x, y) __tgx((x), (y), nexttoward)
#define remainder(x, y)	__tg2((x), (y), remainder)
#define remquo(x, y, z)	__tgxx((x), (y), (z), remquo)
#define rint(x)		__tg1((x), rint)
#define round(x)	__tg1((x), round)
#define scalbn(x, y)	__tgx((x), (y), scalbn)
#define scalbln(x, y)	__tgx((x), (y), scalbln)
#define tgamma(x)	__tg1((x), tgamma)
#define trunc(x)	__tg1((x), trunc)

#define carg(x)		__tgo((x), carg)
#define cimag(x)	__tgo((x), cimag)
#define conj(x)		__tgo((x), conj)
#define cproj(x)	__tgo((x), cproj)
#define creal(x)	__tgo((x), creal)

#endif

#endif /* !_TGMATH_H_ */
