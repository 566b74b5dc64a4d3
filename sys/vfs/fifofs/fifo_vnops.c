/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Named pipes.
 *
 * While a fifo is open its vnode has a struct fifoinfo: a ring of bytes and
 * the numbers of readers and writers.  It is made at the first open and goes
 * with the last close.  Opening for reading waits for a writer and the other
 * way round, except with O_NONBLOCK.  Writes of up to PIPE_BUF bytes are
 * atomic.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filio.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/unistd.h>
#include <sys/vnode.h>

#define FIFO_SIZE	16384

static MALLOC_DEFINE(M_FIFO, "fifo", "named pipes");

/* All under fi_lock. */
struct fifoinfo {
	struct lock	fi_lock;
	int		fi_readers;
	int		fi_writers;
	u_int		fi_rgen;	/* readers there ever were */
	u_int		fi_wgen;	/* writers there ever were */
	u_int		fi_head;	/* first byte in the ring */
	u_int		fi_count;	/* bytes in the ring */
	struct kqinfo	fi_rkq;		/* waiting to read */
	struct kqinfo	fi_wkq;		/* waiting to write */
	char		fi_buf[FIFO_SIZE];
};

#define FIFO_LOCK(fi)	lockmgr(&(fi)->fi_lock, LK_EXCLUSIVE)
#define FIFO_UNLOCK(fi)	lockmgr(&(fi)->fi_lock, LK_RELEASE)

/* Sleep until something changes; the lock is dropped meanwhile. */
static int
fifo_sleep(struct fifoinfo *fi, void *ident, const char *wmesg)
{
	return (lksleep(ident, &fi->fi_lock, PCATCH, wmesg, 0));
}

static void
fifo_wake(struct fifoinfo *fi)
{
	wakeup(&fi->fi_readers);
	wakeup(&fi->fi_writers);
	KNOTE(&fi->fi_rkq.ki_note, 0);
	KNOTE(&fi->fi_wkq.ki_note, 0);
}

/* Drop what this open counted; the last one frees. The vnode is locked. */
static void
fifo_drop(struct vnode *vp, int mode)
{
	struct fifoinfo *fi = vp->v_fifoinfo;

	FIFO_LOCK(fi);
	if (mode & FREAD)
		fi->fi_readers--;
	if (mode & FWRITE)
		fi->fi_writers--;
	if (fi->fi_readers == 0 && fi->fi_writers == 0) {
		vp->v_fifoinfo = NULL;
		FIFO_UNLOCK(fi);
		lockuninit(&fi->fi_lock);
		kfree(fi, M_FIFO);
		return;
	}
	fifo_wake(fi);
	FIFO_UNLOCK(fi);
}

/* Wait for the other side of an open in mode. */
static int
fifo_wait_peer(struct fifoinfo *fi, int mode, u_int rgen, u_int wgen)
{
	int error = 0;

	while (error == 0) {
		if ((mode & FREAD) && (fi->fi_writers > 0 ||
		    fi->fi_wgen != wgen))
			break;
		if ((mode & FWRITE) && (fi->fi_readers > 0 ||
		    fi->fi_rgen != rgen))
			break;
		error = fifo_sleep(fi, (mode & FREAD) ? &fi->fi_readers :
		    &fi->fi_writers, "fifoo");
	}
	return (error);
}

int
fifo_open(struct vop_open_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct fifoinfo *fi;
	int mode = ap->a_mode, error = 0, shared;
	u_int rgen, wgen;

	/* Making the fifoinfo needs the vnode exclusively. */
	shared = (vn_islocked(vp) != LK_EXCLUSIVE);
	if (shared) {
		vn_unlock(vp);
		vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
		if (vp->v_flag & VRECLAIMED)
			return (ENXIO);
	}
	fi = vp->v_fifoinfo;
	if (fi == NULL) {
		fi = kmalloc(sizeof(*fi), M_FIFO, M_WAITOK | M_ZERO);
		lockinit(&fi->fi_lock, "fifo", 0, 0);
		vp->v_fifoinfo = fi;
	}
	vsetflags(vp, VNOTSEEKABLE);
	FIFO_LOCK(fi);
	if ((mode & (FREAD | FWRITE | O_NONBLOCK)) == (FWRITE | O_NONBLOCK) &&
	    fi->fi_readers == 0) {
		if (fi->fi_writers == 0) {
			vp->v_fifoinfo = NULL;
			FIFO_UNLOCK(fi);
			lockuninit(&fi->fi_lock);
			kfree(fi, M_FIFO);
		} else {
			FIFO_UNLOCK(fi);
		}
		return (ENXIO);
	}
	rgen = fi->fi_rgen;
	wgen = fi->fi_wgen;
	if (mode & FREAD) {
		fi->fi_readers++;
		fi->fi_rgen++;
	}
	if (mode & FWRITE) {
		fi->fi_writers++;
		fi->fi_wgen++;
	}
	fifo_wake(fi);
	if ((mode & O_NONBLOCK) == 0 &&
	    (mode & (FREAD | FWRITE)) != (FREAD | FWRITE)) {
		vn_unlock(vp);
		error = fifo_wait_peer(fi, mode, rgen, wgen);
		FIFO_UNLOCK(fi);
		vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	} else {
		FIFO_UNLOCK(fi);
	}
	if (error) {
		fifo_drop(vp, mode);
		return (error);
	}
	return (vop_stdopen(ap));
}

int
fifo_close(struct vop_close_args *ap)
{
	struct vnode *vp = ap->a_vp;

	if (vp->v_fifoinfo != NULL && vp->v_opencount > 0)
		fifo_drop(vp, ap->a_fflag);
	return (vop_stdclose(ap));
}

/* Open files keep the fifoinfo, so no vnode lock is needed for I/O. */
int
fifo_read(struct vop_read_args *ap)
{
	struct fifoinfo *fi = ap->a_vp->v_fifoinfo;
	struct uio *uio = ap->a_uio;
	int error = 0, n, moved = 0;

	if (fi == NULL)
		return (EBADF);
	FIFO_LOCK(fi);
	while (uio->uio_resid > 0) {
		if (fi->fi_count > 0) {
			n = MIN(fi->fi_count, FIFO_SIZE - fi->fi_head);
			n = MIN(n, uio->uio_resid);
			error = uiomove(fi->fi_buf + fi->fi_head, n, uio);
			if (error)
				break;
			fi->fi_head = (fi->fi_head + n) % FIFO_SIZE;
			fi->fi_count -= n;
			moved = 1;
			continue;
		}
		if (moved || fi->fi_writers == 0)
			break;
		if (ap->a_ioflag & IO_NDELAY) {
			error = EAGAIN;
			break;
		}
		error = fifo_sleep(fi, &fi->fi_readers, "fifor");
		if (error)
			break;
	}
	if (moved)
		fifo_wake(fi);
	FIFO_UNLOCK(fi);
	return (error);
}

int
fifo_write(struct vop_write_args *ap)
{
	struct fifoinfo *fi = ap->a_vp->v_fifoinfo;
	struct uio *uio = ap->a_uio;
	size_t orig = uio->uio_resid, need, space, tail, n;
	int error = 0;

	if (fi == NULL)
		return (EBADF);
	FIFO_LOCK(fi);
	need = orig <= PIPE_BUF ? orig : 1;
	while (uio->uio_resid > 0) {
		if (fi->fi_readers == 0) {
			error = EPIPE;
			break;
		}
		space = FIFO_SIZE - fi->fi_count;
		if (space < need) {
			if (ap->a_ioflag & IO_NDELAY) {
				error = uio->uio_resid == orig ? EAGAIN : 0;
				break;
			}
			error = fifo_sleep(fi, &fi->fi_writers, "fifow");
			if (error)
				break;
			continue;
		}
		tail = (fi->fi_head + fi->fi_count) % FIFO_SIZE;
		n = MIN(space, FIFO_SIZE - tail);
		n = MIN(n, uio->uio_resid);
		error = uiomove(fi->fi_buf + tail, n, uio);
		if (error)
			break;
		fi->fi_count += n;
		need = 1;
		fifo_wake(fi);
	}
	FIFO_UNLOCK(fi);
	if (error == EPIPE && curthread->td_lwp != NULL)
		lwpsignal(curproc, curthread->td_lwp, SIGPIPE);
	return (error);
}

int
fifo_ioctl(struct vop_ioctl_args *ap)
{
	struct fifoinfo *fi = ap->a_vp->v_fifoinfo;

	switch (ap->a_command) {
	case FIONBIO:
	case FIOASYNC:
		return (0);
	case FIONREAD:
		*(int *)ap->a_data = fi != NULL ? fi->fi_count : 0;
		return (0);
	default:
		return (ENOTTY);
	}
}

static void
filt_fifo_rdetach(struct knote *kn)
{
	struct fifoinfo *fi = ((struct vnode *)kn->kn_hook)->v_fifoinfo;

	if (fi != NULL)
		knote_remove(&fi->fi_rkq.ki_note, kn);
}

static void
filt_fifo_wdetach(struct knote *kn)
{
	struct fifoinfo *fi = ((struct vnode *)kn->kn_hook)->v_fifoinfo;

	if (fi != NULL)
		knote_remove(&fi->fi_wkq.ki_note, kn);
}

static int
filt_fiforead(struct knote *kn, long hint)
{
	struct fifoinfo *fi = ((struct vnode *)kn->kn_hook)->v_fifoinfo;

	if (fi == NULL)
		return (1);
	kn->kn_data = fi->fi_count;
	/* Before the first writer there is no end of file yet. */
	if (fi->fi_writers == 0 && fi->fi_wgen != 0) {
		kn->kn_flags |= EV_EOF;
		if (fi->fi_count == 0)
			kn->kn_flags |= EV_NODATA;
		return (1);
	}
	kn->kn_flags &= ~(EV_EOF | EV_NODATA);
	return (kn->kn_data > 0);
}

static int
filt_fifowrite(struct knote *kn, long hint)
{
	struct fifoinfo *fi = ((struct vnode *)kn->kn_hook)->v_fifoinfo;

	if (fi == NULL)
		return (1);
	kn->kn_data = FIFO_SIZE - fi->fi_count;
	if (fi->fi_readers == 0) {
		kn->kn_flags |= EV_EOF;
		return (1);
	}
	kn->kn_flags &= ~EV_EOF;
	return (kn->kn_data >= PIPE_BUF);
}

static struct filterops fiforead_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = filt_fifo_rdetach,
	.f_event = filt_fiforead
};
static struct filterops fifowrite_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = filt_fifo_wdetach,
	.f_event = filt_fifowrite
};

int
fifo_kqfilter(struct vop_kqfilter_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct fifoinfo *fi = vp->v_fifoinfo;
	struct knote *kn = ap->a_kn;

	if (kn->kn_filter == EVFILT_VNODE)
		return (vop_stdkqfilter(ap));
	if (fi == NULL)
		return (EBADF);
	kn->kn_hook = (caddr_t)vp;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &fiforead_filtops;
		knote_insert(&fi->fi_rkq.ki_note, kn);
		return (0);
	case EVFILT_WRITE:
		kn->kn_fop = &fifowrite_filtops;
		knote_insert(&fi->fi_wkq.ki_note, kn);
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

int
fifo_pathconf(struct vop_pathconf_args *ap)
{
	return (vop_stdpathconf(ap));
}
