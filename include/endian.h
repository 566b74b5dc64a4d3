/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Byte order.
 */
#ifndef _ENDIAN_H_
#define _ENDIAN_H_

#include <sys/endian.h>

#endif /* !_ENDIAN_H_ */
