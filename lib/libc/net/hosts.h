/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Host entries being laid out in a caller's buffer; shared by the sources of
 * database "hosts".
 */
#ifndef _HOSTS_H_
#define	_HOSTS_H_

#include <netdb.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* What is looked for: a name, or an address. */
struct host_key {
	const char	*name;
	const void	*addr;
	int		af;
	size_t		len;		/* of an address */
};

struct host_layout {
	struct hostent	*h;
	char		*p;
	size_t		left;
	int		naliases, naddrs;
	bool		full;		/* something did not fit */
};

bool	__host_begin(struct host_layout *, struct hostent *, char *, size_t,
	    const struct host_key *);
/* The first name is the host's, the others are aliases. */
void	__host_add_name(struct host_layout *, const char *);
void	__host_add_addr(struct host_layout *, const void *);

/* Methods of source "dns". */
int	__dns_byname(void *, void *, va_list);
int	__dns_byaddr(void *, void *, va_list);

#endif
