/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers as the network has them.
 */
#ifndef _NETINET_IN_SYSTM_H_
#define _NETINET_IN_SYSTM_H_

#include <sys/types.h>

typedef uint16_t	n_short;	/* network byte order */
typedef uint32_t	n_long;
typedef uint32_t	n_time;		/* milliseconds since 00:00 UTC */

#ifdef _KERNEL
uint32_t iptime(void);
#endif

#endif /* !_NETINET_IN_SYSTM_H_ */
