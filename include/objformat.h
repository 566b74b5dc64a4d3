/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The format of objects.
 */
#ifndef _OBJFORMAT_H_
#define _OBJFORMAT_H_

#include <sys/cdefs.h>
#include <sys/types.h>

__BEGIN_DECLS
int	getobjformat(char *, size_t, int *, char **);
__END_DECLS

#endif /* !_OBJFORMAT_H_ */
