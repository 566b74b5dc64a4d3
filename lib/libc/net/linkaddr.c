/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses of the link layer as text, "em0:0.1b.21.aa.bb.cc": link_addr(3),
 * link_ntoa(3).
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <net/if_dl.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
link_addr(const char *text, struct sockaddr_dl *dl)
{
	const char *colon = strchr(text, ':'), *p = text;
	size_t n = 0, room = sizeof(dl->sdl_data);
	unsigned long v;
	char *end;

	dl->sdl_family = AF_LINK;
	dl->sdl_nlen = dl->sdl_alen = dl->sdl_slen = 0;
	if (colon != NULL) {
		n = (size_t)(colon - text);
		if (n > room)
			n = room;
		memcpy(dl->sdl_data, text, n);
		dl->sdl_nlen = (u_char)n;
		p = colon + 1;
	}
	while (isxdigit((unsigned char)*p) && n < room) {
		v = strtoul(p, &end, 16);
		dl->sdl_data[n++] = (char)v;
		dl->sdl_alen++;
		p = *end == '.' || *end == ':' ? end + 1 : end;
	}
}

char *
link_ntoa(const struct sockaddr_dl *dl)
{
	static char text[64];
	const unsigned char *p;
	int n = 0, i;

	if (dl->sdl_nlen > 0 && dl->sdl_nlen <= sizeof(dl->sdl_data)) {
		n = snprintf(text, sizeof(text), "%.*s", dl->sdl_nlen,
		    dl->sdl_data);
		if (dl->sdl_alen > 0)
			text[n++] = ':';
	}
	p = (const unsigned char *)CLLADDR(dl);
	for (i = 0; i < dl->sdl_alen && n < (int)sizeof(text) - 4; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%s%x",
		    i > 0 ? "." : "", p[i]);
	text[n] = '\0';
	return (text);
}
