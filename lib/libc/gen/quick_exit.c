/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exit that skips atexit handlers and has its own.
 */
#include <stdlib.h>

#include "libc_private.h"

struct quick_entry {
	struct quick_entry *next;
	void	(*fn)(void);
};

static struct quick_entry *handlers;
static libc_lock_t quick_lock;

int
at_quick_exit(void (*fn)(void))
{
	struct quick_entry *ent = malloc(sizeof(*ent));

	if (ent == NULL)
		return (1);
	ent->fn = fn;
	libc_lock(&quick_lock);
	ent->next = handlers;
	handlers = ent;
	libc_unlock(&quick_lock);
	return (0);
}

void
quick_exit(int status)
{
	struct quick_entry *ent;

	for (ent = handlers; ent != NULL; ent = ent->next)
		ent->fn();
	_Exit(status);
}
