/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getent - shows entries of the administrative databases
 *
 * usage: getent database [key ...]
 *
 * Asks through the same functions as every program, so it shows what the
 * sources of nsswitch.conf(5) give.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <ctype.h>
#include <err.h>
#include <grp.h>
#include <netdb.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOUND, WRONG_USE, NOT_FOUND, NO_ENUMERATION };

/* A number, or -1. */
static long
number(const char *s)
{
	char *end;
	long v = strtol(s, &end, 10);

	return (isdigit((unsigned char)*s) && *end == '\0' ? v : -1);
}

static void
print_list(const char *sep, char **list)
{
	for (; list != NULL && *list != NULL; list++)
		printf("%s%s", sep, *list);
}

static void
print_passwd(const struct passwd *pw)
{
	printf("%s:%s:%u:%u:%s:%s:%s\n", pw->pw_name, pw->pw_passwd,
	    pw->pw_uid, pw->pw_gid, pw->pw_gecos, pw->pw_dir, pw->pw_shell);
}

static int
show_passwd(const char *key)
{
	struct passwd *pw;

	if (key == NULL) {
		for (setpwent(); (pw = getpwent()) != NULL;)
			print_passwd(pw);
		endpwent();
		return (FOUND);
	}
	pw = number(key) >= 0 ? getpwuid((uid_t)number(key)) : getpwnam(key);
	if (pw != NULL)
		print_passwd(pw);
	return (pw != NULL ? FOUND : NOT_FOUND);
}

static void
print_group(const struct group *gr)
{
	char **m;

	printf("%s:%s:%u:", gr->gr_name, gr->gr_passwd, gr->gr_gid);
	for (m = gr->gr_mem; *m != NULL; m++)
		printf("%s%s", m == gr->gr_mem ? "" : ",", *m);
	printf("\n");
}

static int
show_group(const char *key)
{
	struct group *gr;

	if (key == NULL) {
		for (setgrent(); (gr = getgrent()) != NULL;)
			print_group(gr);
		endgrent();
		return (FOUND);
	}
	gr = number(key) >= 0 ? getgrgid((gid_t)number(key)) : getgrnam(key);
	if (gr != NULL)
		print_group(gr);
	return (gr != NULL ? FOUND : NOT_FOUND);
}

static void
print_host(const struct hostent *h)
{
	char text[INET6_ADDRSTRLEN];
	char **a;

	for (a = h->h_addr_list; *a != NULL; a++) {
		inet_ntop(h->h_addrtype, *a, text, sizeof(text));
		printf("%-16s  %s", text, h->h_name);
		print_list(" ", h->h_aliases);
		printf("\n");
	}
}

static int
show_hosts(const char *key)
{
	struct hostent *h;
	unsigned char addr[16];

	if (key == NULL) {
		for (sethostent(1); (h = gethostent()) != NULL;)
			print_host(h);
		endhostent();
		return (FOUND);
	}
	if (inet_pton(AF_INET6, key, addr) == 1)
		h = gethostbyaddr((char *)addr, 16, AF_INET6);
	else if (inet_pton(AF_INET, key, addr) == 1)
		h = gethostbyaddr((char *)addr, 4, AF_INET);
	else if ((h = gethostbyname2(key, AF_INET6)) == NULL)
		h = gethostbyname2(key, AF_INET);
	if (h != NULL)
		print_host(h);
	return (h != NULL ? FOUND : NOT_FOUND);
}

static void
print_network(const struct netent *n)
{
	printf("%-16s  %u.%u.%u.%u", n->n_name, n->n_net >> 24 & 255,
	    n->n_net >> 16 & 255, n->n_net >> 8 & 255, n->n_net & 255);
	print_list(" ", n->n_aliases);
	printf("\n");
}

static int
show_networks(const char *key)
{
	struct netent *n;

	if (key == NULL) {
		for (setnetent(1); (n = getnetent()) != NULL;)
			print_network(n);
		endnetent();
		return (FOUND);
	}
	n = getnetbyname(key);
	if (n != NULL)
		print_network(n);
	return (n != NULL ? FOUND : NOT_FOUND);
}

static void
print_protocol(const struct protoent *p)
{
	printf("%-16s  %d", p->p_name, p->p_proto);
	print_list(" ", p->p_aliases);
	printf("\n");
}

static int
show_protocols(const char *key)
{
	struct protoent *p;

	if (key == NULL) {
		for (setprotoent(1); (p = getprotoent()) != NULL;)
			print_protocol(p);
		endprotoent();
		return (FOUND);
	}
	p = number(key) >= 0 ? getprotobynumber((int)number(key)) :
	    getprotobyname(key);
	if (p != NULL)
		print_protocol(p);
	return (p != NULL ? FOUND : NOT_FOUND);
}

static void
print_service(const struct servent *s)
{
	printf("%-16s  %d/%s", s->s_name, ntohs((uint16_t)s->s_port),
	    s->s_proto);
	print_list(" ", s->s_aliases);
	printf("\n");
}

/* A key may be "name" or "port", with "/protocol" behind it. */
static int
show_services(const char *key)
{
	struct servent *s;
	char name[128], *proto;

	if (key == NULL) {
		for (setservent(1); (s = getservent()) != NULL;)
			print_service(s);
		endservent();
		return (FOUND);
	}
	strlcpy(name, key, sizeof(name));
	proto = strchr(name, '/');
	if (proto != NULL)
		*proto++ = '\0';
	s = number(name) >= 0 ? getservbyport(htons((uint16_t)number(name)),
	    proto) : getservbyname(name, proto);
	if (s != NULL)
		print_service(s);
	return (s != NULL ? FOUND : NOT_FOUND);
}

static int
show_shells(const char *key)
{
	const char *s;
	int r = key == NULL ? FOUND : NOT_FOUND;

	for (setusershell(); (s = getusershell()) != NULL;) {
		if (key == NULL || strcmp(key, s) == 0) {
			printf("%s\n", s);
			r = FOUND;
		}
	}
	endusershell();
	return (r);
}

static const struct {
	const char	*name;
	int		(*show)(const char *);
} databases[] = {
	{ "group", show_group }, { "hosts", show_hosts },
	{ "networks", show_networks }, { "passwd", show_passwd },
	{ "protocols", show_protocols }, { "services", show_services },
	{ "shells", show_shells },
};
#define NDATABASES	(sizeof(databases) / sizeof(databases[0]))

static int
usage(void)
{
	size_t i;

	fprintf(stderr, "usage: getent database [key ...]\n"
	    "       database may be one of:\n\t");
	for (i = 0; i < NDATABASES; i++)
		fprintf(stderr, " %s", databases[i].name);
	fprintf(stderr, "\n");
	return (WRONG_USE);
}

int
main(int argc, char **argv)
{
	int i, r, status = FOUND;
	size_t d;

	if (argc < 2)
		return (usage());
	for (d = 0; d < NDATABASES; d++) {
		if (strcmp(databases[d].name, argv[1]) == 0)
			break;
	}
	if (d == NDATABASES) {
		warnx("unknown database: %s", argv[1]);
		return (usage());
	}
	if (argc == 2)
		return (databases[d].show(NULL));
	for (i = 2; i < argc; i++) {
		r = databases[d].show(argv[i]);
		if (r != FOUND)
			status = r;
	}
	return (status);
}
