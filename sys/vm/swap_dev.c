/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Swap devices, and the space they make together; see swap_pager.h.
 *
 * Space is given out first fit from the start of the common range, so that
 * the stripes of all devices fill evenly and transfers spread over them.
 * The first stripe of a device is never used: a label or boot code may be
 * there.
 *
 * A device that is being removed gives out nothing more; what is on it is
 * read in (swap_pager_evacuate()) until nothing is left.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_blist.h>
#include <vm/swap_pager.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <machine/atomic.h>

#define SW_FREED	0x01	/* xsw_flags: in use */
#define SW_CLOSING	0x04
#define MAX_UNIT_PAGES	((1UL << 61) / NSWAPDEV)
#define MARKS_LOW	128	/* without swap */
#define MARKS_HIGH	512
#define FULL_INTERVAL	60	/* seconds between complaints */

/* Lock letters: (d) swap_spin, (l) swap_lock to change. */
struct swapdev {
	struct vnode	*vp;		/* (l) NULL: the slot is empty */
	struct cdev	*dev;		/* (l) */
	struct swap_blist *bl;		/* (d) free pages */
	int		flags;		/* (d) SW_* */
	int		transfers;	/* (d) under way */
	u_long		npages;		/* (l) size of the device */
	u_long		used;		/* (d) pages given out */
	u_long		bad;		/* (d) pages that failed */
};

static struct swapdev swapdevs[NSWAPDEV];
static struct spinlock swap_spin = SPINLOCK_INITIALIZER(swap_spin, "swapdev");
static struct lock swap_lock;		/* one swapon or swapoff at a time */

long vm_swap_size, vm_swap_free, vm_swap_anon_use, vm_swap_cache_use;
static long swap_low = MARKS_LOW, swap_high = MARKS_HIGH;	/* (d) */
static bool swap_low_said;		/* (d) */
static int swap_full_said;		/* (d) ticks */

static int nswapdev = NSWAPDEV;
SYSCTL_INT(_vm, OID_AUTO, nswapdev, CTLFLAG_RD, &nswapdev, 0,
    "Slots for swap devices");
SYSCTL_LONG(_vm, OID_AUTO, swap_size, CTLFLAG_RD, &vm_swap_size, 0,
    "Pages of swap space");
SYSCTL_LONG(_vm, OID_AUTO, swap_free, CTLFLAG_RD, &vm_swap_free, 0,
    "Pages of swap space not in use");
SYSCTL_LONG(_vm, OID_AUTO, swap_anon_use, CTLFLAG_RD, &vm_swap_anon_use, 0,
    "Pages of swap space that hold anonymous memory");
SYSCTL_LONG(_vm, OID_AUTO, swap_cache_use, CTLFLAG_RD, &vm_swap_cache_use, 0,
    "Pages of swap space that cache files");

static void
swap_dev_init(void *arg)
{
	lockinit(&swap_lock, "swapdev", 0, LK_CANRECURSE);
}
SYSINIT(swapdev, SI_SUB_VM_CONF, SI_ORDER_ANY, swap_dev_init, NULL);

/* --- space --------------------------------------------------------------- */

int
swap_dev_slot(swblk_t blk)
{
	return (blk / SWAP_STRIPE % NSWAPDEV);
}

static u_long
dev_page(swblk_t blk)
{
	return (blk / SWAP_STRIPE / NSWAPDEV * SWAP_STRIPE +
	    blk % SWAP_STRIPE);
}

static swblk_t
dev_to_blk(int slot, u_long page)
{
	return ((swblk_t)(page / SWAP_STRIPE * NSWAPDEV + slot) * SWAP_STRIPE +
	    page % SWAP_STRIPE);
}

bool
swap_almost_full(void)
{
	return (vm_swap_free < swap_low);
}

/* The first run of n pages of the common range. swap_spin is held. */
static swblk_t
space_find(int n)
{
	swblk_t blk, best = SWAPBLK_NONE;
	long page;
	int i;

	for (i = 0; i < NSWAPDEV; ++i) {
		if (swapdevs[i].bl == NULL ||
		    (swapdevs[i].flags & SW_CLOSING) ||
		    (page = swap_blist_find(swapdevs[i].bl, n)) < 0)
			continue;
		blk = dev_to_blk(i, page);
		if (best == SWAPBLK_NONE || blk < best)
			best = blk;
	}
	return (best);
}

swblk_t
swap_dev_alloc(int *np)
{
	int n = *np, said = 0;
	struct swapdev *sp;
	swblk_t blk;

	spin_lock(&swap_spin);
	while ((blk = space_find(n)) == SWAPBLK_NONE && n > 1)
		n /= 2;
	if (blk != SWAPBLK_NONE) {
		sp = &swapdevs[swap_dev_slot(blk)];
		swap_blist_take(sp->bl, dev_page(blk), n);
		sp->used += n;
		vm_swap_free -= n;
		if (vm_swap_free < swap_low && !swap_low_said) {
			swap_low_said = true;
			said = 1;
		}
	} else if (vm_swap_size != 0 && (swap_full_said == 0 ||
	    (u_int)(ticks - swap_full_said) > FULL_INTERVAL * hz)) {
		swap_full_said = ticks | 1;
		said = 2;
	}
	spin_unlock(&swap_spin);
	if (said == 1)
		kprintf("swap_pager: out of swap space\n");
	else if (said == 2)
		kprintf("swap_pager_getswapspace: swap full allocating %d "
		    "pages\n", *np);
	*np = n;
	return (blk);
}

/* A page is no longer used: free, or bad. */
static void
space_return(swblk_t blk, bool bad)
{
	struct swapdev *sp = &swapdevs[swap_dev_slot(blk)];
	bool empty;

	spin_lock(&swap_spin);
	KASSERT(sp->bl != NULL && sp->used > 0,
	    ("swap page %ld freed without a device", (long)blk));
	--sp->used;
	if (bad)
		++sp->bad;
	else
		swap_blist_free(sp->bl, dev_page(blk), 1);
	if ((sp->flags & SW_CLOSING) == 0) {
		if (bad)
			--vm_swap_size;
		else
			++vm_swap_free;
		if (vm_swap_free > swap_high)
			swap_low_said = false;
	}
	empty = (sp->flags & SW_CLOSING) && sp->used == 0;
	spin_unlock(&swap_spin);
	if (empty)
		wakeup(sp);
}

void
swap_dev_free(swblk_t blk)
{
	space_return(blk, false);
}

void
swap_dev_retire(swblk_t blk)
{
	space_return(blk, true);
}

/* --- transfers ----------------------------------------------------------- */

void
swap_dev_start(struct buf *bp, swblk_t blk)
{
	struct swapdev *sp = &swapdevs[swap_dev_slot(blk)];

	KASSERT(blk % SWAP_STRIPE + bp->b_bcount / PAGE_SIZE <= SWAP_STRIPE,
	    ("swap transfer at %ld crosses a stripe", (long)blk));
	spin_lock(&swap_spin);
	++sp->transfers;
	spin_unlock(&swap_spin);
	bp->b_bio1.bio_offset = (off_t)ptoa(dev_page(blk));
	dev_dstrategy(sp->dev, &bp->b_bio1);
}

void
swap_dev_finished(swblk_t blk)
{
	struct swapdev *sp = &swapdevs[swap_dev_slot(blk)];
	bool idle;

	spin_lock(&swap_spin);
	idle = --sp->transfers == 0 && (sp->flags & SW_CLOSING);
	spin_unlock(&swap_spin);
	if (idle)
		wakeup(sp);
}

/* --- adding -------------------------------------------------------------- */

/* 4 and 6 percent of the space. swap_spin is held. */
static void
set_marks(void)
{
	swap_low = MARKS_LOW;
	swap_high = MARKS_HIGH;
	if (vm_swap_size != 0) {
		swap_low = vm_swap_size * 4 / 100;
		swap_high = vm_swap_size * 6 / 100;
	}
	swap_low_said = false;
	swap_full_said = 0;
}

static void
say_marks(void)
{
	kprintf("swap low/high-water marks set to %ld/%ld\n", swap_low,
	    swap_high);
}

static struct swapdev *
find_device(struct cdev *dev)
{
	int i;

	for (i = 0; i < NSWAPDEV; ++i)
		if (swapdevs[i].vp != NULL && swapdevs[i].dev == dev)
			return (&swapdevs[i]);
	return (NULL);
}

static struct swapdev *
find_empty(void)
{
	int i;

	for (i = 0; i < NSWAPDEV; ++i)
		if (swapdevs[i].vp == NULL)
			return (&swapdevs[i]);
	return (NULL);
}

static int
open_device(struct cdev *dev, struct vnode **vpp, u_long *npagesp)
{
	struct vnode *vp;
	int64_t sectors;
	int error;

	error = bdevvp(dev, &vp);
	if (error != 0)
		return (error);
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	error = vcount(vp) > 0 ? EBUSY : VOP_OPEN(vp, FREAD | FWRITE,
	    proc0.p_ucred, NULL);
	vn_unlock(vp);
	if (error != 0) {
		vrele(vp);
		return (error);
	}
	sectors = dev_dpsize(dev);
	*npagesp = sectors > 0 ? (uint64_t)sectors * dev->si_bsize_phys >>
	    PAGE_SHIFT : 0;
	if (*npagesp <= SWAP_STRIPE)
		error = ENXIO;
	if (*npagesp > MAX_UNIT_PAGES) {
		kprintf("exceeded maximum of %lu blocks per swap unit\n",
		    MAX_UNIT_PAGES);
		error = ENXIO;
	}
	if (error == 0) {
		*vpp = vp;
		return (0);
	}
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	VOP_CLOSE(vp, FREAD | FWRITE, NULL);
	vn_unlock(vp);
	vrele(vp);
	return (error);
}

/* Everything but the first stripe becomes free. */
static struct swap_blist *
make_blist(u_long npages)
{
	struct swap_blist *bl = swap_blist_create(npages);
	u_long page, n;

	for (page = SWAP_STRIPE; page < npages; page += n) {
		n = ulmin(SWAP_STRIPE, npages - page);
		swap_blist_free(bl, page, n);
	}
	return (bl);
}

static int
swap_add(struct cdev *dev)
{
	struct swap_blist *bl;
	struct swapdev *sp;
	u_long npages = 0;
	int error;

	if (find_device(dev) != NULL)
		return (EBUSY);
	if ((sp = find_empty()) == NULL)
		return (EINVAL);
	error = open_device(dev, &sp->vp, &npages);
	if (error != 0)
		return (error);
	swap_io_init();
	swap_pager_reserve(true);
	bl = make_blist(npages);
	spin_lock(&swap_spin);
	sp->dev = dev;
	sp->npages = npages;
	sp->used = sp->bad = 0;
	sp->flags = SW_FREED;
	sp->bl = bl;
	vm_swap_size += npages - SWAP_STRIPE;
	vm_swap_free += npages - SWAP_STRIPE;
	set_marks();
	spin_unlock(&swap_spin);
	say_marks();
	return (0);
}

/* The disk device of a path, referenced by *vpp. */
static int
lookup_device(const char *name, struct vnode **vpp)
{
	int error;

	error = nlookup_vref(AT_FDCWD, name, UIO_USERSPACE, NLC_FOLLOW,
	    curthread->td_ucred, vpp);
	if (error == 0 && !vn_isdisk(*vpp, &error)) {
		vrele(*vpp);
		return (error);
	}
	return (error);
}

int
sys_swapon(struct sysmsg *sysmsg, const struct swapon_args *uap)
{
	struct vnode *vp;
	int error;

	error = priv_check(curthread, PRIV_SWAPON);
	if (error == 0)
		error = lookup_device(uap->name, &vp);
	if (error != 0)
		return (error);
	lockmgr(&swap_lock, LK_EXCLUSIVE);
	error = swap_add(vp->v_rdev);
	lockmgr(&swap_lock, LK_RELEASE);
	vrele(vp);
	return (error);
}

/* --- removing ------------------------------------------------------------ */

/* Begin (or, if it could not be done, take back) the removal. */
static void
set_closing(struct swapdev *sp, bool closing)
{
	long usable, unused;

	spin_lock(&swap_spin);
	usable = sp->npages - SWAP_STRIPE - sp->bad;
	unused = usable - sp->used;
	if (closing) {
		sp->flags |= SW_CLOSING;
		vm_swap_size -= usable;
		vm_swap_free -= unused;
	} else {
		sp->flags &= ~SW_CLOSING;
		vm_swap_size += usable;
		vm_swap_free += unused;
	}
	set_marks();
	spin_unlock(&swap_spin);
}

/*
 * Read everything in.  Pages that were just being moved to the device, or
 * between objects, are found by another pass.
 */
static int
empty_device(struct swapdev *sp)
{
	int error = 0;

	while (error == 0) {
		error = swap_pager_evacuate(sp - swapdevs);
		spin_lock(&swap_spin);
		if (sp->used == 0 && sp->transfers == 0) {
			spin_unlock(&swap_spin);
			return (0);
		}
		if (error == 0)
			error = ssleep(sp, &swap_spin, PCATCH, "swapoff",
			    hz / 10 + 1);
		if (error == EWOULDBLOCK)
			error = 0;
		spin_unlock(&swap_spin);
	}
	return (error == ERESTART ? EINTR : error);
}

static void
close_device(struct swapdev *sp)
{
	struct swap_blist *bl;

	spin_lock(&swap_spin);
	bl = sp->bl;
	sp->bl = NULL;
	sp->flags = 0;
	sp->npages = 0;
	spin_unlock(&swap_spin);
	swap_blist_destroy(bl);
	vn_lock(sp->vp, LK_EXCLUSIVE | LK_RETRY);
	VOP_CLOSE(sp->vp, FREAD | FWRITE, NULL);
	vn_unlock(sp->vp);
	vrele(sp->vp);
	sp->vp = NULL;
	sp->dev = NULL;
}

static int
swap_remove(struct cdev *dev)
{
	struct swapdev *sp = find_device(dev);
	long room;
	int error;

	if (sp == NULL)
		return (EINVAL);
	room = vmstats.v_free_count + vm_page_magazine_total() +
	    vm_page_queue_total(PQ_ACTIVE) +
	    vm_page_queue_total(PQ_INACTIVE) + vm_swap_free;
	if (room < (long)sp->npages + swap_low)
		return (ENOMEM);
	set_closing(sp, true);
	error = empty_device(sp);
	if (error != 0) {
		set_closing(sp, false);
		return (error);
	}
	close_device(sp);
	say_marks();
	return (0);
}

int
sys_swapoff(struct sysmsg *sysmsg, const struct swapoff_args *uap)
{
	struct vnode *vp;
	int error;

	error = priv_check(curthread, PRIV_SWAPOFF);
	if (error == 0)
		error = lookup_device(uap->name, &vp);
	if (error != 0)
		return (error == ENOTBLK ? EINVAL : error);
	error = lockmgr(&swap_lock, LK_EXCLUSIVE | LK_PCATCH);
	if (error == 0) {
		error = swap_remove(vp->v_rdev);
		lockmgr(&swap_lock, LK_RELEASE);
	}
	vrele(vp);
	return (error);
}

/* --- information --------------------------------------------------------- */

static int
sysctl_vm_swap_info_array(SYSCTL_HANDLER_ARGS)
{
	struct xswdev xs;
	struct swapdev *sp;
	int i, error = 0;

	for (i = 0; i < NSWAPDEV && error == 0; ++i) {
		sp = &swapdevs[i];
		bzero(&xs, sizeof(xs));
		xs.xsw_size = sizeof(xs);
		xs.xsw_version = XSWDEV_VERSION;
		xs.xsw_dev = NODEV;
		xs.xsw_blksize = PAGE_SIZE;
		spin_lock(&swap_spin);
		if (sp->flags != 0) {
			xs.xsw_flags = sp->flags;
			xs.xsw_dev = devid_from_dev(sp->dev);
			xs.xsw_nblks = sp->npages;
			xs.xsw_used = sp->used;
		}
		spin_unlock(&swap_spin);
		error = SYSCTL_OUT(req, &xs, sizeof(xs));
	}
	return (error);
}
SYSCTL_PROC(_vm, OID_AUTO, swap_info_array, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL,
    0, sysctl_vm_swap_info_array, "S,xswdev", "Swap devices");
