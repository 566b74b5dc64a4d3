/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls that are cancellation points: libc's functions call these by
 * their public names and so become cancellation points themselves.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <time.h>

#include "pthread_private.h"

#define CANCEL_POINT(type, name, params, args)				\
	type	__sys_##name params;					\
	type								\
	name params							\
	{								\
		struct pthread *cur = curthread_get();			\
		type rc;						\
									\
		cancel_enter(cur);					\
		rc = __sys_##name args;					\
		cancel_leave(cur);					\
		return (rc);						\
	}

CANCEL_POINT(int, accept, (int s, struct sockaddr *restrict addr,
    socklen_t *restrict len), (s, addr, len))
CANCEL_POINT(int, accept4, (int s, struct sockaddr *restrict addr,
    socklen_t *restrict len, int flags), (s, addr, len, flags))
CANCEL_POINT(int, close, (int fd), (fd))
CANCEL_POINT(int, connect, (int s, const struct sockaddr *addr,
    socklen_t len), (s, addr, len))
CANCEL_POINT(ssize_t, extpread, (int fd, void *buf, size_t n, int flags,
    off_t offset), (fd, buf, n, flags, offset))
CANCEL_POINT(ssize_t, extpwrite, (int fd, const void *buf, size_t n,
    int flags, off_t offset), (fd, buf, n, flags, offset))
CANCEL_POINT(int, fsync, (int fd), (fd))
CANCEL_POINT(int, msync, (void *addr, size_t len, int flags),
    (addr, len, flags))
CANCEL_POINT(int, nanosleep, (const struct timespec *req,
    struct timespec *left), (req, left))
CANCEL_POINT(int, poll, (struct pollfd *fds, nfds_t n, int timeout),
    (fds, n, timeout))
CANCEL_POINT(int, ppoll, (struct pollfd *fds, nfds_t n,
    const struct timespec *ts, const sigset_t *mask), (fds, n, ts, mask))
CANCEL_POINT(int, pselect, (int n, fd_set *restrict r, fd_set *restrict w,
    fd_set *restrict e, const struct timespec *restrict ts,
    const sigset_t *restrict mask), (n, r, w, e, ts, mask))
CANCEL_POINT(ssize_t, read, (int fd, void *buf, size_t n), (fd, buf, n))
CANCEL_POINT(ssize_t, readv, (int fd, const struct iovec *iov, int n),
    (fd, iov, n))
CANCEL_POINT(ssize_t, recvfrom, (int s, void *restrict buf, size_t n,
    int flags, struct sockaddr *restrict addr, socklen_t *restrict len),
    (s, buf, n, flags, addr, len))
CANCEL_POINT(ssize_t, recvmsg, (int s, struct msghdr *msg, int flags),
    (s, msg, flags))
CANCEL_POINT(int, select, (int n, fd_set *r, fd_set *w, fd_set *e,
    struct timeval *tv), (n, r, w, e, tv))
CANCEL_POINT(ssize_t, sendmsg, (int s, const struct msghdr *msg, int flags),
    (s, msg, flags))
CANCEL_POINT(ssize_t, sendto, (int s, const void *buf, size_t n, int flags,
    const struct sockaddr *addr, socklen_t len), (s, buf, n, flags, addr, len))
CANCEL_POINT(int, sigsuspend, (const sigset_t *mask), (mask))
CANCEL_POINT(int, sigtimedwait, (const sigset_t *restrict set,
    siginfo_t *restrict info, const struct timespec *restrict ts),
    (set, info, ts))
CANCEL_POINT(int, sigwaitinfo, (const sigset_t *restrict set,
    siginfo_t *restrict info), (set, info))
CANCEL_POINT(pid_t, wait4, (pid_t pid, int *status, int options,
    struct rusage *ru), (pid, status, options, ru))
CANCEL_POINT(pid_t, wait6, (idtype_t type, id_t id, int *status, int options,
    struct __wrusage *ru, siginfo_t *info),
    (type, id, status, options, ru, info))
CANCEL_POINT(ssize_t, write, (int fd, const void *buf, size_t n),
    (fd, buf, n))
CANCEL_POINT(ssize_t, writev, (int fd, const struct iovec *iov, int n),
    (fd, iov, n))

int	__sys_open(const char *, int, int);
int	__sys_openat(int, const char *, int, int);
int	__sys_fcntl(int, int, long);

int
open(const char *path, int flags, ...)
{
	struct pthread *cur = curthread_get();
	va_list ap;
	int mode, fd;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(ap, int) : 0;
	va_end(ap);
	cancel_enter(cur);
	fd = __sys_open(path, flags, mode);
	cancel_leave(cur);
	return (fd);
}

int
openat(int dirfd, const char *path, int flags, ...)
{
	struct pthread *cur = curthread_get();
	va_list ap;
	int mode, fd;

	va_start(ap, flags);
	mode = (flags & O_CREAT) != 0 ? va_arg(ap, int) : 0;
	va_end(ap);
	cancel_enter(cur);
	fd = __sys_openat(dirfd, path, flags, mode);
	cancel_leave(cur);
	return (fd);
}

/* Only waiting for a lock is a cancellation point. */
int
fcntl(int fd, int cmd, ...)
{
	struct pthread *cur = curthread_get();
	va_list ap;
	long arg;
	int rc;

	va_start(ap, cmd);
	arg = va_arg(ap, long);
	va_end(ap);
	if (cmd != F_SETLKW)
		return (__sys_fcntl(fd, cmd, arg));
	cancel_enter(cur);
	rc = __sys_fcntl(fd, cmd, arg);
	cancel_leave(cur);
	return (rc);
}
