/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message catalogues.
 */
#ifndef _NL_TYPES_H_
#define _NL_TYPES_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#define NL_SETD		0	/* default set */
#define NL_CAT_LOCALE	1	/* catopen(): the locale of LC_MESSAGES */

typedef struct __nl_cat_d {
	void	*__data;
	int	__size;
} *nl_catd;

#ifndef _NL_ITEM_DECLARED
#define _NL_ITEM_DECLARED
typedef __nl_item	nl_item;
#endif

__BEGIN_DECLS
int	catclose(nl_catd);
char	*catgets(nl_catd, int, int, const char *) __format_arg(4);
nl_catd	catopen(const char *, int);
__END_DECLS

#endif /* !_NL_TYPES_H_ */
