/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Complex numbers.
 */
#ifndef _COMPLEX_H_
#define _COMPLEX_H_

#include <sys/cdefs.h>

#define _Complex_I	((float _Complex)1.0i)
#ifndef __cplusplus
#define complex		_Complex
#endif
#define I		_Complex_I

#if __ISO_C_VISIBLE >= 2011
#define CMPLX(x, y)	__builtin_complex((double)(x), (double)(y))
#define CMPLXF(x, y)	__builtin_complex((float)(x), (float)(y))
#define CMPLXL(x, y)	__builtin_complex((long double)(x), (long double)(y))
#endif

#define __COMPLEX_R(name)						\
	double		name(double _Complex);				\
	float		name##f(float _Complex);			\
	long double	name##l(long double _Complex)
#define __COMPLEX_C(name)						\
	double _Complex		name(double _Complex);			\
	float _Complex		name##f(float _Complex);		\
	long double _Complex	name##l(long double _Complex)

__BEGIN_DECLS
__COMPLEX_R(cabs);
__COMPLEX_R(carg);
__COMPLEX_R(cimag);
__COMPLEX_R(creal);
__COMPLEX_C(cacos);
__COMPLEX_C(cacosh);
__COMPLEX_C(casin);
__COMPLEX_C(casinh);
__COMPLEX_C(catan);
__COMPLEX_C(catanh);
__COMPLEX_C(ccos);
__COMPLEX_C(ccosh);
__COMPLEX_C(cexp);
__COMPLEX_C(clog);
__COMPLEX_C(conj);
__COMPLEX_C(cproj);
__COMPLEX_C(csin);
__COMPLEX_C(csinh);
__COMPLEX_C(csqrt);
__COMPLEX_C(ctan);
__COMPLEX_C(ctanh);
double _Complex		cpow(double _Complex, double _Complex);
float _Complex		cpowf(float _Complex, float _Complex);
long double _Complex	cpowl(long double _Complex, long double _Complex);
__END_DECLS

#undef __COMPLEX_R
#undef __COMPLEX_C

#endif /* !_COMPLEX_H_ */
