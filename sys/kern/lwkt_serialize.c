/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serializers: see <sys/serialize.h>.
 *
 * The holder sets SLZ_LOCKED; who finds it set counts itself among the
 * waiters and sleeps.  The count makes lwkt_serialize_exit() wake one.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/serialize.h>
#include <sys/thread.h>
#include <sys/thread2.h>

#define SLZ_SPINS	100

void
lwkt_serialize_init(lwkt_serialize_t ss)
{
	ss->interlock = 0;
	ss->last_td = NULL;
}

int
lwkt_serialize_try(lwkt_serialize_t ss)
{
	u_int v = ss->interlock;

	while ((v & SLZ_LOCKED) == 0) {
		if (atomic_fcmpset_int(&ss->interlock, &v, v | SLZ_LOCKED)) {
			ss->last_td = curthread;
			return (1);
		}
	}
	return (0);
}

void
lwkt_serialize_enter(lwkt_serialize_t ss)
{
	KASSERT(ss->last_td != curthread, ("serializer entered twice"));
	if (__predict_true(lwkt_serialize_try(ss)))
		return;
	atomic_add_int(&ss->interlock, 1);
	for (;;) {
		tsleep_interlock(ss, 0);
		if (lwkt_serialize_try(ss))
			break;
		tsleep(ss, PINTERLOCKED, "slize", 0);
		if (lwkt_serialize_try(ss))
			break;
	}
	atomic_subtract_int(&ss->interlock, 1);
}

void
lwkt_serialize_adaptive_enter(lwkt_serialize_t ss)
{
	int i;

	for (i = 0; i < SLZ_SPINS; ++i) {
		if (lwkt_serialize_try(ss))
			return;
		cpu_pause();
	}
	lwkt_serialize_enter(ss);
}

void
lwkt_serialize_exit(lwkt_serialize_t ss)
{
	u_int v;

	ASSERT_SERIALIZED(ss);
	ss->last_td = NULL;
	v = atomic_fetchadd_int(&ss->interlock, -SLZ_LOCKED);
	if (v & SLZ_WAITERS)
		wakeup_one(ss);
}

void
lwkt_serialize_handler_disable(lwkt_serialize_t ss)
{
	atomic_set_int(&ss->interlock, SLZ_DISABLED);
}

void
lwkt_serialize_handler_enable(lwkt_serialize_t ss)
{
	atomic_clear_int(&ss->interlock, SLZ_DISABLED);
}

void
lwkt_serialize_handler_call(lwkt_serialize_t ss, void (*func)(void *, void *),
    void *arg, void *frame)
{
	if (ss->interlock & SLZ_DISABLED)
		return;
	lwkt_serialize_enter(ss);
	if ((ss->interlock & SLZ_DISABLED) == 0)
		func(arg, frame);
	lwkt_serialize_exit(ss);
}

/* The same if it is free; nonzero: it was not, or is disabled. */
int
lwkt_serialize_handler_try(lwkt_serialize_t ss, void (*func)(void *, void *),
    void *arg, void *frame)
{
	if ((ss->interlock & SLZ_DISABLED) || !lwkt_serialize_try(ss))
		return (1);
	if ((ss->interlock & SLZ_DISABLED) == 0)
		func(arg, frame);
	lwkt_serialize_exit(ss);
	return (0);
}
