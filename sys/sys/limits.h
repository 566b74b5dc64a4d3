/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The limits of types, for the kernel and others without <limits.h>.
 */
#ifndef _SYS_LIMITS_H_
#define _SYS_LIMITS_H_

#include <machine/limits.h>

#endif /* !_SYS_LIMITS_H_ */
