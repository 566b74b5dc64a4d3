/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Host names: gethostbyname(3) and its family, through nsdispatch(3),
 * database "hosts".  The source "files" is /etc/hosts; "dns" is in
 * gethostdns.c.
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
#include "hosts.h"

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

static void *
take(struct host_layout *l, size_t n, size_t align)
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
copy(struct host_layout *l, const void *src, size_t n)
{
	char *p = take(l, n, 4);

	if (p != NULL)
		memcpy(p, src, n);
	return (p);
}

bool
__host_begin(struct host_layout *l, struct hostent *h, char *buf, size_t size,
    const struct host_key *k)
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

void
__host_add_name(struct host_layout *l, const char *name)
{
	if (l->h->h_name == NULL)
		l->h->h_name = copy(l, name, strlen(name) + 1);
	else if (l->naliases < MAX_ALIASES &&
	    strcasecmp(l->h->h_name, name) != 0)
		l->h->h_aliases[l->naliases++] = copy(l, name,
		    strlen(name) + 1);
}

void
__host_add_addr(struct host_layout *l, const void *addr)
{
	if (l->naddrs < MAX_ADDRS)
		l->h->h_addr_list[l->naddrs++] = copy(l, addr,
		    l->h->h_length);
}

/* One line of the file: does it concern the key?  Then it is added. */
static void
consider(struct host_layout *l, char *line, const struct host_key *k)
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
		__host_add_name(l, names[i]);
	__host_add_addr(l, addr);
}

static int
files_lookup(const struct host_key *k, struct hostent *h, char *buf, size_t size,
    int *errnop, int *h_errnop)
{
	struct host_layout l;
	char *line = NULL;
	size_t room = 0;
	FILE *fp;

	fp = fopen(_PATH_HOSTS, "re");
	if (fp == NULL) {
		*errnop = errno;
		*h_errnop = NETDB_INTERNAL;
		return (NS_UNAVAIL);
	}
	if (__host_begin(&l, h, buf, size, k)) {
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
files_method(void *retval, const struct host_key *k, va_list ap)
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
	struct host_key k = { .name = va_arg(ap, const char *) };

	k.af = va_arg(ap, int);
	k.len = k.af == AF_INET6 ? 16 : 4;
	return (files_method(retval, &k, ap));
}

static int
files_byaddr(void *retval, void *mdata, va_list ap)
{
	struct host_key k = { .addr = va_arg(ap, const void *) };

	k.len = va_arg(ap, socklen_t);
	k.af = va_arg(ap, int);
	return (files_method(retval, &k, ap));
}

static const ns_dtab byname[] = {
	{ NSSRC_FILES, files_byname, NULL },
	{ NSSRC_DNS, __dns_byname, NULL },
	{ NULL, NULL, NULL }
};
static const ns_dtab byaddr[] = {
	{ NSSRC_FILES, files_byaddr, NULL },
	{ NSSRC_DNS, __dns_byaddr, NULL },
	{ NULL, NULL, NULL }
};

/* A name that is an address is its own answer. */
static int
numeric(const char *name, const struct host_key *k, struct hostent *h, char *buf,
    size_t size)
{
	struct host_layout l;
	char addr[16];
	struct in_addr a4;

	if (k->af == AF_INET && inet_aton(name, &a4))
		memcpy(addr, &a4, sizeof(a4));
	else if (k->af != AF_INET6 || inet_pton(AF_INET6, name, addr) != 1)
		return (-1);
	if (!__host_begin(&l, h, buf, size, k))
		return (ERANGE);
	__host_add_name(&l, name);
	__host_add_addr(&l, addr);
	return (l.full ? ERANGE : 0);
}

int
gethostbyname2_r(const char *name, int af, struct hostent *h, char *buf,
    size_t size, struct hostent **result, int *h_errnop)
{
	struct host_key k = { .af = af, .len = af == AF_INET6 ? 16 : 4 };
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

/* Enumeration: the lines of /etc/hosts, of both families. */
static FILE	*host_stream;

void
sethostent(int stayopen)
{
	if (host_stream != NULL)
		rewind(host_stream);
}

void
endhostent(void)
{
	if (host_stream != NULL)
		fclose(host_stream);
	host_stream = NULL;
}

int
gethostent_r(struct hostent *h, char *buf, size_t size,
    struct hostent **result, int *h_errnop)
{
	char *line = NULL, *copy = NULL, addr[16], word[64];
	struct host_layout l = { .naddrs = 0 };
	struct host_key k;
	size_t room = 0;

	*result = NULL;
	*h_errnop = HOST_NOT_FOUND;
	if (host_stream == NULL &&
	    (host_stream = fopen(_PATH_HOSTS, "re")) == NULL) {
		*h_errnop = NETDB_INTERNAL;
		return (errno);
	}
	while (l.naddrs == 0 && !l.full &&
	    getline(&line, &room, host_stream) > 0) {
		if (sscanf(line, " %63s", word) != 1)
			continue;
		k.af = strchr(word, ':') != NULL ? AF_INET6 : AF_INET;
		k.len = k.af == AF_INET6 ? 16 : 4;
		k.name = NULL;
		k.addr = addr;
		if (inet_pton(k.af, word, addr) == 1 &&
		    (copy = strdup(line)) != NULL) {
			if (__host_begin(&l, h, buf, size, &k))
				consider(&l, copy, &k);
			free(copy);
		}
	}
	free(line);
	if (l.full) {
		*h_errnop = NETDB_INTERNAL;
		return (ERANGE);
	}
	if (l.naddrs > 0) {
		*result = h;
		*h_errnop = NETDB_SUCCESS;
	}
	return (0);
}

struct hostent *
gethostent(void)
{
	static struct hostent h;
	static char buf[STATIC_BUF];
	struct hostent *result;

	gethostent_r(&h, buf, sizeof(buf), &result, &host_error);
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
