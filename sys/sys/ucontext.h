/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A thread's context: signal mask, registers, stack.
 */
#ifndef _SYS_UCONTEXT_H_
#define _SYS_UCONTEXT_H_

#include <sys/signal.h>
#include <machine/ucontext.h>

typedef struct __ucontext {
	sigset_t	uc_sigmask;
	mcontext_t	uc_mcontext;
	struct __ucontext *uc_link;	/* resumed when this one returns */
	stack_t		uc_stack;
	void		(*uc_cofunc)(struct __ucontext *, void *);
	void		*uc_arg;	/* of uc_cofunc */
	int		__spare__[4];
} ucontext_t;

#ifndef _KERNEL
__BEGIN_DECLS
int	getcontext(ucontext_t *) __returns_twice;
int	setcontext(const ucontext_t *);
void	makecontext(ucontext_t *, void (*)(void), int, ...);
int	swapcontext(ucontext_t *__restrict, const ucontext_t *__restrict);
#if __BSD_VISIBLE
void	makecontext_quick(ucontext_t *);
int	getcontext_quick(ucontext_t *) __returns_twice;
int	setcontext_quick(ucontext_t *);
int	swapcontext_quick(ucontext_t *, ucontext_t *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_UCONTEXT_H_ */
