/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses of the interfaces.
 */
#ifndef _IFADDRS_H_
#define _IFADDRS_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct sockaddr;

struct ifaddrs {
	struct ifaddrs	*ifa_next;
	char		*ifa_name;
	unsigned int	ifa_flags;	/* IFF_* */
	struct sockaddr	*ifa_addr;
	struct sockaddr	*ifa_netmask;
	struct sockaddr	*ifa_dstaddr;
	void		*ifa_data;	/* struct if_data, of AF_LINK */
	unsigned int	ifa_addrflags;	/* IN6_IFF_*, of AF_INET6 */
};

#ifndef ifa_broadaddr
#define ifa_broadaddr	ifa_dstaddr
#endif

__BEGIN_DECLS
void	freeifaddrs(struct ifaddrs *);
int	getifaddrs(struct ifaddrs **);
__END_DECLS

#endif /* !_IFADDRS_H_ */
