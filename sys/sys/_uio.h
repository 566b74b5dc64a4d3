/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directions of a transfer, and where its memory is.
 */
#ifndef _SYS__UIO_H_
#define _SYS__UIO_H_

enum uio_rw {
	UIO_READ,
	UIO_WRITE
};

enum uio_seg {
	UIO_USERSPACE,		/* the calling process's memory */
	UIO_SYSSPACE,		/* kernel memory */
	UIO_NOCOPY		/* count only, the data is in place */
};

#endif /* !_SYS__UIO_H_ */
