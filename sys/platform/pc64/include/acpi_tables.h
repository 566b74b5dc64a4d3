/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ACPI tables that can be read without interpreting AML, from the first
 * moment on.  Layouts are those of the ACPI specification 6.4, chapter 5.2.
 */
#ifndef _MACHINE_ACPI_TABLES_H_
#define _MACHINE_ACPI_TABLES_H_

#ifdef _KERNEL

#include <sys/types.h>

/* What every table but the RSDP begins with. */
struct acpi_header {
	char		signature[4];
	uint32_t	length;		/* of the whole table */
	uint8_t		revision;
	uint8_t		checksum;	/* all bytes sum up to 0 */
	char		oem_id[6];
	char		oem_table_id[8];
	uint32_t	oem_revision;
	uint32_t	creator_id;
	uint32_t	creator_revision;
} __attribute__((packed));

/* Generic address structure. */
struct acpi_gas {
	uint8_t		space;		/* ACPI_SPACE_* */
	uint8_t		bits;
	uint8_t		offset;
	uint8_t		access;
	uint64_t	address;
} __attribute__((packed));

#define ACPI_SPACE_MEMORY	0
#define ACPI_SPACE_IO		1

struct acpi_fadt {
	struct acpi_header h;
	uint32_t	facs;
	uint32_t	dsdt;
	uint8_t		reserved1;
	uint8_t		preferred_profile;
	uint16_t	sci_int;
	uint32_t	smi_cmd;
	uint8_t		acpi_enable;
	uint8_t		acpi_disable;
	uint8_t		s4bios_req;
	uint8_t		pstate_cnt;
	uint32_t	pm1a_evt_blk;
	uint32_t	pm1b_evt_blk;
	uint32_t	pm1a_cnt_blk;
	uint32_t	pm1b_cnt_blk;
	uint32_t	pm2_cnt_blk;
	uint32_t	pm_tmr_blk;
	uint32_t	gpe0_blk;
	uint32_t	gpe1_blk;
	uint8_t		pm1_evt_len;
	uint8_t		pm1_cnt_len;
	uint8_t		pm2_cnt_len;
	uint8_t		pm_tmr_len;
	uint8_t		gpe0_blk_len;
	uint8_t		gpe1_blk_len;
	uint8_t		gpe1_base;
	uint8_t		cst_cnt;
	uint16_t	p_lvl2_lat;
	uint16_t	p_lvl3_lat;
	uint16_t	flush_size;
	uint16_t	flush_stride;
	uint8_t		duty_offset;
	uint8_t		duty_width;
	uint8_t		day_alarm;
	uint8_t		month_alarm;
	uint8_t		century;	/* RTC register, 0: none */
	uint16_t	boot_arch;
	uint8_t		reserved2;
	uint32_t	flags;		/* ACPI_FADT_* */
	struct acpi_gas	reset_reg;
	uint8_t		reset_value;
	uint16_t	arm_boot_arch;
	uint8_t		minor;
	uint64_t	x_facs;
	uint64_t	x_dsdt;
	struct acpi_gas	x_pm1a_evt_blk;
	struct acpi_gas	x_pm1b_evt_blk;
	struct acpi_gas	x_pm1a_cnt_blk;
	struct acpi_gas	x_pm1b_cnt_blk;
	struct acpi_gas	x_pm2_cnt_blk;
	struct acpi_gas	x_pm_tmr_blk;
} __attribute__((packed));

#define ACPI_FADT_TMR_VAL_EXT	0x00000100	/* timer has 32 bits */
#define ACPI_FADT_RESET_REG	0x00000400

struct acpi_madt {
	struct acpi_header h;
	uint32_t	lapic_addr;
	uint32_t	flags;
} __attribute__((packed));

/* Entries of MADT and SRAT: type, length, then what the type says. */
struct acpi_subtable {
	uint8_t		type;
	uint8_t		length;
} __attribute__((packed));

struct acpi_hpet {
	struct acpi_header h;
	uint32_t	id;
	struct acpi_gas	base;
	uint8_t		number;
	uint16_t	min_tick;
	uint8_t		page_protect;
} __attribute__((packed));

struct acpi_mcfg_alloc {
	uint64_t	base;		/* of bus 0 of the segment */
	uint16_t	segment;
	uint8_t		start_bus;
	uint8_t		end_bus;
	uint32_t	reserved;
} __attribute__((packed));

struct acpi_mcfg {
	struct acpi_header h;
	uint64_t	reserved;
	struct acpi_mcfg_alloc alloc[];
} __attribute__((packed));

/* The n-th (from 0) valid table of that signature, or NULL. Stays mapped. */
const void *acpi_table_find(const char *signature, int n);
/* Physical address of the RSDP, 0 if there is none. */
extern vm_paddr_t acpi_rsdp_pa;

/*
 * Call func for each entry of the table between `first' and the end.
 */
void	acpi_subtables(const struct acpi_header *h, size_t first,
	    void (*func)(const struct acpi_subtable *, void *), void *arg);

#endif /* _KERNEL */
#endif /* !_MACHINE_ACPI_TABLES_H_ */
