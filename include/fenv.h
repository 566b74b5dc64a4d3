/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating point environment: the x87's and SSE's, kept alike.
 */
#ifndef _FENV_H_
#define _FENV_H_

#include <sys/cdefs.h>
#include <sys/stdint.h>

typedef struct {
	struct {
		uint32_t	__control;
		uint32_t	__status;
		uint32_t	__tag;
		char		__other[16];
	} __x87;
	uint32_t	__mxcsr;
} fenv_t;

typedef uint16_t	fexcept_t;

#define FE_INVALID	0x01
#define FE_DENORMAL	0x02
#define FE_DIVBYZERO	0x04
#define FE_OVERFLOW	0x08
#define FE_UNDERFLOW	0x10
#define FE_INEXACT	0x20
#define FE_ALL_EXCEPT	(FE_DIVBYZERO | FE_DENORMAL | FE_INEXACT | \
			 FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW)

#define FE_TONEAREST	0x0000
#define FE_DOWNWARD	0x0400
#define FE_UPWARD	0x0800
#define FE_TOWARDZERO	0x0c00

__BEGIN_DECLS
extern const fenv_t __fe_dfl_env;
#define FE_DFL_ENV	(&__fe_dfl_env)

int	feclearexcept(int);
int	fegetexceptflag(fexcept_t *, int);
int	feraiseexcept(int);
int	fesetexceptflag(const fexcept_t *, int);
int	fetestexcept(int);
int	fegetround(void);
int	fesetround(int);
int	fegetenv(fenv_t *);
int	feholdexcept(fenv_t *);
int	fesetenv(const fenv_t *);
int	feupdateenv(const fenv_t *);
#if __BSD_VISIBLE
int	fedisableexcept(int);
int	feenableexcept(int);
int	fegetexcept(void);
#endif
__END_DECLS

#endif /* !_FENV_H_ */
