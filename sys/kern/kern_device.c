/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calling devices: dev_d*() pass a request to a driver's dev_ops, with
 * defaults for what it does not implement, and to dead_dev_ops once the
 * device is destroyed.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/event.h>
#include <sys/device.h>
#include <sys/file.h>
#include <sys/filio.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/vnode.h>

static d_open_t		dead_open;
static d_read_t		dead_read;
static d_write_t	dead_write;
static d_ioctl_t	dead_ioctl;
static d_strategy_t	dead_strategy;

/* What is left of a destroyed device. */
struct dev_ops dead_dev_ops = {
	{ "(dead)", 0, D_MPSAFE },
	.d_open = dead_open,
	.d_close = nullclose,
	.d_read = dead_read,
	.d_write = dead_write,
	.d_ioctl = dead_ioctl,
	.d_mmap = nommap,
	.d_mmap_single = nommap_single,
	.d_strategy = dead_strategy,
	.d_dump = nodump,
	.d_psize = nopsize,
	.d_kqfilter = nokqfilter,
	.d_clone = noclone,
	.d_revoke = norevoke
};

int
nullopen(struct dev_open_args *ap)
{
	return (0);
}

int
nullclose(struct dev_close_args *ap)
{
	return (0);
}

int
noopen(struct dev_open_args *ap)
{
	return (ENODEV);
}

int
noclose(struct dev_close_args *ap)
{
	return (ENODEV);
}

int
noread(struct dev_read_args *ap)
{
	return (ENODEV);
}

int
nowrite(struct dev_write_args *ap)
{
	return (ENODEV);
}

int
noioctl(struct dev_ioctl_args *ap)
{
	return (ENOTTY);
}

int
nommap(struct dev_mmap_args *ap)
{
	return (ENODEV);
}

int
nommap_single(struct dev_mmap_single_args *ap)
{
	return (ENODEV);
}

int
nostrategy(struct dev_strategy_args *ap)
{
	struct buf *bp = ap->a_bio->bio_buf;

	bp->b_flags |= B_ERROR;
	bp->b_error = EOPNOTSUPP;
	biodone(ap->a_bio);
	return (0);
}

int
nodump(struct dev_dump_args *ap)
{
	return (ENODEV);
}

int
nopsize(struct dev_psize_args *ap)
{
	ap->a_result = 0;
	return (ENODEV);
}

int
nokqfilter(struct dev_kqfilter_args *ap)
{
	return (ENODEV);
}

int
noclone(struct dev_clone_args *ap)
{
	return (0);
}

int
norevoke(struct dev_revoke_args *ap)
{
	return (0);
}

static int
dead_open(struct dev_open_args *ap)
{
	return (ENXIO);
}

static int
dead_read(struct dev_read_args *ap)
{
	return (ENXIO);
}

static int
dead_write(struct dev_write_args *ap)
{
	return (ENXIO);
}

static int
dead_ioctl(struct dev_ioctl_args *ap)
{
	return (ENXIO);
}

static int
dead_strategy(struct dev_strategy_args *ap)
{
	struct buf *bp = ap->a_bio->bio_buf;

	bp->b_flags |= B_ERROR;
	bp->b_error = ENXIO;
	biodone(ap->a_bio);
	return (0);
}

void
compile_dev_ops(struct dev_ops *ops)
{
#define DEV_FILL(op, def)	if (ops->op == NULL) ops->op = def
	DEV_FILL(d_open, nullopen);
	DEV_FILL(d_close, nullclose);
	DEV_FILL(d_read, noread);
	DEV_FILL(d_write, nowrite);
	DEV_FILL(d_ioctl, noioctl);
	DEV_FILL(d_mmap, nommap);
	DEV_FILL(d_mmap_single, nommap_single);
	DEV_FILL(d_strategy, nostrategy);
	DEV_FILL(d_dump, nodump);
	DEV_FILL(d_psize, nopsize);
	DEV_FILL(d_kqfilter, nokqfilter);
	DEV_FILL(d_clone, noclone);
	DEV_FILL(d_revoke, norevoke);
#undef DEV_FILL
}

/* Call operation op of dev with the arguments named. */
#define DEV_CALL(dev, op, ...)						\
	((dev)->si_ops->d_##op(&(struct dev_##op##_args){		\
	    .a_head.a_dev = (dev), ##__VA_ARGS__ }))

int
dev_dopen(cdev_t dev, int oflags, int devtype, struct ucred *cred,
    struct file **fpp, struct vnode *vp)
{
	return (DEV_CALL(dev, open, .a_oflags = oflags,
	    .a_devtype = devtype, .a_cred = cred, .a_fpp = fpp));
}

int
dev_dclose(cdev_t dev, int fflag, int devtype, struct file *fp)
{
	return (DEV_CALL(dev, close, .a_fflag = fflag, .a_devtype = devtype,
	    .a_fp = fp));
}

int
dev_dread(cdev_t dev, struct uio *uio, int ioflag, struct file *fp)
{
	dev->si_lastread = time_uptime;
	return (DEV_CALL(dev, read, .a_uio = uio, .a_ioflag = ioflag,
	    .a_fp = fp));
}

int
dev_dwrite(cdev_t dev, struct uio *uio, int ioflag, struct file *fp)
{
	dev->si_lastwrite = time_uptime;
	return (DEV_CALL(dev, write, .a_uio = uio, .a_ioflag = ioflag,
	    .a_fp = fp));
}

int
dev_dioctl(cdev_t dev, u_long cmd, caddr_t data, int fflag,
    struct ucred *cred, struct sysmsg *msg, struct file *fp)
{
	return (DEV_CALL(dev, ioctl, .a_cmd = cmd, .a_data = data,
	    .a_fflag = fflag, .a_cred = cred, .a_sysmsg = msg, .a_fp = fp));
}

int64_t
dev_dmmap(cdev_t dev, vm_offset_t offset, int nprot, struct file *fp)
{
	struct dev_mmap_args ap = { .a_head.a_dev = dev, .a_offset = offset,
	    .a_nprot = nprot, .a_fp = fp };

	return (dev->si_ops->d_mmap(&ap) == 0 ? ap.a_result : -1);
}

int
dev_dmmap_single(cdev_t dev, off_t *offset, size_t size,
    struct vm_object **object, int nprot, struct file *fp)
{
	return (DEV_CALL(dev, mmap_single, .a_offset = offset, .a_size = size,
	    .a_object = object, .a_nprot = nprot, .a_fp = fp));
}

void
dev_dstrategy(cdev_t dev, struct bio *bio)
{
	bio->bio_driver_info = dev;
	DEV_CALL(dev, strategy, .a_bio = bio);
}

/* Pass a bio on to a device below, unchanged. */
void
dev_dstrategy_chain(cdev_t dev, struct bio *bio)
{
	dev_dstrategy(dev, bio);
}

int
dev_ddump(cdev_t dev, void *virt, vm_offset_t phys, off_t offset,
    size_t length)
{
	return (DEV_CALL(dev, dump, .a_virtual = virt, .a_physical = phys,
	    .a_offset = offset, .a_length = length));
}

int64_t
dev_dpsize(cdev_t dev)
{
	struct dev_psize_args ap = { .a_head.a_dev = dev };

	return (dev->si_ops->d_psize(&ap) == 0 ? ap.a_result : -1);
}

int
dev_dkqfilter(cdev_t dev, struct knote *kn, struct file *fp)
{
	struct dev_kqfilter_args ap = { .a_head.a_dev = dev, .a_kn = kn,
	    .a_fp = fp };
	int error;

	error = dev->si_ops->d_kqfilter(&ap);
	return (error ? error : ap.a_result);
}

int
dev_dclone(cdev_t dev)
{
	return (DEV_CALL(dev, clone));
}

int
dev_drevoke(cdev_t dev)
{
	return (DEV_CALL(dev, revoke));
}

int
dev_dflags(cdev_t dev)
{
	return (dev->si_ops->head.flags);
}

int
dev_dmaj(cdev_t dev)
{
	return (dev->si_umajor);
}

const char *
dev_dname(cdev_t dev)
{
	return (dev->si_ops->head.name);
}

/* FIODNAME: the device's path below /dev, into the caller's memory. */
int
dev_copyout_name(cdev_t dev, struct fiodname_args *args)
{
	size_t len = strlen(dev->si_name) + 1;

	if (len > args->len)
		return (EINVAL);
	return (copyout(dev->si_name, args->name, len));
}

/* The same for a device number that the caller writes. */
static int
sysctl_kern_devname(SYSCTL_HANDLER_ARGS)
{
	dev_t udev;
	cdev_t dev;
	int error;

	error = SYSCTL_IN(req, &udev, sizeof(udev));
	if (error != 0)
		return (error);
	if (req->newptr == NULL)
		return (EINVAL);
	dev = devfs_find_device_by_udev(udev);
	if (dev == NULL)
		return (ENOENT);
	error = SYSCTL_OUT_STR(req, dev->si_name);
	release_dev(dev);
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, devname, CTLTYPE_OPAQUE | CTLFLAG_RW |
    CTLFLAG_ANYBODY, NULL, 0, sysctl_kern_devname, "", "Name of a device");
