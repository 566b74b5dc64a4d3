/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scatter/gather I/O: readv(2) and friends, and struct uio, by which the
 * kernel describes where data goes to or comes from.
 */
#ifndef _SYS_UIO_H_
#define _SYS_UIO_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_iovec.h>

#if __BSD_VISIBLE
#define UIO_MAXIOV	1024	/* most elements of one call */
#define UIO_SMALLIOV	8	/* as many are copied to the stack */
#endif

#ifdef _KERNEL

#include <sys/malloc.h>

struct thread;
struct vm_page;

MALLOC_DECLARE(M_IOV);

enum uio_rw { UIO_READ, UIO_WRITE };

enum uio_seg {
	UIO_USERSPACE,		/* from or to the current process */
	UIO_SYSSPACE,		/* from or to kernel memory */
	UIO_NOCOPY		/* advance only */
};

struct uio {
	struct iovec	*uio_iov;	/* what is left: advances */
	int		uio_iovcnt;
	off_t		uio_offset;	/* in the object; advances */
	size_t		uio_resid;	/* bytes left */
	enum uio_seg	uio_segflg;
	enum uio_rw	uio_rw;
	struct thread	*uio_td;
};

/*
 * Move n bytes between cp and the uio, as far as uio_resid goes.  EFAULT if
 * user memory does not bear it.  May fault, so no spinlock may be held.
 */
int	uiomove(caddr_t cp, size_t n, struct uio *uio);
/* The same without resolving page faults: EFAULT means try otherwise. */
int	uiomove_nofault(caddr_t cp, size_t n, struct uio *uio);
/* Move zeros to the uio. */
int	uiomovez(size_t n, struct uio *uio);
/* Between the whole buffer [buf, buf + buflen) at uio_offset and the uio. */
int	uiomove_frombuf(void *buf, size_t buflen, struct uio *uio);
/* Between pages (an array, starting offset bytes into it) and the uio. */
int	uiomove_fromphys(struct vm_page *ma[], vm_offset_t offset, int n,
	    struct uio *uio);
/* One byte to the uio. */
int	ureadc(int c, struct uio *uio);
/*
 * Copy in an iovec array: *kiov is small (UIO_SMALLIOV) or allocated;
 * *iov_len is the sum.  EINVAL for bad counts and overflowing lengths.
 */
int	iovec_copyin(const struct iovec *uiov, struct iovec **kiov,
	    struct iovec *siov, int iov_cnt, size_t *iov_len);

static __inline void
iovec_free(struct iovec **kiov, struct iovec *siov)
{
	if (*kiov != siov && *kiov != NULL) {
		kfree(*kiov, M_IOV);
		*kiov = NULL;
	}
}

#else /* !_KERNEL */

__BEGIN_DECLS
ssize_t	readv(int, const struct iovec *, int);
ssize_t	writev(int, const struct iovec *, int);
#if __BSD_VISIBLE
ssize_t	preadv(int, const struct iovec *, int, off_t);
ssize_t	pwritev(int, const struct iovec *, int, off_t);
#endif
__END_DECLS

#endif /* _KERNEL */

#endif /* !_SYS_UIO_H_ */
