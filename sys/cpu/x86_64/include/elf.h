/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF on this CPU: the native word size, relocations and the auxiliary
 * vector that execve leaves above the environment.
 */
#ifndef _CPU_ELF_H_
#define _CPU_ELF_H_

#ifndef __ELF_WORD_SIZE
#define __ELF_WORD_SIZE		64
#endif

#include <sys/elf32.h>
#include <sys/elf64.h>
#include <sys/elf_generic.h>

#define ELF_ARCH		EM_X86_64
#define ELF_MACHINE_OK(x)	((x) == EM_X86_64)
#define ELF_TARG_CLASS		ELFCLASS64
#define ELF_TARG_DATA		ELFDATA2LSB
#define ELF_TARG_MACH		EM_X86_64
#define ELF_TARG_VER		1

/* Bias of a position independent program. */
#define ET_DYN_LOAD_ADDR	0x01021000

/* Auxiliary vector entries. */
typedef struct {
	int	a_type;
	union {
		int	a_val;
	} a_un;
} Elf32_Auxinfo;

typedef struct {
	long	a_type;			/* AT_* */
	union {
		long	a_val;
		void	*a_ptr;
		void	(*a_fcn)(void);
	} a_un;
} Elf64_Auxinfo;

__ElfType(Auxinfo);

#define AT_NULL		0
#define AT_IGNORE	1
#define AT_EXECFD	2
#define AT_PHDR		3
#define AT_PHENT	4
#define AT_PHNUM	5
#define AT_PAGESZ	6
#define AT_BASE		7
#define AT_FLAGS	8
#define AT_ENTRY	9
#define AT_BRK		10
#define AT_DEBUG	11
#define AT_NOTELF	10
#define AT_UID		11
#define AT_EUID		12
#define AT_GID		13
#define AT_EGID		14
#define AT_EXECPATH	15
#define AT_CANARY	16
#define AT_CANARYLEN	17
#define AT_OSRELDATE	18
#define AT_NCPUS	19
#define AT_PAGESIZES	20
#define AT_PAGESIZESLEN	21
#define AT_STACKPROT	23
#define AT_COUNT	24

/* Relocation types. */
#define R_X86_64_NONE		0
#define R_X86_64_64		1
#define R_X86_64_PC32		2
#define R_X86_64_GOT32		3
#define R_X86_64_PLT32		4
#define R_X86_64_COPY		5
#define R_X86_64_GLOB_DAT	6
#define R_X86_64_JMP_SLOT	7
#define R_X86_64_RELATIVE	8
#define R_X86_64_GOTPCREL	9
#define R_X86_64_32		10
#define R_X86_64_32S		11
#define R_X86_64_16		12
#define R_X86_64_PC16		13
#define R_X86_64_8		14
#define R_X86_64_PC8		15
#define R_X86_64_DTPMOD64	16
#define R_X86_64_DTPOFF64	17
#define R_X86_64_TPOFF64	18
#define R_X86_64_TLSGD		19
#define R_X86_64_TLSLD		20
#define R_X86_64_DTPOFF32	21
#define R_X86_64_GOTTPOFF	22
#define R_X86_64_TPOFF32	23
#define R_X86_64_IRELATIVE	37
#define R_X86_64_COUNT		38

#endif /* !_CPU_ELF_H_ */
