/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ELF structures of the native word size under names without one.
 * <machine/elf.h> defines __ELF_WORD_SIZE before including this.
 */
#ifndef _SYS_ELF_GENERIC_H_
#define _SYS_ELF_GENERIC_H_

#include <sys/cdefs.h>
#include <sys/elf32.h>
#include <sys/elf64.h>

#ifndef __ELF_WORD_SIZE
#define __ELF_WORD_SIZE	64
#endif

#define __ELF_CONCAT(a, b)	__CONCAT(a, b)
#define __ElfN(x)	__ELF_CONCAT(__ELF_CONCAT(Elf, __ELF_WORD_SIZE), _##x)
#define __elfN(x)	__ELF_CONCAT(__ELF_CONCAT(elf, __ELF_WORD_SIZE), _##x)
#define __ELFN(x)	__ELF_CONCAT(__ELF_CONCAT(ELF, __ELF_WORD_SIZE), _##x)
#define __ElfType(x)	typedef __ElfN(x) __ELF_CONCAT(Elf_, x)

__ElfType(Addr);
__ElfType(Half);
__ElfType(Off);
__ElfType(Sword);
__ElfType(Word);
__ElfType(Hashelt);
__ElfType(Size);
__ElfType(Ehdr);
__ElfType(Shdr);
__ElfType(Phdr);
__ElfType(Dyn);
__ElfType(Rel);
__ElfType(Rela);
__ElfType(Sym);
__ElfType(Verdef);
__ElfType(Verdaux);
__ElfType(Verneed);
__ElfType(Vernaux);
__ElfType(Versym);

#define ELF_R_SYM	__ELFN(R_SYM)
#define ELF_R_TYPE	__ELFN(R_TYPE)
#define ELF_R_INFO	__ELFN(R_INFO)
#define ELF_ST_BIND	__ELFN(ST_BIND)
#define ELF_ST_TYPE	__ELFN(ST_TYPE)
#define ELF_ST_INFO	__ELFN(ST_INFO)
#define ELF_ST_VISIBILITY	__ELFN(ST_VISIBILITY)

#endif /* !_SYS_ELF_GENERIC_H_ */
