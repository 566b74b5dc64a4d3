/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message ports: see <sys/msgport.h>.
 *
 * A message belongs to whoever works on it: the sender until it is sent, the
 * target port's owner until it is replied to, then the reply port's owner.
 * MSGF_DONE and MSGF_REPLY say that it is at the last of these.
 *
 * ms_flags are changed atomically: while the target works on a message its
 * sender may announce that it waits.
 *
 * A thread port's queue is changed on its owner's CPU only, in a critical
 * section; messages from elsewhere travel by IPI message with MSGF_INTRANSIT.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/serialize.h>
#include <sys/spinlock2.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/msgport2.h>
#include <machine/atomic.h>

/*
 * --- sending ---
 */

void
lwkt_sendmsg_prepare(lwkt_port_t port, lwkt_msg_t msg)
{
	KKASSERT(msg->ms_reply_port != NULL &&
	    (msg->ms_flags & (MSGF_DONE | MSGF_QUEUED)) == MSGF_DONE);
	msg->ms_target_port = port;
	atomic_clear_int(&msg->ms_flags,
	    MSGF_REPLY | MSGF_SYNC | MSGF_DONE);
}

void
lwkt_sendmsg_start(lwkt_port_t port, lwkt_msg_t msg)
{
	int error;

	error = lwkt_beginmsg(port, msg);
	if (error != EASYNC)
		lwkt_replymsg(msg, error);
}

void
lwkt_sendmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	lwkt_sendmsg_prepare(port, msg);
	lwkt_sendmsg_start(port, msg);
}

/* To a port known to belong to this CPU. */
void
lwkt_sendmsg_oncpu(lwkt_port_t port, lwkt_msg_t msg)
{
	int error;

	lwkt_sendmsg_prepare(port, msg);
	error = port->mp_putport_oncpu(port, msg);
	if (error != EASYNC)
		lwkt_replymsg(msg, error);
}

int
lwkt_sendmsg_done(lwkt_msg_t msg)
{
	return (msg->ms_flags & MSGF_DONE);
}

int
lwkt_domsg(lwkt_port_t port, lwkt_msg_t msg, int flags)
{
	int error;

	lwkt_sendmsg_prepare(port, msg);
	atomic_set_int(&msg->ms_flags, MSGF_SYNC);
	error = lwkt_beginmsg(port, msg);
	if (error == EASYNC)
		return (lwkt_waitmsg(msg, flags));
	/* Done on the spot: no reply, no switch. */
	msg->ms_error = error;
	atomic_set_int(&msg->ms_flags, MSGF_DONE);
	return (error);
}

int
lwkt_forwardmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	int error;

	KKASSERT((msg->ms_flags & (MSGF_QUEUED | MSGF_DONE | MSGF_REPLY)) == 0);
	msg->ms_target_port = port;
	error = port->mp_putport(port, msg);
	if (error != EASYNC)
		lwkt_replymsg(msg, error);
	return (error);
}

static void
abort_remote(void *arg)
{
	lwkt_abortmsg(arg);
}

/* Ask the target to give an abortable message back soon. */
void
lwkt_abortmsg(lwkt_msg_t msg)
{
	lwkt_port_t port;
	thread_t td;

	if ((msg->ms_flags & (MSGF_DONE | MSGF_ABORTABLE)) != MSGF_ABORTABLE)
		return;
	port = msg->ms_target_port;
	td = port->mpu_td;
	if (td != NULL && td->td_gd != mycpu)
		lwkt_send_ipiq(td->td_gd, abort_remote, msg);
	else
		msg->ms_abortfn(msg);
}

/*
 * --- queues ---
 */

static __inline void
port_insert(lwkt_port_t port, lwkt_msg_t msg)
{
	atomic_set_int(&msg->ms_flags, MSGF_QUEUED);
	if (msg->ms_flags & MSGF_PRIORITY)
		TAILQ_INSERT_TAIL(&port->mp_msgq_prio, msg, ms_node);
	else
		TAILQ_INSERT_TAIL(&port->mp_msgq, msg, ms_node);
	if (msg->ms_receiptfn != NULL)
		msg->ms_receiptfn(msg, port);
}

static __inline void
port_remove(lwkt_port_t port, lwkt_msg_t msg)
{
	if (msg->ms_flags & MSGF_PRIORITY)
		TAILQ_REMOVE(&port->mp_msgq_prio, msg, ms_node);
	else
		TAILQ_REMOVE(&port->mp_msgq, msg, ms_node);
	atomic_clear_int(&msg->ms_flags, MSGF_QUEUED);
}

static __inline lwkt_msg_t
port_first(lwkt_port_t port)
{
	lwkt_msg_t msg = TAILQ_FIRST(&port->mp_msgq_prio);

	return (msg != NULL ? msg : TAILQ_FIRST(&port->mp_msgq));
}

static __inline void *
port_take(lwkt_port_t port)
{
	lwkt_msg_t msg = port_first(port);

	if (msg != NULL)
		port_remove(port, msg);
	return (msg);
}

/* Put a reply where its waiter looks: under the port's exclusion. */
static __inline void
port_reply(lwkt_port_t port, lwkt_msg_t msg)
{
	if (msg->ms_flags & MSGF_SYNC) {
		/* Nobody but the waiter cares. */
		atomic_set_int(&msg->ms_flags, MSGF_DONE | MSGF_REPLY);
	} else {
		port_insert(port, msg);
		atomic_set_int(&msg->ms_flags, MSGF_DONE | MSGF_REPLY);
	}
}

/*
 * --- thread ports ---
 */

static void
thread_port_wake(lwkt_port_t port)
{
	if (port->mp_flags & MSGPORTF_WAITING)
		tsleep_wakeup(port->mpu_td);
}

static void
thread_putport_remote(void *arg)
{
	lwkt_msg_t msg = arg;
	lwkt_port_t port = msg->ms_target_port;

	if (port->mpu_td->td_gd != mycpu) {
		lwkt_send_ipiq(port->mpu_td->td_gd, thread_putport_remote, msg);
		return;
	}
	atomic_clear_int(&msg->ms_flags, MSGF_INTRANSIT);
	port_insert(port, msg);
	thread_port_wake(port);
}

static int
thread_putport(lwkt_port_t port, lwkt_msg_t msg)
{
	crit_enter();
	if (port->mpu_td->td_gd == mycpu) {
		port_insert(port, msg);
		thread_port_wake(port);
	} else {
		atomic_set_int(&msg->ms_flags, MSGF_INTRANSIT);
		lwkt_send_ipiq(port->mpu_td->td_gd, thread_putport_remote, msg);
	}
	crit_exit();
	return (EASYNC);
}

static void
thread_replyport_local(lwkt_port_t port, lwkt_msg_t msg)
{
	int waiting = msg->ms_flags & MSGF_WAITING;
	int sync = msg->ms_flags & MSGF_SYNC;

	atomic_clear_int(&msg->ms_flags, MSGF_INTRANSIT);
	port_reply(port, msg);
	/* A synchronous message may be gone now. */
	if (waiting)
		tsleep_wakeup(port->mpu_td);
	else if (!sync)
		thread_port_wake(port);
}

static void
thread_replyport_remote(void *arg)
{
	lwkt_msg_t msg = arg;
	lwkt_port_t port = msg->ms_reply_port;

	if (port->mpu_td->td_gd != mycpu) {
		lwkt_send_ipiq(port->mpu_td->td_gd, thread_replyport_remote,
		    msg);
		return;
	}
	thread_replyport_local(port, msg);
}

static void
thread_replyport(lwkt_port_t port, lwkt_msg_t msg)
{
	KKASSERT((msg->ms_flags & (MSGF_DONE | MSGF_QUEUED |
	    MSGF_INTRANSIT)) == 0);
	crit_enter();
	if (port->mpu_td->td_gd == mycpu) {
		thread_replyport_local(port, msg);
	} else {
		atomic_set_int(&msg->ms_flags, MSGF_INTRANSIT);
		lwkt_send_ipiq(port->mpu_td->td_gd, thread_replyport_remote,
		    msg);
	}
	crit_exit();
}

static void *
thread_getport(lwkt_port_t port)
{
	void *msg;

	KKASSERT(port->mpu_td == curthread);
	crit_enter();
	msg = port_take(port);
	crit_exit();
	return (msg);
}

static int
thread_waitmsg(lwkt_msg_t msg, int flags)
{
	lwkt_port_t port = msg->ms_reply_port;
	int error;

	KKASSERT((msg->ms_flags & MSGF_DROPABLE) == 0);
	KASSERT(port->mpu_td == curthread,
	    ("lwkt_waitmsg: reply port of another thread"));
	crit_enter();
	while ((msg->ms_flags & MSGF_DONE) == 0) {
		atomic_set_int(&msg->ms_flags, MSGF_WAITING);
		error = tsleep(msg, flags & PCATCH, "waitmsg", 0);
		atomic_clear_int(&msg->ms_flags, MSGF_WAITING);
		if (error && (msg->ms_flags & MSGF_DONE) == 0) {
			/* Interrupted: have it aborted, then wait on. */
			flags &= ~PCATCH;
			lwkt_abortmsg(msg);
		}
	}
	if (msg->ms_flags & MSGF_QUEUED)
		port_remove(port, msg);
	crit_exit();
	return (msg->ms_error);
}

static void *
thread_waitport(lwkt_port_t port, int flags)
{
	lwkt_msg_t msg;
	int error;

	KKASSERT(port->mpu_td == curthread);
	crit_enter();
	while ((msg = port_first(port)) == NULL) {
		port->mp_flags |= MSGPORTF_WAITING;
		error = tsleep(port, flags & PCATCH, "waitport", 0);
		port->mp_flags &= ~MSGPORTF_WAITING;
		if (error && (flags & PCATCH) && port_first(port) == NULL)
			break;
	}
	if (msg == NULL)
		msg = port_first(port);
	if (msg != NULL)
		port_remove(port, msg);
	crit_exit();
	return (msg);
}

/* Take a message back that has not been looked at yet. */
static int
thread_dropmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	int error = ENOENT;

	KASSERT(port->mpu_td == curthread,
	    ("lwkt_dropmsg: not by the port's owner"));
	crit_enter();
	if ((msg->ms_flags & (MSGF_REPLY | MSGF_QUEUED)) == MSGF_QUEUED) {
		port_remove(port, msg);
		atomic_set_int(&msg->ms_flags, MSGF_DONE);
		error = 0;
	}
	crit_exit();
	return (error);
}

/*
 * --- spin ports ---
 */

static int
spin_putport(lwkt_port_t port, lwkt_msg_t msg)
{
	int waiting;

	spin_lock(&port->mpu_spin);
	port_insert(port, msg);
	waiting = port->mp_flags & MSGPORTF_WAITING;
	port->mp_flags &= ~MSGPORTF_WAITING;
	spin_unlock(&port->mpu_spin);
	if (waiting)
		wakeup(port);
	return (EASYNC);
}

static void
spin_replyport(lwkt_port_t port, lwkt_msg_t msg)
{
	int waiting, sync;

	KKASSERT((msg->ms_flags & (MSGF_DONE | MSGF_QUEUED)) == 0);
	spin_lock(&port->mpu_spin);
	sync = msg->ms_flags & MSGF_SYNC;
	if (sync) {
		waiting = msg->ms_flags & MSGF_WAITING;
	} else {
		waiting = port->mp_flags & MSGPORTF_WAITING;
		port->mp_flags &= ~MSGPORTF_WAITING;
	}
	port_reply(port, msg);
	spin_unlock(&port->mpu_spin);
	if (waiting) {
		if (sync)
			wakeup(msg);
		else
			wakeup(port);
	}
}

static void *
spin_getport(lwkt_port_t port)
{
	void *msg;

	spin_lock(&port->mpu_spin);
	msg = port_take(port);
	spin_unlock(&port->mpu_spin);
	return (msg);
}

static int
spin_waitmsg(lwkt_msg_t msg, int flags)
{
	lwkt_port_t port = msg->ms_reply_port;
	int sync = msg->ms_flags & MSGF_SYNC;
	int error;

	spin_lock(&port->mpu_spin);
	while ((msg->ms_flags & MSGF_DONE) == 0) {
		if (sync)
			atomic_set_int(&msg->ms_flags, MSGF_WAITING);
		else
			port->mp_flags |= MSGPORTF_WAITING;
		error = ssleep(sync ? (void *)msg : (void *)port,
		    &port->mpu_spin, flags & PCATCH, "waitmsg", 0);
		if (error && (msg->ms_flags & MSGF_DONE) == 0) {
			flags &= ~PCATCH;
			spin_unlock(&port->mpu_spin);
			lwkt_abortmsg(msg);
			spin_lock(&port->mpu_spin);
		}
	}
	atomic_clear_int(&msg->ms_flags, MSGF_WAITING);
	if (msg->ms_flags & MSGF_QUEUED)
		port_remove(port, msg);
	spin_unlock(&port->mpu_spin);
	return (msg->ms_error);
}

static void *
spin_waitport(lwkt_port_t port, int flags)
{
	lwkt_msg_t msg;
	int error;

	spin_lock(&port->mpu_spin);
	while ((msg = port_first(port)) == NULL) {
		port->mp_flags |= MSGPORTF_WAITING;
		error = ssleep(port, &port->mpu_spin, flags & PCATCH,
		    "waitport", 0);
		if (error && port_first(port) == NULL)
			break;
	}
	if (msg == NULL)
		msg = port_first(port);
	if (msg != NULL)
		port_remove(port, msg);
	spin_unlock(&port->mpu_spin);
	return (msg);
}

static int
spin_dropmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	int error = ENOENT;

	spin_lock(&port->mpu_spin);
	if ((msg->ms_flags & (MSGF_REPLY | MSGF_QUEUED)) == MSGF_QUEUED) {
		port_remove(port, msg);
		atomic_set_int(&msg->ms_flags, MSGF_DONE);
		error = 0;
	}
	spin_unlock(&port->mpu_spin);
	return (error);
}

/*
 * --- serializer ports: everybody holds the serializer already ---
 */

static int
serialize_putport(lwkt_port_t port, lwkt_msg_t msg)
{
	ASSERT_SERIALIZED(port->mpu_serialize);
	port_insert(port, msg);
	if (port->mp_flags & MSGPORTF_WAITING) {
		port->mp_flags &= ~MSGPORTF_WAITING;
		wakeup(port);
	}
	return (EASYNC);
}

static void
serialize_replyport(lwkt_port_t port, lwkt_msg_t msg)
{
	ASSERT_SERIALIZED(port->mpu_serialize);
	if (msg->ms_flags & MSGF_SYNC) {
		int waiting = msg->ms_flags & MSGF_WAITING;

		port_reply(port, msg);
		if (waiting)
			wakeup(msg);
	} else {
		port_reply(port, msg);
		if (port->mp_flags & MSGPORTF_WAITING) {
			port->mp_flags &= ~MSGPORTF_WAITING;
			wakeup(port);
		}
	}
}

static void *
serialize_getport(lwkt_port_t port)
{
	ASSERT_SERIALIZED(port->mpu_serialize);
	return (port_take(port));
}

static int
serialize_waitmsg(lwkt_msg_t msg, int flags)
{
	lwkt_port_t port = msg->ms_reply_port;
	int sync = msg->ms_flags & MSGF_SYNC;
	int error;

	while ((msg->ms_flags & MSGF_DONE) == 0) {
		if (sync)
			atomic_set_int(&msg->ms_flags, MSGF_WAITING);
		else
			port->mp_flags |= MSGPORTF_WAITING;
		error = zsleep(sync ? (void *)msg : (void *)port,
		    port->mpu_serialize, flags & PCATCH, "waitmsg", 0);
		if (error && (msg->ms_flags & MSGF_DONE) == 0) {
			flags &= ~PCATCH;
			lwkt_abortmsg(msg);
		}
	}
	atomic_clear_int(&msg->ms_flags, MSGF_WAITING);
	if (msg->ms_flags & MSGF_QUEUED)
		port_remove(port, msg);
	return (msg->ms_error);
}

static void *
serialize_waitport(lwkt_port_t port, int flags)
{
	lwkt_msg_t msg;
	int error;

	while ((msg = port_first(port)) == NULL) {
		port->mp_flags |= MSGPORTF_WAITING;
		error = zsleep(port, port->mpu_serialize, flags & PCATCH,
		    "waitport", 0);
		if (error && port_first(port) == NULL)
			return (NULL);
	}
	port_remove(port, msg);
	return (msg);
}

/*
 * --- ports without queues ---
 */

static int
panic_putport(lwkt_port_t port, lwkt_msg_t msg)
{
	panic("port %p: message %p cannot be sent here", port, msg);
}

static void *
panic_getport(lwkt_port_t port)
{
	panic("port %p cannot be read", port);
}

static int
panic_waitmsg(lwkt_msg_t msg, int flags __unused)
{
	panic("message %p cannot be waited for", msg);
}

static void *
panic_waitport(lwkt_port_t port, int flags __unused)
{
	panic("port %p cannot be waited for", port);
}

static void
panic_replyport(lwkt_port_t port, lwkt_msg_t msg)
{
	panic("port %p: message %p cannot be replied to", port, msg);
}

static int
panic_dropmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	panic("port %p: message %p cannot be dropped", port, msg);
}

static void
null_replyport(lwkt_port_t port __unused, lwkt_msg_t msg)
{
	atomic_set_int(&msg->ms_flags, MSGF_DONE | MSGF_REPLY);
}

/*
 * --- initialisation ---
 */

/* Makes the operations of port those of its kind, which prefixes their names. */
#define PORT_OPS(port, kind) do {					\
	(port)->mp_putport = kind##_putport;				\
	(port)->mp_putport_oncpu = kind##_putport;			\
	(port)->mp_getport = kind##_getport;				\
	(port)->mp_waitmsg = kind##_waitmsg;				\
	(port)->mp_waitport = kind##_waitport;				\
	(port)->mp_replyport = kind##_replyport;			\
	(port)->mp_dropmsg = kind##_dropmsg;				\
} while (0)

void
lwkt_initport_panic(lwkt_port_t port)
{
	bzero(port, sizeof(*port));
	port->mp_cpuid = -1;
	TAILQ_INIT(&port->mp_msgq);
	TAILQ_INIT(&port->mp_msgq_prio);
	PORT_OPS(port, panic);
}

void
lwkt_initport_thread(lwkt_port_t port, thread_t td)
{
	lwkt_initport_panic(port);
	port->mpu_td = td;
	PORT_OPS(port, thread);
}

void
lwkt_initport_spin(lwkt_port_t port, thread_t td, boolean_t fixed_cpuid)
{
	lwkt_initport_panic(port);
	spin_init(&port->mpu_spin, "port");
	port->mpu_td = td;
	if (fixed_cpuid && td != NULL)
		port->mp_cpuid = td->td_gd->gd_cpuid;
	PORT_OPS(port, spin);
}

void
lwkt_initport_serialize(lwkt_port_t port, struct lwkt_serialize *slz)
{
	lwkt_initport_panic(port);
	port->mpu_serialize = slz;
	/* Waits happen with the serializer held: messages are not dropped. */
	port->mp_putport = serialize_putport;
	port->mp_putport_oncpu = serialize_putport;
	port->mp_getport = serialize_getport;
	port->mp_waitmsg = serialize_waitmsg;
	port->mp_waitport = serialize_waitport;
	port->mp_replyport = serialize_replyport;
}

void
lwkt_initport_putonly(lwkt_port_t port,
    int (*putportfn)(lwkt_port_t, lwkt_msg_t))
{
	lwkt_initport_panic(port);
	port->mp_putport = putportfn;
	port->mp_putport_oncpu = putportfn;
}

void
lwkt_initport_replyonly(lwkt_port_t port,
    void (*replyportfn)(lwkt_port_t, lwkt_msg_t))
{
	lwkt_initport_panic(port);
	port->mp_replyport = replyportfn;
}

void
lwkt_initport_replyonly_null(lwkt_port_t port)
{
	lwkt_initport_replyonly(port, null_replyport);
}
