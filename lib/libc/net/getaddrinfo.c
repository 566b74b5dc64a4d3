/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getaddrinfo(3) and getnameinfo(3), over the host and service look-ups.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <net/if.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	HOST_BUF	8192
#define	MAX_RESULTS	64

/* The socket types a request without one gets, in this order. */
static const struct {
	int		socktype, protocol;
	const char	*name;
} kinds[] = {
	{ SOCK_STREAM, IPPROTO_TCP, "tcp" },
	{ SOCK_DGRAM, IPPROTO_UDP, "udp" },
	{ SOCK_RAW, 0, NULL },
};

struct request {
	struct addrinfo	hints;
	const char	*service;
	struct addrinfo	*head, **tail;
	int		count;
	int		error;
};

const char *
gai_strerror(int error)
{
	static const char *const text[] = {
		"Success", "Address family for hostname not supported",
		"Temporary failure in name resolution",
		"Invalid value for ai_flags",
		"Non-recoverable failure in name resolution",
		"ai_family not supported", "Memory allocation failure",
		"No address associated with hostname",
		"hostname nor servname provided, or not known",
		"servname not supported for ai_socktype",
		"ai_socktype not supported",
		"System error returned in errno", "Invalid value for hints",
		"Resolved protocol is unknown", "Argument buffer overflow"
	};

	return (error >= 0 && error < EAI_MAX ? text[error] :
	    "Unknown error");
}

void
freeaddrinfo(struct addrinfo *ai)
{
	struct addrinfo *next;

	for (; ai != NULL; ai = next) {
		next = ai->ai_next;
		free(ai->ai_canonname);
		free(ai);
	}
}

/* The port in network order, -1 if the service is unknown. */
static int
find_port(const struct request *rq, int kind)
{
	struct servent s, *result;
	char buf[2048], *end;
	unsigned long v;

	if (rq->service == NULL)
		return (0);
	v = strtoul(rq->service, &end, 10);
	if (*rq->service != '\0' && *end == '\0')
		return (v <= 65535 ? htons((uint16_t)v) : -1);
	if ((rq->hints.ai_flags & AI_NUMERICSERV) != 0 ||
	    kinds[kind].name == NULL)
		return (-1);
	getservbyname_r(rq->service, kinds[kind].name, &s, buf, sizeof(buf),
	    &result);
	return (result != NULL ? result->s_port : -1);
}

static void
add_one(struct request *rq, int af, const void *addr, uint32_t scope,
    int kind, int port)
{
	struct sockaddr_in6 *s6;
	struct sockaddr_in *s4;
	struct addrinfo *ai;
	size_t len = af == AF_INET6 ? sizeof(*s6) : sizeof(*s4);

	if (rq->count == MAX_RESULTS)
		return;
	ai = calloc(1, sizeof(*ai) + len);
	if (ai == NULL) {
		rq->error = EAI_MEMORY;
		return;
	}
	ai->ai_family = af;
	ai->ai_socktype = kinds[kind].socktype;
	ai->ai_protocol = kinds[kind].protocol != 0 ? kinds[kind].protocol :
	    rq->hints.ai_protocol;
	ai->ai_addrlen = (socklen_t)len;
	ai->ai_addr = (struct sockaddr *)(ai + 1);
	ai->ai_addr->sa_family = (sa_family_t)af;
	ai->ai_addr->sa_len = (uint8_t)len;
	if (af == AF_INET6) {
		s6 = (struct sockaddr_in6 *)(void *)ai->ai_addr;
		memcpy(&s6->sin6_addr, addr, 16);
		s6->sin6_port = (in_port_t)port;
		s6->sin6_scope_id = scope;
	} else {
		s4 = (struct sockaddr_in *)(void *)ai->ai_addr;
		memcpy(&s4->sin_addr, addr, 4);
		s4->sin_port = (in_port_t)port;
	}
	*rq->tail = ai;
	rq->tail = &ai->ai_next;
	rq->count++;
}

/* One result for each socket type that fits. */
static void
add_address(struct request *rq, int af, const void *addr, uint32_t scope)
{
	const struct addrinfo *h = &rq->hints;
	int i, port;
	bool known = false;

	if (h->ai_family != AF_UNSPEC && h->ai_family != af)
		return;
	for (i = 0; i < 3 && rq->error == 0; i++) {
		if (h->ai_socktype != 0 && h->ai_socktype !=
		    kinds[i].socktype)
			continue;
		if (h->ai_protocol != 0 && kinds[i].protocol != 0 &&
		    h->ai_protocol != kinds[i].protocol)
			continue;
		if (h->ai_socktype == 0 && kinds[i].socktype == SOCK_RAW &&
		    rq->service != NULL)
			continue;
		port = find_port(rq, i);
		if (port < 0)
			continue;
		known = true;
		add_one(rq, af, addr, scope, i, port);
	}
	if (!known && rq->count == 0 && rq->error == 0)
		rq->error = EAI_SERVICE;
}

static void
add_local(struct request *rq)
{
	static const unsigned char any6[16], loop6[16] = { [15] = 1 };
	struct in_addr a4;
	bool passive = (rq->hints.ai_flags & AI_PASSIVE) != 0;

	add_address(rq, AF_INET6, passive ? any6 : loop6, 0);
	a4.s_addr = htonl(passive ? INADDR_ANY : INADDR_LOOPBACK);
	rq->error = rq->count > 0 ? 0 : rq->error;
	add_address(rq, AF_INET, &a4, 0);
}

/* True if the name is an address, "%scope" included. */
static bool
add_numeric(struct request *rq, const char *name)
{
	char text[128], *percent;
	unsigned char addr[16];
	struct in_addr a4;
	uint32_t scope = 0;

	if (inet_aton(name, &a4)) {
		add_address(rq, AF_INET, &a4, 0);
		return (true);
	}
	if (strlcpy(text, name, sizeof(text)) >= sizeof(text))
		return (false);
	percent = strchr(text, '%');
	if (percent != NULL) {
		*percent++ = '\0';
		scope = (uint32_t)strtoul(percent, NULL, 10);
	}
	if (inet_pton(AF_INET6, text, addr) != 1)
		return (false);
	add_address(rq, AF_INET6, addr, scope);
	return (true);
}

static void
add_named(struct request *rq, const char *name)
{
	static const int families[] = { AF_INET6, AF_INET };
	struct hostent h, *result;
	char *buf, **addr;
	int i, herr = 0;

	buf = malloc(HOST_BUF);
	if (buf == NULL) {
		rq->error = EAI_MEMORY;
		return;
	}
	for (i = 0; i < 2; i++) {
		if (rq->hints.ai_family != AF_UNSPEC &&
		    rq->hints.ai_family != families[i])
			continue;
		gethostbyname2_r(name, families[i], &h, buf, HOST_BUF,
		    &result, &herr);
		if (result == NULL)
			continue;
		for (addr = h.h_addr_list; *addr != NULL; addr++)
			add_address(rq, families[i], *addr, 0);
		if (rq->head != NULL && rq->head->ai_canonname == NULL &&
		    (rq->hints.ai_flags & AI_CANONNAME) != 0)
			rq->head->ai_canonname = strdup(h.h_name);
	}
	free(buf);
	if (rq->count == 0 && rq->error == 0)
		rq->error = herr == TRY_AGAIN ? EAI_AGAIN : EAI_NONAME;
}

static int
check_hints(const struct addrinfo *h)
{
	if (h->ai_addrlen != 0 || h->ai_canonname != NULL ||
	    h->ai_addr != NULL || h->ai_next != NULL)
		return (EAI_BADHINTS);
	if (h->ai_family != AF_UNSPEC && h->ai_family != AF_INET &&
	    h->ai_family != AF_INET6)
		return (EAI_FAMILY);
	if (h->ai_socktype != 0 && h->ai_socktype != SOCK_STREAM &&
	    h->ai_socktype != SOCK_DGRAM && h->ai_socktype != SOCK_RAW)
		return (EAI_SOCKTYPE);
	return (0);
}

int
getaddrinfo(const char *__restrict name, const char *__restrict service,
    const struct addrinfo *__restrict hints, struct addrinfo **__restrict res)
{
	struct request rq;
	int error;

	memset(&rq, 0, sizeof(rq));
	rq.tail = &rq.head;
	rq.service = service;
	if (name == NULL && service == NULL)
		return (EAI_NONAME);
	if (hints != NULL) {
		error = check_hints(hints);
		if (error != 0)
			return (error);
		rq.hints = *hints;
	}
	if (name == NULL)
		add_local(&rq);
	else if (!add_numeric(&rq, name)) {
		if (rq.hints.ai_flags & AI_NUMERICHOST)
			rq.error = EAI_NONAME;
		else
			add_named(&rq, name);
	} else if (rq.count == 0 && rq.error == 0)
		rq.error = EAI_ADDRFAMILY;
	if (rq.error != 0) {
		freeaddrinfo(rq.head);
		return (rq.error);
	}
	if (rq.head != NULL && (rq.hints.ai_flags & AI_CANONNAME) != 0 &&
	    rq.head->ai_canonname == NULL && name != NULL)
		rq.head->ai_canonname = strdup(name);
	*res = rq.head;
	return (rq.head != NULL ? 0 : EAI_NONAME);
}

static int
service_name(int port, int flags, char *serv, size_t size)
{
	struct servent s, *result = NULL;
	char buf[2048];

	if ((flags & NI_NUMERICSERV) == 0)
		getservbyport_r(port, flags & NI_DGRAM ? "udp" : "tcp", &s,
		    buf, sizeof(buf), &result);
	if (result != NULL)
		return (strlcpy(serv, s.s_name, size) >= size ? EAI_MEMORY :
		    0);
	return ((size_t)snprintf(serv, size, "%u", ntohs((uint16_t)port)) >=
	    size ? EAI_MEMORY : 0);
}

static int
host_name(int af, const void *addr, socklen_t len, uint32_t scope, int flags,
    char *host, size_t size)
{
	struct hostent h, *result = NULL;
	char text[INET6_ADDRSTRLEN + 16], *buf;
	int herr, r = -1;

	if ((flags & NI_NUMERICHOST) == 0 && (buf = malloc(HOST_BUF)) !=
	    NULL) {
		gethostbyaddr_r(addr, len, af, &h, buf, HOST_BUF, &result,
		    &herr);
		if (result != NULL)
			r = strlcpy(host, h.h_name, size) >= size ?
			    EAI_MEMORY : 0;
		free(buf);
	}
	if (r >= 0)
		return (r);
	if (flags & NI_NAMEREQD)
		return (EAI_NONAME);
	if (inet_ntop(af, addr, text, sizeof(text)) == NULL)
		return (EAI_SYSTEM);
	if (scope != 0)
		snprintf(text + strlen(text), 16, "%%%u", scope);
	return (strlcpy(host, text, size) >= size ? EAI_MEMORY : 0);
}

int
getnameinfo(const struct sockaddr *__restrict sa, socklen_t salen,
    char *__restrict host, socklen_t hostlen, char *__restrict serv,
    socklen_t servlen, int flags)
{
	const struct sockaddr_in6 *s6 = (const void *)sa;
	const struct sockaddr_in *s4 = (const void *)sa;
	const void *addr;
	uint32_t scope = 0;
	socklen_t len;
	int port, r;

	if (sa == NULL)
		return (EAI_FAIL);
	if (sa->sa_family == AF_INET && salen >= sizeof(*s4)) {
		addr = &s4->sin_addr;
		len = 4;
		port = s4->sin_port;
	} else if (sa->sa_family == AF_INET6 && salen >= sizeof(*s6)) {
		addr = &s6->sin6_addr;
		len = 16;
		port = s6->sin6_port;
		scope = s6->sin6_scope_id;
	} else
		return (EAI_FAMILY);
	if ((host == NULL || hostlen == 0) && (serv == NULL || servlen == 0))
		return (EAI_NONAME);
	if (serv != NULL && servlen > 0) {
		r = service_name(port, flags, serv, servlen);
		if (r != 0)
			return (r);
	}
	if (host == NULL || hostlen == 0)
		return (0);
	return (host_name(sa->sa_family, addr, len, scope, flags, host,
	    hostlen));
}
