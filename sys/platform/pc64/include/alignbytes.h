/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_ALIGNBYTES_H_
#define _MACHINE_ALIGNBYTES_H_

#include <cpu/alignbytes.h>

#endif /* !_MACHINE_ALIGNBYTES_H_ */
