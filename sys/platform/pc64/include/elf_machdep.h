/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relocating kernel modules: the machine's part.
 */
#ifndef _MACHINE_ELF_MACHDEP_H_
#define _MACHINE_ELF_MACHDEP_H_

#include <sys/types.h>
#include <sys/stdbool.h>

/* Types newer than the public list. */
#define R_X86_64_PC64		24
#define R_X86_64_GOTPCRELX	41
#define R_X86_64_REX_GOTPCRELX	42

/*
 * Apply one relocation at `where': base is where the module's
 * address 0 lies, symbol the value of the symbol.  0, ENOEXEC if the value
 * does not fit, EOPNOTSUPP for a type that modules do not use.
 */
int	elf_machdep_reloc(u_int type, void *where, u_long base,
	    u_long symbol, long addend);

/*
 * Types that go through a table of addresses: the linker allots the symbol
 * a slot (8 bytes within 2 GB) and passes its address instead.
 */
bool	elf_machdep_needs_got(u_int type);
int	elf_machdep_reloc_got(void *where, u_long slot, long addend);

#endif /* !_MACHINE_ELF_MACHDEP_H_ */
