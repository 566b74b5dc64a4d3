/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of strings that grow.
 */
#ifndef _STRINGLIST_H_
#define _STRINGLIST_H_

#include <sys/cdefs.h>
#include <sys/types.h>

typedef struct _stringlist {
	char	**sl_str;
	size_t	sl_max;		/* room */
	size_t	sl_cur;		/* in use */
} StringList;

__BEGIN_DECLS
int	sl_add(StringList *, char *);
char	*sl_find(StringList *, const char *);
void	sl_free(StringList *, int);
StringList *sl_init(void);
__END_DECLS

#endif /* !_STRINGLIST_H_ */
