/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <time.h> with a locale.
 */
#ifndef _XLOCALE__TIME_H_
#define _XLOCALE__TIME_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

struct tm;

__BEGIN_DECLS
__size_t	strftime_l(char *__restrict, __size_t,
		    const char *__restrict, const struct tm *__restrict,
		    locale_t) __strftimelike(3, 0);
#if __BSD_VISIBLE
char		*strptime_l(const char *, const char *, struct tm *, locale_t);
#endif
__END_DECLS

#endif /* !_XLOCALE__TIME_H_ */
