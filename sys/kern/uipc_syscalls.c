/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system calls of sockets: arguments in, results out.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/signalvar.h>
#include <sys/socketvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/uio.h>
#include <net/netmsg.h>

#define CONTROL_MAX	MJUMPAGESIZE	/* control messages of a call */

struct sockaddr *
dup_sockaddr(const struct sockaddr *sa)
{
	struct sockaddr *sa2;

	sa2 = kmalloc(sa->sa_len, M_SONAME, M_WAITOK);
	bcopy(sa, sa2, sa->sa_len);
	return (sa2);
}

/* An address of the user's, to be freed (M_SONAME). */
int
getsockaddr(struct sockaddr **namp, caddr_t uaddr, size_t len)
{
	struct sockaddr *sa;
	int error;

	*namp = NULL;
	if (len > SOCK_MAXADDRLEN)
		return (ENAMETOOLONG);
	if (len < offsetof(struct sockaddr, sa_data[0]))
		return (EINVAL);
	sa = kmalloc(len, M_SONAME, M_WAITOK);
	error = copyin(uaddr, sa, len);
	if (error) {
		kfree(sa, M_SONAME);
		return (error);
	}
	sa->sa_len = len;
	*namp = sa;
	return (0);
}

/* An address for the user, cut off at *ulen, which gets its length. */
static int
putsockaddr(struct sockaddr *sa, void *uaddr, void *ulen)
{
	int error = 0, len, room;

	if (uaddr == NULL || ulen == NULL)
		return (0);
	error = copyin(ulen, &room, sizeof(room));
	if (error)
		return (error);
	if (room < 0)
		return (EINVAL);
	len = sa != NULL ? sa->sa_len : 0;
	len = MIN(len, room);
	if (len > 0)
		error = copyout(sa, uaddr, len);
	if (error == 0)
		error = copyout(&len, ulen, sizeof(len));
	return (error);
}

/* Make fp, from falloc(), the file of so. */
static void
so_setfile(struct file *fp, struct socket *so, u_int fflag)
{
	fp->f_data = so;
	fp->f_type = DTYPE_SOCKET;
	fp->f_flag = FREAD | FWRITE | fflag;
	fp->f_ops = &socketops;
}

/* ---- making sockets ---- */

/* SOCK_NONBLOCK and SOCK_CLOEXEC as flags of the file, the descriptor. */
static u_int
type_fflag(int type)
{
	return ((type & SOCK_NONBLOCK) ? FNONBLOCK : 0);
}

static void
publish(struct thread *td, struct file *fp, int fd, int type)
{
	struct filedesc *fdp = td->td_proc->p_fd;

	if (type & SOCK_CLOEXEC)
		fsetfdflags(fdp, fd, UF_EXCLOSE);
	fsetfd(fdp, fp, fd);
	fdrop(fp);
}

/* Give a file that was not published back. */
static void
unalloc(struct thread *td, struct file *fp, int fd)
{
	fsetfd(td->td_proc->p_fd, NULL, fd);
	fdrop(fp);
}

int
sys_socket(struct sysmsg *sysmsg, const struct socket_args *uap)
{
	struct thread *td = curthread;
	struct socket *so;
	struct file *fp;
	int error, fd, type;

	type = uap->type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
	error = falloc(td->td_lwp, &fp, &fd);
	if (error)
		return (error);
	error = socreate(uap->domain, &so, type, uap->protocol, td);
	if (error) {
		unalloc(td, fp, fd);
		return (error);
	}
	so_setfile(fp, so, type_fflag(uap->type));
	publish(td, fp, fd, uap->type);
	sysmsg->sysmsg_result = fd;
	return (0);
}

int
sys_socketpair(struct sysmsg *sysmsg, const struct socketpair_args *uap)
{
	struct thread *td = curthread;
	struct socket *so[2];
	struct file *fp[2];
	int error, fd[2], type;

	type = uap->type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
	error = falloc(td->td_lwp, &fp[0], &fd[0]);
	if (error)
		return (error);
	error = falloc(td->td_lwp, &fp[1], &fd[1]);
	if (error) {
		unalloc(td, fp[0], fd[0]);
		return (error);
	}
	error = socreatepair(uap->domain, type, uap->protocol, td, &so[0],
	    &so[1]);
	if (error == 0) {
		so_setfile(fp[0], so[0], type_fflag(uap->type));
		so_setfile(fp[1], so[1], type_fflag(uap->type));
		error = copyout(fd, uap->rsv, sizeof(fd));
	}
	if (error) {
		unalloc(td, fp[0], fd[0]);
		unalloc(td, fp[1], fd[1]);
		return (error);
	}
	publish(td, fp[0], fd[0], uap->type);
	publish(td, fp[1], fd[1], uap->type);
	return (0);
}

/* ---- names and connections ---- */

int
sys_bind(struct sysmsg *sysmsg, const struct bind_args *uap)
{
	struct thread *td = curthread;
	struct sockaddr *sa;
	struct file *fp;
	int error;

	error = holdsock(td, uap->s, &fp);
	if (error)
		return (error);
	error = getsockaddr(&sa, uap->name, uap->namelen);
	if (error == 0) {
		error = so_pru_bind(fp->f_data, sa, td);
		kfree(sa, M_SONAME);
	}
	fdrop(fp);
	return (error);
}

int
sys_listen(struct sysmsg *sysmsg, const struct listen_args *uap)
{
	struct thread *td = curthread;
	struct file *fp;
	int error;

	error = holdsock(td, uap->s, &fp);
	if (error)
		return (error);
	error = solisten(fp->f_data, uap->backlog, td);
	fdrop(fp);
	return (error);
}

static int
kern_connect(int s, int fflags, caddr_t name, int namelen)
{
	struct thread *td = curthread;
	struct sockaddr *sa;
	struct socket *so;
	struct file *fp;
	int error;

	error = holdsock(td, s, &fp);
	if (error)
		return (error);
	so = fp->f_data;
	error = getsockaddr(&sa, name, namelen);
	if (error == 0) {
		error = soconnect(so, sa, td);
		kfree(sa, M_SONAME);
		if (error == 0 && (so->so_state & SS_ISCONNECTING))
			error = soo_nonblock(fp, fflags) ? EINPROGRESS :
			    soconnect_wait(so);
	}
	fdrop(fp);
	return (error == ERESTART ? EINTR : error);
}

int
sys_connect(struct sysmsg *sysmsg, const struct connect_args *uap)
{
	return (kern_connect(uap->s, 0, uap->name, uap->namelen));
}

int
sys_extconnect(struct sysmsg *sysmsg, const struct extconnect_args *uap)
{
	return (kern_connect(uap->s, uap->flags & O_FMASK, uap->name,
	    uap->namelen));
}

/*
 * fflags: blocking bits of this call; type: SOCK_* of the new descriptor;
 * inherit: it has the listener's O_NONBLOCK and O_ASYNC instead.
 */
static int
kern_accept(int s, int fflags, int type, int inherit, void *name,
    void *namelen, int *result)
{
	struct thread *td = curthread;
	struct sockaddr *sa = NULL;
	struct file *fp, *nfp;
	struct socket *so;
	int async, error, fd;
	u_int nflag;

	error = holdsock(td, s, &fp);
	if (error)
		return (error);
	error = falloc(td->td_lwp, &nfp, &fd);
	if (error) {
		fdrop(fp);
		return (error);
	}
	error = soaccept_wait(fp->f_data, &so, soo_nonblock(fp, fflags));
	if (error) {
		unalloc(td, nfp, fd);
		fdrop(fp);
		return (error);
	}
	nflag = inherit ? fp->f_flag & (FNONBLOCK | FASYNC) :
	    type_fflag(type);
	so_setfile(nfp, so, nflag);
	if (nflag & FASYNC) {
		async = 1;
		fo_ioctl(nfp, FIOASYNC, (caddr_t)&async, td->td_ucred, NULL);
	}
	error = so_pru_accept(so, &sa);
	if (error == 0)
		error = putsockaddr(sa, name, namelen);
	kfree(sa, M_SONAME);
	if (error) {
		unalloc(td, nfp, fd);
	} else {
		publish(td, nfp, fd, type);
		*result = fd;
	}
	fdrop(fp);
	return (error);
}

int
sys_accept(struct sysmsg *sysmsg, const struct accept_args *uap)
{
	return (kern_accept(uap->s, 0, 0, 1, uap->name, uap->anamelen,
	    &sysmsg->sysmsg_result));
}

int
sys_extaccept(struct sysmsg *sysmsg, const struct extaccept_args *uap)
{
	return (kern_accept(uap->s, uap->flags & O_FMASK, 0, 1, uap->name,
	    uap->anamelen, &sysmsg->sysmsg_result));
}

int
sys_accept4(struct sysmsg *sysmsg, const struct accept4_args *uap)
{
	if (uap->flags & ~(SOCK_NONBLOCK | SOCK_CLOEXEC))
		return (EINVAL);
	return (kern_accept(uap->s, 0, uap->flags, 0, uap->name,
	    uap->anamelen, &sysmsg->sysmsg_result));
}

int
sys_shutdown(struct sysmsg *sysmsg, const struct shutdown_args *uap)
{
	struct file *fp;
	int error;

	fp = holdfp(curthread, uap->s, -1);
	if (fp == NULL)
		return (EBADF);
	/* Pipes can be shut too. */
	error = fo_shutdown(fp, uap->how);
	fdrop(fp);
	return (error);
}

static int
kern_getname(int s, int (*func)(struct socket *, struct sockaddr **),
    void *name, void *namelen)
{
	struct sockaddr *sa = NULL;
	struct file *fp;
	int error;

	error = holdsock(curthread, s, &fp);
	if (error)
		return (error);
	error = func(fp->f_data, &sa);
	if (error == 0) {
		error = name == NULL || namelen == NULL ? EFAULT :
		    putsockaddr(sa, name, namelen);
		kfree(sa, M_SONAME);
	}
	fdrop(fp);
	return (error);
}

int
sys_getsockname(struct sysmsg *sysmsg, const struct getsockname_args *uap)
{
	return (kern_getname(uap->fdes, so_pru_sockaddr, uap->asa,
	    uap->alen));
}

int
sys_getpeername(struct sysmsg *sysmsg, const struct getpeername_args *uap)
{
	return (kern_getname(uap->fdes, so_pru_peeraddr, uap->asa,
	    uap->alen));
}

/* ---- sending ---- */

static int
kern_sendmsg(int s, struct sockaddr *sa, struct uio *auio,
    struct mbuf *control, int flags, size_t *res)
{
	struct thread *td = curthread;
	size_t len = auio->uio_resid;
	struct socket *so;
	struct file *fp;
	int error;

	error = holdsock(td, s, &fp);
	if (error) {
		m_freem(control);
		return (error);
	}
	so = fp->f_data;
	flags &= ~MSG_CTRUNC & ~MSG_TRUNC;
	if (flags & MSG_FBLOCKING)
		flags &= ~MSG_FNONBLOCKING;
	else if (fp->f_flag & FNONBLOCK)
		flags |= MSG_FNONBLOCKING;
	if (control != NULL && (so->so_proto->pr_flags & PR_RIGHTS) == 0) {
		m_freem(control);
		control = NULL;
	}
	error = sosend(so, sa, auio, NULL, control, flags, td);
	if (error && auio->uio_resid != len && (error == ERESTART ||
	    error == EINTR || error == EWOULDBLOCK))
		error = 0;
	if (error == EPIPE && (flags & MSG_NOSIGNAL) == 0 &&
	    (so->so_options & SO_NOSIGPIPE) == 0)
		lwpsignal(td->td_proc, td->td_lwp, SIGPIPE);
	if (error == 0)
		*res = len - auio->uio_resid;
	fdrop(fp);
	return (error);
}

static __inline void
uio_init(struct uio *auio, struct iovec *iov, int iovcnt, size_t len,
    enum uio_rw rw)
{
	auio->uio_iov = iov;
	auio->uio_iovcnt = iovcnt;
	auio->uio_offset = 0;
	auio->uio_resid = len;
	auio->uio_segflg = UIO_USERSPACE;
	auio->uio_rw = rw;
	auio->uio_td = curthread;
}

int
sys_sendto(struct sysmsg *sysmsg, const struct sendto_args *uap)
{
	struct sockaddr *sa = NULL;
	struct iovec iov = { uap->buf, uap->len };
	struct uio auio;
	int error;

	if ((ssize_t)uap->len < 0)
		return (EINVAL);
	if (uap->to != NULL) {
		error = getsockaddr(&sa, uap->to, uap->tolen);
		if (error)
			return (error);
	}
	uio_init(&auio, &iov, 1, uap->len, UIO_WRITE);
	error = kern_sendmsg(uap->s, sa, &auio, NULL, uap->flags,
	    &sysmsg->sysmsg_szresult);
	kfree(sa, M_SONAME);
	return (error);
}

/* Control messages of the user's, as they are, in one mbuf. */
static int
copyin_control(void *uctl, u_int len, struct mbuf **mp)
{
	struct mbuf *m;
	int error;

	*mp = NULL;
	if (len < sizeof(struct cmsghdr))
		return (EINVAL);
	if (len > CONTROL_MAX)
		return (EMSGSIZE);
	if (!m_admit())
		return (ENOBUFS);
	m = m_getl(len, M_WAITOK, MT_CONTROL);
	m->m_len = len;
	error = copyin(uctl, m->m_data, len);
	if (error) {
		m_free(m);
		return (error);
	}
	*mp = m;
	return (0);
}

int
sys_sendmsg(struct sysmsg *sysmsg, const struct sendmsg_args *uap)
{
	struct iovec aiov[UIO_SMALLIOV], *iov = NULL;
	struct sockaddr *sa = NULL;
	struct mbuf *control = NULL;
	struct msghdr mh;
	struct uio auio;
	size_t len;
	int error;

	error = copyin(uap->msg, &mh, sizeof(mh));
	if (error)
		return (error);
	error = iovec_copyin(mh.msg_iov, &iov, aiov, mh.msg_iovlen, &len);
	if (error)
		return (error);
	if (mh.msg_name != NULL)
		error = getsockaddr(&sa, mh.msg_name, mh.msg_namelen);
	if (error == 0 && mh.msg_control != NULL && mh.msg_controllen != 0)
		error = copyin_control(mh.msg_control, mh.msg_controllen,
		    &control);
	if (error == 0) {
		uio_init(&auio, iov, mh.msg_iovlen, len, UIO_WRITE);
		error = kern_sendmsg(uap->s, sa, &auio, control, uap->flags,
		    &sysmsg->sysmsg_szresult);
	}
	kfree(sa, M_SONAME);
	iovec_free(&iov, aiov);
	return (error);
}

/* ---- receiving ---- */

/* sap, controlp NULL: not wanted. */
static int
kern_recvmsg(int s, struct sockaddr **sap, struct uio *auio,
    struct mbuf **controlp, size_t room, int *flagsp, size_t *res)
{
	size_t len = auio->uio_resid;
	struct domain *dom;
	struct socket *so;
	struct file *fp;
	int error;

	error = holdsock(curthread, s, &fp);
	if (error)
		return (error);
	so = fp->f_data;
	if (*flagsp & MSG_FBLOCKING)
		*flagsp &= ~MSG_FNONBLOCKING;
	else if (fp->f_flag & FNONBLOCK)
		*flagsp |= MSG_FNONBLOCKING;
	error = soreceive(so, sap, auio, controlp, flagsp);
	if (error && auio->uio_resid != len && (error == ERESTART ||
	    error == EINTR || error == EWOULDBLOCK))
		error = 0;
	if (controlp != NULL && *controlp != NULL) {
		dom = so->so_proto->pr_domain;
		if (error) {
			so_dispose(so, *controlp);
			*controlp = NULL;
		} else if (dom->dom_externalize != NULL) {
			*controlp = dom->dom_externalize(*controlp, room,
			    flagsp);
		}
	}
	if (error == 0)
		*res = len - auio->uio_resid;
	fdrop(fp);
	return (error);
}

int
sys_recvfrom(struct sysmsg *sysmsg, const struct recvfrom_args *uap)
{
	struct sockaddr *sa = NULL;
	struct iovec iov = { uap->buf, uap->len };
	struct uio auio;
	int error, flags = uap->flags;

	if ((ssize_t)uap->len < 0)
		return (EINVAL);
	uio_init(&auio, &iov, 1, uap->len, UIO_READ);
	error = kern_recvmsg(uap->s, uap->from != NULL ? &sa : NULL, &auio,
	    NULL, 0, &flags, &sysmsg->sysmsg_szresult);
	if (error == 0)
		error = putsockaddr(sa, uap->from, uap->fromlenaddr);
	kfree(sa, M_SONAME);
	return (error);
}

/* The control messages to uctl, which has room for them; *len is used. */
static int
copyout_control(struct mbuf *control, char *uctl, u_int room, u_int *len)
{
	u_int used = 0;
	int error = 0;

	for (; control != NULL && error == 0; control = control->m_next) {
		error = copyout(control->m_data, uctl + used,
		    control->m_len);
		used = MIN(used + CMSG_ALIGN(control->m_len), room);
	}
	*len = used;
	return (error);
}

int
sys_recvmsg(struct sysmsg *sysmsg, const struct recvmsg_args *uap)
{
	struct iovec aiov[UIO_SMALLIOV], *iov = NULL;
	struct mbuf *control = NULL;
	struct sockaddr *sa = NULL;
	struct msghdr mh;
	struct uio auio;
	size_t len;
	int error, flags = uap->flags;

	error = copyin(uap->msg, &mh, sizeof(mh));
	if (error)
		return (error);
	error = iovec_copyin(mh.msg_iov, &iov, aiov, mh.msg_iovlen, &len);
	if (error)
		return (error);
	if (mh.msg_control == NULL)
		mh.msg_controllen = 0;
	uio_init(&auio, iov, mh.msg_iovlen, len, UIO_READ);
	error = kern_recvmsg(uap->s, mh.msg_name != NULL ? &sa : NULL, &auio,
	    &control, mh.msg_controllen, &flags, &sysmsg->sysmsg_szresult);
	if (error == 0) {
		len = sa != NULL ? MIN(sa->sa_len, mh.msg_namelen) : 0;
		if (len > 0)
			error = copyout(sa, mh.msg_name, len);
		if (mh.msg_name != NULL)
			mh.msg_namelen = len;
	}
	if (error == 0)
		error = copyout_control(control, mh.msg_control,
		    mh.msg_controllen, &mh.msg_controllen);
	if (error == 0) {
		mh.msg_flags = flags & ~(MSG_FNONBLOCKING | MSG_FBLOCKING);
		error = copyout(&mh, uap->msg, sizeof(mh));
	}
	m_freem(control);
	kfree(sa, M_SONAME);
	iovec_free(&iov, aiov);
	return (error);
}

/* ---- options ---- */

int
sys_setsockopt(struct sysmsg *sysmsg, const struct setsockopt_args *uap)
{
	struct sockopt sopt;
	struct file *fp;
	int error;

	if (uap->val == NULL && uap->valsize != 0)
		return (EFAULT);
	if (uap->valsize < 0 || uap->valsize > SOMAXOPT_SIZE)
		return (EINVAL);
	error = holdsock(curthread, uap->s, &fp);
	if (error)
		return (error);
	sopt.sopt_dir = SOPT_SET;
	sopt.sopt_level = uap->level;
	sopt.sopt_name = uap->name;
	sopt.sopt_valsize = uap->valsize;
	sopt.sopt_val = kmalloc(uap->valsize + 1, M_TEMP, M_WAITOK);
	error = copyin(uap->val, sopt.sopt_val, uap->valsize);
	if (error == 0)
		error = sosetopt(fp->f_data, &sopt);
	kfree(sopt.sopt_val, M_TEMP);
	fdrop(fp);
	return (error);
}

int
sys_getsockopt(struct sysmsg *sysmsg, const struct getsockopt_args *uap)
{
	struct sockopt sopt;
	struct file *fp;
	int error, valsize = 0;

	if (uap->val != NULL) {
		error = copyin(uap->avalsize, &valsize, sizeof(valsize));
		if (error)
			return (error);
		if (valsize < 0 || valsize > SOMAXOPT_SIZE)
			return (EINVAL);
	}
	error = holdsock(curthread, uap->s, &fp);
	if (error)
		return (error);
	sopt.sopt_dir = SOPT_GET;
	sopt.sopt_level = uap->level;
	sopt.sopt_name = uap->name;
	sopt.sopt_valsize = valsize;
	sopt.sopt_val = kmalloc(valsize + 1, M_TEMP, M_WAITOK | M_ZERO);
	error = sogetopt(fp->f_data, &sopt);
	if (error == 0 && uap->val != NULL) {
		valsize = sopt.sopt_valsize;
		error = copyout(sopt.sopt_val, uap->val, valsize);
		if (error == 0)
			error = copyout(&valsize, uap->avalsize,
			    sizeof(valsize));
	}
	kfree(sopt.sopt_val, M_TEMP);
	fdrop(fp);
	return (error);
}
