/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno and the error numbers.
 */
#ifndef _ERRNO_H_
#define _ERRNO_H_

#include <sys/errno.h>

#if __EXT1_VISIBLE
#ifndef _ERRNO_T_DEFINED
#define _ERRNO_T_DEFINED
typedef int	errno_t;
#endif
#endif

#endif /* !_ERRNO_H_ */
