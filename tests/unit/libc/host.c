/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the library's sources expect from the rest of it, on a Linux host.
 * Everything of ours carries the prefix df_ there (see Makefile); what is not
 * ours comes from the host's library.
 */
#include <stddef.h>

__thread int	errno;
int		__isthreaded;

int	umtx_sleep(volatile const int *, int, int);
int	umtx_wakeup(volatile const int *, int);
int	__sys_umtx_wakeup(volatile const int *, int);
int	issetugid(void);

int
umtx_sleep(volatile const int *p, int value, int timeout)
{
	return (0);
}

int
umtx_wakeup(volatile const int *p, int count)
{
	return (0);
}

int
issetugid(void)
{
	return (0);
}

int
__sys_umtx_wakeup(volatile const int *p, int count)
{
	return (0);
}
