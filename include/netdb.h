/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of hosts, services, protocols and networks.
 */
#ifndef _NETDB_H_
#define _NETDB_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#ifndef _IN_ADDR_T_DECLARED
#define _IN_ADDR_T_DECLARED
typedef uint32_t	in_addr_t;
#endif
#ifndef _IN_PORT_T_DECLARED
#define _IN_PORT_T_DECLARED
typedef uint16_t	in_port_t;
#endif
#ifndef _SOCKLEN_T_DECLARED
#define _SOCKLEN_T_DECLARED
typedef __socklen_t	socklen_t;
#endif

#define NETDB_INTERNAL	(-1)
#define NETDB_SUCCESS	0
#define HOST_NOT_FOUND	1

#define TRY_AGAIN	2

#define NO_RECOVERY	3
#define NO_DATA		4
#define NO_ADDRESS	4

#define EAI_ADDRFAMILY	1
#define EAI_AGAIN	2
#define EAI_BADFLAGS	3
#define EAI_FAIL	4
#define EAI_FAMILY	5
#define EAI_MEMORY	6
#define EAI_NODATA	7
#define EAI_NONAME	8
#define EAI_SERVICE	9
#define EAI_SOCKTYPE	10
#define EAI_SYSTEM	11
#define EAI_BADHINTS	12
#define EAI_PROTOCOL	13
#define EAI_OVERFLOW	14
#define EAI_MAX		15

#define AI_PASSIVE	0x0001
#define AI_CANONNAME	0x0002
#define AI_NUMERICHOST	0x0004
#define AI_NUMERICSERV	0x0008
#define AI_MASK		0x040f
#define AI_ALL		0x0100
#define AI_V4MAPPED_CFG	0x0200
#define AI_ADDRCONFIG	0x0400
#define AI_V4MAPPED	0x0800
#define AI_DEFAULT	0x0600

#define NI_MAXHOST	0x0401
#define NI_MAXSERV	0x0020
#define NI_NOFQDN	0x0001
#define NI_NUMERICHOST	0x0002
#define NI_NAMEREQD	0x0004
#define NI_NUMERICSERV	0x0008
#define NI_DGRAM	0x0010
#define NI_WITHSCOPEID	0x0020
#define NI_NUMERICSCOPE	0x0040

#define SCOPE_DELIMITER	37

#define _PATH_HEQUIV	"/etc/hosts.equiv"
#define _PATH_HOSTS	"/etc/hosts"
#define _PATH_NETWORKS	"/etc/networks"
#define _PATH_PROTOCOLS	"/etc/protocols"
#define _PATH_SERVICES	"/etc/services"

struct hostent {
	char	*h_name;
	char	**h_aliases;
	int	h_addrtype;
	int	h_length;
	char	**h_addr_list;
};

struct netent {
	char	*n_name;
	char	**n_aliases;
	int	n_addrtype;
	uint32_t n_net;
};

struct servent {
	char	*s_name;
	char	**s_aliases;
	int	s_port;
	char	*s_proto;
};

struct protoent {
	char	*p_name;
	char	**p_aliases;
	int	p_proto;
};

struct addrinfo {
	int	ai_flags;
	int	ai_family;
	int	ai_socktype;
	int	ai_protocol;
	socklen_t ai_addrlen;
	char	*ai_canonname;
	struct sockaddr *ai_addr;
	struct addrinfo *ai_next;
};
#define h_addr		h_addr_list[0]
#define h_errno		(*__h_errno())

struct sockaddr;

__BEGIN_DECLS
int	*__h_errno(void);
void	endhostent(void);
void	endnetent(void);
void	endprotoent(void);
void	endservent(void);
void	freeaddrinfo(struct addrinfo *);
const char *gai_strerror(int);
int	getaddrinfo(const char *__restrict, const char *__restrict,
	    const struct addrinfo *__restrict, struct addrinfo **__restrict);
struct hostent *gethostbyaddr(const void *, socklen_t, int);
struct hostent *gethostbyname(const char *);
struct hostent *gethostent(void);
int	getnameinfo(const struct sockaddr *__restrict, socklen_t,
	    char *__restrict, socklen_t, char *__restrict, socklen_t, int);
struct netent *getnetbyaddr(uint32_t, int);
struct netent *getnetbyname(const char *);
struct netent *getnetent(void);
struct protoent *getprotobyname(const char *);
struct protoent *getprotobynumber(int);
struct protoent *getprotoent(void);
struct servent *getservbyname(const char *, const char *);
struct servent *getservbyport(int, const char *);
struct servent *getservent(void);
void	sethostent(int);
void	setnetent(int);
void	setprotoent(int);
void	setservent(int);
#if __BSD_VISIBLE
void	endnetgrent(void);
void	freehostent(struct hostent *);
int	gethostbyaddr_r(const void *, socklen_t, int, struct hostent *,
	    char *, size_t, struct hostent **, int *);
int	gethostbyname_r(const char *, struct hostent *, char *, size_t,
	    struct hostent **, int *);
struct hostent *gethostbyname2(const char *, int);
int	gethostbyname2_r(const char *, int, struct hostent *, char *, size_t,
	    struct hostent **, int *);
int	gethostent_r(struct hostent *, char *, size_t, struct hostent **,
	    int *);
struct hostent *getipnodebyaddr(const void *, size_t, int, int *);
struct hostent *getipnodebyname(const char *, int, int, int *);
int	getnetbyaddr_r(uint32_t, int, struct netent *, char *, size_t,
	    struct netent **, int *);
int	getnetbyname_r(const char *, struct netent *, char *, size_t,
	    struct netent **, int *);
int	getnetent_r(struct netent *, char *, size_t, struct netent **, int *);
int	getnetgrent(char **, char **, char **);
int	getprotobyname_r(const char *, struct protoent *, char *, size_t,
	    struct protoent **);
int	getprotobynumber_r(int, struct protoent *, char *, size_t,
	    struct protoent **);
int	getprotoent_r(struct protoent *, char *, size_t, struct protoent **);
int	getservbyname_r(const char *, const char *, struct servent *, char *,
	    size_t, struct servent **);
int	getservbyport_r(int, const char *, struct servent *, char *, size_t,
	    struct servent **);
int	getservent_r(struct servent *, char *, size_t, struct servent **);
void	herror(const char *);
const char *hstrerror(int);
int	innetgr(const char *, const char *, const char *, const char *);
void	setnetgrent(const char *);
#endif
__END_DECLS

#endif /* !_NETDB_H_ */
