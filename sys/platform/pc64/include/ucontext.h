/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_UCONTEXT_H_
#define _MACHINE_UCONTEXT_H_

#include <cpu/ucontext.h>

#endif /* !_MACHINE_UCONTEXT_H_ */
