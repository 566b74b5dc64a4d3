/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /etc/services and /etc/protocols.
 *
 * A line is a name, a value, and aliases; each look-up reads the file from
 * the start.  The _r functions lay the entry out in the caller's buffer: the
 * vector of aliases, then the text.
 */
#include <sys/types.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	MAX_ALIASES	35
#define	BUF_FIRST	1024
#define	BUF_LAST	(64 * 1024)

struct line {
	char	*name;
	char	*value;
	char	**aliases;
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

/* The next line for which `match' says yes. */
static int
scan(FILE *fp, char *buf, size_t size, struct line *l,
    bool (*match)(const struct line *, const void *, void *),
    const void *key, void *result)
{
	char *text = NULL;
	size_t room = 0;
	int r = ENOENT;

	while (getline(&text, &room, fp) > 0) {
		r = split(text, buf, size, l);
		if (r == ERANGE)
			break;
		if (r == 0 && match(l, key, result))
			break;
		r = ENOENT;
	}
	free(text);
	return (r);
}

struct servkey {
	const char	*name;
	int		port;		/* network order */
	const char	*proto;
	bool		any;
};

static bool
match_service(const struct line *l, const void *key, void *result)
{
	const struct servkey *k = key;
	struct servent *s = result;
	char *slash = strchr(l->value, '/');
	int port;

	if (slash == NULL)
		return (false);
	port = htons((uint16_t)atoi(l->value));
	if (!k->any && ((k->proto != NULL && strcmp(slash + 1, k->proto) != 0)
	    || (k->name != NULL ? !has_name(l, k->name) : port != k->port)))
		return (false);
	s->s_name = l->name;
	s->s_aliases = l->aliases;
	s->s_port = port;
	s->s_proto = slash + 1;
	return (true);
}

struct protokey {
	const char	*name;
	int		number;
	bool		any;
};

static bool
match_protocol(const struct line *l, const void *key, void *result)
{
	const struct protokey *k = key;
	struct protoent *p = result;
	int number = atoi(l->value);

	if (!k->any && (k->name != NULL ? !has_name(l, k->name) :
	    number != k->number))
		return (false);
	p->p_name = l->name;
	p->p_aliases = l->aliases;
	p->p_proto = number;
	return (true);
}

static int
find_service(const struct servkey *k, struct servent *s, char *buf,
    size_t size, struct servent **result)
{
	struct line l;
	FILE *fp;
	int r;

	*result = NULL;
	fp = fopen(_PATH_SERVICES, "re");
	if (fp == NULL)
		return (errno);
	r = scan(fp, buf, size, &l, match_service, k, s);
	fclose(fp);
	if (r == 0)
		*result = s;
	return (r == ENOENT ? 0 : r);
}

int
getservbyname_r(const char *name, const char *proto, struct servent *s,
    char *buf, size_t size, struct servent **result)
{
	struct servkey k = { .name = name, .proto = proto };

	return (find_service(&k, s, buf, size, result));
}

int
getservbyport_r(int port, const char *proto, struct servent *s, char *buf,
    size_t size, struct servent **result)
{
	struct servkey k = { .port = port, .proto = proto };

	return (find_service(&k, s, buf, size, result));
}

static FILE	*serv_stream;

int
getservent_r(struct servent *s, char *buf, size_t size,
    struct servent **result)
{
	struct servkey k = { .any = true };
	struct line l;
	int r;

	*result = NULL;
	if (serv_stream == NULL &&
	    (serv_stream = fopen(_PATH_SERVICES, "re")) == NULL)
		return (errno);
	r = scan(serv_stream, buf, size, &l, match_service, &k, s);
	if (r == 0)
		*result = s;
	return (r == ENOENT ? 0 : r);
}

void
endservent(void)
{
	if (serv_stream != NULL)
		fclose(serv_stream);
	serv_stream = NULL;
}

void
setservent(int stayopen)
{
	endservent();
}

static int
find_protocol(const struct protokey *k, struct protoent *p, char *buf,
    size_t size, struct protoent **result)
{
	struct line l;
	FILE *fp;
	int r;

	*result = NULL;
	fp = fopen(_PATH_PROTOCOLS, "re");
	if (fp == NULL)
		return (errno);
	r = scan(fp, buf, size, &l, match_protocol, k, p);
	fclose(fp);
	if (r == 0)
		*result = p;
	return (r == ENOENT ? 0 : r);
}

int
getprotobyname_r(const char *name, struct protoent *p, char *buf, size_t size,
    struct protoent **result)
{
	struct protokey k = { .name = name };

	return (find_protocol(&k, p, buf, size, result));
}

int
getprotobynumber_r(int number, struct protoent *p, char *buf, size_t size,
    struct protoent **result)
{
	struct protokey k = { .number = number };

	return (find_protocol(&k, p, buf, size, result));
}

static FILE	*proto_stream;

int
getprotoent_r(struct protoent *p, char *buf, size_t size,
    struct protoent **result)
{
	struct protokey k = { .any = true };
	struct line l;
	int r;

	*result = NULL;
	if (proto_stream == NULL &&
	    (proto_stream = fopen(_PATH_PROTOCOLS, "re")) == NULL)
		return (errno);
	r = scan(proto_stream, buf, size, &l, match_protocol, &k, p);
	if (r == 0)
		*result = p;
	return (r == ENOENT ? 0 : r);
}

void
endprotoent(void)
{
	if (proto_stream != NULL)
		fclose(proto_stream);
	proto_stream = NULL;
}

void
setprotoent(int stayopen)
{
	endprotoent();
}

/* The forms with static results. */
#define	STATIC_BUF(type)						\
	static struct type entry;					\
	static char buf[BUF_FIRST * 4];					\
	struct type *result = NULL

struct servent *
getservbyname(const char *name, const char *proto)
{
	STATIC_BUF(servent);

	getservbyname_r(name, proto, &entry, buf, sizeof(buf), &result);
	return (result);
}

struct servent *
getservbyport(int port, const char *proto)
{
	STATIC_BUF(servent);

	getservbyport_r(port, proto, &entry, buf, sizeof(buf), &result);
	return (result);
}

struct servent *
getservent(void)
{
	STATIC_BUF(servent);

	getservent_r(&entry, buf, sizeof(buf), &result);
	return (result);
}

struct protoent *
getprotobyname(const char *name)
{
	STATIC_BUF(protoent);

	getprotobyname_r(name, &entry, buf, sizeof(buf), &result);
	return (result);
}

struct protoent *
getprotobynumber(int number)
{
	STATIC_BUF(protoent);

	getprotobynumber_r(number, &entry, buf, sizeof(buf), &result);
	return (result);
}

struct protoent *
getprotoent(void)
{
	STATIC_BUF(protoent);

	getprotoent_r(&entry, buf, sizeof(buf), &result);
	return (result);
}
