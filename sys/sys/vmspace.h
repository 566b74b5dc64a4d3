/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address spaces that a process makes and runs code in.
 */
#ifndef _SYS_VMSPACE_H_
#define _SYS_VMSPACE_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct trapframe;
struct vextframe;

#define VMSPACE_CTL_RUN		1
#define VMSPACE_PAGEFAULT	1
#define VMSPACE_TIMEOUT		2
#define VMSPACE_TRAP		3
#define VMSPACE_SYSCALL		4

#ifndef _KERNEL
__BEGIN_DECLS
int	vmspace_create(void *, int, void *);
int	vmspace_ctl(void *, int, struct trapframe *, struct vextframe *);
int	vmspace_destroy(void *);
int	vmspace_mcontrol(void *, void *, size_t, int, off_t);
void	*vmspace_mmap(void *, void *, size_t, int, int, int, off_t);
int	vmspace_munmap(void *, void *, size_t);
ssize_t	vmspace_pread(void *, void *, size_t, int, off_t);
ssize_t	vmspace_pwrite(void *, const void *, size_t, int, off_t);
__END_DECLS
#endif

#endif /* !_SYS_VMSPACE_H_ */
