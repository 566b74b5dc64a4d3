/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PC platform's name and parameters; those of the CPU come with it.
 */
#ifndef _MACHINE_PARAM_H_
#define _MACHINE_PARAM_H_

#define MACHINE_PLATFORM	"pc64"

#include <cpu/param.h>

#endif /* !_MACHINE_PARAM_H_ */
