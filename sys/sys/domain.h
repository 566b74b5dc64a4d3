/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Communication domains: address families and their protocols.  A domain
 * adds itself with DOMAIN_SET(); none is ever removed.
 */
#ifndef _SYS_DOMAIN_H_
#define _SYS_DOMAIN_H_

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/kernel.h>

struct mbuf;
struct protosw;

/* (I) all but dom_next, which the list's spinlock guards. */
struct domain {
	int		dom_family;	/* AF_* */
	const char	*dom_name;
	struct protosw	*dom_protosw;
	int		dom_nproto;
	/*
	 * Control messages, one mbuf of the chain each: into the form a
	 * process wants, at most room bytes with all padding.  What does not
	 * fit is disposed of and *flags gets MSG_CTRUNC.
	 */
	struct mbuf	*(*dom_externalize)(struct mbuf *control, size_t room,
			    int *flags);
	/* Free one control message and what it refers to. */
	void		(*dom_dispose)(struct mbuf *control);
	SLIST_ENTRY(domain) dom_next;
};

void	domain_add(void *dom);
#define DOMAIN_SET(dom) \
	SYSINIT(domain_##dom, SI_SUB_PROTO_DOMAIN, SI_ORDER_SECOND, \
	    domain_add, &dom)

/* The protocol of a domain by number (0: any), then by type. */
struct protosw *pffindproto(int family, int protocol, int type);
struct protosw *pffindtype(int family, int type);
/* Is there such a domain at all? */
struct domain *pffinddomain(int family);

#endif /* _KERNEL */

#endif /* !_SYS_DOMAIN_H_ */
