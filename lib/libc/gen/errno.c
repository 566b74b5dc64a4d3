/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno for those who cannot reach thread-local storage, and variables of
 * the library as a whole.
 */
#include <errno.h>

#include "libc_private.h"

int	__isthreaded;

int *
__errno_location(void)
{
	return (&errno);
}
