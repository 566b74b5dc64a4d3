/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the mathematical functions taken from musl expect of their own
 * library's headers; included in front of each of them.
 */
#ifndef FEATURES_H
#define	FEATURES_H

#define	weak		__attribute__((__weak__))
#define	hidden		__attribute__((__visibility__("hidden")))
#define	weak_alias(old, new) \
	extern __typeof(old) new __attribute__((__weak__, __alias__(#old)))

#include <math.h>

float		exp10f(float);
double		exp10(double);
long double	exp10l(long double);
extern int	signgam;

#endif
