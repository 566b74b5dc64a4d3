/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A cache of the pages of a file, as the databases of db(3) use it.
 */
#ifndef _MPOOL_H_
#define _MPOOL_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <db.h>

#define MPOOL_DIRTY		0x01	/* mpool_put: page was changed */
#define MPOOL_PINNED		0x02
#define MPOOL_IGNOREPIN		0x01	/* mpool_get: may be held already */
#define MPOOL_PAGE_REQUEST	0x01	/* mpool_new: *pgno says which */
#define MPOOL_PAGE_NEXT		0x02	/* mpool_new: the next one */

typedef struct MPOOL	MPOOL;

__BEGIN_DECLS
int	mpool_close(MPOOL *);
int	mpool_delete(MPOOL *, void *);
void	mpool_filter(MPOOL *, void (*)(void *, pgno_t, void *),
	    void (*)(void *, pgno_t, void *), void *);
void	*mpool_get(MPOOL *, pgno_t, unsigned int);
void	*mpool_new(MPOOL *, pgno_t *, unsigned int);
MPOOL	*mpool_open(void *, int, pgno_t, pgno_t);
int	mpool_put(MPOOL *, void *, unsigned int);
int	mpool_sync(MPOOL *);
__END_DECLS

#endif /* !_MPOOL_H_ */
