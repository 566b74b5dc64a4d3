/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories the dynamic linker searches: ldconfig(8)'s file.
 */
#ifndef _ELF_HINTS_H_
#define _ELF_HINTS_H_

#include <sys/types.h>

#define ELFHINTS_MAGIC	0x746e6845
#define _PATH_ELF_HINTS	"/var/run/ld-elf.so.hints"

struct elfhints_hdr {
	uint32_t magic;
	uint32_t version;
	uint32_t strtab;
	uint32_t strsize;
	uint32_t dirlist;
	uint32_t dirlistlen;
	uint32_t spare[26];
};

#endif /* !_ELF_HINTS_H_ */
