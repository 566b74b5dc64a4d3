/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts: counters and limits across reboots.  See vfs_quota.c.
 *
 * A filesystem that survives a reboot keeps the counters and limits of its
 * mounts in /.vquota: of each account two files, named by the pseudo
 * filesystem and inode number of its root, which are written in turn, so that
 * a crash leaves one whole.  The newer one that is whole (its checksums say
 * so) counts.  It says "closed" only if it was written by an unmount; while
 * the filesystem is mounted it is marked "open" before anything can change.
 * Counters found open are shown meanwhile but verified.
 *
 * The files are open, without names, as long as the account lives, since at
 * the end of an unmount nothing can be looked up any more.  Nothing in that
 * directory is counted (vq_file_ours).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include "vfs_quota.h"

#define VQ_DIR		".vquota"
#define VQ_MAGIC	0x3141544f55515631UL	/* "1VQUOTA1" */
#define VQ_ROWS		512		/* rows in a buffer */

struct vqhead {
	uint64_t	vh_magic;
	uint64_t	vh_seq;		/* the greater, the newer */
	int64_t		vh_total;	/* bytes used by the mount */
	uint64_t	vh_limit;	/* its limit */
	uint64_t	vh_rows;	/* rows that follow */
	uint32_t	vh_closed;	/* unmounted after this */
	uint32_t	vh_rowcrc;	/* of the rows */
	uint32_t	vh_reserved;
	uint32_t	vh_crc;		/* of the head up to here */
};

struct vqsaved {
	uint32_t	vv_which;	/* VQ_UID, VQ_GID */
	uint32_t	vv_id;
	int64_t		vv_used;
	uint64_t	vv_limit;
};

/* The two files of an account. */
struct vqstore {
	struct vnode	*st_vp[2];
};

/* Read or write, never past the file's end. */
static int
vq_io(struct vnode *vp, enum uio_rw rw, void *buf, size_t len, off_t off)
{
	struct iovec iov = { .iov_base = buf, .iov_len = len };
	struct uio uio = {
		.uio_iov = &iov, .uio_iovcnt = 1, .uio_offset = off,
		.uio_resid = len, .uio_segflg = UIO_SYSSPACE, .uio_rw = rw,
		.uio_td = curthread
	};
	int error;

	if (rw == UIO_READ)
		error = VOP_READ(vp, &uio, IO_NODELOCKED, proc0.p_ucred);
	else	/* Around the accounting: no limit may prevent this. */
		error = VOP_CALL(vp, write, .a_vp = vp, .a_uio = &uio,
		    .a_ioflag = IO_NODELOCKED, .a_cred = proc0.p_ucred);
	return (error == 0 && uio.uio_resid != 0 ? EIO : error);
}

static int
vq_head_write(struct vnode *vp, struct vqhead *vh)
{
	vh->vh_crc = crc32(vh, offsetof(struct vqhead, vh_crc));
	return (vq_io(vp, UIO_WRITE, vh, sizeof(*vh), 0));
}

/*
 * Opening.
 */
static int
vq_opendir(struct vqacct *real, struct nchandle *root, int create)
{
	struct nlookupdata nd;
	struct vattr vat;
	struct vnode *vp;
	int error;

	if (real->va_storedir != NULL)
		return (0);
	error = nlookup_init_raw(&nd, VQ_DIR, UIO_SYSSPACE, create ?
	    NLC_CREATE | NLC_REFDVP | NLC_ISADIR : 0, proc0.p_ucred, root);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0 && nd.nl_nch.ncp->nc_vp != NULL) {
		error = cache_vref(&nd.nl_nch, nd.nl_cred, &vp);
	} else if (error == 0 && nd.nl_dvp != NULL) {
		VATTR_NULL(&vat);
		vat.va_type = VDIR;
		vat.va_mode = 0700;
		error = VOP_NMKDIR(&nd.nl_nch, nd.nl_dvp, &vp, nd.nl_cred,
		    &vat);
		if (error == 0)
			vn_unlock(vp);
	} else if (error == 0) {
		error = ENOENT;
	}
	nlookup_done(&nd);
	if (error == 0)
		real->va_storedir = vp;
	return (error);
}

/* *vpp is referenced, unlocked. */
static int
vq_open1(struct vqacct *va, struct nchandle *root, int which, int create,
    struct vnode **vpp)
{
	struct nlookupdata nd;
	struct vattr vat;
	char path[48];
	int error;

	ksnprintf(path, sizeof(path), "%s/%04jx-%016jx.%d", VQ_DIR,
	    (uintmax_t)va->va_key[0], (uintmax_t)va->va_key[1], which);
	error = nlookup_init_raw(&nd, path, UIO_SYSSPACE, 0, proc0.p_ucred,
	    root);
	if (error == 0)
		error = vn_open(&nd, NULL, FREAD | O_NOFOLLOW |
		    (create ? FWRITE | O_CREAT : 0), 0600);
	if (error == 0 && nd.nl_open_vp->v_type != VREG)
		error = EFTYPE;
	if (error == 0) {
		*vpp = nd.nl_open_vp;
		vref(*vpp);
		vn_lock(*vpp, LK_EXCLUSIVE | LK_RETRY);
		vq_file_ours(*vpp);
		if (create) {
			VATTR_NULL(&vat);
			vat.va_flags = UF_NOHISTORY | UF_NODUMP;
			VOP_SETATTR(*vpp, &vat, proc0.p_ucred);
		}
		vn_unlock(*vpp);
	}
	nlookup_done(&nd);
	return (error);
}

static int
vq_open(struct vqacct *va, int create)
{
	struct mount *mp = va->va_real->va_mp;
	struct vqstore *st = va->va_store;
	struct nchandle root;
	int error = 0, i;

	if (st == NULL)
		st = va->va_store = kmalloc(sizeof(*st), M_VQUOTA,
		    M_WAITOK | M_ZERO);
	if (mp == NULL || !cache_mntroot(mp, &root))
		return (ENXIO);
	error = vq_opendir(va->va_real, &root, create);
	for (i = 0; i < 2 && error == 0; i++) {
		if (st->st_vp[i] == NULL)
			error = vq_open1(va, &root, i, create,
			    &st->st_vp[i]);
	}
	cache_drop(&root);
	return (error);
}

static void
vq_close(struct vqacct *va)
{
	struct vqstore *st = va->va_store;
	int i;

	for (i = 0; st != NULL && i < 2; i++) {
		if (st->st_vp[i] != NULL)
			vrele(st->st_vp[i]);
	}
	if (st != NULL)
		kfree(st, M_VQUOTA);
	va->va_store = NULL;
}

/*
 * Loading.
 */
static int
vq_head_read(struct vnode *vp, struct vqhead *vh)
{
	struct vattr vat;
	int error;

	error = VOP_GETATTR(vp, &vat);
	if (error == 0)
		error = vq_io(vp, UIO_READ, vh, sizeof(*vh), 0);
	if (error == 0 && (vh->vh_magic != VQ_MAGIC ||
	    vh->vh_crc != crc32(vh, offsetof(struct vqhead, vh_crc)) ||
	    vh->vh_rows > (vat.va_size - sizeof(*vh)) /
	    sizeof(struct vqsaved)))
		error = EFTYPE;
	return (error);
}

/* Check the rows, or (apply) take them over. */
static int
vq_rows_read(struct vqacct *va, struct vnode *vp, struct vqhead *vh,
    int apply)
{
	struct vqsaved *rows;
	uint64_t done = 0;
	uint32_t crc = 0;
	int error = 0, n, i;

	rows = kmalloc(VQ_ROWS * sizeof(*rows), M_VQUOTA, M_WAITOK);
	while (done < vh->vh_rows && error == 0) {
		n = MIN(vh->vh_rows - done, VQ_ROWS);
		error = vq_io(vp, UIO_READ, rows, n * sizeof(*rows),
		    sizeof(*vh) + done * sizeof(*rows));
		if (error)
			break;
		crc = crc32_ext(rows, n * sizeof(*rows), crc);
		for (i = 0; i < n && apply; i++) {
			if (rows[i].vv_which > VQ_GID)
				continue;
			vq_set_used(va, rows[i].vv_which, rows[i].vv_id,
			    rows[i].vv_used);
			if (rows[i].vv_limit != 0)
				vq_set_limit(va, rows[i].vv_which,
				    rows[i].vv_id, rows[i].vv_limit);
		}
		done += n;
	}
	kfree(rows, M_VQUOTA);
	return (error == 0 && crc != vh->vh_rowcrc ? EFTYPE : error);
}

/* One of the files: its head, if it is whole. */
static int
vq_whole(struct vqacct *va, struct vnode *vp, struct vqhead *vh)
{
	int error;

	if (vp == NULL)
		return (ENOENT);
	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = vq_head_read(vp, vh);
	if (error == 0)
		error = vq_rows_read(va, vp, vh, 0);
	vn_unlock(vp);
	return (error);
}

int
vq_store_load(struct vqacct *va)
{
	struct vqhead head[2], *vh;
	struct vqstore *st;
	struct vnode *vp;
	int good[2], best, i, closed;

	vq_open(va, 0);
	st = va->va_store;
	for (i = 0; i < 2; i++)
		good[i] = vq_whole(va, st->st_vp[i], &head[i]) == 0;
	best = good[1] && (!good[0] || head[1].vh_seq > head[0].vh_seq);
	if (!good[best]) {
		vq_close(va);
		return (ENOENT);
	}
	vh = &head[best];
	vp = st->st_vp[best];
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	vq_total_set(va, vh->vh_total);
	if (vh->vh_limit != 0)
		vq_set_limit(va, VQ_TOTAL, 0, vh->vh_limit);
	vq_rows_read(va, vp, vh, 1);
	vn_unlock(vp);
	va->va_saved = va->va_changes;
	closed = vh->vh_closed;
	va->va_seq = vh->vh_seq;
	return (closed ? 0 : EBUSY);
}

/* From now on it may change: what is stored is not to be trusted. */
void
vq_store_begin(struct vqacct *va)
{
	struct vqstore *st = va->va_store;
	struct vqhead head;
	struct vnode *vp;
	int i;

	if (st == NULL)
		return;
	for (i = 0; i < 2; i++) {
		vp = st->st_vp[i];
		if (vp == NULL)
			continue;
		vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
		if (vq_head_read(vp, &head) == 0 && head.vh_closed) {
			head.vh_closed = 0;
			vq_head_write(vp, &head);
			VOP_FSYNC(vp, MNT_WAIT, 0);
		}
		vn_unlock(vp);
	}
}

/* The unmount failed that closed it. */
void
vq_store_reopen(struct vqacct *va)
{
	if (va->va_store != NULL)
		return;
	if (vq_open(va, 0) == 0)
		vq_store_begin(va);
	else
		vq_close(va);
}

/*
 * Saving.
 */
static u_long
vq_rows_count(struct vqacct *va)
{
	return ((u_long)va->va_ids[VQ_UID].vs_count +
	    va->va_ids[VQ_GID].vs_count);
}

static int
vq_rows_write(struct vqacct *va, struct vnode *vp, struct vqhead *vh,
    u_long max)
{
	struct vqsaved *rows;
	struct vqrow *list;
	uint64_t next;
	int which, n, i, error = 0;

	rows = kmalloc(VQ_ROWS * sizeof(*rows), M_VQUOTA, M_WAITOK | M_ZERO);
	list = kmalloc(VQ_ROWS * sizeof(*list), M_VQUOTA, M_WAITOK);
	for (which = VQ_UID; which <= VQ_GID && error == 0; which++) {
		next = 0;
		while (error == 0 && vh->vh_rows < max) {
			n = vq_ids_list(&va->va_ids[which], &next, list,
			    MIN(VQ_ROWS, max - vh->vh_rows));
			if (n == 0)
				break;
			for (i = 0; i < n; i++) {
				rows[i].vv_which = which;
				rows[i].vv_id = list[i].vr_id;
				rows[i].vv_used = list[i].vr_used;
				rows[i].vv_limit = list[i].vr_limit;
			}
			vh->vh_rowcrc = crc32_ext(rows, n * sizeof(*rows),
			    vh->vh_rowcrc);
			error = vq_io(vp, UIO_WRITE, rows, n * sizeof(*rows),
			    sizeof(*vh) + vh->vh_rows * sizeof(*rows));
			vh->vh_rows += n;
		}
	}
	kfree(list, M_VQUOTA);
	kfree(rows, M_VQUOTA);
	return (error);
}

static int
vq_write(struct vqacct *va, struct vnode *vp, uint64_t seq, int closed)
{
	struct vqhead head;
	struct vattr vat;
	u_long max = vq_rows_count(va) + 16;
	int error;

	bzero(&head, sizeof(head));
	head.vh_magic = VQ_MAGIC;
	head.vh_seq = seq;
	head.vh_closed = closed;
	VATTR_NULL(&vat);
	vat.va_size = sizeof(head) + max * sizeof(struct vqsaved);
	if (vp->v_filesize == (off_t)vat.va_size)
		error = 0;
	else
		error = VOP_SETATTR(vp, &vat, proc0.p_ucred);
	if (error == 0) {
		head.vh_total = vq_total(va);
		head.vh_limit = va->va_limit;
		error = vq_rows_write(va, vp, &head, max);
	}
	if (error == 0)
		error = vq_head_write(vp, &head);
	if (error == 0)
		error = VOP_FSYNC(vp, MNT_WAIT, 0);
	return (error);
}

static void
vq_save(struct vqacct *va, int closed)
{
	struct vqstore *st = va->va_store;
	struct vnode *vp = st->st_vp[(va->va_seq + 1) & 1];
	u_int changes = va->va_changes;
	int error;

	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	error = vq_write(va, vp, va->va_seq + 1, closed);
	vn_unlock(vp);
	va->va_saved = changes;
	if (error == 0) {
		va->va_seq++;
		va->va_savedused = vq_total(va);
	} else {
		kprintf("quota: counters of %s were not saved: error %d\n",
		    va->va_mp->mnt_stat.f_mntonname, error);
	}
}

/* Have the files been removed? Then others are made. */
static int
vq_store_lost(struct vqacct *va)
{
	struct vattr vat;
	struct vnode *vp;
	int i, lost = 0;

	if (va->va_store == NULL)
		return (1);
	for (i = 0; i < 2; i++) {
		vp = va->va_store->st_vp[i];
		if (vp == NULL)
			return (1);
		vn_lock(vp, LK_SHARED | LK_RETRY);
		lost |= (vp->v_flag & VRECLAIMED) ||
		    VOP_GETATTR(vp, &vat) != 0 || vat.va_nlink == 0;
		vn_unlock(vp);
	}
	return (lost);
}

void
vq_store_save(struct vqacct *va)
{
	int error;

	if (va->va_saved == va->va_changes && va->va_store != NULL &&
	    va->va_savedused == (u_long)vq_total(va))
		return;
	if (vq_store_lost(va)) {
		vq_close(va);
		error = vq_open(va, 1);
		if (error) {
			va->va_saved = va->va_changes;
			vq_close(va);
			kprintf("quota: counters of %s cannot be saved: "
			    "error %d\n", va->va_mp->mnt_stat.f_mntonname,
			    error);
			return;
		}
	}
	vq_save(va, 0);
}

void
vq_store_close(struct vqacct *va)
{
	struct vqstore *st = va->va_store;
	struct mount *mp = va->va_real->va_mp;
	struct vnode *dir;

	if (st != NULL && st->st_vp[0] != NULL && st->st_vp[1] != NULL &&
	    mp != NULL && (mp->mnt_flag & MNT_RDONLY) == 0)
		vq_save(va, (va->va_flags & VQF_WANTSCAN) == 0);
	vq_close(va);
	dir = va->va_storedir;
	va->va_storedir = NULL;
	if (dir != NULL)
		vrele(dir);
}
