/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Internet addresses as text, and byte order.
 */
#ifndef _ARPA_INET_H_
#define _ARPA_INET_H_

#include <sys/cdefs.h>
#include <machine/endian.h>
#include <machine/stdint.h>

#define INET_ADDRSTRLEN		16
#define INET6_ADDRSTRLEN	46

#ifndef _UINT16_T_DECLARED
#define _UINT16_T_DECLARED
typedef __uint16_t	uint16_t;
#endif
#ifndef _UINT32_T_DECLARED
#define _UINT32_T_DECLARED
typedef __uint32_t	uint32_t;
#endif
#ifndef _IN_ADDR_T_DECLARED
#define _IN_ADDR_T_DECLARED
typedef uint32_t	in_addr_t;
#endif
#ifndef _IN_PORT_T_DECLARED
#define _IN_PORT_T_DECLARED
typedef uint16_t	in_port_t;
#endif
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#ifndef _SOCKLEN_T_DECLARED
#define _SOCKLEN_T_DECLARED
typedef __socklen_t	socklen_t;
#endif
#ifndef _STRUCT_IN_ADDR_DECLARED
#define _STRUCT_IN_ADDR_DECLARED
struct in_addr {
	in_addr_t	s_addr;
};
#endif

/* The library knows these by their inner names. */
#define inet_addr		__inet_addr
#define inet_aton		__inet_aton
#define inet_lnaof		__inet_lnaof
#define inet_makeaddr		__inet_makeaddr
#define inet_neta		__inet_neta
#define inet_netof		__inet_netof
#define inet_network		__inet_network
#define inet_net_ntop		__inet_net_ntop
#define inet_net_pton		__inet_net_pton
#define inet_cidr_ntop		__inet_cidr_ntop
#define inet_cidr_pton		__inet_cidr_pton
#define inet_ntoa		__inet_ntoa
#define inet_ntoa_r		__inet_ntoa_r
#define inet_ntop		__inet_ntop
#define inet_pton		__inet_pton
#define inet_nsap_addr		__inet_nsap_addr
#define inet_nsap_ntoa		__inet_nsap_ntoa

__BEGIN_DECLS
#ifndef _BYTEORDER_FUNC_DEFINED
#define _BYTEORDER_FUNC_DEFINED
uint32_t	htonl(uint32_t);
uint16_t	htons(uint16_t);
uint32_t	ntohl(uint32_t);
uint16_t	ntohs(uint16_t);
#define htonl(x)	__htonl(x)
#define htons(x)	__htons(x)
#define ntohl(x)	__ntohl(x)
#define ntohs(x)	__ntohs(x)
#endif
in_addr_t	inet_addr(const char *);
char		*inet_ntoa(struct in_addr);
const char	*inet_ntop(int, const void *__restrict, char *__restrict,
		    socklen_t);
int		inet_pton(int, const char *__restrict, void *__restrict);
#if __BSD_VISIBLE
int		inet_aton(const char *, struct in_addr *);
in_addr_t	inet_lnaof(struct in_addr);
struct in_addr	inet_makeaddr(in_addr_t, in_addr_t);
char		*inet_neta(in_addr_t, char *, size_t);
in_addr_t	inet_netof(struct in_addr);
in_addr_t	inet_network(const char *);
char		*inet_net_ntop(int, const void *, int, char *, size_t);
int		inet_net_pton(int, const char *, void *, size_t);
char		*inet_ntoa_r(struct in_addr, char *, socklen_t);
char		*inet_cidr_ntop(int, const void *, int, char *, size_t);
int		inet_cidr_pton(int, const char *, void *, int *);
unsigned	inet_nsap_addr(const char *, unsigned char *, int);
char		*inet_nsap_ntoa(int, const unsigned char *, char *);
#endif
__END_DECLS

#endif /* !_ARPA_INET_H_ */
