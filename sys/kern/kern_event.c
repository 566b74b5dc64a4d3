/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kqueue(2).
 *
 * A kqueue's notes, and everything marked (q) in <sys/event.h>, are under
 * the kqueue's token; a source's list of notes is under the source's.  Both
 * tokens come from the pool, by address.
 *
 * A note being looked at is KN_PROCESSING, which keeps it from being freed
 * while its filter runs or tokens are lost: whoever wants it too waits, or,
 * for an event, leaves KN_REPROCESS behind.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_KQUEUE, "kqueue", "kqueues and their notes");

#define KQ_NEVENTS	16	/* records copied at a time */
#define KN_HASHMIN	64	/* buckets of a kqueue, a power of 2 */

static void	knote_drop(struct knote *kn);
static struct knote *kqueue_find(struct kqueue *kq, struct kevent *kev,
		    struct file *fp);

static __inline u_long
kn_hash(uintptr_t ident, int filter)
{
	return (ident ^ (ident >> 8) ^ (u_long)(-filter * 37));
}

static __inline lwkt_token_t
source_token(struct klist *list)
{
	return (lwkt_token_pool_lookup(list));
}

void
kqueue_init(struct kqueue *kq, struct filedesc *fdp)
{
	bzero(kq, sizeof(*kq));
	TAILQ_INIT(&kq->kq_knpend);
	TAILQ_INIT(&kq->kq_knlist);
	kq->kq_fdp = fdp;
	kq->kq_token = lwkt_token_pool_lookup(kq);
	lwkt_getpooltoken(fdp);
	LIST_INSERT_HEAD(&fdp->fd_kqueues, kq, kq_fdlink);
	lwkt_relpooltoken(fdp);
}

/*
 * Make the note ours.  Nonzero if it went away instead; the token may have
 * been lost meanwhile.
 */
static int
knote_acquire(struct knote *kn)
{
	if (kn->kn_status & KN_PROCESSING) {
		kn->kn_status |= KN_WAITING | KN_REPROCESS;
		tsleep(kn, 0, "kqepts", hz);
		/* It may be free now. */
		return (1);
	}
	kn->kn_status |= KN_PROCESSING;
	return (0);
}

static void
knote_enqueue(struct knote *kn)
{
	struct kqueue *kq = kn->kn_kq;

	TAILQ_INSERT_TAIL(&kq->kq_knpend, kn, kn_tqe);
	kn->kn_status |= KN_QUEUED;
	kq->kq_count++;
}

static void
knote_dequeue(struct knote *kn)
{
	struct kqueue *kq = kn->kn_kq;

	TAILQ_REMOVE(&kq->kq_knpend, kn, kn_tqe);
	kn->kn_status &= ~KN_QUEUED;
	kq->kq_count--;
}

static void
kqueue_wakeup(struct kqueue *kq)
{
	if (kq->kq_sleep_cnt) {
		if (kq->kq_sleep_cnt == 1) {
			kq->kq_sleep_cnt = 0;
			wakeup_one(kq);
		} else {
			kq->kq_sleep_cnt = 0;
			wakeup(kq);
		}
	}
	KNOTE(&kq->kq_kqinfo.ki_note, 0);
}

static void
knote_activate(struct knote *kn)
{
	kn->kn_status |= KN_ACTIVE;
	if ((kn->kn_status & (KN_QUEUED | KN_DISABLED)) == 0) {
		knote_enqueue(kn);
		kqueue_wakeup(kn->kn_kq);
	}
}

/*
 * Done with a note.  Events that came meanwhile are looked at now.  Returns
 * nonzero if the note had to be deleted.
 */
static int
knote_release(struct knote *kn)
{
	while (kn->kn_status & KN_REPROCESS) {
		kn->kn_status &= ~KN_REPROCESS;
		if (kn->kn_status & KN_WAITING) {
			kn->kn_status &= ~KN_WAITING;
			wakeup(kn);
		}
		if (kn->kn_status & KN_DELETING) {
			knote_drop(kn);
			return (1);
		}
		if ((kn->kn_status & KN_DETACHED) == 0 &&
		    kn->kn_fop->f_event(kn, 0))
			knote_activate(kn);
	}
	if (kn->kn_status & KN_DELETING) {
		knote_drop(kn);
		return (1);
	}
	kn->kn_status &= ~KN_PROCESSING;
	return (0);
}

/* The note is ours, or unattached: free it. */
static void
knote_drop(struct knote *kn)
{
	struct kqueue *kq = kn->kn_kq;
	struct klist *list;

	if ((kn->kn_status & KN_DETACHED) == 0) {
		kn->kn_status |= KN_DETACHED;
		kn->kn_fop->f_detach(kn);
	}
	list = &kq->kq_hash[kn_hash(kn->kn_id, kn->kn_filter) &
	    kq->kq_hashmask];
	SLIST_REMOVE(list, kn, knote, kn_link);
	TAILQ_REMOVE(&kq->kq_knlist, kn, kn_kqlink);
	kq->kq_nnotes--;
	if (kn->kn_status & KN_QUEUED)
		knote_dequeue(kn);
	if (kn->kn_status & KN_WAITING)
		wakeup(kn);
	if ((kn->kn_fop->f_flags & FILTEROP_ISFD) && kn->kn_fp != NULL)
		fdrop(kn->kn_fp);
	kfree(kn, M_KQUEUE);
}

/* All notes. */
static void
kqueue_drop_all(struct kqueue *kq)
{
	struct knote *kn;

	lwkt_gettoken(kq->kq_token);
	while ((kn = TAILQ_FIRST(&kq->kq_knlist)) != NULL) {
		if (knote_acquire(kn) == 0)
			knote_drop(kn);
	}
	lwkt_reltoken(kq->kq_token);
}

/* Those about file fp as descriptor fd. */
static void
kqueue_drop_fd(struct kqueue *kq, struct file *fp, int fd)
{
	static const short filters[] = {
		EVFILT_READ, EVFILT_WRITE, EVFILT_EXCEPT, EVFILT_VNODE
	};
	struct kevent kev = { .ident = fd };
	struct knote *kn;
	int i;

	lwkt_gettoken(kq->kq_token);
	for (i = 0; i < nitems(filters); i++) {
		kev.filter = filters[i];
		while ((kn = kqueue_find(kq, &kev, fp)) != NULL) {
			if (knote_acquire(kn) == 0)
				knote_drop(kn);
		}
	}
	lwkt_reltoken(kq->kq_token);
}

void
kqueue_terminate(struct kqueue *kq)
{
	lwkt_token_t tok = lwkt_token_pool_lookup(kq->kq_fdp);

	/* A close of a descriptor may be looking at us. */
	lwkt_gettoken(tok);
	while (kq->kq_holds)
		tsleep(&kq->kq_holds, 0, "kqhold", 0);
	LIST_REMOVE(kq, kq_fdlink);
	lwkt_reltoken(tok);
	kqueue_drop_all(kq);
	if (kq->kq_hash != NULL)
		kfree(kq->kq_hash, M_KQUEUE);
	kq->kq_hash = NULL;
	kq->kq_fdp = NULL;
}

/* The number of buckets follows that of the notes. */
static void
kqueue_rehash(struct kqueue *kq)
{
	struct klist *nhash, *ohash;
	struct knote *kn;
	u_long size;

	size = kq->kq_hash == NULL ? KN_HASHMIN : (kq->kq_hashmask + 1) * 4;
	nhash = kmalloc(size * sizeof(*nhash), M_KQUEUE, M_WAITOK | M_ZERO);
	ohash = kq->kq_hash;
	kq->kq_hash = nhash;
	kq->kq_hashmask = size - 1;
	TAILQ_FOREACH(kn, &kq->kq_knlist, kn_kqlink) {
		SLIST_INSERT_HEAD(&nhash[kn_hash(kn->kn_id, kn->kn_filter) &
		    kq->kq_hashmask], kn, kn_link);
	}
	if (ohash != NULL)
		kfree(ohash, M_KQUEUE);
}

static struct knote *
kqueue_find(struct kqueue *kq, struct kevent *kev, struct file *fp)
{
	struct knote *kn;

	if (kq->kq_hash == NULL)
		return (NULL);
	SLIST_FOREACH(kn, &kq->kq_hash[kn_hash(kev->ident, kev->filter) &
	    kq->kq_hashmask], kn_link) {
		if (kn->kn_id == kev->ident && kn->kn_filter == kev->filter &&
		    (fp == NULL || kn->kn_fp == fp))
			break;
	}
	return (kn);
}

/* A new note for kev; the reference to fp becomes the note's. */
static int
kqueue_add(struct kqueue *kq, struct kevent *kev, struct file *fp,
    struct filterops *fops)
{
	struct knote *kn;
	int error;

	kn = kmalloc(sizeof(*kn), M_KQUEUE, M_WAITOK | M_ZERO);
	if (kq->kq_hash == NULL || kq->kq_nnotes > 2 * (kq->kq_hashmask + 1))
		kqueue_rehash(kq);
	if (kqueue_find(kq, kev, fp) != NULL) {
		kfree(kn, M_KQUEUE);
		return (EAGAIN);	/* another thread was faster */
	}
	kn->kn_kq = kq;
	kn->kn_fop = fops;
	kn->kn_fp = fp;
	kn->kn_kevent = *kev;
	kn->kn_sfflags = kev->fflags;
	kn->kn_sdata = kev->data;
	kn->kn_fflags = 0;
	kn->kn_data = 0;
	kn->kn_flags &= ~(EV_ADD | EV_DELETE | EV_ENABLE | EV_RECEIPT);
	if (kev->flags & EV_DISABLE)
		kn->kn_status |= KN_DISABLED;
	kn->kn_flags &= ~EV_DISABLE;
	kn->kn_status |= KN_PROCESSING | KN_DETACHED;
	SLIST_INSERT_HEAD(&kq->kq_hash[kn_hash(kev->ident, kev->filter) &
	    kq->kq_hashmask], kn, kn_link);
	TAILQ_INSERT_TAIL(&kq->kq_knlist, kn, kn_kqlink);
	kq->kq_nnotes++;

	kn->kn_status &= ~KN_DETACHED;
	if (fops->f_flags & FILTEROP_ISFD)
		error = fo_kqfilter(fp, kn);
	else
		error = fops->f_attach(kn);
	if (error) {
		kn->kn_status |= KN_DETACHED;
		/* The caller still counts its reference as its own. */
		if (fp != NULL)
			fhold(fp);
		kn->kn_fop = fops;
		knote_drop(kn);
		return (error);
	}
	if ((kn->kn_status & KN_DELETING) == 0 && kn->kn_fop->f_event(kn, 0))
		knote_activate(kn);
	knote_release(kn);
	return (0);
}

/* A change of an existing note, which is ours. */
static void
kqueue_modify(struct kqueue *kq, struct knote *kn, struct kevent *kev)
{
	if (kev->flags & EV_DELETE) {
		knote_drop(kn);
		return;
	}
	if (kn->kn_fop == &user_filtops) {
		filt_usertouch(kn, kev);
	} else {
		kn->kn_sfflags = kev->fflags;
		kn->kn_sdata = kev->data;
		kn->kn_kevent.udata = kev->udata;
		if (kn->kn_fop == &timer_filtops && (kev->flags & EV_ADD))
			filt_timertouch(kn);
	}
	if (kev->flags & EV_DISABLE)
		kn->kn_status |= KN_DISABLED;
	if (kev->flags & EV_ENABLE) {
		kn->kn_status &= ~KN_DISABLED;
		if ((kn->kn_status & (KN_ACTIVE | KN_QUEUED)) == KN_ACTIVE) {
			knote_enqueue(kn);
			kqueue_wakeup(kq);
		}
	}
	if ((kn->kn_status & KN_DETACHED) == 0 && kn->kn_fop->f_event(kn, 0))
		knote_activate(kn);
	knote_release(kn);
}

int
kqueue_register(struct kqueue *kq, struct kevent *kev, int *countp,
    int flags)
{
	struct filterops *fops;
	struct file *fp = NULL;
	struct knote *kn;
	int error = 0;

	fops = kqueue_filterops(kev->filter);
	if (fops == NULL)
		return (EINVAL);
	if (fops->f_flags & FILTEROP_ISFD) {
		fp = holdfp_fdp(kq->kq_fdp, kev->ident, -1);
		if (fp == NULL)
			return (EBADF);
	}
	lwkt_gettoken(kq->kq_token);
again:
	kn = kqueue_find(kq, kev, fp);
	if (kn == NULL) {
		if ((kev->flags & EV_ADD) == 0) {
			error = ENOENT;
			goto out;
		}
		error = kqueue_add(kq, kev, fp, fops);
		if (error == EAGAIN)
			goto again;
		if (error == 0) {
			fp = NULL;	/* the note's */
			if (countp != NULL)
				++*countp;
		}
		goto out;
	}
	if (knote_acquire(kn))
		goto again;
	if ((kev->flags & EV_DELETE) && countp != NULL)
		--*countp;
	kqueue_modify(kq, kn, kev);
out:
	lwkt_reltoken(kq->kq_token);
	if (fp != NULL)
		fdrop(fp);
	return (error);
}

/*
 * Take up to count ready notes off the queue and into kevp.  Notes that stay
 * active (level triggered) go to the end of it, behind the marker.
 */
static int
kqueue_scan(struct kqueue *kq, struct kevent *kevp, int count,
    struct knote *marker)
{
	struct knote *kn;
	int total = 0;

	while (count > 0) {
		kn = TAILQ_FIRST(&kq->kq_knpend);
		if (kn == NULL || kn == marker)
			break;
		if (kn->kn_filter == EVFILT_MARKER) {
			/* Another scan's: leave it in front, step over. */
			kn = TAILQ_NEXT(kn, kn_tqe);
			while (kn != NULL && kn != marker &&
			    kn->kn_filter == EVFILT_MARKER)
				kn = TAILQ_NEXT(kn, kn_tqe);
			if (kn == NULL || kn == marker)
				break;
		}
		if (knote_acquire(kn))
			continue;
		knote_dequeue(kn);
		if (kn->kn_status & KN_DISABLED) {
			knote_release(kn);
			continue;
		}
		/* A level may have gone by now. */
		if ((kn->kn_flags & EV_ONESHOT) == 0 &&
		    (kn->kn_status & (KN_DETACHED | KN_DELETING)) == 0 &&
		    kn->kn_fop->f_event(kn, 0) == 0) {
			kn->kn_status &= ~KN_ACTIVE;
			knote_release(kn);
			continue;
		}
		if (kn->kn_status & KN_DELETING) {
			knote_release(kn);
			continue;
		}
		*kevp++ = kn->kn_kevent;
		total++;
		count--;
		if (kn->kn_flags & EV_ONESHOT) {
			knote_drop(kn);
			continue;
		}
		if (kn->kn_flags & (EV_CLEAR | EV_DISPATCH)) {
			if (kn->kn_flags & EV_CLEAR) {
				kn->kn_data = 0;
				kn->kn_fflags = 0;
			}
			if (kn->kn_flags & EV_DISPATCH)
				kn->kn_status |= KN_DISABLED;
			kn->kn_status &= ~KN_ACTIVE;
		} else {
			knote_enqueue(kn);
		}
		knote_release(kn);
	}
	return (total);
}

/* Ticks until *end; 0 if it has passed. */
static int
kevent_ticks_left(struct timespec *end)
{
	struct timespec now, left;

	nanouptime(&now);
	if (timespeccmp(&now, end, >=))
		return (0);
	timespecsub(end, &now, &left);
	return (tstohz_high(&left));
}

static int
kevent_wait(struct kqueue *kq, struct timespec *end)
{
	int error, timo = 0;

	if (end != NULL) {
		timo = kevent_ticks_left(end);
		if (timo == 0)
			return (EWOULDBLOCK);
	}
	kq->kq_sleep_cnt++;
	error = tsleep(kq, PCATCH, "kqread", timo);
	if (error == EWOULDBLOCK && end != NULL && kevent_ticks_left(end) > 0)
		error = 0;
	if (error == ERESTART)
		error = EINTR;
	return (error);
}

/* The changes; *res counts error and receipt records delivered. */
static int
kevent_changes(struct kqueue *kq, int nevents, int *res, void *uap,
    k_copyin_fn copyin_fn, k_copyout_fn copyout_fn, int flags)
{
	struct kevent kev[KQ_NEVENTS], *kevp;
	int error, i, n;

	for (;;) {
		n = 0;
		error = copyin_fn(uap, kev, KQ_NEVENTS, &n);
		if (error || n == 0)
			return (error);
		for (i = 0; i < n; i++) {
			kevp = &kev[i];
			kevp->flags &= ~EV_SYSFLAGS;
			error = kqueue_register(kq, kevp, NULL, flags);
			if (error == 0 && (kevp->flags & EV_RECEIPT) == 0)
				continue;
			if (nevents <= *res)
				return (error);
			kevp->flags = EV_ERROR;
			kevp->data = error;
			error = copyout_fn(uap, kevp, 1, res);
			if (error)
				return (error);
		}
	}
}

int
kern_kevent(struct kqueue *kq, int nevents, int *res, void *uap,
    k_copyin_fn copyin_fn, k_copyout_fn copyout_fn, struct timespec *tsp,
    int flags)
{
	struct kevent kev[KQ_NEVENTS];
	struct timespec end;
	struct knote marker;
	int error, n, poll = 0;

	*res = 0;
	error = kevent_changes(kq, nevents, res, uap, copyin_fn, copyout_fn,
	    flags);
	if (error || nevents == 0)
		return (error);
	if (*res > 0) {
		/* select and poll want to know of the others too. */
		if ((flags & KEVENT_AUTO_STALE) == 0)
			return (0);
		poll = 1;
	}
	if (tsp != NULL && !poll) {
		if (tsp->tv_sec < 0 || (tsp->tv_sec == 0 &&
		    tsp->tv_nsec <= 0)) {
			poll = 1;
		} else {
			nanouptime(&end);
			timespecadd(&end, tsp, &end);
		}
	}

	lwkt_gettoken(kq->kq_token);
	for (;;) {
		while (TAILQ_EMPTY(&kq->kq_knpend)) {
			if (poll)
				goto done;
			error = kevent_wait(kq, tsp != NULL ? &end : NULL);
			if (error)
				goto done;
		}
		bzero(&marker, sizeof(marker));
		marker.kn_filter = EVFILT_MARKER;
		marker.kn_status = KN_PROCESSING;
		TAILQ_INSERT_TAIL(&kq->kq_knpend, &marker, kn_tqe);
		do {
			n = kqueue_scan(kq, kev, MIN(nevents - *res,
			    KQ_NEVENTS), &marker);
			if (n > 0)
				error = copyout_fn(uap, kev, n, res);
		} while (error == 0 && n == KQ_NEVENTS && *res < nevents);
		TAILQ_REMOVE(&kq->kq_knpend, &marker, kn_tqe);
		if (error || *res > 0 || poll)
			break;
		if (!TAILQ_EMPTY(&kq->kq_knpend) &&
		    TAILQ_FIRST(&kq->kq_knpend)->kn_filter == EVFILT_MARKER)
			tsleep(kq, 0, "kqmark", 1);
	}
done:
	lwkt_reltoken(kq->kq_token);
	if (error == EWOULDBLOCK)
		error = 0;
	return (error);
}

/* ---- system calls ---- */

struct kevent_copy {
	const struct kevent_args *uap;
	int	done;
};

static int
kevent_user_copyin(void *arg, struct kevent *kevp, int max, int *events)
{
	struct kevent_copy *kap = arg;
	int count, error;

	count = MIN(kap->uap->nchanges - kap->done, max);
	if (count <= 0)
		return (0);
	error = copyin(kap->uap->changelist + kap->done, kevp,
	    count * sizeof(*kevp));
	if (error == 0) {
		kap->done += count;
		*events = count;
	}
	return (error);
}

static int
kevent_user_copyout(void *arg, struct kevent *kevp, int count, int *res)
{
	struct kevent_copy *kap = arg;
	int error;

	error = copyout(kevp, kap->uap->eventlist + *res,
	    count * sizeof(*kevp));
	if (error == 0)
		*res += count;
	return (error);
}

int
sys_kevent(struct sysmsg *sysmsg, const struct kevent_args *uap)
{
	struct kevent_copy ka = { uap, 0 };
	struct timespec ts;
	struct file *fp;
	int error = 0, res = 0;

	if (uap->timeout != NULL) {
		error = copyin(uap->timeout, &ts, sizeof(ts));
		if (error)
			return (error);
	}
	fp = holdfp(curthread, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_KQUEUE) {
		fdrop(fp);
		return (EBADF);
	}
	error = kern_kevent(fp->f_data, uap->eventlist != NULL ?
	    MAX(uap->nevents, 0) : 0, &res, &ka, kevent_user_copyin,
	    kevent_user_copyout, uap->timeout != NULL ? &ts : NULL, 0);
	fdrop(fp);
	sysmsg->sysmsg_result = res;
	return (error);
}

static int
kqueue_readwrite(struct file *fp, struct uio *uio, struct ucred *cred,
    int flags)
{
	return (ENXIO);
}

static int
kqueue_ioctl(struct file *fp, u_long com, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	switch (com) {
	case FIONBIO:
	case FIOASYNC:
		return (0);
	default:
		return (ENOTTY);
	}
}

static int
kqueue_stat(struct file *fp, struct stat *st, struct ucred *cred)
{
	struct kqueue *kq = fp->f_data;

	bzero(st, sizeof(*st));
	st->st_size = kq->kq_count;
	st->st_blksize = sizeof(struct kevent);
	st->st_mode = S_IFIFO;
	return (0);
}

static int
kqueue_close(struct file *fp)
{
	struct kqueue *kq = fp->f_data;

	kqueue_terminate(kq);
	fp->f_data = NULL;
	kfree(kq, M_KQUEUE);
	return (0);
}

static void
filt_kqdetach(struct knote *kn)
{
	struct kqueue *kq = kn->kn_fp->f_data;

	knote_remove(&kq->kq_kqinfo.ki_note, kn);
}

static int
filt_kqueue(struct knote *kn, long hint)
{
	struct kqueue *kq = kn->kn_fp->f_data;

	kn->kn_data = kq->kq_count;
	return (kn->kn_data > 0);
}

static struct filterops kqread_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_kqdetach, filt_kqueue
};

static int
kqueue_kqfilter(struct file *fp, struct knote *kn)
{
	struct kqueue *kq = fp->f_data;

	if (kn->kn_filter != EVFILT_READ || kq == kn->kn_kq)
		return (EOPNOTSUPP);
	kn->kn_fop = &kqread_filtops;
	knote_insert(&kq->kq_kqinfo.ki_note, kn);
	return (0);
}

static struct fileops kqueueops = {
	.fo_read = kqueue_readwrite,
	.fo_write = kqueue_readwrite,
	.fo_ioctl = kqueue_ioctl,
	.fo_kqfilter = kqueue_kqfilter,
	.fo_stat = kqueue_stat,
	.fo_close = kqueue_close,
	.fo_shutdown = nofo_shutdown,
	.fo_seek = badfo_seek,
};

int
sys_kqueue(struct sysmsg *sysmsg, const struct kqueue_args *uap)
{
	struct thread *td = curthread;
	struct kqueue *kq;
	struct file *fp;
	int error, fd;

	error = falloc(td->td_lwp, &fp, &fd);
	if (error)
		return (error);
	kq = kmalloc(sizeof(*kq), M_KQUEUE, M_WAITOK | M_ZERO);
	kqueue_init(kq, td->td_proc->p_fd);
	fp->f_flag = FREAD | FWRITE;
	fp->f_type = DTYPE_KQUEUE;
	fp->f_ops = &kqueueops;
	fp->f_data = kq;
	fsetfd(td->td_proc->p_fd, fp, fd);
	fdrop(fp);
	sysmsg->sysmsg_result = fd;
	return (0);
}

/* ---- sources ---- */

void
knote_insert(struct klist *list, struct knote *kn)
{
	lwkt_token_t tok = source_token(list);

	lwkt_gettoken(tok);
	SLIST_INSERT_HEAD(list, kn, kn_next);
	kn->kn_list = list;
	lwkt_reltoken(tok);
}

/*
 * Waiting for the source's token may lose that of the kqueue, and with it the
 * note its place: the source may end, or hand its notes on.
 */
void
knote_remove(struct klist *list, struct knote *kn)
{
	lwkt_token_t tok;

	while ((list = kn->kn_list) != NULL) {
		tok = source_token(list);
		lwkt_gettoken(tok);
		if (kn->kn_list == list) {
			SLIST_REMOVE(list, kn, knote, kn_next);
			kn->kn_list = NULL;
		}
		lwkt_reltoken(tok);
	}
}

/*
 * Notes stay on the list while the source's token is held.  Waiting for a
 * kqueue's token may lose it, so after that the note is looked for again
 * before it is used, and the walk starts over if the list changed.
 */
void
knote(struct klist *list, long hint)
{
	lwkt_token_t tok = source_token(list), kqtok;
	struct knote *kn, *tmp;
	struct kqueue *kq;

	lwkt_gettoken(tok);
restart:
	SLIST_FOREACH(kn, list, kn_next) {
		kq = kn->kn_kq;
		kqtok = kq->kq_token;
		if (!lwkt_trytoken(kqtok)) {
			lwkt_gettoken(kqtok);
			SLIST_FOREACH(tmp, list, kn_next) {
				if (tmp == kn)
					break;
			}
			if (tmp != kn || kn->kn_kq != kq) {
				lwkt_reltoken(kqtok);
				goto restart;
			}
		}
		if (kn->kn_status & KN_PROCESSING) {
			/* Its user looks again; the hint must not be lost. */
			if (hint != 0 && kn->kn_fop->f_event(kn, hint))
				knote_activate(kn);
			else
				kn->kn_status |= KN_REPROCESS;
			lwkt_reltoken(kqtok);
			continue;
		}
		kn->kn_status |= KN_PROCESSING;
		if (kn->kn_fop->f_event(kn, hint))
			knote_activate(kn);
		if (knote_release(kn)) {
			lwkt_reltoken(kqtok);
			goto restart;
		}
		lwkt_reltoken(kqtok);
	}
	lwkt_reltoken(tok);
}

void
knote_assume_knotes(struct kqinfo *src, struct kqinfo *dst,
    struct filterops *ops, void *hook)
{
	struct knote *kn;
	lwkt_token_t stok = source_token(&src->ki_note);
	lwkt_token_t dtok = source_token(&dst->ki_note);

	lwkt_gettoken(stok);
	lwkt_gettoken(dtok);
	while ((kn = SLIST_FIRST(&src->ki_note)) != NULL) {
		SLIST_REMOVE(&src->ki_note, kn, knote, kn_next);
		if (ops != NULL)
			kn->kn_fop = ops;
		kn->kn_hook = hook;
		SLIST_INSERT_HEAD(&dst->ki_note, kn, kn_next);
		kn->kn_list = &dst->ki_note;
	}
	lwkt_reltoken(dtok);
	lwkt_reltoken(stok);
}

/*
 * Descriptor fd of the table is being closed: the notes about it, in kqueues
 * of the same table and in its threads' selects, go silently.
 */
void
knote_fdclose(struct file *fp, struct filedesc *fdp, int fd)
{
	lwkt_token_t tok;
	struct kqueue *kq;

	if (LIST_EMPTY(&fdp->fd_kqueues))
		return;
	tok = lwkt_token_pool_lookup(fdp);
	lwkt_gettoken(tok);
	LIST_FOREACH(kq, &fdp->fd_kqueues, kq_fdlink) {
		if (kq->kq_nnotes == 0)
			continue;
		kq->kq_holds++;
		kqueue_drop_fd(kq, fp, fd);
		if (--kq->kq_holds == 0)
			wakeup(&kq->kq_holds);
	}
	lwkt_reltoken(tok);
}
