/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory allocation beyond <stdlib.h>.
 */
#ifndef _MALLOC_NP_H_
#define _MALLOC_NP_H_

#include <sys/cdefs.h>
#include <sys/types.h>

__BEGIN_DECLS
size_t	malloc_usable_size(const void *);
__END_DECLS

#endif /* !_MALLOC_NP_H_ */
