/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From handles back to path names: getcwd, mount points' names, sysctl
 * kern.proc.pathname, and the namecache's statistics.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/vnode.h>
#include "vfs_cache.h"

SYSCTL_NODE(_vfs, OID_AUTO, cache, CTLFLAG_RW, 0, "Namecache");

static u_long numcwdcalls, numcwdfailnf, numcwdfailsz, numcwdfound;
SYSCTL_ULONG(_vfs_cache, OID_AUTO, numcwdcalls, CTLFLAG_RD, &numcwdcalls, 0,
    "Path names asked for");
SYSCTL_ULONG(_vfs_cache, OID_AUTO, numcwdfailnf, CTLFLAG_RD, &numcwdfailnf, 0,
    "Path names of removed objects");
SYSCTL_ULONG(_vfs_cache, OID_AUTO, numcwdfailsz, CTLFLAG_RD, &numcwdfailsz, 0,
    "Path names that did not fit");
SYSCTL_ULONG(_vfs_cache, OID_AUTO, numcwdfound, CTLFLAG_RD, &numcwdfound, 0,
    "Path names found");

/* One attempt; EAGAIN when a rename got in the way. */
static int
cache_fullpath_try(struct nchandle *nch, struct nchandle *root, char *buf,
    char **retp, int guess)
{
	struct namecache *ncp = nch->ncp, *par;
	struct mount *mp = nch->mount;
	char *bp = buf + MAXPATHLEN - 1;
	uint32_t gen, mgen = mount_generation;
	int error = 0, nlen, first = 1;

	*bp = 0;
	cache_hold_ncp(ncp);
	for (;;) {
		if (root != NULL && ncp == root->ncp && mp == root->mount)
			break;
		gen = ncp->nc_generation;
		cpu_ccfence();
		if (mp != NULL && ncp == mp->mnt_ncmountpt.ncp) {
			par = mp->mnt_ncmounton.ncp;
			if (par == NULL)
				break;
			mp = mp->mnt_ncmounton.mount;
			if ((gen & 1) || !cache_hold_try(par) ||
			    mgen != mount_generation) {
				error = EAGAIN;
				break;
			}
			cache_drop_ncp(ncp);
			ncp = par;
			continue;
		}
		par = ncp->nc_parent;
		nlen = ncp->nc_nlen;
		if (guess && par == NULL)
			par = ncp->nc_wasin;
		if (par == NULL ||
		    (!guess && (ncp->nc_flag & NCF_DESTROYED))) {
			error = (gen & 1) ? EAGAIN : ENOENT;
			break;
		}
		if (bp - buf < nlen + 1) {
			error = ENOMEM;
			break;
		}
		bcopy(ncp->nc_name, bp - nlen, nlen);
		if ((gen & 1) || !cache_hold_try(par)) {
			error = EAGAIN;
			break;
		}
		cpu_ccfence();
		if (ncp->nc_generation != gen) {
			cache_drop_ncp(par);
			error = EAGAIN;
			break;
		}
		bp -= nlen;
		*--bp = '/';
		first = 0;
		cache_drop_ncp(ncp);
		ncp = par;
	}
	cache_drop_ncp(ncp);
	if (error == 0 && first)
		*--bp = '/';
	*retp = bp;
	return (error);
}

/*
 * The path of nch as seen from p's root, or, with base, from base.  *retbuf
 * points into *freebuf, which the caller frees (M_TEMP).  What was removed has
 * no path (ENOENT); with guess it is given the last one it had.
 */
int
cache_fullpath(struct proc *p, struct nchandle *nch, struct nchandle *base,
    char **retbuf, char **freebuf, int guess)
{
	struct nchandle root;
	struct filedesc *fdp;
	char *buf;
	int error;

	atomic_add_long(&numcwdcalls, 1);
	*retbuf = NULL;
	*freebuf = NULL;
	if (nch->ncp == NULL)
		return (EINVAL);
	cache_zero(&root);
	if (base != NULL) {
		root = *base;
		cache_hold(&root);
	} else if (p != NULL && (fdp = p->p_fd) != NULL) {
		spin_lock(&fdp->fd_spin);
		root = fdp->fd_nrdir;
		if (root.ncp != NULL)
			cache_hold(&root);
		spin_unlock(&fdp->fd_spin);
	}
	buf = kmalloc(MAXPATHLEN, M_TEMP, M_WAITOK);
	while ((error = cache_fullpath_try(nch, root.ncp != NULL ? &root :
	    NULL, buf, retbuf, guess)) == EAGAIN)
		lwkt_yield();
	if (root.ncp != NULL)
		cache_drop(&root);
	if (error) {
		if (error == ENOMEM)
			atomic_add_long(&numcwdfailsz, 1);
		else
			atomic_add_long(&numcwdfailnf, 1);
		kfree(buf, M_TEMP);
		*retbuf = NULL;
		return (error);
	}
	atomic_add_long(&numcwdfound, 1);
	*freebuf = buf;
	return (0);
}

/* The path of a vnode by any of its cached names; NULL: p's executable. */
int
vn_fullpath(struct proc *p, struct vnode *vp, char **retbuf, char **freebuf,
    int guess)
{
	struct namecache *ncp;
	struct nchandle nch;
	int error;

	*retbuf = NULL;
	*freebuf = NULL;
	if (p == NULL)
		p = curproc;
	if (vp == NULL) {
		if (p == NULL || p->p_textnch.ncp == NULL)
			return (EINVAL);
		return (cache_fullpath(p, &p->p_textnch, NULL, retbuf,
		    freebuf, guess));
	}
	spin_lock(&vp->v_spin);
	TAILQ_FOREACH(ncp, &vp->v_namecache, nc_vnode) {
		if ((ncp->nc_flag & NCF_DESTROYED) == 0 &&
		    cache_hold_try(ncp))
			break;
	}
	spin_unlock(&vp->v_spin);
	if (ncp == NULL)
		return (ENOENT);
	nch.ncp = ncp;
	nch.mount = vp->v_mount;
	error = cache_fullpath(p, &nch, NULL, retbuf, freebuf, guess);
	cache_drop_ncp(ncp);
	return (error);
}
