/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read, write and ioctl, and their variants, on any kind of descriptor.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/ktrace.h>
#include <sys/stdbool.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/ioccom.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_IOCTLOPS, "ioctlops", "ioctl arguments");

#define STK_PARAMS	128	/* ioctl arguments up to this on the stack */

/*
 * Read (or write, by auio->uio_rw) fp as auio says; *res is what was moved.
 * A transfer cut short by a signal or by lack of data counts as success.
 */
static int
dofilerdwr(struct file *fp, struct uio *auio, int flags, size_t *res)
{
	struct thread *td = curthread;
	size_t len = auio->uio_resid;
	int error;

	if (auio->uio_rw == UIO_READ)
		error = fo_read(fp, auio, fp->f_cred, flags);
	else
		error = fo_write(fp, auio, fp->f_cred, flags);
	if (error) {
		if (auio->uio_resid != len && (error == ERESTART ||
		    error == EINTR || error == EWOULDBLOCK))
			error = 0;
		if (error == EPIPE && auio->uio_rw == UIO_WRITE &&
		    fp->f_type != DTYPE_SOCKET)
			lwpsignal(td->td_proc, td->td_lwp, SIGPIPE);
	}
	*res = len - auio->uio_resid;
	return (error);
}

static int
kern_rdwr(int fd, struct uio *auio, int flags, size_t *res)
{
	struct iovec iov[UIO_SMALLIOV];
	bool trace = KTRPOINT(curthread, KTR_GENIO);
	struct file *fp;
	int error, niov = MIN(auio->uio_iovcnt, UIO_SMALLIOV);

	if ((ssize_t)auio->uio_resid < 0)
		return (EINVAL);
	fp = holdfp(curthread, fd, auio->uio_rw == UIO_READ ? FREAD : FWRITE);
	if (fp == NULL)
		return (EBADF);
	if (__predict_false(trace))	/* the uio's is used up */
		bcopy(auio->uio_iov, iov, niov * sizeof(iov[0]));
	if ((flags & O_FOFFSET) && fp->f_type != DTYPE_VNODE)
		error = ESPIPE;
	else
		error = dofilerdwr(fp, auio, flags, res);
	fdrop(fp);
	if (__predict_false(trace) && error == 0)
		ktrgenio(curthread->td_lwp, fd, auio->uio_rw, iov, niov, *res);
	return (error);
}

static __inline void
uio_single(struct uio *auio, struct iovec *iov, void *buf, size_t len,
    enum uio_rw rw)
{
	iov->iov_base = buf;
	iov->iov_len = len;
	auio->uio_iov = iov;
	auio->uio_iovcnt = 1;
	auio->uio_offset = -1;
	auio->uio_resid = len;
	auio->uio_segflg = UIO_USERSPACE;
	auio->uio_rw = rw;
	auio->uio_td = curthread;
}

int
sys_read(struct sysmsg *sysmsg, const struct read_args *uap)
{
	struct iovec iov;
	struct uio auio;

	uio_single(&auio, &iov, uap->buf, uap->nbyte, UIO_READ);
	return (kern_rdwr(uap->fd, &auio, 0, &sysmsg->sysmsg_szresult));
}

int
sys_write(struct sysmsg *sysmsg, const struct write_args *uap)
{
	struct iovec iov;
	struct uio auio;

	uio_single(&auio, &iov, __DECONST(void *, uap->buf), uap->nbyte,
	    UIO_WRITE);
	return (kern_rdwr(uap->fd, &auio, 0, &sysmsg->sysmsg_szresult));
}

/* The flags of ext*: an offset of -1 means the file's own position. */
static int
ext_flags(int flags, off_t offset, struct uio *auio)
{
	auio->uio_offset = offset;
	flags &= O_FMASK;
	if (offset != (off_t)-1)
		flags |= O_FOFFSET;
	else
		flags &= ~O_FOFFSET;
	return (flags);
}

int
sys_extpread(struct sysmsg *sysmsg, const struct extpread_args *uap)
{
	struct iovec iov;
	struct uio auio;
	int flags;

	uio_single(&auio, &iov, uap->buf, uap->nbyte, UIO_READ);
	flags = ext_flags(uap->flags, uap->offset, &auio);
	return (kern_rdwr(uap->fd, &auio, flags, &sysmsg->sysmsg_szresult));
}

int
sys_extpwrite(struct sysmsg *sysmsg, const struct extpwrite_args *uap)
{
	struct iovec iov;
	struct uio auio;
	int flags;

	uio_single(&auio, &iov, __DECONST(void *, uap->buf), uap->nbyte,
	    UIO_WRITE);
	flags = ext_flags(uap->flags, uap->offset, &auio);
	return (kern_rdwr(uap->fd, &auio, flags, &sysmsg->sysmsg_szresult));
}

/* The vectored calls. */
static int
kern_rdwrv(int fd, const struct iovec *iovp, u_int iovcnt, enum uio_rw rw,
    int flags, off_t offset, size_t *res)
{
	struct iovec aiov[UIO_SMALLIOV], *iov = NULL;
	struct uio auio;
	int error;

	error = iovec_copyin(iovp, &iov, aiov, iovcnt, &auio.uio_resid);
	if (error)
		return (error);
	auio.uio_iov = iov;
	auio.uio_iovcnt = iovcnt;
	auio.uio_segflg = UIO_USERSPACE;
	auio.uio_rw = rw;
	auio.uio_td = curthread;
	flags = ext_flags(flags, offset, &auio);
	error = kern_rdwr(fd, &auio, flags, res);
	iovec_free(&iov, aiov);
	return (error);
}

int
sys_readv(struct sysmsg *sysmsg, const struct readv_args *uap)
{
	return (kern_rdwrv(uap->fd, uap->iovp, uap->iovcnt, UIO_READ, 0, -1,
	    &sysmsg->sysmsg_szresult));
}

int
sys_writev(struct sysmsg *sysmsg, const struct writev_args *uap)
{
	return (kern_rdwrv(uap->fd, uap->iovp, uap->iovcnt, UIO_WRITE, 0, -1,
	    &sysmsg->sysmsg_szresult));
}

int
sys_extpreadv(struct sysmsg *sysmsg, const struct extpreadv_args *uap)
{
	return (kern_rdwrv(uap->fd, uap->iovp, uap->iovcnt, UIO_READ,
	    uap->flags, uap->offset, &sysmsg->sysmsg_szresult));
}

int
sys_extpwritev(struct sysmsg *sysmsg, const struct extpwritev_args *uap)
{
	return (kern_rdwrv(uap->fd, uap->iovp, uap->iovcnt, UIO_WRITE,
	    uap->flags, uap->offset, &sysmsg->sysmsg_szresult));
}

/* FIONBIO and FIOASYNC: the flag, then the file is told. */
static int
ioctl_fileflag(struct file *fp, u_long com, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	u_int flag = (com == FIONBIO) ? FNONBLOCK : FASYNC;
	int error;

	if (*(int *)data)
		atomic_set_int(&fp->f_flag, flag);
	else
		atomic_clear_int(&fp->f_flag, flag);
	error = fo_ioctl(fp, com, data, cred, msg);
	/* A file that does not care is no reason to fail. */
	if (error == ENOTTY || error == ENODEV)
		error = 0;
	return (error);
}

static int
mapped_ioctl(int fd, u_long com, caddr_t uspc_data, struct sysmsg *msg)
{
	long stkbuf[STK_PARAMS / sizeof(long)];
	struct thread *td = curthread;
	struct file *fp;
	caddr_t data = (caddr_t)stkbuf, memp = NULL;
	u_int size;
	int error = 0;

	fp = holdfp(td, fd, FREAD | FWRITE);
	if (fp == NULL)
		return (EBADF);
	if (com == FIOCLEX || com == FIONCLEX) {
		error = com == FIOCLEX ?
		    fsetfdflags(td->td_proc->p_fd, fd, UF_EXCLOSE) :
		    fclrfdflags(td->td_proc->p_fd, fd, UF_EXCLOSE);
		goto done;
	}
	size = IOCPARM_LEN(com);
	if (size > IOCPARM_MAX) {
		error = ENOTTY;
		goto done;
	}
	if (size > sizeof(stkbuf)) {
		memp = kmalloc(size, M_IOCTLOPS, M_WAITOK);
		data = memp;
	}
	if (com & IOC_IN) {
		if (size != 0)
			error = copyin(uspc_data, data, size);
		else
			*(caddr_t *)data = uspc_data;
		if (error)
			goto done;
	} else if ((com & IOC_OUT) && size != 0) {
		bzero(data, size);
	} else if (com & IOC_VOID) {
		*(caddr_t *)data = uspc_data;
	}
	if (com == FIONBIO || com == FIOASYNC)
		error = ioctl_fileflag(fp, com, data, td->td_ucred, msg);
	else
		error = fo_ioctl(fp, com, data, td->td_ucred, msg);
	if (error == 0 && (com & IOC_OUT) && size != 0)
		error = copyout(data, uspc_data, size);
done:
	if (memp != NULL)
		kfree(memp, M_IOCTLOPS);
	fdrop(fp);
	/* Drivers' "not one of mine". */
	return (error == ENOIOCTL ? ENOTTY : error);
}

int
sys_ioctl(struct sysmsg *sysmsg, const struct ioctl_args *uap)
{
	return (mapped_ioctl(uap->fd, uap->com, uap->data, sysmsg));
}

/* ---- files for the kernel's own use ---- */

static int
fp_rdwr(struct file *fp, void *buf, size_t nbytes, off_t offset,
    ssize_t *res, enum uio_rw rw, enum uio_seg seg)
{
	struct iovec iov;
	struct uio auio;
	size_t done = 0;
	int error;

	uio_single(&auio, &iov, buf, nbytes, rw);
	auio.uio_segflg = seg;
	auio.uio_offset = offset;
	error = dofilerdwr(fp, &auio, offset != -1 ? O_FOFFSET : 0, &done);
	if (res != NULL)
		*res = done;
	return (error);
}

int
fp_read(struct file *fp, void *buf, size_t nbytes, ssize_t *res, int all,
    enum uio_seg seg)
{
	ssize_t n, total = 0;
	int error;

	do {
		n = 0;
		error = fp_rdwr(fp, (char *)buf + total, nbytes - total, -1,
		    &n, UIO_READ, seg);
		total += n;
	} while (all && error == 0 && n > 0 && total < (ssize_t)nbytes);
	if (res != NULL)
		*res = total;
	return (error);
}

int
fp_pread(struct file *fp, void *buf, size_t nbytes, off_t offset,
    ssize_t *res, enum uio_seg seg)
{
	return (fp_rdwr(fp, buf, nbytes, offset, res, UIO_READ, seg));
}

int
fp_write(struct file *fp, void *buf, size_t nbytes, ssize_t *res,
    enum uio_seg seg)
{
	return (fp_rdwr(fp, buf, nbytes, -1, res, UIO_WRITE, seg));
}

int
fp_pwrite(struct file *fp, void *buf, size_t nbytes, off_t offset,
    ssize_t *res, enum uio_seg seg)
{
	return (fp_rdwr(fp, buf, nbytes, offset, res, UIO_WRITE, seg));
}
