/* SPDX-License-Identifier: BSD-2-Clause */
/* Nothing here: locks are machine independent on this machine. */
#ifndef _MACHINE_LOCK_H_
#define _MACHINE_LOCK_H_
#include <machine/cpufunc.h>
#endif /* !_MACHINE_LOCK_H_ */
