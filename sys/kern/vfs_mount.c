/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounted filesystems: their list, their identity, filesystem types, and
 * defaults for vfsops.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/ucred.h>
#include <sys/vfs_pool.h>
#include <sys/vnode.h>

MALLOC_DEFINE(M_MOUNT, "mount", "mounted filesystems");

struct mntlist mountlist = TAILQ_HEAD_INITIALIZER(mountlist);
struct lwkt_token mountlist_token = LWKT_TOKEN_INITIALIZER(mountlist_token);
static STAILQ_HEAD(, vfsconf) vfsconf_list =
    STAILQ_HEAD_INITIALIZER(vfsconf_list);
static int vfs_next_typenum = 1;
static struct vfs_pool mount_pool;

SYSCTL_NODE(, CTL_VFS, vfs, CTLFLAG_RW, 0, "Filesystems");

static void
mount_ctor(void *obj)
{
	struct mount *mp = obj;

	lwkt_token_init(&mp->mnt_token, "mount");
	lockinit(&mp->mnt_lock, "mntlk", 0, LK_CANRECURSE);
	spin_init(&mp->mnt_vnspin, "mntvn");
	TAILQ_INIT(&mp->mnt_nvnodelist);
}

static void
mount_sysinit(void *arg)
{
	vfs_pool_init(&mount_pool, sizeof(struct mount),
	    offsetof(struct mount, mnt_data), mount_ctor);
	vfs_add_vnodeops(NULL, &default_vnode_vops,
	    &(struct vop_ops *){ NULL });
	vfs_add_vnodeops(NULL, &dead_vnode_vops, &dead_vnode_vops_p);
	vfs_add_vnodeops(NULL, &spec_vnode_vops, &spec_vnode_vops_p);
}
SYSINIT(mounts, SI_SUB_VFS, SI_ORDER_SECOND, mount_sysinit, NULL);

/*
 * Filesystem types.
 */
int
vfs_register(struct vfsconf *vfc)
{
	struct vfsops *op = vfc->vfc_vfsops;
	int error = 0;

#define VFS_FILL(name)	if (op->vfs_##name == NULL) \
		op->vfs_##name = vfs_std##name
	VFS_FILL(mount);
	VFS_FILL(start);
	VFS_FILL(unmount);
	VFS_FILL(root);
	VFS_FILL(statfs);
	VFS_FILL(statvfs);
	VFS_FILL(sync);
	VFS_FILL(vget);
	VFS_FILL(fhtovp);
	VFS_FILL(checkexp);
	VFS_FILL(vptofh);
	VFS_FILL(quotactl);
#undef VFS_FILL
	lwkt_gettoken(&mountlist_token);
	if (vfsconf_find_by_name(vfc->vfc_name) != NULL) {
		error = EEXIST;
	} else {
		vfc->vfc_typenum = vfs_next_typenum++;
		STAILQ_INSERT_TAIL(&vfsconf_list, vfc, vfc_next);
	}
	lwkt_reltoken(&mountlist_token);
	if (error == 0 && op->vfs_init != NULL)
		error = op->vfs_init(vfc);
	return (error);
}

int
vfs_unregister(struct vfsconf *vfc)
{
	int error;

	lwkt_gettoken(&mountlist_token);
	if (vfc->vfc_refcount != 0) {
		lwkt_reltoken(&mountlist_token);
		return (EBUSY);
	}
	STAILQ_REMOVE(&vfsconf_list, vfc, vfsconf, vfc_next);
	lwkt_reltoken(&mountlist_token);
	error = vfc->vfc_vfsops->vfs_uninit != NULL ?
	    vfc->vfc_vfsops->vfs_uninit(vfc) : 0;
	return (error);
}

int
vfs_modevent(struct module *mod, int type, void *data)
{
	struct vfsconf *vfc = data;

	switch (type) {
	case MOD_LOAD:
		return (vfs_register(vfc));
	case MOD_UNLOAD:
		return (vfs_unregister(vfc));
	default:
		return (0);
	}
}

struct vfsconf *
vfsconf_find_by_name(const char *name)
{
	struct vfsconf *vfc;

	STAILQ_FOREACH(vfc, &vfsconf_list, vfc_next) {
		if (strcmp(vfc->vfc_name, name) == 0)
			break;
	}
	return (vfc);
}

struct vfsconf *
vfsconf_find_by_typenum(int typenum)
{
	struct vfsconf *vfc;

	STAILQ_FOREACH(vfc, &vfsconf_list, vfc_next) {
		if (vfc->vfc_typenum == typenum)
			break;
	}
	return (vfc);
}

/*
 * vfs.generic: what getvfsbyname(3) asks.  Programs get no kernel addresses.
 */
SYSCTL_NODE(_vfs, VFS_GENERIC, generic, CTLFLAG_RW, 0, "Filesystem types");
SYSCTL_INT(_vfs_generic, VFS_MAXTYPENUM, maxtypenum, CTLFLAG_RD,
    &vfs_next_typenum, 0, "Above the numbers of all types");

static int
sysctl_vfs_conf(SYSCTL_HANDLER_ARGS)
{
	const int *name = arg1;
	struct vfsconf copy, *vfc;

	if (arg2 != 1)
		return (EINVAL);
	lwkt_gettoken_shared(&mountlist_token);
	vfc = vfsconf_find_by_typenum(name[0]);
	if (vfc != NULL)
		copy = *vfc;
	lwkt_reltoken(&mountlist_token);
	if (vfc == NULL)
		return (ENOENT);
	copy.vfc_vfsops = NULL;
	STAILQ_NEXT(&copy, vfc_next) = NULL;
	return (SYSCTL_OUT(req, &copy, sizeof(copy)));
}
SYSCTL_NODE(_vfs_generic, VFS_CONF, conf, CTLFLAG_RD, sysctl_vfs_conf,
    "A type by its number");

/*
 * Mounts.
 */
struct mount *
mount_alloc(struct vfsops *op, struct vfsconf *vfc)
{
	struct mount *mp = vfs_pool_get(&mount_pool);

	mp->mnt_op = op;
	mp->mnt_vfc = vfc;
	mp->mnt_flag = 0;
	mp->mnt_kern_flag = 0;
	mp->mnt_data = NULL;
	cache_zero(&mp->mnt_ncmountpt);
	cache_zero(&mp->mnt_ncmounton);
	mp->mnt_refs = 1;
	mp->mnt_hold = 1;
	mp->mnt_namecache_gen++;
	mp->mnt_iosize_max = MAXPHYS;
	mp->mnt_nvnodelistsize = 0;
	mp->mnt_vn_use_ops = NULL;
	mp->mnt_vn_norm_ops = NULL;
	mp->mnt_vn_spec_ops = NULL;
	mp->mnt_vn_fifo_ops = NULL;
	mp->mnt_cred = NULL;
	mp->mnt_syncer_ctx = NULL;
	mp->mnt_export = NULL;
	mp->mnt_umounter = NULL;
	mp->mnt_quota = NULL;
	mp->mnt_maxsymlinklen = 0;
	bzero(&mp->mnt_stat, sizeof(mp->mnt_stat));
	bzero(&mp->mnt_vstat, sizeof(mp->mnt_vstat));
	if (vfc != NULL) {
		atomic_add_int((u_int *)&vfc->vfc_refcount, 1);
		mp->mnt_stat.f_type = vfc->vfc_typenum;
		strlcpy(mp->mnt_stat.f_fstypename, vfc->vfc_name,
		    MFSNAMELEN);
	}
	return (mp);
}

void
mount_hold(struct mount *mp)
{
	atomic_add_int(&mp->mnt_hold, 1);
}

void
mount_drop(struct mount *mp)
{
	if (atomic_fetchadd_int(&mp->mnt_hold, -1) != 1)
		return;
	KASSERT(TAILQ_EMPTY(&mp->mnt_nvnodelist), ("mount_drop: vnodes left"));
	vfs_rm_vnodeops(mp, NULL, &mp->mnt_vn_norm_ops);
	vfs_rm_vnodeops(mp, NULL, &mp->mnt_vn_spec_ops);
	vfs_rm_vnodeops(mp, NULL, &mp->mnt_vn_fifo_ops);
	if (mp->mnt_cred != NULL)
		crfree(mp->mnt_cred);
	if (mp->mnt_vfc != NULL)
		atomic_add_int((u_int *)&mp->mnt_vfc->vfc_refcount, -1);
	vfs_pool_put(&mount_pool, mp);
}

/* Keep a mount from being unmounted. */
int
vfs_busy(struct mount *mp, int flags)
{
	if (mp->mnt_kern_flag & MNTK_UNMOUNT)
		return (ENOENT);
	if (lockmgr(&mp->mnt_lock, LK_SHARED | (flags & LK_NOWAIT)) != 0)
		return (EBUSY);
	if (mp->mnt_kern_flag & MNTK_UNMOUNTF) {
		lockmgr(&mp->mnt_lock, LK_RELEASE);
		return (ENOENT);
	}
	return (0);
}

void
vfs_unbusy(struct mount *mp)
{
	lockmgr(&mp->mnt_lock, LK_RELEASE);
}

int
vfs_rootmountalloc(const char *fstypename, const char *devname,
    struct mount **mpp)
{
	struct vfsconf *vfc = vfsconf_find_by_name(fstypename);
	struct mount *mp;

	if (vfc == NULL)
		return (ENODEV);
	mp = mount_alloc(vfc->vfc_vfsops, vfc);
	mp->mnt_flag |= MNT_RDONLY;
	mp->mnt_stat.f_mntonname[0] = '/';
	mp->mnt_cred = crhold(proc0.p_ucred);
	strlcpy(mp->mnt_stat.f_mntfromname, devname, MNAMELEN);
	*mpp = mp;
	return (0);
}

void
mountlist_insert(struct mount *mp, int how)
{
	lwkt_gettoken(&mountlist_token);
	if (how == MNTINS_FIRST)
		TAILQ_INSERT_HEAD(&mountlist, mp, mnt_list);
	else
		TAILQ_INSERT_TAIL(&mountlist, mp, mnt_list);
	lwkt_reltoken(&mountlist_token);
}

void
mountlist_remove(struct mount *mp)
{
	lwkt_gettoken(&mountlist_token);
	TAILQ_REMOVE(&mountlist, mp, mnt_list);
	lwkt_reltoken(&mountlist_token);
}

int
mountlist_exists(struct mount *mp)
{
	struct mount *scan;

	lwkt_gettoken(&mountlist_token);
	TAILQ_FOREACH(scan, &mountlist, mnt_list) {
		if (scan == mp)
			break;
	}
	lwkt_reltoken(&mountlist_token);
	return (scan != NULL);
}

/*
 * Call for every mount, held and (unless MNTSCAN_NOBUSY) busied; a negative
 * result ends the scan, others are added up.  The scan works on a snapshot.
 */
int
mountlist_scan(int (*callback)(struct mount *, void *), void *data, int how)
{
	struct mount *mp, **list;
	int i, n = 0, count = 0, res = 0;

	lwkt_gettoken(&mountlist_token);
	TAILQ_FOREACH(mp, &mountlist, mnt_list)
		n++;
	lwkt_reltoken(&mountlist_token);
	list = kmalloc((n + 8) * sizeof(*list), M_TEMP, M_WAITOK);
	lwkt_gettoken(&mountlist_token);
	TAILQ_FOREACH(mp, &mountlist, mnt_list) {
		if (count == n + 8)
			break;
		mount_hold(mp);
		list[count++] = mp;
	}
	lwkt_reltoken(&mountlist_token);
	for (i = 0; i < count; i++) {
		int r = 0;

		mp = list[(how & MNTSCAN_REVERSE) ? count - 1 - i : i];
		if (res < 0) {
			mount_drop(mp);
			continue;
		}
		if (how & MNTSCAN_NOBUSY) {
			r = callback(mp, data);
		} else if (vfs_busy(mp, LK_NOWAIT) == 0) {
			r = callback(mp, data);
			vfs_unbusy(mp);
		}
		res = r < 0 ? r : res + r;
		mount_drop(mp);
	}
	kfree(list, M_TEMP);
	return (res < 0 ? 0 : res);
}

/* The mount with an fsid, held; NULL if there is none. */
struct mount *
vfs_getvfs(fsid_t *fsid)
{
	struct mount *mp;

	lwkt_gettoken(&mountlist_token);
	TAILQ_FOREACH(mp, &mountlist, mnt_list) {
		if (mp->mnt_stat.f_fsid.val[0] == fsid->val[0] &&
		    mp->mnt_stat.f_fsid.val[1] == fsid->val[1]) {
			mount_hold(mp);
			break;
		}
	}
	lwkt_reltoken(&mountlist_token);
	return (mp);
}

static int
vfs_fsid_taken(struct mount *self, fsid_t *fsid)
{
	struct mount *mp;
	int taken = 0;

	lwkt_gettoken(&mountlist_token);
	TAILQ_FOREACH(mp, &mountlist, mnt_list) {
		taken |= (mp != self &&
		    mp->mnt_stat.f_fsid.val[0] == fsid->val[0] &&
		    mp->mnt_stat.f_fsid.val[1] == fsid->val[1]);
	}
	lwkt_reltoken(&mountlist_token);
	return (taken);
}

/* An id of the path it is mounted on: reference/storage/vfs.md 4.1. */
void
vfs_getnewfsid(struct mount *mp)
{
	fsid_t fsid;
	char *path, *freebuf;
	uint32_t n;

	fsid.val[0] = 0xff00;
	fsid.val[1] = mp->mnt_vfc->vfc_typenum;
	if (mp->mnt_ncmounton.ncp != NULL &&
	    cache_fullpath(NULL, &mp->mnt_ncmounton, NULL, &path, &freebuf,
	    0) == 0) {
		fsid.val[0] |= iscsi_crc32(path, strlen(path)) & 0xffff00ff;
		kfree(freebuf, M_TEMP);
	}
	while (vfs_fsid_taken(mp, &fsid)) {
		n = ((fsid.val[0] >> 8) & 0xffff00) | (fsid.val[0] & 0xff);
		n = (n + 1) & 0xffffff;
		fsid.val[0] = ((n & 0xffff00) << 8) | (n & 0xff);
		if (n == 0)
			fsid.val[1] += 0x100;
	}
	mp->mnt_stat.f_fsid = fsid;
}

int
vfs_setfsid(struct mount *mp, fsid_t *template)
{
	int changed = 0;

	while (vfs_fsid_taken(mp, template)) {
		template->val[1]++;
		changed = 1;
	}
	mp->mnt_stat.f_fsid = *template;
	return (changed);
}

/* Names of visible mount flags, in the order mount(8) prints them. */
size_t
vfs_flagstostr(int flags, const void *optnames, char *buf, size_t len,
    int *errorp)
{
	static const struct {
		u_int	flag;
		const char *name;
	} names[] = {
		{ MNT_RDONLY, "read-only" },
		{ MNT_SYNCHRONOUS, "synchronous" },
		{ MNT_NOEXEC, "noexec" },
		{ MNT_NOSUID, "nosuid" },
		{ MNT_NODEV, "nodev" },
		{ MNT_AUTOMOUNTED, "automounted" },
		{ MNT_ASYNC, "asynchronous" },
		{ MNT_SUIDDIR, "suiddir" },
		{ MNT_SOFTDEP, "soft-updates" },
		{ MNT_NOSYMFOLLOW, "nosymfollow" },
		{ MNT_TRIM, "trim" },
		{ MNT_NOATIME, "noatime" },
		{ MNT_NOCLUSTERR, "noclusterr" },
		{ MNT_NOCLUSTERW, "noclusterw" },
		{ MNT_EXRDONLY, "NFS read-only" },
		{ MNT_EXPORTED, "NFS exported" },
		{ MNT_LOCAL, "local" },
		{ MNT_QUOTA, "with-quotas" },
	};
	size_t used = 0, n;
	int i;

	if (len > 0)
		buf[0] = 0;
	for (i = 0; i < nitems(names); i++) {
		if ((flags & names[i].flag) == 0)
			continue;
		n = strlen(names[i].name) + (used ? 2 : 0);
		if (used + n + 1 > len) {
			*errorp = ENOSPC;
			break;
		}
		used += ksnprintf(buf + used, len - used, "%s%s",
		    used ? ", " : "", names[i].name);
	}
	return (used);
}

/*
 * Reclaim the vnodes of a mount: EBUSY if some are in use, unless
 * FORCECLOSE.  rootrefs references on the root vnode are expected.
 */
struct vflush_info {
	int	flags;
	int	busy;
	int	rootrefs;
};

static int
vflush_scan(struct mount *mp, struct vnode *vp, void *data)
{
	struct vflush_info *info = data;
	int allow = 1 + ((vp->v_flag & VROOT) ? info->rootrefs : 0);

	if ((info->flags & SKIPSYSTEM) && (vp->v_flag & VSYSTEM))
		return (0);
	if ((info->flags & WRITECLOSE) &&
	    (vp->v_writecount == 0 || vp->v_type != VREG))
		return (0);
	if (VREF_COUNT(vp) > allow && (info->flags & FORCECLOSE) == 0) {
		info->busy++;
		return (0);
	}
	if (VREF_COUNT(vp) > 1 && (info->flags & FORCECLOSE) == 0)
		return (0);
	if (vp->v_type == VCHR || vp->v_type == VBLK) {
		/* Devices live on as nameless special files. */
		if (VREF_COUNT(vp) > 1 && vp->v_rdev != NULL &&
		    (info->flags & FORCECLOSE)) {
			vgone_vxlocked(vp);
			return (0);
		}
	}
	vgone_vxlocked(vp);
	return (0);
}

int
vflush(struct mount *mp, int rootrefs, int flags)
{
	struct vflush_info info = { flags, 0, rootrefs };
	struct vnode *rootvp = NULL;
	int pass;

	if (rootrefs > 0 && VFS_ROOT(mp, &rootvp) == 0)
		vn_unlock(rootvp);
	info.rootrefs = rootvp != NULL ? rootrefs + 1 : 0;
	for (pass = 0; pass < 4; pass++) {
		info.busy = 0;
		vmntvnodescan(mp, VMSC_GETVX, NULL, vflush_scan, &info);
		if (info.busy == 0)
			break;
	}
	if (rootvp != NULL) {
		if (info.busy == 0 && (flags & WRITECLOSE) == 0) {
			vx_lock(rootvp);
			vgone_vxlocked(rootvp);
			vx_unlock(rootvp);
			while (--rootrefs >= 0)
				vrele(rootvp);
		}
		vrele(rootvp);
	}
	return (info.busy ? EBUSY : 0);
}

/*
 * Defaults.
 */
int
vfs_stdmount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	return (EOPNOTSUPP);
}

int
vfs_stdstart(struct mount *mp, int flags)
{
	return (0);
}

int
vfs_stdunmount(struct mount *mp, int mntflags)
{
	return (EOPNOTSUPP);
}

int
vfs_stdroot(struct mount *mp, struct vnode **vpp)
{
	return (EOPNOTSUPP);
}

int
vfs_stdstatfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	return (EOPNOTSUPP);
}

int
vfs_stdstatvfs(struct mount *mp, struct statvfs *sbp, struct ucred *cred)
{
	struct statfs *in = &mp->mnt_stat;
	int error;

	error = VFS_STATFS(mp, in, cred);
	if (error)
		return (error);
	bzero(sbp, sizeof(*sbp));
	sbp->f_bsize = in->f_bsize;
	sbp->f_frsize = in->f_bsize;
	sbp->f_blocks = in->f_blocks;
	sbp->f_bfree = in->f_bfree;
	sbp->f_bavail = in->f_bavail;
	sbp->f_files = in->f_files;
	sbp->f_ffree = in->f_ffree;
	sbp->f_favail = in->f_ffree;
	sbp->f_fsid = ((u_long)(uint32_t)in->f_fsid.val[1] << 32) |
	    (uint32_t)in->f_fsid.val[0];
	sbp->f_flag = 0;
	if (mp->mnt_flag & MNT_RDONLY)
		sbp->f_flag |= ST_RDONLY;
	if (mp->mnt_flag & MNT_NOSUID)
		sbp->f_flag |= ST_NOSUID;
	sbp->f_namemax = NAME_MAX;
	sbp->f_owner = in->f_owner;
	sbp->f_type = in->f_type;
	sbp->f_syncreads = in->f_syncreads;
	sbp->f_syncwrites = in->f_syncwrites;
	sbp->f_asyncreads = in->f_asyncreads;
	sbp->f_asyncwrites = in->f_asyncwrites;
	return (0);
}

int
vfs_stdsync(struct mount *mp, int waitfor)
{
	return (0);
}

int
vfs_stdnosync(struct mount *mp, int waitfor)
{
	return (0);
}

int
vfs_stdvget(struct mount *mp, struct vnode *dvp, ino_t ino,
    struct vnode **vpp)
{
	return (EOPNOTSUPP);
}

int
vfs_stdfhtovp(struct mount *mp, struct vnode *rootvp, struct fid *fhp,
    struct vnode **vpp)
{
	return (EOPNOTSUPP);
}

int
vfs_stdcheckexp(struct mount *mp, struct sockaddr *nam, int *extflagsp,
    struct ucred **credanonp)
{
	return (EOPNOTSUPP);
}

int
vfs_stdvptofh(struct vnode *vp, struct fid *fhp)
{
	return (EOPNOTSUPP);
}

int
vfs_stdquotactl(struct mount *mp, int cmds, uid_t uid, caddr_t arg,
    struct ucred *cred)
{
	return (EOPNOTSUPP);
}
