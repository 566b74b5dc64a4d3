/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wide characters: types and limits.
 */
#ifndef _CPU_WCHAR_H_
#define _CPU_WCHAR_H_

#include <machine/stdint.h>
#include <machine/wchar_limits.h>

#endif /* !_CPU_WCHAR_H_ */
