/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characteristics of the floating types: IEEE single and double in SSE, and
 * the 80-bit format of the x87 for long double.
 */
#ifndef _CPU_FLOAT_H_
#define _CPU_FLOAT_H_

#include <sys/cdefs.h>

__BEGIN_DECLS
extern int __flt_rounds(void);
__END_DECLS

#undef FLT_ROUNDS
#define FLT_ROUNDS	__flt_rounds()
#undef FLT_RADIX
#define FLT_RADIX	2

#undef FLT_EVAL_METHOD
#undef DECIMAL_DIG
#define FLT_EVAL_METHOD	__FLT_EVAL_METHOD__
#define DECIMAL_DIG	21

#undef FLT_MANT_DIG
#undef FLT_EPSILON
#undef FLT_DIG
#undef FLT_MIN_EXP
#undef FLT_MIN
#undef FLT_MIN_10_EXP
#undef FLT_MAX_EXP
#undef FLT_MAX
#undef FLT_MAX_10_EXP
#undef FLT_TRUE_MIN
#undef FLT_DECIMAL_DIG
#undef FLT_HAS_SUBNORM
#define FLT_MANT_DIG	24
#define FLT_EPSILON	1.19209290E-07F
#define FLT_DIG		6
#define FLT_MIN_EXP	(-125)
#define FLT_MIN		1.17549435E-38F
#define FLT_MIN_10_EXP	(-37)
#define FLT_MAX_EXP	128
#define FLT_MAX		3.40282347E+38F
#define FLT_MAX_10_EXP	38
#define FLT_TRUE_MIN	1.40129846E-45F
#define FLT_DECIMAL_DIG	9
#define FLT_HAS_SUBNORM	1

#undef DBL_MANT_DIG
#undef DBL_EPSILON
#undef DBL_DIG
#undef DBL_MIN_EXP
#undef DBL_MIN
#undef DBL_MIN_10_EXP
#undef DBL_MAX_EXP
#undef DBL_MAX
#undef DBL_MAX_10_EXP
#undef DBL_TRUE_MIN
#undef DBL_DECIMAL_DIG
#undef DBL_HAS_SUBNORM
#define DBL_MANT_DIG	53
#define DBL_EPSILON	2.2204460492503131E-16
#define DBL_DIG		15
#define DBL_MIN_EXP	(-1021)
#define DBL_MIN		2.2250738585072014E-308
#define DBL_MIN_10_EXP	(-307)
#define DBL_MAX_EXP	1024
#define DBL_MAX		1.7976931348623157E+308
#define DBL_MAX_10_EXP	308
#define DBL_TRUE_MIN	4.9406564584124654E-324
#define DBL_DECIMAL_DIG	17
#define DBL_HAS_SUBNORM	1

#undef LDBL_MANT_DIG
#undef LDBL_EPSILON
#undef LDBL_DIG
#undef LDBL_MIN_EXP
#undef LDBL_MIN
#undef LDBL_MIN_10_EXP
#undef LDBL_MAX_EXP
#undef LDBL_MAX
#undef LDBL_MAX_10_EXP
#undef LDBL_TRUE_MIN
#undef LDBL_DECIMAL_DIG
#undef LDBL_HAS_SUBNORM
#define LDBL_MANT_DIG	64
#define LDBL_EPSILON	1.0842021724855044340E-19L
#define LDBL_DIG	18
#define LDBL_MIN_EXP	(-16381)
#define LDBL_MIN	3.3621031431120935063E-4932L
#define LDBL_MIN_10_EXP	(-4931)
#define LDBL_MAX_EXP	16384
#define LDBL_MAX	1.1897314953572317650E+4932L
#define LDBL_MAX_10_EXP	4932
#define LDBL_TRUE_MIN	3.6451995318824746025E-4951L
#define LDBL_DECIMAL_DIG 21
#define LDBL_HAS_SUBNORM 1

#endif /* !_CPU_FLOAT_H_ */
