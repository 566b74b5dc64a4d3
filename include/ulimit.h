/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ulimit(), of System V.
 */
#ifndef _ULIMIT_H_
#define _ULIMIT_H_

#include <sys/cdefs.h>

#define UL_GETFSIZE	1
#define UL_SETFSIZE	2

__BEGIN_DECLS
long	ulimit(int, ...);
__END_DECLS

#endif /* !_ULIMIT_H_ */
