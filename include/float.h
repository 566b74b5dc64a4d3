/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Characteristics of floating types.
 */
#ifndef _FLOAT_H_
#define _FLOAT_H_

#include <machine/float.h>

#endif /* !_FLOAT_H_ */
