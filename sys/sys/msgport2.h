/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message inlines.
 */
#ifndef _SYS_MSGPORT2_H_
#define _SYS_MSGPORT2_H_

#ifndef _KERNEL
#error "This file should not be included by userland programs."
#endif

#include <sys/systm.h>
#include <sys/msgport.h>

static __inline void
lwkt_initmsg(lwkt_msg_t msg, lwkt_port_t rport, int flags)
{
	msg->ms_flags = MSGF_DONE | MSGF_REPLY | flags;
	msg->ms_error = 0;
	msg->ms_reply_port = rport;
	msg->ms_target_port = NULL;
	msg->ms_abortfn = NULL;
	msg->ms_receiptfn = NULL;
}

static __inline void
lwkt_initmsg_abortable(lwkt_msg_t msg, lwkt_port_t rport, int flags,
    void (*abortfn)(lwkt_msg_t))
{
	lwkt_initmsg(msg, rport, flags | MSGF_ABORTABLE);
	msg->ms_abortfn = abortfn;
}

/* Send a message the caller has prepared; EASYNC or the result. */
static __inline int
lwkt_beginmsg(lwkt_port_t port, lwkt_msg_t msg)
{
	return (port->mp_putport(port, msg));
}

/* Done with it: give it back to whoever sent it. */
static __inline void
lwkt_replymsg(lwkt_msg_t msg, int error)
{
	lwkt_port_t port = msg->ms_reply_port;

	msg->ms_error = error;
	port->mp_replyport(port, msg);
}

/* The next message of the port, or NULL; wait for one. */
static __inline void *
lwkt_getport(lwkt_port_t port)
{
	return (port->mp_getport(port));
}

static __inline void *
lwkt_waitport(lwkt_port_t port, int flags)
{
	return (port->mp_waitport(port, flags));
}

/* Wait until the message has been replied to; its result. */
static __inline int
lwkt_waitmsg(lwkt_msg_t msg, int flags)
{
	return (msg->ms_reply_port->mp_waitmsg(msg, flags));
}

static __inline int
lwkt_checkmsg(lwkt_msg_t msg)
{
	return (msg->ms_flags & MSGF_DONE);
}

static __inline int
lwkt_dropmsg(lwkt_msg_t msg)
{
	lwkt_port_t port = msg->ms_target_port;

	KKASSERT(msg->ms_flags & MSGF_DROPABLE);
	return (port->mp_dropmsg(port, msg));
}

static __inline void
lwkt_setmsg_receipt(lwkt_msg_t msg,
    void (*receiptfn)(lwkt_msg_t, lwkt_port_t))
{
	msg->ms_receiptfn = receiptfn;
}

#endif /* !_SYS_MSGPORT2_H_ */
