/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi: what its files share.  Include <acpi/acpi.h> first.
 */
#ifndef _DEV_ACPICA_ACPIVAR_H_
#define _DEV_ACPICA_ACPIVAR_H_

/* acpi_osd.c: the thread that runs deferred work. */
int	acpi_start_worker(void);

/* acpi_pci.c: read the _PRTs and answer for the PCI bus. */
void	acpi_pci_init(void);

#endif /* !_DEV_ACPICA_ACPIVAR_H_ */
