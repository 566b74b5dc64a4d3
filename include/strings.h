/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings and memory, BSD's names.
 */
#ifndef _STRINGS_H_
#define _STRINGS_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

__BEGIN_DECLS
#if __BSD_VISIBLE || __POSIX_VISIBLE <= 200112
int	bcmp(const void *, const void *, size_t) __pure;
void	bcopy(const void *, void *, size_t);
void	bzero(void *, size_t);
char	*index(const char *, int) __pure;
char	*rindex(const char *, int) __pure;
#endif
#if __BSD_VISIBLE
void	explicit_bzero(void *, size_t);
int	ffsl(long) __pure2;
int	ffsll(long long) __pure2;
int	fls(int) __pure2;
int	flsl(long) __pure2;
int	flsll(long long) __pure2;
#endif
int	ffs(int) __pure2;
int	strcasecmp(const char *, const char *) __pure;
int	strncasecmp(const char *, const char *, size_t) __pure;
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_strings.h>
#endif
__END_DECLS

#endif /* !_STRINGS_H_ */
