/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct sysmsg: what a system call hands back besides its errno.  The
 * dispatcher clears it, calls sys_foo(sysmsg, args), and on success loads
 * sysmsg_result (and for two-result calls sysmsg_fds) into the user's
 * registers.
 */
#ifndef _SYS_SYSMSG_H_
#define _SYS_SYSMSG_H_

#ifdef _KERNEL

#include <sys/types.h>

struct trapframe;

union sysunion_result {
	void	*resultp;		/* pointer */
	int	iresult;		/* int; the upper half stays zero */
	long	lresult;
	size_t	szresult;
	long	fds[2];			/* two results: rax, rdx */
	__int32_t result32;
	__int64_t result64;
	__off_t	offset;
	register_t reg;
};

struct sysmsg {
	union sysunion_result sm_result;
	struct trapframe *sysmsg_frame;	/* caller's registers */
};

#define sysmsg_result	sm_result.iresult
#define sysmsg_iresult	sm_result.iresult
#define sysmsg_lresult	sm_result.lresult
#define sysmsg_szresult	sm_result.szresult
#define sysmsg_resultp	sm_result.resultp
#define sysmsg_fds	sm_result.fds
#define sysmsg_offset	sm_result.offset
#define sysmsg_result32	sm_result.result32
#define sysmsg_result64	sm_result.result64
#define sysmsg_reg	sm_result.reg

#endif /* _KERNEL */

#endif /* !_SYS_SYSMSG_H_ */
