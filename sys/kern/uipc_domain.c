/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of communication domains.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/protosw.h>
#include <sys/socket.h>
#include <sys/spinlock2.h>

static SLIST_HEAD(, domain) domains = SLIST_HEAD_INITIALIZER(domains);
static struct spinlock domains_spin =
    SPINLOCK_INITIALIZER(domains_spin, "domains");

void
domain_add(void *arg)
{
	struct domain *dom = arg;
	int i;

	for (i = 0; i < dom->dom_nproto; i++)
		dom->dom_protosw[i].pr_domain = dom;
	spin_lock(&domains_spin);
	SLIST_INSERT_HEAD(&domains, dom, dom_next);
	spin_unlock(&domains_spin);
}

struct domain *
pffinddomain(int family)
{
	struct domain *dom;

	spin_lock_shared(&domains_spin);
	SLIST_FOREACH(dom, &domains, dom_next) {
		if (dom->dom_family == family)
			break;
	}
	spin_unlock_shared(&domains_spin);
	return (dom);
}

struct protosw *
pffindproto(int family, int protocol, int type)
{
	struct domain *dom = pffinddomain(family);
	struct protosw *pr;
	int i;

	if (dom == NULL)
		return (NULL);
	for (i = 0; i < dom->dom_nproto; i++) {
		pr = &dom->dom_protosw[i];
		if (pr->pr_type == type && (protocol == 0 ||
		    pr->pr_protocol == protocol))
			return (pr);
	}
	return (NULL);
}

struct protosw *
pffindtype(int family, int type)
{
	return (pffindproto(family, 0, type));
}
