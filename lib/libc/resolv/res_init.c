/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of the resolver, from /etc/resolv.conf and the environment
 * (LOCALDOMAIN, RES_OPTIONS).
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	BLANKS	" \t\r\n"

res_state
__res_state(void)
{
	static __thread struct __res_state state;

	return (&state);
}

unsigned int
res_randomid(void)
{
	return (arc4random() & 0xffff);
}

static void
add_server(res_state st, const char *text)
{
	struct sockaddr_in *s4 = &st->nsaddr_list[st->nscount];
	struct sockaddr_in6 sin6, *s6 = &sin6;
	char addr[64], *percent;

	if (st->nscount == MAXNS ||
	    strlcpy(addr, text, sizeof(addr)) >= sizeof(addr))
		return;
	memset(s4, 0, sizeof(*s4));
	memset(s6, 0, sizeof(*s6));
	if (inet_aton(addr, &s4->sin_addr)) {
		s4->sin_family = AF_INET;
		s4->sin_len = sizeof(*s4);
		s4->sin_port = htons(NS_DEFAULTPORT);
		st->nscount++;
		return;
	}
	percent = strchr(addr, '%');
	if (percent != NULL) {
		*percent++ = '\0';
		s6->sin6_scope_id = (uint32_t)strtoul(percent, NULL, 10);
	}
	if (inet_pton(AF_INET6, addr, &s6->sin6_addr) != 1)
		return;
	s6->sin6_family = AF_INET6;
	s6->sin6_len = sizeof(*s6);
	s6->sin6_port = htons(NS_DEFAULTPORT);
	if (st->_u._ext.ext == NULL &&
	    (st->_u._ext.ext = calloc(1, sizeof(*st->_u._ext.ext))) == NULL)
		return;
	st->_u._ext.ext->nsaddr6[st->nscount++] = sin6;
}

/* The list of domains; its text is kept in defdname. */
static void
set_search(res_state st, const char *list, int max)
{
	char *p, *word;
	int n = 0;

	strlcpy(st->defdname, list, sizeof(st->defdname));
	p = st->defdname;
	while (n < max && (word = strsep(&p, BLANKS)) != NULL) {
		if (*word != '\0')
			st->dnsrch[n++] = word;
	}
	st->dnsrch[n] = NULL;
}

/* "name:n", limited; true if it is that option. */
static bool
numeric_option(const char *word, const char *name, int max, int *v)
{
	size_t n = strlen(name);

	if (strncmp(word, name, n) != 0)
		return (false);
	*v = atoi(word + n);
	if (*v > max)
		*v = max;
	if (*v < 0)
		*v = 0;
	return (true);
}

static void
set_options(res_state st, const char *list)
{
	static const struct { const char *name; unsigned long bit; } flags[] = {
		{ "debug", RES_DEBUG }, { "rotate", RES_ROTATE },
		{ "no-check-names", RES_NOCHECKNAME },
		{ "edns0", RES_USE_EDNS0 }, { "use-vc", RES_USEVC },
		{ "no_tld_query", RES_NOTLDQUERY },
		{ "insecure1", RES_INSECURE1 }, { "insecure2", RES_INSECURE2 },
	};
	char copy[512], *p = copy, *word;
	size_t i;
	int v;

	strlcpy(copy, list, sizeof(copy));
	while ((word = strsep(&p, BLANKS)) != NULL) {
		if (numeric_option(word, "ndots:", RES_MAXNDOTS, &v))
			st->ndots = (unsigned int)v & 15;
		else if (numeric_option(word, "timeout:", RES_MAXRETRANS, &v))
			st->retrans = v > 0 ? v : 1;
		else if (numeric_option(word, "attempts:", RES_MAXRETRY, &v))
			st->retry = v > 0 ? v : 1;
		for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
			if (strcmp(word, flags[i].name) == 0)
				st->options |= flags[i].bit;
		}
	}
}

static void
read_line(res_state st, char *line)
{
	char *key, *p = line;

	line[strcspn(line, "#;\n")] = '\0';
	p += strspn(p, BLANKS);
	key = strsep(&p, BLANKS);
	if (p == NULL)
		return;
	p += strspn(p, BLANKS);
	if (strcmp(key, "nameserver") == 0) {
		p[strcspn(p, BLANKS)] = '\0';
		add_server(st, p);
	} else if (strcmp(key, "domain") == 0)
		set_search(st, p, 1);
	else if (strcmp(key, "search") == 0)
		set_search(st, p, MAXDNSRCH);
	else if (strcmp(key, "options") == 0)
		set_options(st, p);
}

static void
read_config(res_state st)
{
	char line[1024];
	FILE *fp;

	fp = fopen(_PATH_RESCONF, "re");
	if (fp == NULL)
		return;
	while (fgets(line, sizeof(line), fp) != NULL)
		read_line(st, line);
	fclose(fp);
}

int
res_ninit(res_state st)
{
	char host[256], *dot;
	const char *env;

	memset(st, 0, sizeof(*st));
	st->retrans = RES_TIMEOUT;
	st->retry = RES_DFLRETRY;
	st->options = RES_DEFAULT;
	st->ndots = 1;
	st->id = (unsigned short)res_randomid();
	st->_vcsock = -1;
	/* Our own domain, unless the file says another. */
	if (gethostname(host, sizeof(host)) == 0 &&
	    (dot = strchr(host, '.')) != NULL)
		set_search(st, dot + 1, 1);
	read_config(st);
	env = issetugid() ? NULL : getenv("LOCALDOMAIN");
	if (env != NULL)
		set_search(st, env, MAXDNSRCH);
	env = issetugid() ? NULL : getenv("RES_OPTIONS");
	if (env != NULL)
		set_options(st, env);
	if (st->nscount == 0)
		add_server(st, "127.0.0.1");
	st->options |= RES_INIT;
	return (0);
}

void
res_nclose(res_state st)
{
	if ((st->options & RES_INIT) != 0 && st->_vcsock >= 0)
		close(st->_vcsock);
	st->_vcsock = -1;
}

void
res_ndestroy(res_state st)
{
	res_nclose(st);
	if ((st->options & RES_INIT) != 0)
		free(st->_u._ext.ext);
	st->_u._ext.ext = NULL;
	st->options &= ~(unsigned long)RES_INIT;
}

int
res_init(void)
{
	res_ndestroy(&_res);
	return (res_ninit(&_res));
}

void
res_close(void)
{
	res_nclose(&_res);
}

static bool
is_border(int c)
{
	return (isalnum(c) != 0);
}

/* Letters, digits and hyphens, not at the ends of a label. */
int
res_hnok(const char *name)
{
	const unsigned char *p = (const unsigned char *)name;

	for (; *p != '\0'; p++) {
		if (*p == '.')
			continue;
		if (!is_border(*p) && ((*p != '-' && *p != '_') ||
		    p == (const unsigned char *)name || p[-1] == '.' ||
		    p[1] == '.' || p[1] == '\0'))
			return (0);
	}
	return (1);
}

int
res_dnok(const char *name)
{
	for (; *name != '\0'; name++) {
		if (*name <= ' ' || *name >= 0x7f)
			return (0);
	}
	return (1);
}

int
res_ownok(const char *name)
{
	if (name[0] == '*' && (name[1] == '.' || name[1] == '\0'))
		name += 1 + (name[1] == '.');
	return (res_hnok(name));
}

/* The first label is a mailbox, the rest a host. */
int
res_mailok(const char *name)
{
	if (*name == '\0')
		return (1);
	for (; *name != '\0' && *name != '.'; name++) {
		if (*name == '\\' && name[1] != '\0')
			name++;
		else if (*name <= ' ' || *name >= 0x7f)
			return (0);
	}
	return (*name == '.' && res_hnok(name + 1));
}
