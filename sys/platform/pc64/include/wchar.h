/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_WCHAR_H_
#define _MACHINE_WCHAR_H_

#include <cpu/wchar.h>

#endif /* !_MACHINE_WCHAR_H_ */
