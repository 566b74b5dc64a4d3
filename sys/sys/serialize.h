/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serializers: locks for drivers' interrupt and service paths.
 *
 * Held across preemption, not across sleeping except by zsleep(), which
 * lets go of it.  An interrupt handler registered with a serializer runs
 * with it held; lwkt_serialize_handler_disable() keeps it from being called.
 */
#ifndef _SYS_SERIALIZE_H_
#define _SYS_SERIALIZE_H_

#ifdef _KERNEL

#include <sys/types.h>

struct thread;

struct lwkt_serialize {
	volatile u_int	interlock;	/* (a) SLZ_* */
	struct thread	*last_td;	/* (a) by the holder */
};

#define SLZ_LOCKED	0x40000000u	/* held */
#define SLZ_DISABLED	0x80000000u	/* interrupt handler off */
#define SLZ_WAITERS	0x3fffffffu	/* count of sleepers */

typedef struct lwkt_serialize	*lwkt_serialize_t;

#define LWKT_SERIALIZE_INITIALIZER	{ 0, NULL }

#define IS_SERIALIZED(ss)						\
	(((ss)->interlock & SLZ_LOCKED) != 0 && (ss)->last_td == curthread)
#define ASSERT_SERIALIZED(ss)		KKASSERT(IS_SERIALIZED((ss)))
#define ASSERT_NOT_SERIALIZED(ss)	KKASSERT(!IS_SERIALIZED((ss)))

void	lwkt_serialize_init(lwkt_serialize_t ss);
void	lwkt_serialize_enter(lwkt_serialize_t ss);
void	lwkt_serialize_adaptive_enter(lwkt_serialize_t ss);
int	lwkt_serialize_try(lwkt_serialize_t ss);	/* nonzero: got it */
void	lwkt_serialize_exit(lwkt_serialize_t ss);
void	lwkt_serialize_handler_disable(lwkt_serialize_t ss);
void	lwkt_serialize_handler_enable(lwkt_serialize_t ss);
/* Call func with it held, unless disabled. */
void	lwkt_serialize_handler_call(lwkt_serialize_t ss,
	    void (*func)(void *, void *), void *arg, void *frame);
int	lwkt_serialize_handler_try(lwkt_serialize_t ss,
	    void (*func)(void *, void *), void *arg, void *frame);

#endif /* _KERNEL */

#endif /* !_SYS_SERIALIZE_H_ */
