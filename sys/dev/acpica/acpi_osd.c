/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ACPICA asks of its operating system: memory, locks, time, deferred
 * work, access to hardware.  <acpi/acpiosxf.h> documents each function.
 *
 * ACPICA's interrupt handler runs in an interrupt thread here, so its
 * spinlocks are ordinary ones and its mutexes binary semaphores.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/time.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/intr_machdep.h>
#include <machine/md_var.h>
#include <machine/pmap.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <bus/pci/pcivar.h>

#include <acpi/acpi.h>
#include "acpivar.h"

#define GLOBAL_LOCK_PENDING	0x1
#define GLOBAL_LOCK_OWNED	0x2

static MALLOC_DEFINE(M_ACPI, "acpica", "ACPI interpreter");

acpi_status
acpi_os_initialize(void)
{
	return (AE_OK);
}

acpi_status
acpi_os_terminate(void)
{
	return (AE_OK);
}

acpi_physical_address
acpi_os_get_root_pointer(void)
{
	return (boot_info.bi_rsdp);
}

acpi_status
acpi_os_predefined_override(const struct acpi_predefined_names *init,
    acpi_string *value)
{
	*value = NULL;
	return (AE_OK);
}

acpi_status
acpi_os_table_override(struct acpi_table_header *existing,
    struct acpi_table_header **replacement)
{
	*replacement = NULL;
	return (AE_OK);
}

acpi_status
acpi_os_physical_table_override(struct acpi_table_header *existing,
    acpi_physical_address *address, u32 *length)
{
	*address = 0;
	return (AE_OK);
}

/* --- memory --- */

void *
acpi_os_allocate(acpi_size size)
{
	return (kmalloc(size, M_ACPI, M_INTWAIT));
}

void
acpi_os_free(void *p)
{
	kfree(p, M_ACPI);
}

/* Tables lie in memory, registers do not: only the latter go uncached. */
static bool
is_memory(vm_paddr_t pa)
{
	const struct boot_memory *m;
	uint64_t i;

	m = (const struct boot_memory *)boot_info.bi_memory;
	for (i = 0; i < boot_info.bi_memory_count; i++) {
		if (pa < m[i].bm_base || pa - m[i].bm_base >= m[i].bm_length)
			continue;
		return (m[i].bm_type == BOOT_MEM_RAM ||
		    m[i].bm_type == BOOT_MEM_ACPI_RECLAIM ||
		    m[i].bm_type == BOOT_MEM_ACPI_NVS ||
		    m[i].bm_type == BOOT_MEM_EFI_RUNTIME);
	}
	return (false);
}

void *
acpi_os_map_memory(acpi_physical_address where, acpi_size length)
{
	return (pmap_mapdev_attr(where, length, is_memory(where) ?
	    VM_MEMATTR_WRITE_BACK : VM_MEMATTR_UNCACHEABLE));
}

void
acpi_os_unmap_memory(void *va, acpi_size size)
{
	pmap_unmapdev((vm_offset_t)va, size);
}

acpi_status
acpi_os_get_physical_address(void *va, acpi_physical_address *pa)
{
	*pa = vtophys(va);
	return (*pa != 0 ? AE_OK : AE_BAD_ADDRESS);
}

u8
acpi_os_readable(void *p, acpi_size length)
{
	return (vtophys(p) != 0);
}

u8
acpi_os_writable(void *p, acpi_size length)
{
	return (vtophys(p) != 0);
}

/* --- locks --- */

struct acpi_lock {
	struct spinlock	spin;
};

acpi_status
acpi_os_create_lock(acpi_spinlock *lockp)
{
	struct acpi_lock *l;

	l = kmalloc(sizeof(*l), M_ACPI, M_WAITOK | M_ZERO);
	spin_init(&l->spin, "acpi");
	*lockp = l;
	return (AE_OK);
}

void
acpi_os_delete_lock(acpi_spinlock l)
{
	kfree(l, M_ACPI);
}

acpi_cpu_flags
acpi_os_acquire_lock(acpi_spinlock l)
{
	spin_lock(&l->spin);
	return (0);
}

void
acpi_os_release_lock(acpi_spinlock l, acpi_cpu_flags flags)
{
	spin_unlock(&l->spin);
}

/* (s) spin */
struct acpi_sem {
	struct spinlock	spin;
	u32		units;		/* (s) */
};

acpi_status
acpi_os_create_semaphore(u32 max, u32 initial, acpi_semaphore *semp)
{
	struct acpi_sem *s;

	if (initial > max)
		return (AE_BAD_PARAMETER);
	s = kmalloc(sizeof(*s), M_ACPI, M_WAITOK | M_ZERO);
	spin_init(&s->spin, "acpisem");
	s->units = initial;
	*semp = s;
	return (AE_OK);
}

acpi_status
acpi_os_delete_semaphore(acpi_semaphore s)
{
	if (s == NULL)
		return (AE_BAD_PARAMETER);
	kfree(s, M_ACPI);
	return (AE_OK);
}

acpi_status
acpi_os_wait_semaphore(acpi_semaphore s, u32 units, u16 timeout)
{
	acpi_status status = AE_OK;
	int end, left = 0;

	if (s == NULL)
		return (AE_BAD_PARAMETER);
	end = ticks + MAX(1, timeout * hz / 1000);
	spin_lock(&s->spin);
	while (s->units < units) {
		if (timeout != ACPI_WAIT_FOREVER) {
			left = end - ticks;
			if (timeout == ACPI_DO_NOT_WAIT || left <= 0) {
				status = AE_TIME;
				break;
			}
		}
		ssleep(s, &s->spin, 0, "acpisem", left);
	}
	if (ACPI_SUCCESS(status))
		s->units -= units;
	spin_unlock(&s->spin);
	return (status);
}

acpi_status
acpi_os_signal_semaphore(acpi_semaphore s, u32 units)
{
	if (s == NULL)
		return (AE_BAD_PARAMETER);
	spin_lock(&s->spin);
	s->units += units;
	spin_unlock(&s->spin);
	wakeup(s);
	return (AE_OK);
}

int
acpi_global_lock_acquire(volatile uint32_t *lock)
{
	uint32_t old, new;

	do {
		old = *lock;
		new = (old & ~GLOBAL_LOCK_PENDING) | GLOBAL_LOCK_OWNED;
		if ((old & GLOBAL_LOCK_OWNED) != 0)
			new |= GLOBAL_LOCK_PENDING;
	} while (!atomic_cmpset_int(lock, old, new));
	return ((old & GLOBAL_LOCK_OWNED) == 0);
}

int
acpi_global_lock_release(volatile uint32_t *lock)
{
	uint32_t old;

	do {
		old = *lock;
	} while (!atomic_cmpset_int(lock, old,
	    old & ~(GLOBAL_LOCK_PENDING | GLOBAL_LOCK_OWNED)));
	return ((old & GLOBAL_LOCK_PENDING) != 0);
}

/* --- interrupts and deferred work --- */

static struct {
	acpi_osd_handler handler;
	void		*context;
	void		*id;
	int		cpuid;
} sci;

static void
sci_intr(void *arg, void *frame)
{
	sci.handler(sci.context);
}

acpi_status
acpi_os_install_interrupt_handler(u32 interrupt, acpi_osd_handler handler,
    void *context)
{
	int irq;

	if (sci.handler != NULL)
		return (AE_ALREADY_EXISTS);
	irq = interrupt < 16 ? machintr_isa_irq(interrupt) :
	    machintr_gsi_irq(interrupt);
	if (irq < 0)
		return (AE_NOT_FOUND);
	sci.handler = handler;
	sci.context = context;
	sci.cpuid = machintr_legacy_intr_cpuid(irq);
	sci.id = register_int(irq, sci_intr, NULL, "acpi", NULL,
	    INTR_MPSAFE, sci.cpuid);
	if (sci.id == NULL) {
		sci.handler = NULL;
		return (AE_ERROR);
	}
	return (AE_OK);
}

acpi_status
acpi_os_remove_interrupt_handler(u32 interrupt, acpi_osd_handler handler)
{
	if (sci.handler != handler)
		return (AE_NOT_EXIST);
	unregister_int(sci.id, sci.cpuid);
	sci.handler = NULL;
	return (AE_OK);
}

/* (w) work_spin */
struct work {
	STAILQ_ENTRY(work) link;	/* (w) */
	acpi_osd_exec_callback func;
	void		*context;
};

static STAILQ_HEAD(, work) work_queue = STAILQ_HEAD_INITIALIZER(work_queue);
static struct spinlock work_spin = SPINLOCK_INITIALIZER(work_spin, "acpiwork");
static bool work_running;		/* (w) */
static bool worker_started;		/* attach only */

static void
worker(void *arg)
{
	struct work *w;

	spin_lock(&work_spin);
	for (;;) {
		w = STAILQ_FIRST(&work_queue);
		if (w == NULL) {
			work_running = false;
			wakeup(&work_running);
			ssleep(&work_queue, &work_spin, 0, "acpiwk", 0);
			continue;
		}
		STAILQ_REMOVE_HEAD(&work_queue, link);
		work_running = true;
		spin_unlock(&work_spin);
		w->func(w->context);
		kfree(w, M_ACPI);
		spin_lock(&work_spin);
	}
}

int
acpi_start_worker(void)
{
	struct thread *td;
	int error = 0;

	if (!worker_started) {
		error = kthread_create(worker, NULL, &td, "acpi_task");
		worker_started = error == 0;
	}
	return (error);
}

acpi_status
acpi_os_execute(acpi_execute_type type, acpi_osd_exec_callback func,
    void *context)
{
	struct work *w;

	w = kmalloc(sizeof(*w), M_ACPI, M_INTWAIT | M_ZERO);
	w->func = func;
	w->context = context;
	spin_lock(&work_spin);
	STAILQ_INSERT_TAIL(&work_queue, w, link);
	spin_unlock(&work_spin);
	wakeup(&work_queue);
	return (AE_OK);
}

void
acpi_os_wait_events_complete(void)
{
	spin_lock(&work_spin);
	while (work_running || !STAILQ_EMPTY(&work_queue))
		ssleep(&work_running, &work_spin, 0, "acpievt", 0);
	spin_unlock(&work_spin);
}

acpi_thread_id
acpi_os_get_thread_id(void)
{
	return ((acpi_thread_id)(uintptr_t)curthread);
}

/* --- time --- */

void
acpi_os_sleep(u64 milliseconds)
{
	static int never;

	tsleep(&never, 0, "acpislp", MAX(1, milliseconds * hz / 1000));
}

void
acpi_os_stall(u32 microseconds)
{
	DELAY(microseconds);
}

/* In units of 100 ns. */
u64
acpi_os_get_timer(void)
{
	struct timespec ts;

	nanouptime(&ts);
	return ((u64)ts.tv_sec * 10000000 + ts.tv_nsec / 100);
}

/* --- hardware --- */

acpi_status
acpi_os_read_port(acpi_io_address port, u32 *value, u32 width)
{
	switch (width) {
	case 8:
		*value = inb(port);
		break;
	case 16:
		*value = inw(port);
		break;
	case 32:
		*value = inl(port);
		break;
	default:
		return (AE_BAD_PARAMETER);
	}
	return (AE_OK);
}

acpi_status
acpi_os_write_port(acpi_io_address port, u32 value, u32 width)
{
	switch (width) {
	case 8:
		outb(port, value);
		break;
	case 16:
		outw(port, value);
		break;
	case 32:
		outl(port, value);
		break;
	default:
		return (AE_BAD_PARAMETER);
	}
	return (AE_OK);
}

/* One access to memory-mapped registers of the width given in bits. */
static void
access_memory(acpi_physical_address pa, u64 *value, u32 width, int iswrite)
{
	void *map = acpi_os_map_memory(pa, width / 8);
	volatile void *p = map;

#define ACCESS(type)	do {						\
	if (iswrite)							\
		*(volatile type *)p = *value;				\
	else								\
		*value = *(volatile type *)p;				\
} while (0)
	switch (width) {
	case 8:
		ACCESS(uint8_t);
		break;
	case 16:
		ACCESS(uint16_t);
		break;
	case 32:
		ACCESS(uint32_t);
		break;
	case 64:
		ACCESS(uint64_t);
		break;
	}
#undef ACCESS
	acpi_os_unmap_memory(map, width / 8);
}

acpi_status
acpi_os_read_memory(acpi_physical_address pa, u64 *value, u32 width)
{
	access_memory(pa, value, width, 0);
	return (AE_OK);
}

acpi_status
acpi_os_write_memory(acpi_physical_address pa, u64 value, u32 width)
{
	access_memory(pa, &value, width, 1);
	return (AE_OK);
}

acpi_status
acpi_os_read_pci_configuration(struct acpi_pci_id *id, u32 reg, u64 *value,
    u32 width)
{
	if (id->segment != 0)
		return (AE_SUPPORT);
	if (width == 64) {
		*value = pci_cfgread(id->bus, id->device, id->function, reg,
		    4) | (u64)pci_cfgread(id->bus, id->device, id->function,
		    reg + 4, 4) << 32;
	} else {
		*value = pci_cfgread(id->bus, id->device, id->function, reg,
		    width / 8);
	}
	return (AE_OK);
}

acpi_status
acpi_os_write_pci_configuration(struct acpi_pci_id *id, u32 reg, u64 value,
    u32 width)
{
	if (id->segment != 0)
		return (AE_SUPPORT);
	if (width == 64) {
		pci_cfgwrite(id->bus, id->device, id->function, reg, value, 4);
		pci_cfgwrite(id->bus, id->device, id->function, reg + 4,
		    value >> 32, 4);
	} else {
		pci_cfgwrite(id->bus, id->device, id->function, reg, value,
		    width / 8);
	}
	return (AE_OK);
}

acpi_status
acpi_os_enter_sleep(u8 state, u32 rega, u32 regb)
{
	return (AE_OK);
}

/* --- messages --- */

acpi_status
acpi_os_signal(u32 function, void *info)
{
	if (function == ACPI_SIGNAL_FATAL) {
		struct acpi_signal_fatal_info *f = info;

		kprintf("ACPI: the firmware reports a fatal error: type %u "
		    "code 0x%x argument 0x%x\n", f->type, f->code,
		    f->argument);
	}
	return (AE_OK);
}

/*
 * What is only for information is printed in a verbose boot.  ACPICA prints
 * its prefix, the text and the newline by three calls of one thread.
 */
#define ACPI_INFO_PREFIX	"ACPI: "

static thread_t acpi_silenced;

static bool
acpi_quiet(const char *format)
{
	if (strcmp(format, ACPI_INFO_PREFIX) == 0 && !bootverbose)
		acpi_silenced = curthread;
	if (acpi_silenced != curthread)
		return (false);
	if (format[0] != '\0' && format[strlen(format) - 1] == '\n')
		acpi_silenced = NULL;
	return (true);
}

void
acpi_os_vprintf(const char *format, va_list args)
{
	if (!acpi_quiet(format))
		kvprintf(format, args);
}

void ACPI_INTERNAL_VAR_XFACE
acpi_os_printf(const char *format, ...)
{
	va_list args;

	if (acpi_quiet(format))
		return;
	va_start(args, format);
	kvprintf(format, args);
	va_end(args);
}
