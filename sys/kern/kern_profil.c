/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profil(2): the statistics clock counts where the program is.
 *
 * The clock notes on the thread that it was in user mode (lwp_profticks);
 * the count is added to the user's array before it goes on there, for only
 * then can user memory be touched.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>

#include <machine/cpu.h>
#include <machine/frame.h>

#define PROF_MAXSCALE	0x10000		/* a counter for each two bytes */

int
sys_profil(struct sysmsg *sysmsg, const struct profil_args *uap)
{
	struct proc *p = curproc;

	sysmsg->sysmsg_result = 0;
	if (uap->scale > PROF_MAXSCALE)
		return (EINVAL);
	lwkt_gettoken(&p->p_token);
	if (uap->scale == 0) {
		p->p_flags &= ~P_PROFIL;
	} else {
		p->p_prof.pr_base = uap->samples;
		p->p_prof.pr_size = uap->size;
		p->p_prof.pr_off = uap->offset;
		p->p_prof.pr_scale = uap->scale;
		p->p_flags |= P_PROFIL;
	}
	lwkt_reltoken(&p->p_token);
	return (0);
}

void
profil_tick(struct lwp *lp)
{
	lp->lwp_profticks++;
	need_proftick();
}

void
profil_charge(struct lwp *lp, u_long pc)
{
	struct proc *p = lp->lwp_proc;
	u_int ticks = lp->lwp_profticks;
	u_long index;
	u_short count;
	caddr_t addr;

	lp->lwp_profticks = 0;
	if ((p->p_flags & P_PROFIL) == 0 || pc < p->p_prof.pr_off)
		return;
	index = pc - p->p_prof.pr_off;
	index = (u_long)(((unsigned __int128)index * p->p_prof.pr_scale) >>
	    16) & ~1UL;
	if (index + sizeof(count) > p->p_prof.pr_size)
		return;
	addr = p->p_prof.pr_base + index;
	if (copyin(addr, &count, sizeof(count)) == 0) {
		count += ticks;
		if (copyout(&count, addr, sizeof(count)) == 0)
			return;
	}
	/* No such memory: there is no use in trying again. */
	lwkt_gettoken(&p->p_token);
	p->p_flags &= ~P_PROFIL;
	lwkt_reltoken(&p->p_token);
}
