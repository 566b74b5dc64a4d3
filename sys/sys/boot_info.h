/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the boot loader hands to the kernel.
 *
 * The loader enters the kernel at its ELF entry point (already slid and
 * relocated) in 64-bit mode with interrupts off, %rdi holding the physical
 * address of a struct boot_info and %rsp pointing at a usable stack.  The
 * page tables in force map
 *
 *	- the first 4 GB of physical memory, and every byte the loader has
 *	  placed anything in, at their own addresses (identity), and
 *	- the kernel image contiguously at bi_kernel_virt.
 *
 * All addresses in these structures are physical.  Everything the loader
 * allocated, these structures included, is of type BOOT_MEM_LOADER in the
 * memory map: the kernel must not reuse such memory before it has copied
 * what it needs.  The image itself is BOOT_MEM_KERNEL.
 *
 * The structures may grow at their ends; bi_size says how much is there.
 */
#ifndef _SYS_BOOT_INFO_H_
#define _SYS_BOOT_INFO_H_

#include <sys/stdint.h>

#define BOOT_INFO_MAGIC		0x796c666c65736d44ULL	/* "Dmselfly" */
#define BOOT_INFO_VERSION	1

/* Link address of the kernel before sliding; slides are multiples of 2 MB. */
#define BOOT_KERNEL_LINKBASE	0xffffffff80200000ULL
#define BOOT_KERNEL_ALIGN	0x200000ULL
/* The image must end below this virtual address, slide included. */
#define BOOT_KERNEL_VIRTLIMIT	0xffffffffc0000000ULL

/* bm_type: the numbers of the BIOS's INT 15h/E820h, then our own. */
#define BOOT_MEM_RAM		1	/* free */
#define BOOT_MEM_RESERVED	2
#define BOOT_MEM_ACPI_RECLAIM	3	/* tables; free after parsing */
#define BOOT_MEM_ACPI_NVS	4
#define BOOT_MEM_BAD		5
#define BOOT_MEM_EFI_RUNTIME	0x100	/* keep; UEFI runtime services */
#define BOOT_MEM_LOADER		0x101	/* loader data handed over */
#define BOOT_MEM_KERNEL		0x102	/* the kernel image */

struct boot_memory {
	uint64_t	bm_base;	/* bytes, page aligned for usable types */
	uint64_t	bm_length;	/* bytes */
	uint32_t	bm_type;	/* BOOT_MEM_* */
	uint32_t	bm_reserved;
};

/* A file loaded beside the kernel, in load order. */
struct boot_module {
	uint64_t	bmod_addr;	/* start of the file's bytes */
	uint64_t	bmod_size;	/* bytes */
	uint64_t	bmod_name;	/* path, NUL-terminated */
	uint64_t	bmod_type;	/* "elf module", "md_image", ... */
	uint64_t	bmod_args;	/* NUL-terminated, may be 0 */
};

struct boot_framebuffer {
	uint64_t	bfb_addr;	/* 0: none */
	uint64_t	bfb_size;	/* bytes */
	uint32_t	bfb_width;	/* pixels */
	uint32_t	bfb_height;
	uint32_t	bfb_stride;	/* bytes a row */
	uint32_t	bfb_depth;	/* bits a pixel */
	uint32_t	bfb_mask_red;
	uint32_t	bfb_mask_green;
	uint32_t	bfb_mask_blue;
	uint32_t	bfb_reserved;
};

#define BOOT_FIRMWARE_BIOS	1
#define BOOT_FIRMWARE_UEFI	2

struct boot_info {
	uint64_t	bi_magic;	/* BOOT_INFO_MAGIC */
	uint32_t	bi_version;	/* BOOT_INFO_VERSION */
	uint32_t	bi_size;	/* sizeof(struct boot_info) of the loader */
	uint32_t	bi_firmware;	/* BOOT_FIRMWARE_* */
	uint32_t	bi_howto;	/* RB_* of <sys/reboot.h> */

	uint64_t	bi_kernel_phys;	/* where the image lies */
	uint64_t	bi_kernel_virt;	/* where it is mapped and runs */
	uint64_t	bi_kernel_size;	/* bytes, .bss included */
	uint64_t	bi_kernel_name;	/* path it was loaded from */

	uint64_t	bi_symtab;	/* Elf64_Sym[], unslid values; 0: none */
	uint64_t	bi_symtab_size;	/* bytes */
	uint64_t	bi_strtab;
	uint64_t	bi_strtab_size;	/* bytes */

	uint64_t	bi_memory;	/* struct boot_memory[], by address */
	uint64_t	bi_memory_count;
	uint64_t	bi_modules;	/* struct boot_module[] */
	uint64_t	bi_modules_count;

	uint64_t	bi_env;		/* "name=value" NUL ... NUL NUL */
	uint64_t	bi_env_size;	/* bytes, final NUL included */

	uint64_t	bi_rsdp;	/* ACPI root pointer; 0: search for it */
	uint64_t	bi_efi_systab;	/* UEFI only */
	uint64_t	bi_smbios;	/* entry point; 0: unknown */

	struct boot_framebuffer bi_fb;

	uint8_t		bi_seed[64];	/* entropy, at best what firmware gave */
	uint64_t	bi_tsc_start;	/* TSC when the loader started */
};

#endif /* !_SYS_BOOT_INFO_H_ */
