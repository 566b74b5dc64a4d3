/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mbufs: see <sys/mbuf.h>.
 *
 * mbufs and clusters come from object caches, so that getting and freeing
 * one touches only the CPU's own magazine.  A cluster is a reference count
 * with its memory, which stay together in the cache.
 *
 * How much is in use is counted per CPU.  For the limit a CPU adds what it
 * has gathered to mb_used when that is MB_LOOSE bytes or more, so mb_used is
 * exact to ncpus * MB_LOOSE.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/globaldata.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/objcache.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/thread2.h>
#include <vm/vm_param.h>
#include <vm/vm_page.h>

#define MB_LOOSE	65536

static MALLOC_DEFINE(M_MBUF, "mbuf", "mbufs");
static MALLOC_DEFINE(M_MBUFCL, "mbufcl", "mbuf clusters");

struct mbcluster {
	u_int	mcl_refs;		/* (a) */
	u_int	mcl_size;		/* (I) MCLBYTES or MJUMPAGESIZE */
	caddr_t	mcl_data;		/* (I) */
};

/* (c) own CPU: changes since boot, so one alone may be negative. */
static struct mb_pcpu {
	long	mb_types[MT_NTYPES];
	long	mb_clusters;
	long	mb_jclusters;
	long	mb_drops;
	long	mb_delta;		/* bytes not yet in mb_used */
} __cachealign mb_pcpu[MAXCPU];

static volatile u_long mb_used;		/* (a) bytes, about */
static struct objcache *mbuf_cache, *mcl_cache, *mjcl_cache;

static int nmbufs, nmbclusters, nmbjclusters;
TUNABLE_INT("kern.ipc.nmbufs", &nmbufs);
TUNABLE_INT("kern.ipc.nmbclusters", &nmbclusters);
TUNABLE_INT("kern.ipc.nmbjclusters", &nmbjclusters);

SYSCTL_INT(_kern_ipc, OID_AUTO, nmbufs, CTLFLAG_RW, &nmbufs, 0,
    "mbufs there may be");
SYSCTL_INT(_kern_ipc, OID_AUTO, nmbclusters, CTLFLAG_RW, &nmbclusters, 0,
    "mbuf clusters there may be");
SYSCTL_INT(_kern_ipc, OID_AUTO, nmbjclusters, CTLFLAG_RW, &nmbjclusters, 0,
    "page-sized mbuf clusters there may be");

static boolean_t
mcl_ctor(void *obj, void *priv, int ocflags)
{
	struct mbcluster *cl = obj;

	cl->mcl_size = (u_int)(uintptr_t)priv;
	cl->mcl_data = kmalloc(cl->mcl_size, M_MBUFCL, ocflags & OC_MFLAGS);
	return (cl->mcl_data != NULL);
}

static void
mcl_dtor(void *obj, void *priv)
{
	kfree(((struct mbcluster *)obj)->mcl_data, M_MBUFCL);
}

static void
mbinit(void *unused)
{
	u_long pages = physmem;

	/* An eighth of memory, most of it for the larger clusters. */
	if (nmbjclusters <= 0)
		nmbjclusters = MAX(pages / 12, 256);
	if (nmbclusters <= 0)
		nmbclusters = MAX(pages / 24, 256);
	if (nmbufs <= 0)
		nmbufs = nmbclusters + nmbjclusters;
	kmalloc_set_unlimited(M_MBUF);
	kmalloc_set_unlimited(M_MBUFCL);
	mbuf_cache = objcache_create_mbacked(M_MBUF, MSIZE, 0, 1024, NULL,
	    NULL, NULL);
	mcl_cache = objcache_create_mbacked(M_MBUFCL,
	    sizeof(struct mbcluster), 0, 512, mcl_ctor, mcl_dtor,
	    (void *)MCLBYTES);
	mjcl_cache = objcache_create_mbacked(M_MBUFCL,
	    sizeof(struct mbcluster), 0, 512, mcl_ctor, mcl_dtor,
	    (void *)MJUMPAGESIZE);
}
SYSINIT(mbuf, SI_SUB_MBUF, SI_ORDER_FIRST, mbinit, NULL);

/* ---- counting ---- */

static __inline void
mb_count(struct mb_pcpu *pc, long bytes)
{
	pc->mb_delta += bytes;
	if (__predict_false(pc->mb_delta >= MB_LOOSE ||
	    pc->mb_delta <= -MB_LOOSE)) {
		atomic_add_long(&mb_used, pc->mb_delta);
		pc->mb_delta = 0;
	}
}

static __inline void
mb_count_type(int type, int n)
{
	struct mb_pcpu *pc;

	crit_enter();
	pc = &mb_pcpu[mycpuid];
	pc->mb_types[type] += n;
	mb_count(pc, n * MSIZE);
	crit_exit();
}

static void
mb_count_cluster(u_int size, int n)
{
	struct mb_pcpu *pc;

	crit_enter();
	pc = &mb_pcpu[mycpuid];
	if (size == MCLBYTES)
		pc->mb_clusters += n;
	else
		pc->mb_jclusters += n;
	mb_count(pc, (long)n * size);
	crit_exit();
}

int
m_admit(void)
{
	if (__predict_true((long)mb_used < (long)nmbufs * MSIZE +
	    (long)nmbclusters * MCLBYTES + (long)nmbjclusters * MJUMPAGESIZE))
		return (1);
	crit_enter();
	mb_pcpu[mycpuid].mb_drops++;
	crit_exit();
	return (0);
}

static int
sysctl_mbstat(SYSCTL_HANDLER_ARGS)
{
	struct mbstat st;
	int i, t;

	bzero(&st, sizeof(st));
	for (i = 0; i < ncpus; i++) {
		for (t = 0; t < MT_NTYPES; t++)
			st.m_mbufs += mb_pcpu[i].mb_types[t];
		st.m_clusters += mb_pcpu[i].mb_clusters;
		st.m_jclusters += mb_pcpu[i].mb_jclusters;
		st.m_drops += mb_pcpu[i].mb_drops;
	}
	st.m_msize = MSIZE;
	st.m_mclbytes = MCLBYTES;
	st.m_mjumpagesize = MJUMPAGESIZE;
	st.m_minclsize = MINCLSIZE;
	st.m_mlen = st.m_mhlen = MLEN;
	return (SYSCTL_OUT(req, &st, sizeof(st)));
}
SYSCTL_PROC(_kern_ipc, KIPC_MBSTAT, mbstat, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL,
    0, sysctl_mbstat, "S,mbstat", "mbufs in use");

static int
sysctl_mbtypes(SYSCTL_HANDLER_ARGS)
{
	u_long types[MT_NTYPES];
	int i, t;

	bzero(types, sizeof(types));
	for (i = 0; i < ncpus; i++) {
		for (t = 0; t < MT_NTYPES; t++)
			types[t] += mb_pcpu[i].mb_types[t];
	}
	return (SYSCTL_OUT(req, types, sizeof(types)));
}
SYSCTL_PROC(_kern_ipc, OID_AUTO, mbtypes, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL,
    0, sysctl_mbtypes, "LU", "mbufs in use by type");

/* ---- getting and freeing ---- */

struct mbuf *
m_get(int how, int type)
{
	struct mbuf *m;

	m = objcache_get(mbuf_cache, how);
	if (m == NULL)
		return (NULL);
	m->m_next = NULL;
	m->m_nextpkt = NULL;
	m->m_data = m->m_dat;
	m->m_len = 0;
	m->m_type = type;
	m->m_flags = 0;
	mb_count_type(type, 1);
	return (m);
}

struct mbuf *
m_getext(caddr_t buf, u_int len, void (*ref)(void *), void (*freefn)(void *),
    void *arg, int how)
{
	struct mbuf *m;

	m = m_get(how, MT_DATA);
	if (m == NULL)
		return (NULL);
	m->m_flags |= M_EXT;
	m->m_data = m->m_ext.ext_buf = buf;
	m->m_ext.ext_size = len;
	m->m_ext.ext_ref = ref;
	m->m_ext.ext_free = freefn;
	m->m_ext.ext_arg = arg;
	return (m);
}

static void
mcl_ref(void *arg)
{
	atomic_add_int(&((struct mbcluster *)arg)->mcl_refs, 1);
}

static void
mcl_free(void *arg)
{
	struct mbcluster *cl = arg;

	if (cl->mcl_refs != 1 && atomic_fetchadd_int(&cl->mcl_refs, -1) > 1)
		return;
	mb_count_cluster(cl->mcl_size, -1);
	objcache_put(cl->mcl_size == MCLBYTES ? mcl_cache : mjcl_cache, cl);
}

struct mbuf *
m_getl(int len, int how, int type)
{
	struct mbcluster *cl;
	struct mbuf *m;

	if (len <= MLEN)
		return (m_get(how, type));
	cl = objcache_get(len <= MCLBYTES ? mcl_cache : mjcl_cache, how);
	if (cl == NULL)
		return (NULL);
	m = m_getext(cl->mcl_data, cl->mcl_size, mcl_ref, mcl_free, cl, how);
	if (m == NULL) {
		objcache_put(cl->mcl_size == MCLBYTES ? mcl_cache :
		    mjcl_cache, cl);
		return (NULL);
	}
	cl->mcl_refs = 1;
	mb_count_cluster(cl->mcl_size, 1);
	if (type != MT_DATA) {
		mb_count_type(MT_DATA, -1);
		mb_count_type(type, 1);
		m->m_type = type;
	}
	return (m);
}

struct mbuf *
m_free(struct mbuf *m)
{
	struct mbuf *next = m->m_next;

	KASSERT(m->m_type != MT_FREE, ("mbuf %p freed twice", m));
	if (m->m_flags & M_EXT)
		m->m_ext.ext_free(m->m_ext.ext_arg);
	mb_count_type(m->m_type, -1);
	m->m_type = MT_FREE;
	objcache_put(mbuf_cache, m);
	return (next);
}

void
m_freem(struct mbuf *m)
{
	while (m != NULL)
		m = m_free(m);
}

/* ---- data ---- */

int
m_trailingspace(struct mbuf *m)
{
	if ((m->m_flags & M_EXT) && (m->m_ext.ext_free != mcl_free ||
	    ((struct mbcluster *)m->m_ext.ext_arg)->mcl_refs != 1))
		return (0);
	return ((int)(M_START(m) + M_SIZE(m) - (m->m_data + m->m_len)));
}

u_int
m_lengthm(const struct mbuf *m)
{
	u_int len = 0;

	for (; m != NULL; m = m->m_next)
		len += m->m_len;
	return (len);
}

struct mbuf *
m_copym(const struct mbuf *m, int off, int len, int how)
{
	struct mbuf *top = NULL, **np = &top, *n;
	int count;

	while (off >= m->m_len && off > 0) {
		off -= m->m_len;
		m = m->m_next;
	}
	while (len > 0) {
		KASSERT(m != NULL, ("m_copym: chain too short"));
		count = MIN(len, m->m_len - off);
		if (m->m_flags & M_EXT) {
			n = m_getext(m->m_ext.ext_buf, m->m_ext.ext_size,
			    m->m_ext.ext_ref, m->m_ext.ext_free,
			    m->m_ext.ext_arg, how);
		} else {
			n = m_get(how, m->m_type);
		}
		if (n == NULL) {
			m_freem(top);
			return (NULL);
		}
		if (m->m_flags & M_EXT) {
			n->m_ext.ext_ref(n->m_ext.ext_arg);
			n->m_data = m->m_data + off;
		} else {
			bcopy(m->m_data + off, n->m_data, count);
		}
		n->m_flags |= m->m_flags & M_EOR;
		n->m_len = count;
		*np = n;
		np = &n->m_next;
		len -= count;
		off = 0;
		m = m->m_next;
	}
	return (top);
}

void
m_adj(struct mbuf *m, int len)
{
	int n;

	for (; m != NULL && len > 0; m = m->m_next) {
		n = MIN(len, m->m_len);
		m->m_data += n;
		m->m_len -= n;
		len -= n;
	}
}

int
m_fromuio(struct uio *uio, size_t len, struct mbuf **mp)
{
	struct mbuf *top = NULL, **np = &top, *m;
	int error = 0;
	size_t n;

	do {
		if (!m_admit()) {
			error = ENOBUFS;
			break;
		}
		m = m_getl((int)MIN(len, MJUMPAGESIZE), M_WAITOK, MT_DATA);
		*np = m;
		np = &m->m_next;
		n = MIN(len, (size_t)M_SIZE(m));
		error = uiomove(m->m_data, n, uio);
		m->m_len = (int)n;
		len -= n;
	} while (error == 0 && len > 0);
	if (error) {
		m_freem(top);
		top = NULL;
	}
	*mp = top;
	return (error);
}

int
m_touio(const struct mbuf *m, struct uio *uio)
{
	int error = 0;

	for (; m != NULL && error == 0; m = m->m_next) {
		if (m->m_len > 0)
			error = uiomove(m->m_data, m->m_len, uio);
	}
	return (error);
}
