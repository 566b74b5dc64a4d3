/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * send(2) and recv(2): the forms without an address.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <stddef.h>

ssize_t
send(int s, const void *buf, size_t n, int flags)
{
	return (sendto(s, buf, n, flags, NULL, 0));
}

ssize_t
recv(int s, void *buf, size_t n, int flags)
{
	return (recvfrom(s, buf, n, flags, NULL, NULL));
}
