/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registers and records debuggers look for under this name.
 */
#ifndef _SYS_USER_H_
#define _SYS_USER_H_

#include <sys/param.h>
#include <sys/time.h>
#include <sys/kinfo.h>
#include <machine/reg.h>

#endif /* !_SYS_USER_H_ */
