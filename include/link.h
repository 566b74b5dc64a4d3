/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dynamic linker's view of a process.
 */
#ifndef _LINK_H_
#define _LINK_H_

#include <sys/link_elf.h>

#endif /* !_LINK_H_ */
