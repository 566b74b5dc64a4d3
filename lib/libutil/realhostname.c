/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * realhostname(3): the name of a peer, believed only if it has the address;
 * clean_environment(3).
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <libutil.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

extern char **environ __weak;

static int
same_address(const struct sockaddr *a, const struct sockaddr *b)
{
	const struct sockaddr_in *a4 = (const void *)a, *b4 = (const void *)b;
	const struct sockaddr_in6 *a6 = (const void *)a;
	const struct sockaddr_in6 *b6 = (const void *)b;

	if (a->sa_family != b->sa_family)
		return (0);
	if (a->sa_family == AF_INET)
		return (a4->sin_addr.s_addr == b4->sin_addr.s_addr);
	return (memcmp(&a6->sin6_addr, &b6->sin6_addr, 16) == 0);
}

int
realhostname_sa(char *host, size_t size, struct sockaddr *sa, int len)
{
	struct addrinfo hints, *list, *ai;
	char name[NI_MAXHOST];
	int found = 0, error;

	if (getnameinfo(sa, (socklen_t)len, host, (socklen_t)size, NULL, 0,
	    NI_NUMERICHOST) != 0)
		return (HOSTNAME_INVALIDADDR);
	if (getnameinfo(sa, (socklen_t)len, name, sizeof(name), NULL, 0,
	    NI_NAMEREQD) != 0)
		return (HOSTNAME_INVALIDADDR);
	memset(&hints, 0, sizeof(hints));
	hints.ai_family = sa->sa_family;
	hints.ai_socktype = SOCK_STREAM;
	error = getaddrinfo(name, NULL, &hints, &list);
	if (error != 0)
		return (HOSTNAME_INVALIDNAME);
	for (ai = list; ai != NULL; ai = ai->ai_next)
		found |= same_address(sa, ai->ai_addr);
	freeaddrinfo(list);
	if (!found)
		return (HOSTNAME_INCORRECTNAME);
	/* A name that does not fit is no use: the address stays. */
	trimdomain(name, (int)strlen(name));
	if (strlen(name) < size)
		strlcpy(host, name, size);
	return (HOSTNAME_FOUND);
}

int
realhostname(char *host, size_t size, const struct in_addr *addr)
{
	struct sockaddr_in sin;

	memset(&sin, 0, sizeof(sin));
	sin.sin_len = sizeof(sin);
	sin.sin_family = AF_INET;
	sin.sin_addr = *addr;
	return (realhostname_sa(host, size, (struct sockaddr *)&sin,
	    sizeof(sin)));
}

/* Whether "NAME=..." is in a list of names; "NAME*" stands for many. */
static int
listed(const char *var, const char *const *list)
{
	size_t n = strcspn(var, "="), k;

	for (; list != NULL && *list != NULL; list++) {
		k = strlen(*list);
		if (k > 0 && (*list)[k - 1] == '*' && k - 1 <= n &&
		    strncmp(var, *list, k - 1) == 0)
			return (1);
		if (k == n && strncmp(var, *list, n) == 0)
			return (1);
	}
	return (0);
}

/*
 * Removes variables that a privileged program should not believe: those of
 * `black', or, if there is a `white', all that it does not list.
 */
void
clean_environment(const char *const *white, const char *const *black)
{
	char **p, **q;

	for (p = q = environ; p != NULL && *p != NULL; p++) {
		if (white != NULL ? listed(*p, white) : !listed(*p, black))
			*q++ = *p;
	}
	if (q != NULL)
		*q = NULL;
}
