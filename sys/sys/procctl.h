/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procctl(): operations on processes; reapers.
 */
#ifndef _SYS_PROCCTL_H_
#define _SYS_PROCCTL_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/wait.h>

#define PROC_REAP_ACQUIRE	1
#define PROC_REAP_RELEASE	2
#define PROC_REAP_STATUS	3

#define REAPER_STAT_OWNED	1
#define REAPER_STAT_REALINIT	2

/* PROC_REAP_STATUS */
struct reaper_status {
	uint32_t flags;			/* REAPER_STAT_* */
	uint32_t refs;
	long	reserved1[15];
	pid_t	pid_head;		/* first child, -1 if none */
	int	reserved2[15];
};

union reaper_info {
	struct reaper_status status;
};

#ifndef _KERNEL
__BEGIN_DECLS
int	procctl(idtype_t, id_t, int, void *);
__END_DECLS
#endif

#endif /* !_SYS_PROCCTL_H_ */
