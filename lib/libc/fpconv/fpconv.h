/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exact conversion between binary floating point and decimal.
 *
 * Both directions work on integers of any length, so every result is the
 * correctly rounded one (to nearest, ties to even), for float, double and the
 * 80-bit long double, and for any number of digits.
 */
#ifndef _FPCONV_H_
#define	_FPCONV_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Room for the longest exact decimal expansion of a long double, and of one
 * whose magnitude is that of a double.
 */
#define	FP_MAXDIGITS	16500
#define	FP_DBLDIGITS	1200

/* Sizes of the types' fields. */
struct fpformat {
	int	mantbits;	/* significant bits including the first one */
	int	minexp;		/* exponent of the last bit of a denormal */
	int	maxexp;		/* values are below 2^maxexp */
};
extern const struct fpformat __fp_float, __fp_double, __fp_ldouble;

/*
 * Decimal digits of a finite value >= 0.  `significant' says whether ndigits
 * counts significant digits (then >= 1) or digits behind the decimal point
 * (which may be negative).  Writes the digits, without trailing NUL, to buf
 * (with room as above), returns how many, at most what was asked for: what
 * is missing are zeros.  *decpt is where the point goes: value =
 * 0.DIGITS * 10^decpt.  Zero gives no digits.
 */
int	__fp_digits(long double, bool significant, int ndigits, char *buf,
	    int *decpt);

/*
 * Reads a number as strtod(3) does, from n characters of s (which needs no
 * terminator); `point' is the locale's decimal point.  Returns the value,
 * rounded to the given format; *used is 0 if there is no number, *range is
 * set if the value does not fit.
 */
long double __fp_parse(const char *s, size_t n, const char *point,
	    const struct fpformat *, size_t *used, bool *range);

#endif
