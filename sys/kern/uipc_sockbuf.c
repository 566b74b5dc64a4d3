/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Socket buffers: see <sys/sockbuf.h>.
 *
 * Nothing here blocks with the token held but the two waits, which is what
 * they are for: what a caller has seen stays true until it lets go.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/sockbuf.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_SOCKBUF, "sockbuf", "socket buffers");

#define SB_LOWAT	2048		/* room a writer waits for */

u_long	sb_max = 512 * 1024;
static u_long sb_efficiency = 8;	/* memory allowed for a byte of data */
SYSCTL_ULONG(_kern_ipc, KIPC_MAXSOCKBUF, maxsockbuf, CTLFLAG_RW, &sb_max, 0,
    "Largest socket buffer");
SYSCTL_ULONG(_kern_ipc, KIPC_SOCKBUF_WASTE, sockbuf_waste_factor, CTLFLAG_RW,
    &sb_efficiency, 0, "Bytes of memory for a byte of data, at most");

/* Limits that follow from sb_hiwat. */
static void
sb_setlimits(struct sockbuf *sb)
{
	sb->sb_mbmax = MIN(sb->sb_hiwat * MAX(sb_efficiency, 2),
	    sb->sb_hiwat + sb_max);
	sb->sb_mbmax = MAX(sb->sb_mbmax, sb->sb_hiwat + 4 * MSIZE);
	sb->sb_wlowat = MIN(sb->sb_wlowat, (long)sb->sb_hiwat);
	sb->sb_rlowat = MIN(sb->sb_rlowat, (long)sb->sb_hiwat);
}

static rlim_t
sb_rlimit(void)
{
	struct proc *p = curproc;

	return (p != NULL ? lim_cur(p, RLIMIT_SBSIZE) : RLIM_INFINITY);
}

int
sb_create(struct sockbuf **sbp, u_long hiwat, struct ucred *cred)
{
	struct sockbuf *sb;

	sb = kmalloc(sizeof(*sb), M_SOCKBUF, M_WAITOK | M_ZERO);
	if (!chgsbsize(cred->cr_uidinfo, &sb->sb_hiwat, hiwat, sb_rlimit())) {
		kfree(sb, M_SOCKBUF);
		return (ENOBUFS);
	}
	lwkt_token_init(&sb->sb_token, "sockbuf");
	sb->sb_refs = 1;
	sb->sb_rlowat = 1;
	sb->sb_wlowat = SB_LOWAT;
	sb->sb_cred = crhold(cred);
	sb_setlimits(sb);
	*sbp = sb;
	return (0);
}

void
sb_ref(struct sockbuf *sb)
{
	atomic_add_int(&sb->sb_refs, 1);
}

void
sb_rele(struct sockbuf *sb)
{
	if (atomic_fetchadd_int(&sb->sb_refs, -1) > 1)
		return;
	KASSERT(sb->sb_mb == NULL && sb->sb_cc == 0,
	    ("socket buffer freed with data"));
	KASSERT(SLIST_EMPTY(&sb->sb_rkq.ki_note) &&
	    SLIST_EMPTY(&sb->sb_wkq.ki_note),
	    ("socket buffer freed with knotes"));
	chgsbsize(sb->sb_cred->cr_uidinfo, &sb->sb_hiwat, 0, RLIM_INFINITY);
	crfree(sb->sb_cred);
	lwkt_token_uninit(&sb->sb_token);
	kfree(sb, M_SOCKBUF);
}

int
sb_reserve(struct sockbuf *sb, u_long hiwat)
{
	int error = 0;

	if (hiwat > sb_max)
		return (ENOBUFS);
	lwkt_gettoken(&sb->sb_token);
	if (chgsbsize(sb->sb_cred->cr_uidinfo, &sb->sb_hiwat, hiwat,
	    sb_rlimit()))
		sb_setlimits(sb);
	else
		error = ENOBUFS;
	lwkt_reltoken(&sb->sb_token);
	return (error);
}

/* ---- data ---- */

#ifdef INVARIANTS
void
sb_check(struct sockbuf *sb)
{
	struct mbuf *m, *rec, *last = NULL;
	u_long cc = 0, mbcnt = 0;

	ASSERT_LWKT_TOKEN_HELD_EXCL(&sb->sb_token);
	for (rec = sb->sb_mb; rec != NULL; rec = rec->m_nextpkt) {
		for (m = rec; m != NULL; m = m->m_next) {
			last = m;
			mbcnt += M_MEMORY(m);
			if (m->m_type == MT_DATA)
				cc += m->m_len;
		}
		KASSERT(rec->m_nextpkt != NULL || rec == sb->sb_lastrecord,
		    ("socket buffer %p: wrong last record", sb));
	}
	KASSERT(last == NULL || last == sb->sb_lastmbuf,
	    ("socket buffer %p: wrong last mbuf", sb));
	KASSERT(cc == sb->sb_cc && mbcnt == sb->sb_mbcnt,
	    ("socket buffer %p: counts are wrong", sb));
}
#endif

/* Count a chain in; its last mbuf. */
static __inline struct mbuf *
sb_count(struct sockbuf *sb, struct mbuf *m)
{
	for (;; m = m->m_next) {
		if (m->m_type == MT_DATA)
			sb->sb_cc += m->m_len;
		sb->sb_mbcnt += M_MEMORY(m);
		if (m->m_next == NULL)
			return (m);
	}
}

static __inline void
sb_uncount(struct sockbuf *sb, struct mbuf *m)
{
	if (m->m_type == MT_DATA)
		sb->sb_cc -= m->m_len;
	sb->sb_mbcnt -= M_MEMORY(m);
}

void
sb_append_record(struct sockbuf *sb, struct mbuf *m)
{
	struct mbuf *last;

	last = sb_count(sb, m);
	m->m_nextpkt = NULL;
	if (sb->sb_mb == NULL)
		sb->sb_mb = m;
	else
		sb->sb_lastrecord->m_nextpkt = m;
	sb->sb_lastrecord = m;
	sb->sb_lastmbuf = last;
}

void
sb_append_stream(struct sockbuf *sb, struct mbuf *m)
{
	struct mbuf *last;

	if (sb->sb_mb == NULL || m->m_type != MT_DATA) {
		sb_append_record(sb, m);
		return;
	}
	last = sb->sb_lastmbuf;
	if (m->m_next == NULL && m->m_len <= MLEN &&
	    last->m_type == MT_DATA && m_trailingspace(last) >= m->m_len) {
		bcopy(m->m_data, last->m_data + last->m_len, m->m_len);
		last->m_len += m->m_len;
		sb->sb_cc += m->m_len;
		m_free(m);
		return;
	}
	last->m_next = m;
	sb->sb_lastmbuf = sb_count(sb, m);
}

void
sb_prepend(struct sockbuf *sb, struct mbuf *m)
{
	struct mbuf *last;

	last = sb_count(sb, m);
	if (sb->sb_mb != NULL && sb->sb_mb->m_type == MT_DATA) {
		last->m_next = sb->sb_mb;
		m->m_nextpkt = sb->sb_mb->m_nextpkt;
		if (sb->sb_lastrecord == sb->sb_mb)
			sb->sb_lastrecord = m;
	} else {
		m->m_nextpkt = sb->sb_mb;
		if (sb->sb_mb == NULL) {
			sb->sb_lastrecord = m;
			sb->sb_lastmbuf = last;
		}
	}
	sb->sb_mb = m;
}

struct mbuf *
sb_take_mbuf(struct sockbuf *sb)
{
	struct mbuf *m = sb->sb_mb, *next = m->m_next;

	sb_uncount(sb, m);
	if (next != NULL) {
		next->m_nextpkt = m->m_nextpkt;
		if (sb->sb_lastrecord == m)
			sb->sb_lastrecord = next;
		sb->sb_mb = next;
	} else {
		sb->sb_mb = m->m_nextpkt;
		if (sb->sb_mb == NULL)
			sb->sb_lastrecord = sb->sb_lastmbuf = NULL;
	}
	m->m_next = m->m_nextpkt = NULL;
	return (m);
}

struct mbuf *
sb_take_record(struct sockbuf *sb)
{
	struct mbuf *rec = sb->sb_mb, *m;

	for (m = rec; m != NULL; m = m->m_next)
		sb_uncount(sb, m);
	sb->sb_mb = rec->m_nextpkt;
	if (sb->sb_mb == NULL)
		sb->sb_lastrecord = sb->sb_lastmbuf = NULL;
	rec->m_nextpkt = NULL;
	return (rec);
}

void
sb_trim(struct sockbuf *sb, int len)
{
	struct mbuf *m = sb->sb_mb;

	KASSERT(m->m_type == MT_DATA && m->m_len > len, ("sb_trim: %d", len));
	m->m_data += len;
	m->m_len -= len;
	sb->sb_cc -= len;
}

struct mbuf *
sb_take_all(struct sockbuf *sb)
{
	struct mbuf *m = sb->sb_mb;

	sb->sb_mb = sb->sb_lastrecord = sb->sb_lastmbuf = NULL;
	sb->sb_cc = sb->sb_mbcnt = 0;
	return (m);
}

/* ---- waiting and waking ---- */

static __inline void
sb_wakeup(struct sockbuf *sb, u_int waitflag, u_int asyncflag,
    struct kqinfo *kq, struct sigio **sigiop)
{
	if (sb->sb_flags & waitflag) {
		atomic_clear_int(&sb->sb_flags, waitflag);
		wakeup(kq);
	}
	KNOTE(&kq->ki_note, 0);
	if (__predict_false(sb->sb_flags & asyncflag)) {
		lwkt_gettoken(&sigio_token);
		if (*sigiop != NULL)
			pgsigio(*sigiop, SIGIO, 0);
		lwkt_reltoken(&sigio_token);
	}
}

void
sb_wakeup_reader(struct sockbuf *sb)
{
	sb_wakeup(sb, SB_RWAIT, SB_RASYNC, &sb->sb_rkq, &sb->sb_rsigio);
}

void
sb_wakeup_writer(struct sockbuf *sb)
{
	sb_wakeup(sb, SB_WWAIT, SB_WASYNC, &sb->sb_wkq, &sb->sb_wsigio);
}

void
sb_shut(struct sockbuf *sb, u_int flags)
{
	lwkt_gettoken(&sb->sb_token);
	atomic_set_int(&sb->sb_flags, flags);
	lwkt_reltoken(&sb->sb_token);
	sb_wakeup_reader(sb);
	sb_wakeup_writer(sb);
}

int
sb_wait_reader(struct sockbuf *sb, int timo)
{
	ASSERT_LWKT_TOKEN_HELD_EXCL(&sb->sb_token);
	atomic_set_int(&sb->sb_flags, SB_RWAIT);
	return (tsleep(&sb->sb_rkq, PCATCH, "sbrd", timo));
}

int
sb_wait_writer(struct sockbuf *sb, int timo)
{
	ASSERT_LWKT_TOKEN_HELD_EXCL(&sb->sb_token);
	atomic_set_int(&sb->sb_flags, SB_WWAIT);
	return (tsleep(&sb->sb_wkq, PCATCH, "sbwr", timo));
}
