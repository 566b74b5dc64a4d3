/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending to and receiving from sockets.
 *
 * User memory is copied with no token held, to and from mbufs that belong to
 * the caller alone: when receiving they are taken off the buffer first, and
 * put back if the copy fails.  Several readers of one stream therefore each
 * get a contiguous piece, but which is not defined; the same holds for
 * writers, who may together exceed the limit of the buffer by what they had
 * copied when they looked at it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/signalvar.h>
#include <sys/socketvar.h>
#include <sys/uio.h>
#include <sys/thread2.h>
#include <net/netmsg.h>

#define SEND_CHUNK	65536		/* copied at a time */

/* ---- sending ---- */

/* May so send at all, with or without an address? */
static int
sosend_check(struct socket *so, struct sockaddr *addr)
{
	if (so->so_snd->sb_flags & (SB_WEOF | SB_REOF)) {
		if (so->so_proto->pr_flags & PR_CONNREQUIRED)
			return (EPIPE);
		if (so->so_snd->sb_flags & SB_WEOF)
			return (EPIPE);
	}
	if (so->so_error != 0)
		return (sotakeerror(so));
	if (so->so_state & SS_ISCONNECTED) {
		/* A stream goes to its peer, whatever the address. */
		if (addr != NULL && (so->so_proto->pr_flags &
		    PR_CONNREQUIRED) == 0)
			return (EISCONN);
		return (0);
	}
	if (so->so_proto->pr_flags & PR_CONNREQUIRED)
		return (ENOTCONN);
	return (addr == NULL ? EDESTADDRREQ : 0);
}

/*
 * Wait until there is room for need bytes, or for the low water mark's worth
 * if that is enough (a stream).  Nonzero: error.
 */
static int
sosend_room(struct socket *so, struct sockaddr *addr, size_t need, int atomic,
    int nonblock)
{
	struct sockbuf *sb = so->so_snd;
	long least;
	int error;

	least = atomic ? (long)need : MIN((long)need, sb->sb_wlowat);
	if (sb_space(sb) >= least)
		return (0);
	lwkt_gettoken(&sb->sb_token);
	for (;;) {
		error = sosend_check(so, addr);
		if (error)
			break;
		if (sb_space(sb) >= least || (sb->sb_cc == 0 && !atomic))
			break;
		if (nonblock) {
			error = EWOULDBLOCK;
			break;
		}
		error = sb_wait_writer(sb, so->so_sndtimeo);
		if (error)
			break;
	}
	lwkt_reltoken(&sb->sb_token);
	return (error);
}

/* The next piece to send: the chain, or from the uio as much as fits. */
static int
sosend_piece(struct socket *so, struct uio *uio, struct mbuf **topp,
    int atomic, struct mbuf **mp)
{
	long space;
	size_t n;

	if (*topp != NULL) {
		*mp = *topp;
		*topp = NULL;
		return (0);
	}
	n = uio->uio_resid;
	if (!atomic && n > MLEN) {
		space = MAX(sb_space(so->so_snd), MLEN);
		n = MIN(MIN(n, (size_t)space), SEND_CHUNK);
	}
	return (m_fromuio(uio, n, mp));
}

int
sosend(struct socket *so, struct sockaddr *addr, struct uio *uio,
    struct mbuf *top, struct mbuf *control, int flags, struct thread *td)
{
	int atomic = so->so_proto->pr_flags & PR_ATOMIC;
	struct mbuf *m;
	size_t resid, len;
	int error, eof;

	len = uio != NULL ? uio->uio_resid : m_lengthm(top);
	if (flags & MSG_OOB) {
		error = EOPNOTSUPP;
		goto out;
	}
	if (atomic && (len > so->so_snd->sb_hiwat || (ssize_t)len < 0)) {
		error = EMSGSIZE;
		goto out;
	}
	do {
		error = sosend_check(so, addr);
		if (error)
			break;
		/* A datagram is not kept here: it fits its receiver or not. */
		if ((so->so_proto->pr_flags & PR_CONNREQUIRED) != 0) {
			error = sosend_room(so, addr, len, atomic,
			    flags & (MSG_DONTWAIT | MSG_FNONBLOCKING));
			if (error)
				break;
		}
		resid = uio != NULL ? uio->uio_resid : 0;
		error = sosend_piece(so, uio, &top, atomic, &m);
		if (error)
			break;
		len = uio != NULL ? uio->uio_resid : 0;
		eof = (flags & MSG_EOF) && len == 0 ? MSG_EOF : 0;
		error = so_pru_send(so, (flags & MSG_EOR) | eof, m, addr,
		    control, td);
		control = NULL;
		if (error && uio != NULL)
			uio->uio_resid = resid;
	} while (error == 0 && len > 0);
out:
	if (top != NULL)
		m_freem(top);
	/* Still as the user gave it: it refers to nothing. */
	m_freem(control);
	return (error);
}

/* ---- receiving ---- */

/* Has nothing come, and will nothing come?  Then why. */
static int
soreceive_check(struct socket *so, int *eof)
{
	*eof = 0;
	if (so->so_error != 0)
		return (sotakeerror(so));
	if (so->so_rcv->sb_flags & (SB_WEOF | SB_REOF)) {
		*eof = 1;
		return (0);
	}
	if ((so->so_proto->pr_flags & PR_CONNREQUIRED) &&
	    (so->so_state & (SS_ISCONNECTED | SS_ISCONNECTING)) == 0)
		return (ENOTCONN);
	return (0);
}

/*
 * Wait, token held, until there are least bytes, or a record; 0 with *eof
 * if there never will be.
 */
static int
soreceive_wait(struct socket *so, u_long least, int nonblock, int *eof)
{
	struct sockbuf *sb = so->so_rcv;
	int error;

	for (;;) {
		if (sb->sb_mb != NULL && (sb->sb_cc >= least ||
		    sb->sb_mb->m_type != MT_DATA)) {
			*eof = 0;
			return (0);
		}
		error = soreceive_check(so, eof);
		if (error || *eof)
			return (error);
		if (nonblock)
			return (EWOULDBLOCK);
		error = sb_wait_reader(sb, so->so_rcvtimeo);
		if (error)
			return (error);
	}
}

/* Room again: tell who writes. */
static __inline void
soreceive_took(struct socket *so)
{
	struct sockbuf *sb = so->so_rcv;

	if (sb_space(sb) >= sb->sb_wlowat)
		sb_wakeup_writer(sb);
	if (so->so_proto->pr_flags & PR_WANTRCVD)
		so_pru_rcvd(so, 0);
}

static struct sockaddr *
soname_dup(struct mbuf *m)
{
	struct sockaddr *sa;

	sa = kmalloc(m->m_len, M_SONAME, M_WAITOK);
	bcopy(m->m_data, sa, m->m_len);
	return (sa);
}

/*
 * Control messages at the front of the stream, token held: into *controlp,
 * or given up.  Looked at only (MSG_PEEK), they stay, and are not shown.
 */
static int
stream_control(struct socket *so, struct mbuf ***controlpp)
{
	struct sockbuf *sb = so->so_rcv;
	struct mbuf *m;
	int taken = 0;

	while (sb->sb_mb != NULL && sb->sb_mb->m_type == MT_CONTROL) {
		m = sb_take_mbuf(sb);
		taken = 1;
		if (*controlpp != NULL) {
			**controlpp = m;
			*controlpp = &m->m_next;
		} else {
			so_dispose(so, m);
		}
	}
	return (taken);
}

/*
 * Take up to resid bytes of data off the front, token held, stopping at
 * control messages.  *want: bytes asked of the first mbuf if it has more
 * than that and there was no memory for a copy; then NULL.
 */
static struct mbuf *
stream_take(struct sockbuf *sb, size_t resid, int *want)
{
	struct mbuf *top = NULL, **np = &top, *m;

	*want = 0;
	while ((m = sb->sb_mb) != NULL && m->m_type == MT_DATA && resid > 0) {
		if ((size_t)m->m_len > resid) {
			m = m_copym(m, 0, (int)resid, M_NOWAIT);
			if (m == NULL) {
				*want = (int)resid;
				break;
			}
			sb_trim(sb, (int)resid);
			resid = 0;
		} else {
			resid -= m->m_len;
			m = sb_take_mbuf(sb);
		}
		*np = m;
		np = &m->m_next;
	}
	return (top);
}

/* A copy of up to len bytes from the front, token held; NULL: no memory. */
static struct mbuf *
stream_peek(struct sockbuf *sb, size_t len)
{
	struct mbuf *rec = sb->sb_mb, *m;
	size_t have = 0;

	while (rec != NULL && rec->m_type == MT_CONTROL)
		rec = rec->m_next != NULL ? rec->m_next : rec->m_nextpkt;
	for (m = rec; m != NULL && m->m_type == MT_DATA; m = m->m_next)
		have += m->m_len;
	return (have == 0 ? m_get(M_NOWAIT, MT_DATA) :
	    m_copym(rec, 0, (int)MIN(len, have), M_NOWAIT));
}

/* Copied m out as far as *error says: the rest of it goes back. */
static void
stream_done(struct sockbuf *sb, struct mbuf *m, int error, size_t copied)
{
	if (error == 0) {
		m_freem(m);
		return;
	}
	m_adj(m, (int)copied);
	while (m != NULL && m->m_len == 0)
		m = m_free(m);
	if (m == NULL)
		return;
	lwkt_gettoken(&sb->sb_token);
	if (sb->sb_flags & SB_REOF)
		m_freem(m);
	else
		sb_prepend(sb, m);
	lwkt_reltoken(&sb->sb_token);
}

static int
soreceive_stream(struct socket *so, struct uio *uio, struct mbuf **controlp,
    int flags)
{
	struct sockbuf *sb = so->so_rcv;
	int nonblock = flags & (MSG_DONTWAIT | MSG_FNONBLOCKING);
	size_t orig = uio->uio_resid, resid;
	struct mbuf *m;
	u_long least;
	int error, eof, want, ctl = 0;

	do {
		least = (flags & MSG_WAITALL) ? MIN(uio->uio_resid,
		    sb->sb_hiwat / 2) : MIN((u_long)sb->sb_rlowat,
		    uio->uio_resid);
		lwkt_gettoken(&sb->sb_token);
		error = soreceive_wait(so, MAX(least, 1), nonblock, &eof);
		if (error && sb->sb_mb != NULL && (error == EWOULDBLOCK ||
		    error == EINTR || error == ERESTART) &&
		    (flags & MSG_WAITALL))
			error = 0;	/* what there is */
		if (error || (eof && sb->sb_mb == NULL)) {
			lwkt_reltoken(&sb->sb_token);
			break;
		}
		if (flags & MSG_PEEK) {
			m = stream_peek(sb, uio->uio_resid);
			lwkt_reltoken(&sb->sb_token);
			if (m == NULL)
				return (ENOBUFS);
			error = m_touio(m, uio);
			m_freem(m);
			return (error);
		}
		if (sb->sb_mb->m_type == MT_CONTROL) {
			/* Never together with data that came before. */
			if (uio->uio_resid != orig || ctl) {
				lwkt_reltoken(&sb->sb_token);
				break;
			}
			ctl = stream_control(so, &controlp);
		}
		resid = uio->uio_resid;
		m = stream_take(sb, resid, &want);
		sb_check(sb);
		lwkt_reltoken(&sb->sb_token);
		if (m == NULL && want > 0) {
			/* Short of memory: wait for some, try again. */
			m_free(m_get(M_WAITOK, MT_DATA));
			continue;
		}
		soreceive_took(so);
		error = m_touio(m, uio);
		stream_done(sb, m, error, resid - uio->uio_resid);
	} while (error == 0 && !eof && uio->uio_resid > 0 &&
	    (uio->uio_resid == orig ? !ctl : (flags & MSG_WAITALL) != 0));
	if (uio->uio_resid != orig && error != EFAULT)
		error = 0;
	return (error);
}

/* Deliver a record, which is the caller's. */
static int
record_deliver(struct socket *so, struct mbuf *rec, struct sockaddr **psa,
    struct uio *uio, struct mbuf **controlp, int *flagsp)
{
	struct mbuf *m = rec, *ctl;
	size_t len;
	int error = 0;

	if (m->m_type == MT_SONAME) {
		if (psa != NULL)
			*psa = soname_dup(m);
		m = m_free(m);
	}
	while (m != NULL && m->m_type == MT_CONTROL) {
		ctl = m;
		m = m->m_next;
		ctl->m_next = NULL;
		if (controlp != NULL) {
			*controlp = ctl;
			controlp = &ctl->m_next;
		} else {
			so_dispose(so, ctl);
		}
	}
	for (; m != NULL && error == 0; m = m_free(m)) {
		if (flagsp != NULL && (m->m_flags & M_EOR))
			*flagsp |= MSG_EOR;
		len = MIN((size_t)m->m_len, uio->uio_resid);
		error = uiomove(m->m_data, len, uio);
		if (len < m->m_len && flagsp != NULL)
			*flagsp |= MSG_TRUNC;
	}
	m_freem(m);
	return (error);
}

/* Look at the first record, token held: a copy of what is to be seen. */
static struct mbuf *
record_peek(struct sockbuf *sb, size_t resid)
{
	struct mbuf *m = sb->sb_mb, *top = NULL, **np = &top;
	size_t len;

	if (m->m_type == MT_SONAME) {
		top = m_copym(m, 0, m->m_len, M_NOWAIT);
		if (top == NULL)
			return (NULL);
		np = &top->m_next;
	}
	while (m != NULL && m->m_type != MT_DATA)
		m = m->m_next;
	/* A byte more than fits makes MSG_TRUNC come out right. */
	len = MIN(m_lengthm(m), resid + 1);
	*np = len > 0 ? m_copym(m, 0, (int)len, M_NOWAIT) :
	    m_get(M_NOWAIT, MT_DATA);
	if (*np == NULL) {
		m_freem(top);
		return (NULL);
	}
	return (top);
}

static int
soreceive_record(struct socket *so, struct sockaddr **psa, struct uio *uio,
    struct mbuf **controlp, int *flagsp, int flags)
{
	struct sockbuf *sb = so->so_rcv;
	struct mbuf *rec;
	int error, eof;

	lwkt_gettoken(&sb->sb_token);
	error = soreceive_wait(so, 0, flags & (MSG_DONTWAIT |
	    MSG_FNONBLOCKING), &eof);
	if (error || eof) {
		lwkt_reltoken(&sb->sb_token);
		return (error);
	}
	rec = (flags & MSG_PEEK) ? record_peek(sb, uio->uio_resid) :
	    sb_take_record(sb);
	sb_check(sb);
	lwkt_reltoken(&sb->sb_token);
	if (rec == NULL)
		return (ENOBUFS);
	if ((flags & MSG_PEEK) == 0)
		soreceive_took(so);
	return (record_deliver(so, rec, psa, uio, controlp, flagsp));
}

int
soreceive(struct socket *so, struct sockaddr **psa, struct uio *uio,
    struct mbuf **controlp, int *flagsp)
{
	int flags = flagsp != NULL ? *flagsp : 0;

	if (psa != NULL)
		*psa = NULL;
	if (controlp != NULL)
		*controlp = NULL;
	if (flagsp != NULL)
		*flagsp &= ~(MSG_EOR | MSG_TRUNC | MSG_CTRUNC);
	if (flags & MSG_OOB)
		return (EOPNOTSUPP);
	if (so->so_options & SO_ACCEPTCONN)
		return (ENOTCONN);
	if (so->so_proto->pr_flags & PR_ATOMIC)
		return (soreceive_record(so, psa, uio, controlp, flagsp,
		    flags));
	if (uio->uio_resid == 0)
		return (0);
	return (soreceive_stream(so, uio, controlp, flags));
}
