/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V message queues: msgget(2), msgsnd(2), msgrcv(2), msgctl(2).
 *
 * A queue is an ipc_object (see sysv_ipc.h) with a list of messages, each
 * allocated by itself.  Senders wait for room on the queue's ds, receivers
 * for messages on its list.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/msg.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#include "sysv_ipc.h"

static MALLOC_DEFINE(M_MSG, "msg", "System V message queues");

struct msg {
	STAILQ_ENTRY(msg) msg_link;
	long		msg_type;
	size_t		msg_ts;		/* bytes of text */
	char		msg_text[];
};

/* All under the queue's token. */
struct msgqueue {
	struct ipc_object mq_io;	/* first */
	struct msqid_ds	mq_ds;
	STAILQ_HEAD(, msg) mq_list;
	int		mq_senders;	/* waiting for room */
	int		mq_receivers;	/* waiting for a message */
};

static struct ipc_table msg_table;

static int	msgmax = 65536;
static int	msgmnb = 65536;
static int	msgtql = 32768;
static u_int	msg_total;		/* (a) messages in being */

SYSCTL_INT(_kern_ipc, OID_AUTO, msgmni, CTLFLAG_RW, &msg_table.it_limit, 0,
    "Most message queues");
SYSCTL_INT(_kern_ipc, OID_AUTO, msgmax, CTLFLAG_RW, &msgmax, 0,
    "Most bytes of a message");
SYSCTL_INT(_kern_ipc, OID_AUTO, msgmnb, CTLFLAG_RW, &msgmnb, 0,
    "Bytes a new queue may hold");
SYSCTL_INT(_kern_ipc, OID_AUTO, msgtql, CTLFLAG_RW, &msgtql, 0,
    "Most messages");

#define IO_TO_MQ(io)	((struct msgqueue *)(io))

static void
msg_free(struct msg *msg)
{
	kfree(msg, M_MSG);
	atomic_add_int(&msg_total, -1);
}

static void
mq_free(struct ipc_object *io)
{
	struct msgqueue *mq = IO_TO_MQ(io);
	struct msg *msg;

	while ((msg = STAILQ_FIRST(&mq->mq_list)) != NULL) {
		STAILQ_REMOVE_HEAD(&mq->mq_list, msg_link);
		msg_free(msg);
	}
	kfree(mq, M_MSG);
}

static void
mq_init(void *unused)
{
	ipc_table_init(&msg_table, 1024, mq_free);
}
SYSINIT(sysvmsg, SI_SUB_SYSV_MSG, SI_ORDER_ANY, mq_init, NULL);

int
sys_msgget(struct sysmsg *sysmsg, const struct msgget_args *uap)
{
	struct ipc_object *io;
	struct msgqueue *mq;
	int error, id = -1;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	lwkt_gettoken(&msg_table.it_token);
	error = ipc_find_key(&msg_table, uap->key, uap->msgflg, &io);
	if (error == 0 && io != NULL) {
		id = io->io_id;
		ipc_put(&msg_table, io);
	} else if (error == 0) {
		mq = kmalloc(sizeof(*mq), M_MSG, M_WAITOK | M_ZERO);
		STAILQ_INIT(&mq->mq_list);
		mq->mq_ds.msg_qbytes = msgmnb;
		mq->mq_ds.msg_ctime = time_second;
		id = ipc_insert(&msg_table, &mq->mq_io, &mq->mq_ds.msg_perm,
		    uap->key, uap->msgflg);
	}
	lwkt_reltoken(&msg_table.it_token);
	sysmsg->sysmsg_result = id;
	return (error);
}

/* --- sending ------------------------------------------------------------- */

/* Sleep on chan; the queue may be gone afterwards. */
static int
mq_sleep(struct msgqueue *mq, void *chan, int *count, const char *wmesg)
{
	int error;

	++*count;
	error = tsleep(chan, PCATCH, wmesg, 0);
	--*count;
	if (mq->mq_io.io_removed)
		return (EIDRM);
	return (error == ERESTART ? EINTR : error);
}

/* Append a complete message, when there is room for it. */
static int
mq_send(struct msgqueue *mq, struct msg *msg, int flags)
{
	struct msqid_ds *ds = &mq->mq_ds;
	int error;

	error = ipc_access(&mq->mq_io, IPC_W);
	if (error != 0)
		return (error);
	while (ds->msg_cbytes + msg->msg_ts > ds->msg_qbytes) {
		if (msg->msg_ts > ds->msg_qbytes)
			return (EINVAL);
		if (flags & IPC_NOWAIT)
			return (EAGAIN);
		error = mq_sleep(mq, ds, &mq->mq_senders, "msgsnd");
		if (error != 0)
			return (error);
	}
	STAILQ_INSERT_TAIL(&mq->mq_list, msg, msg_link);
	ds->msg_cbytes += msg->msg_ts;
	ds->msg_qnum++;
	ds->msg_lspid = curproc->p_pid;
	ds->msg_stime = time_second;
	if (mq->mq_receivers != 0)
		wakeup(&mq->mq_list);
	return (0);
}

int
sys_msgsnd(struct sysmsg *sysmsg, const struct msgsnd_args *uap)
{
	struct ipc_object *io;
	struct msg *msg;
	int error;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	if (uap->msgsz > msgmax)
		return (EINVAL);
	if (atomic_fetchadd_int(&msg_total, 1) >= msgtql) {
		atomic_add_int(&msg_total, -1);
		return (EAGAIN);
	}
	msg = kmalloc(sizeof(*msg) + uap->msgsz, M_MSG, M_WAITOK);
	msg->msg_ts = uap->msgsz;
	error = copyin(uap->msgp, &msg->msg_type, sizeof(long));
	if (error == 0)
		error = copyin((const char *)uap->msgp + sizeof(long),
		    msg->msg_text, uap->msgsz);
	if (error == 0 && msg->msg_type < 1)
		error = EINVAL;
	if (error == 0) {
		io = ipc_get(&msg_table, uap->msqid);
		if (io != NULL) {
			error = mq_send(IO_TO_MQ(io), msg, uap->msgflg);
			ipc_put(&msg_table, io);
		} else {
			error = EINVAL;
		}
	}
	if (error != 0)
		msg_free(msg);
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- receiving ----------------------------------------------------------- */

/* 0: any; positive: that type; negative: the lowest up to its amount. */
static struct msg *
mq_find(struct msgqueue *mq, long type)
{
	struct msg *msg, *best = NULL;

	STAILQ_FOREACH(msg, &mq->mq_list, msg_link) {
		if (type == 0 || msg->msg_type == type)
			return (msg);
		if (type < 0 && msg->msg_type <= -(u_long)type &&
		    (best == NULL || msg->msg_type < best->msg_type))
			best = msg;
	}
	return (best);
}

/* Take a message out of the queue. */
static int
mq_receive(struct msgqueue *mq, long type, size_t size, int flags,
    struct msg **msgp)
{
	struct msqid_ds *ds = &mq->mq_ds;
	struct msg *msg;
	int error;

	error = ipc_access(&mq->mq_io, IPC_R);
	if (error != 0)
		return (error);
	while ((msg = mq_find(mq, type)) == NULL) {
		if (flags & IPC_NOWAIT)
			return (ENOMSG);
		error = mq_sleep(mq, &mq->mq_list, &mq->mq_receivers,
		    "msgrcv");
		if (error != 0)
			return (error);
	}
	if (msg->msg_ts > size && (flags & MSG_NOERROR) == 0)
		return (E2BIG);
	STAILQ_REMOVE(&mq->mq_list, msg, msg, msg_link);
	ds->msg_cbytes -= msg->msg_ts;
	ds->msg_qnum--;
	ds->msg_lrpid = curproc->p_pid;
	ds->msg_rtime = time_second;
	if (mq->mq_senders != 0)
		wakeup(ds);
	*msgp = msg;
	return (0);
}

int
sys_msgrcv(struct sysmsg *sysmsg, const struct msgrcv_args *uap)
{
	struct msg *msg = NULL;
	struct ipc_object *io;
	size_t size;
	int error;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	if ((ssize_t)uap->msgsz < 0)
		return (EINVAL);
	io = ipc_get(&msg_table, uap->msqid);
	if (io == NULL)
		return (EINVAL);
	error = mq_receive(IO_TO_MQ(io), uap->msgtyp, uap->msgsz, uap->msgflg,
	    &msg);
	ipc_put(&msg_table, io);
	if (error != 0)
		return (error);
	size = MIN(msg->msg_ts, uap->msgsz);
	error = copyout(&msg->msg_type, uap->msgp, sizeof(long));
	if (error == 0)
		error = copyout(msg->msg_text,
		    (char *)uap->msgp + sizeof(long), size);
	msg_free(msg);
	sysmsg->sysmsg_szresult = size;
	return (error);
}

/* --- msgctl -------------------------------------------------------------- */

static void
mq_export(struct ipc_object *io, struct msqid_ds *ds)
{
	*ds = IO_TO_MQ(io)->mq_ds;
	ds->msg_first = ds->msg_last = NULL;
}

/* Only root makes a queue hold more than it does, or than new ones. */
static int
mq_set(struct msgqueue *mq, const struct msqid_ds *new)
{
	struct msqid_ds *ds = &mq->mq_ds;
	int error;

	if (new->msg_qbytes == 0)
		return (EINVAL);
	if (new->msg_qbytes > ds->msg_qbytes) {
		error = priv_check(curthread, PRIV_ROOT);
		if (error != 0)
			return (error);
	}
	ipc_set_perm(&mq->mq_io, &new->msg_perm);
	ds->msg_qbytes = new->msg_qbytes;
	ds->msg_ctime = time_second;
	wakeup(ds);
	return (0);
}

static int
mq_control(struct ipc_object *io, int cmd, void *ubuf)
{
	struct msgqueue *mq = IO_TO_MQ(io);
	struct msqid_ds ds;
	int error;

	switch (cmd) {
	case IPC_STAT:
		mq_export(&mq->mq_io, &ds);
		return (copyout(&ds, ubuf, sizeof(ds)));
	case IPC_SET:
		error = copyin(ubuf, &ds, sizeof(ds));
		if (error == 0 && mq->mq_io.io_removed)
			error = EIDRM;
		return (error != 0 ? error : mq_set(mq, &ds));
	default:
		ipc_remove(&msg_table, &mq->mq_io);
		wakeup(&mq->mq_ds);
		wakeup(&mq->mq_list);
		return (0);
	}
}

int
sys_msgctl(struct sysmsg *sysmsg, const struct msgctl_args *uap)
{
	sysmsg->sysmsg_result = 0;
	return (ipc_ctl(&msg_table, uap->msqid, uap->cmd, uap->buf,
	    mq_control));
}

/* --- kern.ipc.msqids ----------------------------------------------------- */

static void
mq_fill(struct ipc_object *io, void *rec)
{
	struct kinfo_msq *km = rec;

	km->km_id = io->io_id;
	mq_export(io, &km->km_ds);
}

static int
sysctl_msqids(SYSCTL_HANDLER_ARGS)
{
	return (ipc_sysctl_list(&msg_table, req, sizeof(struct kinfo_msq),
	    mq_fill));
}
SYSCTL_PROC(_kern_ipc, OID_AUTO, msqids, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_msqids, "S,kinfo_msq", "Message queues");
