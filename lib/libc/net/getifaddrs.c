/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The network interfaces and their addresses: getifaddrs(3),
 * if_nametoindex(3) and its relatives.
 *
 * The kernel's list (sysctl net.route, NET_RT_IFLIST) has a message for each
 * interface and then one for each of its addresses; a message ends in the
 * addresses that its bit mask names, each padded to eight bytes.
 */
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/sysctl.h>
#include <net/if.h>
#include <net/if_dl.h>
#include <net/route.h>
#include <errno.h>
#include <ifaddrs.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define	PADDED(n)	((n) > 0 ? ((size_t)(n) + 7) & ~(size_t)7 : 8)

/* The list, in memory that the caller frees; NULL if there is none. */
static char *
get_list(size_t *size)
{
	int mib[] = { CTL_NET, PF_ROUTE, 0, 0, NET_RT_IFLIST, 0 };
	char *buf = NULL, *p;

	for (;;) {
		if (sysctl(mib, 6, NULL, size, NULL, 0) != 0)
			break;
		p = realloc(buf, *size + 1);
		if (p == NULL)
			break;
		buf = p;
		if (sysctl(mib, 6, buf, size, NULL, 0) == 0)
			return (buf);
		/* It has grown in between. */
		if (errno != ENOMEM)
			break;
	}
	free(buf);
	return (NULL);
}

/* The addresses behind a message, by RTAX_*. */
static void
get_addresses(char *p, char *end, int mask,
    struct sockaddr *addr[RTAX_MAX])
{
	int i;

	for (i = 0; i < RTAX_MAX; i++) {
		addr[i] = NULL;
		if ((mask & 1 << i) == 0 || end - p < 2)
			continue;
		addr[i] = (struct sockaddr *)(void *)p;
		if (end - p < addr[i]->sa_len)
			return;
		p += PADDED(addr[i]->sa_len);
	}
}

static size_t
length(const struct sockaddr *sa)
{
	return (sa == NULL ? 0 : PADDED(sa->sa_len));
}

static struct sockaddr *
keep(char **p, const struct sockaddr *sa)
{
	void *to = *p;

	if (sa == NULL)
		return (NULL);
	memcpy(to, sa, sa->sa_len);
	*p += PADDED(sa->sa_len);
	return (to);
}

/* One entry in one allocation. */
static struct ifaddrs *
new_entry(const char *name, unsigned int flags, struct sockaddr *addr,
    struct sockaddr *mask, struct sockaddr *dst, const struct if_data *data,
    unsigned int addrflags)
{
	struct ifaddrs *ifa;
	char *p;

	ifa = calloc(1, sizeof(*ifa) + (data != NULL ? sizeof(*data) : 0) +
	    length(addr) + length(mask) + length(dst) + strlen(name) + 1);
	if (ifa == NULL)
		return (NULL);
	p = (char *)(ifa + 1);
	if (data != NULL) {
		ifa->ifa_data = memcpy(p, data, sizeof(*data));
		p += sizeof(*data);
	}
	ifa->ifa_flags = flags;
	ifa->ifa_addrflags = addrflags;
	ifa->ifa_addr = keep(&p, addr);
	ifa->ifa_netmask = keep(&p, mask);
	ifa->ifa_dstaddr = keep(&p, dst);
	ifa->ifa_name = strcpy(p, name);
	return (ifa);
}

static void
set_name(char name[IFNAMSIZ], const struct sockaddr *sa)
{
	const struct sockaddr_dl *dl = (const void *)sa;
	size_t n = dl != NULL ? dl->sdl_nlen : 0;

	if (n >= IFNAMSIZ)
		n = IFNAMSIZ - 1;
	if (n > 0)
		memcpy(name, dl->sdl_data, n);
	name[n] = '\0';
}

/* The entry of a message; *skip if the message makes none. */
static struct ifaddrs *
entry_of(char *p, size_t n, char name[IFNAMSIZ], unsigned int *flags,
    bool *skip)
{
	struct if_msghdr *ifm = (void *)p;
	struct ifa_msghdr *ifam = (void *)p;
	struct sockaddr *addr[RTAX_MAX];

	*skip = false;
	if (ifm->ifm_type == RTM_IFINFO && n >= sizeof(*ifm)) {
		get_addresses((char *)(ifm + 1), p + n, ifm->ifm_addrs, addr);
		set_name(name, addr[RTAX_IFP]);
		*flags = (unsigned int)ifm->ifm_flags;
		return (new_entry(name, *flags, addr[RTAX_IFP], NULL, NULL,
		    &ifm->ifm_data, 0));
	}
	*skip = ifm->ifm_type != RTM_NEWADDR || n < sizeof(*ifam);
	if (*skip)
		return (NULL);
	get_addresses((char *)(ifam + 1), p + n, ifam->ifam_addrs, addr);
	return (new_entry(name, *flags, addr[RTAX_IFA], addr[RTAX_NETMASK],
	    addr[RTAX_BRD], NULL, (unsigned int)ifam->ifam_addrflags));
}

int
getifaddrs(struct ifaddrs **result)
{
	struct ifaddrs *head = NULL, **tail = &head, *ifa;
	char name[IFNAMSIZ] = "", *list, *p;
	unsigned int flags = 0;
	size_t size, n;
	bool skip;

	list = get_list(&size);
	if (list == NULL)
		return (-1);
	for (p = list; list + size - p >= 4; p += n) {
		n = ((struct if_msghdr *)(void *)p)->ifm_msglen;
		if (n < 4 || n > (size_t)(list + size - p))
			break;
		ifa = entry_of(p, n, name, &flags, &skip);
		if (skip)
			continue;
		if (ifa == NULL) {
			freeifaddrs(head);
			free(list);
			return (-1);
		}
		*tail = ifa;
		tail = &ifa->ifa_next;
	}
	free(list);
	*result = head;
	return (0);
}

void
freeifaddrs(struct ifaddrs *ifa)
{
	struct ifaddrs *next;

	for (; ifa != NULL; ifa = next) {
		next = ifa->ifa_next;
		free(ifa);
	}
}

/* The index, if this is the entry of an interface itself; else 0. */
static unsigned int
index_of(const struct ifaddrs *ifa)
{
	const struct sockaddr_dl *dl = (const void *)ifa->ifa_addr;

	return (dl != NULL && dl->sdl_family == AF_LINK ? dl->sdl_index : 0);
}

unsigned int
if_nametoindex(const char *name)
{
	struct ifaddrs *list, *ifa;
	unsigned int index = 0;

	if (getifaddrs(&list) != 0)
		return (0);
	for (ifa = list; ifa != NULL && index == 0; ifa = ifa->ifa_next) {
		if (strcmp(ifa->ifa_name, name) == 0)
			index = index_of(ifa);
	}
	freeifaddrs(list);
	if (index == 0)
		errno = ENXIO;
	return (index);
}

/* `name' has IFNAMSIZ bytes. */
char *
if_indextoname(unsigned int index, char *name)
{
	struct ifaddrs *list, *ifa;
	char *result = NULL;

	if (getifaddrs(&list) != 0)
		return (NULL);
	for (ifa = list; ifa != NULL && result == NULL; ifa = ifa->ifa_next) {
		if (index != 0 && index_of(ifa) == index) {
			strlcpy(name, ifa->ifa_name, IFNAMSIZ);
			result = name;
		}
	}
	freeifaddrs(list);
	if (result == NULL)
		errno = ENXIO;
	return (result);
}

/* All interfaces, ended by an empty entry; one allocation. */
struct if_nameindex *
if_nameindex(void)
{
	struct ifaddrs *list, *ifa;
	struct if_nameindex *v;
	size_t n = 0, bytes = 0;
	char *p;

	if (getifaddrs(&list) != 0)
		return (NULL);
	for (ifa = list; ifa != NULL; ifa = ifa->ifa_next) {
		if (index_of(ifa) != 0) {
			n++;
			bytes += strlen(ifa->ifa_name) + 1;
		}
	}
	v = calloc(1, (n + 1) * sizeof(*v) + bytes);
	if (v != NULL) {
		p = (char *)(v + n + 1);
		for (n = 0, ifa = list; ifa != NULL; ifa = ifa->ifa_next) {
			if (index_of(ifa) == 0)
				continue;
			v[n].if_index = index_of(ifa);
			v[n++].if_name = p;
			p = stpcpy(p, ifa->ifa_name) + 1;
		}
	}
	freeifaddrs(list);
	return (v);
}

void
if_freenameindex(struct if_nameindex *v)
{
	free(v);
}
