/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * utime().
 */
#ifndef _UTIME_H_
#define _UTIME_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _TIME_T_DECLARED
#define _TIME_T_DECLARED
typedef __time_t	time_t;
#endif

struct utimbuf {
	time_t	actime;		/* access */
	time_t	modtime;	/* modification */
};

__BEGIN_DECLS
int	utime(const char *, const struct utimbuf *);
__END_DECLS

#endif /* !_UTIME_H_ */
