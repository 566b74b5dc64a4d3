/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variable argument lists.
 */
#ifndef _STDARG_H_
#define _STDARG_H_

#include <machine/stdarg.h>

#endif /* !_STDARG_H_ */
