/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /etc/services, /etc/protocols and /etc/networks.
 *
 * A line is a name, a value, and aliases; each look-up reads the file from
 * the start.  The _r functions lay the entry out in the caller's buffer: the
 * vector of aliases, then the text.  All go through nsdispatch(3), so that
 * modules may serve these databases as well.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <nsswitch.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	MAX_ALIASES	35
#define	BUF_SIZE	4096

struct line {
	char	*name;
	char	*value;
	char	**aliases;
};

/* What is looked for; with neither a name nor `by_value', any entry. */
struct key {
	const char	*name;
	bool		by_value;
	uint32_t	value;		/* port (network order), number, net */
	const char	*proto;		/* of services; NULL: any */
};

struct netfile {
	const char	*path;
	const char	*database;
	/* Fills an entry if the line is what the key wants. */
	bool		(*match)(const struct line *, const struct key *,
			    void *entry);
	pthread_mutex_t	lock;		/* of stream */
	FILE		*stream;	/* of an enumeration */
};

static const ns_src defaults[] = {
	{ NSSRC_FILES, NS_SUCCESS }, { NULL, 0 }
};

/* Takes a line apart in buf.  0, ERANGE, or ENOENT for an empty line. */
static int
split(const char *text, char *buf, size_t size, struct line *l)
{
	size_t align = -(uintptr_t)buf % sizeof(char *), n, i = 0;
	char *p, *word;

	n = strcspn(text, "#\n");
	if (size < align + (MAX_ALIASES + 1) * sizeof(char *) + n + 1)
		return (ERANGE);
	l->aliases = (char **)(void *)(buf + align);
	p = (char *)(l->aliases + MAX_ALIASES + 1);
	memcpy(p, text, n);
	p[n] = '\0';
	l->name = l->value = NULL;
	while ((word = strsep(&p, " \t\r")) != NULL) {
		if (*word == '\0')
			continue;
		if (l->name == NULL)
			l->name = word;
		else if (l->value == NULL)
			l->value = word;
		else if (i < MAX_ALIASES)
			l->aliases[i++] = word;
	}
	l->aliases[i] = NULL;
	return (l->value != NULL ? 0 : ENOENT);
}

static bool
has_name(const struct line *l, const char *name)
{
	char **a;

	if (strcmp(l->name, name) == 0)
		return (true);
	for (a = l->aliases; *a != NULL; a++) {
		if (strcmp(*a, name) == 0)
			return (true);
	}
	return (false);
}

static bool
wanted(const struct line *l, const struct key *k, uint32_t value)
{
	if (k->name != NULL)
		return (has_name(l, k->name));
	return (!k->by_value || k->value == value);
}

static bool
match_service(const struct line *l, const struct key *k, void *entry)
{
	struct servent *s = entry;
	char *slash = strchr(l->value, '/');
	uint32_t port;

	if (slash == NULL)
		return (false);
	port = htons((uint16_t)atoi(l->value));
	if ((k->proto != NULL && strcmp(slash + 1, k->proto) != 0) ||
	    !wanted(l, k, port))
		return (false);
	s->s_name = l->name;
	s->s_aliases = l->aliases;
	s->s_port = (int)port;
	s->s_proto = slash + 1;
	return (true);
}

static bool
match_protocol(const struct line *l, const struct key *k, void *entry)
{
	struct protoent *p = entry;
	int number = atoi(l->value);

	if (!wanted(l, k, (uint32_t)number))
		return (false);
	p->p_name = l->name;
	p->p_aliases = l->aliases;
	p->p_proto = number;
	return (true);
}

static bool
match_network(const struct line *l, const struct key *k, void *entry)
{
	struct netent *n = entry;
	uint32_t net = inet_network(l->value);

	if (!wanted(l, k, net))
		return (false);
	n->n_name = l->name;
	n->n_aliases = l->aliases;
	n->n_addrtype = AF_INET;
	n->n_net = net;
	return (true);
}

/* The next line of a file that the key wants. */
static int
scan(const struct netfile *f, FILE *fp, const struct key *k, void *entry,
    char *buf, size_t size)
{
	struct line l;
	char *text = NULL;
	size_t room = 0;
	off_t start;
	int r = ENOENT;

	for (start = ftello(fp); getline(&text, &room, fp) > 0;
	    start = ftello(fp)) {
		r = split(text, buf, size, &l);
		if (r == ERANGE) {
			fseeko(fp, start, SEEK_SET);
			break;
		}
		if (r == 0 && f->match(&l, k, entry))
			break;
		r = ENOENT;
	}
	free(text);
	return (r);
}

/* The arguments behind the key, which all methods have. */
struct answer {
	void	*entry;
	char	*buf;
	size_t	size;
	int	*errnop;
};

static void
get_answer(struct answer *a, va_list ap)
{
	a->entry = va_arg(ap, void *);
	a->buf = va_arg(ap, char *);
	a->size = va_arg(ap, size_t);
	a->errnop = va_arg(ap, int *);
}

static int
status_of(int error, void *retval, const struct answer *a)
{
	if (error == 0) {
		*(void **)retval = a->entry;
		return (NS_SUCCESS);
	}
	if (error == ENOENT)
		return (NS_NOTFOUND);
	*a->errnop = error;
	return (error == ERANGE ? NS_RETURN : NS_UNAVAIL);
}

static int
find(struct netfile *f, void *retval, const struct key *k,
    const struct answer *a)
{
	FILE *fp = fopen(f->path, "re");
	int r;

	if (fp == NULL)
		return (status_of(errno == ENOENT ? EIO : errno, retval, a));
	r = scan(f, fp, k, a->entry, a->buf, a->size);
	fclose(fp);
	return (status_of(r, retval, a));
}

static int
files_next(void *retval, void *mdata, va_list ap)
{
	struct netfile *f = mdata;
	struct key k = { .name = NULL };
	struct answer a;
	int r = ENOENT;

	get_answer(&a, ap);
	pthread_mutex_lock(&f->lock);
	if (f->stream == NULL)
		f->stream = fopen(f->path, "re");
	if (f->stream != NULL)
		r = scan(f, f->stream, &k, a.entry, a.buf, a.size);
	pthread_mutex_unlock(&f->lock);
	return (status_of(r, retval, &a));
}

static int
files_rewind(void *retval, void *mdata, va_list ap)
{
	struct netfile *f = mdata;

	pthread_mutex_lock(&f->lock);
	if (f->stream != NULL)
		fclose(f->stream);
	f->stream = NULL;
	pthread_mutex_unlock(&f->lock);
	return (NS_UNAVAIL);
}

static struct netfile services = { _PATH_SERVICES, NSDB_SERVICES,
    match_service, PTHREAD_MUTEX_INITIALIZER, NULL };
static struct netfile protocols = { _PATH_PROTOCOLS, NSDB_PROTOCOLS,
    match_protocol, PTHREAD_MUTEX_INITIALIZER, NULL };
static struct netfile networks = { _PATH_NETWORKS, NSDB_NETWORKS,
    match_network, PTHREAD_MUTEX_INITIALIZER, NULL };

/* Name and, of services, protocol. */
static int
files_byname(void *retval, void *mdata, va_list ap)
{
	struct netfile *f = mdata;
	struct key k = { .name = va_arg(ap, const char *) };
	struct answer a;

	if (f == &services)
		k.proto = va_arg(ap, const char *);
	get_answer(&a, ap);
	return (find(f, retval, &k, &a));
}

/* Number; of services also protocol, of networks the family. */
static int
files_byvalue(void *retval, void *mdata, va_list ap)
{
	struct netfile *f = mdata;
	struct key k = { .by_value = true, .value = va_arg(ap, uint32_t) };
	struct answer a;

	if (f == &services)
		k.proto = va_arg(ap, const char *);
	else if (f == &networks && va_arg(ap, int) != AF_INET)
		return (NS_NOTFOUND);
	get_answer(&a, ap);
	return (find(f, retval, &k, &a));
}

static int
outcome(int status, int error)
{
	return (status == NS_SUCCESS || status == NS_NOTFOUND ? 0 : error);
}

#define	DISPATCH(file, fn, method, ...) do {				\
	const ns_dtab table[] = {					\
		{ NSSRC_FILES, fn, &(file) }, { NULL, NULL, NULL }	\
	};								\
	int error = 0, status;						\
									\
	*result = NULL;							\
	status = nsdispatch(result, table, (file).database, method,	\
	    defaults, __VA_ARGS__, entry, buf, size, &error);		\
	return (outcome(status, error));				\
} while (0)

int
getservbyname_r(const char *name, const char *proto, struct servent *entry,
    char *buf, size_t size, struct servent **result)
{
	DISPATCH(services, files_byname, "getservbyname_r", name, proto);
}

int
getservbyport_r(int port, const char *proto, struct servent *entry, char *buf,
    size_t size, struct servent **result)
{
	DISPATCH(services, files_byvalue, "getservbyport_r", port, proto);
}

int
getprotobyname_r(const char *name, struct protoent *entry, char *buf,
    size_t size, struct protoent **result)
{
	DISPATCH(protocols, files_byname, "getprotobyname_r", name);
}

int
getprotobynumber_r(int number, struct protoent *entry, char *buf, size_t size,
    struct protoent **result)
{
	DISPATCH(protocols, files_byvalue, "getprotobynumber_r", number);
}

int
getnetbyname_r(const char *name, struct netent *entry, char *buf, size_t size,
    struct netent **result, int *h_errnop)
{
	*h_errnop = HOST_NOT_FOUND;
	DISPATCH(networks, files_byname, "getnetbyname_r", name);
}

int
getnetbyaddr_r(uint32_t net, int type, struct netent *entry, char *buf,
    size_t size, struct netent **result, int *h_errnop)
{
	*h_errnop = HOST_NOT_FOUND;
	DISPATCH(networks, files_byvalue, "getnetbyaddr_r", net, type);
}

static int
next_entry(struct netfile *f, const char *method, void *entry, char *buf,
    size_t size, void **result)
{
	const ns_dtab table[] = {
		{ NSSRC_FILES, files_next, f }, { NULL, NULL, NULL }
	};
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, table, f->database, method, defaults,
	    entry, buf, size, &error);
	return (outcome(status, error));
}

static void
rewind_entries(struct netfile *f, const char *method, int stayopen)
{
	const ns_dtab table[] = {
		{ NSSRC_FILES, files_rewind, f }, { NULL, NULL, NULL }
	};

	nsdispatch(NULL, table, f->database, method, defaults, stayopen);
}

int
getservent_r(struct servent *s, char *buf, size_t size,
    struct servent **result)
{
	return (next_entry(&services, "getservent_r", s, buf, size,
	    (void **)result));
}

int
getprotoent_r(struct protoent *p, char *buf, size_t size,
    struct protoent **result)
{
	return (next_entry(&protocols, "getprotoent_r", p, buf, size,
	    (void **)result));
}

int
getnetent_r(struct netent *n, char *buf, size_t size, struct netent **result,
    int *h_errnop)
{
	*h_errnop = HOST_NOT_FOUND;
	return (next_entry(&networks, "getnetent_r", n, buf, size,
	    (void **)result));
}

#define	ENUMERATION(file, set, end)					\
void									\
set(int stayopen)							\
{									\
	rewind_entries(&(file), #set, stayopen);			\
}									\
									\
void									\
end(void)								\
{									\
	rewind_entries(&(file), #end, 0);				\
}

ENUMERATION(services, setservent, endservent)
ENUMERATION(protocols, setprotoent, endprotoent)
ENUMERATION(networks, setnetent, endnetent)

/* The forms with static results. */
#define	STATIC(type, call)						\
	static struct type entry;					\
	static char buf[BUF_SIZE];					\
	struct type *result = NULL;					\
									\
	call;								\
	return (result)

struct servent *
getservbyname(const char *name, const char *proto)
{
	STATIC(servent, getservbyname_r(name, proto, &entry, buf, sizeof(buf),
	    &result));
}

struct servent *
getservbyport(int port, const char *proto)
{
	STATIC(servent, getservbyport_r(port, proto, &entry, buf, sizeof(buf),
	    &result));
}

struct servent *
getservent(void)
{
	STATIC(servent, getservent_r(&entry, buf, sizeof(buf), &result));
}

struct protoent *
getprotobyname(const char *name)
{
	STATIC(protoent, getprotobyname_r(name, &entry, buf, sizeof(buf),
	    &result));
}

struct protoent *
getprotobynumber(int number)
{
	STATIC(protoent, getprotobynumber_r(number, &entry, buf, sizeof(buf),
	    &result));
}

struct protoent *
getprotoent(void)
{
	STATIC(protoent, getprotoent_r(&entry, buf, sizeof(buf), &result));
}

struct netent *
getnetbyname(const char *name)
{
	STATIC(netent, getnetbyname_r(name, &entry, buf, sizeof(buf), &result,
	    __h_errno()));
}

struct netent *
getnetbyaddr(uint32_t net, int type)
{
	STATIC(netent, getnetbyaddr_r(net, type, &entry, buf, sizeof(buf),
	    &result, __h_errno()));
}

struct netent *
getnetent(void)
{
	STATIC(netent, getnetent_r(&entry, buf, sizeof(buf), &result,
	    __h_errno()));
}
