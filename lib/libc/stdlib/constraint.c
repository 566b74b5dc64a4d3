/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constraint handlers (C11 annex K): what a _s function calls when its
 * arguments break its rules.
 */
#define __STDC_WANT_LIB_EXT1__ 1
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic(constraint_handler_t) handler;

void
abort_handler_s(const char *restrict msg, void *restrict ptr, errno_t error)
{
	static const char prefix[] = "abort_handler_s: ";

	(void)ptr;
	(void)error;
	write(STDERR_FILENO, prefix, sizeof(prefix) - 1);
	if (msg != NULL)
		write(STDERR_FILENO, msg, strlen(msg));
	write(STDERR_FILENO, "\n", 1);
	abort();
}

void
ignore_handler_s(const char *restrict msg, void *restrict ptr, errno_t error)
{
	(void)msg;
	(void)ptr;
	(void)error;
}

/* Returns the one before; none at first. */
constraint_handler_t
set_constraint_handler_s(constraint_handler_t new)
{
	return (atomic_exchange(&handler, new));
}
