/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers from the kernel.
 */
#ifndef _SYS_RANDOM_H_
#define _SYS_RANDOM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/ioccom.h>

#define MEM_SETIRQ	_IOW('r', 1, u_int16_t)
#define MEM_CLEARIRQ	_IOW('r', 2, u_int16_t)
#define MEM_RETURNIRQ	_IOR('r', 3, u_int16_t)
#define MEM_FINDIRQ	_IOWR('r', 4, u_int16_t)

#define GRND_RANDOM	1
#define GRND_NONBLOCK	2
#define GRND_INSECURE	4

#ifndef _KERNEL
__BEGIN_DECLS
ssize_t	getrandom(void *, size_t, unsigned);
__END_DECLS
#endif

#endif /* !_SYS_RANDOM_H_ */
