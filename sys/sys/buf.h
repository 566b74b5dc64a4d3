/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Buffers: a window of a vnode's VM object prepared for I/O, and the
 * vehicle of every block I/O request.
 *
 * getblk() finds or makes the buffer for a byte offset of a vnode; its
 * pages are the object's pages, so file data is cached once.  A buffer is
 * locked (b_lock) by whoever works on it; brelse() or bqrelse() gives it
 * back to the cache.  bdwrite() leaves it dirty for the buffer daemon.
 * Buffers without a vnode object (getpbuf, geteblk) carry other I/O.
 */
#ifndef _SYS_BUF_H_
#define _SYS_BUF_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/tree.h>
#include <sys/lock.h>
#include <sys/bio.h>
#include <sys/xio.h>

struct buf;
struct cdev;
struct dev_read_args;
struct dev_write_args;
struct vm_page;
struct uio;
struct vnode;

typedef enum buf_cmd {
	BUF_CMD_DONE = 0, BUF_CMD_READ, BUF_CMD_WRITE, BUF_CMD_FREEBLKS,
	BUF_CMD_FORMAT, BUF_CMD_FLUSH, BUF_CMD_SEEK
} buf_cmd_t;

#define NBUF_BIO	6		/* layers a request may pass */
#define MAXBSIZE	65536		/* largest buffer, bytes */
#define MAXPHYS_DEFAULT	(128 * 1024)
#ifndef MAXPHYS
#define MAXPHYS		MAXPHYS_DEFAULT	/* largest single transfer */
#endif
#define BUF_MAXPAGES	(MAXPHYS / 4096 + 1)

/*
 * Locks: (B) b_lock; (t) v_token of b_vp; (q) buffer queue spinlock;
 * (a) atomic.
 */
struct buf {
	RB_ENTRY(buf)	b_rbnode;	/* (t) clean or dirty tree */
	RB_ENTRY(buf)	b_rbhash;	/* (t) all buffers of the vnode */
	TAILQ_ENTRY(buf) b_freelist;	/* (q) */
	TAILQ_ENTRY(buf) b_cluster;	/* (B) parts of a cluster */
	struct vnode	*b_vp;		/* (B) */
	struct bio	b_bio_array[NBUF_BIO]; /* (B) layers, top first */
	volatile u_int	b_flags;	/* (a) B_* */
	buf_cmd_t	b_cmd;		/* (B) what I/O, when in progress */
	u_short		b_qindex;	/* (q) queue it is on */
	u_short		b_qcpu;		/* (q) */
	u_char		b_act_count;	/* (B) */
	u_char		b_swindex;	/* pbuf class */
	int		b_refs;		/* (a) findblk holds */
	struct lock	b_lock;
	char		*b_data;	/* (B) the data, mapped */
	char		*b_kvabase;	/* (B) our own mapping, or NULL */
	int		b_kvasize;	/* (B) bytes */
	int		b_bcount;	/* (B) bytes of the request */
	int		b_bufsize;	/* (B) bytes of storage held */
	int		b_runningbufspace; /* (B) */
	int		b_resid;	/* (B) bytes not transferred */
	int		b_error;	/* (B) errno, with B_ERROR */
	int		b_dirtyoff;	/* (B) dirty range in the buffer */
	int		b_dirtyend;
	struct xio	b_xio;		/* (B) its pages */
	void		*b_priv;	/* (B) filesystem's own */
	union {
		TAILQ_HEAD(, buf) cluster_head;
		struct buf	*cluster_parent;
	} b_clus;			/* (B) */
};

#define b_bio1		b_bio_array[0]	/* logical layer */
#define b_bio2		b_bio_array[1]	/* device layer */
#define b_loffset	b_bio1.bio_offset
#define b_cluster_head	b_clus.cluster_head

/* b_flags */
#define B_AGE		0x00000001	/* reuse early */
#define B_ASYNC		0x00000004	/* released by biodone */
#define B_CLUSTER	0x00000008
#define B_CACHE		0x00000020	/* content is valid */
#define B_DELWRI	0x00000080	/* dirty, to be written */
#define B_ERROR		0x00000800
#define B_INVAL		0x00002000	/* content is worthless */
#define B_LOCKED	0x00004000	/* fs holds it back from writing */
#define B_MALLOC	0x00010000	/* b_data from kmalloc */
#define B_NOCACHE	0x00008000	/* throw away at brelse */
#define B_ORDERED	0x00040000	/* barrier */
#define B_PAGING	0x04000000	/* pager I/O */
#define B_RAM		0x10000000	/* crossing it starts read-ahead */
#define B_VMIO		0x20000000	/* pages of the vnode's object */
#define B_RELBUF	0x00400000	/* release storage at brelse */
#define B_NOTMETA	0x00000002	/* file data */
#define B_FAILONDIS	0x02000000
#define B_IODEBUG	0x00800000
#define B_KVABIO	0x00080000
#define B_CLUSTEROK	0x00020000	/* may be written with neighbours */
#define B_HEAVY		0x00100000
#define B_SWAP		0x00200000	/* anonymous swap I/O */
#define B_HASHED	0x08000000	/* in its vnode's trees */
#define B_FUA		0x01000000	/* on stable storage when done */

/* getblk and findblk flags */
#define GETBLK_PCATCH	0x0001
#define GETBLK_BHEAVY	0x0002
#define GETBLK_SZMATCH	0x0004
#define GETBLK_NOWAIT	0x0008
#define GETBLK_KVABIO	0x0010
#define FINDBLK_TEST	0x0010		/* unlocked, only to test */
#define FINDBLK_NBLOCK	0x0020
#define FINDBLK_REF	0x0040

extern int	nbuf;
extern long	hidirtybufspace, lodirtybufspace;	/* bytes */
extern long	dirtybufspace, bufspace, maxbufspace;

/* Buffers of a vnode: locked on return. loffset in bytes, size <= MAXBSIZE. */
struct buf *getblk(struct vnode *vp, off_t loffset, int size, int blkflags,
	    int slptimeo);
struct buf *findblk(struct vnode *vp, off_t loffset, int flags);
struct buf *geteblk(int size);
/* Read: 0 with *bpp valid, or errno (the buffer is still to be released). */
int	breadx(struct vnode *vp, off_t loffset, int size, int bflags,
	    off_t *raoffset, int *rabsize, int cnt, struct buf **bpp);
#define bread(vp, loffset, size, bpp) \
	breadx(vp, loffset, size, B_NOTMETA, NULL, NULL, 0, bpp)
#define breadn(vp, loffset, size, raoff, rasize, cnt, bpp) \
	breadx(vp, loffset, size, B_NOTMETA, raoff, rasize, cnt, bpp)
/* Write and release: now and wait; later; start now; undo dirtiness. */
int	bwrite(struct buf *bp);
void	bdwrite(struct buf *bp);
void	bawrite(struct buf *bp);
void	bdirty(struct buf *bp);
void	bundirty(struct buf *bp);
/* Release; bqrelse keeps the pages wired to the buffer, cheaper to reuse. */
void	brelse(struct buf *bp);
void	bqrelse(struct buf *bp);
void	vfs_bio_clrbuf(struct buf *bp);
int	allocbuf(struct buf *bp, int size);
void	bwillwrite(int bytes);
int	inmem(struct vnode *vp, off_t loffset);

/* Physical buffers, for raw and pager I/O. */
struct buf *getpbuf(int *limit);
void	relpbuf(struct buf *bp, int *limit);
void	initpbuf(struct buf *bp);
void	initbufbio(struct buf *bp);

/*
 * Read the pages ma[0..n), which are consecutive in the object of vp, busy
 * and not valid, from byte offset doffset of devvp; bytes beyond size are
 * zeroed.  On success they are valid.
 */
int	vfs_pages_read(struct vnode *devvp, off_t doffset, struct vm_page **ma,
	    int n, int size);
/* VOP_READ of a regular file through its object and VOP_GETPAGES. */
int	vop_helper_read_pages(struct vnode *vp, struct uio *uio, int ioflag,
	    off_t filesize);

int	physread(struct dev_read_args *ap);
int	physwrite(struct dev_write_args *ap);

#endif /* _KERNEL */

#endif /* !_SYS_BUF_H_ */
