/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs: mounting and limits.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vfs/tmpfs/tmpfs.h>
#include <vfs/tmpfs/tmpfs_mount.h>

#define TMPFS_MAXFILESIZE	((off_t)(OFF_MAX - PAGE_SIZE))

static int
tmpfs_mount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	struct tmpfs_mount_info args;
	struct tmpfs_mount *tmp;
	u_long pages, avail;
	int error;

	if (mp->mnt_flag & MNT_UPDATE)
		return (EOPNOTSUPP);
	bzero(&args, sizeof(args));
	args.ta_root_mode = 0755;
	if (data != NULL) {
		error = copyin(data, &args, sizeof(args));
		if (error)
			return (error);
		if (args.ta_version != TMPFS_ARGS_VERSION)
			return (EINVAL);
		if (args.ta_size_max < 0)
			return (EINVAL);
	}
	avail = vmstats.v_page_count / 2;
	if (args.ta_size_max == 0)
		pages = avail / 2;
	else
		pages = (round_page(args.ta_size_max) >> PAGE_SHIFT);
	if (pages == 0)
		pages = 1;
	tmp = kmalloc(sizeof(*tmp), M_TMPFS, M_WAITOK | M_ZERO);
	tmp->tm_mp = mp;
	tmp->tm_pages_max = pages;
	tmp->tm_nodes_max = args.ta_nodes_max;
	if (tmp->tm_nodes_max == 0)
		tmp->tm_nodes_max = 3 + pages * (PAGE_SIZE / 1024);
	else if (tmp->tm_nodes_max > pages)
		tmp->tm_nodes_max = pages;
	if (tmp->tm_nodes_max < 3)
		tmp->tm_nodes_max = 3;
	tmp->tm_maxfilesize = TMPFS_MAXFILESIZE;
	if (args.ta_maxfsize_max != 0 &&
	    args.ta_maxfsize_max < TMPFS_MAXFILESIZE)
		tmp->tm_maxfilesize = args.ta_maxfsize_max;
	tmp->tm_nextino = TMPFS_ROOTINO;
	error = tmpfs_node_alloc(tmp, VDIR, args.ta_root_uid,
	    args.ta_root_gid, args.ta_root_mode & ALLPERMS, NULL, 0,
	    &tmp->tm_root);
	if (error) {
		kfree(tmp, M_TMPFS);
		return (error);
	}
	tmp->tm_root->tn_flags |= SF_NOCACHE;
	mp->mnt_data = tmp;
	mp->mnt_flag |= MNT_LOCAL;
	mp->mnt_kern_flag |= MNTK_ALL_MPSAFE | MNTK_NOMSYNC |
	    MNTK_THR_SYNC | MNTK_QUICKHALT;
	vfs_getnewfsid(mp);
	vfs_add_vnodeops(mp, &tmpfs_vnode_vops, &mp->mnt_vn_norm_ops);
	vfs_add_vnodeops(mp, &tmpfs_spec_vops, &mp->mnt_vn_spec_ops);
	vfs_add_vnodeops(mp, &tmpfs_fifo_vops, &mp->mnt_vn_fifo_ops);
	strlcpy(mp->mnt_stat.f_mntfromname, "tmpfs", MNAMELEN);
	if (path != NULL)
		strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	return (0);
}

/* Free a directory's entries and what is below; no vnodes are left. */
static void
tmpfs_free_tree(struct tmpfs_node *dir)
{
	struct tmpfs_dirent *de;
	struct tmpfs_node *node, *up;

	/* Without recursion: go down first, free on the way up. */
	for (;;) {
		de = tmpfs_dir_seek(dir, 0);
		if (de == NULL) {
			up = dir->tn_dir.tn_parent;
			tmpfs_node_free(dir);
			if (up == NULL)
				return;
			dir = up;
			continue;
		}
		node = de->td_node;
		tmpfs_dir_detach(dir, de);
		tmpfs_dirent_free(de);
		if (node->tn_type == VDIR)
			dir = node;
		else if (--node->tn_nlink == 0)
			tmpfs_node_free(node);
	}
}

static int
tmpfs_unmount(struct mount *mp, int mntflags)
{
	struct tmpfs_mount *tmp = VFS_TO_TMPFS(mp);
	int error;

	error = vflush(mp, 0, (mntflags & MNT_FORCE) ? FORCECLOSE : 0);
	if (error)
		return (error);
	tmpfs_free_tree(tmp->tm_root);
	mp->mnt_data = NULL;
	kfree(tmp, M_TMPFS);
	return (0);
}

static int
tmpfs_root(struct mount *mp, struct vnode **vpp)
{
	return (tmpfs_alloc_vp(VFS_TO_TMPFS(mp)->tm_root, LK_EXCLUSIVE, vpp));
}

static int
tmpfs_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	struct tmpfs_mount *tmp = VFS_TO_TMPFS(mp);
	u_long used = tmp->tm_pages_used, nodes = tmp->tm_nodes_inuse;

	sbp->f_bsize = PAGE_SIZE;
	sbp->f_iosize = PAGE_SIZE;
	sbp->f_blocks = tmp->tm_pages_max;
	sbp->f_bfree = used < tmp->tm_pages_max ?
	    tmp->tm_pages_max - used : 0;
	sbp->f_bavail = sbp->f_bfree;
	sbp->f_files = tmp->tm_nodes_max;
	sbp->f_ffree = nodes < tmp->tm_nodes_max ?
	    tmp->tm_nodes_max - nodes : 0;
	sbp->f_owner = tmp->tm_root->tn_uid;
	return (0);
}

static struct vfsops tmpfs_vfsops = {
	.vfs_flags = 0,
	.vfs_mount = tmpfs_mount,
	.vfs_unmount = tmpfs_unmount,
	.vfs_root = tmpfs_root,
	.vfs_statfs = tmpfs_statfs,
	.vfs_sync = vfs_stdnosync,
};

VFS_SET(tmpfs_vfsops, tmpfs, VFCF_MPSAFE);
MODULE_VERSION(tmpfs, 1);
