/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vquota: what a mount uses, as counted by usage.c or told by the kernel
 * (message.c), and printed by vquota.c.
 */
#ifndef VQUOTA_H
#define VQUOTA_H

#include <sys/types.h>
#include <sys/tree.h>
#include <stdint.h>

/* What an id uses; the mount as a whole has no id. */
struct entry {
	RB_ENTRY(entry)	link;
	uint32_t	id;
	uint64_t	used;		/* bytes */
	uint64_t	limit;		/* bytes; 0: none */
};
RB_HEAD(entries, entry);
RB_PROTOTYPE(entries, entry, link, entry_cmp);

struct usage {
	struct entry	total;
	struct entries	users;
	struct entries	groups;
};

extern int	debug;			/* -D: show messages */

/* Count the files below a directory on its filesystem; errors are fatal. */
void	usage_count(const char *dir, struct usage *u);
/* The entry of an id; it is made if there is none. */
struct entry *usage_entry(struct entries *entries, uint32_t id);

/*
 * Talk to the kernel about the mount that path lies on.  Nonzero: it failed,
 * which has been said.
 */
int	message_get(const char *path, struct usage *u);
int	message_set(const char *path, struct usage *u);
/* what is "uid", "gid", or NULL for the mount. */
int	message_limit(const char *path, const char *what, uint32_t id,
	    uint64_t limit);

#endif
