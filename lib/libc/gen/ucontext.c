/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Contexts.  The kernel restores one: sigreturn() takes a context whether
 * a signal made it or getcontext().
 */
#include <sys/types.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "libc_private.h"

void	__ctx_start(void) __hidden;
void	__ctx_end(ucontext_t *) __hidden __dead2 __used;
int	_setcontext(const ucontext_t *);

int
setcontext(const ucontext_t *uc)
{
	if (uc == NULL) {
		errno = EINVAL;
		return (-1);
	}
	return (sigreturn(__DECONST(ucontext_t *, uc)));
}

int
swapcontext(ucontext_t *restrict save, const ucontext_t *restrict next)
{
	volatile bool resumed = false;

	if (getcontext(save) != 0)
		return (-1);
	if (resumed)
		return (0);
	resumed = true;
	return (setcontext(next));
}

int
swapcontext_quick(ucontext_t *save, ucontext_t *next)
{
	volatile bool resumed = false;

	getcontext_quick(save);
	if (resumed)
		return (0);
	resumed = true;
	return (setcontext_quick(next));
}

/* A context's function has returned. */
void
__ctx_end(ucontext_t *uc)
{
	if (uc->uc_link == NULL)
		exit(0);
	setcontext(uc->uc_link);
	abort();
}

/*
 * Have the context call func: __ctx_start() finds the function in rbx and
 * the context in r12.  Six arguments go in registers, others on the stack.
 */
void
makecontext(ucontext_t *uc, void (*func)(void), int argc, ...)
{
	register_t *regs[6] = {
		&uc->uc_mcontext.mc_rdi, &uc->uc_mcontext.mc_rsi,
		&uc->uc_mcontext.mc_rdx, &uc->uc_mcontext.mc_rcx,
		&uc->uc_mcontext.mc_r8, &uc->uc_mcontext.mc_r9
	};
	uintptr_t sp;
	va_list ap;
	int i, extra;

	extra = argc > 6 ? argc - 6 : 0;
	sp = (uintptr_t)uc->uc_stack.ss_sp + uc->uc_stack.ss_size;
	sp = (sp - (uintptr_t)extra * sizeof(long)) & ~(uintptr_t)15;

	va_start(ap, argc);
	for (i = 0; i < argc; i++) {
		if (i < 6)
			*regs[i] = va_arg(ap, long);
		else
			((long *)sp)[i - 6] = va_arg(ap, long);
	}
	va_end(ap);
	uc->uc_mcontext.mc_rbx = (register_t)func;
	uc->uc_mcontext.mc_r12 = (register_t)uc;
	uc->uc_mcontext.mc_rbp = 0;
	uc->uc_mcontext.mc_rsp = (register_t)sp;
	uc->uc_mcontext.mc_rip = (register_t)__ctx_start;
	uc->uc_mcontext.mc_len = sizeof(mcontext_t);
}

static void
cofunc(ucontext_t *uc)
{
	uc->uc_cofunc(uc, uc->uc_arg);
}

/* As makecontext(), calling uc_cofunc(uc, uc_arg). */
void
makecontext_quick(ucontext_t *uc)
{
	makecontext(uc, (void (*)(void))cofunc, 1, uc);
}
