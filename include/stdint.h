/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Integer types.
 */
#ifndef _STDINT_H_
#define _STDINT_H_

#include <sys/stdint.h>

#if __EXT1_VISIBLE
#ifndef RSIZE_MAX
#define RSIZE_MAX	(SIZE_MAX >> 1)
#endif
#endif

#endif /* !_STDINT_H_ */
