/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locale_t.
 */
#ifndef _XLOCALE__LOCALE_H_
#define _XLOCALE__LOCALE_H_

#include <sys/cdefs.h>

#define LC_COLLATE_MASK		(1 << 0)
#define LC_CTYPE_MASK		(1 << 1)
#define LC_MONETARY_MASK	(1 << 2)
#define LC_NUMERIC_MASK		(1 << 3)
#define LC_TIME_MASK		(1 << 4)
#define LC_MESSAGES_MASK	(1 << 5)
#define LC_ALL_MASK		0x3f
#define LC_VERSION_MASK		(1 << 6)
#define LC_GLOBAL_LOCALE	((locale_t)-1)

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
locale_t	duplocale(locale_t);
void		freelocale(locale_t);
locale_t	newlocale(int, const char *, locale_t);
const char	*querylocale(int, locale_t);
locale_t	uselocale(locale_t);
__END_DECLS

#endif /* !_XLOCALE__LOCALE_H_ */
