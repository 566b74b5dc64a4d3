/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of <sys/sysctl.h>, which the host does not have. */
#include <stddef.h>

int	sysctlbyname(const char *name, void *old, size_t *len,
	    const void *new, size_t newlen);
