/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource usage, limits and priorities.
 */
#ifndef _SYS_RESOURCE_H_
#define _SYS_RESOURCE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_timeval.h>

/* setpriority(); negative is more urgent. */
#define PRIO_MIN	(-20)
#define PRIO_MAX	20
#define PRIO_PROCESS	0
#define PRIO_PGRP	1
#define PRIO_USER	2
#if __BSD_VISIBLE
/* ioprio_set() */
#define IOPRIO_MIN	1
#define IOPRIO_MAX	10
#endif

/* getrusage() */
#define RUSAGE_SELF	0
#define RUSAGE_CHILDREN	(-1)

struct rusage {
	struct timeval ru_utime;	/* user time */
	struct timeval ru_stime;	/* system time */
	long	ru_maxrss;		/* largest resident set, KB */
	long	ru_ixrss;		/* shared text, KB * ticks */
	long	ru_idrss;		/* data */
	long	ru_isrss;		/* stack */
	long	ru_minflt;		/* faults without I/O */
	long	ru_majflt;		/* faults with I/O */
	long	ru_nswap;		/* swapped out */
	long	ru_inblock;		/* blocks read */
	long	ru_oublock;		/* blocks written */
	long	ru_msgsnd;		/* messages sent */
	long	ru_msgrcv;
	long	ru_nsignals;
	long	ru_nvcsw;		/* switches by waiting */
	long	ru_nivcsw;		/* switches by preemption */
};
#define ru_first	ru_ixrss
#define ru_last		ru_nivcsw

#if __BSD_VISIBLE
/* wait6() */
struct __wrusage {
	struct rusage	wru_self;
	struct rusage	wru_children;
};
#endif

/* getrlimit() */
#define RLIMIT_CPU		0
#define RLIMIT_FSIZE		1
#define RLIMIT_DATA		2
#define RLIMIT_STACK		3
#define RLIMIT_CORE		4
#define RLIMIT_RSS		5
#define RLIMIT_MEMLOCK		6
#define RLIMIT_NPROC		7
#define RLIMIT_NOFILE		8
#define RLIMIT_SBSIZE		9
#define RLIMIT_AS		10
#define RLIMIT_VMEM		10
#define RLIMIT_POSIXLOCKS	11
#define RLIM_NLIMITS		12

#define RLIM_INFINITY	((rlim_t)(((__uint64_t)1 << 63) - 1))
#define RLIM_SAVED_MAX	RLIM_INFINITY
#define RLIM_SAVED_CUR	RLIM_INFINITY

#if defined(_RLIMIT_IDENT) || defined(RLIMIT_IDENT)
/* Names of the limits, in the order of their numbers. */
static const char *rlimit_ident[RLIM_NLIMITS] = {
	"cpu", "fsize", "data", "stack", "core", "rss", "memlock", "nproc",
	"nofile", "sbsize", "vmem", "posixlocks"
};
#endif

struct rlimit {
	rlim_t	rlim_cur;		/* in force */
	rlim_t	rlim_max;		/* as far as it may be raised */
};

#if __BSD_VISIBLE
/* sysctl vm.loadavg */
struct loadavg {
	__uint64_t	ldavg[3];	/* 1, 5, 15 minutes; times fscale */
	long		fscale;
};

/* Indices of kern.cp_time. */
#define CP_USER		0
#define CP_NICE		1
#define CP_SYS		2
#define CP_INTR		3
#define CP_IDLE		4
#define CPUSTATES	5
#endif

#ifdef _KERNEL
extern struct loadavg averunnable;
#else
__BEGIN_DECLS
int	getpriority(int, int);
int	getrlimit(int, struct rlimit *);
int	getrusage(int, struct rusage *);
int	setpriority(int, int, int);
int	setrlimit(int, const struct rlimit *);
#if __BSD_VISIBLE
int	ioprio_get(int, int);
int	ioprio_set(int, int, int);
#endif
__END_DECLS
#endif

#endif /* !_SYS_RESOURCE_H_ */
