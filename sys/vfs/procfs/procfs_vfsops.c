/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: mounting, and nodes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/dirent.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vfs/procfs/procfs.h>

MALLOC_DEFINE(M_PROCFS, "procfs", "procfs nodes");

#define PFS_HASHSIZE	256

struct lock procfs_lock;
static LIST_HEAD(, pfsnode) pfs_hash[PFS_HASHSIZE];	/* procfs_lock */

static int
procfs_init(struct vfsconf *vfc)
{
	lockinit(&procfs_lock, "procfs", 0, 0);
	return (0);
}

/* --- nodes --------------------------------------------------------------- */

static u_int
pfs_hashval(pid_t pid, enum pfstype type)
{
	return ((pid * 17 + type) % PFS_HASHSIZE);
}

static struct pfsnode *
pfs_find(struct mount *mp, struct proc *p, enum pfstype type)
{
	pid_t pid = p != NULL ? p->p_pid : 0;
	struct pfsnode *pn;

	LIST_FOREACH(pn, &pfs_hash[pfs_hashval(pid, type)], pn_link)
		if (pn->pn_mount == mp && pn->pn_type == type &&
		    pn->pn_pid == pid && (p == NULL ||
		    timevalcmp(&pn->pn_start, &p->p_start, ==)))
			return (pn);
	return (NULL);
}

/* The vnode of the node, locked; ENOENT if it has none. */
static int
pfs_lookup(struct mount *mp, struct proc *p, enum pfstype type,
    struct vnode **vpp)
{
	struct pfsnode *pn;
	struct vnode *vp;
	int error;

	for (;;) {
		lockmgr(&procfs_lock, LK_EXCLUSIVE);
		pn = pfs_find(mp, p, type);
		if (pn == NULL) {
			lockmgr(&procfs_lock, LK_RELEASE);
			return (ENOENT);
		}
		vp = pn->pn_vnode;
		vhold(vp);
		lockmgr(&procfs_lock, LK_RELEASE);
		/* If it is being reclaimed this waits for the end of that. */
		error = vget(vp, LK_EXCLUSIVE);
		vdrop(vp);
		if (error == 0) {
			*vpp = vp;
			return (0);
		}
	}
}

int
procfs_allocv(struct mount *mp, struct proc *p, enum pfstype type,
    struct vnode **vpp)
{
	struct pfsnode *pn;
	struct vnode *vp;
	int error;

	for (;;) {
		error = pfs_lookup(mp, p, type, vpp);
		if (error != ENOENT)
			return (error);
		/* May reclaim others of ours: not under the lock. */
		error = getnewvnode(VT_PROCFS, mp, &vp, 0, 0);
		if (error)
			return (error);
		pn = kmalloc(sizeof(*pn), M_PROCFS, M_WAITOK | M_ZERO);
		lockmgr(&procfs_lock, LK_EXCLUSIVE);
		if (pfs_find(mp, p, type) == NULL)
			break;
		lockmgr(&procfs_lock, LK_RELEASE);
		kfree(pn, M_PROCFS);
		vp->v_type = VBAD;
		vgone_vxlocked(vp);
		vput(vp);
	}
	pn->pn_mount = mp;
	pn->pn_vnode = vp;
	pn->pn_type = type;
	if (p != NULL) {
		pn->pn_pid = p->p_pid;
		pn->pn_start = p->p_start;
	}
	vp->v_data = pn;
	vp->v_type = procfs_info[type].dtype == DT_DIR ? VDIR :
	    procfs_info[type].dtype == DT_LNK ? VLNK : VREG;
	if (type == PFS_ROOT)
		vsetflags(vp, VROOT);
	LIST_INSERT_HEAD(&pfs_hash[pfs_hashval(pn->pn_pid, type)], pn,
	    pn_link);
	lockmgr(&procfs_lock, LK_RELEASE);
	*vpp = vp;
	return (0);
}

void
procfs_freenode(struct pfsnode *pn)
{
	lockmgr(&procfs_lock, LK_EXCLUSIVE);
	LIST_REMOVE(pn, pn_link);
	lockmgr(&procfs_lock, LK_RELEASE);
	kfree(pn, M_PROCFS);
}

struct proc *
procfs_proc(struct pfsnode *pn)
{
	struct proc *p = pfind(pn->pn_pid);

	if (p == NULL)
		return (NULL);
	if (timevalcmp(&p->p_start, &pn->pn_start, !=) ||
	    p_cansee(curthread->td_ucred, p) != 0) {
		PRELE(p);
		return (NULL);
	}
	return (p);
}

/* --- the file system ----------------------------------------------------- */

static int
procfs_mount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	if (mp->mnt_flag & MNT_UPDATE)
		return (EOPNOTSUPP);
	mp->mnt_flag |= MNT_LOCAL;
	mp->mnt_kern_flag |= MNTK_NOSTKMNT | MNTK_ALL_MPSAFE |
	    MNTK_QUICKHALT;
	vfs_getnewfsid(mp);
	vfs_add_vnodeops(mp, &procfs_vnode_vops, &mp->mnt_vn_norm_ops);
	strlcpy(mp->mnt_stat.f_mntfromname, "procfs", MNAMELEN);
	if (path != NULL)
		strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	return (0);
}

static int
procfs_unmount(struct mount *mp, int mntflags)
{
	return (vflush(mp, 0, (mntflags & MNT_FORCE) ? FORCECLOSE : 0));
}

static int
procfs_root(struct mount *mp, struct vnode **vpp)
{
	return (procfs_allocv(mp, NULL, PFS_ROOT, vpp));
}

static int
procfs_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	sbp->f_bsize = PAGE_SIZE;
	sbp->f_iosize = PAGE_SIZE;
	sbp->f_blocks = 1;
	sbp->f_bfree = 0;
	sbp->f_bavail = 0;
	sbp->f_files = maxproc;
	sbp->f_ffree = maxproc > (int)nprocs ? maxproc - nprocs : 0;
	return (0);
}

static struct vfsops procfs_vfsops = {
	.vfs_flags = 0,
	.vfs_init = procfs_init,
	.vfs_mount = procfs_mount,
	.vfs_unmount = procfs_unmount,
	.vfs_root = procfs_root,
	.vfs_statfs = procfs_statfs,
	.vfs_sync = vfs_stdnosync,
};

VFS_SET(procfs_vfsops, procfs, VFCF_SYNTHETIC | VFCF_MPSAFE);
MODULE_VERSION(procfs, 1);
