/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel told the program about itself.
 */
#ifndef _AUXV_H_
#define _AUXV_H_

#include <machine/elf.h>

/* The entry of a type (AT_*), NULL if there is none. */
const Elf_Auxinfo *__auxv_entry(int type) __hidden;

/* The program headers in memory. */
const Elf_Phdr *__program_headers(int *countp) __hidden;

/* Difference between where the program is and where it was linked to be. */
Elf_Addr __program_bias(void) __hidden;

#endif /* !_AUXV_H_ */
