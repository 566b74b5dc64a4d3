/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Socket calls in terms of others.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/ucred.h>
#include <sys/un.h>
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

ssize_t
send(int s, const void *buf, size_t len, int flags)
{
	return (sendto(s, buf, len, flags, NULL, 0));
}

ssize_t
recv(int s, void *buf, size_t len, int flags)
{
	return (recvfrom(s, buf, len, flags, NULL, NULL));
}

int
sockatmark(int s)
{
	int mark;

	return (ioctl(s, SIOCATMARK, &mark) < 0 ? -1 : mark);
}

/* Who is at the other end of a local socket. */
int
getpeereid(int s, uid_t *uid, gid_t *gid)
{
	struct xucred cred;
	socklen_t len = sizeof(cred);

	if (getsockopt(s, 0, LOCAL_PEERCRED, &cred, &len) != 0)
		return (-1);
	if (cred.cr_version != XUCRED_VERSION) {
		errno = EINVAL;
		return (-1);
	}
	*uid = cred.cr_uid;
	*gid = cred.cr_gid;
	return (0);
}
