/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of ELF-64 (System V gABI, x86-64 psABI) that the loader reads.
 */
#ifndef _BOOT_ELF64_H_
#define _BOOT_ELF64_H_

#include <stdint.h>

#define EI_CLASS	4
#define EI_DATA		5
#define ELFCLASS64	2
#define ELFDATA2LSB	1
#define ET_EXEC		2
#define ET_DYN		3
#define EM_X86_64	62

#define PT_LOAD		1
#define PT_DYNAMIC	2
#define PT_INTERP	3

#define DT_NULL		0
#define DT_NEEDED	1
#define DT_RELA		7
#define DT_RELASZ	8
#define DT_REL		17
#define DT_JMPREL	23
#define DT_RELR		36

#define SHT_SYMTAB	2
#define SHT_STRTAB	3

#define R_X86_64_NONE		0
#define R_X86_64_RELATIVE	8

struct elf_ehdr {
	uint8_t		e_ident[16];
	uint16_t	e_type;
	uint16_t	e_machine;
	uint32_t	e_version;
	uint64_t	e_entry;
	uint64_t	e_phoff;
	uint64_t	e_shoff;
	uint32_t	e_flags;
	uint16_t	e_ehsize;
	uint16_t	e_phentsize;
	uint16_t	e_phnum;
	uint16_t	e_shentsize;
	uint16_t	e_shnum;
	uint16_t	e_shstrndx;
};

struct elf_phdr {
	uint32_t	p_type;
	uint32_t	p_flags;
	uint64_t	p_offset;
	uint64_t	p_vaddr;
	uint64_t	p_paddr;
	uint64_t	p_filesz;
	uint64_t	p_memsz;
	uint64_t	p_align;
};

struct elf_shdr {
	uint32_t	sh_name;
	uint32_t	sh_type;
	uint64_t	sh_flags;
	uint64_t	sh_addr;
	uint64_t	sh_offset;
	uint64_t	sh_size;
	uint32_t	sh_link;
	uint32_t	sh_info;
	uint64_t	sh_addralign;
	uint64_t	sh_entsize;
};

struct elf_dyn {
	int64_t		d_tag;
	uint64_t	d_val;
};

struct elf_rela {
	uint64_t	r_offset;
	uint64_t	r_info;
	int64_t		r_addend;
};

#endif /* !_BOOT_ELF64_H_ */
