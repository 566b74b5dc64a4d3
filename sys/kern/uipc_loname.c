/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local sockets and the names they have in file systems.
 *
 * A bound socket holds a reference to the vnode of its name, and the vnode
 * points back at the protocol block (v_unpcb).  That pointer is read and
 * changed under the vnode's pool token; who follows it takes a reference to
 * the socket before letting go.  Renaming the name changes nothing, and
 * unlinking it leaves the socket unreachable but otherwise alone.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/msgport2.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/filedesc.h>
#include <sys/socketvar.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include <sys/un.h>
#include <sys/vnode.h>
#include <sys/thread2.h>
#include <net/netmsg.h>
#include "uipc_local.h"

#define UNP_BINDING	UNP_PRIVATE1	/* bind(2) is under way */

/* The path in an address, which need not end in a NUL. */
static int
lo_path(const struct sockaddr *nam, char *path)
{
	const struct sockaddr_un *sun = (const struct sockaddr_un *)nam;
	int len = sun->sun_len - (int)offsetof(struct sockaddr_un, sun_path);

	if (nam->sa_family != AF_LOCAL)
		return (EAFNOSUPPORT);
	if (len > (int)sizeof(sun->sun_path))
		return (ENAMETOOLONG);
	if (len <= 0 || sun->sun_path[0] == '\0')
		return (EINVAL);
	bcopy(sun->sun_path, path, len);
	path[len] = '\0';
	return (0);
}

/* Make the node: its vnode, referenced and unlocked. */
static int
lo_mknod(char *path, struct thread *td, struct vnode **vpp)
{
	struct nlookupdata nd;
	struct vattr va;
	int error;

	error = nlookup_init(&nd, path, UIO_SYSSPACE,
	    NLC_CREATE | NLC_REFDVP);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0) {
		if (nd.nl_nch.ncp->nc_vp != NULL)
			error = EADDRINUSE;
		else if (nd.nl_dvp == NULL)
			error = EINVAL;
		else if (nd.nl_nch.mount->mnt_flag & MNT_RDONLY)
			error = EROFS;
	}
	if (error == 0) {
		VATTR_NULL(&va);
		va.va_type = VSOCK;
		va.va_mode = ACCESSPERMS & ~td->td_proc->p_fd->fd_cmask;
		error = VOP_NMKNOD(&nd.nl_nch, nd.nl_dvp, vpp, nd.nl_cred,
		    &va);
		if (error == 0)
			vn_unlock(*vpp);
	}
	nlookup_done(&nd);
	return (error == EEXIST ? EADDRINUSE : error);
}

int
lo_bind(struct netmsg *msg)
{
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path) + 1];
	struct socket *so = msg->nm_so;
	struct unpcb *unp = &sotolp(so)->lp_unp;
	struct sockaddr_un *addr;
	struct vnode *vp;
	int error;

	error = lo_path(msg->nm_nam, path);
	if (error)
		return (error);
	lwkt_gettoken(&so->so_token);
	if (unp->unp_vnode != NULL || (unp->unp_flags & UNP_BINDING)) {
		lwkt_reltoken(&so->so_token);
		return (EINVAL);
	}
	unp->unp_flags |= UNP_BINDING;
	lwkt_reltoken(&so->so_token);

	addr = (struct sockaddr_un *)dup_sockaddr(msg->nm_nam);
	error = lo_mknod(path, msg->nm_td, &vp);
	lwkt_gettoken(&so->so_token);
	unp->unp_flags &= ~UNP_BINDING;
	if (error == 0) {
		unp->unp_vnode = vp;
		unp->unp_addr = addr;
		lwkt_getpooltoken(vp);
		vp->v_unpcb = unp;
		lwkt_relpooltoken(vp);
	} else {
		kfree(addr, M_SONAME);
	}
	lwkt_reltoken(&so->so_token);
	return (error);
}

void
lo_unbind(struct lopcb *lp)
{
	struct vnode *vp;

	vp = lp->lp_unp.unp_vnode;
	if (vp == NULL)
		return;
	lp->lp_unp.unp_vnode = NULL;
	lwkt_getpooltoken(vp);
	/* A vnode that was revoked is no socket any more. */
	if (vp->v_type == VSOCK)
		vp->v_unpcb = NULL;
	lwkt_relpooltoken(vp);
	vrele(vp);
}

int
lo_lookup(struct sockaddr *nam, struct thread *td, struct socket **aso)
{
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path) + 1];
	struct nlookupdata nd;
	struct vnode *vp = NULL;
	struct unpcb *unp;
	int error;

	error = lo_path(nam, path);
	if (error)
		return (error);
	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		error = cache_vget(&nd.nl_nch, nd.nl_cred, LK_SHARED, &vp);
	nlookup_done(&nd);
	if (error)
		return (error);
	if (vp->v_type != VSOCK)
		error = ENOTSOCK;
	else
		error = VOP_EACCESS(vp, VWRITE, td->td_ucred);
	if (error == 0) {
		lwkt_getpooltoken(vp);
		unp = vp->v_unpcb;
		if (unp == NULL) {
			error = ECONNREFUSED;
		} else {
			*aso = unp->unp_socket;
			soref(*aso);
		}
		lwkt_relpooltoken(vp);
	}
	vput(vp);
	return (error);
}
