/* SPDX-License-Identifier: BSD-2-Clause */
/* Test Anything Protocol, the little of it that these programs need. */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <stdlib.h>

static int tap_count, tap_failed;

static inline void
ok(int good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++tap_count, name);
	fflush(stdout);
	tap_failed |= !good;
}

static inline int
tap_done(void)
{
	printf("1..%d\n", tap_count);
	return (tap_failed);
}

#endif
