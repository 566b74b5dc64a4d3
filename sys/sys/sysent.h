/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system call table, indexed by number.  Generated from
 * kern/syscalls.master; loadable modules may claim slots 210-219.
 */
#ifndef _SYS_SYSENT_H_
#define _SYS_SYSENT_H_

#ifdef _KERNEL

#include <sys/types.h>

struct sysmsg;

typedef int	sy_call_t(struct sysmsg *sysmsg, const void *args);

struct sysent {
	int		sy_narg;	/* argument slots to fetch */
	sy_call_t	*sy_call;
};

#define SYSENT_SIZE	552		/* first invalid number */

extern struct sysent sysent[];
extern const char *syscallnames[];

/* What an unused number does: SIGSYS to the caller, EINVAL. */
int	sys_nosys(struct sysmsg *sysmsg, const void *args);

#endif /* _KERNEL */

#endif /* !_SYS_SYSENT_H_ */
