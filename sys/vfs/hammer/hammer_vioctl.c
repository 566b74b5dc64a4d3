/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: ioctls: who may, and what of user memory moves.  What they do is in
 * the core's files.
 */
#include "hammer_maint.h"
#include "hammer_vnode.h"
#include <sys/priv.h>
#include <sys/ucred.h>
#include <sys/vnode.h>

static int
ioc_synctid(struct hammer_mount *hmp, struct vnode *vp,
    struct hammer_ioc_synctid *st)
{
	int error = 0;

	switch (st->op) {
	case HAMMER_SYNCTID_NONE:
		break;
	case HAMMER_SYNCTID_ASYNC:
	case HAMMER_SYNCTID_SYNC1:
	case HAMMER_SYNCTID_SYNC2:
		if (hmp->hm_ronly)
			break;
		error = hammer_sync_vnodes(vp->v_mount);
		if (error == 0)
			error = st->op == HAMMER_SYNCTID_SYNC2 ?
			    hammer_flush_sync(hmp) : hammer_flush_cycle(hmp);
		break;
	default:
		return (EOPNOTSUPP);
	}
	st->tid = hmp->hm_flush_tid2;
	return (error);
}

static int
ioc_version(struct hammer_mount *hmp, struct hammer_ioc_version *v)
{
	v->min_version = HAMMER_VOL_VERSION_MIN;
	v->wip_version = HAMMER_VOL_VERSION_WIP;
	v->max_version = HAMMER_VOL_VERSION_MAX;
	if (v->cur_version == 0)
		v->cur_version = hmp->hm_version;
	if (v->cur_version > HAMMER_VOL_VERSION_MAX)
		return (EINVAL);
	strlcpy(v->description, hammer_version_string(v->cur_version),
	    sizeof(v->description));
	return (0);
}

static int
ioc_info(struct hammer_mount *hmp, struct hammer_ioc_info *i)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;

	strlcpy(i->vol_label, od->vol_label, sizeof(i->vol_label));
	i->vol_fsid = hmp->hm_fsid;
	i->vol_fstype = od->vol_fstype;
	i->version = hmp->hm_version;
	i->nvolumes = hmp->hm_nvolumes;
	i->rootvol = HAMMER_ROOT_VOLNO;
	i->bigblocks = od->vol0_stat_bigblocks;
	i->freebigblocks = od->vol0_stat_freebigblocks;
	i->rsvbigblocks = (hammer_reserved_bytes(hmp) +
	    HAMMER_BIGBLOCK_MASK) / HAMMER_BIGBLOCK_SIZE +
	    HAMMER_CHKSPC_WRITE;
	if (i->rsvbigblocks > i->freebigblocks)
		i->rsvbigblocks = i->freebigblocks;
	i->inodes = od->vol0_stat_inodes;
	return (0);
}

/* The volume list: as many as there is room for. */
static int
ioc_list(struct hammer_mount *hmp, struct hammer_ioc_volume_list *vl)
{
	struct hammer_ioc_volume *v;
	int i, n = 0, error = 0;

	if (hmp->hm_volop)
		return (EAGAIN);
	v = kmalloc(sizeof(*v), M_HAMMER, M_WAITOK);
	for (i = 0; i < HAMMER_MAX_VOLUMES && n < vl->nvols && error == 0;
	    i++) {
		if (hmp->hm_vol[i] == NULL)
			continue;
		bzero(v, sizeof(*v));
		v->vol_no = i;
		strlcpy(v->device_name, hmp->hm_vol[i]->v_name,
		    sizeof(v->device_name));
		error = copyout(v, vl->vols + n++, sizeof(*v));
	}
	kfree(v, M_HAMMER);
	vl->nvols = n;
	return (error);
}

static int
ioc_add_volume(struct hammer_mount *hmp, struct hammer_ioc_volume *v,
    struct ucred *cred)
{
	struct hammer_newvolume nv;
	struct hammer_kdev *kd;
	int error;

	v->device_name[sizeof(v->device_name) - 1] = 0;
	error = hammer_open_device(v->device_name, cred, &kd, &nv.nv_size);
	if (error)
		return (error);
	/* The caller may want less than all of the device. */
	if (v->vol_size > 0 && v->vol_size < nv.nv_size)
		nv.nv_size = v->vol_size;
	nv.nv_bootsize = v->boot_area_size;
	nv.nv_memsize = v->memory_log_size;
	return (hammer_volume_add(hmp, v->device_name, kd, &nv));
}

static int
ioc_del_volume(struct hammer_mount *hmp, struct hammer_ioc_volume *v)
{
	v->device_name[sizeof(v->device_name) - 1] = 0;
	return (hammer_volume_del(hmp, v->device_name,
	    v->flag & HAMMER_IOC_VOLUME_REBLOCK));
}

/*
 * PFS records.
 */
static int
ioc_get_pfs(struct hammer_mount *hmp, struct hammer_inode *ip,
    struct hammer_ioc_pseudofs_rw *p, int scan)
{
	struct hammer_pseudofs_data pfsd;
	int error;

	if (p->pfs_id == -1)
		p->pfs_id = hammer_lo_to_pfs(ip->i_lo);
	if (p->pfs_id < 0 || p->pfs_id >= HAMMER_MAX_PFS)
		return (EINVAL);
	error = hammer_pfs_get(hmp, p->pfs_id, scan, &pfsd, NULL);
	if (error)
		return (error);
	if (!scan && (pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0)
		pfsd.sync_end_tid = hmp->hm_flush_tid1;
	p->bytes = sizeof(pfsd);
	p->version = HAMMER_IOC_PSEUDOFS_VERSION;
	if (p->ondisk != NULL)
		error = copyout(&pfsd, p->ondisk, sizeof(pfsd));
	return (error);
}

static int
ioc_set_pfs(struct hammer_mount *hmp, struct hammer_inode *ip,
    struct hammer_ioc_pseudofs_rw *p)
{
	struct hammer_pseudofs_data pfsd;
	int error;

	if (p->pfs_id == -1)
		p->pfs_id = hammer_lo_to_pfs(ip->i_lo);
	if (p->pfs_id < 0 || p->pfs_id >= HAMMER_MAX_PFS ||
	    p->version != HAMMER_IOC_PSEUDOFS_VERSION ||
	    p->bytes < sizeof(pfsd) || p->ondisk == NULL)
		return (EINVAL);
	error = copyin(p->ondisk, &pfsd, sizeof(pfsd));
	if (error)
		return (error);
	if ((pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0 && ip->i_lo != 0 &&
	    hammer_lo_to_pfs(ip->i_lo) != (uint32_t)p->pfs_id)
		return (EINVAL);
	error = hammer_pfs_put(hmp, p->pfs_id, &pfsd);
	if (error == 0 && (pfsd.mirror_flags & (HAMMER_PFSD_SLAVE |
	    HAMMER_PFSD_DELETED)) == 0)
		error = hammer_pfs_mkroot(hmp, p->pfs_id);
	hammer_pfs_wakeup(hmp);
	return (error);
}

/* Of a PFS that ioctls name by number, or by the file they are called on. */
static int
pfs_of(struct hammer_inode *ip, struct hammer_ioc_pseudofs_rw *p,
    struct hammer_pseudofs_data *pfsd)
{
	if (p->pfs_id == -1)
		p->pfs_id = hammer_lo_to_pfs(ip->i_lo);
	if (p->pfs_id < 0 || p->pfs_id >= HAMMER_MAX_PFS)
		return (EINVAL);
	return (hammer_pfs_get(ip->i_hmp, p->pfs_id, 0, pfsd, NULL));
}

/* Vnodes of the PFS must go: their inodes are about to change below them. */
struct unload {
	uint32_t	lo;
	int		busy;
};

static int
unload_vnode(struct mount *mp, struct vnode *vp, void *data)
{
	struct unload *u = data;
	struct hammer_inode *ip = VTOI(vp);

	if (ip == NULL || ip->i_lo != u->lo)
		return (0);
	if (VREF_COUNT(vp) > 1)
		u->busy = 1;
	else
		vgone_vxlocked(vp);
	return (0);
}

static int
unload_pfs(struct vnode *vp, int pfs_id)
{
	struct unload u = { hammer_pfs_to_lo(pfs_id), 0 };
	struct hammer_inode *ip = VTOI(vp);

	if (ip->i_lo == u.lo)
		return (ENOTEMPTY);
	cache_purgevfs(vp->v_mount);
	vmntvnodescan(vp->v_mount, VMSC_GETVX, NULL, unload_vnode, &u);
	if (u.busy)
		return (ENOTEMPTY);
	/* Dirty inodes must not come back as records afterwards. */
	return (hammer_flush_cycle(ip->i_hmp));
}

static int
ioc_upgrade(struct hammer_mount *hmp, struct vnode *vp,
    struct hammer_ioc_pseudofs_rw *p)
{
	struct hammer_pseudofs_data pfsd;
	int error;

	error = pfs_of(VTOI(vp), p, &pfsd);
	if (error || (pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0)
		return (error);
	error = unload_pfs(vp, p->pfs_id);
	if (error == 0)
		error = hammer_pfs_rollback(hmp, p->pfs_id,
		    pfsd.sync_end_tid);
	if (error == EINTR) {
		p->head.flags |= HAMMER_IOC_HEAD_INTR;
		return (0);
	}
	if (error == 0) {
		pfsd.mirror_flags &= ~HAMMER_PFSD_SLAVE;
		error = hammer_pfs_put(hmp, p->pfs_id, &pfsd);
	}
	if (error == 0)
		error = hammer_pfs_mkroot(hmp, p->pfs_id);
	return (error);
}

static int
ioc_downgrade(struct hammer_mount *hmp, struct vnode *vp,
    struct hammer_ioc_pseudofs_rw *p)
{
	struct hammer_pseudofs_data pfsd;
	int error;

	error = pfs_of(VTOI(vp), p, &pfsd);
	if (error || (pfsd.mirror_flags & HAMMER_PFSD_SLAVE))
		return (error);
	/* What it holds now must be part of what the slave shows. */
	error = hammer_sync_vnodes(vp->v_mount);
	if (error == 0)
		error = hammer_flush_sync(hmp);
	if (error)
		return (error);
	pfsd.mirror_flags |= HAMMER_PFSD_SLAVE;
	if (pfsd.sync_end_tid < hmp->hm_flush_tid1)
		pfsd.sync_end_tid = hmp->hm_flush_tid1;
	return (hammer_pfs_put(hmp, p->pfs_id, &pfsd));
}

static int
ioc_remove(struct hammer_mount *hmp, struct vnode *vp,
    struct hammer_ioc_pseudofs_rw *p)
{
	struct hammer_pseudofs_data pfsd;
	int error;

	error = pfs_of(VTOI(vp), p, &pfsd);
	if (error == 0 && p->pfs_id == 0)
		error = EINVAL;
	if (error == 0)
		error = unload_pfs(vp, p->pfs_id);
	if (error == 0)
		error = hammer_pfs_rollback(hmp, p->pfs_id, 0);
	if (error == EINTR) {
		p->head.flags |= HAMMER_IOC_HEAD_INTR;
		return (0);
	}
	if (error == 0) {
		pfsd.mirror_flags |= HAMMER_PFSD_DELETED;
		error = hammer_pfs_put(hmp, p->pfs_id, &pfsd);
	}
	return (error);
}

/* Until the PFS has something newer than sync_end_tid, or a signal. */
static int
ioc_wait(struct hammer_mount *hmp, struct vnode *vp,
    struct hammer_ioc_pseudofs_rw *p)
{
	struct hammer_pseudofs_data pfsd, from;
	hammer_tid_t tid;
	int error;

	error = pfs_of(VTOI(vp), p, &pfsd);
	if (error == 0)
		error = copyin(p->ondisk, &from, sizeof(from));
	while (error == 0) {
		tsleep_interlock(&hmp->hm_flush_tid1, PCATCH);
		tid = (pfsd.mirror_flags & HAMMER_PFSD_SLAVE) ?
		    pfsd.sync_end_tid : hmp->hm_flush_tid1;
		if (tid > from.sync_end_tid)
			break;
		error = tsleep(&hmp->hm_flush_tid1, PCATCH | PINTERLOCKED,
		    "hmmrwa", 0);
		if (error == 0)
			error = pfs_of(VTOI(vp), p, &pfsd);
	}
	return (error == ERESTART ? EINTR : error);
}

/*
 * Maintenance and mirroring.
 */
static int
ioc_prune(struct hammer_mount *hmp, uint32_t lo, struct hammer_ioc_prune *p)
{
	struct hammer_ioc_prune_elm *elms = NULL;
	int error = 0;

	if (p->nelms < 0 || p->nelms > HAMMER_MAX_PRUNE_ELMS)
		return (EINVAL);
	if (p->nelms > 0) {
		elms = kmalloc(p->nelms * sizeof(*elms), M_HAMMER, M_WAITOK);
		error = copyin(p->elms, elms, p->nelms * sizeof(*elms));
	}
	if (error == 0)
		error = hammer_prune(hmp, lo, p, elms);
	if (elms != NULL)
		kfree(elms, M_HAMMER);
	return (error);
}

#define MIRROR_MAX	(1024 * 1024)	/* bytes moved at once */

static int
ioc_mirror_read(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m)
{
	char *buf;
	int size = m->size, error;

	if (size < 0 || m->count < 0 || m->count > size)
		return (EINVAL);
	m->count = 0;
	m->size = MIN(size, MIRROR_MAX);
	buf = kmalloc(m->size, M_HAMMER, M_WAITOK);
	error = hammer_mirror_read(hmp, m, buf);
	if (error == 0)
		error = copyout(buf, m->ubuf, m->count);
	m->size = size;
	kfree(buf, M_HAMMER);
	return (error);
}

static int
ioc_mirror_write(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m)
{
	struct hammer_pseudofs_data pfsd;
	char *buf;
	int size = m->size, error;

	if (size < 0 || size > 0x70000000)
		return (EINVAL);
	if (size > 4 * MIRROR_MAX)
		return (E2BIG);
	/* A stream is for a slave and nothing else. */
	error = m->pfs_id < 0 || m->pfs_id >= HAMMER_MAX_PFS ? EINVAL :
	    hammer_pfs_get(hmp, m->pfs_id, 0, &pfsd, NULL);
	if (error == 0 && (pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0)
		error = EINVAL;
	if (error)
		return (error);
	buf = kmalloc(size + 8, M_HAMMER, M_WAITOK);
	error = copyin(m->ubuf, buf, size);
	if (error == 0)
		error = hammer_mirror_write(hmp, m, buf);
	kfree(buf, M_HAMMER);
	return (error);
}

static int
ioc_get_data(struct hammer_mount *hmp, struct hammer_ioc_data *d)
{
	char *buf = kmalloc(HAMMER_XBUFSIZE, M_HAMMER, M_WAITOK);
	int len, error;

	error = hammer_get_data(hmp, d, buf, &len);
	if (error == 0 && len > 0 && d->ubuf != NULL)
		error = copyout(buf, d->ubuf, len);
	kfree(buf, M_HAMMER);
	return (error);
}

/* Upward; from version 3 to 4 the UNDO area is written anew. */
static int
ioc_set_version(struct hammer_mount *hmp, struct hammer_ioc_version *v)
{
	if (v->cur_version < (uint32_t)hmp->hm_version ||
	    v->cur_version > HAMMER_VOL_VERSION_MAX)
		return (EINVAL);
	return (hammer_set_version(hmp, v->cur_version));
}

/* Which ioctls change something, and which need privilege at all. */
static int
may(struct hammer_mount *hmp, u_long cmd, struct ucred *cred)
{
	int writes = 1;

	switch (cmd) {
	case HAMMERIOC_GETHISTORY:
	case HAMMERIOC_SYNCTID:
	case HAMMERIOC_GET_PSEUDOFS:
	case HAMMERIOC_SCAN_PSEUDOFS:
	case HAMMERIOC_GET_VERSION:
	case HAMMERIOC_GET_INFO:
	case HAMMERIOC_GET_SNAPSHOT:
	case HAMMERIOC_GET_CONFIG:
	case HAMMERIOC_LIST_VOLUMES:
		return (0);
	case HAMMERIOC_MIRROR_READ:
	case HAMMERIOC_WAI_PSEUDOFS:
	case HAMMERIOC_GET_DATA:
		writes = 0;
		break;
	}
	if (priv_check_cred(cred, PRIV_HAMMER_IOCTL, 0) != 0)
		return (EPERM);
	if ((cmd == HAMMERIOC_ADD_VOLUME || cmd == HAMMERIOC_DEL_VOLUME) &&
	    priv_check_cred(cred, PRIV_HAMMER_VOLUME, 0) != 0)
		return (EPERM);
	if (writes && (hmp->hm_ronly || hmp->hm_error))
		return (EROFS);
	return (0);
}

int
hammer_ioctl(struct vop_ioctl_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);
	struct hammer_mount *hmp = ip->i_hmp;
	void *data = ap->a_data;
	int error;

	if (IOCGROUP(ap->a_command) != 'h')
		return (ENOTTY);
	error = may(hmp, ap->a_command, ap->a_cred);
	if (error)
		return (error);
	switch (ap->a_command) {
	case HAMMERIOC_SYNCTID:
		return (ioc_synctid(hmp, ap->a_vp, data));
	case HAMMERIOC_GET_VERSION:
		return (ioc_version(hmp, data));
	case HAMMERIOC_GET_INFO:
		return (ioc_info(hmp, data));
	case HAMMERIOC_LIST_VOLUMES:
		return (ioc_list(hmp, data));
	case HAMMERIOC_GET_PSEUDOFS:
		return (ioc_get_pfs(hmp, ip, data, 0));
	case HAMMERIOC_SCAN_PSEUDOFS:
		return (ioc_get_pfs(hmp, ip, data, 1));
	case HAMMERIOC_SET_PSEUDOFS:
		return (ioc_set_pfs(hmp, ip, data));
	case HAMMERIOC_UPG_PSEUDOFS:
		return (ioc_upgrade(hmp, ap->a_vp, data));
	case HAMMERIOC_DGD_PSEUDOFS:
		return (ioc_downgrade(hmp, ap->a_vp, data));
	case HAMMERIOC_RMR_PSEUDOFS:
		return (ioc_remove(hmp, ap->a_vp, data));
	case HAMMERIOC_WAI_PSEUDOFS:
		return (ioc_wait(hmp, ap->a_vp, data));
	case HAMMERIOC_ADD_SNAPSHOT:
		return (hammer_snap_add(hmp, ip->i_lo, data));
	case HAMMERIOC_DEL_SNAPSHOT:
		return (hammer_snap_del(hmp, ip->i_lo, data));
	case HAMMERIOC_GET_SNAPSHOT:
		return (hammer_snap_get(hmp, ip->i_lo, data));
	case HAMMERIOC_GET_CONFIG:
		return (hammer_config_get(hmp, ip->i_lo, data));
	case HAMMERIOC_SET_CONFIG:
		return (hammer_config_set(hmp, ip->i_lo, data));
	case HAMMERIOC_GETHISTORY:
		return (hammer_history(ip, data));
	case HAMMERIOC_GET_DATA:
		return (ioc_get_data(hmp, data));
	case HAMMERIOC_PRUNE:
		return (ioc_prune(hmp, ip->i_lo, data));
	case HAMMERIOC_REBLOCK:
		return (hammer_reblock(hmp, ip->i_lo, data));
	case HAMMERIOC_REBALANCE:
		return (hammer_rebalance(hmp, ip->i_lo, data));
	case HAMMERIOC_DEDUP:
		return (hammer_dedup(hmp, data));
	case HAMMERIOC_MIRROR_READ:
		return (ioc_mirror_read(hmp, data));
	case HAMMERIOC_MIRROR_WRITE:
		return (ioc_mirror_write(hmp, data));
	case HAMMERIOC_SET_VERSION:
		return (ioc_set_version(hmp, data));
	case HAMMERIOC_ADD_VOLUME:
		return (ioc_add_volume(hmp, data, ap->a_cred));
	case HAMMERIOC_DEL_VOLUME:
		return (ioc_del_volume(hmp, data));
	default:
		return (EOPNOTSUPP);
	}
}
