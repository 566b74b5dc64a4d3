/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The resolver against a server that answers by the name it is asked for, and
 * its readers against messages that are damaged.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <pthread.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include "../libc/tap.h"

static int	server, tcp_server;
static in_port_t port;
static int	host_error;
static volatile int asked;
static char	last_name[NS_MAXDNAME];

int *
__h_errno(void)
{
	return (&host_error);
}

static int
add_record(unsigned char *msg, int n, int type, const void *data, int len)
{
	unsigned char *p = msg + n;

	NS_PUT16(0xc000 | NS_HFIXEDSZ, p);
	NS_PUT16(type, p);
	NS_PUT16(ns_c_in, p);
	NS_PUT32(60, p);
	NS_PUT16(len, p);
	memcpy(p, data, len);
	ns_put16(ns_get16(msg + 6) + 1, msg + 6);
	return ((int)(p + len - msg));
}

/* Turns a question into its answer; 0: say nothing. */
static int
answer(unsigned char *msg, int n, bool tcp)
{
	static const unsigned char addr[] = { 192, 0, 2, 7 };
	char name[NS_MAXDNAME];
	unsigned char target[256];
	int i, len;

	dn_expand(msg, msg + n, msg + NS_HFIXEDSZ, name, sizeof(name));
	strcpy(last_name, name);
	asked++;
	msg[2] |= 0x80;
	msg[3] = 0x80;
	if (strcmp(name, "silent.test") == 0)
		return (asked < 2 ? 0 : add_record(msg, n, ns_t_a, addr, 4));
	if (strcmp(name, "fails.test") == 0) {
		msg[3] |= ns_r_servfail;
		return (n);
	}
	if (strcmp(name, "large.test") == 0 && !tcp) {
		msg[2] |= 2;
		return (n);
	}
	if (strcmp(name, "large.test") == 0) {
		for (i = 0; i < 100; i++)
			n = add_record(msg, n, ns_t_a, addr, 4);
		return (n);
	}
	if (strcmp(name, "alias.test") == 0) {
		len = ns_name_compress("www.example.test", target,
		    sizeof(target), NULL, NULL);
		return (add_record(msg, n, ns_t_cname, target, len));
	}
	if (strcmp(name, "empty.test") == 0)
		return (n);
	if (strcmp(name, "a.test") == 0 || strcmp(name, "x.search.test") == 0)
		return (add_record(msg, n, ns_t_a, addr, 4));
	msg[3] |= ns_r_nxdomain;
	return (n);
}

static void *
serve_udp(void *arg)
{
	unsigned char msg[4096], lie[4096];
	struct sockaddr_in from;
	socklen_t len;
	int n;

	for (;;) {
		len = sizeof(from);
		n = (int)recvfrom(server, msg, sizeof(msg), 0,
		    (struct sockaddr *)&from, &len);
		if (n < NS_HFIXEDSZ)
			continue;
		/* First a reply to another question, which must not count. */
		memcpy(lie, msg, (size_t)n);
		lie[0] ^= 0x55;
		lie[2] |= 0x80;
		lie[3] = ns_r_nxdomain;
		sendto(server, lie, (size_t)n, 0, (struct sockaddr *)&from,
		    len);
		n = answer(msg, n, false);
		if (n > 0)
			sendto(server, msg, (size_t)n, 0,
			    (struct sockaddr *)&from, len);
	}
	return (arg);
}

static void *
serve_tcp(void *arg)
{
	unsigned char msg[8192];
	int fd, n;

	while ((fd = accept(tcp_server, NULL, NULL)) >= 0) {
		if (read(fd, msg, 2) == 2) {
			n = (int)read(fd, msg + 2, ns_get16(msg));
			n = answer(msg + 2, n, true);
			ns_put16((unsigned)n, msg);
			if (write(fd, msg, (size_t)n + 2) < 0)
				perror("# write");
		}
		close(fd);
	}
	return (arg);
}

static void
start_servers(void)
{
	struct sockaddr_in sin = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(sin);
	pthread_t t;

	server = socket(AF_INET, SOCK_DGRAM, 0);
	tcp_server = socket(AF_INET, SOCK_STREAM, 0);
	bind(server, (struct sockaddr *)&sin, sizeof(sin));
	getsockname(server, (struct sockaddr *)&sin, &len);
	port = sin.sin_port;
	if (bind(tcp_server, (struct sockaddr *)&sin, sizeof(sin)) != 0 ||
	    listen(tcp_server, 5) != 0)
		perror("# tcp");
	pthread_create(&t, NULL, serve_udp, NULL);
	pthread_create(&t, NULL, serve_tcp, NULL);
}

static void
set_up(res_state st)
{
	static char search[] = "search.test";

	res_ninit(st);
	memset(&st->nsaddr_list[0], 0, sizeof(st->nsaddr_list[0]));
	st->_u._ext.ext = NULL;
	st->nsaddr_list[0].sin_family = AF_INET;
	st->nsaddr_list[0].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	st->nsaddr_list[0].sin_port = port;
	st->nscount = 1;
	st->retrans = 1;
	st->dnsrch[0] = search;
	st->dnsrch[1] = NULL;
	st->ndots = 1;
	asked = 0;
}

static void
questions(void)
{
	static unsigned char buf[65535];
	struct __res_state st;
	ns_msg m;
	ns_rr rr;
	int n;

	set_up(&st);
	n = res_nquery(&st, "a.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n > 0 && ns_initparse(buf, n, &m) == 0 &&
	    ns_parserr(&m, ns_s_an, 0, &rr) == 0 && rr.type == ns_t_a &&
	    rr.rdlength == 4 && rr.rdata[3] == 7 &&
	    strcmp(rr.name, "a.test") == 0, "an address");
	n = res_nquery(&st, "none.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n < 0 && host_error == HOST_NOT_FOUND, "a name that is not");
	n = res_nquery(&st, "empty.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n < 0 && host_error == NO_DATA, "a name without data");
	n = res_nquery(&st, "fails.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n < 0 && host_error == TRY_AGAIN, "a server in trouble");
	n = res_nquery(&st, "large.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n > 512 && ns_initparse(buf, n, &m) == 0 &&
	    ns_msg_count(m, ns_s_an) == 100, "a large answer comes by TCP");
	asked = 0;
	n = res_nquery(&st, "silent.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n > 0 && asked == 2, "a lost answer is asked for again");
	n = res_nsearch(&st, "x", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n > 0 && strcmp(last_name, "x.search.test") == 0,
	    "the search list");
	n = res_nsearch(&st, "x.", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n < 0 && strcmp(last_name, "x") == 0, "a dot ends a full name");
	n = res_nquery(&st, "alias.test", ns_c_in, ns_t_a, buf, sizeof(buf));
	tap(n > 0 && ns_initparse(buf, n, &m) == 0 &&
	    ns_parserr(&m, ns_s_an, 0, &rr) == 0 && rr.type == ns_t_cname,
	    "an alias");
}

static void
names(void)
{
	unsigned char msg[512] = { 0 }, *p = msg + 12, *ptrs[8] = { msg };
	char text[NS_MAXDNAME];
	int a, b, c;

	a = dn_comp("www.example.test", p, 256, ptrs, ptrs + 8);
	b = dn_comp("ftp.example.test", p + a, 256, ptrs, ptrs + 8);
	c = dn_comp("EXAMPLE.test", p + a + b, 256, ptrs, ptrs + 8);
	tap(a == 18 && b == 6 && c == 2, "names are compressed");
	tap(dn_expand(msg, msg + 512, p + a, text, sizeof(text)) == 6 &&
	    strcmp(text, "ftp.example.test") == 0, "and expanded");
	tap(ns_name_pton("a\\.b\\001.c", msg, sizeof(msg)) == 0 &&
	    msg[0] == 4 && ns_name_ntop(msg, text, sizeof(text)) > 0 &&
	    strcmp(text, "a\\.b\\001.c") == 0, "special characters");
	memset(msg, 0, sizeof(msg));
	msg[12] = 0xc0;
	msg[13] = 12;
	tap(dn_expand(msg, msg + 512, msg + 12, text, sizeof(text)) < 0,
	    "a name that points at itself");
	tap(ns_samedomain("a.b.c", "B.c.") == 1 &&
	    ns_samedomain("ab.c", "b.c") == 0, "domains");
	tap(ns_name_pton("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaa.b", msg, sizeof(msg)) < 0, "a label too long");
}

static void
base64(void)
{
	unsigned char out[64];
	char text[64];

	tap(b64_ntop((const unsigned char *)"hello", 5, text, sizeof(text)) ==
	    8 && strcmp(text, "aGVsbG8=") == 0 &&
	    b64_pton("aGVs bG8=", out, sizeof(out)) == 5 &&
	    memcmp(out, "hello", 5) == 0 && b64_pton("aGVsbG8", out, 64) < 0,
	    "base 64");
}

/* Every reader over messages with bytes changed. */
static void
damage(void)
{
	static const unsigned char addr[] = { 192, 0, 2, 7 };
	unsigned char good[512], *bad;
	struct __res_state st;
	char text[NS_MAXDNAME];
	int n, i, j, k, len;
	ns_msg m;
	ns_rr rr;

	set_up(&st);
	n = res_nmkquery(&st, ns_o_query, "alias.test", ns_c_in, ns_t_a, NULL,
	    0, NULL, good, sizeof(good));
	n = answer(good, n, false);
	n = add_record(good, n, ns_t_a, addr, 4);
	for (i = 0; i < 20000; i++) {
		len = tap_random() % 4 == 0 ? (int)(tap_random() % n) : n;
		bad = malloc((size_t)len + 1);
		memcpy(bad, good, (size_t)len);
		for (j = 0; j < 4 && len > 0; j++)
			bad[tap_random() % len] = (unsigned char)tap_random();
		if (ns_initparse(bad, len, &m) == 0) {
			for (j = 0; j < ns_s_max; j++) {
				for (k = 0; k < ns_msg_count(m, j) && k < 50;
				    k++)
					ns_parserr(&m, j, k, &rr);
			}
		}
		for (j = 0; j < len; j += 3)
			dn_expand(bad, bad + len, bad + j, text,
			    sizeof(text));
		free(bad);
	}
	tap(1, "damaged messages");
}

int
main(void)
{
	start_servers();
	questions();
	names();
	base64();
	damage();
	return (tap_end());
}
