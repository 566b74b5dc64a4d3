/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel environment.
 */
#ifndef _KENV_H_
#define _KENV_H_

#include <sys/kenv.h>

#endif /* !_KENV_H_ */
