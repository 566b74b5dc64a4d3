/* SPDX-License-Identifier: BSD-2-Clause */
/* A library the test program is linked with; needs libb. */
#include "t.h"

int	b_value(void);
extern int order[8], norder;
int	order[8], norder;

int	a_copied = 42;			/* copied into the program */
__thread int a_tls = 7;			/* general dynamic */
__thread int a_zero;
static __thread int a_local = 9;	/* local dynamic */

int	a_call_b(void);
int	*a_copied_addr(void);
int	*a_tls_addr(void);
int	a_local_get(void);
double	a_mix(int, double, int, double, float, long, long, long, long, long);
int	a_ifunc(void);
int	weak_missing(void) __attribute__((__weak__));
int	a_weak(void);
int	interposed(void);
int	a_interposed(void);
int	vers_old(void);
int	vers_new(void);

static void __attribute__((__constructor__))
init(void)
{
	order[norder++] = 'a';
}

int
a_call_b(void)
{
	return (b_value());
}

int *
a_copied_addr(void)
{
	return (&a_copied);
}

int *
a_tls_addr(void)
{
	return (&a_tls);
}

int
a_local_get(void)
{
	return (a_local++ + a_zero);
}

/* Integer, floating point and stack arguments through the lazy stub. */
double
a_mix(int a, double b, int c, double d, float e, long f, long g, long h,
    long i, long j)
{
	return (a + b + c + d + e + f + g + h + i + j);
}

int
a_weak(void)
{
	return (weak_missing != 0);
}

int
interposed(void)
{
	return (1);
}

int
a_interposed(void)
{
	return (interposed());
}

int
vers_old(void)
{
	return (1);
}

int
vers_new(void)
{
	return (2);
}
__asm__(".symver vers_old, vers@V1\n.symver vers_new, vers@@V2\n");

static int
ifunc_target(void)
{
	return (77);
}

static void *__attribute__((__used__))
ifunc_resolve(void)
{
	return ((void *)ifunc_target);
}
__asm__(".globl a_ifunc\n.type a_ifunc, @gnu_indirect_function\n"
    ".set a_ifunc, ifunc_resolve\n");
