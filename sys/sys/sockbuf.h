/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Socket buffers: one-way channels of data with a reader and a writer.
 *
 * A socket reads from its so_rcv and writes to its so_snd.  Between the two
 * ends of a local connection they are the same objects, crosswise, so that
 * neither end ever needs the other's socket; a network protocol is itself
 * the writer of so_rcv and the reader of so_snd.
 *
 * Data is a list of records (m_nextpkt), each a chain of mbufs: an address
 * (MT_SONAME) for protocols that deliver one, control messages (MT_CONTROL),
 * then data.  A stream has one record, except that control messages start a
 * new one, to stay in front of the data they were sent with.
 *
 * Locks: (t) sb_token; (a) atomic; (I) immutable; (f) set as fsetown() does.
 * sb_cc, sb_mbcnt and sb_flags may be read without the token, by filters of
 * kqueue for example: who waits for a change sets SB_RWAIT or SB_WWAIT and
 * looks again under the token.
 */
#ifndef _SYS_SOCKBUF_H_
#define _SYS_SOCKBUF_H_

#ifdef _KERNEL

#include <sys/event.h>
#include <sys/thread.h>

struct mbuf;
struct sigio;
struct ucred;

struct sockbuf {
	struct lwkt_token sb_token;
	u_int		sb_refs;	/* (a) */
	volatile u_int	sb_flags;	/* (a) SB_*; set under (t) */
	struct mbuf	*sb_mb;		/* (t) first record */
	struct mbuf	*sb_lastrecord;	/* (t) */
	struct mbuf	*sb_lastmbuf;	/* (t) last mbuf of it */
	volatile u_long	sb_cc;		/* (t) bytes of data */
	volatile u_long	sb_mbcnt;	/* (t) bytes of memory */
	u_long		sb_hiwat;	/* (t) limit of sb_cc */
	u_long		sb_mbmax;	/* (t) limit of sb_mbcnt */
	long		sb_rlowat;	/* (t) least to wake the reader for */
	long		sb_wlowat;	/* (t) least room to wake the writer */
	struct kqinfo	sb_rkq;		/* notes of the reader; wait channel */
	struct kqinfo	sb_wkq;		/* of the writer; wait channel */
	struct sigio	*sb_rsigio;	/* (f) reader's */
	struct sigio	*sb_wsigio;	/* (f) writer's */
	struct ucred	*sb_cred;	/* (I) charged for sb_hiwat */
};

#define SB_WEOF		0x0001	/* no more data will come */
#define SB_REOF		0x0002	/* nobody will read any more */
#define SB_RWAIT	0x0004	/* reader sleeps on &sb_rkq */
#define SB_WWAIT	0x0008	/* writer sleeps on &sb_wkq */
#define SB_RASYNC	0x0010	/* reader wants SIGIO */
#define SB_WASYNC	0x0020	/* writer wants SIGIO */

static __inline long
sb_space(struct sockbuf *sb)
{
	long bytes = (long)sb->sb_hiwat - (long)sb->sb_cc;
	long mem = (long)sb->sb_mbmax - (long)sb->sb_mbcnt;

	return (bytes < mem ? bytes : mem);
}

/* A new one with a reference; ENOBUFS if cred may not have hiwat bytes. */
int	sb_create(struct sockbuf **sbp, u_long hiwat, struct ucred *cred);
void	sb_ref(struct sockbuf *sb);
/* Drop a reference; the last frees.  May sleep. */
void	sb_rele(struct sockbuf *sb);
/* Change the limit: ENOBUFS beyond kern.ipc.maxsockbuf or what cred may. */
int	sb_reserve(struct sockbuf *sb, u_long hiwat);

/* Token held.  Append to the stream, merging small pieces; as a record. */
void	sb_append_stream(struct sockbuf *sb, struct mbuf *m);
void	sb_append_record(struct sockbuf *sb, struct mbuf *m);
/* Token held.  Put back at the front what was taken from there. */
void	sb_prepend(struct sockbuf *sb, struct mbuf *m);
/* Token held.  Take the first mbuf, or the whole first record. */
struct mbuf *sb_take_mbuf(struct sockbuf *sb);
struct mbuf *sb_take_record(struct sockbuf *sb);
/* Token held.  Drop len bytes of the first mbuf, which has more. */
void	sb_trim(struct sockbuf *sb, int len);
/* Take all records (token held); the caller disposes of them. */
struct mbuf *sb_take_all(struct sockbuf *sb);
/* Is the structure sound?  Token held. */
#ifdef INVARIANTS
void	sb_check(struct sockbuf *sb);
#else
#define sb_check(sb)	((void)(sb))
#endif

/* Tell the reader (writer) that there is something (room); no token held. */
void	sb_wakeup_reader(struct sockbuf *sb);
void	sb_wakeup_writer(struct sockbuf *sb);
/* Set SB_WEOF, SB_REOF and tell both. */
void	sb_shut(struct sockbuf *sb, u_int flags);
/*
 * Sleep until the reader's (writer's) condition may have changed, at most
 * timo ticks (0: any time).  Token held, lost meanwhile.  EINTR, ERESTART,
 * EWOULDBLOCK.
 */
int	sb_wait_reader(struct sockbuf *sb, int timo);
int	sb_wait_writer(struct sockbuf *sb, int timo);

extern u_long sb_max;			/* kern.ipc.maxsockbuf */

#endif /* _KERNEL */

#endif /* !_SYS_SOCKBUF_H_ */
