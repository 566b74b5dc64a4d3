/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_PTRACE_H_
#define _MACHINE_PTRACE_H_

#include <cpu/ptrace.h>

#endif /* !_MACHINE_PTRACE_H_ */
