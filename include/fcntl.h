/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opening and controlling files.
 */
#ifndef _FCNTL_H_
#define _FCNTL_H_

#include <sys/fcntl.h>

#endif /* !_FCNTL_H_ */
