/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX message queues: mq_open(2) and so on.
 *
 * A queue has a name, in one name space for each jail, and lives until it is
 * unlinked and nobody has it open.  Opening gives a descriptor (a struct
 * file of type DTYPE_MQUEUE); that is what mqd_t is, so that descriptors
 * of queues can be polled, noted in kqueues, inherited and passed on.
 *
 * mqueue_token guards the list of names; a queue's own token guards the
 * queue.  Order: list, then queue.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/mqueue.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_MQUEUE, "mqueue", "POSIX message queues");

#define MQ_NAMELEN	(NAME_MAX + 1)
#define MQ_DEF_MSGSIZE	1024
#define MQ_DEF_MAXMSG	32

struct mqmsg {
	TAILQ_ENTRY(mqmsg) mm_link;
	size_t		mm_len;
	char		mm_data[];
};

/* Locks: (l) mqueue_token; (q) mq_token; (I) immutable. */
struct mqueue {
	LIST_ENTRY(mqueue) mq_link;	/* (l) while it has a name */
	char		mq_name[MQ_NAMELEN]; /* (I) */
	int		mq_jail;	/* (I) whose name space */
	bool		mq_linked;	/* (l) */
	int		mq_refs;	/* (l) open files */
	uid_t		mq_uid;		/* (I) */
	gid_t		mq_gid;		/* (I) */
	mode_t		mq_mode;	/* (I) */
	struct lwkt_token mq_token;
	struct mq_attr	mq_attr;	/* (I) but mq_curmsgs (q) */
	TAILQ_HEAD(, mqmsg) mq_head[MQ_PRIO_MAX]; /* (q) by priority */
	uint32_t	mq_prios;	/* (q) lists that are not empty */
	int		mq_receivers;	/* (q) asleep for a message */
	int		mq_senders;	/* (q) asleep for room */
	pid_t		mq_notify_pid;	/* (q) wants to hear, or 0 */
	struct timeval	mq_notify_start; /* (q) its p_start */
	struct sigevent	mq_notify;	/* (q) how */
	struct kqinfo	mq_rkq;		/* EVFILT_READ */
	struct kqinfo	mq_wkq;		/* EVFILT_WRITE */
	struct timespec	mq_btime, mq_mtime, mq_atime; /* (q) */
};

static struct lwkt_token mqueue_token = LWKT_TOKEN_INITIALIZER(mqueue_token);
static LIST_HEAD(, mqueue) mqueues = LIST_HEAD_INITIALIZER(mqueues);
static int	mq_count;		/* mqueue_token */

static int	mq_open_max = MQ_OPEN_MAX;
static int	mq_prio_max = MQ_PRIO_MAX;
static int	mq_max_msgsize = 16 * MQ_DEF_MSGSIZE;
static int	mq_def_maxmsg = MQ_DEF_MAXMSG;
static int	mq_max_maxmsg = 16 * MQ_DEF_MAXMSG;
static int	mq_max_queues = 1024;

SYSCTL_NODE(_kern, OID_AUTO, mqueue, CTLFLAG_RW, 0, "POSIX message queues");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_open_max, CTLFLAG_RW, &mq_open_max, 0,
    "Most queues a process has open");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_prio_max, CTLFLAG_RD, &mq_prio_max, 0,
    "Number of priorities");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_max_msgsize, CTLFLAG_RW,
    &mq_max_msgsize, 0, "Largest message size of a queue");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_def_maxmsg, CTLFLAG_RW, &mq_def_maxmsg,
    0, "Messages a queue holds by default");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_max_maxmsg, CTLFLAG_RW, &mq_max_maxmsg,
    0, "Most messages a queue can be made to hold");
SYSCTL_INT(_kern_mqueue, OID_AUTO, mq_max_queues, CTLFLAG_RW, &mq_max_queues,
    0, "Most queues of all users but root");

static fo_rdwr_t mq_rdwr;
static int	mq_fstat(struct file *, struct stat *, struct ucred *);
static int	mq_kqfilter(struct file *, struct knote *);
static int	mq_fclose(struct file *);

static struct fileops mqueue_ops = {
	.fo_read = mq_rdwr,
	.fo_write = mq_rdwr,
	.fo_ioctl = badfo_ioctl,
	.fo_kqfilter = mq_kqfilter,
	.fo_stat = mq_fstat,
	.fo_close = mq_fclose,
	.fo_shutdown = badfo_shutdown,
	.fo_seek = badfo_seek,
};

/* --- queues -------------------------------------------------------------- */

static int
jail_of(struct ucred *cr)
{
	return (cr->cr_prison != NULL ? cr->cr_prison->pr_id : 0);
}

static struct mqueue *
mq_find(const char *name)
{
	int jail = jail_of(curthread->td_ucred);
	struct mqueue *mq;

	LIST_FOREACH(mq, &mqueues, mq_link)
		if (mq->mq_jail == jail && strcmp(mq->mq_name, name) == 0)
			break;
	return (mq);
}

/* Neither name nor reference is left. */
static void
mq_destroy(struct mqueue *mq)
{
	struct mqmsg *mm;
	int i;

	for (i = 0; i < MQ_PRIO_MAX; i++) {
		while ((mm = TAILQ_FIRST(&mq->mq_head[i])) != NULL) {
			TAILQ_REMOVE(&mq->mq_head[i], mm, mm_link);
			kfree(mm, M_MQUEUE);
		}
	}
	lwkt_token_uninit(&mq->mq_token);
	kfree(mq, M_MQUEUE);
}

/* Give up a reference, or the name's hold. */
static void
mq_release(struct mqueue *mq)
{
	bool last;

	lwkt_gettoken(&mqueue_token);
	last = --mq->mq_refs == 0 && !mq->mq_linked;
	if (last)
		--mq_count;
	lwkt_reltoken(&mqueue_token);
	if (last)
		mq_destroy(mq);
}

static int
mq_access(struct mqueue *mq, int fflags)
{
	struct ucred *cr = curthread->td_ucred;
	mode_t want = 0, have = mq->mq_mode;

	if (cr->cr_uid == 0)
		return (0);
	if (fflags & FREAD)
		want |= S_IROTH;
	if (fflags & FWRITE)
		want |= S_IWOTH;
	if (cr->cr_uid == mq->mq_uid)
		have >>= 6;
	else if (groupmember(mq->mq_gid, cr))
		have >>= 3;
	return ((want & ~have) != 0 ? EACCES : 0);
}

/* A new queue, not in the list; attr may be NULL. */
static int
mq_create(const char *name, int mode, const struct mq_attr *attr,
    struct mqueue **mqp)
{
	struct mqueue *mq;
	int i;

	if (attr != NULL && (attr->mq_maxmsg <= 0 ||
	    attr->mq_maxmsg > mq_max_maxmsg || attr->mq_msgsize <= 0 ||
	    attr->mq_msgsize > mq_max_msgsize))
		return (EINVAL);
	mq = kmalloc(sizeof(*mq), M_MQUEUE, M_WAITOK | M_ZERO);
	lwkt_token_init(&mq->mq_token, "mqueue");
	strlcpy(mq->mq_name, name, sizeof(mq->mq_name));
	mq->mq_jail = jail_of(curthread->td_ucred);
	mq->mq_uid = curthread->td_ucred->cr_uid;
	mq->mq_gid = curthread->td_ucred->cr_gid;
	mq->mq_mode = mode & ~curproc->p_fd->fd_cmask & ALLPERMS &
	    ~(S_ISUID | S_ISGID | S_ISVTX);
	mq->mq_attr.mq_maxmsg = attr != NULL ? attr->mq_maxmsg :
	    mq_def_maxmsg;
	mq->mq_attr.mq_msgsize = attr != NULL ? attr->mq_msgsize :
	    MQ_DEF_MSGSIZE;
	for (i = 0; i < MQ_PRIO_MAX; i++)
		TAILQ_INIT(&mq->mq_head[i]);
	getnanotime(&mq->mq_btime);
	mq->mq_atime = mq->mq_mtime = mq->mq_btime;
	*mqp = mq;
	return (0);
}

/* --- open, close, unlink ------------------------------------------------- */

/* Does the process have as many queues open as it may? */
static int
mq_check_open(struct proc *p)
{
	struct filedesc *fdp = p->p_fd;
	struct file *fp;
	int count = 0, fd;

	for (fd = 0; fd <= fdp->fd_lastfile; fd++) {
		fp = holdfp(curthread, fd, -1);
		if (fp == NULL)
			continue;
		if (fp->f_type == DTYPE_MQUEUE)
			++count;
		dropfp(curthread, fd, fp);
	}
	return (count >= mq_open_max ? EMFILE : 0);
}

/* The queue by name, made if wanted, referenced. */
static int
mq_lookup(const char *name, int oflag, int fflags, int mode,
    const struct mq_attr *attr, struct mqueue **mqp)
{
	struct mqueue *mq, *new = NULL;
	int error = 0;

	/* Beforehand: making it sleeps. */
	if (oflag & O_CREAT)
		error = mq_create(name, mode, attr, &new);
	lwkt_gettoken(&mqueue_token);
	mq = mq_find(name);
	if (mq != NULL) {
		if ((oflag & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
			error = EEXIST;
		else
			error = mq_access(mq, fflags);
	} else if ((oflag & O_CREAT) == 0) {
		error = ENOENT;
	} else if (error == 0) {
		if (mq_count >= mq_max_queues &&
		    priv_check(curthread, PRIV_ROOT) != 0) {
			error = ENOSPC;
		} else {
			mq = new;
			new = NULL;
			mq->mq_linked = true;
			LIST_INSERT_HEAD(&mqueues, mq, mq_link);
			++mq_count;
		}
	}
	if (error == 0) {
		++mq->mq_refs;
		*mqp = mq;
	}
	lwkt_reltoken(&mqueue_token);
	if (new != NULL)
		mq_destroy(new);
	return (error);
}

/* One name component, with or without a slash before it. */
static int
mq_copyin_name(const char *uname, char *name)
{
	int error;

	error = copyinstr(uname, name, MQ_NAMELEN, NULL);
	if (error == 0 && (name[0] == '\0' || strcmp(name, "/") == 0 ||
	    strchr(name + 1, '/') != NULL))
		error = EINVAL;
	return (error);
}

int
sys_mq_open(struct sysmsg *sysmsg, const struct mq_open_args *uap)
{
	struct proc *p = curproc;
	struct mq_attr attr, *ap = NULL;
	char *name;
	struct mqueue *mq;
	struct file *fp;
	int error, fd, fflags = FFLAGS(uap->oflag);

	if ((uap->oflag & O_ACCMODE) == O_ACCMODE)
		return (EINVAL);
	if ((uap->oflag & O_CREAT) && uap->attr != NULL) {
		error = copyin(uap->attr, &attr, sizeof(attr));
		if (error != 0)
			return (error);
		ap = &attr;
	}
	error = mq_check_open(p);
	if (error != 0)
		return (error);
	name = kmalloc(MQ_NAMELEN, M_TEMP, M_WAITOK);
	error = mq_copyin_name(uap->name, name);
	if (error == 0)
		error = falloc(curthread->td_lwp, &fp, &fd);
	if (error != 0) {
		kfree(name, M_TEMP);
		return (error);
	}
	error = mq_lookup(name, uap->oflag, fflags, uap->mode, ap, &mq);
	kfree(name, M_TEMP);
	if (error != 0) {
		fsetfd(p->p_fd, NULL, fd);
		fdrop(fp);
		return (error);
	}
	fp->f_type = DTYPE_MQUEUE;
	fp->f_flag = fflags & (FREAD | FWRITE | O_NONBLOCK);
	fp->f_ops = &mqueue_ops;
	fp->f_data = mq;
	fsetfdflags(p->p_fd, fd, UF_EXCLOSE);
	fsetfd(p->p_fd, fp, fd);
	fdrop(fp);
	sysmsg->sysmsg_result = fd;
	return (0);
}

static int
mq_fclose(struct file *fp)
{
	struct mqueue *mq = fp->f_data;

	fp->f_ops = &badfileops;
	mq_release(mq);
	return (0);
}

/* The queue behind a descriptor; dropfp() afterwards. */
static int
mq_hold(int fd, int flag, struct file **fpp, struct mqueue **mqp)
{
	struct file *fp = holdfp(curthread, fd, -1);

	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_MQUEUE ||
	    (flag != 0 && (fp->f_flag & flag) == 0)) {
		dropfp(curthread, fd, fp);
		return (EBADF);
	}
	*fpp = fp;
	*mqp = fp->f_data;
	return (0);
}

int
sys_mq_close(struct sysmsg *sysmsg, const struct mq_close_args *uap)
{
	struct mqueue *mq;
	struct file *fp;
	int error;

	error = mq_hold(uap->mqdes, 0, &fp, &mq);
	if (error != 0)
		return (error);
	lwkt_gettoken(&mq->mq_token);
	if (mq->mq_notify_pid == curproc->p_pid)
		mq->mq_notify_pid = 0;
	lwkt_reltoken(&mq->mq_token);
	dropfp(curthread, uap->mqdes, fp);
	sysmsg->sysmsg_result = 0;
	return (kern_close(uap->mqdes));
}

int
sys_mq_unlink(struct sysmsg *sysmsg, const struct mq_unlink_args *uap)
{
	struct ucred *cr = curthread->td_ucred;
	struct mqueue *mq;
	char *name;
	int error;

	name = kmalloc(MQ_NAMELEN, M_TEMP, M_WAITOK);
	error = mq_copyin_name(uap->name, name);
	lwkt_gettoken(&mqueue_token);
	if (error == 0) {
		mq = mq_find(name);
		if (mq == NULL)
			error = ENOENT;
		else if (cr->cr_uid != mq->mq_uid && cr->cr_uid != 0)
			error = EACCES;
	}
	if (error == 0) {
		LIST_REMOVE(mq, mq_link);
		mq->mq_linked = false;
		++mq->mq_refs;
	}
	lwkt_reltoken(&mqueue_token);
	kfree(name, M_TEMP);
	if (error == 0)
		mq_release(mq);
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- sending and receiving ----------------------------------------------- */

/* The first message of an empty queue: tell who asked to be told, once. */
static void
mq_do_notify(struct mqueue *mq)
{
	struct proc *p;

	if (mq->mq_notify_pid == 0 || mq->mq_receivers != 0)
		return;
	p = pfind(mq->mq_notify_pid);
	mq->mq_notify_pid = 0;
	if (p == NULL)
		return;
	if (timevalcmp(&p->p_start, &mq->mq_notify_start, ==) &&
	    mq->mq_notify.sigev_notify == SIGEV_SIGNAL)
		ksignal(p, mq->mq_notify.sigev_signo);
	PRELE(p);
}

/*
 * Sleep until the queue has changed.  until: absolute real time, or NULL.
 * ETIMEDOUT, EINTR.
 */
static int
mq_sleep(void *chan, int *count, const struct timespec *until)
{
	struct timespec now, left;
	int error, ticks = 0;

	if (until != NULL) {
		if (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)
			return (EINVAL);
		nanotime(&now);
		timespecsub(until, &now, &left);
		if (left.tv_sec < 0 || (left.tv_sec == 0 && left.tv_nsec == 0))
			return (ETIMEDOUT);
		ticks = tstohz_high(&left);
	}
	++*count;
	error = tsleep(chan, PCATCH, "mqueue", ticks);
	--*count;
	if (error == EWOULDBLOCK)
		return (0);		/* the clock decides, above */
	return (error != 0 ? EINTR : 0);
}

static int
mq_send(struct mqueue *mq, struct mqmsg *mm, u_int prio, bool nonblock,
    const struct timespec *until)
{
	int error;

	ASSERT_LWKT_TOKEN_HELD(&mq->mq_token);
	while (mq->mq_attr.mq_curmsgs >= mq->mq_attr.mq_maxmsg) {
		if (nonblock)
			return (EAGAIN);
		error = mq_sleep(&mq->mq_senders, &mq->mq_senders, until);
		if (error != 0) {
			/* It may have been our turn: pass it on. */
			wakeup_one(&mq->mq_senders);
			return (error);
		}
	}
	TAILQ_INSERT_TAIL(&mq->mq_head[prio], mm, mm_link);
	mq->mq_prios |= 1U << prio;
	getnanotime(&mq->mq_mtime);
	if (mq->mq_attr.mq_curmsgs++ == 0)
		mq_do_notify(mq);
	if (mq->mq_receivers != 0)
		wakeup_one(&mq->mq_receivers);
	KNOTE(&mq->mq_rkq.ki_note, 0);
	return (0);
}

static int
mq_send1(mqd_t fd, const char *umsg, size_t len, u_int prio,
    const struct timespec *until)
{
	struct mqueue *mq;
	struct mqmsg *mm;
	struct file *fp;
	int error;

	if (prio >= MQ_PRIO_MAX)
		return (EINVAL);
	error = mq_hold(fd, FWRITE, &fp, &mq);
	if (error != 0)
		return (error);
	if (len > mq->mq_attr.mq_msgsize) {
		dropfp(curthread, fd, fp);
		return (EMSGSIZE);
	}
	mm = kmalloc(sizeof(*mm) + len, M_MQUEUE, M_WAITOK);
	mm->mm_len = len;
	error = copyin(umsg, mm->mm_data, len);
	if (error == 0) {
		lwkt_gettoken(&mq->mq_token);
		error = mq_send(mq, mm, prio, (fp->f_flag & O_NONBLOCK) != 0,
		    until);
		lwkt_reltoken(&mq->mq_token);
	}
	if (error != 0)
		kfree(mm, M_MQUEUE);
	dropfp(curthread, fd, fp);
	return (error);
}

static int
mq_receive(struct mqueue *mq, struct mqmsg **mmp, u_int *prio, bool nonblock,
    const struct timespec *until)
{
	struct mqmsg *mm;
	int error;

	ASSERT_LWKT_TOKEN_HELD(&mq->mq_token);
	while (mq->mq_prios == 0) {
		if (nonblock)
			return (EAGAIN);
		error = mq_sleep(&mq->mq_receivers, &mq->mq_receivers, until);
		if (error != 0) {
			wakeup_one(&mq->mq_receivers);
			return (error);
		}
	}
	*prio = 31 - __builtin_clz(mq->mq_prios);
	mm = TAILQ_FIRST(&mq->mq_head[*prio]);
	TAILQ_REMOVE(&mq->mq_head[*prio], mm, mm_link);
	if (TAILQ_EMPTY(&mq->mq_head[*prio]))
		mq->mq_prios &= ~(1U << *prio);
	mq->mq_attr.mq_curmsgs--;
	getnanotime(&mq->mq_atime);
	if (mq->mq_senders != 0)
		wakeup_one(&mq->mq_senders);
	KNOTE(&mq->mq_wkq.ki_note, 0);
	*mmp = mm;
	return (0);
}

static int
mq_receive1(mqd_t fd, char *umsg, size_t len, u_int *uprio,
    const struct timespec *until, size_t *lenp)
{
	struct mqueue *mq;
	struct mqmsg *mm;
	struct file *fp;
	u_int prio;
	int error;

	error = mq_hold(fd, FREAD, &fp, &mq);
	if (error != 0)
		return (error);
	if (len < mq->mq_attr.mq_msgsize) {
		dropfp(curthread, fd, fp);
		return (EMSGSIZE);
	}
	lwkt_gettoken(&mq->mq_token);
	error = mq_receive(mq, &mm, &prio, (fp->f_flag & O_NONBLOCK) != 0,
	    until);
	lwkt_reltoken(&mq->mq_token);
	dropfp(curthread, fd, fp);
	if (error != 0)
		return (error);
	*lenp = mm->mm_len;
	error = copyout(mm->mm_data, umsg, mm->mm_len);
	if (error == 0 && uprio != NULL)
		error = copyout(&prio, uprio, sizeof(prio));
	kfree(mm, M_MQUEUE);
	return (error);
}

/* A time limit: none if the user gives none. */
static int
mq_copyin_until(const struct timespec *uts, struct timespec *ts,
    struct timespec **tsp)
{
	*tsp = NULL;
	if (uts == NULL)
		return (0);
	*tsp = ts;
	return (copyin(uts, ts, sizeof(*ts)));
}

int
sys_mq_send(struct sysmsg *sysmsg, const struct mq_send_args *uap)
{
	sysmsg->sysmsg_result = 0;
	return (mq_send1(uap->mqdes, uap->msg_ptr, uap->msg_len,
	    uap->msg_prio, NULL));
}

int
sys_mq_timedsend(struct sysmsg *sysmsg, const struct mq_timedsend_args *uap)
{
	struct timespec ts, *tsp;
	int error;

	error = mq_copyin_until(uap->abs_timeout, &ts, &tsp);
	if (error != 0)
		return (error);
	sysmsg->sysmsg_result = 0;
	return (mq_send1(uap->mqdes, uap->msg_ptr, uap->msg_len,
	    uap->msg_prio, tsp));
}

int
sys_mq_receive(struct sysmsg *sysmsg, const struct mq_receive_args *uap)
{
	size_t len = 0;
	int error;

	error = mq_receive1(uap->mqdes, uap->msg_ptr, uap->msg_len,
	    uap->msg_prio, NULL, &len);
	sysmsg->sysmsg_szresult = len;
	return (error);
}

int
sys_mq_timedreceive(struct sysmsg *sysmsg,
    const struct mq_timedreceive_args *uap)
{
	struct timespec ts, *tsp;
	size_t len = 0;
	int error;

	error = mq_copyin_until(uap->abs_timeout, &ts, &tsp);
	if (error != 0)
		return (error);
	error = mq_receive1(uap->mqdes, uap->msg_ptr, uap->msg_len,
	    uap->msg_prio, tsp, &len);
	sysmsg->sysmsg_szresult = len;
	return (error);
}

/* --- notification and attributes ----------------------------------------- */

/* Is who registered last still there? */
static bool
mq_notify_taken(struct mqueue *mq)
{
	struct proc *p;
	bool taken;

	if (mq->mq_notify_pid == 0)
		return (false);
	p = pfind(mq->mq_notify_pid);
	if (p == NULL)
		return (false);
	taken = timevalcmp(&p->p_start, &mq->mq_notify_start, ==);
	PRELE(p);
	return (taken);
}

int
sys_mq_notify(struct sysmsg *sysmsg, const struct mq_notify_args *uap)
{
	struct proc *p = curproc;
	struct sigevent sig;
	struct mqueue *mq;
	struct file *fp;
	int error = 0;

	if (uap->notification != NULL) {
		error = copyin(uap->notification, &sig, sizeof(sig));
		if (error != 0)
			return (error);
		if (sig.sigev_notify != SIGEV_NONE &&
		    (sig.sigev_notify != SIGEV_SIGNAL ||
		    !_SIG_VALID(sig.sigev_signo)))
			return (EINVAL);
	}
	error = mq_hold(uap->mqdes, 0, &fp, &mq);
	if (error != 0)
		return (error);
	lwkt_gettoken(&mq->mq_token);
	if (uap->notification == NULL) {
		if (mq->mq_notify_pid == p->p_pid)
			mq->mq_notify_pid = 0;
	} else if (mq_notify_taken(mq)) {
		error = EBUSY;
	} else {
		mq->mq_notify = sig;
		mq->mq_notify_pid = p->p_pid;
		mq->mq_notify_start = p->p_start;
	}
	lwkt_reltoken(&mq->mq_token);
	dropfp(curthread, uap->mqdes, fp);
	sysmsg->sysmsg_result = 0;
	return (error);
}

static void
mq_get_attr(struct file *fp, struct mqueue *mq, struct mq_attr *attr)
{
	*attr = mq->mq_attr;
	attr->mq_flags = fp->f_flag & O_NONBLOCK;
}

int
sys_mq_getattr(struct sysmsg *sysmsg, const struct mq_getattr_args *uap)
{
	struct mq_attr attr;
	struct mqueue *mq;
	struct file *fp;
	int error;

	error = mq_hold(uap->mqdes, 0, &fp, &mq);
	if (error != 0)
		return (error);
	mq_get_attr(fp, mq, &attr);
	dropfp(curthread, uap->mqdes, fp);
	sysmsg->sysmsg_result = 0;
	return (copyout(&attr, uap->mqstat, sizeof(attr)));
}

int
sys_mq_setattr(struct sysmsg *sysmsg, const struct mq_setattr_args *uap)
{
	struct mq_attr attr, old;
	struct mqueue *mq;
	struct file *fp;
	int error;

	error = copyin(uap->mqstat, &attr, sizeof(attr));
	if (error == 0)
		error = mq_hold(uap->mqdes, 0, &fp, &mq);
	if (error != 0)
		return (error);
	mq_get_attr(fp, mq, &old);
	if (attr.mq_flags & O_NONBLOCK)
		atomic_set_int(&fp->f_flag, O_NONBLOCK);
	else
		atomic_clear_int(&fp->f_flag, O_NONBLOCK);
	dropfp(curthread, uap->mqdes, fp);
	if (uap->omqstat != NULL)
		error = copyout(&old, uap->omqstat, sizeof(old));
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- as a file ----------------------------------------------------------- */

static int
mq_rdwr(struct file *fp, struct uio *uio, struct ucred *cred, int flags)
{
	return (EOPNOTSUPP);
}

static int
mq_fstat(struct file *fp, struct stat *sb, struct ucred *cred)
{
	struct mqueue *mq = fp->f_data;

	bzero(sb, sizeof(*sb));
	lwkt_gettoken_shared(&mq->mq_token);
	sb->st_mode = mq->mq_mode;
	sb->st_uid = mq->mq_uid;
	sb->st_gid = mq->mq_gid;
	sb->st_size = mq->mq_attr.mq_curmsgs;
	sb->st_blksize = mq->mq_attr.mq_msgsize;
	sb->st_atim = mq->mq_atime;
	sb->st_mtim = mq->mq_mtime;
	sb->st_ctim = mq->mq_btime;
	lwkt_reltoken(&mq->mq_token);
	return (0);
}

static void
filt_mqrdetach(struct knote *kn)
{
	struct mqueue *mq = (struct mqueue *)kn->kn_hook;

	knote_remove(&mq->mq_rkq.ki_note, kn);
}

static int
filt_mqread(struct knote *kn, long hint)
{
	struct mqueue *mq = (struct mqueue *)kn->kn_hook;

	kn->kn_data = *(volatile long *)&mq->mq_attr.mq_curmsgs;
	return (kn->kn_data > 0);
}

static void
filt_mqwdetach(struct knote *kn)
{
	struct mqueue *mq = (struct mqueue *)kn->kn_hook;

	knote_remove(&mq->mq_wkq.ki_note, kn);
}

static int
filt_mqwrite(struct knote *kn, long hint)
{
	struct mqueue *mq = (struct mqueue *)kn->kn_hook;

	kn->kn_data = mq->mq_attr.mq_maxmsg -
	    *(volatile long *)&mq->mq_attr.mq_curmsgs;
	return (kn->kn_data > 0);
}

static struct filterops mq_rfiltops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_mqrdetach, filt_mqread
};
static struct filterops mq_wfiltops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_mqwdetach, filt_mqwrite
};

static int
mq_kqfilter(struct file *fp, struct knote *kn)
{
	struct mqueue *mq = fp->f_data;

	kn->kn_hook = (caddr_t)mq;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &mq_rfiltops;
		knote_insert(&mq->mq_rkq.ki_note, kn);
		return (0);
	case EVFILT_WRITE:
		kn->kn_fop = &mq_wfiltops;
		knote_insert(&mq->mq_wkq.ki_note, kn);
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}
