/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals inside the kernel: sets, posting and delivery (kern_sig.c).
 */
#ifndef _SYS_SIGNALVAR_H_
#define _SYS_SIGNALVAR_H_

#include <sys/types.h>
#include <sys/signal.h>

#define SIGADDSET(set, signo)						\
	((set).__bits[_SIG_WORD(signo)] |= _SIG_BIT(signo))
#define SIGDELSET(set, signo)						\
	((set).__bits[_SIG_WORD(signo)] &= ~_SIG_BIT(signo))
#define SIGISMEMBER(set, signo)						\
	((set).__bits[_SIG_WORD(signo)] & _SIG_BIT(signo))
#define SIGEMPTYSET(set)	do {					\
	for (int _i = 0; _i < _SIG_WORDS; ++_i)				\
		(set).__bits[_i] = 0;					\
} while (0)
#define SIGFILLSET(set)		do {					\
	for (int _i = 0; _i < _SIG_WORDS; ++_i)				\
		(set).__bits[_i] = ~0U;					\
} while (0)
#define SIGSETOR(set1, set2)	do {					\
	for (int _i = 0; _i < _SIG_WORDS; ++_i)				\
		(set1).__bits[_i] |= (set2).__bits[_i];			\
} while (0)
#define SIGSETAND(set1, set2)	do {					\
	for (int _i = 0; _i < _SIG_WORDS; ++_i)				\
		(set1).__bits[_i] &= (set2).__bits[_i];			\
} while (0)
#define SIGSETNAND(set1, set2)	do {					\
	for (int _i = 0; _i < _SIG_WORDS; ++_i)				\
		(set1).__bits[_i] &= ~(set2).__bits[_i];		\
} while (0)
#define SIGISEMPTY(set)		(((set).__bits[0] | (set).__bits[1] |	\
				  (set).__bits[2] | (set).__bits[3]) == 0)
#define SIGNOTEMPTY(set)	(!SIGISEMPTY(set))
#define SIGSETEQ(set1, set2)						\
	((set1).__bits[0] == (set2).__bits[0] &&			\
	 (set1).__bits[1] == (set2).__bits[1] &&			\
	 (set1).__bits[2] == (set2).__bits[2] &&			\
	 (set1).__bits[3] == (set2).__bits[3])
#define sigcantmask	(_SIG_BIT(SIGKILL) | _SIG_BIT(SIGSTOP))
#define SIG_CANTMASK(set)						\
	((set).__bits[0] &= ~sigcantmask)
#define SIG_STOPSIGMASK(set)						\
	((set).__bits[0] &= ~(_SIG_BIT(SIGSTOP) | _SIG_BIT(SIGTSTP) |	\
	    _SIG_BIT(SIGTTIN) | _SIG_BIT(SIGTTOU)))
#define SIG_CONTSIGMASK(set)						\
	((set).__bits[0] &= ~_SIG_BIT(SIGCONT))

#ifdef _KERNEL

struct lwp;
struct pgrp;
struct proc;
struct sigacts;
struct sigio;
struct thread;
struct trapframe;

/*
 * Post sig to p (ksignal), to a given thread of it (lwpsignal; lp NULL as
 * ksignal), to the members of a group that have a controlling terminal if
 * checkctty (pgsignal), to the owner of a sigio (pgsigio).  Callable from
 * thread context anywhere that tokens may be taken; do not sleep otherwise.
 */
void	ksignal(struct proc *p, int sig);
void	lwpsignal(struct proc *p, struct lwp *lp, int sig);
void	pgsignal(struct pgrp *pgrp, int sig, int checkctty);
void	gsignal(pid_t pgid, int sig);
void	pgsigio(struct sigio *sigio, int sig, int checkctty);
/* A trap of the current thread: delivered to it at once if caught. */
void	trapsignal(struct lwp *lp, int sig, u_long code);
/*
 * The signal the current thread has to act on, or 0.  Ignored ones are
 * consumed.  issignal() also stops the process here, or waits for a tracer,
 * so it may sleep.
 */
int	issignal(struct lwp *lp);
/* Act on what issignal() returned: build the handler's frame, or exit. */
void	postsig(int sig);
/* Die of a signal, dumping core where that is the action.  No return. */
void	sigexit(struct lwp *lp, int sig) __dead2;
/* Signals now pending and not blocked, for a look without locks. */
sigset_t lwp_sigpend(struct lwp *lp);
/* The lowest signal of a set, 0 if it is empty. */
int	sig_ffs(sigset_t *set);
/*
 * For a sleep with PCATCH: a signal number if it must end (caught, or
 * fatal), 0 if not.  A stop that is the default action is carried out by
 * the thread that posts it and does not end the sleep.
 */
int	cursig(struct lwp *lp);
#define CURSIG(lp)		cursig(lp)
#define CURSIG_NOBLOCK(lp)	cursig(lp)

/* True if p ignores or its current thread blocks sig: for tty code. */
int	sigisignored(struct lwp *lp, int sig);

/* Does the default action ignore sig? */
int	sig_default_ignored(int sig);
/* Drop pending signals of 1-32 given as bits; p_token held. */
void	sig_discard_set(struct proc *p, const u_int *bits0);
/* Write a core file as kern.corefile says: 0 or errno. */
int	sig_coredump(struct lwp *lp, int sig);
void	siginit(struct proc *p);
void	execsigs(struct proc *p);
void	killproc(struct proc *p, char *why);
void	sigacts_free(struct sigacts *ps);
int	cansignal(struct proc *p, int signum, int initok);
/* Deliver signals blocked no longer after lwp_sigmask changed. */
void	lwp_signotify(struct lwp *lp);

int	kern_sigprocmask(int how, sigset_t *set, sigset_t *oset);
int	kern_sigsuspend(sigset_t *mask);
int	kern_kill(int sig, pid_t pid, lwpid_t tid);
/* Install a temporary mask until the system call returns to user mode. */
void	lwp_sigmask_push(struct lwp *lp, const sigset_t *mask);

/* By the platform: build the handler's frame on the user's stack. */
void	sendsig(sig_t action, int sig, sigset_t *mask, u_long code);

#endif /* _KERNEL */

#endif /* !_SYS_SIGNALVAR_H_ */
