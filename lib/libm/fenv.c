/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating point environment.  x87 and SSE have one each: both are set
 * alike, and an exception raised in either counts.
 */
#include <fenv.h>

#define	MXCSR_SHIFT	7	/* of the exception masks */
#define	ROUND_MASK	0x0c00	/* of the x87 control word */
#define	MXCSR_ROUND	3	/* shift from there to MXCSR's rounding bits */
#define	CW_DEFAULT	0x37f
#define	MXCSR_DEFAULT	0x1f80

const fenv_t __fe_dfl_env = {
	{ 0xffff0000 | CW_DEFAULT, 0xffff0000, 0xffffffff, { 0 } },
	MXCSR_DEFAULT
};

static inline unsigned int
get_mxcsr(void)
{
	unsigned int v;

	__asm__ volatile("stmxcsr %0" : "=m" (v));
	return (v);
}

static inline void
set_mxcsr(unsigned int v)
{
	__asm__ volatile("ldmxcsr %0" : : "m" (v));
}

static inline unsigned short
get_cw(void)
{
	unsigned short v;

	__asm__ volatile("fnstcw %0" : "=m" (v));
	return (v);
}

static inline void
set_cw(unsigned short v)
{
	__asm__ volatile("fldcw %0" : : "m" (v));
}

static inline unsigned short
get_sw(void)
{
	unsigned short v;

	__asm__ volatile("fnstsw %0" : "=am" (v));
	return (v);
}

int
fegetenv(fenv_t *env)
{
	/* fnstenv masks all exceptions: restore what was there. */
	__asm__ volatile("fnstenv %0; fldenv %0" : "=m" (env->__x87));
	env->__mxcsr = get_mxcsr();
	return (0);
}

int
fesetenv(const fenv_t *env)
{
	__asm__ volatile("fldenv %0" : : "m" (env->__x87));
	set_mxcsr(env->__mxcsr);
	return (0);
}

int
feclearexcept(int ex)
{
	fenv_t env;

	ex &= FE_ALL_EXCEPT;
	if (ex == FE_ALL_EXCEPT)
		__asm__ volatile("fnclex");
	else if (get_sw() & ex) {
		__asm__ volatile("fnstenv %0" : "=m" (env.__x87));
		env.__x87.__status &= ~ex;
		__asm__ volatile("fldenv %0" : : "m" (env.__x87));
	}
	set_mxcsr(get_mxcsr() & ~ex);
	return (0);
}

int
fetestexcept(int ex)
{
	return ((get_sw() | get_mxcsr()) & ex & FE_ALL_EXCEPT);
}

int
fegetexceptflag(fexcept_t *flag, int ex)
{
	*flag = (fexcept_t)fetestexcept(ex);
	return (0);
}

int
fesetexceptflag(const fexcept_t *flag, int ex)
{
	fenv_t env;

	ex &= FE_ALL_EXCEPT;
	__asm__ volatile("fnstenv %0" : "=m" (env.__x87));
	env.__x87.__status = (env.__x87.__status & ~ex) | (*flag & ex);
	__asm__ volatile("fldenv %0" : : "m" (env.__x87));
	set_mxcsr((get_mxcsr() & ~ex) | (*flag & ex));
	return (0);
}

int
feraiseexcept(int ex)
{
	fexcept_t flag = (fexcept_t)ex;

	fesetexceptflag(&flag, ex);
	/* Deliver those that are not masked. */
	__asm__ volatile("fwait");
	return (0);
}

int
fegetround(void)
{
	return (get_cw() & ROUND_MASK);
}

int
fesetround(int round)
{
	if ((round & ~ROUND_MASK) != 0)
		return (-1);
	set_cw((get_cw() & ~ROUND_MASK) | round);
	set_mxcsr((get_mxcsr() & ~(ROUND_MASK << MXCSR_ROUND)) |
	    round << MXCSR_ROUND);
	return (0);
}

int
feholdexcept(fenv_t *env)
{
	fegetenv(env);
	__asm__ volatile("fnclex");
	set_cw(get_cw() | FE_ALL_EXCEPT);
	set_mxcsr((env->__mxcsr & ~FE_ALL_EXCEPT) |
	    FE_ALL_EXCEPT << MXCSR_SHIFT);
	return (0);
}

int
feupdateenv(const fenv_t *env)
{
	int raised = fetestexcept(FE_ALL_EXCEPT);

	fesetenv(env);
	return (feraiseexcept(raised));
}

int
fegetexcept(void)
{
	return (~get_cw() & FE_ALL_EXCEPT);
}

int
feenableexcept(int ex)
{
	int old = fegetexcept();

	ex &= FE_ALL_EXCEPT;
	set_cw(get_cw() & ~ex);
	set_mxcsr(get_mxcsr() & ~(ex << MXCSR_SHIFT));
	return (old);
}

int
fedisableexcept(int ex)
{
	int old = fegetexcept();

	ex &= FE_ALL_EXCEPT;
	set_cw(get_cw() | ex);
	set_mxcsr(get_mxcsr() | ex << MXCSR_SHIFT);
	return (old);
}
