/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory allocation is declared in <stdlib.h>.
 */
#ifndef _MALLOC_H_
#define _MALLOC_H_

#include <stdlib.h>

#endif /* !_MALLOC_H_ */
