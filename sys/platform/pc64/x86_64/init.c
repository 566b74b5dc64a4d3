/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the entry point to mi_startup(): the boot CPU's descriptor tables,
 * private data, first thread; console; what the firmware says; memory.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <sys/cons.h>
#include <sys/kenv.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <machine/acpi_tables.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/segments.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "apicvar.h"
#include "machvar.h"

struct boot_info boot_info;
int	cpu_globaldata_ready;

/* Compared by the prologues that -fstack-protector makes. */
u_long	__stack_chk_guard = 0x5f3a91c20d8e4700UL;
void	__stack_chk_fail(void) __dead2;

/* The boot CPU's; the others' are allocated. */
static struct privatespace cpu0_prvspace __aligned(PAGE_SIZE);
static char cpu0_idlestack[LWKT_THREAD_STACK] __aligned(PAGE_SIZE);
static char cpu0_ist[4][IST_STACK_SIZE] __aligned(PAGE_SIZE);

static struct gate_descriptor idt[NIDT] __aligned(PAGE_SIZE);

void
__stack_chk_fail(void)
{
	panic("stack of %s overwritten, caller %p", curthread->td_comm,
	    __builtin_return_address(0));
}

/* --- descriptor tables ----------------------------------------------- */

static void
gate_set(int vector, void *func, int dpl, int ist)
{
	struct gate_descriptor *gd = &idt[vector];
	u_long addr = (u_long)func;

	gd->gd_looffset = addr;
	gd->gd_hioffset = addr >> 16;
	gd->gd_selector = KCSEL;
	gd->gd_ist = ist;
	gd->gd_type = SDT_SYSIGT;
	gd->gd_dpl = dpl;
	gd->gd_p = 1;
}

/* The gates, the same for all CPUs. */
void
idt_init(void)
{
	int i;

	for (i = 0; i < IDT_OFFSET; ++i)
		gate_set(i, Xrsvd, SEL_KPL, 0);
	for (i = IDT_OFFSET; i < NIDT; ++i)
		gate_set(i, Xintr_stubs + (i - IDT_OFFSET) * 16, SEL_KPL, 0);
	gate_set(IDT_DE, Xdiv, SEL_KPL, 0);
	gate_set(IDT_DB, Xdbg, SEL_KPL, IST_DB);
	gate_set(IDT_NMI, Xnmi, SEL_KPL, IST_NMI);
	gate_set(IDT_BP, Xbpt, SEL_UPL, 0);
	gate_set(IDT_OF, Xofl, SEL_UPL, 0);
	gate_set(IDT_BR, Xbnd, SEL_KPL, 0);
	gate_set(IDT_UD, Xill, SEL_KPL, 0);
	gate_set(IDT_NM, Xdna, SEL_KPL, 0);
	gate_set(IDT_DF, Xdblfault, SEL_KPL, IST_DF);
	gate_set(IDT_FPUGP, Xfpusegm, SEL_KPL, 0);
	gate_set(IDT_TS, Xtss, SEL_KPL, 0);
	gate_set(IDT_NP, Xmissing, SEL_KPL, 0);
	gate_set(IDT_SS, Xstk, SEL_KPL, 0);
	gate_set(IDT_GP, Xprot, SEL_KPL, 0);
	gate_set(IDT_PF, Xpage, SEL_KPL, 0);
	gate_set(IDT_MF, Xfpu, SEL_KPL, 0);
	gate_set(IDT_AC, Xalign, SEL_KPL, 0);
	gate_set(IDT_MC, Xmchk, SEL_KPL, IST_MC);
	gate_set(IDT_XF, Xxmm, SEL_KPL, 0);
	gate_set(XINVLTLB_OFFSET, Xinvltlb, SEL_KPL, 0);
}

static void
segment_set(struct user_segment_descriptor *sd, int type, int dpl, int lm,
    int def32)
{
	bzero(sd, sizeof(*sd));
	sd->sd_lolimit = 0xffff;
	sd->sd_hilimit = 0xf;
	sd->sd_type = type;
	sd->sd_dpl = dpl;
	sd->sd_p = 1;
	sd->sd_long = lm;
	sd->sd_def32 = def32;
	sd->sd_gran = 1;
}

/* Fill in and load this CPU's GDT and TSS; %gs is valid afterwards. */
void
cpu_tables_init(struct mdglobaldata *md, int cpuid)
{
	struct system_segment_descriptor *sd;
	struct region_descriptor rd;
	u_long tss = (u_long)&md->gd_common_tss;
	int i;

	segment_set(&md->gd_gdt[GCODE_SEL], SDT_MEMERA, SEL_KPL, 1, 0);
	segment_set(&md->gd_gdt[GDATA_SEL], SDT_MEMRWA, SEL_KPL, 0, 1);
	segment_set(&md->gd_gdt[GUCODE32_SEL], SDT_MEMERA, SEL_UPL, 0, 1);
	segment_set(&md->gd_gdt[GUDATA_SEL], SDT_MEMRWA, SEL_UPL, 0, 1);
	segment_set(&md->gd_gdt[GUCODE_SEL], SDT_MEMERA, SEL_UPL, 1, 0);

	md->gd_common_tss.tss_iobase = sizeof(struct x86_64tss);
	for (i = 0; i < 4; ++i)
		md->gd_common_tss.tss_ist[i] = md->gd_ist_top[i];
	sd = (struct system_segment_descriptor *)&md->gd_gdt[GPROC0_SEL];
	bzero(sd, sizeof(*sd));
	sd->sd_lolimit = sizeof(struct x86_64tss) - 1;
	sd->sd_lobase = tss;
	sd->sd_hibase = tss >> 24;
	sd->sd_type = SDT_SYSTSS;
	sd->sd_p = 1;

	rd.rd_limit = sizeof(md->gd_gdt) - 1;
	rd.rd_base = (u_long)md->gd_gdt;
	load_segments(&rd, (u_long)md);
	rd.rd_limit = sizeof(idt) - 1;
	rd.rd_base = (u_long)idt;
	lidt(&rd);
	lldt(0);
	ltr(GSEL(GPROC0_SEL, SEL_KPL));
}

/* The system call instruction, on each CPU. */
void
cpu_syscall_init(void)
{
	wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_SCE);
	wrmsr(MSR_STAR, ((uint64_t)KCSEL << 32) |
	    ((uint64_t)GSEL(GUCODE32_SEL, SEL_UPL) << 48));
	wrmsr(MSR_LSTAR, (u_long)Xfast_syscall);
	wrmsr(MSR_CSTAR, (u_long)Xfast_syscall32);
	wrmsr(MSR_SF_MASK, PSL_NT | PSL_T | PSL_I | PSL_C | PSL_D |
	    PSL_IOPL | PSL_AC);
	wrmsr(MSR_KGSBASE, 0);
}

/* --- private data ---------------------------------------------------- */

/* A CPU's idle thread, its stack, and what else the machine keeps per CPU. */
void
cpu_gdinit(struct globaldata *gd, int cpuid)
{
	thread_t td = &gd->gd_idlethread;
	void *stack;

	if (cpuid == 0)
		stack = cpu0_idlestack;
	else
		stack = (char *)stack_alloc(LWKT_THREAD_STACK) -
		    LWKT_THREAD_STACK;
	lwkt_init_thread(td, stack, LWKT_THREAD_STACK, 0, gd);
	lwkt_set_comm(td, "idle_%d", cpuid);
	td->td_switch = cpu_lwkt_switch;
	td->td_sp -= sizeof(void *);
	*(void **)td->td_sp = cpu_idle_restore;
}

static void
bsp_globaldata(void)
{
	struct mdglobaldata *md = &cpu0_prvspace.mdglobaldata;
	int i;

	CPU_prvspace[0] = &cpu0_prvspace;
	md->mi.gd_prvspace = &cpu0_prvspace;
	md->mi.gd_curthread = &thread0;
	for (i = 0; i < 4; ++i)
		md->gd_ist_top[i] = (u_long)cpu0_ist[i + 1];
	idt_init();
	cpu_tables_init(md, 0);
	md->gd_pmap = &kernel_pmap;
	CPUMASK_ASSBIT(kernel_pmap.pm_active, 0);
	cpu_globaldata_ready = 1;
}

/* --- what the loader left -------------------------------------------- */

/* Turn the physical addresses in our copy into ones that stay valid. */
static void
boot_info_convert(void)
{
	struct boot_module *bmod;
	u_long i;

#define CONVERT(field)	do {						\
	if ((field) != 0)						\
		(field) = PHYS_TO_DMAP(field);				\
} while (0)
	CONVERT(boot_info.bi_kernel_name);
	CONVERT(boot_info.bi_symtab);
	CONVERT(boot_info.bi_strtab);
	CONVERT(boot_info.bi_memory);
	CONVERT(boot_info.bi_modules);
	CONVERT(boot_info.bi_env);
	bmod = (struct boot_module *)boot_info.bi_modules;
	for (i = 0; bmod != NULL && i < boot_info.bi_modules_count; ++i) {
		CONVERT(bmod[i].bmod_addr);
		CONVERT(bmod[i].bmod_name);
		CONVERT(bmod[i].bmod_type);
		CONVERT(bmod[i].bmod_args);
	}
#undef CONVERT
}

static void
use_boot_info(void)
{
	boothowto = boot_info.bi_howto;
	bootverbose = (boothowto & RB_VERBOSE) != 0;
	if (boot_info.bi_env != 0)
		kenv_init((char *)boot_info.bi_env, boot_info.bi_env_size);
	memcpy(boot_seed, boot_info.bi_seed, sizeof(boot_seed));
}

/*
 * Entered from locore.S on thread0's stack, on the loader's page tables.
 */
void
machine_start(vm_paddr_t bi_pa)
{
	const struct boot_info *bi = (const struct boot_info *)bi_pa;
	thread_t td = &thread0;

	memcpy(&boot_info, bi, MIN(bi->bi_size, sizeof(boot_info)));
	pmap_bootstrap(bi);
	boot_info_convert();
	bsp_globaldata();
	identify_cpu();
	npx_probe();
	cpu_setregs();
	pmap_cpu_init();
	npxinit();
	if (cpu_stdext_feature & CPUID7_SMAP)
		smap_enable();
	cpu_syscall_init();

	mi_gdinit(mycpu, 0);
	/* The stack in use becomes the thread's; its top was left free. */
	lwkt_init_thread(td, thread0_kstack, LWKT_THREAD_STACK, 0, mycpu);
	lwkt_set_comm(td, "thread0");
	mycpu->gd_curthread = td;
	cpu_gdinit(mycpu, 0);
	mdcpu->gd_kstack = (u_long)td->td_pcb;
	mdcpu->gd_common_tss.tss_rsp0 = (u_long)td->td_pcb;
	lwp0.lwp_md.md_regs = (struct trapframe *)td->td_pcb - 1;
	lwp0.lwp_md.md_regs->tf_cs = UCSEL;
	lwp0.lwp_md.md_regs->tf_ss = UDSEL;
	lwp0.lwp_md.md_regs->tf_rflags = PSL_USER;

	use_boot_info();
	cninit();
	acpi_tables_init();
	tsc_calibrate();
	apic_enumerate();
	i8259_disable();
	lapic_init();
	mdcpu->gd_apic_id = lapic_id();

	vm_page_startup();
	pmap_init();
	mi_startup();
}

/* The controllers are set up, every source is masked: interrupts may come. */
static void
enable_interrupts(void *arg)
{
	cpu_enable_intr();
}
SYSINIT(enable_interrupts, SI_BOOT2_LEAVE_CRIT, SI_ORDER_FIRST,
    enable_interrupts, NULL);

static void
announce(void *arg)
{
	print_cpu_info();
	kprintf("real memory  = %ld MB\n", physmem >> (20 - PAGE_SHIFT));
}
SYSINIT(cpu, SI_BOOT2_START_CPU, SI_ORDER_FIRST, announce, NULL);
