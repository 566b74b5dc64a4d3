/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The old name of <string.h>.
 */
#ifndef _MEMORY_H_
#define _MEMORY_H_

#include <string.h>

#endif /* !_MEMORY_H_ */
