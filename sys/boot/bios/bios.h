/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calling the BIOS: fill bios_frame and bios_vector (bios/start.S), then
 * bios_call().  bios_int() does all three.
 */
#ifndef _BIOS_H_
#define _BIOS_H_

#include <stdint.h>

struct bios_regs {
	uint32_t	eax, ebx, ecx, edx, esi, edi, ebp;
	uint32_t	eflags;		/* after the call */
	uint16_t	ds, es;
};
#define EFLAGS_CF	0x001
#define EFLAGS_ZF	0x040

void	bios_int(int vector, struct bios_regs *);
void	bios_halt(void);		/* until the next interrupt */
void	bios_disk_probe(int drive);
void	bios_memory_init(void);
void	bios_main(int drive);
extern int bios_boot_drive;

/* Low memory: code and data below 0x70000, then the disk buffer. */
#define BIOS_BUFFER	0x70000UL
#define BIOS_BUFFER_SIZE 0x10000UL
#define BIOS_PARAMS	0x600UL		/* small structures for the BIOS */

#define BIOS_BDA_TICKS	0x46cUL
#define BIOS_BDA_MODE	0x449UL
#define BIOS_BDA_EBDA	0x40eUL

#endif /* !_BIOS_H_ */
