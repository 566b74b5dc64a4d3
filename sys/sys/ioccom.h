/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The encoding of ioctl commands: direction, length of the argument, group
 * and number.  The kernel copies the argument in and out by it.
 */
#ifndef _SYS_IOCCOM_H_
#define _SYS_IOCCOM_H_

#define IOCPARM_SHIFT	13		/* bits of the length */
#define IOCPARM_MASK	((1 << IOCPARM_SHIFT) - 1)
#define IOCPARM_LEN(x)	(((x) >> 16) & IOCPARM_MASK)
#define IOCBASECMD(x)	((x) & ~(IOCPARM_MASK << 16))
#define IOCGROUP(x)	(((x) >> 8) & 0xff)

#define IOCPARM_MAX	((IOCPARM_MASK + 1) - 1)
#define IOC_VOID	0x20000000	/* no argument */
#define IOC_OUT		0x40000000	/* copied to the caller */
#define IOC_IN		0x80000000	/* copied from the caller */
#define IOC_INOUT	(IOC_IN | IOC_OUT)
#define IOC_DIRMASK	0xe0000000

#define _IOC(inout, group, num, len) ((unsigned long) \
	((inout) | (((len) & IOCPARM_MASK) << 16) | ((group) << 8) | (num)))
#define _IO(g, n)	_IOC(IOC_VOID, (g), (n), 0)
#define _IOR(g, n, t)	_IOC(IOC_OUT, (g), (n), sizeof(t))
#define _IOW(g, n, t)	_IOC(IOC_IN, (g), (n), sizeof(t))
#define _IOWR(g, n, t)	_IOC(IOC_INOUT, (g), (n), sizeof(t))

#ifndef _KERNEL
#include <sys/cdefs.h>

__BEGIN_DECLS
int	ioctl(int, unsigned long, ...);
__END_DECLS
#endif

#endif /* !_SYS_IOCCOM_H_ */
