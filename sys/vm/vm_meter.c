/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The figures of the virtual memory system: sysctl vm.*, and the load
 * averages.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>

/* --- load averages ------------------------------------------------------- */

#define LOAD_INTERVAL	5	/* seconds */

struct loadavg averunnable = { .fscale = FSCALE };

/* exp(-5/60), exp(-5/300), exp(-5/900), in units of 1/FSCALE */
static const uint64_t load_exp[3] = {
	0.9200444146293232 * FSCALE,
	0.9834714538216174 * FSCALE,
	0.9944598480048967 * FSCALE,
};
static struct callout load_callout;

static int
load_count(struct lwp *lp, void *data)
{
	if (lp->lwp_stat == LSRUN)
		++*(int *)data;
	return (0);
}

static void
load_sample(void *arg)
{
	int i, nrun = 0;

	alllwp_scan(load_count, &nrun, 0);
	for (i = 0; i < 3; ++i)
		averunnable.ldavg[i] = (load_exp[i] * averunnable.ldavg[i] +
		    (uint64_t)nrun * FSCALE * (FSCALE - load_exp[i])) >>
		    FSHIFT;
	callout_reset(&load_callout, LOAD_INTERVAL * hz, load_sample, NULL);
}

static void
load_start(void *arg)
{
	callout_init_mp(&load_callout);
	callout_reset(&load_callout, LOAD_INTERVAL * hz, load_sample, NULL);
}
SYSINIT(loadavg, SI_SUB_KTHREAD_VM, SI_ORDER_ANY, load_start, NULL);

static int
sysctl_vm_loadavg(SYSCTL_HANDLER_ARGS)
{
	return (SYSCTL_OUT(req, &averunnable, sizeof(averunnable)));
}
SYSCTL_PROC(_vm, VM_LOADAVG, loadavg, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_vm_loadavg, "S,loadavg", "Load averages of 1, 5 and 15 minutes");

/* --- pages --------------------------------------------------------------- */

SYSCTL_LONG(_vm, VM_V_FREE_MIN, v_free_min, CTLFLAG_RW,
    &vmstats.v_free_min, 0, "Free pages below which allocations wait");
SYSCTL_LONG(_vm, VM_V_FREE_TARGET, v_free_target, CTLFLAG_RW,
    &vmstats.v_free_target, 0, "Free pages the pageout daemon aims at");
SYSCTL_LONG(_vm, VM_V_FREE_RESERVED, v_free_reserved, CTLFLAG_RW,
    &vmstats.v_free_reserved, 0, "Free pages kept for the system");
SYSCTL_LONG(_vm, VM_V_INACTIVE_TARGET, v_inactive_target, CTLFLAG_RW,
    &vmstats.v_inactive_target, 0, "Inactive pages wanted");
SYSCTL_LONG(_vm, VM_V_CACHE_MIN, v_cache_min, CTLFLAG_RW,
    &vmstats.v_cache_min, 0, "Unused");
SYSCTL_LONG(_vm, VM_V_CACHE_MAX, v_cache_max, CTLFLAG_RW,
    &vmstats.v_cache_max, 0, "Unused");
SYSCTL_LONG(_vm, VM_V_PAGEOUT_FREE_MIN, v_pageout_free_min, CTLFLAG_RW,
    &vmstats.v_pageout_free_min, 0, "Free pages kept for the pageout daemon");

/* What is counted where it happens is added up when somebody looks. */
static void
meter_snapshot(struct vmstats *vs)
{
	*vs = vmstats;
	vs->v_free_count += vm_page_magazine_total();
	vs->v_active_count = vm_page_queue_total(PQ_ACTIVE) +
	    vm_page_anon_total();
	vs->v_inactive_count = vm_page_queue_total(PQ_INACTIVE);
	vs->v_cache_count = 0;
	vs->v_wire_count = vs->v_page_count - vs->v_free_count -
	    vs->v_active_count - vs->v_inactive_count;
	if (vs->v_wire_count < 0)
		vs->v_wire_count = 0;
}

static int
sysctl_vm_vmstats(SYSCTL_HANDLER_ARGS)
{
	struct vmstats vs;

	meter_snapshot(&vs);
	return (SYSCTL_OUT(req, &vs, sizeof(vs)));
}
SYSCTL_PROC(_vm, OID_AUTO, vmstats, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_vm_vmstats, "S,vmstats", "Pages by use, and the targets");

/* The counters are unsigned ints from v_swtch up to the name of a lock. */
static void
meter_sum(struct vmmeter *total)
{
	u_int *sum = (u_int *)total, *one;
	size_t i;
	int cpu;

	bzero(total, sizeof(*total));
	for (cpu = 0; cpu < ncpus; ++cpu) {
		one = (u_int *)&globaldata_find(cpu)->gd_cnt;
		for (i = 0; i < offsetof(struct vmmeter, v_lock_name) /
		    sizeof(u_int); ++i)
			sum[i] += one[i];
	}
}

static int
sysctl_vm_vmmeter(SYSCTL_HANDLER_ARGS)
{
	struct vmmeter vmm;

	meter_sum(&vmm);
	return (SYSCTL_OUT(req, &vmm, sizeof(vmm)));
}
SYSCTL_PROC(_vm, OID_AUTO, vmmeter, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_vm_vmmeter, "S,vmmeter", "Event counters, of all CPUs");

/* --- vm.vmtotal ---------------------------------------------------------- */

static int
total_lwp(struct lwp *lp, void *data)
{
	struct vmtotal *t = data;

	if (lp->lwp_stat == LSRUN)
		++t->t_rq;
	else if (lp->lwp_stat == LSSLEEP && (lp->lwp_flags & LWP_SINTR) == 0)
		++t->t_dw;
	else if (lp->lwp_stat == LSSLEEP && lp->lwp_slptime < MAXSLP)
		++t->t_sl;
	return (0);
}

static int
total_proc(struct proc *p, void *data)
{
	struct vmspace *vm = p->p_vmspace;
	struct vmtotal *t = data;

	if (vm == NULL || vm == &vmspace0)
		return (0);
	t->t_vm += vm->vm_map.size >> PAGE_SHIFT;
	t->t_avm += vm->vm_map.size >> PAGE_SHIFT;
	t->t_rm += vmspace_resident_count(vm);
	t->t_arm += vmspace_resident_count(vm);
	return (0);
}

static int
sysctl_vm_vmtotal(SYSCTL_HANDLER_ARGS)
{
	struct vmtotal t;
	struct vmstats vs;

	bzero(&t, sizeof(t));
	alllwp_scan(total_lwp, &t, 0);
	allproc_scan(total_proc, &t, 0);
	meter_snapshot(&vs);
	t.t_free = vs.v_free_count + vs.v_cache_count;
	return (SYSCTL_OUT(req, &t, sizeof(t)));
}
SYSCTL_PROC(_vm, OID_AUTO, vmtotal, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_vm_vmtotal, "S,vmtotal", "Processes and their memory");
SYSCTL_PROC(_vm, VM_METER, vmmeter_total, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_vm_vmtotal, "S,vmtotal", "The same under its old number");

static int
sysctl_vm_kva_free(SYSCTL_HANDLER_ARGS)
{
	u_long bytes = kmem_arena_free();

	return (SYSCTL_OUT(req, &bytes, sizeof(bytes)));
}
SYSCTL_PROC(_vm, OID_AUTO, kva_free, CTLTYPE_ULONG | CTLFLAG_RD, NULL, 0,
    sysctl_vm_kva_free, "LU", "Bytes of kernel address space not in use");

static int swap_enabled = 1;
SYSCTL_INT(_vm, VM_SWAPPING_ENABLED, swap_enabled, CTLFLAG_RW, &swap_enabled,
    0, "Whether rc adds the swap devices of fstab");
