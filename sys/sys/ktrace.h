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

#ifndef _KERNEL
__BEGIN_DECLS
int	ktrace(const char *, int, int, pid_t);
int	utrace(const void *, size_t);
__END_DECLS
#endif

#endif /* !_SYS_KTRACE_H_ */
