/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of threads as others see them: ptrace, core files, procfs; and
 * the base registers that programs set for their thread-local storage.
 *
 * Except for the TLS calls the thread is stopped, or the current one.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/ptrace.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/tls.h>
#include <sys/thread2.h>
#include <machine/cpu.h>
#include <machine/frame.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/reg.h>
#include <machine/vmparam.h>
#include "machvar.h"

CTASSERT(sizeof(struct reg) == sizeof(struct trapframe));
CTASSERT(sizeof(struct fpreg) == sizeof(struct savexmm64));

int
fill_regs(struct lwp *lp, struct reg *regs)
{
	if (lp->lwp_md.md_regs == NULL)
		return (EINVAL);
	memcpy(regs, lp->lwp_md.md_regs, sizeof(*regs));
	return (0);
}

int
set_regs(struct lwp *lp, struct reg *regs)
{
	struct trapframe *tf = lp->lwp_md.md_regs, new;

	memcpy(&new, regs, sizeof(new));
	if (((new.tf_rflags ^ tf->tf_rflags) &
	    ~(register_t)PSL_USERCHANGE) != 0 ||
	    ISPL(new.tf_cs) != SEL_UPL)
		return (EINVAL);
	new.tf_rip = (new.tf_rip << 16) >> 16;
	new.tf_cs = UCSEL;
	new.tf_ss = UDSEL;
	*tf = new;
	lp->lwp_thread->td_pcb->pcb_flags |= PCB_FULLRET;
	return (0);
}

int
fill_fpregs(struct lwp *lp, struct fpreg *fp)
{
	npx_get_fpregs(lp->lwp_thread, (struct savexmm64 *)fp);
	return (0);
}

int
set_fpregs(struct lwp *lp, struct fpreg *fp)
{
	npx_set_fpregs(lp->lwp_thread, (const struct savexmm64 *)fp);
	return (0);
}

int
fill_dbregs(struct lwp *lp, struct dbreg *db)
{
	bzero(db, sizeof(*db));
	memcpy(db->dr, lp->lwp_thread->td_pcb->pcb_dr,
	    sizeof(lp->lwp_thread->td_pcb->pcb_dr));
	return (0);
}

/*
 * Only breakpoints on user addresses, without the global and general detect
 * enables, and no I/O breakpoints.
 */
int
set_dbregs(struct lwp *lp, struct dbreg *db)
{
	struct pcb *pcb = lp->lwp_thread->td_pcb;
	int i;

	if ((db->dr[7] & ~0xffff0155UL) != 0)
		return (EINVAL);
	for (i = 0; i < 4; ++i) {
		if (((db->dr[7] >> (16 + i * 4)) & 3) == 2)
			return (EINVAL);
		if ((db->dr[7] & (3UL << (i * 2))) &&
		    db->dr[i] >= VM_MAX_USER_ADDRESS)
			return (EPERM);
	}
	memcpy(pcb->pcb_dr, db->dr, sizeof(pcb->pcb_dr));
	pcb->pcb_dr[7] |= 0x400;	/* always one */
	if (db->dr[7] != 0)
		pcb->pcb_flags |= PCB_DBREGS;
	else
		pcb->pcb_flags &= ~PCB_DBREGS;
	return (0);
}

u_long
cpu_user_fsbase(struct lwp *lp)
{
	return (lp->lwp_thread->td_pcb->pcb_fsbase);
}

int
ptrace_set_pc(struct lwp *lp, u_long addr)
{
	lp->lwp_md.md_regs->tf_rip = ((long)addr << 16) >> 16;
	lp->lwp_thread->td_pcb->pcb_flags |= PCB_FULLRET;
	return (0);
}

int
ptrace_single_step(struct lwp *lp)
{
	lp->lwp_md.md_regs->tf_rflags |= PSL_T;
	lp->lwp_thread->td_pcb->pcb_flags |= PCB_FULLRET;
	return (0);
}

int
sys_set_tls_area(struct sysmsg *sysmsg, const struct set_tls_area_args *uap)
{
	struct pcb *pcb = curthread->td_pcb;
	struct tls_info info;
	u_long base;
	int error;

	if (uap->which != TLS_WHICH_FS && uap->which != TLS_WHICH_GS)
		return (ERANGE);
	if ((ssize_t)uap->infosize < 0)
		return (EINVAL);
	info.base = pcb->pcb_tls_base[uap->which];
	info.size = pcb->pcb_tls_size[uap->which];
	error = copyin(uap->info, &info, MIN(uap->infosize, sizeof(info)));
	if (error)
		return (error);
	if (info.size < -1)
		return (EINVAL);
	/* A kernel address in %gs would defeat the entry code's test. */
	base = (u_long)info.base;
	if (base >= VM_MAX_USER_ADDRESS)
		return (EINVAL);
	pcb->pcb_tls_base[uap->which] = info.base;
	pcb->pcb_tls_size[uap->which] = info.size;
	if (uap->which == TLS_WHICH_FS)
		pcb->pcb_fsbase = base;
	else
		pcb->pcb_gsbase = base;
	set_user_TLS();
	return (0);
}

int
sys_get_tls_area(struct sysmsg *sysmsg, const struct get_tls_area_args *uap)
{
	struct pcb *pcb = curthread->td_pcb;
	struct tls_info info;

	if (uap->which != TLS_WHICH_FS && uap->which != TLS_WHICH_GS)
		return (ERANGE);
	if ((ssize_t)uap->infosize < 0)
		return (EINVAL);
	bzero(&info, sizeof(info));
	info.base = pcb->pcb_tls_base[uap->which];
	info.size = pcb->pcb_tls_size[uap->which];
	return (copyout(&info, uap->info, MIN(uap->infosize, sizeof(info))));
}

/* Nothing of the kind on this machine. */
int
sys_sysarch(struct sysmsg *sysmsg, const struct sysarch_args *uap)
{
	return (EOPNOTSUPP);
}
