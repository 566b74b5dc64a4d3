/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The old name of <ieeefp.h>.
 */
#ifndef _FLOATINGPOINT_H_
#define _FLOATINGPOINT_H_

#include <ieeefp.h>

#endif /* !_FLOATINGPOINT_H_ */
