/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The source "dns" of database "hosts".
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <nsswitch.h>
#include <resolv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../net/hosts.h"

#define	ANSWER_SIZE	65535
#define	ARPA_NAME	80

/* The arguments behind the key. */
struct result {
	struct hostent	*h;
	char		*buf;
	size_t		size;
	int		*errnop, *h_errnop;
};

static void
get_result(struct result *r, va_list ap)
{
	r->h = va_arg(ap, struct hostent *);
	r->buf = va_arg(ap, char *);
	r->size = va_arg(ap, size_t);
	r->errnop = va_arg(ap, int *);
	r->h_errnop = va_arg(ap, int *);
}

static int
failure(const struct result *r, int herr)
{
	*r->h_errnop = herr;
	switch (herr) {
	case HOST_NOT_FOUND:
	case NO_DATA:
		return (NS_NOTFOUND);
	case TRY_AGAIN:
		return (NS_TRYAGAIN);
	default:
		*r->errnop = errno;
		return (NS_UNAVAIL);
	}
}

/*
 * Follows the answer from the name asked for over its aliases to records of
 * the type: addresses are added, names of addresses become the host's.
 */
static void
read_answer(struct host_layout *l, ns_msg *m, int type, size_t len)
{
	char want[NS_MAXDNAME], name[NS_MAXDNAME];
	bool named = false;
	ns_rr rr;
	int i;

	if (ns_parserr(m, ns_s_qd, 0, &rr) != 0)
		return;
	strlcpy(want, rr.name, sizeof(want));
	for (i = 0; i < ns_msg_count(*m, ns_s_an); i++) {
		if (ns_parserr(m, ns_s_an, i, &rr) != 0)
			return;
		if (rr.rr_class != ns_c_in || ns_samename(rr.name, want) != 1)
			continue;
		if (rr.type == ns_t_cname) {
			if (dn_expand(ns_msg_base(*m), ns_msg_end(*m),
			    rr.rdata, name, sizeof(name)) < 0)
				return;
			strlcpy(want, name, sizeof(want));
		} else if (rr.type == type && type == ns_t_ptr) {
			if (dn_expand(ns_msg_base(*m), ns_msg_end(*m),
			    rr.rdata, name, sizeof(name)) > 0 &&
			    res_hnok(name))
				__host_add_name(l, name);
		} else if (rr.type == type && rr.rdlength == len) {
			if (!named && res_hnok(want))
				__host_add_name(l, want);
			named = true;
			__host_add_addr(l, rr.rdata);
		}
	}
}

/* The aliases come behind the host's own name. */
static void
add_aliases(struct host_layout *l, ns_msg *m)
{
	ns_rr rr;
	int i;

	for (i = 0; i < ns_msg_count(*m, ns_s_an); i++) {
		if (ns_parserr(m, ns_s_an, i, &rr) == 0 &&
		    rr.type == ns_t_cname && res_hnok(rr.name))
			__host_add_name(l, rr.name);
	}
}

static int
ask(const struct host_key *k, const char *name, int type, bool search,
    const struct result *r)
{
	unsigned char *answer = malloc(ANSWER_SIZE);
	struct host_layout l;
	int n, status = NS_NOTFOUND;
	ns_msg m;

	if (answer == NULL) {
		*r->errnop = errno;
		*r->h_errnop = NETDB_INTERNAL;
		return (NS_UNAVAIL);
	}
	n = search ? res_search(name, ns_c_in, type, answer, ANSWER_SIZE) :
	    res_query(name, ns_c_in, type, answer, ANSWER_SIZE);
	if (n < 0) {
		free(answer);
		return (failure(r, _res.res_h_errno));
	}
	*r->h_errnop = NO_RECOVERY;
	if (ns_initparse(answer, n, &m) == 0 &&
	    __host_begin(&l, r->h, r->buf, r->size, k)) {
		read_answer(&l, &m, type, k->len);
		if (k->addr == NULL)
			add_aliases(&l, &m);
		else if (r->h->h_name != NULL)
			__host_add_addr(&l, k->addr);
	} else
		l.full = r->size < 1024;
	if (l.full) {
		*r->errnop = ERANGE;
		*r->h_errnop = NETDB_INTERNAL;
		status = NS_RETURN;
	} else if (l.naddrs > 0 && r->h->h_name != NULL)
		status = NS_SUCCESS;
	else
		*r->h_errnop = NO_DATA;
	free(answer);
	return (status);
}

int
__dns_byname(void *retval, void *mdata, va_list ap)
{
	struct host_key k = { .name = va_arg(ap, const char *) };
	struct result r;
	int status;

	k.af = va_arg(ap, int);
	k.len = k.af == AF_INET6 ? 16 : 4;
	get_result(&r, ap);
	status = ask(&k, k.name, k.af == AF_INET6 ? ns_t_aaaa : ns_t_a, true,
	    &r);
	if (status == NS_SUCCESS)
		*(struct hostent **)retval = r.h;
	return (status);
}

/* "4.3.2.1.in-addr.arpa", or nibbles below ip6.arpa. */
static void
arpa_name(const struct host_key *k, char name[ARPA_NAME])
{
	const unsigned char *a = k->addr;
	char *p = name;
	int i;

	if (k->af == AF_INET) {
		snprintf(name, ARPA_NAME, "%u.%u.%u.%u.in-addr.arpa", a[3],
		    a[2], a[1], a[0]);
		return;
	}
	for (i = 15; i >= 0; i--)
		p += sprintf(p, "%x.%x.", a[i] & 15, a[i] >> 4);
	strcpy(p, "ip6.arpa");
}

int
__dns_byaddr(void *retval, void *mdata, va_list ap)
{
	struct host_key k = { .addr = va_arg(ap, const void *) };
	char name[ARPA_NAME];
	struct result r;
	int status;

	k.len = va_arg(ap, socklen_t);
	k.af = va_arg(ap, int);
	get_result(&r, ap);
	arpa_name(&k, name);
	status = ask(&k, name, ns_t_ptr, false, &r);
	if (status == NS_SUCCESS)
		*(struct hostent **)retval = r.h;
	return (status);
}
