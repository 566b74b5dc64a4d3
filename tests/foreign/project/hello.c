/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The program of the three small projects: says what its build system found
 * out about the target.  WHO is the build system's name.
 */
#include <stdio.h>

#include "config.h"

static int count;

static void
ok(int good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++count, name);
}

int
greeting(void);

int
main(void)
{
	ok(greeting() == 42, "the library is linked");
#ifdef HAVE_STRLCPY
	ok(1, "strlcpy is found");
#else
	ok(0, "strlcpy is found");
#endif
#ifdef HAVE_SYS_EVENT_H
	ok(1, "sys/event.h is found");
#else
	ok(0, "sys/event.h is found");
#endif
#ifdef HAVE_EPOLL_CREATE
	ok(0, "epoll_create is not found");
#else
	ok(1, "epoll_create is not found");
#endif
	ok(SIZEOF_LONG == sizeof(long), "the size of a long is found");
	printf("1..%d\n", count);
	return (0);
}
