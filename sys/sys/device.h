/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Device operations: what a driver provides (struct dev_ops), and how the
 * kernel calls it (dev_dopen() and so on).
 *
 *	static struct dev_ops foo_ops = {
 *		{ "foo", 0, D_DISK | D_MPSAFE },
 *		.d_open =	fooopen,
 *		...
 *	};
 *
 * Entries left NULL get defaults when the first device with these
 * operations is made: open and close succeed, the rest returns ENODEV.
 */
#ifndef _SYS_DEVICE_H_
#define _SYS_DEVICE_H_

#ifdef _KERNEL

#include <sys/types.h>

struct bio;
struct cdev;
struct dev_ops;
struct file;
struct knote;
struct sysmsg;
struct ucred;
struct uio;
struct vm_object;
struct vnode;

typedef struct cdev *cdev_t;

struct dev_generic_args {
	struct cdev	*a_dev;
};

struct dev_open_args {
	struct dev_generic_args a_head;
	int		a_oflags;	/* FREAD, FWRITE, O_* */
	int		a_devtype;	/* S_IFCHR */
	struct ucred	*a_cred;
	struct file	**a_fpp;	/* may be NULL */
};

struct dev_close_args {
	struct dev_generic_args a_head;
	int		a_fflag;
	int		a_devtype;
	struct file	*a_fp;
};

struct dev_read_args {
	struct dev_generic_args a_head;
	struct uio	*a_uio;
	int		a_ioflag;
	struct file	*a_fp;
};

struct dev_write_args {
	struct dev_generic_args a_head;
	struct uio	*a_uio;
	int		a_ioflag;
	struct file	*a_fp;
};

struct dev_ioctl_args {
	struct dev_generic_args a_head;
	u_long		a_cmd;
	caddr_t		a_data;		/* kernel copy of the argument */
	int		a_fflag;
	struct ucred	*a_cred;
	struct sysmsg	*a_sysmsg;
	struct file	*a_fp;
};

struct dev_kqfilter_args {
	struct dev_generic_args a_head;
	struct knote	*a_kn;
	int		a_result;	/* errno */
	struct file	*a_fp;
};

struct dev_mmap_args {
	struct dev_generic_args a_head;
	vm_offset_t	a_offset;
	int		a_nprot;
	int64_t		a_result;	/* physical page number */
	struct file	*a_fp;
};

struct dev_mmap_single_args {
	struct dev_generic_args a_head;
	off_t		*a_offset;
	size_t		a_size;
	struct vm_object **a_object;
	int		a_nprot;
	struct file	*a_fp;
};

struct dev_strategy_args {
	struct dev_generic_args a_head;
	struct bio	*a_bio;
};

struct dev_dump_args {
	struct dev_generic_args a_head;
	u_int64_t	a_count;
	u_int64_t	a_blkno;
	u_int		a_secsize;
	void		*a_virtual;
	vm_offset_t	a_physical;
	u_int64_t	a_offset;
	size_t		a_length;
};

struct dev_psize_args {
	struct dev_generic_args a_head;
	int64_t		a_result;	/* sectors */
};

struct dev_clone_args {
	struct dev_generic_args a_head;
	struct cdev	*a_dev;		/* (out) the device to open instead */
	const char	*a_name;
	size_t		a_namelen;
	struct ucred	*a_cred;
	int		a_mode;
};

struct dev_revoke_args {
	struct dev_generic_args a_head;
	struct file	*a_fp;
};

typedef int	d_open_t(struct dev_open_args *ap);
typedef int	d_close_t(struct dev_close_args *ap);
typedef int	d_read_t(struct dev_read_args *ap);
typedef int	d_write_t(struct dev_write_args *ap);
typedef int	d_ioctl_t(struct dev_ioctl_args *ap);
typedef int	d_mmap_t(struct dev_mmap_args *ap);
typedef int	d_mmap_single_t(struct dev_mmap_single_args *ap);
typedef int	d_strategy_t(struct dev_strategy_args *ap);
typedef int	d_dump_t(struct dev_dump_args *ap);
typedef int	d_psize_t(struct dev_psize_args *ap);
typedef int	d_kqfilter_t(struct dev_kqfilter_args *ap);
typedef int	d_clone_t(struct dev_clone_args *ap);
typedef int	d_revoke_t(struct dev_revoke_args *ap);

struct dev_ops {
	struct {
		const char	*name;	/* driver: "da", "null" */
		int		maj;	/* 0: whatever */
		u_int		flags;	/* D_* */
		void		*data;	/* driver's own */
		int		refs;
		int		id;
	} head;
	d_open_t		*d_open;
	d_close_t		*d_close;
	d_read_t		*d_read;
	d_write_t		*d_write;
	d_ioctl_t		*d_ioctl;
	d_mmap_t		*d_mmap;
	d_mmap_single_t		*d_mmap_single;
	d_strategy_t		*d_strategy;
	d_dump_t		*d_dump;
	d_psize_t		*d_psize;
	d_kqfilter_t		*d_kqfilter;
	d_clone_t		*d_clone;
	d_revoke_t		*d_revoke;
};

/* head.flags: kind of device, and properties. */
#define D_TAPE		0x0001
#define D_DISK		0x0002
#define D_TTY		0x0004
#define D_MEM		0x0008
#define D_TYPEMASK	0xffff
#define D_MEMDISK	0x00010000
#define D_CANFREE	0x00040000	/* understands BUF_CMD_FREEBLKS */
#define D_TRACKCLOSE	0x00080000	/* close is called for every close */
#define D_MASTER	0x00100000
#define D_NOEMERGPGR	0x00200000
#define D_MPSAFE	0x00400000	/* everything here is */
#define D_KVABIO	0x00800000
#define D_QUICK		0x01000000	/* read, write without vnode lock */

/*
 * Call the driver.  0 or errno.  dev_dkqfilter: 0 when the filter is
 * attached.  dev_dmmap: physical page number, or -1.
 */
int	dev_dopen(cdev_t dev, int oflags, int devtype, struct ucred *cred,
	    struct file **fpp, struct vnode *vp);
int	dev_dclose(cdev_t dev, int fflag, int devtype, struct file *fp);
int	dev_dread(cdev_t dev, struct uio *uio, int ioflag, struct file *fp);
int	dev_dwrite(cdev_t dev, struct uio *uio, int ioflag, struct file *fp);
int	dev_dioctl(cdev_t dev, u_long cmd, caddr_t data, int fflag,
	    struct ucred *cred, struct sysmsg *msg, struct file *fp);
int64_t	dev_dmmap(cdev_t dev, vm_offset_t offset, int nprot, struct file *fp);
int	dev_dmmap_single(cdev_t dev, off_t *offset, size_t size,
	    struct vm_object **object, int nprot, struct file *fp);
void	dev_dstrategy(cdev_t dev, struct bio *bio);
void	dev_dstrategy_chain(cdev_t dev, struct bio *bio);
int	dev_ddump(cdev_t dev, void *virt, vm_offset_t phys, off_t offset,
	    size_t length);
int64_t	dev_dpsize(cdev_t dev);
int	dev_dkqfilter(cdev_t dev, struct knote *kn, struct file *fp);
int	dev_dclone(cdev_t dev);
int	dev_drevoke(cdev_t dev);
int	dev_dflags(cdev_t dev);
int	dev_dmaj(cdev_t dev);
const char *dev_dname(cdev_t dev);

d_open_t	nullopen, noopen;
d_close_t	nullclose, noclose;
d_read_t	noread;
d_write_t	nowrite;
d_ioctl_t	noioctl;
d_mmap_t	nommap;
d_mmap_single_t	nommap_single;
d_strategy_t	nostrategy;
d_dump_t	nodump;
d_psize_t	nopsize;
d_kqfilter_t	nokqfilter;
d_clone_t	noclone;
d_revoke_t	norevoke;

extern struct dev_ops	dead_dev_ops;
void	compile_dev_ops(struct dev_ops *ops);

#endif /* _KERNEL */

#endif /* !_SYS_DEVICE_H_ */
