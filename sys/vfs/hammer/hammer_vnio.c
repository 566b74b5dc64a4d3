/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: file data between pages and records.
 *
 * A file's data is cached in the pages of its vnode's object and nowhere
 * else.  Reading fills pages from records; writing dirties pages, and
 * hammer_putpages() makes records of the blocks they lie in, with the other
 * pages of the block, or the record there was, for the rest.
 */
#include "hammer_vnode.h"
#include <sys/buf.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

#define WRITE_BEHIND	(8 * 1024 * 1024)	/* dirty bytes of a file */

/*
 * Pages from records.  The first is wanted, the others are read along.
 */
int
hammer_getpages(struct vop_getpages_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);
	struct vm_page **ma = ap->a_m;
	int total = ap->a_count >> PAGE_SHIFT, n, i, done = 0, error = 0;
	off_t off = ap->a_offset, size;
	char *tmp;

	KKASSERT(ap->a_reqpage == 0);
	tmp = hammer_ioalloc(HAMMER_XBUFSIZE);
	size = ip->i_data.size;
	while (done < total && error == 0) {
		n = MIN(total - done, HAMMER_XBUFSIZE / PAGE_SIZE);
		if (off >= ip->i_datasize)
			bzero(tmp, n * PAGE_SIZE);
		else
			error = hammer_file_read(ip, off, tmp, n * PAGE_SIZE);
		if (error)
			break;
		if (off + n * PAGE_SIZE > size)
			bzero(tmp + MAX(size - off, 0), n * PAGE_SIZE -
			    MAX(size - off, 0));
		for (i = 0; i < n; i++) {
			bcopy(tmp + i * PAGE_SIZE,
			    (char *)VM_PAGE_TO_DMAP(ma[done + i]), PAGE_SIZE);
			vm_page_set_valid(ma[done + i], 0, PAGE_SIZE);
			vm_page_undirty(ma[done + i]);
		}
		done += n;
		off += n * PAGE_SIZE;
	}
	hammer_iofree(tmp, HAMMER_XBUFSIZE);
	for (i = 1; i < total; i++) {
		if (i >= done) {
			vm_page_free(ma[i]);
		} else {
			vm_page_deactivate(ma[i]);
			vm_page_wakeup(ma[i]);
		}
	}
	return (done > 0 ? VM_PAGER_OK : VM_PAGER_ERROR);
}

/*
 * The block at base as it shall be recorded.  Pages [first, first + n) are
 * given; other pages of the block if they are cached; else the record.
 */
static int
gather_block(struct vnode *vp, off_t base, struct vm_page **ma,
    vm_pindex_t first, int n, char *block)
{
	struct hammer_inode *ip = VTOI(vp);
	vm_pindex_t idx, beg = base >> PAGE_SHIFT;
	int blen = hammer_blocksize(base), i, have = 0, error = 0;
	int npages = blen / PAGE_SIZE;
	off_t size = ip->i_data.size;
	struct vm_page *m;

	for (i = 0; i < npages; i++) {
		idx = beg + i;
		if ((idx >= first && idx < first + n) ||
		    ((off_t)idx << PAGE_SHIFT) >= size)
			have++;
	}
	if (have < npages && base < ip->i_datasize)
		error = hammer_file_read(ip, base, block, blen);
	else
		bzero(block, blen);
	for (i = 0; i < npages && error == 0; i++) {
		idx = beg + i;
		if (idx >= first && idx < first + n) {
			bcopy((char *)VM_PAGE_TO_DMAP(ma[idx - first]),
			    block + i * PAGE_SIZE, PAGE_SIZE);
			continue;
		}
		m = vm_object_wire_valid(vp->v_object, idx, 0, PAGE_SIZE);
		if (m != NULL) {
			bcopy((char *)VM_PAGE_TO_DMAP(m),
			    block + i * PAGE_SIZE, PAGE_SIZE);
			vm_page_unhold(m);
		}
	}
	if (base + blen > size && size > base)
		bzero(block + (size - base), blen - (size - base));
	return (error);
}

int
hammer_putpages(struct vop_putpages_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct hammer_inode *ip = VTOI(vp);
	int total = ap->a_count >> PAGE_SHIFT, i, len, error = 0;
	vm_pindex_t first = ap->a_offset >> PAGE_SHIFT;
	off_t off = ap->a_offset, end = ap->a_offset + ap->a_count, base;
	char *block;

	if (ip == NULL || hammer_inode_ronly(ip))
		return (EROFS);
	block = hammer_ioalloc(HAMMER_XBUFSIZE);
	/* One at a time: two must not gather each other's old pages. */
	hammer_lock_ex(&ip->i_iolock);
	while (off < end && error == 0) {
		base = hammer_blockbase(off);
		if (base >= (off_t)ip->i_data.size || ip->i_gone)
			break;
		error = gather_block(vp, base, ap->a_m, first, total, block);
		len = hammer_file_blocklen(ip, base);
		if (error == 0 && len > 0)
			error = hammer_file_write_block(ip, base, block, len);
		if (error == 0 && ip->i_datasize < base + len)
			ip->i_datasize = base + len;
		off = base + hammer_blocksize(base);
	}
	hammer_unlock(&ip->i_iolock);
	hammer_iofree(block, HAMMER_XBUFSIZE);
	for (i = 0; i < total; i++)
		ap->a_rtvals[i] = error ? VM_PAGER_ERROR : VM_PAGER_OK;
	if (error) {
		ip->i_ioerror = error;
		kprintf("HAMMER: writing object %016jx: error %d\n",
		    (uintmax_t)ip->i_obj_id, error);
	}
	return (error);
}

/*
 * Reservations for data that has no space yet.
 */
static void
reserve(struct hammer_inode *ip, long n)
{
	hammer_lock_ex(&ip->i_hmp->hm_lock);
	ip->i_rsv += n;
	ip->i_hmp->hm_rsv_bytes += n;
	hammer_unlock(&ip->i_hmp->hm_lock);
}

void
hammer_vn_unreserve(struct hammer_inode *ip)
{
	reserve(ip, -ip->i_rsv);
}

int
hammer_vn_clean(struct vnode *vp)
{
	struct hammer_inode *ip = VTOI(vp);
	int error;

	if (vp->v_object == NULL || vp->v_type != VREG)
		return (0);
	vclrflags(vp, VOBJDIRTY);
	vm_object_page_clean(vp->v_object, 0, 0, OBJPC_SYNC);
	hammer_vn_unreserve(ip);
	/* Whoever asks for the data to be safe hears that they are not. */
	error = ip->i_ioerror;
	ip->i_ioerror = 0;
	return (ip->i_hmp->hm_error ? EIO : error);
}

static void
set_times(struct hammer_inode *ip, int grew, int nosuid)
{
	hammer_lock_ex(&ip->i_lock);
	ip->i_data.mtime = hammer_time_us();
	if (nosuid && (ip->i_data.mode & (S_ISUID | S_ISGID))) {
		ip->i_data.mode &= ~(S_ISUID | S_ISGID);
		grew = 1;
	}
	hammer_unlock(&ip->i_lock);
	hammer_inode_dirty(ip, grew ? HID_DATA : HID_MTIME);
}

static void
set_size(struct vnode *vp, off_t size)
{
	struct hammer_inode *ip = VTOI(vp);

	hammer_lock_ex(&ip->i_lock);
	ip->i_data.size = size;
	hammer_unlock(&ip->i_lock);
	vnode_pager_setsize(vp, size);
}

/* One piece of a write: at most 1 MB. */
static int
write_piece(struct vnode *vp, struct uio *uio, size_t n)
{
	struct hammer_inode *ip = VTOI(vp);
	off_t old = ip->i_data.size, off = uio->uio_offset;
	size_t before = uio->uio_resid;
	int error;

	error = hammer_room(ip->i_hmp, HAMMER_CHKSPC_WRITE);
	if (error)
		return (error);
	if (off + (off_t)n > old)
		set_size(vp, off + n);
	error = vm_object_uiomove(vp->v_object, off, n, uio, 0);
	reserve(ip, before - uio->uio_resid);
	/* Keep what was written, and no more. */
	if (error && ip->i_data.size > (uint64_t)old)
		set_size(vp, MAX(old, uio->uio_offset));
	return (error);
}

int
hammer_vn_write(struct vnode *vp, struct uio *uio, int ioflag,
    struct ucred *cred)
{
	struct hammer_inode *ip = VTOI(vp);
	struct lwp *lp = uio->uio_td != NULL ? uio->uio_td->td_lwp : NULL;
	off_t osize = ip->i_data.size;
	size_t resid = uio->uio_resid;
	int error = 0;

	if (hammer_inode_ronly(ip))
		return (EROFS);
	if (resid == 0)
		return (0);
	if (ioflag & IO_APPEND)
		uio->uio_offset = osize;
	if (uio->uio_offset < 0 ||
	    resid > (size_t)(HAMMER_MAX_KEY - HAMMER_XBUFSIZE -
	    uio->uio_offset))
		return (EFBIG);
	if (lp != NULL && (rlim_t)(uio->uio_offset + resid) >
	    lp->lwp_proc->p_rlimit[RLIMIT_FSIZE].rlim_cur) {
		lwpsignal(lp->lwp_proc, lp, SIGXFSZ);
		return (EFBIG);
	}
	while (uio->uio_resid > 0 && error == 0) {
		error = write_piece(vp, uio, MIN(uio->uio_resid, 1 << 20));
		if (error == 0 && ip->i_rsv >= WRITE_BEHIND)
			error = hammer_vn_clean(vp);
	}
	if (uio->uio_resid != resid) {
		set_times(ip, ip->i_data.size != (uint64_t)osize,
		    cred != NULL && cred != FSCRED && cred->cr_uid != 0);
		vsetobjdirty(vp);
		VN_KNOTE(vp, NOTE_WRITE | (ip->i_data.size >
		    (uint64_t)osize ? NOTE_EXTEND : 0));
	}
	if (error == 0 && (ioflag & IO_SYNC))
		error = hammer_vn_sync(vp, MNT_WAIT);
	return (error);
}

int
hammer_vn_sync(struct vnode *vp, int waitfor)
{
	struct hammer_inode *ip = VTOI(vp);
	int error;

	error = hammer_vn_clean(vp);
	if (error || waitfor != MNT_WAIT)
		return (error);
	hammer_stat[HST_FSYNCS]++;
	return (hammer_flush_commit(ip->i_hmp, hammer_inode_cycle(ip)));
}

/*
 * A new size.  Shrinking within a block records the block anew, with zeros
 * after the end, together with the size.
 */
int
hammer_vn_resize(struct vnode *vp, off_t size)
{
	struct hammer_inode *ip = VTOI(vp);
	off_t old = ip->i_data.size, base = hammer_blockbase(size);
	char *block = NULL;
	int error = 0;

	if (size < 0 || size > HAMMER_MAX_KEY - HAMMER_XBUFSIZE)
		return (size < 0 ? EINVAL : EFBIG);
	if (hammer_inode_ronly(ip))
		return (EROFS);
	if (size > old) {
		set_size(vp, size);
	} else if (size < old) {
		if (size != base) {
			block = hammer_ioalloc(HAMMER_XBUFSIZE);
			hammer_lock_ex(&ip->i_iolock);
			error = gather_block(vp, base, NULL, 0, 0, block);
			hammer_unlock(&ip->i_iolock);
			if (error == 0)
				bzero(block + (size - base),
				    HAMMER_XBUFSIZE - (size - base));
		}
		if (error == 0) {
			vnode_pager_setsize(vp, size);
			hammer_lock_ex(&ip->i_iolock);
			error = hammer_file_shrink(ip, size, block);
			hammer_unlock(&ip->i_iolock);
			if (ip->i_datasize > base + HAMMER_XBUFSIZE)
				ip->i_datasize = base + HAMMER_XBUFSIZE;
			if (error)
				vnode_pager_setsize(vp, ip->i_data.size);
		}
		if (block != NULL)
			hammer_iofree(block, HAMMER_XBUFSIZE);
	}
	if (error == 0)
		set_times(ip, 1, 0);
	return (error);
}
