/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals.
 */
#ifndef _SIGNAL_H_
#define _SIGNAL_H_

#include <sys/cdefs.h>
#include <sys/signal.h>
#if __POSIX_VISIBLE >= 200809 || __XSI_VISIBLE
#include <machine/ucontext.h>
#include <sys/ucontext.h>
#endif

#if __BSD_VISIBLE
extern const char *const sys_signame[NSIG];
extern const char *const sys_siglist[NSIG];
extern const int sys_nsig;
#endif

__BEGIN_DECLS
int	raise(int);
#if __POSIX_VISIBLE || __XSI_VISIBLE
int	kill(pid_t, int);
int	pthread_kill(pthread_t, int);
int	pthread_sigmask(int, const sigset_t *__restrict,
	    sigset_t *__restrict);
int	sigaction(int, const struct sigaction *__restrict,
	    struct sigaction *__restrict);
int	sigaddset(sigset_t *, int);
int	sigdelset(sigset_t *, int);
int	sigemptyset(sigset_t *);
int	sigfillset(sigset_t *);
int	sigismember(const sigset_t *, int);
int	sigpending(sigset_t *);
int	sigprocmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int	sigsuspend(const sigset_t *);
int	sigwait(const sigset_t *__restrict, int *__restrict);
#endif
#if __POSIX_VISIBLE >= 199309
int	sigtimedwait(const sigset_t *__restrict, siginfo_t *__restrict,
	    const struct timespec *__restrict);
int	sigwaitinfo(const sigset_t *__restrict, siginfo_t *__restrict);
#endif
#if __XSI_VISIBLE
int	killpg(pid_t, int);
int	sigaltstack(const stack_t *__restrict, stack_t *__restrict);
int	sigpause(int);
int	siginterrupt(int, int);
#endif
#if __POSIX_VISIBLE >= 200809
void	psiginfo(const siginfo_t *, const char *);
void	psignal(int, const char *);
#endif
#if __BSD_VISIBLE
int	lwp_kill(pid_t, lwpid_t, int);
int	sigblock(int);
int	sigblockall(void);
int	sigreturn(ucontext_t *);
int	sigsetmask(int);
int	sigunblockall(void);
int	sigvec(int, struct sigvec *, struct sigvec *);
#endif
__END_DECLS

#endif /* !_SIGNAL_H_ */
