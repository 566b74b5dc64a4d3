/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting for children, and the status they leave.
 */
#ifndef _SYS_WAIT_H_
#define _SYS_WAIT_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_siginfo.h>

#define _W_INT(w)	(w)
#define WCOREFLAG	0200
#define _WSTATUS(x)	(_W_INT(x) & 0177)
#define _WSTOPPED	0177	/* _WSTATUS() of a stopped process */

#define WIFSTOPPED(x)	(_WSTATUS(x) == _WSTOPPED)
#define WSTOPSIG(x)	(_W_INT(x) >> 8)
#define WIFSIGNALED(x)	(_WSTATUS(x) != _WSTOPPED && _WSTATUS(x) != 0 && \
			 (x) != 0x13)
#define WTERMSIG(x)	(_WSTATUS(x))
#define WIFEXITED(x)	(_WSTATUS(x) == 0)
#define WEXITSTATUS(x)	((_W_INT(x) >> 8) & 0xff)
#define WIFCONTINUED(x)	((x) == 0x13)	/* 0x13 == SIGCONT */
#if __BSD_VISIBLE
#define WCOREDUMP(x)	(_W_INT(x) & WCOREFLAG)
#define W_EXITCODE(ret, sig)	((ret) << 8 | (sig))
#define W_STOPCODE(sig)		((sig) << 8 | _WSTOPPED)
#endif

#define WNOHANG		1
#define WUNTRACED	2
#define WCONTINUED	4
#define WSTOPPED	2
#define WNOWAIT		8
#define WEXITED		16
#define WTRAPPED	32
#if __BSD_VISIBLE
#define WLINUXCLONE	0x80000000
#define WAIT_ANY	(-1)
#define WAIT_MYPGRP	0
#endif

typedef enum idtype {
	P_PID,		/* a process */
	P_PPID,
	P_PGID,		/* a process group */
	P_SID,		/* a session */
	P_CID,
	P_UID,		/* an effective user */
	P_GID,
	P_ALL,
	P_LWPID,
	P_TASKID,
	P_PROJID,
	P_POOLID,
	P_JAILID,
	P_CTID,
	P_CPUID,
	P_PSETID
} idtype_t;

#ifndef _KERNEL
struct rusage;
struct __wrusage;

__BEGIN_DECLS
pid_t	wait(int *);
int	waitid(idtype_t, id_t, siginfo_t *, int);
pid_t	waitpid(pid_t, int *, int);
#if __BSD_VISIBLE
pid_t	wait3(int *, int, struct rusage *);
pid_t	wait4(pid_t, int *, int, struct rusage *);
pid_t	wait6(idtype_t, id_t, int *, int, struct __wrusage *, siginfo_t *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_WAIT_H_ */
