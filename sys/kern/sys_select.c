/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * select(2), poll(2) and their variants, on the kqueue every thread has for
 * the purpose (lwp_kqueue).
 *
 * The notes of a call stay for the next one, which mostly asks for the same
 * descriptors again.  They are marked with the serial number of the call
 * (in udata); an event of an older call's note is discarded, and the note
 * with it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/poll.h>
#include <sys/proc.h>
#include <sys/select.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_SELECT, "select", "select and poll");

#define STK_FDSETS	2048	/* bytes of sets kept on the stack */
#define STK_POLLFDS	32

static struct kqueue *
lwp_get_kqueue(struct lwp *lp)
{
	struct kqueue *kq = &lp->lwp_kqueue;

	if (kq->kq_fdp == NULL)
		kqueue_init(kq, lp->lwp_proc->p_fd);
	lp->lwp_kqueue_serial++;
	return (kq);
}

static void
note_discard(struct kqueue *kq, struct kevent *kevp)
{
	struct kevent kev = *kevp;

	kev.flags = EV_DELETE;
	kqueue_register(kq, &kev, NULL, 0);
}

/* ---- select ---- */

struct select_arg {
	struct kqueue	*kq;
	struct lwp	*lp;
	fd_mask		*in[3];		/* asked for: read, write, except */
	fd_mask		*out[3];	/* found */
	int		nd;
	int		fd;		/* next to be registered */
	int		which;
	int		error;
	int		nset;		/* bits set in out */
};

static const short select_filters[3] = {
	EVFILT_READ, EVFILT_WRITE, EVFILT_EXCEPT
};

static int
select_copyin(void *arg, struct kevent *kevp, int maxevents, int *events)
{
	struct select_arg *sa = arg;
	fd_mask bits;
	int fd;

	while (sa->which < 3 && *events < maxevents) {
		if (sa->in[sa->which] == NULL || sa->fd >= sa->nd) {
			sa->which++;
			sa->fd = 0;
			continue;
		}
		bits = sa->in[sa->which][sa->fd / NFDBITS] >>
		    (sa->fd % NFDBITS);
		if (bits == 0) {
			sa->fd = rounddown(sa->fd, (int)NFDBITS) + NFDBITS;
			continue;
		}
		fd = sa->fd + ffsl(bits) - 1;
		if (fd >= sa->nd) {
			sa->fd = sa->nd;
			continue;
		}
		EV_SET(kevp, fd, select_filters[sa->which],
		    EV_ADD | EV_ENABLE, sa->which == 2 ? NOTE_OOB : 0, 0,
		    (void *)(uintptr_t)sa->lp->lwp_kqueue_serial);
		kevp++;
		++*events;
		sa->fd = fd + 1;
	}
	return (0);
}

static int
select_copyout(void *arg, struct kevent *kevp, int count, int *res)
{
	struct select_arg *sa = arg;
	fd_mask bit;
	int i, which;

	for (i = 0; i < count; i++, kevp++) {
		if ((uint32_t)(uintptr_t)kevp->udata !=
		    sa->lp->lwp_kqueue_serial) {
			note_discard(sa->kq, kevp);
			continue;
		}
		if (kevp->flags & EV_ERROR) {
			/*
			 * EOPNOTSUPP and such: the file has no events of
			 * that kind, as if none ever came.  For reading and
			 * writing that means always ready.
			 */
			if (kevp->data == EBADF) {
				sa->error = EBADF;
				++*res;
				return (0);
			}
			if (kevp->filter == EVFILT_EXCEPT)
				continue;
		}
		which = kevp->filter == EVFILT_READ ? 0 :
		    kevp->filter == EVFILT_WRITE ? 1 : 2;
		if (which == 2 && (kevp->fflags & NOTE_OOB) == 0 &&
		    (kevp->flags & EV_EOF))
			continue;
		bit = (fd_mask)1 << (kevp->ident % NFDBITS);
		if ((sa->out[which][kevp->ident / NFDBITS] & bit) == 0) {
			sa->out[which][kevp->ident / NFDBITS] |= bit;
			sa->nset++;
		}
		++*res;
	}
	return (0);
}

static int
dosel(int nd, fd_set *uin, fd_set *uou, fd_set *uex, struct timespec *ts,
    int *result)
{
	char stk[STK_FDSETS] __aligned(8), *mem = stk;
	struct lwp *lp = curthread->td_lwp;
	fd_set *uset[3] = { uin, uou, uex };
	struct select_arg sa;
	size_t bytes;
	int error = 0, i, res;

	if (nd < 0)
		return (EINVAL);
	if (nd > lp->lwp_proc->p_fd->fd_nfiles)
		nd = lp->lwp_proc->p_fd->fd_nfiles;
	bytes = howmany(nd, NFDBITS) * sizeof(fd_mask);
	if (6 * bytes > sizeof(stk))
		mem = kmalloc(6 * bytes, M_SELECT, M_WAITOK);
	bzero(mem, 6 * bytes);
	bzero(&sa, sizeof(sa));
	for (i = 0; i < 3; i++) {
		sa.out[i] = (fd_mask *)(mem + (3 + i) * bytes);
		if (uset[i] == NULL)
			continue;
		sa.in[i] = (fd_mask *)(mem + i * bytes);
		error = copyin(uset[i], sa.in[i], bytes);
		if (error)
			goto done;
	}
	sa.kq = lwp_get_kqueue(lp);
	sa.lp = lp;
	sa.nd = nd;
	error = kern_kevent(sa.kq, INT_MAX, &res, &sa, select_copyin,
	    select_copyout, ts, KEVENT_AUTO_STALE);
	if (error == 0)
		error = sa.error;
	for (i = 0; i < 3 && error == 0; i++) {
		if (uset[i] != NULL)
			error = copyout(sa.out[i], uset[i], bytes);
	}
	*result = sa.nset;
done:
	if (mem != stk)
		kfree(mem, M_SELECT);
	return (error);
}

int
sys_select(struct sysmsg *sysmsg, const struct select_args *uap)
{
	struct timeval tv;
	struct timespec ts, *tsp = NULL;
	int error;

	if (uap->tv != NULL) {
		error = copyin(uap->tv, &tv, sizeof(tv));
		if (error)
			return (error);
		if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000)
			return (EINVAL);
		ts.tv_sec = tv.tv_sec;
		ts.tv_nsec = tv.tv_usec * 1000;
		tsp = &ts;
	}
	return (dosel(uap->nd, uap->in, uap->ou, uap->ex, tsp,
	    &sysmsg->sysmsg_iresult));
}

int
sys_pselect(struct sysmsg *sysmsg, const struct pselect_args *uap)
{
	struct timespec ts, *tsp = NULL;
	sigset_t mask;
	int error;

	if (uap->ts != NULL) {
		error = copyin(uap->ts, &ts, sizeof(ts));
		if (error)
			return (error);
		if (ts.tv_sec < 0 || ts.tv_nsec < 0 ||
		    ts.tv_nsec >= 1000000000)
			return (EINVAL);
		tsp = &ts;
	}
	if (uap->sigmask != NULL) {
		error = copyin(uap->sigmask, &mask, sizeof(mask));
		if (error)
			return (error);
		lwp_sigmask_push(curthread->td_lwp, &mask);
	}
	return (dosel(uap->nd, uap->in, uap->ou, uap->ex, tsp,
	    &sysmsg->sysmsg_iresult));
}

/* ---- poll ---- */

/*
 * Notes carry the serial number in the upper half of udata and the index
 * into fds in the lower.  Two entries for one descriptor share notes: the
 * result is spread afterwards.
 */
struct poll_arg {
	struct kqueue	*kq;
	struct lwp	*lp;
	struct pollfd	*fds;
	u_int		nfds;
	u_int		next;		/* to be registered */
	int		step;		/* filter of it */
};

#define POLLSET_IN		(POLLIN | POLLRDNORM | POLLHUP)
#define POLLSET_OUT	(POLLOUT | POLLWRNORM | POLLWRBAND)
#define POLLSET_PRI	(POLLPRI | POLLRDBAND)

static int
poll_copyin(void *arg, struct kevent *kevp, int maxevents, int *events)
{
	struct poll_arg *pa = arg;
	struct pollfd *pfd;
	void *udata;
	int filter, fflags;

	while (pa->next < pa->nfds && *events < maxevents) {
		pfd = &pa->fds[pa->next];
		filter = fflags = 0;
		switch (pa->step++) {
		case 0:
			pfd->revents = 0;
			if (pfd->fd == -1)
				pa->step = 3;
			else if (pfd->events & POLLSET_IN)
				filter = EVFILT_READ;
			break;
		case 1:
			if (pfd->events & POLLSET_OUT)
				filter = EVFILT_WRITE;
			break;
		case 2:
			if (pfd->events & POLLSET_PRI) {
				filter = EVFILT_EXCEPT;
				fflags = NOTE_OOB;
			}
			break;
		default:
			pa->step = 0;
			pa->next++;
			continue;
		}
		if (filter == 0)
			continue;
		udata = (void *)(((uintptr_t)pa->lp->lwp_kqueue_serial <<
		    32) | pa->next);
		EV_SET(kevp, pfd->fd, filter, EV_ADD | EV_ENABLE, fflags, 0,
		    udata);
		kevp++;
		++*events;
	}
	return (0);
}

static void
poll_error(struct poll_arg *pa, struct pollfd *pfd, struct kevent *kevp)
{
	switch (kevp->data) {
	case EBADF:
	case POLLNVAL:
		pfd->revents |= POLLNVAL;
		break;
	default:
		/* No such events there: it never blocks. */
		if (kevp->filter == EVFILT_READ)
			pfd->revents |= pfd->events & (POLLIN | POLLRDNORM);
		else if (kevp->filter == EVFILT_WRITE)
			pfd->revents |= pfd->events & POLLSET_OUT;
		break;
	}
}

static int
poll_copyout(void *arg, struct kevent *kevp, int count, int *res)
{
	struct poll_arg *pa = arg;
	struct pollfd *pfd;
	u_int idx;
	int i;

	for (i = 0; i < count; i++, kevp++) {
		idx = (uint32_t)(uintptr_t)kevp->udata;
		if ((uintptr_t)kevp->udata >> 32 !=
		    pa->lp->lwp_kqueue_serial || idx >= pa->nfds ||
		    pa->fds[idx].fd != (int)kevp->ident) {
			note_discard(pa->kq, kevp);
			continue;
		}
		pfd = &pa->fds[idx];
		if (kevp->flags & EV_ERROR) {
			poll_error(pa, pfd, kevp);
		} else switch (kevp->filter) {
		case EVFILT_READ:
			if (kevp->flags & EV_HUP)
				pfd->revents |= POLLHUP;
			if ((kevp->flags & EV_EOF) && kevp->fflags != 0)
				pfd->revents |= POLLERR;
			/* Reading an end of file does not block either. */
			pfd->revents |= pfd->events & (POLLIN | POLLRDNORM);
			break;
		case EVFILT_WRITE:
			if (kevp->flags & EV_EOF)
				pfd->revents |= POLLHUP;
			else
				pfd->revents |= pfd->events & POLLSET_OUT;
			break;
		case EVFILT_EXCEPT:
			if (kevp->fflags & NOTE_OOB)
				pfd->revents |= pfd->events & POLLSET_PRI;
			break;
		}
		if (pfd->revents & POLLHUP)
			pfd->revents &= ~POLLSET_OUT;
		if (pfd->revents == 0)
			note_discard(pa->kq, kevp);
		else
			++*res;
	}
	return (0);
}

/*
 * One note serves all entries of a descriptor that ask for the same: the
 * last of them got the result.
 */
static void
poll_spread(struct pollfd *fds, u_int nfds)
{
	u_int i, j;

	for (j = 1; j < nfds; j++) {
		if (fds[j].revents == 0)
			continue;
		for (i = 0; i < j; i++) {
			if (fds[i].fd == fds[j].fd)
				fds[i].revents |= fds[j].revents &
				    (fds[i].events | POLLERR | POLLHUP |
				    POLLNVAL);
		}
	}
}

static int
dopoll(struct pollfd *ufds, u_int nfds, struct timespec *ts, int *result)
{
	struct pollfd stk[STK_POLLFDS], *fds = stk;
	struct lwp *lp = curthread->td_lwp;
	struct poll_arg pa;
	u_int i;
	int error, res;

	if (nfds > (u_int)maxfilesperproc + STK_POLLFDS)
		return (EINVAL);
	if (nfds > STK_POLLFDS)
		fds = kmalloc((size_t)nfds * sizeof(*fds), M_SELECT,
		    M_WAITOK);
	error = copyin(ufds, fds, (size_t)nfds * sizeof(*fds));
	if (error == 0) {
		bzero(&pa, sizeof(pa));
		pa.kq = lwp_get_kqueue(lp);
		pa.lp = lp;
		pa.fds = fds;
		pa.nfds = nfds;
		error = kern_kevent(pa.kq, INT_MAX, &res, &pa, poll_copyin,
		    poll_copyout, ts, KEVENT_AUTO_STALE);
		if (nfds <= 256)
			poll_spread(fds, nfds);
		*result = 0;
		for (i = 0; i < nfds; i++) {
			if (fds[i].revents)
				++*result;
		}
		if (error == 0)
			error = copyout(fds, ufds,
			    (size_t)nfds * sizeof(*fds));
	}
	if (fds != stk)
		kfree(fds, M_SELECT);
	return (error);
}

int
sys_poll(struct sysmsg *sysmsg, const struct poll_args *uap)
{
	struct timespec ts, *tsp = NULL;

	if (uap->timeout < -1)
		return (EINVAL);
	if (uap->timeout != -1) {
		ts.tv_sec = uap->timeout / 1000;
		ts.tv_nsec = (uap->timeout % 1000) * 1000000;
		tsp = &ts;
	}
	return (dopoll(uap->fds, uap->nfds, tsp, &sysmsg->sysmsg_iresult));
}

int
sys_ppoll(struct sysmsg *sysmsg, const struct ppoll_args *uap)
{
	struct timespec ts, *tsp = NULL;
	sigset_t mask;
	int error;

	if (uap->ts != NULL) {
		error = copyin(uap->ts, &ts, sizeof(ts));
		if (error)
			return (error);
		if (ts.tv_sec < 0 || ts.tv_nsec < 0 ||
		    ts.tv_nsec >= 1000000000)
			return (EINVAL);
		tsp = &ts;
	}
	if (uap->sigmask != NULL) {
		error = copyin(uap->sigmask, &mask, sizeof(mask));
		if (error)
			return (error);
		lwp_sigmask_push(curthread->td_lwp, &mask);
	}
	return (dopoll(uap->fds, uap->nfds, tsp, &sysmsg->sysmsg_iresult));
}
