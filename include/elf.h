/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The executable and linking format.
 */
#ifndef _ELF_H_
#define _ELF_H_

#include <sys/types.h>
#include <machine/elf.h>

#endif /* !_ELF_H_ */
