/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel tracing of processes.
 */
#ifndef _SYS_KTRACE_H_
#define _SYS_KTRACE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/time.h>
#include <sys/param.h>
#include <sys/signal.h>

#define KTROP_SET	0
#define KTROP_CLEAR	1
#define KTROP_CLEARFILE	2

#define KTRFLAG_DESCEND	4
#define KTRH_THREADED	1

#define KTR_SYSCALL	1
#define KTR_SYSRET	2
#define KTR_NAMEI	3
#define KTR_GENIO	4
#define KTR_PSIG	5
#define KTR_CSW		6
#define KTR_USER_MAXLEN	2048
#define KTR_USER	7

#define KTRFAC_MASK	0x00ffffff
#define KTRFAC_SYSCALL	0x00000002
#define KTRFAC_SYSRET	0x00000004
#define KTRFAC_NAMEI	0x00000008
#define KTRFAC_GENIO	0x00000010
#define KTRFAC_PSIG	0x00000020
#define KTRFAC_CSW	0x00000040
#define KTRFAC_USER	0x00000080
#define KTRFAC_ROOT	0x80000000
#define KTRFAC_INHERIT	0x40000000
#define KTRFAC_ACTIVE	0x20000000

struct ktrace_node {
	struct vnode *kn_vp;
	int	kn_refs;
};

struct ktr_header {
	int	ktr_len;
	short	ktr_type;
	short	ktr_flags;
	pid_t	ktr_pid;
	lwpid_t	ktr_tid;
	char	ktr_comm[17];
	struct timeval ktr_time;
	caddr_t	ktr_buf;
};

struct ktr_syscall {
	short	ktr_code;
	short	ktr_narg;
	register_t ktr_args[8];
};

struct ktr_sysret {
	short	ktr_code;
	short	ktr_eosys;
	int	ktr_error;
	register_t ktr_retval;
};

struct ktr_psig {
	int	signo;
	sig_t	action;
	int	code;
	sigset_t mask;
};

struct ktr_csw {
	int	out;
	int	user;
};

typedef struct ktrace_node	*ktrace_node_t;

#ifdef _KERNEL

#include <sys/uio.h>

struct lwp;
struct proc;
struct sysent;
struct sysmsg;
struct ucred;

/* Before the data of KTR_GENIO. */
struct ktr_genio {
	int	ktr_fd;
	enum uio_rw ktr_rw;
};

/* Does the current thread, of a process, record what 1 << type stands for? */
#define KTRPOINT(td, type)						\
	(__predict_false((td)->td_lwp != NULL &&			\
	 ((td)->td_lwp->lwp_proc->p_traceflag & (1 << (type))) != 0 &&	\
	 (td)->td_lwp->lwp_ktrbusy == 0))

/*
 * Record, for the current thread; all of these write to the trace file, so
 * they sleep.
 */
void	ktrnamei(struct lwp *lp, const char *path);
/* n bytes moved from or to iov, as it was before. */
void	ktrgenio(struct lwp *lp, int fd, enum uio_rw rw,
	    const struct iovec *iov, int iovcnt, size_t n);
void	ktrpsig(struct lwp *lp, int sig, sig_t action, const sigset_t *mask,
	    int code);
/* Carry out a system call, recording it and its result. */
int	ktrsyscall(struct lwp *lp, int code, const struct sysent *callp,
	    struct sysmsg *sysmsg, const void *args);

/* Fork, exit, exec of a set-id program; p_token held. */
void	ktrfork(struct proc *p1, struct proc *p2);
void	ktrexit(struct proc *p);
void	ktrsetid(struct proc *p);

/* A regular file the caller may write, for the kernel to append to. */
int	ktr_open(const char *upath, struct vnode **vpp);

#else
__BEGIN_DECLS
int	ktrace(const char *, int, int, pid_t);
int	utrace(const void *, size_t);
__END_DECLS
#endif

#endif /* !_SYS_KTRACE_H_ */
