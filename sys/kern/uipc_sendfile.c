/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sendfile(2): from a file to a stream without passing through the process.
 *
 * Pages of the file that are in memory are held and become external storage
 * of mbufs as they are, so what is written to the file before the receiver
 * takes the data may be what it gets.  Pages that are not are read the usual
 * way into a cluster, which brings them in for the next time.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/socketvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <machine/vmparam.h>

#define SF_CHUNK	65536		/* bytes queued at a time */

static void
sf_ref(void *arg)
{
	vm_page_wire(arg);
}

static void
sf_free(void *arg)
{
	vm_page_unhold(arg);
}

/* n bytes at offset, all within a page, by copying; *mp NULL at the end. */
static int
sf_copy(struct file *fp, off_t offset, int n, struct mbuf **mp)
{
	struct iovec iov;
	struct uio auio;
	struct mbuf *m;
	int error;

	*mp = NULL;
	if (!m_admit())
		return (ENOBUFS);
	m = m_getl(n, M_WAITOK, MT_DATA);
	iov.iov_base = m->m_data;
	iov.iov_len = n;
	auio.uio_iov = &iov;
	auio.uio_iovcnt = 1;
	auio.uio_offset = offset;
	auio.uio_resid = n;
	auio.uio_segflg = UIO_SYSSPACE;
	auio.uio_rw = UIO_READ;
	auio.uio_td = curthread;
	error = fo_read(fp, &auio, fp->f_cred, O_FOFFSET);
	m->m_len = n - (int)auio.uio_resid;
	if (error || m->m_len == 0) {
		m_free(m);
		return (error);
	}
	*mp = m;
	return (0);
}

/* The same, by reference if the page is there. */
static int
sf_piece(struct file *fp, off_t offset, int n, struct mbuf **mp)
{
	struct vnode *vp = fp->f_data;
	vm_object_t object = vp->v_object;
	int base = offset & PAGE_MASK;
	struct mbuf *m;
	vm_page_t page;

	if (object == NULL || offset + n > vp->v_filesize)
		return (sf_copy(fp, offset, n, mp));
	page = vm_object_wire_valid(object, offset >> PAGE_SHIFT, base, n);
	if (page == NULL)
		return (sf_copy(fp, offset, n, mp));
	m = m_getext((caddr_t)VM_PAGE_TO_DMAP(page), PAGE_SIZE, sf_ref,
	    sf_free, page, M_WAITOK);
	m->m_data += base;
	m->m_len = n;
	*mp = m;
	return (0);
}

/* Up to n bytes at offset as a chain; NULL at the end of the file. */
static int
sf_chain(struct file *fp, off_t offset, size_t n, struct mbuf **topp)
{
	struct mbuf **np = topp;
	int error, want;

	*topp = NULL;
	while (n > 0) {
		want = (int)MIN(n, PAGE_SIZE - (offset & PAGE_MASK));
		error = sf_piece(fp, offset, want, np);
		if (error) {
			m_freem(*topp);
			*topp = NULL;
			return (error);
		}
		if (*np == NULL)
			break;
		offset += (*np)->m_len;
		n -= (*np)->m_len;
		if ((*np)->m_len < want)
			break;
		np = &(*np)->m_next;
	}
	return (0);
}

/*
 * The file's part: nbytes from offset on, or all if that is 0.  *full: it
 * has been sent whole.
 */
static int
sf_body(struct file *fp, struct socket *so, int nonblock, off_t offset,
    size_t nbytes, off_t *sent, int *full)
{
	size_t left = nbytes != 0 ? nbytes : SIZE_MAX, n, len;
	struct mbuf *top;
	int error;

	*full = 0;
	while (left > 0) {
		/* What fits now; at least a page, for which sosend() waits. */
		n = MAX(sb_space(so->so_snd), PAGE_SIZE);
		n = MIN(MIN(n, SF_CHUNK), left);
		error = sf_chain(fp, offset, n, &top);
		if (error)
			return (error);
		if (top == NULL)
			break;
		len = m_lengthm(top);
		error = sosend(so, NULL, NULL, top, NULL, nonblock,
		    curthread);
		if (error)
			return (error);
		offset += len;
		left -= len;
		*sent += len;
	}
	*full = 1;
	return (0);
}

/* Headers or trailers: plain memory of the process. */
static int
sf_iov(struct socket *so, int nonblock, const struct iovec *uiov, int cnt,
    off_t *sent, int *full)
{
	struct iovec aiov[UIO_SMALLIOV], *iov = NULL;
	struct uio auio;
	size_t len;
	int error;

	*full = 1;
	if (uiov == NULL)
		return (0);
	error = iovec_copyin(uiov, &iov, aiov, cnt, &len);
	if (error)
		return (error);
	auio.uio_iov = iov;
	auio.uio_iovcnt = cnt;
	auio.uio_offset = 0;
	auio.uio_resid = len;
	auio.uio_segflg = UIO_USERSPACE;
	auio.uio_rw = UIO_WRITE;
	auio.uio_td = curthread;
	error = len > 0 ? sosend(so, NULL, &auio, NULL, NULL, nonblock,
	    curthread) : 0;
	*sent += len - auio.uio_resid;
	*full = auio.uio_resid == 0;
	iovec_free(&iov, aiov);
	return (error);
}

static int
kern_sendfile(struct file *fp, struct file *sfp, off_t offset, size_t nbytes,
    struct sf_hdtr *hdtr, off_t *sent)
{
	struct vnode *vp = fp->f_data;
	struct socket *so = sfp->f_data;
	int error, full, nonblock;

	if (fp->f_type != DTYPE_VNODE || vp->v_type != VREG || offset < 0)
		return (EINVAL);
	if (so->so_type != SOCK_STREAM)
		return (EINVAL);
	if ((so->so_state & SS_ISCONNECTED) == 0)
		return (ENOTCONN);
	nonblock = soo_nonblock(sfp, 0) ? MSG_FNONBLOCKING : 0;
	error = sf_iov(so, nonblock, hdtr->headers, hdtr->hdr_cnt, sent,
	    &full);
	if (error == 0 && full)
		error = sf_body(fp, so, nonblock, offset, nbytes, sent,
		    &full);
	if (error == 0 && full)
		error = sf_iov(so, nonblock, hdtr->trailers, hdtr->trl_cnt,
		    sent, &full);
	if (error == ERESTART && *sent > 0)
		error = EINTR;
	return (error);
}

int
sys_sendfile(struct sysmsg *sysmsg, const struct sendfile_args *uap)
{
	struct thread *td = curthread;
	struct file *fp = NULL, *sfp = NULL;
	struct sf_hdtr hdtr;
	off_t sent = 0;
	int error, error2;

	bzero(&hdtr, sizeof(hdtr));
	fp = holdfp(td, uap->fd, FREAD);
	error = fp == NULL ? EBADF : holdsock(td, uap->s, &sfp);
	if (error == 0 && uap->hdtr != NULL)
		error = copyin(uap->hdtr, &hdtr, sizeof(hdtr));
	if (error == 0)
		error = kern_sendfile(fp, sfp, uap->offset, uap->nbytes,
		    &hdtr, &sent);
	if (error == EPIPE && (((struct socket *)sfp->f_data)->so_options &
	    SO_NOSIGPIPE) == 0)
		lwpsignal(td->td_proc, td->td_lwp, SIGPIPE);
	if (uap->sbytes != NULL && error != ERESTART) {
		error2 = copyout(&sent, uap->sbytes, sizeof(sent));
		if (error == 0)
			error = error2;
	}
	if (fp != NULL)
		fdrop(fp);
	if (sfp != NULL)
		fdrop(sfp);
	sysmsg->sysmsg_result = 0;
	return (error);
}
