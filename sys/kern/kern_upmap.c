/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages shared between kernel and user: /dev/upmap (of the process),
 * /dev/lpmap (of the thread) and /dev/kpmap (of the system).
 *
 * A mapping of one of these devices has no object; each fault asks a function
 * here for the page of whoever faults, so after a fork the child finds its
 * own page at the same address.  Only the first page of a mapping exists.  A
 * process's and a thread's page are made when first mapped and freed with
 * their owner.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/time.h>
#include <sys/upmap.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <machine/atomic.h>
#include <machine/clock.h>

#define UPMAP_MINOR	5
#define KPMAP_MINOR	6
#define LPMAP_MINOR	7

struct sys_kpmap *kpmap;

static u_long upmap_forkid;	/* (a) last number given */

static d_open_t upmap_open;

static struct dev_ops upmap_ops = {
	{ "upmap", 0, D_MPSAFE },
	.d_open = upmap_open,
};

#define ITEM(type, str, field)	{ (type), offsetof(struct str, field) }

static const ukpheader_t upmap_header[] = {
	ITEM(UKPTYPE_VERSION, sys_upmap, version),
	ITEM(UPTYPE_RUNTICKS, sys_upmap, runticks),
	ITEM(UPTYPE_FORKID, sys_upmap, forkid),
	ITEM(UPTYPE_PID, sys_upmap, pid),
	ITEM(UPTYPE_PROC_TITLE, sys_upmap, proc_title),
	ITEM(UPTYPE_INVFORK, sys_upmap, invfork),
};

static const ukpheader_t lpmap_header[] = {
	ITEM(UKPTYPE_VERSION, sys_lpmap, version),
	ITEM(LPTYPE_THREAD_TID, sys_lpmap, tid),
	ITEM(LPTYPE_BLOCKALLSIGS, sys_lpmap, blockallsigs),
	ITEM(LPTYPE_THREAD_TITLE, sys_lpmap, thread_title),
};

static const ukpheader_t kpmap_header[] = {
	ITEM(UKPTYPE_VERSION, sys_kpmap, version),
	ITEM(KPTYPE_UPTICKS, sys_kpmap, upticks),
	ITEM(KPTYPE_TS_UPTIME, sys_kpmap, ts_uptime),
	ITEM(KPTYPE_TS_REALTIME, sys_kpmap, ts_realtime),
	ITEM(KPTYPE_TSC_FREQ, sys_kpmap, tsc_freq),
	ITEM(KPTYPE_TICK_FREQ, sys_kpmap, tick_freq),
	ITEM(KPTYPE_FAST_GTOD, sys_kpmap, fast_gtod),
};

/* --- pages --------------------------------------------------------------- */

static void *
upmap_page_alloc(void)
{
	vm_page_t m;

	m = vm_page_alloc_noobj(VM_ALLOC_NORMAL | VM_ALLOC_ZERO);
	return (m ? (void *)VM_PAGE_TO_DMAP(m) : NULL);
}

static void
upmap_page_free(void *page)
{
	vm_page_free_noobj(PHYS_TO_VM_PAGE(DMAP_TO_PHYS(page)));
}

/*
 * An address space may outlive the owner of the page (vfork, rfork): no
 * mapping may be left when the page goes.
 */
static void
upmap_unmap(struct vmspace *vm, vm_uksmap_fn fn)
{
	vm_map_entry_t e;

	if (vm == NULL)
		return;
	vm_map_lock_read(&vm->vm_map);
	TAILQ_FOREACH(e, &vm->vm_map.entries, link)
		if (e->ba.uksmap == fn)
			pmap_remove(&vm->vm_pmap, e->ba.start, e->ba.end);
	vm_map_unlock_read(&vm->vm_map);
}

static int
upmap_fault(struct proc *p, void *arg, u_long pgoff, vm_paddr_t *pap)
{
	if (pgoff != 0)
		return (EINVAL);
	if (p->p_upmap == NULL)
		proc_usermap(p, -1);
	if (p->p_upmap == NULL)
		return (ENOMEM);
	*pap = DMAP_TO_PHYS(p->p_upmap);
	return (0);
}

/* The argument is the thread's id, which a forked child's thread keeps. */
static int
lpmap_fault(struct proc *p, void *arg, u_long pgoff, vm_paddr_t *pap)
{
	lwpid_t tid = (lwpid_t)(intptr_t)arg;
	struct lwp *lp;
	int error = EINVAL;

	if (pgoff != 0)
		return (EINVAL);
	lwkt_gettoken(&p->p_token);
	lp = lwp_rb_tree_RB_LOOKUP(&p->p_lwp_tree, tid);
	if (lp != NULL) {
		if (lp->lwp_lpmap == NULL)
			lwp_usermap(lp, -1);
		if (lp->lwp_lpmap != NULL) {
			*pap = DMAP_TO_PHYS(lp->lwp_lpmap);
			error = 0;
		}
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

static int
kpmap_fault(struct proc *p, void *arg, u_long pgoff, vm_paddr_t *pap)
{
	if (pgoff != 0)
		return (EINVAL);
	*pap = DMAP_TO_PHYS(kpmap);
	return (0);
}

/* --- of processes and threads -------------------------------------------- */

void
proc_usermap(struct proc *p, int invfork)
{
	struct sys_upmap *up;

	lwkt_gettoken(&p->p_token);
	if (p->p_upmap == NULL && (up = upmap_page_alloc()) != NULL) {
		bcopy(upmap_header, up->header, sizeof(upmap_header));
		up->version = UPMAP_VERSION;
		up->runticks = 0;
		up->forkid = atomic_fetchadd_long(&upmap_forkid, 1) + 1;
		up->pid = p->p_pid;
		up->invfork = invfork > 0 ? invfork : 0;
		p->p_upmap = up;
	}
	lwkt_reltoken(&p->p_token);
}

void
proc_userunmap(struct proc *p)
{
	struct sys_upmap *up;

	lwkt_gettoken(&p->p_token);
	up = p->p_upmap;
	p->p_upmap = NULL;
	lwkt_reltoken(&p->p_token);
	if (up == NULL)
		return;
	upmap_unmap(p->p_vmspace, upmap_fault);
	upmap_page_free(up);
}

void
lwp_usermap(struct lwp *lp, int invfork)
{
	struct sys_lpmap *lpm;

	lwkt_gettoken(&lp->lwp_proc->p_token);
	if (lp->lwp_lpmap == NULL && (lpm = upmap_page_alloc()) != NULL) {
		bcopy(lpmap_header, lpm->header, sizeof(lpmap_header));
		lpm->version = LPMAP_VERSION;
		lpm->tid = lp->lwp_tid;
		lp->lwp_lpmap = lpm;
	}
	lwkt_reltoken(&lp->lwp_proc->p_token);
}

void
lwp_userunmap(struct lwp *lp)
{
	struct sys_lpmap *lpm;

	lwkt_gettoken(&lp->lwp_proc->p_token);
	lpm = lp->lwp_lpmap;
	lp->lwp_lpmap = NULL;
	lwkt_reltoken(&lp->lwp_proc->p_token);
	if (lpm == NULL)
		return;
	upmap_unmap(lp->lwp_proc->p_vmspace, lpmap_fault);
	upmap_page_free(lpm);
}

/* --- of the system ------------------------------------------------------- */

/*
 * Readers use the entry that upticks selects, so the other one is written
 * before it advances.
 */
void
kpmap_tick(void)
{
	struct sys_kpmap *kp = kpmap;
	int w;

	if (kp == NULL)
		return;
	w = (kp->upticks + 1) & 1;
	getnanouptime(&kp->ts_uptime[w]);
	getnanotime(&kp->ts_realtime[w]);
	cpu_sfence();
	++kp->upticks;
}

static void
kpmap_init(void *arg)
{
	struct sys_kpmap *kp = upmap_page_alloc();

	if (kp == NULL)
		panic("no memory for the kernel's shared page");
	bcopy(kpmap_header, kp->header, sizeof(kpmap_header));
	kp->version = KPMAP_VERSION;
	kp->tsc_freq = tsc_frequency;
	kp->tick_freq = hz;
	getnanouptime(&kp->ts_uptime[0]);
	getnanotime(&kp->ts_realtime[0]);
	kp->ts_uptime[1] = kp->ts_uptime[0];
	kp->ts_realtime[1] = kp->ts_realtime[0];
	cpu_sfence();
	kpmap = kp;
}
SYSINIT(kpmap, SI_BOOT2_POST_SMP, SI_ORDER_FIRST, kpmap_init, NULL);

/* --- the devices --------------------------------------------------------- */

static int
upmap_open(struct dev_open_args *ap)
{
	if (ap->a_head.a_dev->si_uminor == KPMAP_MINOR &&
	    (ap->a_oflags & FWRITE))
		return (EPERM);
	return (0);
}

bool
upmap_device(cdev_t dev, vm_prot_t prot, vm_uksmap_fn *fnp, void **argp,
    int *errorp)
{
	if (dev->si_ops != &upmap_ops)
		return (false);
	*errorp = 0;
	*argp = NULL;
	switch (dev->si_uminor) {
	case UPMAP_MINOR:
		*fnp = upmap_fault;
		break;
	case LPMAP_MINOR:
		*fnp = lpmap_fault;
		*argp = (void *)(intptr_t)curlwp->lwp_tid;
		break;
	default:
		*fnp = kpmap_fault;
		if (prot & VM_PROT_WRITE)
			*errorp = EPERM;
		break;
	}
	return (true);
}

static void
upmap_drvinit(void *arg)
{
	make_dev(&upmap_ops, UPMAP_MINOR, UID_ROOT, GID_WHEEL, 0666, "upmap");
	make_dev(&upmap_ops, KPMAP_MINOR, UID_ROOT, GID_WHEEL, 0444, "kpmap");
	make_dev(&upmap_ops, LPMAP_MINOR, UID_ROOT, GID_WHEEL, 0666, "lpmap");
}
SYSINIT(upmapdev, SI_SUB_DRIVERS, SI_ORDER_ANY, upmap_drvinit, NULL);
