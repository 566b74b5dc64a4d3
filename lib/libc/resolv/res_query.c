/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions: made, asked, and asked again with the domains of the search
 * list.
 */
#include <sys/types.h>
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define	QUERY_SIZE	(NS_HFIXEDSZ + NS_QFIXEDSZ + NS_MAXCDNAME + 1 + 11)
#define	EDNS_SIZE	1232	/* datagrams that are not fragmented */

/* An OPT record that says how large answers may be (RFC 6891). */
static unsigned char *
put_opt(unsigned char *p)
{
	*p++ = 0;
	NS_PUT16(ns_t_opt, p);
	NS_PUT16(EDNS_SIZE, p);
	NS_PUT32(0, p);
	NS_PUT16(0, p);
	return (p);
}

/* A message with one question.  Its length, or -1. */
int
res_nmkquery(res_state st, int op, const char *name, int class, int type,
    const unsigned char *data, int datalen, const unsigned char *newrr,
    unsigned char *buf, int size)
{
	bool edns = (st->options & RES_USE_EDNS0) != 0;
	unsigned char *p = buf + NS_HFIXEDSZ;
	int n;

	if (op != ns_o_query || size < NS_HFIXEDSZ + NS_QFIXEDSZ + 12) {
		errno = op != ns_o_query ? EOPNOTSUPP : EMSGSIZE;
		return (-1);
	}
	memset(buf, 0, NS_HFIXEDSZ);
	st->id = (unsigned short)res_randomid();
	ns_put16(st->id, buf);
	if (st->options & RES_RECURSE)
		buf[2] = 1;
	ns_put16(1, buf + 4);
	n = ns_name_compress(name, p, (size_t)(size - NS_HFIXEDSZ -
	    NS_QFIXEDSZ - (edns ? 11 : 0)), NULL, NULL);
	if (n < 0)
		return (-1);
	p += n;
	NS_PUT16(type, p);
	NS_PUT16(class, p);
	if (edns) {
		p = put_opt(p);
		ns_put16(1, buf + 10);
	}
	return ((int)(p - buf));
}

static int
fail(res_state st, int herr)
{
	st->res_h_errno = herr;
	*__h_errno() = herr;
	return (-1);
}

/* Asks one question.  The length of the answer, or -1 with h_errno set. */
int
res_nquery(res_state st, const char *name, int class, int type,
    unsigned char *answer, int size)
{
	unsigned char query[QUERY_SIZE];
	int n, rcode;

	if ((st->options & RES_INIT) == 0 && res_ninit(st) != 0)
		return (fail(st, NETDB_INTERNAL));
	n = res_nmkquery(st, ns_o_query, name, class, type, NULL, 0, NULL,
	    query, sizeof(query));
	if (n < 0)
		return (fail(st, NO_RECOVERY));
	n = res_nsend(st, query, n, answer, size);
	if (n < NS_HFIXEDSZ)
		return (fail(st, TRY_AGAIN));
	rcode = answer[3] & 15;
	if (rcode == ns_r_noerror && ns_get16(answer + 6) > 0)
		return (n);
	switch (rcode) {
	case ns_r_nxdomain:
		return (fail(st, HOST_NOT_FOUND));
	case ns_r_servfail:
		return (fail(st, TRY_AGAIN));
	case ns_r_noerror:
		return (fail(st, NO_DATA));
	default:
		return (fail(st, NO_RECOVERY));
	}
}

int
res_nquerydomain(res_state st, const char *name, const char *domain,
    int class, int type, unsigned char *answer, int size)
{
	char full[NS_MAXDNAME];
	int n;

	if (domain == NULL)
		n = snprintf(full, sizeof(full), "%s", name);
	else
		n = snprintf(full, sizeof(full), "%s.%s", name, domain);
	if (n >= (int)sizeof(full))
		return (fail(st, NO_RECOVERY));
	return (res_nquery(st, full, class, type, answer, size));
}

/*
 * Asks for a name as it is and within the search list: first as it is if it
 * has enough dots.  A name that ends in a dot is complete.
 */
int
res_nsearch(res_state st, const char *name, int class, int type,
    unsigned char *answer, int size)
{
	size_t len = strlen(name), i;
	bool no_data = false, again = false, tried = false;
	unsigned int dots = 0;
	char **d;
	int n;

	if ((st->options & RES_INIT) == 0 && res_ninit(st) != 0)
		return (fail(st, NETDB_INTERNAL));
	for (i = 0; i < len; i++)
		dots += name[i] == '.';
	if (len > 0 && name[len - 1] == '.')
		return (res_nquery(st, name, class, type, answer, size));
	if (dots >= st->ndots) {
		n = res_nquerydomain(st, name, NULL, class, type, answer,
		    size);
		if (n > 0)
			return (n);
		tried = true;
		no_data = st->res_h_errno == NO_DATA;
		again = st->res_h_errno == TRY_AGAIN;
	}
	if ((dots == 0 && (st->options & RES_DEFNAMES)) ||
	    (dots > 0 && (st->options & RES_DNSRCH))) {
		for (d = st->dnsrch; *d != NULL; d++) {
			n = res_nquerydomain(st, name, *d, class, type,
			    answer, size);
			if (n > 0)
				return (n);
			no_data |= st->res_h_errno == NO_DATA;
			again |= st->res_h_errno == TRY_AGAIN;
			if (st->res_h_errno != HOST_NOT_FOUND &&
			    st->res_h_errno != NO_DATA &&
			    st->res_h_errno != TRY_AGAIN)
				break;
		}
	}
	if (!tried && (dots > 0 || (st->options & RES_NOTLDQUERY) == 0)) {
		n = res_nquerydomain(st, name, NULL, class, type, answer,
		    size);
		if (n > 0)
			return (n);
	}
	if (no_data)
		return (fail(st, NO_DATA));
	if (again)
		return (fail(st, TRY_AGAIN));
	return (-1);
}

int
res_mkquery(int op, const char *name, int class, int type,
    const unsigned char *data, int datalen, const unsigned char *newrr,
    unsigned char *buf, int size)
{
	if ((_res.options & RES_INIT) == 0 && res_init() != 0)
		return (-1);
	return (res_nmkquery(&_res, op, name, class, type, data, datalen,
	    newrr, buf, size));
}

int
res_query(const char *name, int class, int type, unsigned char *answer,
    int size)
{
	return (res_nquery(&_res, name, class, type, answer, size));
}

int
res_querydomain(const char *name, const char *domain, int class, int type,
    unsigned char *answer, int size)
{
	if ((_res.options & RES_INIT) == 0 && res_init() != 0)
		return (-1);
	return (res_nquerydomain(&_res, name, domain, class, type, answer,
	    size));
}

int
res_search(const char *name, int class, int type, unsigned char *answer,
    int size)
{
	return (res_nsearch(&_res, name, class, type, answer, size));
}
