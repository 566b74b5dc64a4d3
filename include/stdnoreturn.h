/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions that do not return.
 */
#ifndef _STDNORETURN_H_
#define _STDNORETURN_H_

#include <sys/cdefs.h>

#ifndef __cplusplus
#define noreturn	_Noreturn
#endif

#endif /* !_STDNORETURN_H_ */
