/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variable argument lists are those of <stdarg.h>.
 */
#ifndef _VARARGS_H_
#define _VARARGS_H_

#include <stdarg.h>

#endif /* !_VARARGS_H_ */
