/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_SIGFRAME_H_
#define _MACHINE_SIGFRAME_H_

#include <cpu/sigframe.h>

#endif /* !_MACHINE_SIGFRAME_H_ */
