/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The insides of system calls, for kernel code that needs the same service
 * with arguments already in the kernel.  Each returns 0 or an errno.
 */
#ifndef _SYS_KERN_SYSCALL_H_
#define _SYS_KERN_SYSCALL_H_

#ifdef _KERNEL

#include <sys/types.h>

struct nchandle;
struct nlookupdata;
struct stat;
struct statfs;
struct timespec;
struct ucred;
struct vnode;

/* Open the prepared nd; *res is the descriptor. */
int	kern_open(struct nlookupdata *nd, int oflags, int mode, int *res);
int	kern_unlink(struct nlookupdata *nd);
int	kern_chdir(struct nlookupdata *nd);
/* Make nch the process's root. */
int	kern_chroot(struct nchandle *nch);
int	kern_statfs(struct nlookupdata *nd, struct statfs *buf);
int	kern_lseek(int fd, off_t offset, int whence, off_t *res);

#endif /* _KERNEL */

#endif /* !_SYS_KERN_SYSCALL_H_ */
