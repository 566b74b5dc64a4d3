/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding ACPI tables in memory, and reset through the FADT.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/acpi_tables.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>
#include "apicvar.h"
#include "machvar.h"

#define RSDP_SIZE_V1	20
#define TABLE_MAX	0x4000000	/* 64 MB: anything above is garbage */

struct acpi_rsdp {
	char		signature[8];
	uint8_t		checksum;	/* of the first 20 bytes */
	char		oem_id[6];
	uint8_t		revision;
	uint32_t	rsdt;
	uint32_t	length;
	uint64_t	xsdt;
	uint8_t		checksum2;
	uint8_t		reserved[3];
} __attribute__((packed));

vm_paddr_t acpi_rsdp_pa;

static const struct acpi_header *root;	/* XSDT or RSDT */
static bool	root_is_xsdt;

static bool
sum_is_zero(const void *p, size_t len)
{
	const uint8_t *b = p;
	uint8_t sum = 0;

	while (len-- > 0)
		sum += *b++;
	return (sum == 0);
}

static const void *
map_table(vm_paddr_t pa)
{
	const struct acpi_header *h;
	uint32_t len;

	if (pa == 0)
		return (NULL);
	h = pmap_mapdev_attr(pa, sizeof(*h), VM_MEMATTR_WRITE_BACK);
	len = h->length;
	if (len < sizeof(*h) || len > TABLE_MAX)
		return (NULL);
	h = pmap_mapdev_attr(pa, len, VM_MEMATTR_WRITE_BACK);
	return (sum_is_zero(h, len) ? h : NULL);
}

static vm_paddr_t
scan_rsdp(vm_paddr_t start, vm_paddr_t end)
{
	const char *p;
	vm_paddr_t pa;

	for (pa = start; pa + RSDP_SIZE_V1 <= end; pa += 16) {
		p = (const char *)PHYS_TO_DMAP(pa);
		if (memcmp(p, "RSD PTR ", 8) == 0 &&
		    sum_is_zero(p, RSDP_SIZE_V1))
			return (pa);
	}
	return (0);
}

void
acpi_tables_init(void)
{
	const struct acpi_rsdp *rsdp;
	vm_paddr_t ebda;

	acpi_rsdp_pa = boot_info.bi_rsdp;
	if (acpi_rsdp_pa == 0 && boot_info.bi_firmware == BOOT_FIRMWARE_BIOS) {
		/* Real mode segment of the extended BIOS data area. */
		ebda = (vm_paddr_t)*(uint16_t *)PHYS_TO_DMAP(0x40e) << 4;
		if (ebda >= 0x80000 && ebda < 0xa0000)
			acpi_rsdp_pa = scan_rsdp(ebda, ebda + 1024);
		if (acpi_rsdp_pa == 0)
			acpi_rsdp_pa = scan_rsdp(0xe0000, 0x100000);
	}
	if (acpi_rsdp_pa == 0)
		return;
	rsdp = pmap_mapdev_attr(acpi_rsdp_pa, sizeof(*rsdp),
	    VM_MEMATTR_WRITE_BACK);
	if (memcmp(rsdp->signature, "RSD PTR ", 8) != 0) {
		acpi_rsdp_pa = 0;
		return;
	}
	if (rsdp->revision >= 2 && rsdp->xsdt != 0) {
		root = map_table(rsdp->xsdt);
		root_is_xsdt = root != NULL;
	}
	if (root == NULL)
		root = map_table(rsdp->rsdt);
}

const void *
acpi_table_find(const char *signature, int n)
{
	const struct acpi_header *h;
	const char *entry, *end;
	vm_paddr_t pa;

	if (root == NULL)
		return (NULL);
	entry = (const char *)(root + 1);
	end = (const char *)root + root->length;
	for (; entry + (root_is_xsdt ? 8 : 4) <= end;
	     entry += root_is_xsdt ? 8 : 4) {
		if (root_is_xsdt)
			memcpy(&pa, entry, 8);
		else
			pa = *(const uint32_t *)entry;
		if (pa == 0)
			continue;
		h = pmap_mapdev_attr(pa, sizeof(*h), VM_MEMATTR_WRITE_BACK);
		if (memcmp(h->signature, signature, 4) != 0)
			continue;
		h = map_table(pa);
		if (h != NULL && n-- == 0)
			return (h);
	}
	return (NULL);
}

void
acpi_subtables(const struct acpi_header *h, size_t first,
    void (*func)(const struct acpi_subtable *, void *), void *arg)
{
	const char *p = (const char *)h + first;
	const char *end = (const char *)h + h->length;
	const struct acpi_subtable *st;

	while (p + sizeof(*st) <= end) {
		st = (const struct acpi_subtable *)p;
		if (st->length < sizeof(*st) || p + st->length > end)
			break;
		func(st, arg);
		p += st->length;
	}
}

/* Restart the machine by the register that the FADT names, if it does. */
void
acpi_reset(void)
{
	const struct acpi_fadt *fadt = acpi_table_find("FACP", 0);

	if (fadt == NULL || fadt->h.length < offsetof(struct acpi_fadt,
	    arm_boot_arch) || (fadt->flags & ACPI_FADT_RESET_REG) == 0)
		return;
	switch (fadt->reset_reg.space) {
	case ACPI_SPACE_IO:
		outb(fadt->reset_reg.address, fadt->reset_value);
		break;
	case ACPI_SPACE_MEMORY:
		*(volatile uint8_t *)pmap_mapdev(fadt->reset_reg.address, 1) =
		    fadt->reset_value;
		break;
	}
	DELAY(100000);
}
