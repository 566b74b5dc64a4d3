/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_ELF_H_
#define _MACHINE_ELF_H_

#include <cpu/elf.h>

#endif /* !_MACHINE_ELF_H_ */
