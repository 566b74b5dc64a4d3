/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prefixes, networks and NSAP addresses as text: inet_cidr_ntop(3),
 * inet_cidr_pton(3), inet_neta(3), inet_nsap_addr(3), inet_nsap_ntoa(3).
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
too_long(void)
{
	errno = EMSGSIZE;
	return (NULL);
}

/* "10.1.2.3/16"; without the width if that is all, or with bits of -1. */
char *
inet_cidr_ntop(int af, const void *src, int bits, char *dst, size_t size)
{
	int max = af == AF_INET6 ? 128 : 32;
	size_t n;

	if ((af != AF_INET && af != AF_INET6) || bits < -1 || bits > max) {
		errno = af != AF_INET && af != AF_INET6 ? EAFNOSUPPORT :
		    EINVAL;
		return (NULL);
	}
	if (inet_ntop(af, src, dst, (socklen_t)size) == NULL)
		return (too_long());
	n = strlen(dst);
	if (bits != -1 && (af == AF_INET6 || bits != max) &&
	    snprintf(dst + n, size - n, "/%d", bits) >= (int)(size - n))
		return (too_long());
	return (dst);
}

/* The address and the width, which is -1 if there is none. */
int
inet_cidr_pton(int af, const char *src, void *dst, int *bits)
{
	char text[64], *slash, *end;
	int max = af == AF_INET6 ? 128 : 32;
	long v;

	if (af != AF_INET && af != AF_INET6) {
		errno = EAFNOSUPPORT;
		return (-1);
	}
	errno = ENOENT;
	if (strlcpy(text, src, sizeof(text)) >= sizeof(text))
		return (-1);
	slash = strchr(text, '/');
	*bits = -1;
	if (slash != NULL) {
		*slash++ = '\0';
		v = strtol(slash, &end, 10);
		if (!isdigit((unsigned char)*slash) || *end != '\0' ||
		    v > max)
			return (-1);
		*bits = (int)v;
	}
	return (inet_pton(af, text, dst) == 1 ? 0 : -1);
}

/* A network number in host order, without the zeros at its end. */
char *
inet_neta(in_addr_t src, char *dst, size_t size)
{
	char text[16] = "";
	int shift;

	if (src == 0)
		strcpy(text, "0.0.0.0");
	for (shift = 24; src != 0; shift -= 8, src <<= 8)
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
		    "%s%u", text[0] != '\0' ? "." : "", src >> 24);
	if (strlcpy(dst, text, size) >= size)
		return (too_long());
	return (dst);
}

static int
hex_value(int c)
{
	return (isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
}

/* Hexadecimal digits, with dots anywhere.  The number of bytes, or 0. */
unsigned
inet_nsap_addr(const char *text, unsigned char *dst, int max)
{
	unsigned n = 0;
	int high = -1;

	if (text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		text += 2;
	for (; *text != '\0' && (int)n < max; text++) {
		if (*text == '.' || *text == '+' || *text == '/')
			continue;
		if (!isxdigit((unsigned char)*text))
			return (0);
		if (high < 0) {
			high = hex_value((unsigned char)*text);
			continue;
		}
		dst[n++] = (unsigned char)(high << 4 |
		    hex_value((unsigned char)*text));
		high = -1;
	}
	return (high < 0 ? n : 0);
}

/* "0x47.0005.80..." */
char *
inet_nsap_ntoa(int n, const unsigned char *src, char *dst)
{
	static char text[2 + 255 * 3];
	char *p;
	int i;

	if (dst == NULL)
		dst = text;
	p = stpcpy(dst, "0x");
	for (i = 0; i < n && i < 255; i++) {
		p += sprintf(p, "%02X", src[i]);
		if (i % 2 == 0 && i + 1 < n)
			*p++ = '.';
	}
	*p = '\0';
	return (dst);
}
