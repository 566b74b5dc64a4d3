/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous I/O.
 */
#ifndef _AIO_H_
#define _AIO_H_

#include <sys/aio.h>

#endif /* !_AIO_H_ */
