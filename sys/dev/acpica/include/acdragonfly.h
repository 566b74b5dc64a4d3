/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ACPICA needs to know about this kernel.  ACPICA's acenv.h includes a
 * file of this name for our target; the functions are in ../acpi_osd.c.
 */
#ifndef _ACDRAGONFLY_H_
#define _ACDRAGONFLY_H_

#include <sys/types.h>
#include <sys/systm.h>
#include <sys/libkern.h>
#include <stdarg.h>

#define ACPI_MACHINE_WIDTH	64
#define COMPILER_DEPENDENT_INT64 long
#define COMPILER_DEPENDENT_UINT64 unsigned long
#define ACPI_USE_SYSTEM_CLIBRARY
#define ACPI_USE_DO_WHILE_0
#define ACPI_USE_LOCAL_CACHE
#define ACPI_USE_NATIVE_DIVIDE
#define ACPI_USE_NATIVE_MATH64
#define ACPI_IGNORE_PACKAGE_RESOLUTION_ERRORS
#define ACPI_PCI_CONFIGURED

struct acpi_lock;
struct acpi_sem;
#define acpi_spinlock		struct acpi_lock *
#define acpi_semaphore		struct acpi_sem *
#define acpi_cpu_flags		u_long
#define acpi_uintptr_t		uintptr_t
#define ACPI_TO_INTEGER(p)	((uintptr_t)(p))
#define ACPI_OFFSET(d, f)	__builtin_offsetof(d, f)

#define ACPI_FLUSH_CPU_CACHE()	wbinvd()

/* The lock shared with the firmware, ACPI specification 5.2.10.1. */
int	acpi_global_lock_acquire(volatile uint32_t *lock);
int	acpi_global_lock_release(volatile uint32_t *lock);
#define ACPI_ACQUIRE_GLOBAL_LOCK(facs, acquired) \
	((acquired) = acpi_global_lock_acquire(&(facs)->global_lock))
#define ACPI_RELEASE_GLOBAL_LOCK(facs, pending) \
	((pending) = acpi_global_lock_release(&(facs)->global_lock))

/* The platform has a function of this name, which needs no interpreter. */
#define acpi_reset	acpica_reset

/* An annotation of the kernel our copy of ACPICA comes from. */
#define __iomem

#define sprintf			ksprintf
#define snprintf		ksnprintf
#define vsnprintf		kvsnprintf

#endif /* !_ACDRAGONFLY_H_ */
