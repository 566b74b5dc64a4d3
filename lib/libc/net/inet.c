/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Internet addresses as text, byte order, and the classful helpers of old.
 * <arpa/inet.h> gives most of these names a leading "__"; the plain names are
 * aliases at the end.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT;
const struct in6_addr in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

#undef htonl
#undef htons
#undef ntohl
#undef ntohs

uint32_t
htonl(uint32_t v)
{
	return (__builtin_bswap32(v));
}

uint16_t
htons(uint16_t v)
{
	return (__builtin_bswap16(v));
}

uint32_t
ntohl(uint32_t v)
{
	return (__builtin_bswap32(v));
}

uint16_t
ntohs(uint16_t v)
{
	return (__builtin_bswap16(v));
}

/*
 * Dotted form with one to four parts, each decimal, octal or hexadecimal; the
 * last one fills the rest.  Returns the parts' number, 0 if malformed.
 */
static int
parse_parts(const char *s, uint32_t part[4])
{
	unsigned long v;
	char *end;
	int n = 0;

	for (;;) {
		if (!isdigit((unsigned char)*s) || n == 4)
			return (0);
		errno = 0;
		v = strtoul(s, &end, 0);
		if (v > UINT32_MAX)
			return (0);
		part[n++] = (uint32_t)v;
		if (*end != '.')
			break;
		s = end + 1;
	}
	return (*end == '\0' || isspace((unsigned char)*end) ? n : 0);
}

int
inet_aton(const char *s, struct in_addr *addr)
{
	uint32_t part[4], v = 0;
	int saved = errno, n, i;

	n = parse_parts(s, part);
	errno = saved;
	if (n == 0)
		return (0);
	for (i = 0; i < n - 1; i++) {
		if (part[i] > 0xff)
			return (0);
		v |= part[i] << (24 - 8 * i);
	}
	if (n > 1 && part[n - 1] > 0xffffffffU >> (8 * (n - 1)))
		return (0);
	v |= part[n - 1];
	if (addr != NULL)
		addr->s_addr = htonl(v);
	return (1);
}

in_addr_t
inet_addr(const char *s)
{
	struct in_addr a;

	return (inet_aton(s, &a) ? a.s_addr : INADDR_NONE);
}

in_addr_t
inet_network(const char *s)
{
	uint32_t part[4], v = 0;
	int n, i;

	n = parse_parts(s, part);
	if (n == 0)
		return (INADDR_NONE);
	for (i = 0; i < n; i++) {
		if (part[i] > 0xff)
			return (INADDR_NONE);
		v = v << 8 | part[i];
	}
	return (v);
}

char *
inet_ntoa_r(struct in_addr a, char *buf, socklen_t size)
{
	return ((char *)(uintptr_t)inet_ntop(AF_INET, &a, buf, size));
}

char *
inet_ntoa(struct in_addr a)
{
	static char buf[INET_ADDRSTRLEN];

	return (inet_ntoa_r(a, buf, sizeof(buf)));
}

static int
class_shift(uint32_t host)
{
	return (host < 0x80000000U ? 24 : host < 0xc0000000U ? 16 : 8);
}

in_addr_t
inet_netof(struct in_addr a)
{
	uint32_t h = ntohl(a.s_addr);

	return (h >> class_shift(h));
}

in_addr_t
inet_lnaof(struct in_addr a)
{
	uint32_t h = ntohl(a.s_addr);

	return (h & ((1U << class_shift(h)) - 1));
}

struct in_addr
inet_makeaddr(in_addr_t net, in_addr_t host)
{
	struct in_addr a;
	int shift = net < 128 ? 24 : net < 65536 ? 16 : net < 0x1000000 ? 8 :
	    0;

	a.s_addr = htonl(net << shift | (host & ((1U << shift) - 1)));
	return (a);
}

/* Appends text; false if it does not fit. */
static bool
append(char **p, size_t *left, const char *s, size_t n)
{
	if (n >= *left)
		return (false);
	memcpy(*p, s, n);
	*p += n;
	*left -= n;
	**p = '\0';
	return (true);
}

static const char *
ntop6(const unsigned char *a, char *buf, size_t size)
{
	uint16_t w[8];
	char text[16], *p = buf;
	int i, j, best = -1, bestlen = 1, n;
	bool ok = size > 0;

	for (i = 0; i < 8; i++)
		w[i] = (uint16_t)(a[2 * i] << 8 | a[2 * i + 1]);
	/* The longest run of at least two zero words becomes "::". */
	for (i = 0; i < 8; i = j + 1) {
		for (j = i; j < 8 && w[j] == 0; j++)
			;
		if (j - i > bestlen) {
			best = i;
			bestlen = j - i;
		}
	}
	for (i = 0; ok && i < 8; i++) {
		if (i == best) {
			ok = append(&p, &size, "::", 2);
			i += bestlen - 1;
			continue;
		}
		if (i > 0 && i != best + bestlen)
			ok = append(&p, &size, ":", 1);
		else if (i > 0 && best < 0)
			ok = append(&p, &size, ":", 1);
		if (i == 6 && best == 0 && (bestlen == 6 ||
		    (bestlen == 5 && w[5] == 0xffff))) {
			n = snprintf(text, sizeof(text), "%d.%d.%d.%d", a[12],
			    a[13], a[14], a[15]);
			ok = ok && append(&p, &size, text, n);
			break;
		}
		n = snprintf(text, sizeof(text), "%x", w[i]);
		ok = ok && append(&p, &size, text, n);
	}
	if (!ok) {
		errno = ENOSPC;
		return (NULL);
	}
	return (buf);
}

const char *
inet_ntop(int af, const void *__restrict src, char *__restrict buf,
    socklen_t size)
{
	const unsigned char *a = src;
	char text[INET_ADDRSTRLEN];

	if (af == AF_INET6)
		return (ntop6(a, buf, size));
	if (af != AF_INET) {
		errno = EAFNOSUPPORT;
		return (NULL);
	}
	snprintf(text, sizeof(text), "%d.%d.%d.%d", a[0], a[1], a[2], a[3]);
	if (strlcpy(buf, text, size) >= size) {
		errno = ENOSPC;
		return (NULL);
	}
	return (buf);
}

/* Strictly four decimal parts without leading zeros. */
static int
pton4(const char *s, unsigned char *dst)
{
	unsigned char a[4];
	int i, v, digits;

	for (i = 0; i < 4; i++) {
		for (v = digits = 0; isdigit((unsigned char)*s); s++) {
			if (digits > 0 && v == 0)
				return (0);
			v = v * 10 + *s - '0';
			if (v > 255)
				return (0);
			digits++;
		}
		if (digits == 0 || *s != (i < 3 ? '.' : '\0'))
			return (0);
		a[i] = (unsigned char)v;
		s++;
	}
	memcpy(dst, a, sizeof(a));
	return (1);
}

static int
pton6(const char *s, unsigned char *dst)
{
	unsigned char a[16] = { 0 };
	const char *start;
	unsigned int v;
	int n = 0, gap = -1, digits;

	if (s[0] == ':' && *++s != ':')
		return (0);
	while (*s != '\0') {
		if (*s == ':') {
			if (gap >= 0)
				return (0);
			gap = n;
			s++;
			continue;
		}
		start = s;
		for (v = digits = 0; isxdigit((unsigned char)*s); s++) {
			v = v << 4 | digittoint((unsigned char)*s);
			if (++digits > 4)
				return (0);
		}
		if (*s == '.' && n <= 12) {
			if (!pton4(start, a + n))
				return (0);
			n += 4;
			break;
		}
		if (digits == 0 || n > 14)
			return (0);
		a[n++] = (unsigned char)(v >> 8);
		a[n++] = (unsigned char)v;
		if (*s == ':') {
			if (*++s == '\0')
				return (0);
		} else if (*s != '\0')
			return (0);
	}
	if (gap >= 0) {
		if (n == 16)
			return (0);
		memmove(a + 16 - (n - gap), a + gap, n - gap);
		memset(a + gap, 0, 16 - n);
	} else if (n != 16)
		return (0);
	memcpy(dst, a, sizeof(a));
	return (1);
}

int
inet_pton(int af, const char *__restrict s, void *__restrict dst)
{
	switch (af) {
	case AF_INET:
		return (pton4(s, dst));
	case AF_INET6:
		return (pton6(s, dst));
	default:
		errno = EAFNOSUPPORT;
		return (-1);
	}
}

char *
inet_net_ntop(int af, const void *src, int bits, char *buf, size_t size)
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(af, src, text, sizeof(text)) == NULL)
		return (NULL);
	if ((size_t)snprintf(buf, size, "%s/%d", text, bits) >= size) {
		errno = EMSGSIZE;
		return (NULL);
	}
	return (buf);
}

/* "addr/bits": returns the bits, -1 with errno set if malformed. */
int
inet_net_pton(int af, const char *s, void *dst, size_t size)
{
	char text[INET6_ADDRSTRLEN], *slash;
	struct in_addr a4;
	size_t len = af == AF_INET ? 4 : 16;
	long bits = (long)len * 8;

	if (af != AF_INET && af != AF_INET6) {
		errno = EAFNOSUPPORT;
		return (-1);
	}
	if (strlcpy(text, s, sizeof(text)) >= sizeof(text) || size < len)
		goto bad;
	slash = strchr(text, '/');
	if (slash != NULL) {
		*slash = '\0';
		bits = strtol(slash + 1, &slash, 10);
		if (*slash != '\0' || bits < 0 || bits > (long)len * 8)
			goto bad;
	}
	if (af == AF_INET) {
		if (!inet_aton(text, &a4))
			goto bad;
		memcpy(dst, &a4, sizeof(a4));
	} else if (!pton6(text, dst))
		goto bad;
	return ((int)bits);
bad:
	errno = ENOENT;
	return (-1);
}

#define	ALIAS(type, name, args)						\
type	plain_##name args __asm__(#name);				\
type	plain_##name args __attribute__((__alias__("__" #name)))

ALIAS(in_addr_t, inet_addr, (const char *));
ALIAS(int, inet_aton, (const char *, struct in_addr *));
ALIAS(in_addr_t, inet_lnaof, (struct in_addr));
ALIAS(struct in_addr, inet_makeaddr, (in_addr_t, in_addr_t));
ALIAS(in_addr_t, inet_netof, (struct in_addr));
ALIAS(in_addr_t, inet_network, (const char *));
ALIAS(char *, inet_net_ntop, (int, const void *, int, char *, size_t));
ALIAS(int, inet_net_pton, (int, const char *, void *, size_t));
ALIAS(char *, inet_ntoa, (struct in_addr));
ALIAS(char *, inet_ntoa_r, (struct in_addr, char *, socklen_t));
ALIAS(const char *, inet_ntop, (int, const void *__restrict,
    char *__restrict, socklen_t));
ALIAS(int, inet_pton, (int, const char *__restrict, void *__restrict));
