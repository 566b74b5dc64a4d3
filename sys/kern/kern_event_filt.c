/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The filters of kqueue that are not about descriptors: processes, signals,
 * timers, user events, mounts.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/aio.h>
#include <sys/callout.h>
#include <sys/event.h>
#include <sys/file.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sys/thread2.h>

MALLOC_DECLARE(M_KQUEUE);

struct klist	fs_klist = SLIST_HEAD_INITIALIZER(fs_klist);

static u_int	kq_ncallouts;		/* (a) */
static u_int	kq_calloutmax = 65536;
SYSCTL_INT(_kern, OID_AUTO, kq_calloutmax, CTLFLAG_RW, &kq_calloutmax, 0,
    "Most kqueue timers");

/* ---- EVFILT_PROC ---- */

static int
filt_procattach(struct knote *kn)
{
	struct proc *p;
	int immediate = 0;

	p = pfind(kn->kn_id);
	if (p == NULL && (kn->kn_sfflags & NOTE_EXIT)) {
		p = zpfind(kn->kn_id);
		immediate = 1;
	}
	if (p == NULL)
		return (ESRCH);
	if (p_cansee(curthread->td_ucred, p) != 0) {
		PRELE(p);
		return (EACCES);
	}
	lwkt_gettoken(&p->p_token);
	if ((p->p_flags & P_WEXIT) || p->p_stat == SZOMB)
		immediate = 1;
	kn->kn_flags |= EV_CLEAR;
	/* NOTE_FORK of a tracked child: its parent's pid is in kn_sdata. */
	if (kn->kn_flags & EV_FLAG1) {
		kn->kn_data = kn->kn_sdata;
		kn->kn_fflags = NOTE_CHILD;
		kn->kn_flags &= ~EV_FLAG1;
	}
	if (immediate && (kn->kn_sfflags & NOTE_EXIT)) {
		/* It is over: nothing to attach to. */
		kn->kn_ptr.p_proc = NULL;
		kn->kn_status |= KN_DETACHED;
		kn->kn_fflags |= NOTE_EXIT;
		kn->kn_data = p->p_xstat;
		kn->kn_flags |= EV_EOF | EV_NODATA | EV_ONESHOT;
	} else {
		kn->kn_ptr.p_proc = p;
		knote_insert(&p->p_klist, kn);
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (0);
}

static void
filt_procdetach(struct knote *kn)
{
	struct proc *p = kn->kn_ptr.p_proc;

	if (p != NULL)
		knote_remove(&p->p_klist, kn);
}

/* Follow a fork: a note of the same kqueue about the child. */
static void
filt_proctrack(struct knote *kn, pid_t child)
{
	struct kevent kev;

	kev.ident = child;
	kev.filter = kn->kn_filter;
	kev.flags = kn->kn_flags | EV_ADD | EV_ENABLE | EV_FLAG1;
	kev.fflags = kn->kn_sfflags;
	kev.data = kn->kn_id;
	kev.udata = kn->kn_kevent.udata;
	if (kqueue_register(kn->kn_kq, &kev, NULL, 0) != 0)
		kn->kn_fflags |= NOTE_TRACKERR;
}

static int
filt_proc(struct knote *kn, long hint)
{
	u_int event = (u_int)hint & NOTE_PCTRLMASK;

	/* Signals share the list: NOTE_SIGNAL is no bit of ours. */
	if ((u_int)hint & NOTE_SIGNAL)
		return (0);
	if (kn->kn_sfflags & event)
		kn->kn_fflags |= event;
	if (event == NOTE_EXIT) {
		kn->kn_data = hint & NOTE_PDATAMASK;
		kn->kn_flags |= EV_EOF | EV_NODATA | EV_ONESHOT;
		return (1);
	}
	if (event == NOTE_FORK && (kn->kn_sfflags & NOTE_TRACK))
		filt_proctrack(kn, hint & NOTE_PDATAMASK);
	return (kn->kn_fflags != 0);
}

void
knote_proc_exit(struct proc *p, int xstat)
{
	struct knote *kn;
	lwkt_token_t tok, kqtok;

	if (SLIST_EMPTY(&p->p_klist))
		return;
	KNOTE(&p->p_klist, NOTE_EXIT | (xstat & 0xffff));
	tok = lwkt_token_pool_lookup(&p->p_klist);
	lwkt_gettoken(tok);
	while ((kn = SLIST_FIRST(&p->p_klist)) != NULL) {
		kqtok = kn->kn_kq->kq_token;
		lwkt_gettoken(kqtok);
		if (kn == SLIST_FIRST(&p->p_klist)) {
			kn->kn_status |= KN_DETACHED;
			kn->kn_ptr.p_proc = NULL;
			SLIST_REMOVE_HEAD(&p->p_klist, kn_next);
			kn->kn_list = NULL;
		}
		lwkt_reltoken(kqtok);
	}
	lwkt_reltoken(tok);
}

/* ---- EVFILT_SIGNAL ---- */

static int
filt_sigattach(struct knote *kn)
{
	struct proc *p = curproc;

	if (!_SIG_VALID((int)kn->kn_id))
		return (EINVAL);
	kn->kn_ptr.p_proc = p;
	kn->kn_flags |= EV_CLEAR;
	knote_insert(&p->p_klist, kn);
	return (0);
}

static int
filt_signal(struct knote *kn, long hint)
{
	if (((u_int)hint & NOTE_SIGNAL) &&
	    kn->kn_id == (hint & ~(long)NOTE_SIGNAL))
		kn->kn_data++;
	return (kn->kn_data != 0);
}

/* ---- EVFILT_TIMER ---- */

/*
 * kn_hook is the callout.  It expires without the kqueue's token, so the
 * expiration is handed in as an event of the note's own list.
 */
struct kq_timer {
	struct callout	callout;
	struct kqinfo	source;		/* the note alone */
	int		period;		/* ticks */
};

static void
filt_timerexpire(void *arg)
{
	struct kq_timer *t = arg;

	KNOTE(&t->source.ki_note, 1);
}

static int
timer_period(struct knote *kn)
{
	struct timespec ts;
	int64_t ms = kn->kn_sdata;

	ts.tv_sec = ms / 1000;
	ts.tv_nsec = (ms % 1000) * 1000000;
	return (MAX(tstohz_low(&ts), 1));
}

static int
filt_timerattach(struct knote *kn)
{
	struct kq_timer *t;

	if (kn->kn_sdata < 0)
		return (EINVAL);
	if (atomic_fetchadd_int(&kq_ncallouts, 1) >= kq_calloutmax) {
		atomic_add_int(&kq_ncallouts, -1);
		return (ENOMEM);
	}
	t = kmalloc(sizeof(*t), M_KQUEUE, M_WAITOK | M_ZERO);
	callout_init_mp(&t->callout);
	t->period = timer_period(kn);
	kn->kn_flags |= EV_CLEAR;
	kn->kn_hook = (caddr_t)t;
	knote_insert(&t->source.ki_note, kn);
	callout_reset(&t->callout, t->period, filt_timerexpire, t);
	return (0);
}

static void
filt_timerdetach(struct knote *kn)
{
	struct kq_timer *t = (struct kq_timer *)kn->kn_hook;

	knote_remove(&t->source.ki_note, kn);
	callout_terminate(&t->callout);
	kfree(t, M_KQUEUE);
	atomic_add_int(&kq_ncallouts, -1);
}

/* EV_ADD again: a new period. */
void
filt_timertouch(struct knote *kn)
{
	struct kq_timer *t = (struct kq_timer *)kn->kn_hook;

	t->period = timer_period(kn);
	kn->kn_data = 0;
	callout_reset(&t->callout, t->period, filt_timerexpire, t);
}

static int
filt_timer(struct knote *kn, long hint)
{
	struct kq_timer *t = (struct kq_timer *)kn->kn_hook;

	if (hint != 0) {
		kn->kn_data++;
		if ((kn->kn_flags & EV_ONESHOT) == 0)
			callout_reset(&t->callout, t->period,
			    filt_timerexpire, t);
	}
	return (kn->kn_data != 0);
}

/* ---- EVFILT_USER ---- */

/* kn_hook is nonzero once triggered; kn_sfflags are the user's bits. */
static int
filt_userattach(struct knote *kn)
{
	u_int ff = kn->kn_sfflags;

	kn->kn_hook = (ff & NOTE_TRIGGER) ? (caddr_t)1 : NULL;
	kn->kn_sfflags = ff & NOTE_FFLAGSMASK;
	kn->kn_fflags = kn->kn_sfflags;
	return (0);
}

static void
filt_userdetach(struct knote *kn)
{
}

static int
filt_user(struct knote *kn, long hint)
{
	if (kn->kn_hook != NULL) {
		kn->kn_fflags = kn->kn_sfflags;
		kn->kn_data = kn->kn_sdata;
		/* One report for one trigger. */
		if (kn->kn_flags & (EV_CLEAR | EV_DISPATCH))
			kn->kn_hook = NULL;
		return (1);
	}
	return ((kn->kn_status & (KN_ACTIVE | KN_PROCESSING)) ==
	    (KN_ACTIVE | KN_PROCESSING));
}

void
filt_usertouch(struct knote *kn, struct kevent *kev)
{
	u_int ff = kev->fflags & NOTE_FFLAGSMASK;

	if (kev->fflags & NOTE_TRIGGER)
		kn->kn_hook = (caddr_t)1;
	switch (kev->fflags & NOTE_FFCTRLMASK) {
	case NOTE_FFAND:
		kn->kn_sfflags &= ff;
		break;
	case NOTE_FFOR:
		kn->kn_sfflags |= ff;
		break;
	case NOTE_FFCOPY:
		kn->kn_sfflags = ff;
		break;
	}
	kn->kn_sdata = kev->data;
	if (kev->flags & EV_CLEAR) {
		kn->kn_hook = NULL;
		kn->kn_data = 0;
		kn->kn_fflags = 0;
	}
	kn->kn_kevent.udata = kev->udata;
}

/* ---- EVFILT_FS ---- */

static int
filt_fsattach(struct knote *kn)
{
	kn->kn_flags |= EV_CLEAR;
	knote_insert(&fs_klist, kn);
	return (0);
}

static void
filt_fsdetach(struct knote *kn)
{
	knote_remove(&fs_klist, kn);
}

static int
filt_fs(struct knote *kn, long hint)
{
	kn->kn_fflags |= hint;
	return (kn->kn_fflags != 0);
}

void
kqueue_fs_event(int hint)
{
	KNOTE(&fs_klist, hint);
}

/* ---- table ---- */

static struct filterops file_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, NULL, NULL
};
static struct filterops proc_filtops = {
	FILTEROP_MPSAFE, filt_procattach, filt_procdetach, filt_proc
};
static struct filterops sig_filtops = {
	FILTEROP_MPSAFE, filt_sigattach, filt_procdetach, filt_signal
};
struct filterops timer_filtops = {
	FILTEROP_MPSAFE, filt_timerattach, filt_timerdetach, filt_timer
};
struct filterops user_filtops = {
	FILTEROP_MPSAFE, filt_userattach, filt_userdetach, filt_user
};
static struct filterops fs_filtops = {
	FILTEROP_MPSAFE, filt_fsattach, filt_fsdetach, filt_fs
};

struct filterops *
kqueue_filterops(int filter)
{
	switch (filter) {
	case EVFILT_READ:
	case EVFILT_WRITE:
	case EVFILT_VNODE:
	case EVFILT_EXCEPT:
		return (&file_filtops);
	case EVFILT_PROC:
		return (&proc_filtops);
	case EVFILT_SIGNAL:
		return (&sig_filtops);
	case EVFILT_TIMER:
		return (&timer_filtops);
	case EVFILT_USER:
		return (&user_filtops);
	case EVFILT_FS:
		return (&fs_filtops);
	case EVFILT_AIO:
		return (&aio_filtops);
	default:
		return (NULL);
	}
}
