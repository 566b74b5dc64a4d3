/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Advisory locks of files: fcntl(F_SETLK) byte ranges and flock(2).
 */
#ifndef _SYS_LOCKF_H_
#define _SYS_LOCKF_H_

#ifdef _KERNEL

#include <sys/types.h>

/* a_flags of VOP_ADVLOCK: F_POSIX, or this for flock(2); and F_WAIT. */
#define F_FLOCK		0

struct lockf;
struct proc;
struct vop_advlock_args;

/*
 * The work of VOP_ADVLOCK: *head is the file's list (v_lockf or the
 * filesystem's own), size the file's for SEEK_END.  Sleeps for F_WAIT.
 * 0, EAGAIN, EINTR, EDEADLK, EINVAL, EOVERFLOW, ENOLCK.
 */
int	lf_advlock(struct vop_advlock_args *ap, struct lockf **head,
	    u_quad_t size);
/* Free whatever is left, when the file goes. */
void	lf_destroy(struct lockf **head);

#endif /* _KERNEL */

#endif /* !_SYS_LOCKF_H_ */
