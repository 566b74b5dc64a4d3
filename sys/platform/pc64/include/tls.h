/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_TLS_H_
#define _MACHINE_TLS_H_

#include <cpu/tls.h>

#endif /* !_MACHINE_TLS_H_ */
