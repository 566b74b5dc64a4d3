/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LWKT messages and message ports.
 *
 * A message is sent to a port.  The port's mp_putport decides what happens:
 * it queues the message for a thread, or handles it on the spot.  It returns
 * EASYNC when the message is queued and will be replied to later, anything
 * else when it is done and this is the result; the sender of a synchronous
 * message then goes on without ever switching threads.
 *
 * Kinds of ports:
 *	thread		owned by one thread; the queue is touched on the
 *			owner's CPU only, other CPUs use IPI messages
 *	spin		any number of consumers, queue under a spinlock
 *	serialize	like thread ports, but queue under a serializer
 *	putonly		custom put function, nothing is ever queued
 *	replyonly	custom reply function
 *
 * Functions and inlines: <sys/msgport2.h>.
 */
#ifndef _SYS_MSGPORT_H_
#define _SYS_MSGPORT_H_

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/errno.h>
#include <sys/spinlock.h>

struct lwkt_msg;
struct lwkt_port;
struct lwkt_serialize;
struct thread;

typedef struct lwkt_msg		*lwkt_msg_t;
typedef struct lwkt_port	*lwkt_port_t;
typedef TAILQ_HEAD(lwkt_msg_queue, lwkt_msg) lwkt_msg_queue;

/* The port owning a message changes its fields; ms_flags under its rules. */
typedef struct lwkt_msg {
	TAILQ_ENTRY(lwkt_msg) ms_node;	/* port's queue */
	lwkt_port_t	ms_target_port;	/* where it is or was last sent */
	lwkt_port_t	ms_reply_port;	/* where its reply goes */
	void		(*ms_abortfn)(struct lwkt_msg *); /* request to abort */
	void		(*ms_receiptfn)(struct lwkt_msg *, lwkt_port_t);
	u_int		ms_flags;	/* MSGF_* */
	int		ms_error;	/* result, when MSGF_DONE */
	union {
		void	*ms_resultp;
		int	ms_result;
		long	ms_lresult;
		int	ms_fds[2];
		__int32_t ms_result32;
		__int64_t ms_result64;
		__off_t	ms_offset;
	} u;
} lwkt_msg;

#define MSGF_DONE	0x0001	/* replied */
#define MSGF_REPLY	0x0002	/* on the reply port's queue */
#define MSGF_QUEUED	0x0004	/* on a queue */
#define MSGF_SYNC	0x0008	/* sender waits for it */
#define MSGF_INTRANSIT	0x0010	/* in an IPI message */
#define MSGF_WAITING	0x0020	/* MSGF_SYNC sender sleeps on it */
#define MSGF_DROPABLE	0x0040	/* can be dropped with lwkt_dropmsg */
#define MSGF_ABORTABLE	0x0080	/* can be aborted */
#define MSGF_PRIORITY	0x0100	/* ahead of ordinary messages */
#define MSGF_USER0	0x00010000
#define MSGF_USER1	0x00020000

#define MSG_CMD_SUBSYS	0x7fff0000
#define MSG_SUBCMD_MASK	0x0000ffff

/*
 * (p) the port's own exclusion: owner's CPU and critical section for thread
 * ports, mpu_spin, or the serializer.
 */
typedef struct lwkt_port {
	lwkt_msg_queue	mp_msgq;	/* (p) waiting */
	lwkt_msg_queue	mp_msgq_prio;	/* (p) waiting, MSGF_PRIORITY */
	int		mp_flags;	/* (p) MSGPORTF_* */
	int		mp_cpuid;	/* (I) for convenience of the owner */
	union {
		struct spinlock		mpu_spin;
		struct lwkt_serialize	*mpu_serialize;
		void			*mpu_data;
	} mp_u;
	struct thread	*mpu_td;	/* (I) owner of a thread port */
	int		(*mp_putport)(lwkt_port_t, lwkt_msg_t);
	int		(*mp_waitmsg)(lwkt_msg_t, int flags);
	void		*(*mp_waitport)(lwkt_port_t, int flags);
	void		(*mp_replyport)(lwkt_port_t, lwkt_msg_t);
	void		*(*mp_getport)(lwkt_port_t);
	int		(*mp_dropmsg)(lwkt_port_t, lwkt_msg_t);
	int		(*mp_putport_oncpu)(lwkt_port_t, lwkt_msg_t);
} lwkt_port;

#define mpu_spin	mp_u.mpu_spin
#define mpu_serialize	mp_u.mpu_serialize
#define mpu_data	mp_u.mpu_data

#define MSGPORTF_WAITING	0x0001	/* a thread sleeps on the port */

#endif

#ifdef _KERNEL

/*
 * Send and wait for the result.  lwkt_domsg() returns it; flags are those
 * of tsleep (PCATCH: the wait may be cut short, the message is aborted).
 */
int	lwkt_domsg(lwkt_port_t port, lwkt_msg_t msg, int flags);
/* Send; the result arrives on ms_reply_port, at once if the port was done with it. */
void	lwkt_sendmsg(lwkt_port_t port, lwkt_msg_t msg);
void	lwkt_sendmsg_oncpu(lwkt_port_t port, lwkt_msg_t msg);
void	lwkt_sendmsg_prepare(lwkt_port_t port, lwkt_msg_t msg);
void	lwkt_sendmsg_start(lwkt_port_t port, lwkt_msg_t msg);
int	lwkt_sendmsg_done(lwkt_msg_t msg);
int	lwkt_forwardmsg(lwkt_port_t port, lwkt_msg_t msg);
void	lwkt_abortmsg(lwkt_msg_t msg);

void	lwkt_initport_thread(lwkt_port_t port, struct thread *td);
void	lwkt_initport_spin(lwkt_port_t port, struct thread *td,
	    boolean_t fixed_cpuid);
void	lwkt_initport_serialize(lwkt_port_t port, struct lwkt_serialize *slz);
void	lwkt_initport_panic(lwkt_port_t port);
void	lwkt_initport_putonly(lwkt_port_t port,
	    int (*putportfn)(lwkt_port_t, lwkt_msg_t));
void	lwkt_initport_replyonly(lwkt_port_t port,
	    void (*replyportfn)(lwkt_port_t, lwkt_msg_t));
void	lwkt_initport_replyonly_null(lwkt_port_t port);

#endif /* _KERNEL */

#endif /* !_SYS_MSGPORT_H_ */
