/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct uio: moving data between kernel memory and wherever a request's
 * iovecs point.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <machine/pmap.h>
#include <machine/vmparam.h>

MALLOC_DEFINE(M_IOV, "iov", "iovec arrays");

static int
uiomove_common(caddr_t cp, size_t n, struct uio *uio, int nofault)
{
	struct iovec *iov;
	size_t cnt;
	int error = 0;

	while (n > 0 && uio->uio_resid > 0) {
		iov = uio->uio_iov;
		cnt = iov->iov_len;
		if (cnt == 0) {
			uio->uio_iov++;
			uio->uio_iovcnt--;
			continue;
		}
		if (cnt > n)
			cnt = n;
		switch (uio->uio_segflg) {
		case UIO_USERSPACE:
			if (uio->uio_rw == UIO_READ)
				error = nofault ? copyout_nofault(cp,
				    iov->iov_base, cnt) : copyout(cp,
				    iov->iov_base, cnt);
			else
				error = nofault ? copyin_nofault(
				    iov->iov_base, cp, cnt) : copyin(
				    iov->iov_base, cp, cnt);
			if (error)
				return (error);
			break;
		case UIO_SYSSPACE:
			if (uio->uio_rw == UIO_READ)
				bcopy(cp, iov->iov_base, cnt);
			else
				bcopy(iov->iov_base, cp, cnt);
			break;
		case UIO_NOCOPY:
			break;
		}
		iov->iov_base = (char *)iov->iov_base + cnt;
		iov->iov_len -= cnt;
		uio->uio_resid -= cnt;
		uio->uio_offset += cnt;
		cp += cnt;
		n -= cnt;
	}
	return (0);
}

int
uiomove(caddr_t cp, size_t n, struct uio *uio)
{
	return (uiomove_common(cp, n, uio, 0));
}

int
uiomove_nofault(caddr_t cp, size_t n, struct uio *uio)
{
	return (uiomove_common(cp, n, uio, 1));
}

int
uiomovez(size_t n, struct uio *uio)
{
	static const char zeros[4096] __aligned(64);
	size_t cnt;
	int error = 0;

	KKASSERT(uio->uio_rw == UIO_READ);
	while (n > 0 && uio->uio_resid > 0 && error == 0) {
		cnt = MIN(n, sizeof(zeros));
		error = uiomove(__DECONST(caddr_t, zeros), cnt, uio);
		n -= cnt;
	}
	return (error);
}

int
uiomove_frombuf(void *buf, size_t buflen, struct uio *uio)
{
	size_t offset;

	if (uio->uio_offset < 0)
		return (EINVAL);
	offset = uio->uio_offset;
	if (offset >= buflen)
		return (0);
	return (uiomove((caddr_t)buf + offset, buflen - offset, uio));
}

int
uiomove_fromphys(struct vm_page *ma[], vm_offset_t offset, int n,
    struct uio *uio)
{
	size_t cnt;
	int error = 0;

	while (n > 0 && uio->uio_resid > 0 && error == 0) {
		cnt = MIN(PAGE_SIZE - (offset & PAGE_MASK), (size_t)n);
		error = uiomove((caddr_t)VM_PAGE_TO_DMAP(
		    ma[offset >> PAGE_SHIFT]) + (offset & PAGE_MASK), cnt,
		    uio);
		offset += cnt;
		n -= cnt;
	}
	return (error);
}

int
ureadc(int c, struct uio *uio)
{
	char ch = c;

	return (uiomove(&ch, 1, uio));
}

int
iovec_copyin(const struct iovec *uiov, struct iovec **kiov,
    struct iovec *siov, int iov_cnt, size_t *iov_len)
{
	size_t total = 0;
	int i, error;

	if (iov_cnt < 0 || iov_cnt > UIO_MAXIOV)
		return (EINVAL);
	*kiov = siov;
	if (iov_cnt > UIO_SMALLIOV)
		*kiov = kmalloc(iov_cnt * sizeof(struct iovec), M_IOV,
		    M_WAITOK);
	error = copyin(uiov, *kiov, iov_cnt * sizeof(struct iovec));
	for (i = 0; i < iov_cnt && error == 0; i++) {
		size_t len = (*kiov)[i].iov_len;

		if (len > SSIZE_MAX || total > SSIZE_MAX - len)
			error = EINVAL;
		total += len;
	}
	if (error) {
		iovec_free(kiov, siov);
		return (error);
	}
	*iov_len = total;
	return (0);
}
