/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between kern_linker.c and kern_module.c.
 */
#ifndef _KERN_LINKER_H_
#define _KERN_LINKER_H_

#include <sys/lock.h>

/* Guards the lists of files and modules and all loading; k. */
extern struct lock kld_lock;

#endif /* !_KERN_LINKER_H_ */
