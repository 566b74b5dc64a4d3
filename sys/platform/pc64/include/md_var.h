/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variables and functions that the platform's files share, and a few that
 * machine independent code may look at.
 */
#ifndef _MACHINE_MD_VAR_H_
#define _MACHINE_MD_VAR_H_

#include <sys/types.h>

struct boot_info;
struct boot_module;
struct mdglobaldata;
struct reg;
struct fpreg;
struct dbreg;
struct lwp;
struct trapframe;

/* Processor identification, the boot CPU's. */
extern u_int	cpu_feature;		/* leaf 1 %edx */
extern u_int	cpu_feature2;		/* leaf 1 %ecx */
extern u_int	cpu_stdext_feature;	/* leaf 7 %ebx */
extern u_int	cpu_stdext_feature2;	/* leaf 7 %ecx */
extern u_int	amd_feature;		/* leaf 0x80000001 %edx */
extern u_int	amd_feature2;		/* leaf 0x80000001 %ecx */
extern u_int	amd_pminfo;		/* leaf 0x80000007 %edx */
extern u_int	cpu_high;		/* highest basic leaf */
extern u_int	cpu_exthigh;		/* highest extended leaf */
extern u_int	cpu_id;			/* leaf 1 %eax */
extern u_int	cpu_maxphyaddr;		/* physical address bits */
extern char	cpu_vendor[];
extern char	cpu_brand[];		/* marketing name */

/* A copy of what the loader said; pointers in it are DMAP addresses. */
extern struct boot_info	boot_info;

extern char	sigcode[];		/* signal trampoline: what exec puts */
extern const int szsigcode;		/* at the start of its page */

void	identify_cpu(void);
void	cpu_setregs(void);		/* control registers of this CPU */
void	print_cpu_info(void);

/* Fill in and load one CPU's descriptor tables; IDT is common to all. */
void	cpu_tables_init(struct mdglobaldata *gd, int cpuid);
void	idt_init(void);
void	cpu_syscall_init(void);		/* the MSRs of the syscall instruction */

/* Registers of stopped processes (ptrace, core files). */
int	fill_regs(struct lwp *lp, struct reg *regs);
int	set_regs(struct lwp *lp, struct reg *regs);
int	fill_fpregs(struct lwp *lp, struct fpreg *fp);
int	set_fpregs(struct lwp *lp, struct fpreg *fp);
int	fill_dbregs(struct lwp *lp, struct dbreg *db);
int	set_dbregs(struct lwp *lp, struct dbreg *db);
u_long	cpu_user_fsbase(struct lwp *lp);	/* its thread-local storage */

/*
 * Registers of a fresh program: entry point, address of argc (rdi), address
 * of ps_strings.
 */
void	exec_setregs(u_long entry, u_long stack, u_long ps_strings);

/* Of the current thread: put %fs and %gs bases in force. */
void	set_user_TLS(void);

/*
 * A kernel debugger puts itself here: called for traps of the kernel (T_*,
 * error code, registers), in any context; nonzero: handled, go on with the
 * registers as they are now.
 */
extern int (*debugger_trap)(int type, long code, struct trapframe *frame);

void	dumpregs(const struct trapframe *tf);
void	backtrace_from(u_long rip, u_long rbp);

#endif /* !_MACHINE_MD_VAR_H_ */
