/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * I/O requests.  A buffer carries a stack of bios, one for each layer the
 * request passes (file, device, slice, disk), each with the offset that
 * layer understands.  A layer pushes the next bio, fills it in and calls
 * the strategy function below; completion pops back through bio_done.
 */
#ifndef _SYS_BIO_H_
#define _SYS_BIO_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>

struct bio;
struct buf;
struct cdev;
struct lwkt_token;

typedef void	biodone_t(struct bio *);

#define NOOFFSET	((off_t)-1)	/* bio_offset: not translated, or hole */

/* All fields belong to whoever has the request at the moment. */
struct bio {
	TAILQ_ENTRY(bio) bio_act;	/* driver's queue */
	TAILQ_ENTRY(bio) link;
	struct buf	*bio_buf;	/* (I) */
	struct bio	*bio_prev;	/* (I) the layer above */
	struct bio	*bio_next;	/* (I) the layer below */
	biodone_t	*bio_done;	/* completion of this layer */
	volatile u_int	bio_flags;	/* BIO_* */
	off_t		bio_offset;	/* bytes, or NOOFFSET */
	void		*bio_driver_info; /* the layer's device */
	union {
		void	*ptr;
		off_t	offset;
		long	value;
	} bio_caller_info1, bio_caller_info2, bio_caller_info3;
	uint32_t	bio_crc;
};

TAILQ_HEAD(bio_queue_head, bio);

/* bio_flags */
#define BIO_SYNC	0x00000001	/* someone waits in biowait */
#define BIO_WANT	0x00000002
#define BIO_DONE	0x80000000

/* Push the next layer's bio; it inherits nothing. */
struct bio *push_bio(struct bio *bio);
struct bio *pop_bio(struct bio *bio);
/* The request is complete: run bio_done up the stack. */
void	biodone(struct bio *bio);
/* It is complete: all of it (0), or none of it, with an errno. */
void	biofinish(struct bio *bio, int error);
/* biodone(), after whoever waits has set BIO_SYNC; runs no callback. */
void	biodone_sync(struct bio *bio);
/* Wait until complete; biowait returns 0 or the buffer's error. */
int	biowait(struct bio *bio, const char *wmesg);
int	biowait_timeout(struct bio *bio, const char *wmesg, int timo);
void	bpdone(struct buf *bp, int elseit);
void	clearbiocache(struct bio *bio);

static __inline void
bioq_init(struct bio_queue_head *q)
{
	TAILQ_INIT(q);
}

static __inline struct bio *
bioq_first(struct bio_queue_head *q)
{
	return (TAILQ_FIRST(q));
}

static __inline struct bio *
bioq_takefirst(struct bio_queue_head *q)
{
	struct bio *bio = TAILQ_FIRST(q);

	if (bio != NULL)
		TAILQ_REMOVE(q, bio, bio_act);
	return (bio);
}

static __inline void
bioq_insert_tail(struct bio_queue_head *q, struct bio *bio)
{
	TAILQ_INSERT_TAIL(q, bio, bio_act);
}

static __inline void
bioq_remove(struct bio_queue_head *q, struct bio *bio)
{
	TAILQ_REMOVE(q, bio, bio_act);
}

/* Insert in one-way elevator order. */
void	bioqdisksort(struct bio_queue_head *q, struct bio *bio);

#endif /* _KERNEL */

#endif /* !_SYS_BIO_H_ */
