/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Host names: gethostbyname(3) and its family, from /etc/hosts.
 *
 * Other sources come through nsdispatch(3), database "hosts".  This library
 * has no resolver: the source "dns" is unknown to it unless a module
 * provides it.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <nsswitch.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define	MAX_ALIASES	16
#define	MAX_ADDRS	16
#define	STATIC_BUF	8192

static __thread int	host_error;

static const ns_src defaults[] = {
	{ NSSRC_FILES, NS_SUCCESS }, { NSSRC_DNS, NS_SUCCESS }, { NULL, 0 }
};

int *
__h_errno(void)
{
	return (&host_error);
}

/* What is looked for: a name, or an address. */
struct key {
	const char	*name;
	const void	*addr;
	int		af;
	size_t		len;
};

/* A hostent being laid out in a caller's buffer. */
struct layout {
	struct hostent	*h;
	char		*p;
	size_t		left;
	int		naliases, naddrs;
	bool		full;
};

static void *
take(struct layout *l, size_t n, size_t align)
{
	size_t pad = -(uintptr_t)l->p % align;
	void *p;

	if (l->left < n + pad) {
		l->full = true;
		return (NULL);
	}
	p = l->p + pad;
	l->p += n + pad;
	l->left -= n + pad;
	return (p);
}

static char *
copy(struct layout *l, const void *src, size_t n)
{
	char *p = take(l, n, 4);

	if (p != NULL)
		memcpy(p, src, n);
	return (p);
}

static bool
begin(struct layout *l, struct hostent *h, char *buf, size_t size,
    const struct key *k)
{
	memset(l, 0, sizeof(*l));
	l->h = h;
	l->p = buf;
	l->left = size;
	memset(h, 0, sizeof(*h));
	h->h_aliases = take(l, (MAX_ALIASES + 1) * sizeof(char *),
	    sizeof(char *));
	h->h_addr_list = take(l, (MAX_ADDRS + 1) * sizeof(char *),
	    sizeof(char *));
	h->h_addrtype = k->af;
	h->h_length = (int)k->len;
	if (l->full)
		return (false);
	memset(h->h_aliases, 0, (MAX_ALIASES + 1) * sizeof(char *));
	memset(h->h_addr_list, 0, (MAX_ADDRS + 1) * sizeof(char *));
	return (true);
}

static void
add_alias(struct layout *l, const char *name)
{
	if (l->h->h_name == NULL)
		l->h->h_name = copy(l, name, strlen(name) + 1);
	else if (l->naliases < MAX_ALIASES &&
	    strcasecmp(l->h->h_name, name) != 0)
		l->h->h_aliases[l->naliases++] = copy(l, name,
		    strlen(name) + 1);
}

static void
add_addr(struct layout *l, const void *addr)
{
	if (l->naddrs < MAX_ADDRS)
		l->h->h_addr_list[l->naddrs++] = copy(l, addr,
		    l->h->h_length);
}

/* One line of the file: does it concern the key?  Then it is added. */
static void
consider(struct layout *l, char *line, const struct key *k)
{
	char *word, *names[MAX_ALIASES + 1], addr[16];
	bool match = false;
	int n = 0, i;

	line[strcspn(line, "#\n")] = '\0';
	while ((word = strsep(&line, " \t\r")) != NULL) {
		if (*word != '\0' && n <= MAX_ALIASES)
			names[n++] = word;
	}
	if (n < 2 || inet_pton(k->af, names[0], addr) != 1)
		return;
	if (k->addr != NULL)
		match = memcmp(addr, k->addr, k->len) == 0;
	for (i = 1; i < n && k->name != NULL; i++)
		match |= strcasecmp(names[i], k->name) == 0;
	if (!match)
		return;
	for (i = 1; i < n; i++)
		add_alias(l, names[i]);
	add_addr(l, addr);
}

static int
files_lookup(const struct key *k, struct hostent *h, char *buf, size_t size,
    int *errnop, int *h_errnop)
{
	struct layout l;
	char *line = NULL;
	size_t room = 0;
	FILE *fp;

	fp = fopen(_PATH_HOSTS, "re");
	if (fp == NULL) {
		*errnop = errno;
		*h_errnop = NETDB_INTERNAL;
		return (NS_UNAVAIL);
	}
	if (begin(&l, h, buf, size, k)) {
		while (!l.full && getline(&line, &room, fp) > 0)
			consider(&l, line, k);
	}
	free(line);
	fclose(fp);
	if (l.full) {
		*errnop = ERANGE;
		*h_errnop = NETDB_INTERNAL;
		return (NS_RETURN);
	}
	if (l.naddrs == 0) {
		*h_errnop = HOST_NOT_FOUND;
		return (NS_NOTFOUND);
	}
	return (NS_SUCCESS);
}

/* The arguments behind the key are the same for both methods. */
static int
files_method(void *retval, const struct key *k, va_list ap)
{
	struct hostent *h;
	char *buf;
	size_t size;
	int *errnop, *h_errnop, r;

	h = va_arg(ap, struct hostent *);
	buf = va_arg(ap, char *);
	size = va_arg(ap, size_t);
	errnop = va_arg(ap, int *);
	h_errnop = va_arg(ap, int *);
	r = files_lookup(k, h, buf, size, errnop, h_errnop);
	if (r == NS_SUCCESS)
		*(struct hostent **)retval = h;
	return (r);
}

static int
files_byname(void *retval, void *mdata, va_list ap)
{
	struct key k = { .name = va_arg(ap, const char *) };

	k.af = va_arg(ap, int);
	k.len = k.af == AF_INET6 ? 16 : 4;
	return (files_method(retval, &k, ap));
}

static int
files_byaddr(void *retval, void *mdata, va_list ap)
{
	struct key k = { .addr = va_arg(ap, const void *) };

	k.len = va_arg(ap, socklen_t);
	k.af = va_arg(ap, int);
	return (files_method(retval, &k, ap));
}

static const ns_dtab byname[] = {
	{ NSSRC_FILES, files_byname, NULL }, { NULL, NULL, NULL }
};
static const ns_dtab byaddr[] = {
	{ NSSRC_FILES, files_byaddr, NULL }, { NULL, NULL, NULL }
};

/* A name that is an address is its own answer. */
static int
numeric(const char *name, const struct key *k, struct hostent *h, char *buf,
    size_t size)
{
	struct layout l;
	char addr[16];
	struct in_addr a4;

	if (k->af == AF_INET && inet_aton(name, &a4))
		memcpy(addr, &a4, sizeof(a4));
	else if (k->af != AF_INET6 || inet_pton(AF_INET6, name, addr) != 1)
		return (-1);
	if (!begin(&l, h, buf, size, k))
		return (ERANGE);
	add_alias(&l, name);
	add_addr(&l, addr);
	return (l.full ? ERANGE : 0);
}

int
gethostbyname2_r(const char *name, int af, struct hostent *h, char *buf,
    size_t size, struct hostent **result, int *h_errnop)
{
	struct key k = { .af = af, .len = af == AF_INET6 ? 16 : 4 };
	int error = 0, status;

	*result = NULL;
	*h_errnop = HOST_NOT_FOUND;
	if (af != AF_INET && af != AF_INET6) {
		*h_errnop = NETDB_INTERNAL;
		return (EAFNOSUPPORT);
	}
	error = numeric(name, &k, h, buf, size);
	if (error == 0) {
		*result = h;
		*h_errnop = NETDB_SUCCESS;
	}
	if (error >= 0)
		return (error);
	error = 0;
	status = nsdispatch(result, byname, NSDB_HOSTS, "gethostbyname2_r",
	    defaults, name, af, h, buf, size, &error, h_errnop);
	if (status == NS_SUCCESS)
		*h_errnop = NETDB_SUCCESS;
	return (status == NS_SUCCESS || status == NS_NOTFOUND ? 0 : error);
}

int
gethostbyname_r(const char *name, struct hostent *h, char *buf, size_t size,
    struct hostent **result, int *h_errnop)
{
	return (gethostbyname2_r(name, AF_INET, h, buf, size, result,
	    h_errnop));
}

int
gethostbyaddr_r(const void *addr, socklen_t len, int af, struct hostent *h,
    char *buf, size_t size, struct hostent **result, int *h_errnop)
{
	int error = 0, status;

	*result = NULL;
	*h_errnop = HOST_NOT_FOUND;
	if ((af != AF_INET || len != 4) && (af != AF_INET6 || len != 16)) {
		*h_errnop = NETDB_INTERNAL;
		return (EINVAL);
	}
	status = nsdispatch(result, byaddr, NSDB_HOSTS, "gethostbyaddr_r",
	    defaults, addr, len, af, h, buf, size, &error, h_errnop);
	if (status == NS_SUCCESS)
		*h_errnop = NETDB_SUCCESS;
	return (status == NS_SUCCESS || status == NS_NOTFOUND ? 0 : error);
}

struct hostent *
gethostbyname2(const char *name, int af)
{
	static struct hostent h;
	static char buf[STATIC_BUF];
	struct hostent *result;

	gethostbyname2_r(name, af, &h, buf, sizeof(buf), &result,
	    &host_error);
	return (result);
}

struct hostent *
gethostbyname(const char *name)
{
	return (gethostbyname2(name, AF_INET));
}

struct hostent *
gethostbyaddr(const void *addr, socklen_t len, int af)
{
	static struct hostent h;
	static char buf[STATIC_BUF];
	struct hostent *result;

	gethostbyaddr_r(addr, len, af, &h, buf, sizeof(buf), &result,
	    &host_error);
	return (result);
}

const char *
hstrerror(int error)
{
	static const char *const text[] = {
		"Resolver Error 0 (no error)", "Unknown host",
		"Host name lookup failure", "Unknown server error",
		"No address associated with name"
	};

	if (error == NETDB_INTERNAL)
		return ("Resolver internal error");
	return (error >= 0 && error < 5 ? text[error] :
	    "Unknown resolver error");
}

void
herror(const char *msg)
{
	if (msg != NULL && *msg != '\0')
		fprintf(stderr, "%s: ", msg);
	fprintf(stderr, "%s\n", hstrerror(host_error));
}
