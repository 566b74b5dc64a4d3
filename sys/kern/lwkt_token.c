/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tokens: serialisation that holds while its holder runs.
 *
 * A thread keeps the list of its acquisitions (td_toks_base to
 * td_toks_stop).  When it blocks, lwkt_switch() releases them all; before it
 * is resumed the scheduler regains all of them or none.  So a thread that
 * does not run holds nothing, with one exception: a thread preempted by an
 * interrupt thread keeps its tokens, since it continues as soon as that one
 * blocks.  Two consequences:
 *
 *  - Acquiring cannot deadlock, in whatever order: whoever waits holds
 *    nothing another could wait for.
 *  - Priorities are not inverted: a holder of low priority that does not get
 *    the CPU has lost the token.
 *
 * A thread that cannot have a token is taken off the run queue and put on
 * the wait queue of the token, found by hashing its address.  TOK_WAITERS
 * in t_count tells the releasing side to look there; the releasing side does
 * not touch the token any more after the atomic operation that frees it, so
 * the memory of a token may go as soon as its last user has the right to
 * free it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/spinlock2.h>

#define TOK_WAITHASH	256		/* power of two */
#define TOK_POOLSIZE	1024		/* power of two */
#define TOK_SPINS	64		/* tries before blocking */

/* Threads waiting for tokens; td_tokwaitq. */
static struct tokwait {
	struct spinlock	spin;		/* guards queue, td_tokwait */
	TAILQ_HEAD(, thread) queue;
} __cachealign tokwait[TOK_WAITHASH];

static struct lwkt_token pool_tokens[TOK_POOLSIZE];

struct lwkt_token pmap_token = LWKT_TOKEN_INITIALIZER(pmap_token);
struct lwkt_token dev_token = LWKT_TOKEN_INITIALIZER(dev_token);
struct lwkt_token tty_token = LWKT_TOKEN_INITIALIZER(tty_token);
struct lwkt_token vnode_token = LWKT_TOKEN_INITIALIZER(vnode_token);
struct lwkt_token vmobj_token = LWKT_TOKEN_INITIALIZER(vmobj_token);
struct lwkt_token kmem_token = LWKT_TOKEN_INITIALIZER(kmem_token);
struct lwkt_token kvm_token = LWKT_TOKEN_INITIALIZER(kvm_token);
struct lwkt_token vm_token = LWKT_TOKEN_INITIALIZER(vm_token);
struct lwkt_token sigio_token = LWKT_TOKEN_INITIALIZER(sigio_token);

static __inline u_int
token_hash(const volatile void *ptr)
{
	uintptr_t v = (uintptr_t)ptr;

	return ((u_int)((v >> 4) ^ (v >> 12) ^ (v >> 22)));
}

static __inline struct tokwait *
token_waitq(lwkt_token_t tok)
{
	return (&tokwait[token_hash(tok) & (TOK_WAITHASH - 1)]);
}

/* Does td hold tok exclusively? */
static __inline int
token_owned(lwkt_token_t tok, thread_t td)
{
	return ((tok->t_count & TOK_EXCLUSIVE) && tok->t_owner == td);
}

/* Has td asked for tok exclusively, in any of its acquisitions? */
static int
token_wants_excl(lwkt_token_t tok, thread_t td)
{
	lwkt_tokref_t ref;

	for (ref = td->td_toks_base; ref < td->td_toks_stop; ++ref) {
		if (ref->tr_tok == tok && ref->tr_excl)
			return (1);
	}
	return (0);
}

/*
 * Try to acquire for ref, which is in td's list.  `will_wait' says that the
 * caller comes back, so that shared holders may be held off for it.
 */
static int
tokref_try(lwkt_tokref_t ref, thread_t td, int will_wait)
{
	lwkt_token_t tok = ref->tr_tok;
	u_long count, new;
	int excl;

	if (token_owned(tok, td)) {
		ref->tr_count = 0;
		return (1);
	}
	/*
	 * A shared acquisition followed by an exclusive one of the same
	 * token can only be regained as exclusive.
	 */
	excl = ref->tr_excl || token_wants_excl(tok, td);
	count = tok->t_count;
	for (;;) {
		u_long held = count & ~(TOK_EXCLREQ | TOK_WAITERS);

		if (excl) {
			if (held & TOK_EXCLUSIVE)
				return (0);
			if (held) {
				if (!will_wait || (count & TOK_EXCLREQ))
					return (0);
				if (atomic_fcmpset_long(&tok->t_count, &count,
				    count | TOK_EXCLREQ))
					return (0);
				continue;
			}
			new = (count & TOK_WAITERS) | TOK_INCR |
			    TOK_EXCLUSIVE;
		} else {
			if (held & TOK_EXCLUSIVE)
				return (0);
			if (held && (count & TOK_EXCLREQ))
				return (0);
			new = count + TOK_INCR;
		}
		if (atomic_fcmpset_long(&tok->t_count, &count, new))
			break;
	}
	if (excl) {
		tok->t_owner = td;
		ref->tr_count = TOK_INCR | TOK_EXCLUSIVE;
	} else {
		ref->tr_count = TOK_INCR;
	}
	return (1);
}

/*
 * Make all threads that wait for tok runnable; tok may be gone.  There may be
 * more of them than messages to their CPU have room, and that CPU may be here
 * as well, waiting for the spinlock.
 */
static void
token_wakeup(lwkt_token_t tok)
{
	struct tokwait *tw = token_waitq(tok);
	globaldata_t full;
	thread_t td, next;

	do {
		full = NULL;
		spin_lock(&tw->spin);
		TAILQ_FOREACH_MUTABLE(td, &tw->queue, td_tokwaitq, next) {
			if (td->td_tokwait != tok)
				continue;
			if (lwkt_ipiq_full(td->td_gd)) {
				full = td->td_gd;
				break;
			}
			TAILQ_REMOVE(&tw->queue, td, td_tokwaitq);
			lwkt_schedule(td);
			td->td_tokwait = NULL;
		}
		spin_unlock(&tw->spin);
		if (full != NULL)
			lwkt_ipiq_wait_room(full);
	} while (full != NULL);
}

static void
tokref_release(lwkt_tokref_t ref)
{
	lwkt_token_t tok = ref->tr_tok;
	u_long held = ref->tr_count;
	u_long count, new;

	if (held == 0)
		return;
	ref->tr_count = 0;
	if (held & TOK_EXCLUSIVE) {
		tok->t_owner = NULL;
		cpu_ccfence();
		if (__predict_true(atomic_cmpset_long(&tok->t_count, held, 0)))
			return;
	}
	count = tok->t_count;
	for (;;) {
		new = count - held;
		if ((new & ~(TOK_EXCLREQ | TOK_WAITERS)) == 0)
			new = 0;
		if (atomic_fcmpset_long(&tok->t_count, &count, new))
			break;
	}
	if ((count & TOK_WAITERS) && new == 0)
		token_wakeup(tok);
}

/*
 * Regain everything td had when it blocked, or nothing: then *failed is the
 * token to wait for.  On td's CPU, in a critical section.
 */
int
lwkt_getalltokens(thread_t td, lwkt_token_t *failed)
{
	lwkt_tokref_t ref;

	for (ref = td->td_toks_base; ref < td->td_toks_stop; ++ref) {
		if (tokref_try(ref, td, 1))
			continue;
		*failed = ref->tr_tok;
		++ref->tr_tok->t_collisions;
		while (--ref >= td->td_toks_base)
			tokref_release(ref);
		return (0);
	}
	return (1);
}

/* Release everything, because td blocks; it stays on the list. */
void
lwkt_relalltokens(thread_t td)
{
	lwkt_tokref_t ref;

	for (ref = td->td_toks_stop - 1; ref >= td->td_toks_base; --ref)
		tokref_release(ref);
}

/*
 * td is the best thread to run on its CPU, but cannot have tok.  Queue it;
 * the caller has taken it off the run queue.  Nonzero if tok became free
 * meanwhile: td must be tried again.
 */
int
lwkt_token_block(thread_t td, lwkt_token_t tok)
{
	struct tokwait *tw = token_waitq(tok);
	u_long count;

	spin_lock(&tw->spin);
	count = tok->t_count;
	for (;;) {
		if ((count & ~(TOK_EXCLREQ | TOK_WAITERS)) == 0) {
			spin_unlock(&tw->spin);
			return (1);
		}
		if (atomic_fcmpset_long(&tok->t_count, &count,
		    count | TOK_WAITERS))
			break;
	}
	td->td_tokwait = tok;
	++td->td_contended;
	TAILQ_INSERT_TAIL(&tw->queue, td, td_tokwaitq);
	spin_unlock(&tw->spin);
	return (0);
}

/* td runs again although nobody woke it for the token it is queued for. */
void
lwkt_token_unblock(thread_t td)
{
	lwkt_token_t tok;
	struct tokwait *tw;

	while ((tok = td->td_tokwait) != NULL) {
		tw = token_waitq(tok);
		spin_lock(&tw->spin);
		if (td->td_tokwait == tok) {
			TAILQ_REMOVE(&tw->queue, td, td_tokwaitq);
			td->td_tokwait = NULL;
		}
		spin_unlock(&tw->spin);
	}
}

static lwkt_tokref_t
tokref_push(thread_t td, lwkt_token_t tok, int excl)
{
	lwkt_tokref_t ref = td->td_toks_stop;

	if (__predict_false(ref == &td->td_toks_array[LWKT_MAXTOKENS]))
		panic("thread %p (%s) holds too many tokens", td, td->td_comm);
	ref->tr_tok = tok;
	ref->tr_excl = excl;
	ref->tr_count = 0;
	cpu_ccfence();
	td->td_toks_stop = ref + 1;
	return (ref);
}

/* Contended, or already held: try for a moment, then let others run. */
static void
token_get_contested(lwkt_tokref_t ref, thread_t td)
{
	lwkt_token_t tok = ref->tr_tok;
	int i;

	for (i = 0; i < TOK_SPINS; ++i) {
		if (tokref_try(ref, td, i == TOK_SPINS - 1))
			return;
		cpu_pause();
	}
	/* A panicking CPU goes on without: the holders have been stopped. */
	if (panicstr != NULL)
		return;
	++tok->t_collisions;
	KASSERT(mycpu->gd_intr_nesting_level == 0,
	    ("lwkt_gettoken(%s) blocks in an interrupt", tok->t_desc));
	/* lwkt_switch() returns with every token of the list held. */
	lwkt_switch();
	KKASSERT(ref->tr_count || token_owned(tok, td));
}

void
lwkt_gettoken(lwkt_token_t tok)
{
	thread_t td = curthread;
	lwkt_tokref_t ref = tokref_push(td, tok, 1);

	if (__predict_true(atomic_cmpset_long(&tok->t_count, 0,
	    TOK_INCR | TOK_EXCLUSIVE))) {
		tok->t_owner = td;
		ref->tr_count = TOK_INCR | TOK_EXCLUSIVE;
		return;
	}
	token_get_contested(ref, td);
}

void
lwkt_gettoken_shared(lwkt_token_t tok)
{
	thread_t td = curthread;
	lwkt_tokref_t ref = tokref_push(td, tok, 0);

	if (__predict_true(atomic_cmpset_long(&tok->t_count, 0, TOK_INCR))) {
		ref->tr_count = TOK_INCR;
		return;
	}
	token_get_contested(ref, td);
}

int
lwkt_trytoken(lwkt_token_t tok)
{
	thread_t td = curthread;
	lwkt_tokref_t ref = tokref_push(td, tok, 1);

	if (tokref_try(ref, td, 0))
		return (1);
	td->td_toks_stop = ref;
	return (0);
}

/*
 * Release the latest acquisition of tok.  A recursion lies above the
 * acquisition that really holds the token, so this is always right.
 */
void
lwkt_reltoken(lwkt_token_t tok)
{
	thread_t td = curthread;
	lwkt_tokref_t ref = td->td_toks_stop - 1;

	while (ref >= td->td_toks_base && ref->tr_tok != tok)
		--ref;
	if (__predict_false(ref < td->td_toks_base))
		panic("lwkt_reltoken: %s is not held", tok->t_desc);
	tokref_release(ref);
	if (ref != td->td_toks_stop - 1) {
		memmove(ref, ref + 1,
		    (char *)td->td_toks_stop - (char *)(ref + 1));
	}
	cpu_ccfence();
	--td->td_toks_stop;
}

int
lwkt_cnttoken(lwkt_token_t tok, thread_t td)
{
	lwkt_tokref_t ref;
	int n = 0;

	for (ref = td->td_toks_base; ref < td->td_toks_stop; ++ref) {
		if (ref->tr_tok == tok)
			++n;
	}
	return (n);
}

int
_lwkt_token_held(lwkt_token_t tok, thread_t td)
{
	return (lwkt_cnttoken(tok, td) != 0);
}

int
lwkt_token_held_any(lwkt_token_t tok)
{
	return (lwkt_cnttoken(tok, curthread) != 0);
}

int
lwkt_token_held_excl(lwkt_token_t tok)
{
	return (token_owned(tok, curthread));
}

void
lwkt_token_init(lwkt_token_t tok, const char *desc)
{
	tok->t_count = 0;
	tok->t_owner = NULL;
	tok->t_collisions = 0;
	tok->t_desc = desc;
}

void
lwkt_token_uninit(lwkt_token_t tok __debugvar)
{
	KASSERT((tok->t_count & ~TOK_EXCLREQ) == 0,
	    ("lwkt_token_uninit: %s is in use", tok->t_desc));
}

lwkt_token_t
lwkt_token_pool_lookup(void *ptr)
{
	return (&pool_tokens[token_hash(ptr) & (TOK_POOLSIZE - 1)]);
}

lwkt_token_t
lwkt_getpooltoken(void *ptr)
{
	lwkt_token_t tok = lwkt_token_pool_lookup(ptr);

	lwkt_gettoken(tok);
	return (tok);
}

void
lwkt_relpooltoken(void *ptr)
{
	lwkt_reltoken(lwkt_token_pool_lookup(ptr));
}

static void
token_sysinit(void *unused __unused)
{
	int i;

	for (i = 0; i < TOK_WAITHASH; ++i) {
		spin_init(&tokwait[i].spin, "tokwait");
		TAILQ_INIT(&tokwait[i].queue);
	}
	for (i = 0; i < TOK_POOLSIZE; ++i)
		lwkt_token_init(&pool_tokens[i], "pool");
}
SYSINIT(lwkt_token, SI_BOOT1_LOCK, SI_ORDER_FIRST, token_sysinit, NULL);
