/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount(2), unmount(2), mountctl(2), and unmounting at shutdown.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/mountctl.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vfs_quota.h>
#include <sys/vnode.h>

static int usermount;
SYSCTL_INT(_vfs, OID_AUTO, usermount, CTLFLAG_RW, &usermount, 0,
    "Users may mount");

#define MNT_UPDATABLE	(MNT_RDONLY | MNT_SYNCHRONOUS | MNT_NOEXEC |	\
			 MNT_NOSUID | MNT_NODEV | MNT_NOATIME |		\
			 MNT_NOSYMFOLLOW | MNT_SUIDDIR | MNT_ASYNC |	\
			 MNT_IGNORE | MNT_NOCLUSTERR | MNT_NOCLUSTERW |	\
			 MNT_TRIM)

/* Move processes from a covered directory to the root mounted on it. */
struct checkdirs_info {
	struct nchandle	old, new;
	struct vnode	*newvp;
};

static int
checkdirs_proc(struct proc *p, void *data)
{
	struct checkdirs_info *info = data;
	struct filedesc *fdp = p->p_fd;
	struct nchandle d[2];
	struct vnode *v[2];
	int i, n = 0;

	if (fdp == NULL)
		return (0);
	spin_lock(&fdp->fd_spin);
	if (fdp->fd_ncdir.ncp == info->old.ncp &&
	    fdp->fd_ncdir.mount == info->old.mount) {
		d[n] = fdp->fd_ncdir;
		v[n++] = fdp->fd_cdir;
		cache_copy(&info->new, &fdp->fd_ncdir);
		vref(info->newvp);
		fdp->fd_cdir = info->newvp;
	}
	if (fdp->fd_nrdir.ncp == info->old.ncp &&
	    fdp->fd_nrdir.mount == info->old.mount) {
		d[n] = fdp->fd_nrdir;
		v[n++] = fdp->fd_rdir;
		cache_copy(&info->new, &fdp->fd_nrdir);
		vref(info->newvp);
		fdp->fd_rdir = info->newvp;
	}
	spin_unlock(&fdp->fd_spin);
	for (i = 0; i < n; i++) {
		cache_drop(&d[i]);
		if (v[i] != NULL)
			vrele(v[i]);
	}
	return (0);
}

static void
checkdirs(struct nchandle *old, struct nchandle *new)
{
	struct checkdirs_info info;

	info.old = *old;
	info.new = *new;
	cache_lock(&info.new);
	if (cache_vref(&info.new, proc0.p_ucred, &info.newvp) == 0) {
		allproc_scan(checkdirs_proc, &info, 0);
		vrele(info.newvp);
	}
	cache_unlock(&info.new);
}

static struct vfsconf *
mount_findtype(const char *name)
{
	struct vfsconf *vfc = vfsconf_find_by_name(name);
	linker_file_t lf;

	if (vfc == NULL && curproc->p_ucred->cr_uid == 0 &&
	    strchr(name, '/') == NULL && linker_load_module(name, &lf) == 0)
		vfc = vfsconf_find_by_name(name);
	return (vfc);
}

/* MNT_UPDATE of the mount whose root nch is. */
static int
mount_update(struct nchandle *nch, struct vnode *vp, char *path, int flags,
    void *data, struct ucred *cred)
{
	struct mount *mp = nch->mount;
	u_int oflag, okflag;
	int error;

	if (nch->ncp != mp->mnt_ncmountpt.ncp &&
	    (vp->v_flag & (VROOT | VPFSROOT)) == 0)
		return (EINVAL);
	if ((flags & MNT_RELOAD) && (mp->mnt_flag & MNT_RDONLY) == 0)
		return (EOPNOTSUPP);
	if (cred->cr_uid != 0 && mp->mnt_stat.f_owner != cred->cr_uid)
		return (EPERM);
	if (lockmgr(&mp->mnt_lock, LK_EXCLUSIVE | LK_NOWAIT) != 0)
		return (EBUSY);
	oflag = mp->mnt_flag;
	okflag = mp->mnt_kern_flag;
	mp->mnt_flag |= flags & (MNT_RELOAD | MNT_FORCE | MNT_UPDATE);
	if ((mp->mnt_flag & MNT_RDONLY) && (flags & MNT_RDONLY) == 0)
		mp->mnt_kern_flag |= MNTK_WANTRDWR;
	mp->mnt_flag = (mp->mnt_flag & ~MNT_UPDATABLE) |
	    (flags & MNT_UPDATABLE);
	if ((oflag & MNT_RDONLY) && (mp->mnt_kern_flag & MNTK_WANTRDWR))
		mp->mnt_flag |= MNT_RDONLY;
	error = VFS_MOUNT(mp, path, data, cred);
	if (error == 0 && (mp->mnt_kern_flag & MNTK_WANTRDWR))
		mp->mnt_flag &= ~MNT_RDONLY;
	mp->mnt_flag &= ~(MNT_UPDATE | MNT_RELOAD | MNT_FORCE);
	mp->mnt_kern_flag &= ~MNTK_WANTRDWR;
	if (error) {
		mp->mnt_flag = oflag;
		mp->mnt_kern_flag = okflag;
	}
	cache_inval_wxok(vp);
	lockmgr(&mp->mnt_lock, LK_RELEASE);
	if (error == 0)
		vquota_updated(mp);
	return (error);
}

/* A new filesystem on nch (referenced, unlocked). */
static int
mount_new(struct nchandle *nch, struct vnode *vp, const char *fstype,
    char *path, int flags, void *data, struct ucred *cred)
{
	struct vfsconf *vfc;
	struct mount *mp;
	struct vnode *rootvp;
	int error;

	if (vp->v_type != VDIR)
		return (ENOTDIR);
	if (nch->mount->mnt_kern_flag & MNTK_NOSTKMNT)
		return (EPERM);
	vfc = mount_findtype(fstype);
	if (vfc == NULL)
		return (ENODEV);
	mp = mount_alloc(vfc->vfc_vfsops, vfc);
	mp->mnt_flag |= flags & (MNT_UPDATABLE | MNT_FORCE | MNT_AUTOMOUNTED);
	mp->mnt_stat.f_owner = cred->cr_uid;
	mp->mnt_cred = crhold(cred);
	cache_copy(nch, &mp->mnt_ncmounton);
	lockmgr(&mp->mnt_lock, LK_EXCLUSIVE);
	error = VFS_MOUNT(mp, path, data, cred);
	if (error == 0) {
		mp->mnt_flag &= ~MNT_FORCE;
		if (mp->mnt_ncmountpt.ncp == NULL) {
			cache_allocroot(&mp->mnt_ncmountpt, mp, NULL);
			cache_unlock(&mp->mnt_ncmountpt);
		}
		error = VFS_ROOT(mp, &rootvp);
	}
	if (error) {
		if (mp->mnt_ncmountpt.ncp != NULL)
			cache_drop(&mp->mnt_ncmountpt);
		cache_drop(&mp->mnt_ncmounton);
		lockmgr(&mp->mnt_lock, LK_RELEASE);
		mp->mnt_refs = 0;
		mount_drop(mp);
		return (error);
	}
	vput(rootvp);
	mountlist_insert(mp, MNTINS_LAST);
	cache_ismounting(mp);
	checkdirs(&mp->mnt_ncmounton, &mp->mnt_ncmountpt);
	vn_syncer_thr_create(mp);
	VFS_STATFS(mp, &mp->mnt_stat, cred);
	lockmgr(&mp->mnt_lock, LK_RELEASE);
	VFS_START(mp, 0);
	vquota_mounted(mp);
	return (0);
}

int
sys_mount(struct sysmsg *sysmsg, const struct mount_args *uap)
{
	struct ucred *cred = curthread->td_ucred;
	struct nlookupdata nd;
	struct nchandle nch, over;
	struct vnode *vp = NULL;
	char fstype[MFSNAMELEN], *path;
	int flags = uap->flags, error;

	if (cred->cr_prison != NULL)
		return (EPERM);
	if (cred->cr_uid != 0) {
		if (usermount == 0 || (flags & (MNT_EXPORTED | MNT_EXRDONLY |
		    MNT_DEFEXPORTED | MNT_EXPORTANON | MNT_EXPUBLIC)))
			return (EPERM);
		flags |= MNT_NOSUID | MNT_NODEV;
	}
	error = copyinstr(uap->type, fstype, MFSNAMELEN, NULL);
	if (error)
		return (error);
	path = kmalloc(MAXPATHLEN, M_TEMP, M_WAITOK);
	error = copyinstr(uap->path, path, MAXPATHLEN, NULL);
	if (error == 0 && strlen(path) >= MNAMELEN)
		error = ENAMETOOLONG;
	if (error) {
		kfree(path, M_TEMP);
		return (error);
	}
	cache_zero(&nch);
	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		error = cache_vref(&nd.nl_nch, nd.nl_cred, &vp);
	if (error == 0 && cred->cr_uid != 0) {
		struct vattr va;

		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_GETATTR(vp, &va);
		vn_unlock(vp);
		if (error == 0 && va.va_uid != cred->cr_uid)
			error = EPERM;
	}
	if (error == 0) {
		cache_unlock(&nd.nl_nch);
		nch = nd.nl_nch;
		cache_zero(&nd.nl_nch);
	}
	nlookup_done(&nd);
	if (error == 0 && (flags & MNT_UPDATE)) {
		error = mount_update(&nch, vp, path, flags, uap->data, cred);
	} else if (error == 0) {
		/* The lookup came through mounts: cover the topmost root. */
		if (cache_findmount(&nch, &over)) {
			cache_drop(&over);
			error = EBUSY;
		} else {
			error = mount_new(&nch, vp, fstype, path, flags,
			    uap->data, cred);
		}
	}
	if (vp != NULL)
		vrele(vp);
	if (nch.ncp != NULL)
		cache_drop(&nch);
	kfree(path, M_TEMP);
	return (error);
}

/*
 * Unmount.  mnt_refs counts the handles on the mount: its own root entry's,
 * and those of processes.  Without MNT_FORCE all others must be gone.
 */
static int
unmount_busy(struct mount *mp, int flags)
{
	int tries;

	for (tries = 0; tries < 10; tries++) {
		if (cache_mntkill(mp, 2, flags & MNT_FORCE))
			return (0);
		cache_purgevfs(mp);
		tsleep(mp, 0, "mntbsy", hz / 10 + 1);
	}
	return (EBUSY);
}

static int
unmount_scan_over(struct mount *scan, void *data)
{
	struct mount *mp = data;

	return (scan->mnt_ncmounton.mount == mp ? 1 : 0);
}

int
dounmount(struct mount *mp, int flags, int halting)
{
	struct nchandle root, under;
	int error;

	lwkt_gettoken(&mp->mnt_token);
	if (mp->mnt_kern_flag & MNTK_UNMOUNT) {
		lwkt_reltoken(&mp->mnt_token);
		return (EBUSY);
	}
	mp->mnt_kern_flag |= MNTK_UNMOUNT;
	lwkt_reltoken(&mp->mnt_token);
	if (flags & MNT_FORCE)
		mp->mnt_kern_flag |= MNTK_UNMOUNTF;
	vquota_unmounting(mp);
	lockmgr(&mp->mnt_lock, LK_EXCLUSIVE);
	error = 0;
	if (mountlist_scan(unmount_scan_over, mp, MNTSCAN_FORWARD |
	    MNTSCAN_NOBUSY) != 0)
		error = EBUSY;
	if (error == 0 && (mp->mnt_flag & MNT_RDONLY) == 0) {
		int e = VFS_SYNC(mp, MNT_WAIT);

		if (e != 0 && e != EOPNOTSUPP && (flags & MNT_FORCE) == 0)
			error = e;
	}
	if (error == 0) {
		cache_purgevfs(mp);
		error = unmount_busy(mp, flags);
		if (error == EBUSY && !halting)
			kprintf("unmount(%s): (%p): %d namecache refs, "
			    "%d mount refs still present\n",
			    mp->mnt_stat.f_mntonname, mp,
			    mp->mnt_ncmountpt.ncp != NULL ?
			    mp->mnt_ncmountpt.ncp->nc_refs : 0,
			    cache_mntrefs(mp));
	}
	if (error == 0) {
		mount_drain(mp);
		cache_unmounting(mp);
		vn_syncer_thr_stop(mp);
		vquota_unmount_last(mp);
		error = VFS_UNMOUNT(mp, flags);
		if (error) {
			cache_ismounting(mp);
			vn_syncer_thr_create(mp);
		}
		if (error)
			cache_mntrevive(mp);
	}
	if (error) {
		lwkt_gettoken(&mp->mnt_token);
		mp->mnt_kern_flag &= ~(MNTK_UNMOUNT | MNTK_UNMOUNTF);
		lwkt_reltoken(&mp->mnt_token);
		lockmgr(&mp->mnt_lock, LK_RELEASE);
		vquota_unmount_failed(mp);
		return (error);
	}
	vquota_unmounted(mp);
	mountlist_remove(mp);
	cache_mntdetach(mp, &root, &under);
	if (root.ncp != NULL) {
		if (root.ncp->nc_rootmp == mp) {
			cache_lock(&root);
			cache_setunresolved(&root);
			root.ncp->nc_rootmp = NULL;
			cache_unlock(&root);
		}
		cache_drop(&root);
	}
	if (under.ncp != NULL)
		cache_drop(&under);
	lockmgr(&mp->mnt_lock, LK_RELEASE);
	/* Handles that a forced unmount left keep the structure. */
	cache_mntrel(mp);
	return (0);
}

int
sys_unmount(struct sysmsg *sysmsg, const struct unmount_args *uap)
{
	struct ucred *cred = curthread->td_ucred;
	struct nlookupdata nd;
	struct mount *mp = NULL;
	int error;

	if (cred->cr_prison != NULL)
		return (EPERM);
	error = nlookup_init(&nd, uap->path, UIO_USERSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0) {
		mp = nd.nl_nch.mount;
		if (cred->cr_uid != 0 && mp->mnt_stat.f_owner != cred->cr_uid)
			error = EPERM;
		else if (mp->mnt_flag & MNT_ROOTFS)
			error = EINVAL;
		else if (nd.nl_nch.ncp != mp->mnt_ncmountpt.ncp)
			error = EINVAL;
	}
	if (error == 0)
		mount_hold(mp);
	nlookup_done(&nd);
	if (error == 0) {
		error = dounmount(mp, uap->flags, 0);
		mount_drop(mp);
	}
	return (error);
}

int
sys_mountctl(struct sysmsg *sysmsg, const struct mountctl_args *uap)
{
	struct ucred *cred = curthread->td_ucred;
	struct nlookupdata nd;
	struct vnode *vp = NULL;
	struct mount *mp;
	struct file *fp = NULL;
	void *ctl = NULL, *buf = NULL;
	int error, res = 0;

	if (cred->cr_prison != NULL)
		return (EPERM);
	if (cred->cr_uid != 0 && uap->op != MOUNTCTL_MOUNTFLAGS)
		return (EPERM);
	if (uap->ctllen < 0 || uap->ctllen > 1024 ||
	    uap->buflen < 0 || uap->buflen > 16384)
		return (EINVAL);
	if (uap->ctllen > 0) {
		ctl = kmalloc(uap->ctllen + 1, M_TEMP, M_WAITOK | M_ZERO);
		error = copyin(uap->ctl, ctl, uap->ctllen);
		if (error)
			goto done;
	}
	if (uap->buflen > 0)
		buf = kmalloc(uap->buflen + 1, M_TEMP, M_WAITOK | M_ZERO);
	error = EBADF;
	if (uap->fd >= 0 && (fp = holdfp(curthread, uap->fd, -1)) == NULL)
		goto done;
	error = nlookup_init(&nd, uap->path, UIO_USERSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		error = cache_vref(&nd.nl_nch, nd.nl_cred, &vp);
	if (error == 0) {
		mp = nd.nl_nch.mount;
		if (nd.nl_nch.ncp != mp->mnt_ncmountpt.ncp &&
		    (vp->v_flag & VPFSROOT) == 0)
			error = EINVAL;
		else
			error = VOP_MOUNTCTL(mp, vp, uap->op, fp, ctl,
			    uap->ctllen, buf, uap->buflen, &res);
	}
	if (vp != NULL)
		vrele(vp);
	nlookup_done(&nd);
	/* Text is terminated, which its length does not count. */
	if (error == 0 && uap->buflen > 0)
		error = copyout(buf, uap->buf, MIN(res + 1, uap->buflen));
	sysmsg->sysmsg_result = res;
done:
	if (fp != NULL)
		fdrop(fp);
	if (ctl != NULL)
		kfree(ctl, M_TEMP);
	if (buf != NULL)
		kfree(buf, M_TEMP);
	return (error);
}

static int
unmountall_one(struct mount *mp, void *data)
{
	if (mp->mnt_kern_flag & MNTK_QUICKHALT)
		return (0);
	/* Nothing to lose: and the running system stands on it. */
	if ((mp->mnt_flag & (MNT_ROOTFS | MNT_RDONLY)) ==
	    (MNT_ROOTFS | MNT_RDONLY))
		return (0);
	if (dounmount(mp, MNT_FORCE, 1) != 0) {
		kprintf("unmount of %s failed\n", mp->mnt_stat.f_mntonname);
		VFS_SYNC(mp, MNT_WAIT);
	}
	return (0);
}

/* At shutdown, last mounted first. */
void
vfs_unmountall(int halting)
{
	mountlist_scan(unmountall_one, NULL, MNTSCAN_REVERSE |
	    MNTSCAN_NOBUSY);
}
