/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The DNS resolver: resolver(3).
 */
#ifndef _RESOLV_H_
#define _RESOLV_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/nameser.h>

#define __RES		20030124

#define _PATH_RESCONF	"/etc/resolv.conf"

#define MAXNS		3	/* servers */
#define MAXDFLSRCH	3
#define MAXDNSRCH	6	/* domains to search */
#define MAXRESOLVSORT	10

#define RES_TIMEOUT	5	/* s */
#define RES_DFLRETRY	2
#define RES_MAXNDOTS	15
#define RES_MAXRETRANS	30
#define RES_MAXRETRY	5

/* Options. */
#define RES_INIT	0x00000001	/* the state has been set up */
#define RES_DEBUG	0x00000002
#define RES_AAONLY	0x00000004
#define RES_USEVC	0x00000008	/* always by TCP */
#define RES_PRIMARY	0x00000010
#define RES_IGNTC	0x00000020	/* take truncated answers as they are */
#define RES_RECURSE	0x00000040
#define RES_DEFNAMES	0x00000080	/* complete names without a dot */
#define RES_STAYOPEN	0x00000100
#define RES_DNSRCH	0x00000200	/* search the domains of the list */
#define RES_INSECURE1	0x00000400
#define RES_INSECURE2	0x00000800
#define RES_NOALIASES	0x00001000
#define RES_USE_INET6	0x00002000
#define RES_ROTATE	0x00004000
#define RES_NOCHECKNAME	0x00008000
#define RES_KEEPTSIG	0x00010000
#define RES_BLAST	0x00020000
#define RES_NOTLDQUERY	0x00100000
#define RES_USE_DNSSEC	0x00200000
#define RES_USE_EDNS0	0x40000000
#define RES_NO_NIBBLE2	0x80000000	/* no effect: nobody asks below ip6.int */
#define RES_DEFAULT	(RES_RECURSE | RES_DEFNAMES | RES_DNSRCH | \
			 RES_NO_NIBBLE2)

/* Called around the sending of a query; this resolver calls none. */
typedef enum {
	res_goahead, res_nextns, res_modified, res_done, res_error
} res_sendhookact;

typedef res_sendhookact (*res_send_qhook)(struct sockaddr *const *,
	    const unsigned char **, int *, unsigned char *, int, int *);
typedef res_sendhookact (*res_send_rhook)(const struct sockaddr *,
	    const unsigned char *, int, unsigned char *, int, int *);

/* Servers that nsaddr_list has no room for: where sin6_family is set. */
struct __res_state_ext {
	struct sockaddr_in6	nsaddr6[MAXNS];
};

struct __res_state {
	int		retrans;	/* s until a query is sent again */
	int		retry;		/* how often */
	unsigned long	options;
	int		nscount;
	struct sockaddr_in nsaddr_list[MAXNS];
#define nsaddr	nsaddr_list[0]
	unsigned short	id;
	char		*dnsrch[MAXDNSRCH + 1];
	char		defdname[256];
	unsigned long	pfcode;
	unsigned	ndots :4;	/* dots a name needs to be tried first */
	unsigned	nsort :4;
	char		unused[3];
	struct {
		struct in_addr	addr;
		uint32_t	mask;
	} sort_list[MAXRESOLVSORT];
	res_send_qhook	qhook;
	res_send_rhook	rhook;
	int		res_h_errno;
	int		_vcsock;
	unsigned int	_flags;
	unsigned int	_pad;
	union {
		char	pad[40];
		struct {
			uint16_t	nscount;
			uint16_t	nstimes[MAXNS];
			int		nssocks[MAXNS];
			struct __res_state_ext *ext;	/* or NULL */
		} _ext;
	} _u;
};

typedef struct __res_state	*res_state;

#define _res		(*__res_state())

#define b64_ntop	__b64_ntop
#define b64_pton	__b64_pton
#define dn_comp		__dn_comp
#define dn_count_labels	__dn_count_labels
#define dn_expand	__dn_expand
#define dn_skipname	__dn_skipname
#define p_class		__p_class
#define p_rcode		__p_rcode
#define p_type		__p_type
#define res_close	__res_close
#define res_hnok	__res_hnok
#define res_dnok	__res_dnok
#define res_mailok	__res_mailok
#define res_ownok	__res_ownok
#define res_init	__res_init
#define res_mkquery	__res_mkquery
#define res_nclose	__res_nclose
#define res_ndestroy	__res_ndestroy
#define res_ninit	__res_ninit
#define res_nmkquery	__res_nmkquery
#define res_nquery	__res_nquery
#define res_nquerydomain __res_nquerydomain
#define res_nsearch	__res_nsearch
#define res_nsend	__res_nsend
#define res_query	__res_query
#define res_querydomain	__res_querydomain
#define res_randomid	__res_randomid
#define res_search	__res_search
#define res_send	__res_send

__BEGIN_DECLS
res_state __res_state(void);
int	res_init(void);
int	res_query(const char *, int, int, unsigned char *, int);
int	res_search(const char *, int, int, unsigned char *, int);
int	res_querydomain(const char *, const char *, int, int, unsigned char *,
	    int);
int	res_mkquery(int, const char *, int, int, const unsigned char *, int,
	    const unsigned char *, unsigned char *, int);
int	res_send(const unsigned char *, int, unsigned char *, int);
void	res_close(void);
int	res_ninit(res_state);
void	res_nclose(res_state);
void	res_ndestroy(res_state);
int	res_nquery(res_state, const char *, int, int, unsigned char *, int);
int	res_nsearch(res_state, const char *, int, int, unsigned char *, int);
int	res_nquerydomain(res_state, const char *, const char *, int, int,
	    unsigned char *, int);
int	res_nmkquery(res_state, int, const char *, int, int,
	    const unsigned char *, int, const unsigned char *,
	    unsigned char *, int);
int	res_nsend(res_state, const unsigned char *, int, unsigned char *, int);
unsigned int	res_randomid(void);
int	res_hnok(const char *);
int	res_dnok(const char *);
int	res_mailok(const char *);
int	res_ownok(const char *);
int	dn_expand(const unsigned char *, const unsigned char *,
	    const unsigned char *, char *, int);
int	dn_comp(const char *, unsigned char *, int, unsigned char **,
	    unsigned char **);
int	dn_skipname(const unsigned char *, const unsigned char *);
int	dn_count_labels(const char *);
const char *p_class(int);
const char *p_type(int);
const char *p_rcode(int);
int	b64_ntop(const unsigned char *, size_t, char *, size_t);
int	b64_pton(const char *, unsigned char *, size_t);
__END_DECLS

#endif /* !_RESOLV_H_ */
