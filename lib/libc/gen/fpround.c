/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating point environment, System V names: the x87's control word
 * and MXCSR always agree.
 */
#include <sys/types.h>
#include <ieeefp.h>

static unsigned int
get_cw(void)
{
	uint16_t cw;

	__asm__ volatile("fnstcw %0" : "=m" (cw));
	return (cw);
}

static unsigned int
get_mxcsr(void)
{
	uint32_t mxcsr;

	__asm__ volatile("stmxcsr %0" : "=m" (mxcsr));
	return (mxcsr);
}

static void
set_cw(unsigned int value)
{
	uint16_t cw = (uint16_t)value;

	__asm__ volatile("fldcw %0" : : "m" (cw));
}

static void
set_mxcsr(unsigned int value)
{
	uint32_t mxcsr = value;

	__asm__ volatile("ldmxcsr %0" : : "m" (mxcsr));
}

fp_rnd_t
fpgetround(void)
{
	return ((fp_rnd_t)((get_cw() & FP_RND_FLD) >> FP_RND_OFF));
}

fp_rnd_t
fpsetround(fp_rnd_t mode)
{
	fp_rnd_t old = fpgetround();

	set_cw((get_cw() & ~FP_RND_FLD) | ((unsigned int)mode << FP_RND_OFF));
	set_mxcsr((get_mxcsr() & ~SSE_RND_FLD) |
	    ((unsigned int)mode << SSE_RND_OFF));
	return (old);
}

/* Only the x87 has a precision. */
fp_prec_t
fpgetprec(void)
{
	return ((fp_prec_t)((get_cw() & FP_PRC_FLD) >> FP_PRC_OFF));
}

fp_prec_t
fpsetprec(fp_prec_t prec)
{
	fp_prec_t old = fpgetprec();

	set_cw((get_cw() & ~FP_PRC_FLD) | ((unsigned int)prec << FP_PRC_OFF));
	return (old);
}

/* A bit in the registers masks an exception; here it enables it. */
fp_except_t
fpgetmask(void)
{
	return ((fp_except_t)(~get_cw() & FP_MSKS_FLD));
}

fp_except_t
fpsetmask(fp_except_t mask)
{
	fp_except_t old = fpgetmask();
	unsigned int off = ~(unsigned int)mask & FP_MSKS_FLD;

	set_cw((get_cw() & ~FP_MSKS_FLD) | off);
	set_mxcsr((get_mxcsr() & ~SSE_MSKS_FLD) | (off << SSE_MSKS_OFF));
	return (old);
}

fp_except_t
fpgetsticky(void)
{
	uint16_t sw;

	__asm__ volatile("fnstsw %0" : "=m" (sw));
	return ((fp_except_t)((sw | get_mxcsr()) & FP_STKY_FLD));
}

/* Clear the exceptions of mask; returns those that had been raised. */
fp_except_t
fpresetsticky(fp_except_t mask)
{
	struct {
		uint32_t control, status, rest[5];
	} env;
	fp_except_t old = fpgetsticky();

	__asm__ volatile("fnstenv %0" : "=m" (env));
	env.status &= ~((uint32_t)mask & FP_STKY_FLD);
	__asm__ volatile("fldenv %0" : : "m" (env));
	set_mxcsr(get_mxcsr() & ~((uint32_t)mask & SSE_STKY_FLD));
	return (old);
}
