/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * aio_fsync(): a list of one request for the kernel, whose other calls of
 * asynchronous I/O are system calls.
 */
#include <aio.h>
#include <errno.h>
#include <fcntl.h>

int
aio_fsync(int op, struct aiocb *cb)
{
	struct aiocb *list[1] = { cb };

#ifdef O_DSYNC
	if (op != O_SYNC && op != O_DSYNC) {
#else
	if (op != O_SYNC) {
#endif
		errno = EINVAL;
		return (-1);
	}
	cb->aio_lio_opcode = LIO_SYNC;
	return (lio_listio(LIO_NOWAIT, list, 1, NULL));
}
