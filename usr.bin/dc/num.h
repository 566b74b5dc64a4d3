/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decimal numbers of any length, for dc(1) and bc(1).
 *
 * A number is an integer divided by ten to its scale.  Results are new
 * numbers, to be freed by the caller; they are exact but for what is said.
 */
#ifndef _NUM_H_
#define _NUM_H_

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct num {
	int	negative;
	unsigned int scale;		/* digits behind the point */
	size_t	n;			/* limbs in use; 0 for zero */
	uint32_t *limb;			/* base 10^9, least first */
};

struct num *num_int(long v);
/*
 * Reads digits of the base (2 to 16), a point and a sign "-" or "_"; moves
 * *s behind them.  In bases other than ten the fraction is cut at as many
 * decimals as it has digits.
 */
struct num *num_parse(const char **s, unsigned int base);
struct num *num_copy(const struct num *a);
void	num_free(struct num *a);

int	num_is_zero(const struct num *a);
int	num_compare(const struct num *a, const struct num *b);
/* The integer part; saturates at LONG_MAX and LONG_MIN. */
long	num_to_long(const struct num *a);
/* Decimal digits in all, leading zeros of a fraction not counted. */
size_t	num_length(const struct num *a);

struct num *num_add(const struct num *a, const struct num *b);
struct num *num_sub(const struct num *a, const struct num *b);
/* Scale: min(sum of scales, max(scale, scale of a, scale of b)). */
struct num *num_mul(const struct num *a, const struct num *b,
	    unsigned int scale);
/* Cut at that scale; NULL if b is zero, as for the next. */
struct num *num_div(const struct num *a, const struct num *b,
	    unsigned int scale);
/* a - (a / b at that scale) * b */
struct num *num_mod(const struct num *a, const struct num *b,
	    unsigned int scale);
/* b's integer part counts; NULL for zero to a negative power. */
struct num *num_pow(const struct num *a, const struct num *b,
	    unsigned int scale);
/* NULL if a is negative. */
struct num *num_sqrt(const struct num *a, unsigned int scale);
/* With exactly that many decimals: cut or filled up with zeros. */
struct num *num_rescale(const struct num *a, unsigned int scale);

/*
 * Prints in the base, which is at least 2; above 16, digits are decimal
 * numbers.  Lines longer than width (0: no limit) are continued with a
 * backslash; *column is where the output stands.
 */
void	num_print(FILE *f, const struct num *a, long base, int width,
	    int *column);

#endif
