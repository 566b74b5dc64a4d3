/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A walk over a whole filesystem that checks everything on-disk.md's
 * section 14 lists.
 */
#ifndef _WALK_H_
#define _WALK_H_

#include "hammer.h"

/* The number of things that are wrong; each is reported by say(). */
int	hammer_walk(struct hammer_mount *hmp, void (*say)(const char *fmt,
	    ...) __attribute__((__format__(__printf__, 1, 2))));

/* What the freemap should say of a big-block, by counting references. */
struct walk_block {
	hammer_off_t	wb_offset;	/* zone 2 */
	int		wb_zone;
	int64_t		wb_used;	/* bytes, per reference */
	int32_t		wb_top;		/* end of the highest use */
};

#endif /* !_WALK_H_ */
