/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checkpoints of processes.
 */
#ifndef _SYS_CHECKPOINT_H_
#define _SYS_CHECKPOINT_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define CKPT_FREEZE	1
#define CKPT_THAW	2
#define CKPT_FREEZEPID	3
#define CKPT_THAWBIN	4

#ifndef _KERNEL
__BEGIN_DECLS
int	sys_checkpoint(int, int, pid_t, int);
__END_DECLS
#endif

#endif /* !_SYS_CHECKPOINT_H_ */
