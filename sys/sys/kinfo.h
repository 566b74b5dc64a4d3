/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What system monitoring programs get from sysctl.
 */
#ifndef _SYS_KINFO_H_
#define _SYS_KINFO_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/rtprio.h>
#include <sys/_sigset.h>
#include <sys/_timeval.h>
#include <sys/proc_common.h>
#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t	sigset_t;
#endif

/* kern.file: one open descriptor. */
struct kinfo_file {
	size_t	f_size;
	pid_t	f_pid;
	uid_t	f_uid;
	int	f_fd;
	void	*f_file;		/* kernel address */
	short	f_type;			/* DTYPE_* */
	int	f_count;
	int	f_msgcount;
	off_t	f_offset;
	void	*f_data;
	u_int	f_flag;			/* F* */
};

/* kern.cputime: CPU time by state, one a CPU; microseconds. */
struct kinfo_cputime {
	uint64_t cp_user;
	uint64_t cp_nice;
	uint64_t cp_sys;
	uint64_t cp_intr;
	uint64_t cp_idle;
	uint64_t cp_unused01;
	uint64_t cp_unused02;
	uint64_t cp_sample_pc;
	uint64_t cp_sample_sp;
	char	cp_msg[32];
};

struct kinfo_pcheader {
	int	pc_ntrack;		/* per CPU */
	int	pc_arysize;
};

struct kinfo_pctrack {
	int	pc_index;
	void	*pc_array[32];
};
#define PCTRACK_SYS	0
#define PCTRACK_INT	1
#define PCTRACK_SIZE	2
#define PCTRACK_ARYSIZE	32
#define PCTRACK_ARYMASK	(PCTRACK_ARYSIZE - 1)

/* kern.clockrate */
struct kinfo_clockinfo {
	int	ci_hz;			/* ticks a second */
	int	ci_tick;		/* microseconds a tick */
	int	ci_tickadj;
	int	ci_stathz;
	int	ci_profhz;
};

#define WMESGLEN	8

/* A thread. */
struct kinfo_lwp {
	pid_t	kl_pid;
	lwpid_t	kl_tid;			/* -1 in a row for a whole process */
	int	kl_flags;		/* LWP_* */
	enum lwpstat kl_stat;
	int	kl_lock;
	int	kl_tdflags;		/* TDF_* */
	int	kl_mpcount;
	int	kl_prio;
	int	kl_tdprio;
	struct rtprio kl_rtprio;
	uint64_t kl_uticks;		/* user time, microseconds */
	uint64_t kl_sticks;		/* system time */
	uint64_t kl_iticks;		/* interrupt time */
	uint64_t kl_cpticks;
	u_int	kl_pctcpu;
	u_int	kl_slptime;
	int	kl_origcpu;
	int	kl_estcpu;
	int	kl_cpuid;
	struct rusage kl_ru;
	sigset_t kl_siglist;
	sigset_t kl_sigmask;
	uintptr_t kl_wchan;		/* sleeping on */
	char	kl_wmesg[9];		/* why */
	char	kl_comm[17];
};

/* A process. */
struct kinfo_proc {
	uintptr_t kp_paddr;		/* kernel address */
	int	kp_flags;		/* P_* */
	enum procstat kp_stat;
	int	kp_lock;
	int	kp_acflag;
	int	kp_traceflag;
	uintptr_t kp_fd;		/* kernel address */
	sigset_t kp_siglist;
	sigset_t kp_sigignore;
	sigset_t kp_sigcatch;
	int	kp_sigflag;
	struct timeval kp_start;
	char	kp_comm[17];
	uid_t	kp_uid;
	short	kp_ngroups;
	gid_t	kp_groups[16];
	uid_t	kp_ruid;
	uid_t	kp_svuid;
	gid_t	kp_rgid;
	gid_t	kp_svgid;
	pid_t	kp_pid;
	pid_t	kp_ppid;
	pid_t	kp_pgid;
	int	kp_jobc;		/* job control count */
	pid_t	kp_sid;
	char	kp_login[40];
	dev_t	kp_tdev;		/* controlling terminal */
	pid_t	kp_tpgid;		/* its foreground group */
	pid_t	kp_tsid;		/* its session */
	u_short	kp_exitstat;
	int	kp_nthreads;
	int	kp_nice;
	unsigned int kp_swtime;
	size_t	kp_vm_map_size;		/* bytes */
	segsz_t	kp_vm_rssize;		/* resident, pages */
	segsz_t	kp_vm_swrss;
	segsz_t	kp_vm_tsize;
	segsz_t	kp_vm_dsize;
	segsz_t	kp_vm_ssize;
	u_int	kp_vm_prssize;		/* resident, shared proportionally */
	int	kp_jailid;
	struct rusage kp_ru;
	struct rusage kp_cru;
	int	kp_auxflags;		/* KI_* */
	struct kinfo_lwp kp_lwp;
	uintptr_t kp_ktaddr;		/* kernel thread */
	int	kp_spare[2];
};

/* kp_auxflags */
#define KI_CTTY		0x1
#define KI_SLEADER	0x2

#define ki_isctty(kp)	((kp)->kp_auxflags & KI_CTTY)

/* kern.proc.sigtramp */
struct kinfo_sigtramp {
	void	*ksigtramp_start;
	void	*ksigtramp_end;
	void	*ksigtramp_spare[4];
};

#ifdef _KERNEL
struct proc;
struct lwp;
struct thread;

void	fill_kinfo_proc(struct proc *, struct kinfo_proc *);
void	fill_kinfo_lwp(struct lwp *, struct kinfo_lwp *);
void	fill_kinfo_proc_kthread(struct thread *, struct kinfo_proc *);
#endif

#endif /* !_SYS_KINFO_H_ */
