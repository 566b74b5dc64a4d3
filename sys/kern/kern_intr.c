/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt threads.
 *
 * A source is an irq of a CPU.  Its thread lives on that CPU; the interrupt
 * itself only counts it as pending and schedules the thread, which calls the
 * handlers, one after the other, until nothing is pending.  The platform has
 * masked a level triggered line before; the thread lets it in again when the
 * handlers have run.
 *
 * The handler list is guarded by the source's token, which the thread holds
 * while it walks the list (and loses when a handler blocks).  A handler is
 * taken off only while it is not the one being called.
 *
 * A source that interrupts beyond all reason gets a pause of a tick each
 * time its limit for the second is used up, with a message once.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <sys/serialize.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <machine/intr_machdep.h>

#define NAME_LEN	32

/* (I) immutable  (t) token of the source */
struct handler {
	TAILQ_ENTRY(handler) link;	/* (t) */
	struct source	*source;	/* (I) */
	inthand2_t	*func;		/* (I) */
	void		*arg;		/* (I) */
	struct lwkt_serialize *serializer; /* (I) */
	int		flags;		/* (I) INTR_* */
	char		name[NAME_LEN];	/* (I) */
};

/* (c) the source's CPU, in a critical section */
struct source {
	int		irq;		/* (I) */
	int		cpuid;		/* (I) */
	struct lwkt_token token;
	TAILQ_HEAD(, handler) handlers;	/* (t) */
	struct handler	*calling;	/* (t) handler being called */
	struct thread	*thread;	/* (I) */
	volatile u_int	pending;	/* (c) */
	u_long		count;		/* (c) interrupts ever */
	bool		entropy;	/* (t) times go to the generator */
	int		limit;		/* (t) interrupts a second */
	time_t		second;		/* thread: the second counted */
	int		in_second;	/* thread: interrupts in it */
	bool		warned;		/* thread */
};

static MALLOC_DEFINE(M_INTRMNG, "intrmng", "interrupt sources and handlers");

/* By CPU, then irq; a source once made stays.  (s) sources_token to add. */
static struct source **sources[MAXCPU];
static struct lwkt_token sources_token =
    LWKT_TOKEN_INITIALIZER(interrupt_sources);
static u_long stray_count;		/* (a) */

static int livelock_limit = 40000;
static int livelock_limit_hi = 120000;
SYSCTL_INT(_kern, OID_AUTO, livelock_limit, CTLFLAG_RW, &livelock_limit, 0,
    "Interrupts a second a source may have");
SYSCTL_INT(_kern, OID_AUTO, livelock_limit_hi, CTLFLAG_RW, &livelock_limit_hi,
    0, "The same for sources known to be frequent");

static __inline struct source *
find_source(int cpuid, int irq)
{
	struct source **table = sources[cpuid];

	return (table != NULL ? table[irq] : NULL);
}

static __inline bool
is_hard(const struct source *src)
{
	return (src->irq < FIRST_SOFTINT);
}

/* Calls the handlers.  Token held; it may be lost while one blocks. */
static void
call_handlers(struct source *src)
{
	struct handler *h;

	TAILQ_FOREACH(h, &src->handlers, link) {
		src->calling = h;
		if (h->serializer != NULL)
			lwkt_serialize_handler_call(h->serializer,
			    (void (*)(void *, void *))h->func, h->arg, NULL);
		else
			h->func(h->arg, NULL);
	}
	if (src->calling != NULL) {
		src->calling = NULL;
		wakeup(&src->calling);
	}
}

static void
livelock_check(struct source *src, u_int n)
{
	if (src->second != time_uptime) {
		src->second = time_uptime;
		src->in_second = 0;
	}
	src->in_second += n;
	if (src->limit == 0 || src->in_second <= src->limit)
		return;
	if (!src->warned) {
		kprintf("interrupt %d on cpu%d: more than %d a second, "
		    "held back\n", src->irq, src->cpuid, src->limit);
		src->warned = true;
	}
	src->in_second = 0;
	tsleep(&src->in_second, 0, "livelk", 1);
}

static void
ithread_loop(void *arg)
{
	struct source *src = arg;
	u_int n;

	lwkt_gettoken(&src->token);
	crit_enter();
	for (;;) {
		n = src->pending;
		src->pending = 0;
		crit_exit();
		if (n > 0) {
			call_handlers(src);
			if (src->entropy)
				add_interrupt_randomness(src->irq);
			livelock_check(src, n);
			if (is_hard(src))
				machintr_intr_enable(src->irq);
		}
		crit_enter();
		if (src->pending == 0) {
			lwkt_deschedule_self(curthread);
			lwkt_switch();
		}
	}
}

void
sched_ithd_hard(int irq)
{
	struct source *src = find_source(mycpuid, irq);

	if (src == NULL) {
		stray_count++;
		return;
	}
	src->count++;
	src->pending++;
	lwkt_schedule_ithread(src->thread);
}

static void
sched_soft_here(void *arg)
{
	struct source *src = arg;

	crit_enter();
	src->count++;
	src->pending++;
	lwkt_schedule(src->thread);
	crit_exit();
}

/* A software interrupt has one source, on whichever CPU that is. */
void
sched_ithd_soft(int irq)
{
	struct source *src = find_source(mycpuid, irq);

	for (int i = 0; src == NULL && i < ncpus; i++)
		src = find_source(i, irq);
	if (src == NULL) {
		kprintf("software interrupt %d has no handler\n", irq);
		return;
	}
	if (src->cpuid == mycpuid)
		sched_soft_here(src);
	else
		lwkt_send_ipiq(globaldata_find(src->cpuid), sched_soft_here,
		    src);
}

/* On the source's CPU. */
static struct source *
make_source(int cpuid, int irq)
{
	struct source *src, **table;

	lwkt_gettoken(&sources_token);
	table = sources[cpuid];
	if (table == NULL) {
		table = kmalloc(sizeof(*table) * MAX_INTS, M_INTRMNG,
		    M_WAITOK | M_ZERO);
		cpu_sfence();
		sources[cpuid] = table;
	}
	src = table[irq];
	if (src == NULL) {
		src = kmalloc_cachealign(sizeof(*src), M_INTRMNG,
		    M_WAITOK | M_ZERO);
		src->irq = irq;
		src->cpuid = cpuid;
		lwkt_token_init(&src->token, "ithread");
		TAILQ_INIT(&src->handlers);
		lwkt_create(ithread_loop, src, &src->thread, NULL,
		    TDF_NOSTART | TDF_INTTHREAD | TDF_FIXEDCPU, cpuid,
		    is_hard(src) ? "ithread%d %d" : "swi%d %d",
		    is_hard(src) ? irq : irq - FIRST_SOFTINT, cpuid);
		lwkt_setpri_initial(src->thread, is_hard(src) ?
		    TDPRI_INT_MED : TDPRI_SOFT_NORM);
		src->thread->td_preemptable = lwkt_preempt;
		cpu_sfence();
		table[irq] = src;
	}
	lwkt_reltoken(&sources_token);
	return (src);
}

static void
update_source(struct source *src)
{
	struct handler *h;

	src->limit = livelock_limit;
	src->entropy = is_hard(src);
	TAILQ_FOREACH(h, &src->handlers, link) {
		if (h->flags & INTR_HIFREQ)
			src->limit = livelock_limit_hi;
		if (h->flags & INTR_NOENTROPY)
			src->entropy = false;
	}
	TAILQ_FOREACH(h, &src->handlers, link) {
		if (h->flags & INTR_CLOCK)
			src->limit = 0;
	}
}

void *
register_int(int irq, inthand2_t *func, void *arg, const char *name,
    struct lwkt_serialize *serializer, int intr_flags, int cpuid)
{
	int home = mycpuid;
	struct handler *h, *other;
	struct source *src;
	bool first;

	KASSERT(irq >= 0 && irq < MAX_INTS && cpuid >= 0 && cpuid < ncpus,
	    ("register_int: irq %d cpu %d", irq, cpuid));
	h = kmalloc(sizeof(*h), M_INTRMNG, M_WAITOK | M_ZERO);
	h->func = func;
	h->arg = arg;
	h->serializer = serializer;
	h->flags = intr_flags;
	strlcpy(h->name, name != NULL ? name : "???", sizeof(h->name));

	lwkt_migratecpu(cpuid);
	src = make_source(cpuid, irq);
	h->source = src;
	lwkt_gettoken(&src->token);
	other = TAILQ_FIRST(&src->handlers);
	first = other == NULL;
	if (!first && ((other->flags | intr_flags) & INTR_EXCL)) {
		lwkt_reltoken(&src->token);
		lwkt_migratecpu(home);
		kprintf("%s: interrupt %d belongs to %s alone\n", h->name, irq,
		    other->name);
		kfree(h, M_INTRMNG);
		return (NULL);
	}
	TAILQ_INSERT_TAIL(&src->handlers, h, link);
	update_source(src);
	if (first && is_hard(src))
		machintr_intr_setup(irq, intr_flags);
	lwkt_reltoken(&src->token);
	lwkt_migratecpu(home);
	return (h);
}

void
unregister_int(void *id, int cpuid)
{
	struct handler *h = id;
	struct source *src = h->source;
	int home = mycpuid;

	lwkt_migratecpu(src->cpuid);
	lwkt_gettoken(&src->token);
	while (src->calling == h)
		tsleep(&src->calling, 0, "intrun", 0);
	TAILQ_REMOVE(&src->handlers, h, link);
	if (TAILQ_EMPTY(&src->handlers) && is_hard(src))
		machintr_intr_teardown(src->irq);
	else
		update_source(src);
	lwkt_reltoken(&src->token);
	lwkt_migratecpu(home);
	kfree(h, M_INTRMNG);
}

void *
register_swi(int irq, inthand2_t *func, void *arg, const char *name,
    struct lwkt_serialize *serializer, int cpuid)
{
	return (register_int(irq, func, arg, name, serializer, 0,
	    cpuid < 0 ? 0 : cpuid));
}

void *
register_swi_mp(int irq, inthand2_t *func, void *arg, const char *name,
    struct lwkt_serialize *serializer, int cpuid)
{
	return (register_swi(irq, func, arg, name, serializer, cpuid));
}

void
unregister_swi(void *id, int irq, int cpuid)
{
	unregister_int(id, cpuid);
}

/* All hard interrupts feed the generator unless their handlers say no. */
void
register_randintr(int irq)
{
}

const char *
get_registered_name(int irq, int cpuid)
{
	struct source *src = find_source(cpuid, irq);
	struct handler *h;

	if (src == NULL || (h = TAILQ_FIRST(&src->handlers)) == NULL)
		return (NULL);
	return (h->name);
}

int
get_interrupt_counter(int irq, int cpuid)
{
	struct source *src = find_source(cpuid, irq);

	return (src != NULL ? (int)src->count : 0);
}

/* hw.intrnames and hw.intrcnt: one entry a source that has handlers. */
static int
each_source(struct sysctl_req *req,
    int (*out)(struct sysctl_req *, struct source *, const char *))
{
	const char *name;
	int error = 0;

	for (int cpu = 0; cpu < ncpus && error == 0; cpu++) {
		for (int irq = 0; irq < MAX_INTS && error == 0; irq++) {
			name = get_registered_name(irq, cpu);
			if (name != NULL)
				error = out(req, find_source(cpu, irq), name);
		}
	}
	return (error);
}

static int
out_name(struct sysctl_req *req, struct source *src, const char *name)
{
	char text[NAME_LEN + 24];

	ksnprintf(text, sizeof(text), "%s%d/%d: %s",
	    is_hard(src) ? "irq" : "swi",
	    is_hard(src) ? src->irq : src->irq - FIRST_SOFTINT, src->cpuid,
	    name);
	return (SYSCTL_OUT_STR(req, text));
}

static int
out_count(struct sysctl_req *req, struct source *src, const char *name)
{
	return (SYSCTL_OUT(req, &src->count, sizeof(src->count)));
}

static int
sysctl_intrnames(SYSCTL_HANDLER_ARGS)
{
	return (each_source(req, out_name));
}
SYSCTL_PROC(_hw, OID_AUTO, intrnames, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_intrnames, "", "Interrupt names");

static int
sysctl_intrcnt(SYSCTL_HANDLER_ARGS)
{
	return (each_source(req, out_count));
}
SYSCTL_PROC(_hw, OID_AUTO, intrcnt, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_intrcnt, "", "Interrupt counts");
SYSCTL_ULONG(_hw, OID_AUTO, intr_stray, CTLFLAG_RD, &stray_count, 0,
    "Interrupts without a handler");
