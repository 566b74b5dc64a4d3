/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals: numbers, actions, masks.
 */
#ifndef _SYS_SIGNAL_H_
#define _SYS_SIGNAL_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_sigset.h>
#include <sys/_siginfo.h>
#include <sys/_timespec.h>
#include <machine/signal.h>

#define SIGHUP		1
#define SIGINT		2
#define SIGQUIT		3
#define SIGILL		4
#define SIGTRAP		5
#define SIGABRT		6
#define SIGIOT		6
#define SIGEMT		7
#define SIGFPE		8
#define SIGKILL		9
#define SIGBUS		10
#define SIGSEGV		11
#define SIGSYS		12
#define SIGPIPE		13
#define SIGALRM		14
#define SIGTERM		15
#define SIGURG		16
#define SIGSTOP		17
#define SIGTSTP		18
#define SIGCONT		19
#define SIGCHLD		20
#define SIGTTIN		21
#define SIGTTOU		22
#define SIGIO		23
#define SIGXCPU		24
#define SIGXFSZ		25
#define SIGVTALRM	26
#define SIGPROF		27
#define SIGWINCH	28
#define SIGINFO		29
#define SIGUSR1		30
#define SIGUSR2		31
#define SIGTHR		32
#define SIGCKPT		33
#define SIGCKPTEXIT	34
#if __BSD_VISIBLE
#define NSIG		64	/* signals with a name, and then some */
#endif

typedef void	__sighandler_t(int);
typedef void	__siginfohandler_t(int, struct __siginfo *, void *);

#define SIG_DFL		((__sighandler_t *)0)	/* default action */
#define SIG_IGN		((__sighandler_t *)1)	/* ignore */
#define SIG_ERR		((__sighandler_t *)-1)	/* failure of signal() */
#ifdef _KERNEL
#define SIG_CATCH	((__sighandler_t *)2)
#define SIG_HOLD	((__sighandler_t *)3)
#endif

#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t	sigset_t;
#endif

/* How an asynchronous event is announced. */
struct sigevent {
	int	sigev_notify;			/* SIGEV_* */
	union {
		int	__sigev_signo;		/* SIGEV_SIGNAL */
		int	__sigev_notify_kqueue;	/* SIGEV_KEVENT */
		pthread_attr_t *__sigev_notify_attributes;
	} __sigev_u;
	union sigval sigev_value;		/* passed along */
	void	(*sigev_notify_function)(union sigval);
};
#define sigev_signo			__sigev_u.__sigev_signo
#define sigev_notify_kqueue		__sigev_u.__sigev_notify_kqueue
#define sigev_notify_attributes		__sigev_u.__sigev_notify_attributes

#define SIGEV_NONE	0
#define SIGEV_SIGNAL	1
#define SIGEV_THREAD	2
#define SIGEV_KEVENT	3

/* sigaction() */
struct sigaction {
	union {
		void	(*__sa_handler)(int);
		void	(*__sa_sigaction)(int, struct __siginfo *, void *);
	} __sigaction_u;
	int	sa_flags;		/* SA_* */
	sigset_t sa_mask;		/* blocked while the handler runs */
};
#define sa_handler	__sigaction_u.__sa_handler
#define sa_sigaction	__sigaction_u.__sa_sigaction

#define SA_ONSTACK	0x0001	/* on the alternate stack */
#define SA_RESTART	0x0002	/* restart the interrupted call */
#define SA_RESETHAND	0x0004	/* reset to SIG_DFL when delivered */
#define SA_NOCLDSTOP	0x0008	/* no SIGCHLD for stops */
#define SA_NODEFER	0x0010	/* do not block the signal itself */
#define SA_NOCLDWAIT	0x0020	/* leave no zombies */
#define SA_SIGINFO	0x0040	/* handler takes three arguments */

#define SI_UNDEFINED	0

#if __BSD_VISIBLE
typedef __sighandler_t	*sig_t;
typedef void	__siginfohandler_fn_t(int, struct __siginfo *, void *);
#endif

/* sigaltstack() */
typedef struct sigaltstack {
	void	*ss_sp;			/* lowest address */
	size_t	ss_size;
	int	ss_flags;		/* SS_* */
} stack_t;

#define SS_ONSTACK	0x0001	/* running on it */
#define SS_DISABLE	0x0004	/* there is none */
#define MINSIGSTKSZ	8192
#define SIGSTKSZ	(MINSIGSTKSZ + 32768)

/* sigprocmask() */
#define SIG_BLOCK	1
#define SIG_UNBLOCK	2
#define SIG_SETMASK	3

#if __BSD_VISIBLE
/* 4.2BSD's sigvec(): masks of 32 signals. */
struct sigvec {
	__sighandler_t	*sv_handler;
	int	sv_mask;
	int	sv_flags;		/* SV_* */
};
#define SV_ONSTACK	SA_ONSTACK
#define SV_INTERRUPT	SA_RESTART	/* opposite sense */
#define SV_RESETHAND	SA_RESETHAND
#define SV_NOCLDSTOP	SA_NOCLDSTOP
#define SV_NODEFER	SA_NODEFER
#define SV_SIGINFO	SA_SIGINFO
#define sv_onstack	sv_flags

struct sigstack {
	char	*ss_sp;
	int	ss_onstack;
};

#define sigmask(m)	(1 << ((m) - 1))
#define BADSIG		SIG_ERR
#endif

#if !defined(_KERNEL)
__BEGIN_DECLS
void	(*signal(int, void (*)(int)))(int);
__END_DECLS
#endif

#endif /* !_SYS_SIGNAL_H_ */
