/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounting the root filesystem, and devfs on its /dev.
 *
 * What is tried, in this order (reference/storage/boot.md section 5): asking
 * with -a; CD drives with -C; vfs.root.mountfrom, a list; with
 * vfs.root.cdlabel=LABEL every disk that carries an ISO9660 volume of that
 * label, which is how a live image written to a stick or a disk is found;
 * at last the prompt.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/stat.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/disk.h>
#include <sys/filedesc.h>
#include <sys/kenv.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/vfs_quota.h>
#include <sys/vnode.h>

struct vnode *rootvnode;
struct nchandle rootnch;

static int wakedelay = 0;
TUNABLE_INT("vfs.root.wakedelay", &wakedelay);
static char real_root[128];
TUNABLE_STR("vfs.root.realroot", real_root, sizeof(real_root));
SYSCTL_STRING(_vfs, OID_AUTO, real_root, CTLFLAG_RD, real_root, 0,
    "Where the initial RAM disk's script finds the real root");

static const char *const cd_devices[] = {
	"cd0", "acd0", "cd1", "acd1", "cd8", "acd8", "cd9", "acd9", NULL
};

/* Volume label of an ISO9660 medium: sector 16, bytes 40-71. */
#define ISO_PVD_OFFSET	(16 * 2048)
#define ISO_PVD_LABEL	40
#define ISO_LABEL_LEN	32

/*
 * Try one "<type>:<device>".  On success the filesystem is the root.
 */
static int
root_mount_one(const char *spec, int len)
{
	char type[MFSNAMELEN + 1], dev[MNAMELEN];
	const char *p, *d;
	struct mount *mp;
	struct vnode *vp;
	int error, n;

	p = memchr(spec, ':', len);
	if (p == NULL || p - spec > MFSNAMELEN || p == spec)
		return (EINVAL);
	bcopy(spec, type, p - spec);
	type[p - spec] = 0;
	d = p + 1;
	n = len - (d - spec);
	if (n > 5 && strncmp(d, "/dev/", 5) == 0) {
		d += 5;
		n -= 5;
	}
	if (n >= MNAMELEN)
		return (EINVAL);
	bcopy(d, dev, n);
	dev[n] = 0;
	rootdev = NULL;
	if (n > 0) {
		rootdev = kgetdiskbyname(dev);
		/* Multi-volume and labelled names are the filesystem's. */
		if (rootdev == NULL && strpbrk(dev, ":@") == NULL) {
			kprintf("no disk named '%s'\n", dev);
			return (ENOENT);
		}
	}
	error = vfs_rootmountalloc(type, dev, &mp);
	if (error) {
		kprintf("Can't allocate root mount for filesystem '%s': %d\n",
		    type, error);
		return (error);
	}
	mp->mnt_flag |= MNT_ROOTFS;
	error = VFS_MOUNT(mp, NULL, NULL, proc0.p_ucred);
	if (error) {
		kprintf("Root mount failed: %d\n", error);
		mp->mnt_refs = 0;
		mount_drop(mp);
		return (error);
	}
	if (mp->mnt_ncmountpt.ncp == NULL) {
		cache_allocroot(&mp->mnt_ncmountpt, mp, NULL);
		cache_unlock(&mp->mnt_ncmountpt);
	}
	error = VFS_ROOT(mp, &vp);
	if (error)
		panic("root filesystem has no root: %d", error);
	vn_unlock(vp);
	mountlist_insert(mp, MNTINS_FIRST);
	vn_syncer_thr_create(mp);
	VFS_STATFS(mp, &mp->mnt_stat, proc0.p_ucred);
	VFS_START(mp, 0);
	rootvnode = vp;
	cache_copy(&mp->mnt_ncmountpt, &rootnch);
	vquota_mounted(mp);
	return (0);
}

/* A list of specifications separated by semicolons. */
static int
root_mount_list(const char *list)
{
	const char *end;
	int error = EINVAL;

	kprintf("Mounting root from %s\n", list);
	while (*list != 0) {
		for (end = list; *end != 0 && *end != ';'; end++)
			;
		if (end > list) {
			error = root_mount_one(list, end - list);
			if (error == 0)
				return (0);
		}
		list = *end != 0 ? end + 1 : end;
	}
	return (error);
}

static int
root_mount_cds(void)
{
	char spec[32];
	int i;

	for (i = 0; cd_devices[i] != NULL; i++) {
		if (kgetdiskbyname(cd_devices[i]) == NULL)
			continue;
		ksnprintf(spec, sizeof(spec), "cd9660:%s", cd_devices[i]);
		if (root_mount_list(spec) == 0)
			return (0);
	}
	return (ENOENT);
}

/* Does the disk hold a volume of this label? */
static int
has_label(cdev_t dev, const char *label)
{
	char *sector;
	int match = 0, len = strlen(label);

	if (dev_dopen(dev, FREAD, S_IFCHR, proc0.p_ucred, NULL, NULL) != 0)
		return (0);
	sector = kmalloc(2048, M_TEMP, M_WAITOK);
	if (len <= ISO_LABEL_LEN && disk_read(dev, ISO_PVD_OFFSET, sector,
	    2048) == 0 && sector[0] == 1 &&
	    bcmp(sector + 1, "CD001", 5) == 0 &&
	    bcmp(sector + ISO_PVD_LABEL, label, len) == 0) {
		match = 1;
		while (len < ISO_LABEL_LEN)
			match &= sector[ISO_PVD_LABEL + len++] == ' ';
	}
	kfree(sector, M_TEMP);
	dev_dclose(dev, FREAD, S_IFCHR, NULL);
	return (match);
}

/* Names of disks, slices and partitions. */
struct root_name {
	STAILQ_ENTRY(root_name) rn_link;
	char		rn_name[SPECNAMELEN + 1];
};
STAILQ_HEAD(root_names, root_name);

static void
root_name_add(const char *name, void *arg)
{
	struct root_names *names = arg;
	struct root_name *rn;

	rn = kmalloc(sizeof(*rn), M_TEMP, M_WAITOK);
	strlcpy(rn->rn_name, name, sizeof(rn->rn_name));
	STAILQ_INSERT_TAIL(names, rn, rn_link);
}

/* Whole disks come first in /dev, their slices and partitions after them. */
static int
root_mount_label(const char *label)
{
	struct root_names names = STAILQ_HEAD_INITIALIZER(names);
	struct root_name *rn;
	char spec[SPECNAMELEN + 16];
	cdev_t dev;
	int error = ENOENT;

	disk_list(root_name_add, &names);
	while ((rn = STAILQ_FIRST(&names)) != NULL) {
		STAILQ_REMOVE_HEAD(&names, rn_link);
		dev = error != 0 ? kgetdiskbyname(rn->rn_name) : NULL;
		if (dev != NULL && has_label(dev, label)) {
			ksnprintf(spec, sizeof(spec), "cd9660:%s",
			    rn->rn_name);
			error = root_mount_list(spec);
		}
		kfree(rn, M_TEMP);
	}
	return (error);
}

static void
list_disk(const char *name, void *arg)
{
	kprintf(" \"%s\"", name);
}

/* Read a line from the console: ^U clears, # and backspace erase. */
static void
console_gets(char *buf, int size)
{
	int c, n = 0;

	for (;;) {
		c = cngetc();
		switch (c) {
		case -1:
			continue;
		case '\r':
		case '\n':
			buf[n] = 0;
			kprintf("\n");
			return;
		case '\b':
		case 0177:
			if (n > 0) {
				n--;
				kprintf("\b \b");
			}
			break;
		case '#':
			if (n > 0) {
				n--;
				kprintf("#");
			}
			break;
		case '@':
		case 'U' & 037:
			n = 0;
			kprintf("\n");
			break;
		default:
			if (n < size - 1 && c >= ' ' && c < 0177) {
				buf[n++] = c;
				kprintf("%c", c);
			}
			break;
		}
	}
}

static int
root_mount_ask(void)
{
	char line[128];

	for (;;) {
		kprintf("\nManual root filesystem specification:\n"
		    "  <fstype>:<device>  Specify root (e.g. ufs:da0s1a)\n"
		    "  ?                  List valid disk boot devices\n"
		    "  panic              Just panic\n"
		    "  abort              Abort manual input\n"
		    "\nmountroot> ");
		console_gets(line, sizeof(line));
		if (line[0] == 0)
			continue;
		if (line[0] == '?') {
			kprintf("Possibly valid devices for root FS:\n");
			disk_list(list_disk, NULL);
			kprintf("\n");
			continue;
		}
		if (strcmp(line, "panic") == 0)
			panic("panic from console");
		if (strcmp(line, "abort") == 0)
			return (ENOENT);
		if (root_mount_list(line) == 0)
			return (0);
	}
}

static int
root_mount(void)
{
	char *env;
	int error;

	if ((boothowto & RB_ASKNAME) && root_mount_ask() == 0)
		return (0);
	if ((boothowto & RB_CDROM) && root_mount_cds() == 0)
		return (0);
	env = kgetenv("vfs.root.mountfrom");
	if (env != NULL) {
		error = root_mount_list(env);
		kfreeenv(env);
		if (error == 0)
			return (0);
	}
	env = kgetenv("vfs.root.cdlabel");
	if (env != NULL) {
		error = root_mount_label(env);
		kfreeenv(env);
		if (error == 0)
			return (0);
	}
	return (root_mount_ask());
}

/* devfs on /dev of the new root. */
static void
devfs_mount_root(void)
{
	struct vfsconf *vfc = vfsconf_find_by_name("devfs");
	struct nchandle nch;
	struct mount *mp;
	struct vnode *vp;
	int error;

	kprintf("Mounting devfs\n");
	nch = nlookup_simple("/dev", UIO_SYSSPACE, NLC_FOLLOW, &error);
	if (error || vfc == NULL) {
		kprintf("devfs: cannot look /dev up: %d\n", error);
		return;
	}
	mp = mount_alloc(vfc->vfc_vfsops, vfc);
	mp->mnt_cred = crhold(proc0.p_ucred);
	mp->mnt_ncmounton = nch;
	error = VFS_MOUNT(mp, "/dev", NULL, proc0.p_ucred);
	if (error)
		panic("devfs: %d", error);
	cache_allocroot(&mp->mnt_ncmountpt, mp, NULL);
	cache_unlock(&mp->mnt_ncmountpt);
	error = VFS_ROOT(mp, &vp);
	if (error)
		panic("devfs root: %d", error);
	vput(vp);
	vquota_mounted(mp);
	mountlist_insert(mp, MNTINS_LAST);
	cache_ismounting(mp);
	VFS_STATFS(mp, &mp->mnt_stat, proc0.p_ucred);
}

/* Processes that were made before there was a root get it. */
static int
root_set_proc(struct proc *p, void *data)
{
	struct filedesc *fdp = p->p_fd;

	if (fdp == NULL)
		return (0);
	spin_lock(&fdp->fd_spin);
	if (fdp->fd_ncdir.ncp == NULL) {
		cache_copy(&rootnch, &fdp->fd_ncdir);
		vref(rootvnode);
		fdp->fd_cdir = rootvnode;
	}
	if (fdp->fd_nrdir.ncp == NULL) {
		cache_copy(&rootnch, &fdp->fd_nrdir);
		vref(rootvnode);
		fdp->fd_rdir = rootvnode;
	}
	spin_unlock(&fdp->fd_spin);
	return (0);
}

void
vfs_mountroot(void *dummy)
{
	disk_config(NULL);
	if (wakedelay > 0)
		tsleep(&wakedelay, 0, "vrtwake", wakedelay * hz);
	if (root_mount() != 0)
		panic("Root mount failed, startup aborted.");
	root_set_proc(&proc0, NULL);
	allproc_scan(root_set_proc, NULL, 0);
	devfs_mount_root();
}
SYSINIT(mountroot, SI_SUB_MOUNT_ROOT, SI_ORDER_SECOND, vfs_mountroot, NULL);
