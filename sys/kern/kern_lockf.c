/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Advisory locks: byte ranges owned by a process (POSIX) or whole files
 * owned by an open file (flock).
 *
 * A file's locks are one list of granted ranges and one of waiting threads,
 * under a pool token picked by the list head's address.  POSIX ranges of one
 * owner never overlap: setting one cuts holes into what the owner had.
 * flock and POSIX locks exclude each other like any two owners.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/lockf.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/resourcevar.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_LOCKF, "lockf", "advisory locks");

#define LOCKF_END	((off_t)0x7fffffffffffffffLL)

struct lockf_range {
	TAILQ_ENTRY(lockf_range) lr_link;
	off_t		lr_start, lr_end;	/* inclusive */
	int		lr_type;		/* F_RDLCK, F_WRLCK */
	int		lr_flags;		/* F_POSIX or F_FLOCK */
	caddr_t		lr_owner;		/* process or file */
	pid_t		lr_pid;			/* -1 for flock */
	struct lockf_range *lr_blocker;		/* waiting: for this one */
};
TAILQ_HEAD(lockf_list, lockf_range);

struct lockf {
	struct lockf_list lf_granted;
	struct lockf_list lf_waiting;
	int		lf_users;		/* calls in progress */
};

static int
lr_overlaps(struct lockf_range *a, off_t start, off_t end)
{
	return (a->lr_start <= end && start <= a->lr_end);
}

static int
lr_same_owner(struct lockf_range *a, struct lockf_range *b)
{
	return (a->lr_owner == b->lr_owner &&
	    (a->lr_flags & F_POSIX) == (b->lr_flags & F_POSIX));
}

/* A granted lock that keeps want from being granted, or NULL. */
static struct lockf_range *
lf_blocker(struct lockf *lf, struct lockf_range *want)
{
	struct lockf_range *lr;

	TAILQ_FOREACH(lr, &lf->lf_granted, lr_link) {
		if (lr_same_owner(lr, want) ||
		    !lr_overlaps(lr, want->lr_start, want->lr_end))
			continue;
		if (lr->lr_type == F_WRLCK || want->lr_type == F_WRLCK)
			return (lr);
	}
	return (NULL);
}

/*
 * Take [start, end] away from owner's granted ranges.  spare is used when a
 * range is cut in two; returns whether it was.
 */
static int
lf_cut(struct lockf *lf, struct lockf_range *owner, off_t start, off_t end,
    struct lockf_range *spare)
{
	struct lockf_range *lr, *nlr;
	int used = 0;

	TAILQ_FOREACH_MUTABLE(lr, &lf->lf_granted, lr_link, nlr) {
		if (!lr_same_owner(lr, owner) || !lr_overlaps(lr, start, end))
			continue;
		if (lr->lr_start < start && lr->lr_end > end) {
			*spare = *lr;
			spare->lr_start = end + 1;
			lr->lr_end = start - 1;
			TAILQ_INSERT_AFTER(&lf->lf_granted, lr, spare,
			    lr_link);
			used = 1;
			break;
		}
		if (lr->lr_start < start) {
			lr->lr_end = start - 1;
		} else if (lr->lr_end > end) {
			lr->lr_start = end + 1;
		} else {
			TAILQ_REMOVE(&lf->lf_granted, lr, lr_link);
			kfree(lr, M_LOCKF);
		}
	}
	return (used);
}

/* Neighbours of the same owner and type become one range. */
static void
lf_merge(struct lockf *lf, struct lockf_range *nr)
{
	struct lockf_range *lr, *nlr;

	TAILQ_FOREACH_MUTABLE(lr, &lf->lf_granted, lr_link, nlr) {
		if (lr == nr || !lr_same_owner(lr, nr) ||
		    lr->lr_type != nr->lr_type)
			continue;
		if (lr->lr_end != LOCKF_END && lr->lr_end + 1 == nr->lr_start)
			nr->lr_start = lr->lr_start;
		else if (nr->lr_end != LOCKF_END &&
		    nr->lr_end + 1 == lr->lr_start)
			nr->lr_end = lr->lr_end;
		else
			continue;
		TAILQ_REMOVE(&lf->lf_granted, lr, lr_link);
		kfree(lr, M_LOCKF);
	}
}

static void
lf_wake_waiters(struct lockf *lf)
{
	struct lockf_range *lr;

	TAILQ_FOREACH(lr, &lf->lf_waiting, lr_link) {
		lr->lr_blocker = NULL;
		wakeup(lr);
	}
}

/*
 * Would waiting for blk close a circle of POSIX owners, all waiting on this
 * file?  Circles through several files are found by the same walk over the
 * files' waiting lists only if they share this list.
 */
static int
lf_deadlock(struct lockf *lf, struct lockf_range *want,
    struct lockf_range *blk)
{
	struct lockf_range *w;
	int depth;

	for (depth = 0; depth < 64 && blk != NULL; depth++) {
		if ((blk->lr_flags & F_POSIX) == 0)
			return (0);
		if (blk->lr_owner == want->lr_owner)
			return (1);
		TAILQ_FOREACH(w, &lf->lf_waiting, lr_link) {
			if (w->lr_owner == blk->lr_owner &&
			    (w->lr_flags & F_POSIX))
				break;
		}
		blk = w != NULL ? lf_blocker(lf, w) : NULL;
	}
	return (0);
}

static int
lf_setlock(struct lockf *lf, struct lockf_range *want, int flags)
{
	struct lockf_range *blk, *spare;
	int error = 0;

	spare = kmalloc(sizeof(*spare), M_LOCKF, M_WAITOK);
	while ((blk = lf_blocker(lf, want)) != NULL) {
		if ((flags & F_WAIT) == 0) {
			error = EAGAIN;
			break;
		}
		if ((flags & F_POSIX) && lf_deadlock(lf, want, blk)) {
			error = EDEADLK;
			break;
		}
		/* An upgrade of a flock gives the shared one up to wait. */
		if ((flags & F_POSIX) == 0 && lf_cut(lf, want, 0, LOCKF_END,
		    spare) == 0)
			lf_wake_waiters(lf);
		want->lr_blocker = blk;
		TAILQ_INSERT_TAIL(&lf->lf_waiting, want, lr_link);
		error = tsleep(want, PCATCH, "lockf", 0);
		TAILQ_REMOVE(&lf->lf_waiting, want, lr_link);
		if (error)
			break;
	}
	if (error == 0) {
		if (lf_cut(lf, want, want->lr_start, want->lr_end, spare))
			spare = NULL;
		TAILQ_INSERT_TAIL(&lf->lf_granted, want, lr_link);
		lf_merge(lf, want);
		lf_wake_waiters(lf);	/* a downgrade may let others in */
	} else {
		kfree(want, M_LOCKF);
	}
	if (spare != NULL)
		kfree(spare, M_LOCKF);
	return (error);
}

static void
lf_unlock(struct lockf *lf, struct lockf_range *want)
{
	struct lockf_range *spare;

	spare = kmalloc(sizeof(*spare), M_LOCKF, M_WAITOK);
	if (lf_cut(lf, want, want->lr_start, want->lr_end, spare) == 0)
		kfree(spare, M_LOCKF);
	lf_wake_waiters(lf);
	kfree(want, M_LOCKF);
}

static void
lf_getlock(struct lockf *lf, struct lockf_range *want, struct flock *fl)
{
	struct lockf_range *blk;

	blk = lf != NULL ? lf_blocker(lf, want) : NULL;
	if (blk == NULL) {
		fl->l_type = F_UNLCK;
		return;
	}
	fl->l_whence = SEEK_SET;
	fl->l_start = blk->lr_start;
	fl->l_len = blk->lr_end == LOCKF_END ? 0 :
	    blk->lr_end - blk->lr_start + 1;
	fl->l_pid = blk->lr_pid;
	fl->l_type = blk->lr_type;
}

/* struct flock to an inclusive range. */
static int
lf_range(struct flock *fl, u_quad_t size, off_t *startp, off_t *endp)
{
	off_t end, start;

	switch (fl->l_whence) {
	case SEEK_SET:
	case SEEK_CUR:		/* made absolute by the caller */
		start = fl->l_start;
		break;
	case SEEK_END:
		if (fl->l_start > 0 &&
		    (off_t)size > LOCKF_END - fl->l_start)
			return (EOVERFLOW);
		start = (off_t)size + fl->l_start;
		break;
	default:
		return (EINVAL);
	}
	if (start < 0)
		return (EINVAL);
	if (fl->l_len == 0) {
		end = LOCKF_END;
	} else if (fl->l_len > 0) {
		if (fl->l_len - 1 > LOCKF_END - start)
			return (EOVERFLOW);
		end = start + fl->l_len - 1;
	} else {
		end = start - 1;
		start += fl->l_len;
		if (start < 0)
			return (EINVAL);
	}
	*startp = start;
	*endp = end;
	return (0);
}

int
lf_advlock(struct vop_advlock_args *ap, struct lockf **head, u_quad_t size)
{
	struct flock *fl = ap->a_fl;
	struct lockf *lf;
	struct lockf_range *want;
	lwkt_token_t tok;
	off_t end, start;
	int error;

	error = lf_range(fl, size, &start, &end);
	if (error)
		return (error);
	want = kmalloc(sizeof(*want), M_LOCKF, M_WAITOK | M_ZERO);
	want->lr_start = start;
	want->lr_end = end;
	want->lr_type = fl->l_type;
	want->lr_flags = ap->a_flags & F_POSIX;
	want->lr_owner = ap->a_id;
	want->lr_pid = (ap->a_flags & F_POSIX) ?
	    ((struct proc *)ap->a_id)->p_pid : -1;

	tok = lwkt_token_pool_lookup(head);
	lwkt_gettoken(tok);
	lf = *head;
	if (lf == NULL && ap->a_op == F_SETLK) {
		struct lockf *nlf;

		nlf = kmalloc(sizeof(*nlf), M_LOCKF, M_WAITOK | M_ZERO);
		TAILQ_INIT(&nlf->lf_granted);
		TAILQ_INIT(&nlf->lf_waiting);
		if (*head == NULL)
			*head = nlf;
		else
			kfree(nlf, M_LOCKF);
		lf = *head;
		if (ap->a_vp != NULL)
			vsetflags(ap->a_vp, VMAYHAVELOCKS);
	}
	if (lf != NULL)
		lf->lf_users++;
	switch (ap->a_op) {
	case F_SETLK:
		error = lf_setlock(lf, want, ap->a_flags);
		break;
	case F_UNLCK:
		if (lf != NULL)
			lf_unlock(lf, want);
		else
			kfree(want, M_LOCKF);
		break;
	case F_GETLK:
		lf_getlock(lf, want, fl);
		kfree(want, M_LOCKF);
		break;
	default:
		kfree(want, M_LOCKF);
		error = EINVAL;
		break;
	}
	if (lf != NULL && --lf->lf_users == 0 && lf == *head &&
	    TAILQ_EMPTY(&lf->lf_granted) && TAILQ_EMPTY(&lf->lf_waiting)) {
		*head = NULL;
		kfree(lf, M_LOCKF);
	}
	lwkt_reltoken(tok);
	return (error);
}

void
lf_destroy(struct lockf **head)
{
	struct lockf_range *lr;
	struct lockf *lf;

	lwkt_getpooltoken(head);
	lf = *head;
	if (lf != NULL) {
		*head = NULL;
		while ((lr = TAILQ_FIRST(&lf->lf_granted)) != NULL) {
			TAILQ_REMOVE(&lf->lf_granted, lr, lr_link);
			kfree(lr, M_LOCKF);
		}
		kfree(lf, M_LOCKF);
	}
	lwkt_relpooltoken(head);
}
