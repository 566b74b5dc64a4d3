/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tracing processes.
 */
#ifndef _SYS_PTRACE_H_
#define _SYS_PTRACE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <machine/ptrace.h>

#define PT_TRACE_ME	0
#define PT_READ_I	1
#define PT_READ_D	2
#define PT_WRITE_I	4
#define PT_WRITE_D	5
#define PT_CONTINUE	7
#define PT_KILL		8
#define PT_STEP		9
#define PT_ATTACH	10
#define PT_DETACH	11
#define PT_IO		12
#define PT_DUMPCORE	13	/* write a core file to descriptor data */
#define PT_FIRSTMACH	32

#define PIOD_READ_D	1
#define PIOD_WRITE_D	2
#define PIOD_READ_I	3
#define PIOD_WRITE_I	4

struct ptrace_io_desc {
	int	piod_op;
	void	*piod_offs;
	void	*piod_addr;
	size_t	piod_len;
};

#ifdef _KERNEL

#include <sys/stdbool.h>

struct lwp;
struct proc;
struct uio;

/*
 * May the current process look into and control p, apart from tracing it
 * already?  0, ESRCH (it may not even see it), EPERM, EAGAIN (in exec),
 * EINVAL (part of the kernel).  p_token of p held.
 */
int	proc_debuggable(struct proc *p);
/*
 * Begin and end tracing, let a stopped process go on; all with p_token held.
 * addr 1 is where it stopped; sig 0 or the signal it shall find.
 */
int	ptrace_attach(struct proc *p);
int	ptrace_detach(struct proc *p, u_long addr, int sig);
int	ptrace_resume(struct proc *p, bool step, u_long addr, int sig);
/* 0 if p is traced by the current process and waits for it, or EPERM, EBUSY. */
int	ptrace_check(struct proc *p);
/*
 * Move data between p's memory at uio_offset and the uio.  EINVAL when p has
 * no such memory; private read-only mappings are written to a copy.  Sleeps.
 */
int	proc_rwmem(struct proc *p, struct uio *uio);

/* The platform: where, and whether by single steps, lp goes on. */
int	ptrace_set_pc(struct lwp *lp, u_long addr);
int	ptrace_single_step(struct lwp *lp);

#else

__BEGIN_DECLS
int	ptrace(int, pid_t, caddr_t, int);
__END_DECLS
#endif

#endif /* !_SYS_PTRACE_H_ */
