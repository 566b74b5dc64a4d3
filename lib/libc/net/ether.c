/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ethernet addresses as text and in /etc/ethers.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <net/ethernet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	ETHERS		"/etc/ethers"
#define	HOST_LEN	256

char *
ether_ntoa_r(const struct ether_addr *a, char *buf)
{
	const unsigned char *o = a->octet;

	sprintf(buf, "%02x:%02x:%02x:%02x:%02x:%02x", o[0], o[1], o[2], o[3],
	    o[4], o[5]);
	return (buf);
}

char *
ether_ntoa(const struct ether_addr *a)
{
	static char buf[18];

	return (ether_ntoa_r(a, buf));
}

struct ether_addr *
ether_aton_r(const char *s, struct ether_addr *a)
{
	unsigned int o[6], i;

	if (sscanf(s, "%x:%x:%x:%x:%x:%x", &o[0], &o[1], &o[2], &o[3], &o[4],
	    &o[5]) != 6)
		return (NULL);
	for (i = 0; i < 6; i++) {
		if (o[i] > 0xff)
			return (NULL);
		a->octet[i] = (u_char)o[i];
	}
	return (a);
}

struct ether_addr *
ether_aton(const char *s)
{
	static struct ether_addr a;

	return (ether_aton_r(s, &a));
}

/* "address name": 0 if well-formed. */
int
ether_line(const char *line, struct ether_addr *a, char *host)
{
	size_t n = strcspn(line, " \t");
	const char *p = line + n + strspn(line + n, " \t");

	if (ether_aton_r(line, a) == NULL)
		return (-1);
	n = strcspn(p, " \t\n#");
	if (n == 0 || n >= HOST_LEN)
		return (-1);
	memcpy(host, p, n);
	host[n] = '\0';
	return (0);
}

static int
search(struct ether_addr *a, char *host, const struct ether_addr *want,
    const char *wanthost)
{
	char *line = NULL;
	size_t size = 0;
	int r = -1;
	FILE *fp;

	fp = fopen(ETHERS, "re");
	if (fp == NULL)
		return (-1);
	while (r != 0 && getline(&line, &size, fp) > 0) {
		if (ether_line(line, a, host) == 0 && (want != NULL ?
		    memcmp(a, want, sizeof(*a)) == 0 :
		    strcasecmp(host, wanthost) == 0))
			r = 0;
	}
	free(line);
	fclose(fp);
	return (r);
}

int
ether_ntohost(char *host, const struct ether_addr *a)
{
	struct ether_addr found;

	return (search(&found, host, a, NULL));
}

int
ether_hostton(const char *host, struct ether_addr *a)
{
	char name[HOST_LEN];

	return (search(a, name, NULL, host));
}
