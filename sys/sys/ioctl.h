/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl() and the commands of files, terminals and sockets.
 */
#ifndef _SYS_IOCTL_H_
#define _SYS_IOCTL_H_

#include <sys/ttycom.h>
#include <sys/ioccom.h>
#include <sys/filio.h>
#ifndef _KERNEL
#include <sys/sockio.h>
#endif

#endif /* !_SYS_IOCTL_H_ */
