/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Test output.  A loop of many cases counts as one test.
 */
#include <stdio.h>

static int	tap_tests, tap_failures;

static inline void
tap(int good, const char *name)
{
	tap_tests++;
	tap_failures += !good;
	printf("%s %d - %s\n", good ? "ok" : "not ok", tap_tests, name);
}

static inline int
tap_end(void)
{
	printf("1..%d\n", tap_tests);
	return (tap_failures != 0);
}

static unsigned long	tap_state = 88172645463325252UL;

/* A repeatable stream of random numbers. */
static inline unsigned long
tap_random(void)
{
	tap_state ^= tap_state << 13;
	tap_state ^= tap_state >> 7;
	tap_state ^= tap_state << 17;
	return (tap_state);
}
