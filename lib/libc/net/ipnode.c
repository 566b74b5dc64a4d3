/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getipnodebyname(3), getipnodebyaddr(3): look-ups whose results the caller
 * frees, with IPv4 addresses mapped into IPv6 on request (RFC 2553).
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#define	BUF_SIZE	16384

/* The result and its strings are one allocation. */
struct node {
	struct hostent	h;
	char		buf[BUF_SIZE];
};

void
freehostent(struct hostent *h)
{
	free(h);
}

/* Rewrites the addresses as ::ffff:a.b.c.d, behind what the buffer has. */
static int
map_addresses(struct node *n)
{
	static const unsigned char prefix[12] = { [10] = 0xff, [11] = 0xff };
	size_t count = 0, i;
	char *p;

	while (n->h.h_addr_list[count] != NULL)
		count++;
	p = n->buf + BUF_SIZE - 16 * count;
	if (count > 32)
		return (-1);
	for (i = 0; i < count; i++, p += 16) {
		memcpy(p, prefix, sizeof(prefix));
		memcpy(p + 12, n->h.h_addr_list[i], 4);
		n->h.h_addr_list[i] = p;
	}
	n->h.h_addrtype = AF_INET6;
	n->h.h_length = 16;
	return (0);
}

struct hostent *
getipnodebyname(const char *name, int af, int flags, int *error)
{
	struct hostent *result = NULL;
	struct node *n;

	n = calloc(1, sizeof(*n));
	if (n == NULL) {
		*error = NETDB_INTERNAL;
		return (NULL);
	}
	/* The last 512 bytes are for mapped addresses. */
	gethostbyname2_r(name, af, &n->h, n->buf, BUF_SIZE - 512, &result,
	    error);
	if (result == NULL && af == AF_INET6 && (flags & AI_V4MAPPED)) {
		gethostbyname2_r(name, AF_INET, &n->h, n->buf,
		    BUF_SIZE - 512, &result, error);
		if (result != NULL && map_addresses(n) != 0) {
			result = NULL;
			*error = NO_RECOVERY;
		}
	}
	if (result == NULL)
		free(n);
	return (result);
}

struct hostent *
getipnodebyaddr(const void *addr, size_t len, int af, int *error)
{
	const unsigned char *p = addr;
	struct hostent *result = NULL;
	struct node *n;

	n = calloc(1, sizeof(*n));
	if (n == NULL) {
		*error = NETDB_INTERNAL;
		return (NULL);
	}
	if (af == AF_INET6 && len == 16 &&
	    IN6_IS_ADDR_V4MAPPED((const struct in6_addr *)addr)) {
		p += 12;
		len = 4;
		af = AF_INET;
	}
	gethostbyaddr_r(p, (socklen_t)len, af, &n->h, n->buf, BUF_SIZE,
	    &result, error);
	if (result == NULL)
		free(n);
	return (result);
}
