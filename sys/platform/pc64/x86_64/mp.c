/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The other CPUs: which there are (MADT), bringing them up, talking to them.
 *
 * Application processors start in real mode in a page below 640 KB
 * (mpboot.S), where they find what they need to get to init_secondary():
 * page tables, a stack, an address.  They are started one after the other;
 * each gets its own private data and idle thread beforehand and goes to its
 * idle loop as soon as it is ready.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cpu_topology.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_kern.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <machine/acpi_tables.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "apicvar.h"
#include "machvar.h"
#include "pmap_var.h"

/* MADT entry types (ACPI 6.4, 5.2.12). */
#define MADT_LAPIC	0
#define MADT_IOAPIC	1
#define MADT_OVERRIDE	2
#define MADT_X2APIC	9
#define MADT_ENABLED	1
#define SRAT_LAPIC	0
#define SRAT_MEMORY	1
#define SRAT_X2APIC	2

int	cpu_apic_ids[MAXCPU];
int	cpu_count;
int	naps;
cpumask_t smp_active_mask = CPUMASK_INITIALIZER_ONLYONE;
cpumask_t smp_startup_mask = CPUMASK_INITIALIZER_ONLYONE;
struct privatespace *CPU_prvspace[MAXCPU];

static u_int	cpu_acpi_ids[MAXCPU];
static int	cpu_domains[MAXCPU];	/* NUMA domain */
static const struct acpi_header *srat;
static u_int	bsp_apic_id;
static volatile int mp_go;	/* application processors may schedule */

static void	set_ncpus(int n);
static void	numa_enumerate(void);
static void	topology_enumerate(void);

/* What mpboot.S expects at the end of its page. */
extern char	mpboot_start[], mpboot_end[], mpboot_params[];
struct mpboot_params {
	uint64_t	mp_cr3;
	uint64_t	mp_cr4;
	uint64_t	mp_efer;
	uint64_t	mp_stack;
	uint64_t	mp_entry;
	uint64_t	mp_arg;
};

/* --- what there is --------------------------------------------------- */

static void
cpu_add(u_int apicid, u_int acpi_id)
{
	int i;

	if (apicid == bsp_apic_id) {
		cpu_acpi_ids[0] = acpi_id;
		return;
	}
	for (i = 1; i < cpu_count; ++i) {
		if (cpu_apic_ids[i] == (int)apicid)
			return;
	}
	if (cpu_count == MAXCPU)
		return;
	cpu_apic_ids[cpu_count] = apicid;
	cpu_acpi_ids[cpu_count] = acpi_id;
	++cpu_count;
}

static void
madt_entry(const struct acpi_subtable *st, void *arg)
{
	const uint8_t *b = (const uint8_t *)st;
	uint32_t w[4];

	switch (st->type) {
	case MADT_LAPIC:
		memcpy(&w[0], b + 4, 4);
		if (st->length >= 8 && (w[0] & MADT_ENABLED))
			cpu_add(b[3], b[2]);
		break;
	case MADT_X2APIC:
		if (st->length < 16)
			break;
		memcpy(w, b + 4, 12);	/* id, flags, uid */
		if (w[1] & MADT_ENABLED)
			cpu_add(w[0], w[2]);
		break;
	case MADT_IOAPIC:
		if (st->length < 12)
			break;
		memcpy(w, b + 4, 8);	/* address, first interrupt */
		ioapic_add(b[2], w[0], w[1]);
		break;
	}
}

static void
madt_override(const struct acpi_subtable *st, void *arg)
{
	static const enum intr_polarity pola[4] = {
		INTR_POLARITY_HIGH, INTR_POLARITY_HIGH,
		INTR_POLARITY_HIGH, INTR_POLARITY_LOW
	};
	static const enum intr_trigger trig[4] = {
		INTR_TRIGGER_EDGE, INTR_TRIGGER_EDGE,
		INTR_TRIGGER_EDGE, INTR_TRIGGER_LEVEL
	};
	const uint8_t *b = (const uint8_t *)st;
	uint16_t flags;
	uint32_t gsi;

	if (st->type != MADT_OVERRIDE || st->length < 10)
		return;
	memcpy(&gsi, b + 4, 4);
	memcpy(&flags, b + 8, 2);
	ioapic_override(b[3], gsi, trig[(flags >> 2) & 3], pola[flags & 3]);
}

void
apic_enumerate(void)
{
	const struct acpi_header *madt = acpi_table_find("APIC", 0);
	u_int regs[4];
	int i;

	for (i = 0; i < MAXCPU; ++i)
		cpu_apic_ids[i] = -1;
	if (cpu_high >= 0xb) {
		cpuid_count(0xb, 0, regs);
		bsp_apic_id = regs[3];
	}
	if (bsp_apic_id == 0) {
		do_cpuid(1, regs);
		bsp_apic_id = regs[1] >> 24;
	}
	cpu_apic_ids[0] = bsp_apic_id;
	cpu_count = 1;
	if (madt != NULL) {
		acpi_subtables(madt, sizeof(struct acpi_madt), madt_entry,
		    NULL);
		acpi_subtables(madt, sizeof(struct acpi_madt), madt_override,
		    NULL);
	}
	numa_enumerate();
	topology_enumerate();
}

int
cpuid_to_apicid(int cpuid)
{
	return (cpuid < MAXCPU ? cpu_apic_ids[cpuid] : -1);
}

int
apicid_to_cpuid(u_int apicid)
{
	int i;

	for (i = 0; i < cpu_count; ++i) {
		if (cpu_apic_ids[i] == (int)apicid)
			return (i);
	}
	return (-1);
}

struct globaldata *
globaldata_find(int cpuid)
{
	return (&CPU_prvspace[cpuid]->mdglobaldata.mi);
}

/* --- NUMA ------------------------------------------------------------ */

struct srat_search {
	vm_paddr_t	pa;
	vm_paddr_t	end;
	int		apicid;
	int		domain;
};

static void
srat_entry(const struct acpi_subtable *st, void *arg)
{
	struct srat_search *ss = arg;
	const uint8_t *b = (const uint8_t *)st;
	uint64_t base, length;
	uint32_t domain, id, flags;

	if (st->type == SRAT_MEMORY && st->length >= 40) {
		memcpy(&domain, b + 2, 4);
		memcpy(&base, b + 8, 8);
		memcpy(&length, b + 16, 8);
		memcpy(&flags, b + 28, 4);
		if ((flags & 1) && ss->apicid < 0 && ss->pa >= base &&
		    ss->pa < base + length) {
			ss->domain = domain;
			ss->end = base + length;
		}
	} else if (st->type == SRAT_LAPIC && st->length >= 16) {
		memcpy(&flags, b + 4, 4);
		if ((flags & 1) && ss->apicid == b[3])
			ss->domain = b[2];
	} else if (st->type == SRAT_X2APIC && st->length >= 24) {
		memcpy(&domain, b + 4, 4);
		memcpy(&id, b + 8, 4);
		memcpy(&flags, b + 12, 4);
		if ((flags & 1) && ss->apicid == (int)id)
			ss->domain = domain;
	}
}

static int
srat_lookup(struct srat_search *ss)
{
	ss->domain = 0;
	ss->end = ~0UL;
	if (srat != NULL)
		acpi_subtables(srat, sizeof(*srat) + 12, srat_entry, ss);
	return (ss->domain);
}

int
pmap_phys_domain(vm_paddr_t pa, vm_paddr_t *endp)
{
	struct srat_search ss = { .pa = pa, .apicid = -1 };
	int domain = srat_lookup(&ss);

	if (endp != NULL)
		*endp = ss.end;
	return (domain);
}

int
pmap_cpu_domain(int cpuid)
{
	return (cpu_domains[cpuid]);
}

static void
numa_enumerate(void)
{
	struct srat_search ss;
	int i;

	srat = acpi_table_find("SRAT", 0);
	for (i = 0; i < cpu_count; ++i) {
		ss.apicid = cpu_apic_ids[i];
		cpu_domains[i] = srat_lookup(&ss);
	}
}

/* --- topology -------------------------------------------------------- */

/* Bits needed to number n things. */
static int
bits_for(u_int n)
{
	int bits = 0;

	while ((1U << bits) < n)
		bits++;
	return (bits);
}

/*
 * An APIC id is made of the numbers of the package, the core in it and the
 * thread in that: how wide are the lower two?  Intel's manual, volume 3,
 * "Hierarchical mapping of shared resources"; AMD's, volume 3, function
 * 8000_0008h.
 */
static void
apic_id_fields(int *threadbits, int *packagebits)
{
	u_int regs[4], logical, cores = 1;
	int level;

	*threadbits = *packagebits = 0;
	if (cpu_high >= 0xb) {
		for (level = 0; level < 4; level++) {
			cpuid_count(0xb, level, regs);
			switch ((regs[2] >> 8) & 0xff) {
			case 1:		/* threads */
				*threadbits = regs[0] & 0x1f;
				break;
			case 2:		/* cores */
				*packagebits = regs[0] & 0x1f;
				break;
			default:
				level = 4;
				break;
			}
		}
		if (*packagebits != 0)
			return;
	}
	do_cpuid(1, regs);
	logical = (regs[3] & CPUID_HTT) ? (regs[1] >> 16) & 0xff : 1;
	if (strcmp(cpu_vendor, "AuthenticAMD") == 0 &&
	    cpu_exthigh >= 0x80000008) {
		do_cpuid(0x80000008, regs);
		cores = (regs[2] & 0xff) + 1;
		*packagebits = (regs[2] >> 12) & 0xf;
	} else if (cpu_high >= 4) {
		cpuid_count(4, 0, regs);
		cores = (regs[0] >> 26) + 1;
	}
	if (logical < cores)
		logical = cores;
	if (*packagebits == 0)
		*packagebits = bits_for(logical);
	*threadbits = bits_for(logical / cores);
}

static void
topology_enumerate(void)
{
	int threadbits, packagebits, i;

	apic_id_fields(&threadbits, &packagebits);
	for (i = 0; i < cpu_count; ++i) {
		cpu_places[i].package = cpu_apic_ids[i] >> packagebits;
		cpu_places[i].core = cpu_apic_ids[i] >> threadbits;
		cpu_places[i].domain = cpu_domains[i];
	}
}

/* --- start-up -------------------------------------------------------- */

/* Stack of an exception, or of an idle thread, with a guard page below. */
void *
stack_alloc(vm_size_t size)
{
	return ((char *)kmem_alloc_stack(size) + size);
}

static void
prepare_cpu(int cpuid)
{
	struct privatespace *ps;
	struct mdglobaldata *md;
	int i;

	ps = (void *)kmem_alloc(&kernel_map, sizeof(*ps), VM_SUBSYS_GD);
	CPU_prvspace[cpuid] = ps;
	md = &ps->mdglobaldata;
	md->mi.gd_prvspace = ps;
	md->gd_apic_id = cpu_apic_ids[cpuid];
	md->gd_acpi_id = cpu_acpi_ids[cpuid];
	mi_gdinit(&md->mi, cpuid);
	cpu_gdinit(&md->mi, cpuid);
	for (i = 0; i < 4; ++i)
		md->gd_ist_top[i] = (u_long)stack_alloc(IST_STACK_SIZE);
}

static bool
start_cpu(int cpuid)
{
	struct mdglobaldata *md = &CPU_prvspace[cpuid]->mdglobaldata;
	struct mpboot_params *mp;
	char *page = (char *)PHYS_TO_DMAP(mp_trampoline_pa);
	u_int apicid = cpu_apic_ids[cpuid];
	int tries, i;

	mp = (struct mpboot_params *)(page + (mpboot_params - mpboot_start));
	mp->mp_cr3 = kernel_pmap.pm_cr3;
	mp->mp_cr4 = rcr4() & ~(u_long)CR4_PCIDE;
	mp->mp_efer = rdmsr(MSR_EFER);
	mp->mp_stack = (u_long)md->mi.gd_idlethread.td_pcb;
	mp->mp_entry = (u_long)init_secondary;
	mp->mp_arg = cpuid;

	lapic_send_init(apicid);
	DELAY(10000);
	for (tries = 0; tries < 2; ++tries) {
		lapic_send_startup(apicid, mp_trampoline_pa >> PAGE_SHIFT);
		DELAY(200);
		for (i = 0; i < 100000; ++i) {
			if (CPUMASK_TESTBIT(*(volatile cpumask_t *)
			    &smp_startup_mask, cpuid))
				return (true);
			DELAY(10);
		}
	}
	return (false);
}

/* The 1:1 mapping that lets a CPU turn paging on where it stands. */
static void
trampoline_map(bool on)
{
	static uint64_t *tables[3];
	vm_paddr_t pa = mp_trampoline_pa;
	uint64_t *pml4 = kernel_pmap.pm_pml4;
	int i;

	if (on) {
		for (i = 0; i < 3; ++i) {
			if (tables[i] == NULL)
				tables[i] = (uint64_t *)PHYS_TO_DMAP(
				    vm_page_alloc_table(VM_ALLOC_SYSTEM)->
				    phys_addr);
		}
		tables[2][PTI(pa)] = pa | X86_PG_V | X86_PG_RW;
		tables[1][PDI(pa)] = DMAP_TO_PHYS(tables[2]) | X86_PG_V |
		    X86_PG_RW;
		tables[0][PDPI(pa)] = DMAP_TO_PHYS(tables[1]) | X86_PG_V |
		    X86_PG_RW;
		pml4[0] = DMAP_TO_PHYS(tables[0]) | X86_PG_V | X86_PG_RW;
	} else {
		pml4[0] = 0;
		smp_invltlb();
		for (i = 0; i < 3; ++i) {
			vm_page_free_table(PHYS_TO_VM_PAGE(
			    DMAP_TO_PHYS(tables[i])));
			tables[i] = NULL;
		}
	}
}

/* SI_BOOT2_MP: how many CPUs to use; their private data. */
static void
mp_prepare(void *arg)
{
	int wanted = MAXCPU, i;

	TUNABLE_INT_FETCH("hw.ncpu_max", &wanted);
	if (wanted < 1)
		wanted = 1;
	if (cpu_count > wanted)
		cpu_count = wanted;
	if (cpu_count > 1 && mp_trampoline_pa == 0) {
		kprintf("smp: no page below 640 KB to start CPUs in\n");
		cpu_count = 1;
	}
	for (i = 1; i < cpu_count; ++i)
		prepare_cpu(i);
	set_ncpus(cpu_count);
}
SYSINIT(mp_prepare, SI_BOOT2_MP, SI_ORDER_FIRST, mp_prepare, NULL);

static void
set_ncpus(int n)
{
	int i;

	ncpus = n;
	ncpus_fit = 1;
	while (ncpus_fit < n)
		ncpus_fit <<= 1;
	ncpus_fit_mask = ncpus_fit - 1;
	for (i = 0; i < n; ++i) {
		CPUMASK_ASSBMASK(globaldata_find(i)->gd_other_cpus, n);
		CPUMASK_NANDBIT(globaldata_find(i)->gd_other_cpus, i);
	}
}

/* SI_BOOT2_START_APS: let them run up to ap_wait(). */
void
mp_start(void)
{
	int cpuid, i;

	if (cpu_count == 1)
		return;
	memcpy((void *)PHYS_TO_DMAP(mp_trampoline_pa), mpboot_start,
	    mpboot_end - mpboot_start);
	trampoline_map(true);
	/* A CPU that does not come up leaves no hole in the numbering. */
	for (i = cpuid = 1; i < cpu_count; ++i) {
		cpu_apic_ids[cpuid] = cpu_apic_ids[i];
		cpu_acpi_ids[cpuid] = cpu_acpi_ids[i];
		cpu_domains[cpuid] = cpu_domains[i];
		CPU_prvspace[cpuid]->mdglobaldata.gd_apic_id =
		    cpu_apic_ids[cpuid];
		if (start_cpu(cpuid))
			++cpuid;
		else
			kprintf("smp: CPU with APIC id %d does not start\n",
			    cpu_apic_ids[cpuid]);
	}
	if (cpuid != cpu_count) {
		cpu_count = cpuid;
		set_ncpus(cpuid);
	}
	naps = cpuid - 1;
}
SYSINIT(mp_start, SI_BOOT2_START_APS, SI_ORDER_FIRST, mp_start, NULL);

/* SI_BOOT2_FINISH_SMP: the others may schedule. */
static void
mp_finish(void *arg)
{
	if (naps > 0) {
		mp_go = 1;
		cpu_mfence();
		for (int i = 1; i <= naps; ++i)
			lapic_send_ipi(i, XIPIQ_OFFSET);
		while (!CPUMASK_CMPMASKEQ(*(volatile cpumask_t *)
		    &smp_active_mask, smp_startup_mask))
			cpu_pause();
		trampoline_map(false);
	}
	mp_announce();
}
SYSINIT(mp_finish, SI_BOOT2_FINISH_SMP, SI_ORDER_FIRST, mp_finish, NULL);

void
mp_announce(void)
{
	kprintf("smp: %d CPU%s, APIC ids", ncpus, ncpus == 1 ? "" : "s");
	for (int i = 0; i < ncpus; ++i)
		kprintf(" %d", cpu_apic_ids[i]);
	kprintf("\n");
}

/*
 * An application processor's first C code, on its idle thread's stack, with
 * the trampoline's descriptor table and no private data.
 */
void
init_secondary(int cpuid)
{
	struct mdglobaldata *md = &CPU_prvspace[cpuid]->mdglobaldata;

	md->mi.gd_curthread = &md->mi.gd_idlethread;
	md->gd_pmap = &kernel_pmap;
	cpu_tables_init(md, cpuid);
	cpu_setregs();
	pmap_cpu_init();
	cpu_syscall_init();
	npxinit();
	lapic_init();
	ATOMIC_CPUMASK_ORBIT(kernel_pmap.pm_active, cpuid);
	ATOMIC_CPUMASK_ORBIT(smp_startup_mask, cpuid);
	ap_init();
}

/* Wait for permission, then become this CPU's idle thread. */
void
ap_init(void)
{
	/*
	 * Halted: those still to be started need the memory's bandwidth, and
	 * an emulator's host its processors.  The idle thread begins in a
	 * critical section, so the IPI that ends the halt does nothing else.
	 */
	while (mp_go == 0) {
		__asm__ __volatile__("sti; hlt" : : : "memory");
		cpu_disable_intr();
	}
	/* From now on TLB requests come here: begin with a clean one. */
	cpu_enable_intr();
	ATOMIC_CPUMASK_ORBIT(smp_active_mask, mycpuid);
	load_cr3(rcr3());
	cpu_idle_begin(NULL);
}
