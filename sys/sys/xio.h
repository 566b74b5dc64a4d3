/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run of bytes in physical pages: the scatter list that buffers and
 * drivers exchange.
 */
#ifndef _SYS_XIO_H_
#define _SYS_XIO_H_

#ifdef _KERNEL

#include <sys/types.h>

struct vm_page;

/* Pages kept in the structure itself: a 128 KB transfer, unaligned. */
#define XIO_INTERNAL_PAGES	33

struct xio {
	struct vm_page	**xio_pages;	/* the pages, in order */
	int		xio_npages;
	int		xio_offset;	/* of the data in the first page */
	int		xio_bytes;	/* of data */
	int		xio_flags;
	int		xio_error;
	struct vm_page	*xio_internal_pages[XIO_INTERNAL_PAGES];
};

static __inline void
xio_init(struct xio *xio)
{
	xio->xio_flags = 0;
	xio->xio_bytes = 0;
	xio->xio_error = 0;
	xio->xio_offset = 0;
	xio->xio_npages = 0;
	xio->xio_pages = xio->xio_internal_pages;
}

#endif /* _KERNEL */

#endif /* !_SYS_XIO_H_ */
