/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leaving a thread through the frames of C++ functions.
 *
 * pthread_exit() and cancellation destroy the objects of the functions that
 * they leave, if the program has the unwinder (libgcc_s), as every C++ program
 * has.  Handlers of pthread_cleanup_push() run when the frame is left that
 * pushed them, before its objects are destroyed.
 *
 * The declarations are those of the Itanium C++ ABI, level 1.
 */
#include "pthread_private.h"

#include <stdint.h>
#include <unistd.h>

#define UA_END_OF_STACK		16
#define URC_NO_REASON		0
/* Who threw: "DFLY", and no language. */
#define UNWIND_CLASS		0x44464c5900000000UL

struct _Unwind_Context;
typedef int unwind_stop_fn(int version, int actions, uint64_t class,
    struct _Unwind_Exception *, struct _Unwind_Context *, void *arg);

int	_Unwind_ForcedUnwind(struct _Unwind_Exception *, unwind_stop_fn *,
	    void *arg) __attribute__((weak));
unsigned long _Unwind_GetCFA(struct _Unwind_Context *) __attribute__((weak));

/* The handlers of frames below the address. */
static void
run_cleanups(struct pthread *t, unsigned long below)
{
	struct cleanup *c;

	while ((c = t->t_cleanups) != NULL && c->frame < below) {
		t->t_cleanups = c->next;
		c->fn(c->arg);
		free(c);
	}
}

/* Each frame in turn; the address is what its stack pointer is. */
static int
leave_frame(int version, int actions, uint64_t class,
    struct _Unwind_Exception *e, struct _Unwind_Context *context, void *arg)
{
	struct pthread *t = arg;

	if (actions & UA_END_OF_STACK)
		thread_finish(t);
	run_cleanups(t, _Unwind_GetCFA(context));
	return (URC_NO_REASON);
}

/* A function caught it with catch (...) and went on. */
static void
not_rethrown(int reason, struct _Unwind_Exception *e)
{
	static const char text[] = "pthread_exit: caught and not thrown "
	    "again\n";

	write(STDERR_FILENO, text, sizeof(text) - 1);
	abort();
}

void
unwind_exit(struct pthread *t)
{
	if (_Unwind_ForcedUnwind != NULL && _Unwind_GetCFA != NULL) {
		t->t_unwind.class = UNWIND_CLASS;
		t->t_unwind.cleanup = not_rethrown;
		_Unwind_ForcedUnwind(&t->t_unwind, leave_frame, t);
	}
	run_cleanups(t, UINTPTR_MAX);
}
