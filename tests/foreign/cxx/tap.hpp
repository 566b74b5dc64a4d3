// SPDX-License-Identifier: BSD-2-Clause
// Test Anything Protocol for the C++ programs.
#ifndef TAP_HPP
#define TAP_HPP

#include <cstdio>

static int tap_count, tap_failed;

static inline void
ok(bool good, const char *name)
{
	std::printf("%sok %d - %s\n", good ? "" : "not ", ++tap_count, name);
	std::fflush(stdout);
	tap_failed |= !good;
}

static inline int
tap_done()
{
	std::printf("1..%d\n", tap_count);
	return tap_failed;
}

#endif
