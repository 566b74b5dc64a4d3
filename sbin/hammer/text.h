/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8) and newfs_hammer(8): sizes and uuids as text.
 */
#ifndef _HAMMER_TEXT_H_
#define _HAMMER_TEXT_H_

#include <stdint.h>

/* A size for people, in 8 columns or so; the last four results stay valid. */
const char *sizetostr(int64_t size);
/*
 * A number with an optional suffix k, m, g or t, of either case.  *endp: what
 * follows; *suffixp, unless NULL: the suffix, or 0.
 */
int64_t	size_parse(const char *text, const char **endp, int *suffixp);
/* uu may lie anywhere; buf has room for 37 bytes. */
void	uuid_text(const void *uu, char *buf);

#endif /* !_HAMMER_TEXT_H_ */
