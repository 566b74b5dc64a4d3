/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Critical sections, and other inlines of LWKT.
 *
 * A critical section keeps the CPU's interrupt threads, IPI functions and
 * preemption away; it nests, and belongs to the thread: blocking inside one
 * is allowed and lets others run.  Leaving the last one runs what came in
 * meanwhile.
 */
#ifndef _SYS_THREAD2_H_
#define _SYS_THREAD2_H_

#ifndef _KERNEL
#error "This file should not be included by userland programs."
#endif

#include <sys/systm.h>
#include <sys/thread.h>
#include <sys/globaldata.h>
#include <machine/cpufunc.h>
#include <machine/cpu.h>

static __always_inline void
crit_enter_raw(thread_t td)
{
	++td->td_critcount;
	cpu_ccfence();
}

static __always_inline void
crit_exit_raw(thread_t td)
{
	cpu_ccfence();
	--td->td_critcount;
}

void	lwkt_maybe_splz(thread_t td);

static __always_inline void
crit_enter_quick(thread_t td)
{
	crit_enter_raw(td);
}

static __always_inline void
crit_enter_gd(globaldata_t gd)
{
	crit_enter_raw(gd->gd_curthread);
}

static __always_inline void
crit_enter(void)
{
	crit_enter_raw(curthread);
}

static __always_inline void
crit_exit_quick(thread_t td)
{
#ifdef INVARIANTS
	if (__predict_false(td->td_critcount <= 0))
		crit_panic();
#endif
	crit_exit_raw(td);
	if (__predict_false(td->td_critcount == 0 &&
	    (td->td_gd->gd_reqflags & RQF_IDLECHECK_MASK)))
		lwkt_maybe_splz(td);
}

static __always_inline void
crit_exit_gd(globaldata_t gd)
{
	crit_exit_quick(gd->gd_curthread);
}

static __always_inline void
crit_exit(void)
{
	crit_exit_quick(curthread);
}

/* Leave without looking at what came in: the caller does, very soon. */
static __always_inline void
crit_exit_noyield(thread_t td)
{
	crit_exit_raw(td);
}

static __always_inline void
crit_enter_id(const char *id __unused)
{
	crit_enter();
}

static __always_inline void
crit_exit_id(const char *id __unused)
{
	crit_exit();
}

/* Is anything waiting that needs the CPU more than td does? */
static __always_inline int
lwkt_runnable(globaldata_t gd)
{
	return (gd->gd_runqmask != 0);
}

/* Acquisitions td has not yet released. */
static __always_inline int
TD_TOKS_HELD(thread_t td)
{
	return (td->td_toks_stop != td->td_toks_base);
}

static __always_inline int
TD_TOKS_NOT_HELD(thread_t td)
{
	return (td->td_toks_stop == td->td_toks_base);
}

/* Does td hold tok: exclusively; in any way. */
int	lwkt_token_held_excl(lwkt_token_t tok);
int	lwkt_token_held_any(lwkt_token_t tok);
#define LWKT_TOKEN_HELD_EXCL(tok)	lwkt_token_held_excl(tok)
#define LWKT_TOKEN_HELD_ANY(tok)	lwkt_token_held_any(tok)

#define ASSERT_LWKT_TOKEN_HELD(tok) \
	KASSERT(lwkt_token_held_any(tok), \
	    ("token %s is not held", (tok)->t_desc))
#define ASSERT_LWKT_TOKEN_HELD_EXCL(tok) \
	KASSERT(lwkt_token_held_excl(tok), \
	    ("token %s is not held exclusively", (tok)->t_desc))
#define ASSERT_NO_TOKENS_HELD(td) \
	KASSERT((td)->td_toks_stop == (td)->td_toks_base, \
	    ("thread %p holds tokens", (td)))
#define ASSERT_IN_CRIT_SECTION() \
	KKASSERT(IN_CRITICAL_SECT(curthread))
#define ASSERT_NOT_IN_CRIT_SECTION() \
	KKASSERT(!IN_CRITICAL_SECT(curthread))

#endif /* !_SYS_THREAD2_H_ */
