/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Watching terminals.
 */
#ifndef _SYS_SNOOP_H_
#define _SYS_SNOOP_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define SNP_OFLOW	(-1)
#define SNP_TTYCLOSE	(-2)
#define SNP_DETACH	(-3)

#define SNPSTTY		_IOW('T', 90, dev_t)
#define SNPGTTY		_IOR('T', 89, dev_t)

#endif /* !_SYS_SNOOP_H_ */
