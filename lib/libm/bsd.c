/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Old BSD names: drem, gamma and gamma_r.
 */
#include <math.h>

double	drem(double, double);
float	dremf(float, float);
double	gamma(double);
float	gammaf(float);
double	gamma_r(double, int *);
float	gammaf_r(float, int *);

double
drem(double x, double y)
{
	return (remainder(x, y));
}

float
dremf(float x, float y)
{
	return (remainderf(x, y));
}

double
gamma(double x)
{
	return (lgamma(x));
}

float
gammaf(float x)
{
	return (lgammaf(x));
}

double
gamma_r(double x, int *sign)
{
	return (lgamma_r(x, sign));
}

float
gammaf_r(float x, int *sign)
{
	return (lgammaf_r(x, sign));
}
