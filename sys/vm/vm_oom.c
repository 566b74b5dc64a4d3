/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Out of memory: choose a process and kill it.
 *
 * The victim is the process whose death frees most: anonymous memory that is
 * its own, and page tables.  Init and system processes are never chosen.  A
 * process that is already dying of this counts as headway for some seconds,
 * so that one shortage kills one process.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/ucred.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_pageout.h>

#define OOM_PATIENCE	5	/* seconds a victim is given to die */

struct oom_choice {
	struct proc	*p;		/* held */
	vm_size_t	bytes;
	bool		dying;
};

static int oom_last;		/* ticks of the last kill */

bool
vm_oom_victim(void)
{
	struct proc *p = curproc;

	return (p != NULL && (p->p_flags & P_LOWMEMKILL) != 0);
}

static int
oom_consider(struct proc *p, void *data)
{
	struct oom_choice *best = data;
	struct vmspace *vm = p->p_vmspace;
	vm_size_t bytes;

	if ((p->p_flags & P_SYSTEM) || p->p_pid <= 1 || vm == NULL ||
	    vm == &vmspace0 || p->p_stat == SZOMB)
		return (0);
	if (p->p_flags & (P_LOWMEMKILL | P_WEXIT)) {
		if (p->p_flags & P_LOWMEMKILL)
			best->dying = true;
		return (0);
	}
	/* The structure stays until the process is reaped, and it is held. */
	bytes = vmspace_anonymous_bytes(vm);
	if (bytes > best->bytes) {
		PHOLD(p);
		if (best->p != NULL)
			PRELE(best->p);
		best->p = p;
		best->bytes = bytes;
	}
	return (0);
}

int
vm_oom_kill_largest(const char *why)
{
	struct oom_choice best = { NULL, 0, false };
	struct proc *p;

	allproc_scan(oom_consider, &best, 0);
	p = best.p;
	if (best.dying && (u_int)(ticks - oom_last) < OOM_PATIENCE * hz) {
		if (p != NULL)
			PRELE(p);
		return (EAGAIN);
	}
	if (p == NULL)
		return (ESRCH);
	kprintf("pid %d (%s), uid %d, was killed: %s (%lu KB)\n",
	    p->p_pid, p->p_comm, p->p_ucred ? (int)p->p_ucred->cr_uid : -1,
	    why, (u_long)(best.bytes >> 10));
	oom_last = ticks;
	lwkt_gettoken(&p->p_token);
	p->p_flags |= P_LOWMEMKILL;
	ksignal(p, SIGKILL);
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (0);
}
