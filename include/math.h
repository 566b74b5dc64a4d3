/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mathematics.
 */
#ifndef _MATH_H_
#define _MATH_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

typedef double	double_t;
typedef float	float_t;

#define HUGE_VAL	__builtin_huge_val()
#define HUGE_VALF	__builtin_huge_valf()
#define HUGE_VALL	__builtin_huge_vall()
#define INFINITY	__builtin_inff()
#define NAN		__builtin_nanf("")

#define FP_ILOGB0	(-0x7fffffff - 1)
#define FP_ILOGBNAN	(-0x7fffffff - 1)

#define MATH_ERRNO	1
#define MATH_ERREXCEPT	2
#define math_errhandling	MATH_ERREXCEPT

/* fpclassify() */
#define FP_INFINITE	0
#define FP_NAN		1
#define FP_NORMAL	2
#define FP_SUBNORMAL	3
#define FP_ZERO		4

#define fpclassify(x)	__builtin_fpclassify(FP_NAN, FP_INFINITE, FP_NORMAL, \
			    FP_SUBNORMAL, FP_ZERO, x)
#define isfinite(x)	__builtin_isfinite(x)
#define isinf(x)	__builtin_isinf(x)
#define isnan(x)	__builtin_isnan(x)
#define isnormal(x)	__builtin_isnormal(x)
#define signbit(x)	__builtin_signbit(x)

#define isgreater(x, y)		__builtin_isgreater((x), (y))
#define isgreaterequal(x, y)	__builtin_isgreaterequal((x), (y))
#define isless(x, y)		__builtin_isless((x), (y))
#define islessequal(x, y)	__builtin_islessequal((x), (y))
#define islessgreater(x, y)	__builtin_islessgreater((x), (y))
#define isunordered(x, y)	__builtin_isunordered((x), (y))

#if __BSD_VISIBLE || __XSI_VISIBLE
#define M_E		2.7182818284590452354	/* e */
#define M_LOG2E		1.4426950408889634074	/* log 2e */
#define M_LOG10E	0.43429448190325182765	/* log 10e */
#define M_LN2		0.69314718055994530942	/* log e2 */
#define M_LN10		2.30258509299404568402	/* log e10 */
#define M_PI		3.14159265358979323846	/* pi */
#define M_PI_2		1.57079632679489661923	/* pi / 2 */
#define M_PI_4		0.78539816339744830962	/* pi / 4 */
#define M_1_PI		0.31830988618379067154	/* 1 / pi */
#define M_2_PI		0.63661977236758134308	/* 2 / pi */
#define M_2_SQRTPI	1.12837916709551257390	/* 2 / sqrt(pi) */
#define M_SQRT2		1.41421356237309504880	/* sqrt(2) */
#define M_SQRT1_2	0.70710678118654752440	/* 1 / sqrt(2) */
#define MAXFLOAT	((float)3.40282346638528860e+38)
#endif
#if __BSD_VISIBLE
#define HUGE		MAXFLOAT
#define M_PIl		3.141592653589793238462643383279502884L
#endif

/* name(), namef(), namel() of one, two or three arguments. */
#define __MATH1(name)							\
	double		name(double);					\
	float		name##f(float);					\
	long double	name##l(long double)
#define __MATH2(name)							\
	double		name(double, double);				\
	float		name##f(float, float);				\
	long double	name##l(long double, long double)
#define __MATHX(ret, name)						\
	ret	name(double);						\
	ret	name##f(float);						\
	ret	name##l(long double)

__BEGIN_DECLS
__MATH1(acos);
__MATH1(acosh);
__MATH1(asin);
__MATH1(asinh);
__MATH1(atan);
__MATH2(atan2);
__MATH1(atanh);
__MATH1(cbrt);
__MATH1(ceil);
__MATH2(copysign);
__MATH1(cos);
__MATH1(cosh);
__MATH1(erf);
__MATH1(erfc);
__MATH1(exp);
__MATH1(exp2);
__MATH1(expm1);
__MATH1(fabs);
__MATH2(fdim);
__MATH1(floor);
double		fma(double, double, double);
float		fmaf(float, float, float);
long double	fmal(long double, long double, long double);
__MATH2(fmax);
__MATH2(fmin);
__MATH2(fmod);
double		frexp(double, int *);
float		frexpf(float, int *);
long double	frexpl(long double, int *);
__MATH2(hypot);
__MATHX(int, ilogb);
double		ldexp(double, int);
float		ldexpf(float, int);
long double	ldexpl(long double, int);
__MATH1(lgamma);
__MATHX(long long, llrint);
__MATHX(long long, llround);
__MATH1(log);
__MATH1(log10);
__MATH1(log1p);
__MATH1(log2);
__MATH1(logb);
__MATHX(long, lrint);
__MATHX(long, lround);
double		modf(double, double *);
float		modff(float, float *);
long double	modfl(long double, long double *);
double		nan(const char *);
float		nanf(const char *);
long double	nanl(const char *);
__MATH1(nearbyint);
__MATH2(nextafter);
double		nexttoward(double, long double);
float		nexttowardf(float, long double);
long double	nexttowardl(long double, long double);
__MATH2(pow);
__MATH2(remainder);
double		remquo(double, double, int *);
float		remquof(float, float, int *);
long double	remquol(long double, long double, int *);
__MATH1(rint);
__MATH1(round);
double		scalbln(double, long);
float		scalblnf(float, long);
long double	scalblnl(long double, long);
double		scalbn(double, int);
float		scalbnf(float, int);
long double	scalbnl(long double, int);
__MATH1(sin);
__MATH1(sinh);
__MATH1(sqrt);
__MATH1(tan);
__MATH1(tanh);
__MATH1(tgamma);
__MATH1(trunc);

#if __BSD_VISIBLE || __XSI_VISIBLE
extern int signgam;
double	j0(double);
double	j1(double);
double	jn(int, double);
double	y0(double);
double	y1(double);
double	yn(int, double);
#endif
#if __BSD_VISIBLE
double	drem(double, double);
float	dremf(float, float);
int	finite(double);
int	finitef(float);
double	gamma(double);
double	gamma_r(double, int *);
float	j0f(float);
float	j1f(float);
float	jnf(int, float);
double	lgamma_r(double, int *);
float	lgammaf_r(float, int *);
long double lgammal_r(long double, int *);
double	scalb(double, double);
float	scalbf(float, float);
double	significand(double);
float	significandf(float);
void	sincos(double, double *, double *);
void	sincosf(float, float *, float *);
void	sincosl(long double, long double *, long double *);
float	y0f(float);
float	y1f(float);
float	ynf(int, float);
int	isnanf(float);
double	exp10(double);
float	exp10f(float);
long double exp10l(long double);
double	pow10(double);
float	pow10f(float);
long double pow10l(long double);
#endif
__END_DECLS

#undef __MATH1
#undef __MATH2
#undef __MATHX

#endif /* !_MATH_H_ */
