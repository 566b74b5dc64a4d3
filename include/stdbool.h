/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Booleans.
 */
#ifndef _STDBOOL_H_
#define _STDBOOL_H_

#define __bool_true_false_are_defined	1

#ifndef __cplusplus
#define bool	_Bool
#define true	1
#define false	0
#endif

#endif /* !_STDBOOL_H_ */
