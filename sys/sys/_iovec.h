/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One piece of a scattered buffer.
 */
#ifndef _SYS__IOVEC_H_
#define _SYS__IOVEC_H_

#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

struct iovec {
	void	*iov_base;
	size_t	iov_len;
};

#endif /* !_SYS__IOVEC_H_ */
