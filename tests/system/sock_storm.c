/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local sockets under load from many processes and threads at once: data
 * stays in order, closing races with everything, nothing is left behind.
 * And sendfile(2), whose pages travel by reference.
 *
 * tap-libs: -lpthread */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, e)	(errno = 0, (call) == -1 && errno == (e))
#define NPROC	8

static int
counter(const char *name)
{
	int n = -1;
	size_t len = sizeof(n);

	sysctlbyname(name, &n, &len, NULL, 0);
	return (n);
}

static struct sockaddr_un
name(const char *path)
{
	struct sockaddr_un sun;

	memset(&sun, 0, sizeof(sun));
	sun.sun_family = AF_LOCAL;
	strcpy(sun.sun_path, path);
	sun.sun_len = SUN_LEN(&sun);
	return (sun);
}

/* Run func(i) in n processes: 0 if all of them say so. */
static int
parallel(int n, int (*func)(int))
{
	int bad = 0, i, status;

	for (i = 0; i < n; i++) {
		if (fork() == 0)
			_exit(func(i));
	}
	while (wait(&status) > 0)
		bad |= status;
	return (bad);
}

/* A pair; one process writes odd pieces, the other checks the sequence. */
static int
sequence(int i)
{
	unsigned char buf[9000], out[9000];
	unsigned char want = 0, next = 0;
	long total = 0, left = 2000000;
	int j, n, s[2], status;

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	if (fork() == 0) {
		close(s[1]);
		while (left > 0) {
			n = 1 + (left * 7919 + i) % sizeof(out);
			n = n > left ? left : n;
			for (j = 0; j < n; j++)
				out[j] = next++;
			if (write(s[0], out, n) != n)
				_exit(1);
			left -= n;
		}
		_exit(0);
	}
	close(s[0]);
	while ((n = read(s[1], buf, 1 + (total + i) % sizeof(buf))) > 0) {
		for (j = 0; j < n; j++) {
			if (buf[j] != want++)
				return (2);
		}
		total += n;
	}
	wait(&status);
	return (n != 0 || total != 2000000 || status != 0);
}

/* Clients that connect, talk and leave; the server is the parent. */
static int
client(int i)
{
	struct sockaddr_un sun = name("/tmp/storm");
	int j, n = 0, s, tries;

	for (j = 0; j < 300; j++) {
		s = socket(AF_LOCAL, SOCK_STREAM, 0);
		for (tries = 0; connect(s, (struct sockaddr *)&sun,
		    sun.sun_len) != 0; tries++) {
			if (errno != ECONNREFUSED || tries > 100000)
				return (1);
			sched_yield();
		}
		if (write(s, &j, sizeof(j)) != sizeof(j))
			return (2);
		/* Some do not wait for the answer. */
		if (j % 3 != 0 && (read(s, &n, sizeof(n)) != sizeof(n) ||
		    n != j))
			return (3);
		close(s);
	}
	return (0);
}

static void *
server(void *arg)
{
	int c, l = *(int *)arg, n = 0;

	do {
		c = accept(l, NULL, NULL);
		if (read(c, &n, sizeof(n)) == sizeof(n))
			write(c, &n, sizeof(n));
		close(c);
	} while (n != -1);
	return (NULL);
}

static void
connections(void)
{
	struct sockaddr_un sun = name("/tmp/storm");
	pthread_t td[4];
	int bad, bye = -1, i, l, s;

	unlink("/tmp/storm");
	l = socket(AF_LOCAL, SOCK_STREAM, 0);
	bind(l, (struct sockaddr *)&sun, sun.sun_len);
	listen(l, 64);
	for (i = 0; i < 4; i++)
		pthread_create(&td[i], NULL, server, &l);
	bad = parallel(NPROC, client);
	ok(bad == 0, "8 clients, 4 threads accepting");
	for (i = 0; i < 4; i++) {
		s = socket(AF_LOCAL, SOCK_STREAM, 0);
		connect(s, (struct sockaddr *)&sun, sun.sun_len);
		write(s, &bye, sizeof(bye));
		close(s);
	}
	for (i = 0; i < 4; i++)
		pthread_join(td[i], NULL);
	close(l);
	unlink("/tmp/storm");
}

/* Threads that use a pair while another closes and remakes it. */
static volatile int victim[2], stop;
static int running;

static void
nothing(int sig)
{
}

static void *
user(void *arg)
{
	struct timeval tv = { 0, 1000 };
	struct pollfd pfd;
	char buf[256];
	long i;
	int fd;

	memset(buf, 0, sizeof(buf));
	for (i = (long)arg; !stop; i++) {
		fd = victim[i & 1];
		switch (i % 7) {
		case 0:
			send(fd, buf, sizeof(buf), MSG_DONTWAIT);
			break;
		case 1:
			recv(fd, buf, sizeof(buf), MSG_DONTWAIT);
			break;
		case 2:
			pfd.fd = fd;
			pfd.events = POLLIN | POLLOUT;
			poll(&pfd, 1, 0);
			break;
		case 3:
			shutdown(fd, i % 3);
			break;
		case 4:
			setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv,
			    sizeof(tv));
			recv(fd, buf, sizeof(buf), 0);
			break;
		case 5:
			setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv,
			    sizeof(tv));
			send(fd, buf, 1, 0);
			break;
		case 6:
			recv(fd, buf, sizeof(buf), MSG_PEEK | MSG_DONTWAIT);
			break;
		}
	}
	__atomic_sub_fetch(&running, 1, __ATOMIC_SEQ_CST);
	return (NULL);
}

static void
close_races(void)
{
	static const int types[3] = { SOCK_STREAM, SOCK_DGRAM,
	    SOCK_SEQPACKET };
	struct sigaction sa = { .sa_handler = nothing };
	pthread_t td[6];
	long i;
	int s[2];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	victim[0] = s[0];
	victim[1] = s[1];
	stop = 0;
	running = 6;
	sigaction(SIGUSR1, &sa, NULL);
	for (i = 0; i < 6; i++)
		pthread_create(&td[i], NULL, user, (void *)i);
	for (i = 0; i < 3000; i++) {
		close(victim[0]);
		close(victim[1]);
		socketpair(AF_LOCAL, types[i % 3], 0, s);
		victim[0] = s[0];
		victim[1] = s[1];
	}
	stop = 1;
	/*
	 * The descriptor may have become another socket after its timeout was
	 * set: who waits at both ends of a pair only a signal gets out.
	 */
	while (__atomic_load_n(&running, __ATOMIC_SEQ_CST) > 0) {
		for (i = 0; i < 6; i++)
			pthread_kill(td[i], SIGUSR1);
		poll(NULL, 0, 5);
	}
	for (i = 0; i < 6; i++)
		pthread_join(td[i], NULL);
	close(victim[0]);
	close(victim[1]);
	ok(1, "six threads on sockets that are closed under them");
}

/* Datagrams to one receiver that comes and goes. */
static int
dgram_sender(int i)
{
	struct sockaddr_un sun = name("/tmp/stormdg");
	int j, s = socket(AF_LOCAL, SOCK_DGRAM, 0);

	for (j = 0; j < 2000; j++) {
		if (j % 10 == 0)
			connect(s, (struct sockaddr *)&sun, sun.sun_len);
		if (send(s, &j, sizeof(j), 0) < 0 && errno != ENOBUFS &&
		    errno != ECONNRESET && errno != EDESTADDRREQ &&
		    errno != ECONNREFUSED && errno != ENOTCONN)
			return (1);
	}
	return (0);
}

static int
dgram_receiver(int unused)
{
	struct sockaddr_un sun = name("/tmp/stormdg");
	int i, n, s;

	for (i = 0; i < 300; i++) {
		unlink("/tmp/stormdg");
		s = socket(AF_LOCAL, SOCK_DGRAM, 0);
		if (bind(s, (struct sockaddr *)&sun, sun.sun_len) != 0)
			return (1);
		while (recv(s, &n, sizeof(n), MSG_DONTWAIT) == sizeof(n))
			;
		close(s);
	}
	return (0);
}

static int
dgram_either(int i)
{
	return (i == 0 ? dgram_receiver(i) : dgram_sender(i));
}

static int
drain(int s, const unsigned char *want, size_t len)
{
	unsigned char buf[10000];
	size_t got = 0;
	ssize_t n;

	while ((n = read(s, buf, sizeof(buf))) > 0) {
		if (got + n > len || memcmp(buf, want + got, n) != 0)
			return (1);
		got += n;
	}
	return (got != len);
}

static void
sending_files(void)
{
	static unsigned char data[300000 + 8];
	struct sf_hdtr hdtr;
	struct iovec head = { (void *)"head", 4 }, tail = { (void *)"tail", 4 };
	off_t sent = -1;
	size_t i;
	int fd, s[2], status;

	for (i = 0; i < sizeof(data); i++)
		data[i] = i * 31 + i / 257;
	memcpy(data, "head", 4);
	memcpy(data + 300004, "tail", 4);
	fd = open("/tmp/sf", O_RDWR | O_CREAT | O_TRUNC, 0600);
	write(fd, data + 4, 300000);
	memset(&hdtr, 0, sizeof(hdtr));
	hdtr.headers = &head;
	hdtr.trailers = &tail;
	hdtr.hdr_cnt = hdtr.trl_cnt = 1;
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	if (fork() == 0) {
		close(s[0]);
		_exit(drain(s[1], data, sizeof(data)));
	}
	close(s[1]);
	ok(sendfile(fd, s[0], 0, 0, &hdtr, &sent, 0) == 0 &&
	    sent == 300008, "sendfile with header and trailer");
	close(s[0]);
	wait(&status);
	ok(status == 0, "arrives whole");

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	ok(sendfile(fd, s[0], 4095, 5000, NULL, &sent, 0) == 0 &&
	    sent == 5000, "a part, across pages");
	close(s[0]);
	ok(drain(s[1], data + 4 + 4095, 5000) == 0, "is that part");
	close(s[1]);

	socketpair(AF_LOCAL, SOCK_STREAM | SOCK_NONBLOCK, 0, s);
	ok(FAILS(sendfile(fd, s[0], 0, 0, NULL, &sent, 0), EAGAIN) &&
	    sent > 4096 && sent < 300000, "non-blocking: EAGAIN and a count");
	close(s[1]);
	ok(FAILS(sendfile(fd, s[0], 0, 0, NULL, &sent, 0), EPIPE) &&
	    sent == 0, "EPIPE");
	ok(FAILS(sendfile(fd, s[0], -1, 0, NULL, &sent, 0), EINVAL),
	    "negative offset");
	ok(FAILS(sendfile(s[0], s[0], 0, 0, NULL, &sent, 0), EINVAL),
	    "not a file");
	ok(FAILS(sendfile(fd, fd, 0, 0, NULL, &sent, 0), ENOTSOCK),
	    "not a socket");
	ok(FAILS(sendfile(99, s[0], 0, 0, NULL, &sent, 0), EBADF), "EBADF");
	close(s[0]);
	s[0] = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(sendfile(fd, s[0], 0, 0, NULL, &sent, 0), ENOTCONN),
	    "ENOTCONN");
	close(s[0]);
	socketpair(AF_LOCAL, SOCK_DGRAM, 0, s);
	ok(FAILS(sendfile(fd, s[0], 0, 0, NULL, &sent, 0), EINVAL),
	    "not a stream");
	close(s[0]);
	close(s[1]);

	/* Pages in flight outlive the file. */
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	sendfile(fd, s[0], 0, 40000, NULL, &sent, 0);
	ftruncate(fd, 0);
	close(fd);
	unlink("/tmp/sf");
	close(s[0]);
	ok(drain(s[1], data + 4, 40000) == 0, "data outlives the file");
	close(s[1]);
}

int
main(void)
{
	int sockets = counter("kern.ipc.numsockets");
	int i;

	signal(SIGPIPE, SIG_IGN);
	ok(sockets >= 0, "sockets are counted");
	ok(parallel(4, sequence) == 0, "four streams keep their order");
	connections();
	close_races();
	ok(parallel(NPROC, dgram_either) == 0,
	    "datagrams to a receiver that comes and goes");
	sending_files();
	for (i = 0; i < 300 && counter("kern.ipc.numsockets") > sockets; i++)
		poll(NULL, 0, 10);
	ok(counter("kern.ipc.numsockets") == sockets, "no socket is left");
	return (tap_done());
}
