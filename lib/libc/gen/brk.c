/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * brk(2), over sbrk(2); ntp_gettime(3).
 */
#include <sys/types.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <errno.h>
#include <stdint.h>
#include <unistd.h>

/* Moves the end of the data; only upwards from where it is. */
int
brk(const void *end)
{
	char *now = sbrk(0);

	if (now == (char *)-1)
		return (-1);
	if ((uintptr_t)end < (uintptr_t)now) {
		errno = EINVAL;
		return (-1);
	}
	if (end == now)
		return (0);
	return (sbrk((intptr_t)((uintptr_t)end - (uintptr_t)now)) ==
	    (char *)-1 ? -1 : 0);
}

/* The time and how good it is; the state of the clock, or -1. */
int
ntp_gettime(struct ntptimeval *ntv)
{
	size_t n = sizeof(*ntv);

	if (sysctlbyname("kern.ntp_pll.gettime", ntv, &n, NULL, 0) != 0)
		return (-1);
	return (ntv->time_state);
}
