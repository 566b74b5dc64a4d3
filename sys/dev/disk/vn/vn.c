/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vn: disks made of a regular file, or of memory that may go to swap.
 *
 * A unit that is attached has a thread of its own, which takes requests in
 * the order they came and reads and writes the file (or the VM object);
 * d_strategy only queues and wakes it.  Units vn0 to vn3 exist from the start;
 * opening /dev/vn gives the first unit from vn4 on that is free.
 *
 * Locks: (u) units_lock, (s) sc_spin, (I) immutable after creation, (a) set
 * by attach and detach under units_lock, fixed while the thread runs.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/devfs.h>
#include <sys/device.h>
#include <sys/disk.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnioctl.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_pager.h>

#define VN_FIXED_UNITS	4		/* there from the start */
#define VN_SWAP_SECTOR	4096
#define VN_OPTIONS	(VN_FOLLOW | VN_DEBUG | VN_IO | VN_RESERVE)

struct vn_softc {
	SLIST_ENTRY(vn_softc) sc_link;	/* (u) */
	int		sc_unit;	/* (I) */
	struct disk	sc_disk;
	cdev_t		sc_dev;		/* (I) what the disk layer calls */
	u_long		sc_options;	/* (u) VN_* of this unit */

	struct spinlock	sc_spin;
	struct bio_queue_head sc_queue;	/* (s) */
	struct thread	*sc_thread;	/* (s) while attached */
	int		sc_stop;	/* (s) the thread is to end */

	struct vnode	*sc_vp;		/* (a) the file, open; or NULL */
	struct ucred	*sc_cred;	/* (a) who attached it */
	vm_object_t	sc_object;	/* (a) the memory, or NULL */
	int64_t		sc_size;	/* (a) bytes; 0: not attached */
	int		sc_secsize;	/* (a) */
	int		sc_readonly;	/* (a) */
	char		*sc_path;	/* (a) of the file */
};

static MALLOC_DEFINE(M_VN, "vn", "vn disks");

static SLIST_HEAD(, vn_softc) vn_units = SLIST_HEAD_INITIALIZER(vn_units);
static struct lock units_lock = LOCK_INITIALIZER("vnunits", 0, LK_CANRECURSE);
static u_long vn_options;		/* (u) of all units */

static d_open_t		vnopen;
static d_ioctl_t	vnioctl;
static d_strategy_t	vnstrategy;

static struct dev_ops vn_ops = {
	{ "vn", 0, D_DISK | D_MPSAFE },
	.d_open =	vnopen,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_ioctl =	vnioctl,
	.d_strategy =	vnstrategy,
};

/*
 * The unit's thread.
 */
static int
vn_file_io(struct vn_softc *sc, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	int error, resid = 0;

	if (bp->b_cmd == BUF_CMD_FLUSH) {
		error = vn_lock(sc->sc_vp, LK_EXCLUSIVE | LK_RETRY);
		if (error == 0) {
			error = VOP_FSYNC(sc->sc_vp, MNT_WAIT, 0);
			vn_unlock(sc->sc_vp);
		}
		return (error);
	}
	error = vn_rdwr(bp->b_cmd == BUF_CMD_READ ? UIO_READ : UIO_WRITE,
	    sc->sc_vp, bp->b_data, bp->b_bcount, bio->bio_offset,
	    UIO_SYSSPACE, (bp->b_flags & B_FUA) ? IO_SYNC : 0, sc->sc_cred,
	    &resid);
	/* The file may have become shorter since it was attached. */
	if (error == 0 && resid != 0)
		error = EIO;
	return (error);
}

static int
vn_memory_io(struct vn_softc *sc, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	struct iovec iov = { bp->b_data, bp->b_bcount };
	struct uio uio;

	if (bp->b_cmd == BUF_CMD_FLUSH)
		return (0);
	bzero(&uio, sizeof(uio));
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = bio->bio_offset;
	uio.uio_resid = bp->b_bcount;
	uio.uio_segflg = UIO_SYSSPACE;
	uio.uio_rw = bp->b_cmd == BUF_CMD_READ ? UIO_READ : UIO_WRITE;
	uio.uio_td = curthread;
	return (vm_object_uiomove(sc->sc_object, bio->bio_offset,
	    bp->b_bcount, &uio, 0));
}

static void
vn_io(struct vn_softc *sc, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	int error;

	if ((vn_options | sc->sc_options) & VN_IO)
		kprintf("vn%d: %s %d bytes at %jd\n", sc->sc_unit,
		    bp->b_cmd == BUF_CMD_READ ? "read" :
		    bp->b_cmd == BUF_CMD_WRITE ? "write" : "flush",
		    bp->b_bcount, (intmax_t)bio->bio_offset);
	if (bp->b_cmd != BUF_CMD_READ && bp->b_cmd != BUF_CMD_WRITE &&
	    bp->b_cmd != BUF_CMD_FLUSH)
		error = EOPNOTSUPP;
	else if (bp->b_cmd == BUF_CMD_WRITE && sc->sc_readonly)
		error = EROFS;
	else if (sc->sc_object != NULL)
		error = vn_memory_io(sc, bio);
	else
		error = vn_file_io(sc, bio);
	if (error && ((vn_options | sc->sc_options) & VN_DEBUG))
		kprintf("vn%d: error %d at %jd\n", sc->sc_unit, error,
		    (intmax_t)bio->bio_offset);
	biofinish(bio, error);
}

static void
vn_thread(void *arg)
{
	struct vn_softc *sc = arg;
	struct bio *bio;

	spin_lock(&sc->sc_spin);
	for (;;) {
		bio = bioq_takefirst(&sc->sc_queue);
		if (bio == NULL) {
			if (sc->sc_stop)
				break;
			ssleep(&sc->sc_queue, &sc->sc_spin, 0, "vnidle", 0);
			continue;
		}
		spin_unlock(&sc->sc_spin);
		vn_io(sc, bio);
		spin_lock(&sc->sc_spin);
	}
	sc->sc_thread = NULL;
	spin_unlock(&sc->sc_spin);
	wakeup(&sc->sc_thread);
	lwkt_exit();
}

static int
vnstrategy(struct dev_strategy_args *ap)
{
	struct vn_softc *sc = ap->a_head.a_dev->si_drv1;
	struct bio *bio = ap->a_bio;

	spin_lock(&sc->sc_spin);
	if (sc->sc_thread == NULL || sc->sc_stop) {
		spin_unlock(&sc->sc_spin);
		biofinish(bio, ENXIO);
		return (0);
	}
	bioq_insert_tail(&sc->sc_queue, bio);
	spin_unlock(&sc->sc_spin);
	wakeup(&sc->sc_queue);
	return (0);
}

/*
 * Attaching and detaching; units_lock is held.
 */
static int
vn_open_file(struct vn_softc *sc, const char *path, struct ucred *cred)
{
	struct nlookupdata nd;
	struct vattr va;
	int error, i;
	static const int modes[2] = { FREAD | FWRITE, FREAD };

	for (i = 0; i < 2; i++) {
		error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
		if (error == 0)
			error = vn_open(&nd, NULL, modes[i], 0);
		if (error == 0)
			break;
		nlookup_done(&nd);
		if (error != EACCES && error != EPERM && error != EROFS)
			return (error);
	}
	if (error)
		return (error);
	sc->sc_vp = nd.nl_open_vp;
	sc->sc_readonly = i == 1;
	nd.nl_open_vp = NULL;
	nlookup_done(&nd);
	vn_lock(sc->sc_vp, LK_SHARED | LK_RETRY);
	error = sc->sc_vp->v_type != VREG ? EINVAL :
	    VOP_GETATTR(sc->sc_vp, &va);
	vn_unlock(sc->sc_vp);
	if (error == 0) {
		sc->sc_cred = crhold(cred);
		if (sc->sc_size == 0)
			sc->sc_size = va.va_size;
		sc->sc_size -= sc->sc_size % DEV_BSIZE;
		sc->sc_secsize = DEV_BSIZE;
		if (sc->sc_size <= 0)
			error = EDOM;
	}
	return (error);
}

/* Give back what attaching took. */
static void
vn_clear(struct vn_softc *sc)
{
	if (sc->sc_vp != NULL)
		vn_close(sc->sc_vp, sc->sc_readonly ? FREAD : FREAD | FWRITE,
		    NULL);
	if (sc->sc_cred != NULL)
		crfree(sc->sc_cred);
	if (sc->sc_object != NULL)
		vm_object_deallocate(sc->sc_object);
	if (sc->sc_path != NULL)
		kfree(sc->sc_path, M_VN);
	sc->sc_vp = NULL;
	sc->sc_cred = NULL;
	sc->sc_object = NULL;
	sc->sc_path = NULL;
	sc->sc_size = 0;
	sc->sc_readonly = 0;
}

static void
vn_announce(struct vn_softc *sc)
{
	struct disk_info info;

	bzero(&info, sizeof(info));
	info.d_media_blksize = sc->sc_secsize;
	info.d_media_blocks = sc->sc_size / sc->sc_secsize;
	info.d_nheads = sc->sc_object != NULL ? 8 : 64;
	info.d_secpertrack = 32;
	info.d_secpercyl = info.d_nheads * info.d_secpertrack;
	info.d_ncylinders = info.d_media_blocks / info.d_secpercyl;
	info.d_dsflags = DSO_MBRQUIET;
	sc->sc_dev->si_iosize_max = MAXPHYS;
	disk_setdiskinfo_sync(&sc->sc_disk, &info);
}

/* Memory for the unit; VN_RESERVE: all of it now. */
static int
vn_make_memory(struct vn_softc *sc)
{
	struct buf *bp;
	int error = 0;

	sc->sc_secsize = VN_SWAP_SECTOR;
	sc->sc_object = default_pager_alloc(NULL, sc->sc_size,
	    VM_PROT_DEFAULT, 0);
	if (sc->sc_object == NULL)
		return (ENOMEM);
	if (((vn_options | sc->sc_options) & VN_RESERVE) == 0)
		return (0);
	bp = getpbuf(NULL);
	bp->b_cmd = BUF_CMD_WRITE;
	bp->b_bcount = PAGE_SIZE;
	bp->b_data = kmalloc(PAGE_SIZE, M_VN, M_WAITOK | M_ZERO);
	bp->b_bio1.bio_offset = 0;
	while (error == 0 && bp->b_bio1.bio_offset < sc->sc_size) {
		error = vn_memory_io(sc, &bp->b_bio1);
		bp->b_bio1.bio_offset += PAGE_SIZE;
	}
	kfree(bp->b_data, M_VN);
	relpbuf(bp, NULL);
	return (error);
}

static int
vn_attach(struct vn_softc *sc, struct vn_ioctl *vio, struct ucred *cred)
{
	struct thread *td;
	int error = 0;

	if (sc->sc_size != 0)
		return (EBUSY);
	if (vio->vn_size < 0 || vio->vn_size > INT64_MAX / PAGE_SIZE ||
	    (vio->vn_file == NULL && vio->vn_size == 0))
		return (EDOM);
	sc->sc_size = vio->vn_size * PAGE_SIZE;
	if (vio->vn_file != NULL) {
		sc->sc_path = kmalloc(MAXPATHLEN, M_VN, M_WAITOK | M_ZERO);
		error = copyinstr(vio->vn_file, sc->sc_path, MAXPATHLEN,
		    NULL);
		if (error == 0)
			error = vn_open_file(sc, sc->sc_path, cred);
	} else {
		error = vn_make_memory(sc);
	}
	if (error) {
		vn_clear(sc);
		return (error);
	}
	sc->sc_stop = 0;
	lwkt_create(vn_thread, sc, &td, NULL, TDF_NOSTART, -1, "vn%d",
	    sc->sc_unit);
	sc->sc_thread = td;
	lwkt_schedule(td);
	vn_announce(sc);
	vio->vn_size = sc->sc_size / PAGE_SIZE;
	if ((vn_options | sc->sc_options) & VN_FOLLOW)
		kprintf("vn%d: attached, %jd bytes\n", sc->sc_unit,
		    (intmax_t)sc->sc_size);
	return (0);
}

static int
vn_detach(struct vn_softc *sc)
{
	int error = 0;

	if (sc->sc_size == 0)
		return (ENXIO);
	if (sc->sc_disk.d_opens > 1)
		return (EBUSY);
	disk_invalidate(&sc->sc_disk);
	spin_lock(&sc->sc_spin);
	sc->sc_stop = 1;
	wakeup(&sc->sc_queue);
	while (sc->sc_thread != NULL)
		ssleep(&sc->sc_thread, &sc->sc_spin, 0, "vnstop", 0);
	spin_unlock(&sc->sc_spin);
	if (sc->sc_vp != NULL && !sc->sc_readonly) {
		vn_lock(sc->sc_vp, LK_EXCLUSIVE | LK_RETRY);
		error = VOP_FSYNC(sc->sc_vp, MNT_WAIT, 0);
		vn_unlock(sc->sc_vp);
	}
	vn_clear(sc);
	if ((vn_options | sc->sc_options) & VN_FOLLOW)
		kprintf("vn%d: detached\n", sc->sc_unit);
	return (error);
}

static int
vn_describe(struct vn_softc *sc, struct vn_user *vnu)
{
	struct vattr va;
	int error;

	if (vnu->vnu_unit != -1) {
		SLIST_FOREACH(sc, &vn_units, sc_link) {
			if (sc->sc_unit == vnu->vnu_unit)
				break;
		}
		if (sc == NULL)
			return (ENXIO);
	}
	bzero(vnu, sizeof(*vnu));
	vnu->vnu_unit = sc->sc_unit;
	if (sc->sc_object != NULL) {
		strlcpy(vnu->vnu_file, _VN_USER_SWAP,
		    sizeof(vnu->vnu_file));
		vnu->vnu_size = sc->sc_size;
		vnu->vnu_secsize = sc->sc_secsize;
	} else if (sc->sc_vp != NULL) {
		vn_lock(sc->sc_vp, LK_SHARED | LK_RETRY);
		error = VOP_GETATTR(sc->sc_vp, &va);
		vn_unlock(sc->sc_vp);
		if (error)
			return (error);
		strlcpy(vnu->vnu_file, sc->sc_path, sizeof(vnu->vnu_file));
		vnu->vnu_dev = va.va_fsid;
		vnu->vnu_ino = va.va_fileid;
	}
	return (0);
}

static int
vnioctl(struct dev_ioctl_args *ap)
{
	struct vn_softc *sc = ap->a_head.a_dev->si_drv1;
	u_long *bits = (u_long *)ap->a_data;
	int error;

	switch (ap->a_cmd) {
	case VNIOCATTACH:
	case VNIOCDETACH:
	case VNIOCGSET:
	case VNIOCGCLEAR:
	case VNIOCUSET:
	case VNIOCUCLEAR:
	case VNIOCGET:
		break;
	default:
		return (ENOTTY);
	}
	error = priv_check_cred(ap->a_cred, PRIV_ROOT, 0);
	if (error)
		return (error);
	lockmgr(&units_lock, LK_EXCLUSIVE);
	switch (ap->a_cmd) {
	case VNIOCATTACH:
		error = vn_attach(sc, (struct vn_ioctl *)ap->a_data,
		    ap->a_cred);
		break;
	case VNIOCDETACH:
		error = vn_detach(sc);
		break;
	case VNIOCGET:
		error = vn_describe(sc, (struct vn_user *)ap->a_data);
		break;
	case VNIOCGSET:
		*bits = vn_options |= *bits & VN_OPTIONS;
		break;
	case VNIOCGCLEAR:
		*bits = vn_options &= ~*bits;
		break;
	case VNIOCUSET:
		*bits = sc->sc_options |= *bits & VN_OPTIONS;
		break;
	case VNIOCUCLEAR:
		*bits = sc->sc_options &= ~*bits;
		break;
	}
	lockmgr(&units_lock, LK_RELEASE);
	return (error);
}

static int
vnopen(struct dev_open_args *ap)
{
	struct vn_softc *sc = ap->a_head.a_dev->si_drv1;

	return ((ap->a_oflags & FWRITE) && sc->sc_readonly ? EACCES : 0);
}

/*
 * Units; units_lock is held.
 */
static struct vn_softc *
vn_create(int unit)
{
	struct vn_softc *sc = kmalloc(sizeof(*sc), M_VN, M_WAITOK | M_ZERO);

	sc->sc_unit = unit;
	spin_init(&sc->sc_spin, "vn");
	bioq_init(&sc->sc_queue);
	sc->sc_dev = disk_create(unit, &sc->sc_disk, &vn_ops);
	sc->sc_dev->si_drv1 = sc;
	SLIST_INSERT_HEAD(&vn_units, sc, sc_link);
	return (sc);
}

/* An open of /dev/vn. */
static int
vn_clone(struct dev_clone_args *ap)
{
	struct vn_softc *sc, *found = NULL;
	int next = VN_FIXED_UNITS;

	lockmgr(&units_lock, LK_EXCLUSIVE);
	SLIST_FOREACH(sc, &vn_units, sc_link) {
		next = MAX(next, sc->sc_unit + 1);
		if (sc->sc_unit >= VN_FIXED_UNITS && sc->sc_size == 0 &&
		    sc->sc_disk.d_opens == 0 &&
		    (found == NULL || sc->sc_unit < found->sc_unit))
			found = sc;
	}
	if (found == NULL)
		found = vn_create(next);
	ap->a_dev = found->sc_disk.d_cdev;
	lockmgr(&units_lock, LK_RELEASE);
	return (0);
}

static void
vn_init(void *unused)
{
	int unit;

	compile_dev_ops(&vn_ops);
	lockmgr(&units_lock, LK_EXCLUSIVE);
	for (unit = 0; unit < VN_FIXED_UNITS; unit++)
		vn_create(unit);
	lockmgr(&units_lock, LK_RELEASE);
	make_autoclone_dev(&vn_ops, NULL, vn_clone, UID_ROOT, GID_OPERATOR,
	    0640, "vn");
}
SYSINIT(vn, SI_SUB_DRIVERS, SI_ORDER_ANY, vn_init, NULL);
