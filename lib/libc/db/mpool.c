/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mpool(3): a cache of the pages of a file.
 *
 * mpool_get() and mpool_new() pin a page in memory, mpool_put() lets it go
 * and says whether it was changed.  Unpinned pages are written and reused in
 * the order of their last use once there are more than the cache may hold.
 * Without a file (descriptor -1) nothing is ever written or reused.  Pages
 * beyond the end of the file read as zeros.
 */
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <errno.h>
#include <mpool.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	BUCKETS		128
#define	MIN_CACHE	8	/* pages: a B-tree path and its siblings */

struct frame {
	LIST_ENTRY(frame)	hash;
	TAILQ_ENTRY(frame)	lru;	/* most recent last */
	pgno_t			pgno;
	unsigned int		pins;
	bool			dirty;
	_Alignas(16) char	page[];
};

struct MPOOL {
	LIST_HEAD(, frame)	bucket[BUCKETS];
	TAILQ_HEAD(, frame)	lru;
	int			fd;
	size_t			pagesize;
	pgno_t			npages;		/* of the file */
	pgno_t			max, cached;
	void			(*pgin)(void *, pgno_t, void *);
	void			(*pgout)(void *, pgno_t, void *);
	void			*cookie;
};

MPOOL *
mpool_open(void *key, int fd, pgno_t pagesize, pgno_t maxcache)
{
	struct stat st;
	MPOOL *mp;
	int i;

	memset(&st, 0, sizeof(st));
	if (fd >= 0) {
		if (fstat(fd, &st) != 0)
			return (NULL);
		if (!S_ISREG(st.st_mode)) {
			errno = ESPIPE;
			return (NULL);
		}
	}
	mp = calloc(1, sizeof(*mp));
	if (mp == NULL)
		return (NULL);
	for (i = 0; i < BUCKETS; i++)
		LIST_INIT(&mp->bucket[i]);
	TAILQ_INIT(&mp->lru);
	mp->fd = fd;
	mp->pagesize = pagesize;
	mp->max = maxcache > MIN_CACHE ? maxcache : MIN_CACHE;
	mp->npages = (pgno_t)((st.st_size + pagesize - 1) / pagesize);
	return (mp);
}

/* Functions that translate pages after reading and before writing. */
void
mpool_filter(MPOOL *mp, void (*pgin)(void *, pgno_t, void *),
    void (*pgout)(void *, pgno_t, void *), void *cookie)
{
	mp->pgin = pgin;
	mp->pgout = pgout;
	mp->cookie = cookie;
}

static int
write_frame(MPOOL *mp, struct frame *f)
{
	ssize_t n;

	if (mp->fd < 0)
		return (0);
	if (mp->pgout != NULL)
		mp->pgout(mp->cookie, f->pgno, f->page);
	n = pwrite(mp->fd, f->page, mp->pagesize,
	    (off_t)f->pgno * (off_t)mp->pagesize);
	if (mp->pgin != NULL)
		mp->pgin(mp->cookie, f->pgno, f->page);
	if (n != (ssize_t)mp->pagesize) {
		if (n >= 0)
			errno = EIO;
		return (RET_ERROR);
	}
	f->dirty = false;
	return (RET_SUCCESS);
}

static struct frame *
find_frame(MPOOL *mp, pgno_t pgno)
{
	struct frame *f;

	LIST_FOREACH(f, &mp->bucket[pgno % BUCKETS], hash) {
		if (f->pgno == pgno)
			return (f);
	}
	return (NULL);
}

/* A frame for a page: an old one if the cache is full and one is free. */
static struct frame *
new_frame(MPOOL *mp, pgno_t pgno)
{
	struct frame *f = NULL;

	if (mp->fd >= 0 && mp->cached >= mp->max) {
		TAILQ_FOREACH(f, &mp->lru, lru) {
			if (f->pins == 0)
				break;
		}
	}
	if (f != NULL) {
		if (f->dirty && write_frame(mp, f) != 0)
			return (NULL);
		LIST_REMOVE(f, hash);
		TAILQ_REMOVE(&mp->lru, f, lru);
	} else {
		f = malloc(sizeof(*f) + mp->pagesize);
		if (f == NULL)
			return (NULL);
		mp->cached++;
	}
	f->pgno = pgno;
	f->pins = 1;
	f->dirty = false;
	LIST_INSERT_HEAD(&mp->bucket[pgno % BUCKETS], f, hash);
	TAILQ_INSERT_TAIL(&mp->lru, f, lru);
	return (f);
}

static void
drop_frame(MPOOL *mp, struct frame *f)
{
	LIST_REMOVE(f, hash);
	TAILQ_REMOVE(&mp->lru, f, lru);
	mp->cached--;
	free(f);
}

/* A page of zeros: the next one, or with MPOOL_PAGE_REQUEST number *pgno. */
void *
mpool_new(MPOOL *mp, pgno_t *pgno, unsigned int flags)
{
	struct frame *f;

	if (mp->npages == MAX_PAGE_NUMBER) {
		errno = EFBIG;
		return (NULL);
	}
	if (flags != MPOOL_PAGE_REQUEST)
		*pgno = mp->npages;
	f = new_frame(mp, *pgno);
	if (f == NULL)
		return (NULL);
	if (*pgno >= mp->npages)
		mp->npages = *pgno + 1;
	memset(f->page, 0, mp->pagesize);
	return (f->page);
}

void *
mpool_get(MPOOL *mp, pgno_t pgno, unsigned int flags)
{
	struct frame *f = find_frame(mp, pgno);
	ssize_t n = 0;

	if (f != NULL) {
		f->pins++;
		TAILQ_REMOVE(&mp->lru, f, lru);
		TAILQ_INSERT_TAIL(&mp->lru, f, lru);
		return (f->page);
	}
	f = new_frame(mp, pgno);
	if (f == NULL)
		return (NULL);
	if (mp->fd >= 0)
		n = pread(mp->fd, f->page, mp->pagesize,
		    (off_t)pgno * (off_t)mp->pagesize);
	if (n < 0) {
		drop_frame(mp, f);
		return (NULL);
	}
	memset(f->page + n, 0, mp->pagesize - (size_t)n);
	if (mp->pgin != NULL && n > 0)
		mp->pgin(mp->cookie, pgno, f->page);
	return (f->page);
}

static struct frame *
frame_of(void *page)
{
	return ((struct frame *)(void *)((char *)page -
	    offsetof(struct frame, page)));
}

int
mpool_put(MPOOL *mp, void *page, unsigned int flags)
{
	struct frame *f = frame_of(page);

	if (flags & MPOOL_DIRTY)
		f->dirty = true;
	f->pins--;
	return (RET_SUCCESS);
}

/* Forgets a pinned page without writing it. */
int
mpool_delete(MPOOL *mp, void *page)
{
	drop_frame(mp, frame_of(page));
	return (RET_SUCCESS);
}

int
mpool_sync(MPOOL *mp)
{
	struct frame *f;

	TAILQ_FOREACH(f, &mp->lru, lru) {
		if (f->dirty && write_frame(mp, f) != 0)
			return (RET_ERROR);
	}
	if (mp->fd >= 0 && fsync(mp->fd) != 0)
		return (RET_ERROR);
	return (RET_SUCCESS);
}

int
mpool_close(MPOOL *mp)
{
	struct frame *f;

	while ((f = TAILQ_FIRST(&mp->lru)) != NULL)
		drop_frame(mp, f);
	free(mp);
	return (RET_SUCCESS);
}
