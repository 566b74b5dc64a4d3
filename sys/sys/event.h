/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kqueue(2): event notification.
 *
 * Kernel side.  Whatever can have events embeds a struct kqinfo, a list of
 * the knotes attached to it.  A driver's kqfilter entry sets kn_fop and
 * kn_hook and calls knote_insert(); when the state changes it calls
 * KNOTE(&kqinfo.ki_note, hint), which runs each note's f_event() and makes
 * the note active if that says so.
 *
 * Locking: the list of a kqinfo, and everything of its notes that is marked
 * (n), is protected by a token picked by hash of the kqinfo's address,
 * taken inside knote_insert(), knote_remove() and knote().  Filters'
 * f_event() run with it held, may be called from any CPU and must not sleep.
 */
#ifndef _SYS_EVENT_H_
#define _SYS_EVENT_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define EVFILT_READ	(-1)	/* data can be read */
#define EVFILT_WRITE	(-2)	/* data can be written */
#define EVFILT_AIO	(-3)	/* no event source */
#define EVFILT_VNODE	(-4)	/* changes of a file */
#define EVFILT_PROC	(-5)	/* process events */
#define EVFILT_SIGNAL	(-6)	/* signals sent to the process */
#define EVFILT_TIMER	(-7)	/* periodic, milliseconds */
#define EVFILT_EXCEPT	(-8)	/* out-of-band data */
#define EVFILT_USER	(-9)	/* triggered by user code */
#define EVFILT_FS	(-10)	/* mounts and unmounts */
#define EVFILT_MARKER	0xF	/* kernel internal */
#define EVFILT_SYSCOUNT	10

#define EV_SET(kevp, a, b, c, d, e, f) do {				\
	struct kevent *__ev_set = (kevp);				\
	__ev_set->ident = (a);						\
	__ev_set->filter = (b);						\
	__ev_set->flags = (c);						\
	__ev_set->fflags = (d);						\
	__ev_set->data = (e);						\
	__ev_set->udata = (f);						\
} while (0)

struct kevent {
	uintptr_t	ident;		/* descriptor, pid, signal, id */
	short		filter;		/* EVFILT_* */
	u_short		flags;		/* EV_* */
	u_int		fflags;		/* filter's flags, NOTE_* */
	intptr_t	data;		/* filter's value */
	void		*udata;		/* the user's, returned unchanged */
};

/* Actions. */
#define EV_ADD		0x0001
#define EV_DELETE	0x0002
#define EV_ENABLE	0x0004
#define EV_DISABLE	0x0008
/* Behaviour. */
#define EV_ONESHOT	0x0010	/* delete after delivery */
#define EV_CLEAR	0x0020	/* reset state after delivery */
#define EV_RECEIPT	0x0040	/* report success as EV_ERROR, data 0 */
#define EV_DISPATCH	0x0080	/* disable after delivery */
/* Returned. */
#define EV_SYSFLAGS	0xF800	/* not accepted from the user */
#define EV_HUP		0x0800	/* both directions are shut */
#define EV_NODATA	0x1000	/* EOF and nothing left */
#define EV_FLAG1	0x2000	/* filter's own */
#define EV_ERROR	0x4000	/* data is an errno */
#define EV_EOF		0x8000	/* peer is gone */

/* EVFILT_USER: how fflags combine, and the trigger. */
#define NOTE_FFNOP	0x00000000
#define NOTE_FFAND	0x40000000
#define NOTE_FFOR	0x80000000
#define NOTE_FFCOPY	0xc0000000
#define NOTE_FFCTRLMASK	0xc0000000
#define NOTE_FFLAGSMASK	0x00ffffff
#define NOTE_TRIGGER	0x01000000

/* EVFILT_READ, EVFILT_WRITE */
#define NOTE_LOWAT	0x0001	/* data is the low water mark */
/* EVFILT_EXCEPT */
#define NOTE_OOB	0x0002

/* EVFILT_VNODE */
#define NOTE_DELETE	0x0001
#define NOTE_WRITE	0x0002
#define NOTE_EXTEND	0x0004
#define NOTE_ATTRIB	0x0008
#define NOTE_LINK	0x0010
#define NOTE_RENAME	0x0020
#define NOTE_REVOKE	0x0040

/* EVFILT_PROC */
#define NOTE_EXIT	0x80000000
#define NOTE_FORK	0x40000000
#define NOTE_EXEC	0x20000000
#define NOTE_PCTRLMASK	0xf0000000
#define NOTE_PDATAMASK	0x000fffff
#define NOTE_TRACK	0x00000001	/* follow fork */
#define NOTE_TRACKERR	0x00000002	/* could not follow */
#define NOTE_CHILD	0x00000004	/* this is the child's note */

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/spinlock.h>

struct file;
struct filedesc;
struct kqueue;
struct knote;
struct lwp;
struct proc;
struct thread;
struct timespec;

SLIST_HEAD(klist, knote);

/* Event source.  All zero is a valid initial state. */
struct kqinfo {
	struct klist	ki_note;	/* (n) notes attached here */
	void		*ki_data;	/* owner's */
};

/* Hint of signals, to tell them from process events. */
#define NOTE_SIGNAL	0x08000000

struct filterops {
	u_short	f_flags;		/* FILTEROP_* */
	/* Set kn_fop, attach; 0 or errno.  Unused for descriptors. */
	int	(*f_attach)(struct knote *kn);
	void	(*f_detach)(struct knote *kn);
	/* True if the event has occurred; sets kn_data, kn_flags. */
	int	(*f_event)(struct knote *kn, long hint);
};
#define FILTEROP_ISFD	0x0001		/* ident is a descriptor */
#define FILTEROP_MPSAFE	0x0002

/*
 * Locks: (q) kq_token of the kqueue; (n) see above; (I) immutable.
 */
struct knote {
	SLIST_ENTRY(knote)	kn_link;	/* (q) hash or fd chain */
	TAILQ_ENTRY(knote)	kn_kqlink;	/* (q) kq_knlist */
	SLIST_ENTRY(knote)	kn_next;	/* (n) kqinfo's list */
	TAILQ_ENTRY(knote)	kn_tqe;		/* (q) active queue */
	struct kqueue		*kn_kq;		/* (I) */
	struct kevent		kn_kevent;	/* (q)(n) */
	int			kn_status;	/* (q) KN_* */
	int			kn_sfflags;	/* (q) user's fflags */
	intptr_t		kn_sdata;	/* (q) user's data */
	union {
		struct file	*p_fp;
		struct proc	*p_proc;
	} kn_ptr;				/* (I) */
	struct filterops	*kn_fop;	/* (I) once attached */
	caddr_t			kn_hook;	/* filter's own */
	struct klist		*kn_list;	/* (n) it is on, or NULL */
};
#define kn_id		kn_kevent.ident
#define kn_filter	kn_kevent.filter
#define kn_flags	kn_kevent.flags
#define kn_fflags	kn_kevent.fflags
#define kn_data		kn_kevent.data
#define kn_fp		kn_ptr.p_fp

/* kn_status */
#define KN_ACTIVE	0x0001	/* event has triggered */
#define KN_QUEUED	0x0002	/* on the active queue */
#define KN_DISABLED	0x0004	/* hidden */
#define KN_DETACHED	0x0008	/* no longer at its source */
#define KN_REPROCESS	0x0010	/* triggered while being looked at */
#define KN_DELETING	0x0020
#define KN_PROCESSING	0x0040	/* f_event or attach in progress */
#define KN_WAITING	0x0080	/* someone waits for KN_PROCESSING */

/*
 * Locks: as above; (f) pool token of kq_fdp.
 *
 * A kqueue.  select and poll use one per thread (lwp_kqueue) that lives as
 * long as the thread.
 */
struct kqueue {
	TAILQ_HEAD(, knote)	kq_knpend;	/* (q) active notes */
	TAILQ_HEAD(, knote)	kq_knlist;	/* (q) all notes */
	int			kq_count;	/* (q) length of kq_knpend */
	int			kq_state;	/* (q) KQ_* */
	int			kq_sleep_cnt;	/* (q) threads in wait */
	int			kq_nnotes;	/* (q) length of kq_knlist */
	struct kqinfo		kq_kqinfo;	/* notes on this kqueue */
	struct filedesc		*kq_fdp;	/* (I) descriptors noted */
	LIST_ENTRY(kqueue)	kq_fdlink;	/* (f) kqueues of kq_fdp */
	int			kq_holds;	/* (f) being looked at */
	struct klist		*kq_hash;	/* (q) by ident and filter */
	u_long			kq_hashmask;	/* (q) */
	struct lwkt_token	*kq_token;	/* (I) see kern_event.c */
};
#define KQ_ASYNC	0x04
#define KQ_CLOSING	0x08

/* kern_kevent() hands results out, and takes changes in, through these. */
typedef int	(*k_copyin_fn)(void *arg, struct kevent *kevp, int max,
		    int *events);
typedef int	(*k_copyout_fn)(void *arg, struct kevent *kevp, int count,
		    int *res);
/*
 * Process changes, then wait for up to nevents events.  *tsp NULL: forever.
 * *res counts results delivered.
 */
int	kern_kevent(struct kqueue *kq, int nevents, int *res, void *uap,
	    k_copyin_fn kevent_copyin, k_copyout_fn kevent_copyout,
	    struct timespec *tsp, int flags);
#define KEVENT_TIMEOUT_PRECISE	0x01
#define KEVENT_AUTO_STALE	0x02	/* select's kqueue: errors do not end it */
#define KEVENT_UNIQUE_NOTES	0x04
#define KEVENT_SCAN_MASK	0x07

/* Between kern_event.c and the filters in kern_event_filt.c. */
extern struct filterops user_filtops, timer_filtops;
struct filterops *kqueue_filterops(int filter);
void	filt_usertouch(struct knote *kn, struct kevent *kev);
void	filt_timertouch(struct knote *kn);

void	kqueue_init(struct kqueue *kq, struct filedesc *fdp);
void	kqueue_terminate(struct kqueue *kq);
/* Apply one change: 0 or errno. */
int	kqueue_register(struct kqueue *kq, struct kevent *kev, int *countp,
	    int flags);

/* Report an event to every note of the list. */
void	knote(struct klist *list, long hint);
#define KNOTE(list, hint)	do {					\
	if (!SLIST_EMPTY(list))						\
		knote((list), (hint));					\
} while (0)
/* Attach to, detach from a source; called from kqfilter, f_detach. */
void	knote_insert(struct klist *list, struct knote *kn);
void	knote_remove(struct klist *list, struct knote *kn);
/* Move all notes of src to dst (both of one owner). */
void	knote_assume_knotes(struct kqinfo *src, struct kqinfo *dst,
	    struct filterops *ops, void *hook);
/* A descriptor is being closed: its notes go. */
void	knote_fdclose(struct file *fp, struct filedesc *fdp, int fd);
/* The process's exit: NOTE_EXIT and detachment. */
void	knote_proc_exit(struct proc *p, int xstat);
/* Mounts changed: EVFILT_FS.  VQ_* of <sys/mount.h>. */
void	kqueue_fs_event(int hint);

extern struct klist	fs_klist;

#else /* !_KERNEL */

struct timespec;

__BEGIN_DECLS
int	kqueue(void);
int	kevent(int, const struct kevent *, int, struct kevent *, int,
	    const struct timespec *);
__END_DECLS

#endif /* _KERNEL */

#endif /* !_SYS_EVENT_H_ */
