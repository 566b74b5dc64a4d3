/* SPDX-License-Identifier: BSD-2-Clause */
/* What sys/kern/subr_plist.c takes from our headers, for the host. */
#ifndef PLIST_HOST_H
#define PLIST_HOST_H

#include <stdint.h>
#include <sys/types.h>

#define nitems(x)	(sizeof(x) / sizeof((x)[0]))

#endif
