/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Non-local jumps.  setjmp() saves the signal mask, _setjmp() does not.
 */
#ifndef _SETJMP_H_
#define _SETJMP_H_

#include <sys/cdefs.h>
#include <machine/setjmp.h>

__BEGIN_DECLS
void	longjmp(jmp_buf, int) __dead2;
int	setjmp(jmp_buf) __returns_twice;
#if __BSD_VISIBLE || __XSI_VISIBLE
void	_longjmp(jmp_buf, int) __dead2;
int	_setjmp(jmp_buf) __returns_twice;
#endif
#if __POSIX_VISIBLE || __XSI_VISIBLE
void	siglongjmp(sigjmp_buf, int) __dead2;
int	sigsetjmp(sigjmp_buf, int) __returns_twice;
#endif
#if __BSD_VISIBLE
void	longjmperror(void);
#endif
__END_DECLS
#define setjmp(env)	setjmp(env)

#endif /* !_SETJMP_H_ */
