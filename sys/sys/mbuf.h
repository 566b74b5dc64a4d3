/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mbufs: the buffers data travels in between system calls and protocols.
 *
 * An mbuf is MSIZE bytes (<sys/param.h> has the sizes): a short header and
 * room for MLEN bytes of data.  More data lies in external storage (M_EXT),
 * which mbufs may share by reference and which may be anything with a
 * function to free it, such as a page of a file.  m_next chains the mbufs of
 * one packet, m_nextpkt chains packets.
 *
 * A chain belongs to whoever holds it; there is no locking but the reference
 * counts of external storage.  mbufs are counted (kern.ipc.nmbufs,
 * nmbclusters); at the limit m_fromuio() returns ENOBUFS.
 */
#ifndef _SYS_MBUF_H_
#define _SYS_MBUF_H_

#include <sys/types.h>
#ifdef _KERNEL
#include <sys/param.h>
#include <sys/malloc.h>
#endif

#define MINCLSIZE	(MLEN + 1)	/* from here on a cluster is used */

/* kern.ipc.mbstat */
struct mbstat {
	u_long	m_mbufs;	/* in use */
	u_long	m_clusters;
	u_long	m_jclusters;
	u_long	m_clfree;	/* unused, kept by the caches: not counted, 0 */
	u_long	m_drops;	/* requests refused at the limit */
	u_long	m_wait;
	u_long	m_drain;
	u_long	m_mcfail;
	u_long	m_mpfail;
	u_long	m_msize;	/* sizes, as above */
	u_long	m_mclbytes;
	u_long	m_mjumpagesize;
	u_long	m_minclsize;
	u_long	m_mlen;
	u_long	m_mhlen;
	u_long	m_pad;
};

/* m_type; kern.ipc.mbtypes counts them. */
#define MT_FREE		0
#define MT_DATA		1
#define MT_HEADER	2
#define MT_SONAME	3	/* a socket address */
#define MT_CONTROL	5	/* one control message */
#define MT_NTYPES	16

#ifdef _KERNEL

struct mbuf;
struct uio;

/* External storage.  ext_ref and ext_free are given ext_arg. */
struct m_ext {
	caddr_t	ext_buf;
	u_int	ext_size;
	void	(*ext_ref)(void *);
	void	(*ext_free)(void *);
	void	*ext_arg;
};

#define MHSIZE	(2 * sizeof(struct mbuf *) + sizeof(caddr_t) + 8)
#define MLEN	((int)(MSIZE - MHSIZE))

struct mbuf {
	struct mbuf	*m_next;	/* of this packet */
	struct mbuf	*m_nextpkt;	/* first of the next packet */
	caddr_t		m_data;		/* first byte */
	int		m_len;		/* bytes */
	uint16_t	m_type;		/* MT_* */
	uint16_t	m_flags;	/* M_EXT, M_EOR */
	union {
		struct m_ext	mu_ext;
		char		mu_dat[MLEN];
	} m_un;
};
#define m_ext	m_un.mu_ext
#define m_dat	m_un.mu_dat

#define M_EXT	0x0001		/* data is in m_ext */
#define M_EOR	0x0002		/* a record ends with this mbuf */

#define mtod(m, t)	((t)((m)->m_data))
#define M_SIZE(m)	(((m)->m_flags & M_EXT) ? (int)(m)->m_ext.ext_size : \
			 MLEN)
#define M_START(m)	(((m)->m_flags & M_EXT) ? (m)->m_ext.ext_buf : \
			 (m)->m_dat)
/* Room behind the data that may be written to: none in shared storage. */
int	m_trailingspace(struct mbuf *m);
/* Memory an mbuf stands for. */
#define M_MEMORY(m)	(MSIZE + (((m)->m_flags & M_EXT) ? \
			 (m)->m_ext.ext_size : 0))

/* An empty mbuf.  how: M_WAITOK (never NULL) or M_NOWAIT. */
struct mbuf *m_get(int how, int type);
/* One with room for len bytes, or as many as fit in one (MJUMPAGESIZE). */
struct mbuf *m_getl(int len, int how, int type);
/* One whose data is len bytes at buf, which free(arg) is told of at last. */
struct mbuf *m_getext(caddr_t buf, u_int len, void (*ref)(void *),
	    void (*freefn)(void *), void *arg, int how);
/* Free one, returning the next; free a chain (not further packets). */
struct mbuf *m_free(struct mbuf *m);
void	m_freem(struct mbuf *m);
/* Bytes in a chain. */
u_int	m_lengthm(const struct mbuf *m);
/*
 * A copy of len bytes from off on, sharing external storage.  The chain must
 * hold as many.  NULL for want of memory (M_NOWAIT).
 */
struct mbuf *m_copym(const struct mbuf *m, int off, int len, int how);
/* Drop len bytes at the front (freeing nothing). */
void	m_adj(struct mbuf *m, int len);
/*
 * A chain with len bytes of the uio.  ENOBUFS at the limit, EFAULT.
 * m_touio moves a chain to the uio and leaves it alone.
 */
int	m_fromuio(struct uio *uio, size_t len, struct mbuf **mp);
int	m_touio(const struct mbuf *m, struct uio *uio);
/* Is there memory for more?  Counts a refusal if not. */
int	m_admit(void);

#endif /* _KERNEL */

#endif /* !_SYS_MBUF_H_ */
