/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a signal carries besides its number.
 */
#ifndef _SYS__SIGINFO_H_
#define _SYS__SIGINFO_H_

#include <machine/stdint.h>

#ifndef _PID_T_DECLARED
#define _PID_T_DECLARED
typedef __pid_t		pid_t;
#endif
#ifndef _UID_T_DECLARED
#define _UID_T_DECLARED
typedef __uid_t		uid_t;
#endif

union sigval {
	int	sival_int;
	void	*sival_ptr;
	/* The older names. */
	int	sigval_int;
	void	*sigval_ptr;
};

typedef struct __siginfo {
	int	si_signo;		/* signal number */
	int	si_errno;		/* associated errno, or 0 */
	int	si_code;		/* why: SI_*, ILL_*, FPE_*, ... */
	pid_t	si_pid;			/* sender or child */
	uid_t	si_uid;			/* its real user */
	int	si_status;		/* exit value or signal of a child */
	void	*si_addr;		/* faulting address */
	union sigval si_value;		/* sigqueue(), timers */
	long	si_band;		/* SIGIO: poll bits */
	int	__spare__[7];
} siginfo_t;

/* si_code, any signal. */
#define SI_USER		0
#define SI_QUEUE	(-1)
#define SI_TIMER	(-2)
#define SI_ASYNCIO	(-3)
#define SI_MESGQ	(-4)
/* SIGILL */
#define ILL_ILLOPC	1
#define ILL_ILLOPN	2
#define ILL_ILLADR	3
#define ILL_ILLTRP	4
#define ILL_PRVOPC	5
#define ILL_PRVREG	6
#define ILL_COPROC	7
#define ILL_BADSTK	8
/* SIGFPE */
#define FPE_INTOVF	1
#define FPE_INTDIV	2
#define FPE_FLTDIV	3
#define FPE_FLTOVF	4
#define FPE_FLTUND	5
#define FPE_FLTRES	6
#define FPE_FLTINV	7
#define FPE_FLTSUB	8
/* SIGSEGV */
#define SEGV_MAPERR	1
#define SEGV_ACCERR	2
/* SIGBUS */
#define BUS_ADRALN	1
#define BUS_ADRERR	2
#define BUS_OBJERR	3
/* SIGTRAP */
#define TRAP_BRKPT	1
#define TRAP_TRACE	2
/* SIGCHLD */
#define CLD_EXITED	1
#define CLD_KILLED	2
#define CLD_DUMPED	3
#define CLD_TRAPPED	4
#define CLD_STOPPED	5
#define CLD_CONTINUED	6
/* SIGIO */
#define POLL_IN		1
#define POLL_OUT	2
#define POLL_MSG	3
#define POLL_ERR	4
#define POLL_PRI	5
#define POLL_HUP	6

#endif /* !_SYS__SIGINFO_H_ */
