/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions to call when the program exits, or when the object that
 * registered them is unloaded, or when a thread ends.
 *
 * Entries are kept in blocks, the newest block first.  They run in reverse
 * order with no lock held, so they may register and exit themselves.  An
 * entry that has been started is gone, whoever looks next.
 */
#include <sys/types.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include "libc_private.h"

#define BLOCK_ENTRIES	64

struct exit_entry {
	void	(*fn)(void *);
	void	*arg;
	void	*dso;		/* handle of the object; NULL: the program */
};

struct exit_block {
	struct exit_block *next;		/* older */
	int	count;
	struct exit_entry entries[BLOCK_ENTRIES];
};

static struct exit_block first_block;
static struct exit_block *blocks = &first_block;
static libc_lock_t exit_lock;

/* Of one thread, newest first. */
struct thread_entry {
	struct thread_entry *next;
	void	(*fn)(void *);
	void	*arg;
};
static __thread struct thread_entry *thread_entries;

extern void __stdio_exit(void) __weak;

int
__cxa_atexit(void (*fn)(void *), void *arg, void *dso)
{
	struct exit_block *block;
	struct exit_entry *ent;

	libc_lock(&exit_lock);
	block = blocks;
	if (block->count == BLOCK_ENTRIES) {
		libc_unlock(&exit_lock);
		block = calloc(1, sizeof(*block));
		if (block == NULL)
			return (-1);
		libc_lock(&exit_lock);
		block->next = blocks;
		blocks = block;
	}
	ent = &block->entries[block->count++];
	ent->fn = fn;
	ent->arg = arg;
	ent->dso = dso;
	libc_unlock(&exit_lock);
	return (0);
}

static void
call_plain(void *fn)
{
	((void (*)(void))fn)();
}

int
atexit(void (*fn)(void))
{
	return (__cxa_atexit(call_plain, (void *)fn, NULL));
}

/* Take the newest entry of dso (NULL: of any) off the list. */
static bool
take_entry(void *dso, struct exit_entry *out)
{
	struct exit_block *block;
	struct exit_entry *ent;
	bool found = false;
	int i;

	libc_lock(&exit_lock);
	for (block = blocks; block != NULL && !found; block = block->next) {
		for (i = block->count - 1; i >= 0 && !found; i--) {
			ent = &block->entries[i];
			if (ent->fn == NULL ||
			    (dso != NULL && ent->dso != dso))
				continue;
			*out = *ent;
			ent->fn = NULL;
			found = true;
		}
		while (block->count > 0 &&
		    block->entries[block->count - 1].fn == NULL)
			block->count--;
	}
	libc_unlock(&exit_lock);
	return (found);
}

void
__cxa_finalize(void *dso)
{
	struct exit_entry ent = { .fn = NULL };

	while (take_entry(dso, &ent))
		ent.fn(ent.arg);
}

int
__cxa_thread_atexit(void (*fn)(void *), void *arg, void *dso)
{
	struct thread_entry *ent = malloc(sizeof(*ent));

	if (ent == NULL)
		return (-1);
	ent->fn = fn;
	ent->arg = arg;
	ent->next = thread_entries;
	thread_entries = ent;
	return (0);
}
__strong_reference(__cxa_thread_atexit, __cxa_thread_atexit_impl);

void
_thread_finalize(void)
{
	struct thread_entry *ent;

	while ((ent = thread_entries) != NULL) {
		thread_entries = ent->next;
		ent->fn(ent->arg);
		free(ent);
	}
}

void
exit(int status)
{
	_thread_finalize();
	__cxa_finalize(NULL);
	if (__stdio_exit != NULL)
		__stdio_exit();
	_exit(status);
}
