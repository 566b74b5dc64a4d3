/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: vnodes of inodes.
 */
#include "hammer_vnode.h"
#include <sys/thread2.h>
#include <sys/vnode.h>
#include <vm/vm_object.h>

#define NTYPES	10

static const enum vtype objtype_vtype[NTYPES] = {
	VNON, VDIR, VREG, VREG, VFIFO, VCHR, VBLK, VLNK, VNON, VSOCK
};

enum vtype
hammer_vtype(int obj_type)
{
	if (obj_type < 0 || obj_type >= NTYPES)
		return (VNON);
	return (objtype_vtype[obj_type]);
}

int
hammer_objtype(enum vtype type)
{
	int i;

	for (i = 1; i < NTYPES; i++) {
		if (objtype_vtype[i] == type)
			return (i);
	}
	return (HAMMER_OBJTYPE_UNKNOWN);
}

/* What kind of vnode it is. */
static int
vnode_setup(struct vnode *vp, struct hammer_inode *ip)
{
	struct mount *mp = vp->v_mount;

	vp->v_type = hammer_vtype(ip->i_data.obj_type);
	switch (vp->v_type) {
	case VREG:
		vinitvmio(vp, ip->i_data.size, HAMMER_BUFSIZE, -1);
		vsetflags(vp, VSHAREDREAD);
		break;
	case VCHR:
	case VBLK:
		addaliasu(vp, ip->i_data.rmajor, ip->i_data.rminor);
		vp->v_ops = &mp->mnt_vn_spec_ops;
		break;
	case VFIFO:
		vp->v_ops = &mp->mnt_vn_fifo_ops;
		break;
	case VDIR:
		if (ip->i_obj_id != HAMMER_OBJID_ROOT)
			break;
		vsetflags(vp, ip->i_lo == 0 &&
		    ip->i_asof == ip->i_hmp->hm_asof ? VROOT : VPFSROOT);
		break;
	default:
		break;
	}
	ip->i_dev = hammer_pfs_dev(ip->i_hmp, ip->i_lo, ip->i_asof);
	return (0);
}

int
hammer_vnode_get(struct hammer_inode *ip, struct vnode **vpp)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_kmount *hk = hmp->hm_plat;
	struct vnode *vp;
	int error;

	if (hammer_vtype(ip->i_data.obj_type) == VNON)
		return (EIO);
	for (;;) {
		hammer_lock_ex(&hmp->hm_lock);
		vp = ip->i_vnode;
		if (vp != NULL) {
			vhold(vp);
			hammer_unlock(&hmp->hm_lock);
			/* If it is being reclaimed, wait for the end. */
			error = vget(vp, LK_EXCLUSIVE);
			vdrop(vp);
			if (error == 0 && vp->v_data == ip) {
				*vpp = vp;
				return (0);
			}
			if (error == 0)
				vput(vp);
			continue;
		}
		hammer_unlock(&hmp->hm_lock);
		error = getnewvnode(VT_HAMMER, hk->hk_mp, &vp, 0, 0);
		if (error)
			return (error);
		hammer_lock_ex(&hmp->hm_lock);
		if (ip->i_vnode == NULL) {
			ip->i_vnode = vp;
			ip->i_refs++;
			vp->v_data = ip;
			hammer_unlock(&hmp->hm_lock);
			vnode_setup(vp, ip);
			*vpp = vp;
			return (0);
		}
		hammer_unlock(&hmp->hm_lock);
		vp->v_type = VBAD;
		vgone_vxlocked(vp);
		vput(vp);
	}
}

int
hammer_vget(struct mount *mp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof, struct vnode **vpp)
{
	struct hammer_inode *ip;
	int error;

	error = hammer_inode_get(VFSTOHMP(mp), obj_id, lo, asof, &ip);
	if (error)
		return (error);
	error = hammer_vnode_get(ip, vpp);
	hammer_inode_rele(ip);
	return (error);
}

int
hammer_inactive(struct vop_inactive_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);

	if (ip == NULL) {
		vrecycle(ap->a_vp);
	} else if (ip->i_data.nlinks == 0 && !hammer_inode_ronly(ip)) {
		/* Nobody will read what has not been written yet. */
		if (ap->a_vp->v_type == VREG)
			vnode_pager_setsize(ap->a_vp, 0);
		vrecycle(ap->a_vp);
	}
	return (0);
}

int
hammer_reclaim(struct vop_reclaim_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct hammer_inode *ip = VTOI(vp);
	int error;

	if (ip == NULL)
		return (0);
	if (ip->i_data.nlinks == 0 && !ip->i_fake && !hammer_inode_ronly(ip)) {
		if (vp->v_type == VREG)
			vnode_pager_setsize(vp, 0);
		error = hammer_inode_destroy(ip);
		if (error)
			kprintf("HAMMER: removing object %016jx: error %d\n",
			    (uintmax_t)ip->i_obj_id, error);
	} else if (vp->v_type == VREG && !hammer_inode_ronly(ip)) {
		hammer_vn_clean(vp);
	}
	hammer_vn_unreserve(ip);
	/* The pages go before somebody makes a new vnode of the file. */
	vnode_release_object(vp);
	hammer_lock_ex(&ip->i_hmp->hm_lock);
	ip->i_vnode = NULL;
	vp->v_data = NULL;
	hammer_unlock(&ip->i_hmp->hm_lock);
	hammer_inode_rele(ip);
	return (0);
}
