/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of pax(1) share: pax.c moves entries, select.c says which,
 * and under what name.
 */
#ifndef PAX_H
#define PAX_H

#include <archive.h>
#include <archive_entry.h>

/* Options of selection. */
extern int opt_complement;		/* -c */
extern int opt_first;			/* -n */
extern int opt_directories_alone;	/* -d: no pattern takes what is below */
extern int opt_ask;			/* -i */

/* -s: adds "/old/new/[gp]"; exits if it makes no sense. */
void	substitution_add(const char *text);

/*
 * The name under which the entry goes on; NULL if not at all.  It is valid
 * until the next call.
 */
const char *entry_name(const char *name);

/* Patterns of the command line; every one must match something. */
void	patterns_set(char **patterns);
int	pattern_match(const char *name);
/* Whether -n leaves nothing to be found. */
int	patterns_done(void);
/* Tells of those that matched nothing; returns how many. */
int	patterns_unused(void);

#endif
