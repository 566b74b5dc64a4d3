/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel pushes for a signal handler.  %rsp points at it in the
 * trampoline, which calls the handler: unwinders take a return address in
 * the trampoline to mean that the frame below is this.
 */
#ifndef _CPU_SIGFRAME_H_
#define _CPU_SIGFRAME_H_

#include <sys/signal.h>
#include <sys/ucontext.h>

struct sigframe {
	union {
		__siginfohandler_t	*sf_action;
		__sighandler_t		*sf_handler;
	} sf_ahu;
	ucontext_t	sf_uc;		/* *sf_uc: handler's third argument */
	siginfo_t	sf_si;		/* handler's second argument */
};

#endif /* !_CPU_SIGFRAME_H_ */
