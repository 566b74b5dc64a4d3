/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Declarations that only the platform's own files need: assembly entry
 * points, and C functions that assembly calls.
 */
#ifndef _PC64_MACHVAR_H_
#define _PC64_MACHVAR_H_

#include <sys/types.h>

struct lwp;
struct thread;
struct trapframe;
struct region_descriptor;
struct mdglobaldata;

/* locore.S */
extern char	thread0_kstack[], thread0_kstack_top[];
void	load_segments(const struct region_descriptor *gdt, u_long gsbase);

/* exception.S: never called from C */
typedef void	vector_t(void);
extern vector_t	Xdiv, Xdbg, Xnmi, Xbpt, Xofl, Xbnd, Xill, Xdna, Xdblfault,
		Xfpusegm, Xtss, Xmissing, Xstk, Xprot, Xpage, Xfpu, Xalign,
		Xmchk, Xxmm, Xrsvd, Xinvltlb, Xfast_syscall, Xfast_syscall32;
extern char	Xintr_stubs[];
void	trap(struct trapframe *frame);
void	trap_paranoid(struct trapframe *frame);
int	syscall2(struct trapframe *frame);
void	intr_dispatch(struct trapframe *frame);
void	intr_invltlb(void);

/* swtch.S and what it calls */
void	cpu_switch_out(void);
void	cpu_switch_in(struct thread *td);
void	cpu_thread_begin(struct thread *otd);
void	cpu_idle_begin(struct thread *otd);
void	cpu_lwp_begin(struct thread *otd, struct thread *td);
void	fork_return(struct trapframe *frame);

/* trap.c: before each return to user mode; leaves interrupts disabled. */
void	user_return(struct trapframe *frame);
/* Where a fault at this instruction is to continue; 0: nowhere. */
u_long	fault_recovery(u_long rip);
void	smap_enable(void);

/* support.S */
int	peek_kernel(const void *addr, void *value);
int	rdmsr_safe(u_int msr, uint64_t *value);
void	pagezero(void *page);

void	machine_start(vm_paddr_t bi_pa);

/* Early parts of start-up, in this order. */
void	acpi_tables_init(void);
void	tsc_calibrate(void);

/* mp_start.c: an exception stack with a guard page below; its top. */
void	*stack_alloc(vm_size_t size);

/* Park this CPU because of a panic or stop request (NMI context too). */
void	cpu_park(struct trapframe *frame);
int	cpu_nmi_stop_wanted(void);
void	smp_rendezvous_intr(void);
const char *kernel_symbol(u_long addr);	/* "name+0x12", static */

#define IST_STACK_SIZE	8192

#endif /* !_PC64_MACHVAR_H_ */
