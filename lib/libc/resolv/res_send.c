/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending a question to the servers and receiving the answer.
 *
 * Each server is asked in turn by datagram, `retry' times, and waited for
 * longer each time.  An answer must come from the server that was asked (the
 * socket is connected), have the number of the question, and repeat it.
 * Truncated answers are asked for again by TCP.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <netinet/in.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <resolv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct sockaddr *
server_address(res_state st, int i, socklen_t *len)
{
	const struct __res_state_ext *ext = st->_u._ext.ext;

	if (ext != NULL && ext->nsaddr6[i].sin6_family == AF_INET6) {
		*len = sizeof(ext->nsaddr6[i]);
		return ((const struct sockaddr *)&ext->nsaddr6[i]);
	}
	*len = sizeof(st->nsaddr_list[i]);
	return ((const struct sockaddr *)&st->nsaddr_list[i]);
}

static long
now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec * 1000 + ts.tv_nsec / 1000000);
}

/* Waits until the socket is ready or it is `until': 1, 0, -1. */
static int
wait_for(int fd, short events, long until)
{
	struct pollfd pfd = { .fd = fd, .events = events };
	long left;
	int r;

	do {
		left = until - now_ms();
		r = left > 0 ? poll(&pfd, 1, (int)left) : 0;
	} while (r < 0 && errno == EINTR);
	return (r);
}

/* Whether a message answers the question that was asked. */
static bool
is_answer(const unsigned char *query, int qlen, const unsigned char *answer,
    int n)
{
	unsigned char a[NS_MAXCDNAME + 1], b[NS_MAXCDNAME + 1];
	const unsigned char *q = query + NS_HFIXEDSZ;
	const unsigned char *r = answer + NS_HFIXEDSZ;
	int la, lb, i;

	if (n < NS_HFIXEDSZ || memcmp(query, answer, 2) != 0 ||
	    (answer[2] & 0x80) == 0)
		return (false);
	/* Errors may come without the question. */
	if (ns_get16(answer + 4) == 0)
		return ((answer[3] & 15) != ns_r_noerror ||
		    (answer[2] & 2) != 0);
	la = ns_name_unpack(query, query + qlen, q, a, sizeof(a));
	lb = ns_name_unpack(answer, answer + n, r, b, sizeof(b));
	if (la < 0 || lb < 0 || lb + NS_QFIXEDSZ > n - NS_HFIXEDSZ ||
	    memcmp(q + la, r + lb, NS_QFIXEDSZ) != 0)
		return (false);
	for (i = 0; i < la; i++) {
		if (tolower(a[i]) != tolower(b[i]))
			return (false);
	}
	return (true);
}

static int
open_socket(const struct sockaddr *sa, socklen_t len, int type)
{
	int fd = socket(sa->sa_family, type | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return (-1);
	if (type == SOCK_STREAM)
		fcntl(fd, F_SETFL, O_NONBLOCK);
	if (connect(fd, sa, len) != 0 && errno != EINPROGRESS) {
		close(fd);
		return (-1);
	}
	return (fd);
}

/* One datagram to one server.  The length of the answer, 0 if none came. */
static int
ask_udp(const struct sockaddr *sa, socklen_t len, const unsigned char *query,
    int qlen, unsigned char *answer, int size, int seconds)
{
	long until = now_ms() + seconds * 1000L;
	int fd, n = 0;

	fd = open_socket(sa, len, SOCK_DGRAM);
	if (fd < 0)
		return (0);
	if (send(fd, query, (size_t)qlen, 0) == qlen) {
		while (wait_for(fd, POLLIN, until) > 0) {
			n = (int)recv(fd, answer, (size_t)size, 0);
			if (n < 0)
				break;		/* nobody is there */
			if (is_answer(query, qlen, answer, n))
				break;
			n = 0;
		}
	}
	close(fd);
	return (n > 0 ? n : 0);
}

/* Moves all bytes in one direction, in time. */
static bool
transfer(int fd, unsigned char *p, size_t n, bool out, long until)
{
	ssize_t k;

	while (n > 0) {
		if (wait_for(fd, out ? POLLOUT : POLLIN, until) <= 0)
			return (false);
		k = out ? write(fd, p, n) : read(fd, p, n);
		if (k == 0 || (k < 0 && errno != EAGAIN && errno != EINTR))
			return (false);
		if (k > 0) {
			p += k;
			n -= (size_t)k;
		}
	}
	return (true);
}

/* The same by TCP: messages have their length in front. */
static int
ask_tcp(const struct sockaddr *sa, socklen_t len, const unsigned char *query,
    int qlen, unsigned char *answer, int size, int seconds)
{
	long until = now_ms() + seconds * 1000L;
	unsigned char *out, length[2], drop[256];
	int fd, n = 0, take, rest;
	bool good;

	out = malloc((size_t)qlen + 2);
	fd = out != NULL ? open_socket(sa, len, SOCK_STREAM) : -1;
	if (fd < 0) {
		free(out);
		return (0);
	}
	ns_put16((unsigned int)qlen, out);
	memcpy(out + 2, query, (size_t)qlen);
	good = transfer(fd, out, (size_t)qlen + 2, true, until) &&
	    transfer(fd, length, 2, false, until);
	if (good) {
		n = (int)ns_get16(length);
		take = n < size ? n : size;
		good = transfer(fd, answer, (size_t)take, false, until);
		for (rest = n - take; good && rest > 0; rest -= take) {
			take = rest < (int)sizeof(drop) ? rest :
			    (int)sizeof(drop);
			good = transfer(fd, drop, (size_t)take, false, until);
		}
		if (n > size)
			answer[2] |= 2;		/* truncated, by us */
		if (n > size)
			n = size;
		good = good && is_answer(query, qlen, answer, n);
	}
	close(fd);
	free(out);
	return (good ? n : 0);
}

/* Asks one server once. */
static int
ask(res_state st, int server, const unsigned char *query, int qlen,
    unsigned char *answer, int size, int seconds)
{
	const struct sockaddr *sa;
	socklen_t len;
	int n;

	sa = server_address(st, server, &len);
	if ((st->options & RES_USEVC) == 0 && qlen <= NS_PACKETSZ) {
		n = ask_udp(sa, len, query, qlen, answer, size, seconds);
		if (n == 0 || (answer[2] & 2) == 0 ||
		    (st->options & RES_IGNTC) != 0)
			return (n);
	}
	return (ask_tcp(sa, len, query, qlen, answer, size, seconds));
}

/* The length of the answer, or -1 with errno set. */
int
res_nsend(res_state st, const unsigned char *query, int qlen,
    unsigned char *answer, int size)
{
	int try, i, n, server, seconds, rcode, first = 0, bad = 0;

	if ((st->options & RES_INIT) == 0 && res_ninit(st) != 0)
		return (-1);
	if (qlen < NS_HFIXEDSZ || size < NS_HFIXEDSZ) {
		errno = EINVAL;
		return (-1);
	}
	if (st->options & RES_ROTATE)
		first = (int)(res_randomid() % (unsigned int)st->nscount);
	for (try = 0; try < st->retry; try++) {
		seconds = st->retrans << try;
		if (try > 0)
			seconds /= st->nscount;
		if (seconds < 1)
			seconds = 1;
		for (i = 0; i < st->nscount; i++) {
			server = (first + i) % st->nscount;
			n = ask(st, server, query, qlen, answer, size,
			    seconds);
			if (n == 0)
				continue;
			/* A server in trouble: another may do better. */
			rcode = answer[3] & 15;
			if (rcode != ns_r_servfail && rcode != ns_r_notimpl &&
			    rcode != ns_r_refused)
				return (n);
			bad = n;
		}
	}
	if (bad > 0)
		return (bad);
	errno = ETIMEDOUT;
	return (-1);
}

int
res_send(const unsigned char *query, int qlen, unsigned char *answer,
    int size)
{
	return (res_nsend(&_res, query, qlen, answer, size));
}
