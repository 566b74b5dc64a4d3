/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs: nodes, directory entries, limits.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/stat.h>
#include <machine/atomic.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_pager.h>
#include <vfs/tmpfs/tmpfs.h>

MALLOC_DEFINE(M_TMPFS, "tmpfs", "tmpfs nodes and directory entries");

static int
tmpfs_name_cmp(struct tmpfs_dirent *a, struct tmpfs_dirent *b)
{
	if (a->td_hash != b->td_hash)
		return (a->td_hash < b->td_hash ? -1 : 1);
	if (a->td_namelen != b->td_namelen)
		return (a->td_namelen < b->td_namelen ? -1 : 1);
	return (bcmp(a->td_str, b->td_str, a->td_namelen) == 0 ? 0 :
	    memcmp(a->td_str, b->td_str, a->td_namelen));
}

static int
tmpfs_pos_cmp(struct tmpfs_dirent *a, struct tmpfs_dirent *b)
{
	if (a->td_cookie < b->td_cookie)
		return (-1);
	return (a->td_cookie > b->td_cookie);
}

RB_PROTOTYPE(tmpfs_nametree, tmpfs_dirent, td_name, tmpfs_name_cmp);
RB_GENERATE(tmpfs_nametree, tmpfs_dirent, td_name, tmpfs_name_cmp);
RB_PROTOTYPE(tmpfs_postree, tmpfs_dirent, td_pos, tmpfs_pos_cmp);
RB_GENERATE(tmpfs_postree, tmpfs_dirent, td_pos, tmpfs_pos_cmp);

static uint32_t
tmpfs_hash(const char *name, int len)
{
	uint32_t h = 2166136261U;

	while (len-- > 0)
		h = (h ^ (u_char)*name++) * 16777619U;
	return (h);
}

int
tmpfs_node_alloc(struct tmpfs_mount *tmp, enum vtype type, uid_t uid,
    gid_t gid, mode_t mode, const char *target, dev_t rdev,
    struct tmpfs_node **nodep)
{
	struct tmpfs_node *node;

	if (atomic_fetchadd_long(&tmp->tm_nodes_inuse, 1) >=
	    tmp->tm_nodes_max) {
		atomic_add_long(&tmp->tm_nodes_inuse, -1);
		return (ENOSPC);
	}
	node = kmalloc(sizeof(*node), M_TMPFS, M_WAITOK | M_ZERO);
	lockinit(&node->tn_lock, "tmpfs", 0, LK_CANRECURSE);
	node->tn_tmp = tmp;
	node->tn_id = atomic_fetchadd_long(&tmp->tm_nextino, 1);
	node->tn_gen = node->tn_id;
	node->tn_type = type;
	node->tn_uid = uid;
	node->tn_gid = gid;
	node->tn_mode = mode;
	vfs_timestamp(&node->tn_ctime);
	node->tn_atime = node->tn_mtime = node->tn_ctime;
	switch (type) {
	case VDIR:
		RB_INIT(&node->tn_dir.tn_names);
		RB_INIT(&node->tn_dir.tn_pos);
		node->tn_dir.tn_nextcookie = TMPFS_COOKIE_FIRST;
		node->tn_nlink = 2;
		break;
	case VREG:
		node->tn_obj = default_pager_alloc(NULL, 0, VM_PROT_DEFAULT,
		    0);
		break;
	case VLNK:
		node->tn_size = strlen(target);
		node->tn_link = kmalloc(node->tn_size + 1, M_TMPFS, M_WAITOK);
		bcopy(target, node->tn_link, node->tn_size + 1);
		break;
	case VCHR:
	case VBLK:
		node->tn_rdev = rdev;
		break;
	default:
		break;
	}
	*nodep = node;
	return (0);
}

void
tmpfs_node_free(struct tmpfs_node *node)
{
	struct tmpfs_mount *tmp = node->tn_tmp;

	KKASSERT(node->tn_vnode == NULL);
	switch (node->tn_type) {
	case VREG:
		atomic_add_long(&tmp->tm_pages_used,
		    -(long)(round_page(node->tn_size) >> PAGE_SHIFT));
		vm_object_deallocate(node->tn_obj);
		break;
	case VLNK:
		kfree(node->tn_link, M_TMPFS);
		break;
	default:
		break;
	}
	lockuninit(&node->tn_lock);
	kfree(node, M_TMPFS);
	atomic_add_long(&tmp->tm_nodes_inuse, -1);
}

/* Make the vnode; the node is locked exclusively, and unlocked here. */
static int
tmpfs_new_vp(struct tmpfs_node *node, struct vnode **vpp)
{
	struct mount *mp = node->tn_tmp->tm_mp;
	struct vnode *vp;
	int error;

	error = getnewvnode(VT_TMPFS, mp, &vp, 0, 0);
	if (error) {
		TMPFS_NODE_UNLOCK(node);
		return (error);
	}
	vp->v_data = node;
	vp->v_type = node->tn_type;
	switch (node->tn_type) {
	case VREG:
		vp->v_object = node->tn_obj;
		vp->v_filesize = node->tn_size;
		vsetflags(vp, VSHAREDREAD);
		break;
	case VDIR:
		if (node == node->tn_tmp->tm_root)
			vsetflags(vp, VROOT);
		break;
	case VCHR:
	case VBLK:
		addaliasu(vp, umajor(node->tn_rdev), uminor(node->tn_rdev));
		vp->v_ops = &mp->mnt_vn_spec_ops;
		break;
	case VFIFO:
		vp->v_ops = &mp->mnt_vn_fifo_ops;
		break;
	default:
		break;
	}
	node->tn_vnode = vp;
	TMPFS_NODE_UNLOCK(node);
	*vpp = vp;
	return (0);
}

int
tmpfs_alloc_vp(struct tmpfs_node *node, int lkflag, struct vnode **vpp)
{
	struct vnode *vp;
	int error;

	for (;;) {
		TMPFS_NODE_LOCK(node);
		vp = node->tn_vnode;
		if (vp == NULL)
			return (tmpfs_new_vp(node, vpp));
		vhold(vp);
		TMPFS_NODE_UNLOCK(node);
		/* If it is being reclaimed this waits for the end of that. */
		error = vget(vp, lkflag);
		vdrop(vp);
		if (error == 0) {
			*vpp = vp;
			return (0);
		}
	}
}

struct tmpfs_dirent *
tmpfs_dirent_alloc(const char *name, int len)
{
	struct tmpfs_dirent *de;

	de = kmalloc(sizeof(*de) + len + 1, M_TMPFS, M_WAITOK);
	de->td_namelen = len;
	de->td_hash = tmpfs_hash(name, len);
	de->td_node = NULL;
	bcopy(name, de->td_str, len);
	de->td_str[len] = 0;
	return (de);
}

void
tmpfs_dirent_free(struct tmpfs_dirent *de)
{
	kfree(de, M_TMPFS);
}

struct tmpfs_dirent *
tmpfs_dir_lookup(struct tmpfs_node *dir, const char *name, int len)
{
	struct tmpfs_dirent *de = RB_ROOT(&dir->tn_dir.tn_names);
	uint32_t hash = tmpfs_hash(name, len);
	int r;

	while (de != NULL) {
		if (hash != de->td_hash)
			r = hash < de->td_hash ? -1 : 1;
		else if (len != de->td_namelen)
			r = len < de->td_namelen ? -1 : 1;
		else
			r = memcmp(name, de->td_str, len);
		if (r == 0)
			break;
		de = r < 0 ? RB_LEFT(de, td_name) : RB_RIGHT(de, td_name);
	}
	return (de);
}

void
tmpfs_dir_attach(struct tmpfs_node *dir, struct tmpfs_dirent *de,
    struct tmpfs_node *node)
{
	de->td_node = node;
	de->td_cookie = dir->tn_dir.tn_nextcookie++;
	if (RB_INSERT(tmpfs_nametree, &dir->tn_dir.tn_names, de) != NULL)
		panic("tmpfs: duplicate entry");
	RB_INSERT(tmpfs_postree, &dir->tn_dir.tn_pos, de);
	dir->tn_size += sizeof(*de) + de->td_namelen + 1;
	tmpfs_touch(dir, 1);
}

void
tmpfs_dir_detach(struct tmpfs_node *dir, struct tmpfs_dirent *de)
{
	RB_REMOVE(tmpfs_nametree, &dir->tn_dir.tn_names, de);
	RB_REMOVE(tmpfs_postree, &dir->tn_dir.tn_pos, de);
	dir->tn_size -= sizeof(*de) + de->td_namelen + 1;
	tmpfs_touch(dir, 1);
}

struct tmpfs_dirent *
tmpfs_dir_seek(struct tmpfs_node *dir, off_t cookie)
{
	struct tmpfs_dirent *de = RB_ROOT(&dir->tn_dir.tn_pos), *best = NULL;

	while (de != NULL) {
		if (de->td_cookie >= cookie) {
			best = de;
			de = RB_LEFT(de, td_pos);
		} else {
			de = RB_RIGHT(de, td_pos);
		}
	}
	return (best);
}

void
tmpfs_touch(struct tmpfs_node *node, int mtime)
{
	vfs_timestamp(&node->tn_ctime);
	if (mtime)
		node->tn_mtime = node->tn_ctime;
}

int
tmpfs_resize(struct vnode *vp, struct tmpfs_node *node, off_t size)
{
	struct tmpfs_mount *tmp = node->tn_tmp;
	u_long opages, npages, used;

	if (size < 0)
		return (EINVAL);
	if (size > tmp->tm_maxfilesize)
		return (EFBIG);
	opages = (round_page(node->tn_size) >> PAGE_SHIFT);
	npages = (round_page(size) >> PAGE_SHIFT);
	if (npages > opages) {
		do {
			used = tmp->tm_pages_used;
			cpu_ccfence();
			if (used + (npages - opages) > tmp->tm_pages_max)
				return (ENOSPC);
		} while (!atomic_cmpset_long(&tmp->tm_pages_used, used,
		    used + (npages - opages)));
	} else if (npages < opages) {
		atomic_add_long(&tmp->tm_pages_used, -(opages - npages));
	}
	if (size < node->tn_size)
		vp->v_filesize = size;
	vm_object_truncate(node->tn_obj, size);
	node->tn_size = size;
	vp->v_filesize = size;
	return (0);
}
