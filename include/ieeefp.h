/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating point environment, System V names.
 */
#ifndef _IEEEFP_H_
#define _IEEEFP_H_

#include <machine/ieeefp.h>

#endif /* !_IEEEFP_H_ */
