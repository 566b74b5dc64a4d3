/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process accounting records.
 */
#ifndef _SYS_ACCT_H_
#define _SYS_ACCT_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define AC_COMM_LEN	0x10
#define AFORK		0x01
#define ASU		0x02

#define ACOMPAT		0x04
#define ACORE		0x08
#define AXSIG		0x10

#define AHZ		64

typedef uint16_t	comp_t;
struct acct {
	char	ac_comm[16];
	comp_t	ac_utime;
	comp_t	ac_stime;
	comp_t	ac_etime;
	time_t	ac_btime;
	uid_t	ac_uid;
	gid_t	ac_gid;
	uint16_t ac_mem;
	comp_t	ac_io;
	dev_t	ac_tty;
	uint8_t	ac_flag;
};

#ifdef _KERNEL
struct proc;

/* p, the current process, is ending: write its record.  p_token held. */
void	acct_process(struct proc *p);
#endif

#endif /* !_SYS_ACCT_H_ */
