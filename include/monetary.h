/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Amounts of money.
 */
#ifndef _MONETARY_H_
#define _MONETARY_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#ifndef _SSIZE_T_DECLARED
#define _SSIZE_T_DECLARED
typedef __ssize_t	ssize_t;
#endif

__BEGIN_DECLS
ssize_t	strfmon(char *__restrict, size_t, const char *__restrict, ...);
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_monetary.h>
#endif
__END_DECLS

#endif /* !_MONETARY_H_ */
