/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local sockets: streams, datagrams and packets between descriptors of one
 * process; names, errors, options and limits.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/filio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, e)	(errno = 0, (call) == -1 && errno == (e))

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

static int
do_bind(int s, const char *path)
{
	struct sockaddr_un sun = name(path);

	return (bind(s, (struct sockaddr *)&sun, sun.sun_len));
}

static int
do_connect(int s, const char *path)
{
	struct sockaddr_un sun = name(path);

	return (connect(s, (struct sockaddr *)&sun, sun.sun_len));
}

static void
pair_streams(void)
{
	struct sockaddr_un sun;
	socklen_t len;
	char buf[64];
	int n, s[2];

	ok(socketpair(AF_LOCAL, SOCK_STREAM, 0, s) == 0, "socketpair");
	ok(write(s[0], "hello", 5) == 5, "write");
	ok(ioctl(s[1], FIONREAD, &n) == 0 && n == 5, "FIONREAD");
	ok(recv(s[1], buf, 3, MSG_PEEK) == 3 && !memcmp(buf, "hel", 3),
	    "peek leaves data");
	ok(read(s[1], buf, 2) == 2 && !memcmp(buf, "he", 2), "short read");
	ok(write(s[0], " there", 6) == 6, "write more");
	ok(read(s[1], buf, sizeof(buf)) == 9 && !memcmp(buf, "llo there", 9),
	    "pieces merge");
	ok(FAILS(recv(s[1], buf, 1, MSG_DONTWAIT), EWOULDBLOCK),
	    "empty is EWOULDBLOCK");
	ok(write(s[1], "back", 4) == 4 && read(s[0], buf, 64) == 4,
	    "other direction");
	len = sizeof(sun);
	ok(getpeername(s[0], (struct sockaddr *)&sun, &len) == 0 &&
	    len == 16 && sun.sun_family == AF_LOCAL && sun.sun_path[0] == 0,
	    "a pair has no names");
	ok(write(s[0], "", 0) == 0 && FAILS(recv(s[1], buf, 1, MSG_DONTWAIT),
	    EWOULDBLOCK), "an empty write sends nothing");
	ok(FAILS(send(s[0], "x", 1, MSG_OOB), EOPNOTSUPP), "no urgent data");
	ok(FAILS(lseek(s[0], 0, SEEK_SET), ESPIPE), "no seeking");
	close(s[0]);
	ok(read(s[1], buf, 1) == 0, "closed peer is end of file");
	signal(SIGPIPE, SIG_IGN);
	ok(FAILS(write(s[1], "x", 1), EPIPE), "closed peer is EPIPE");
	close(s[1]);
}

static volatile int pipes;

static void
on_pipe(int sig)
{
	pipes++;
}

static void
sigpipe(void)
{
	int one = 1, s[2];

	signal(SIGPIPE, on_pipe);
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	close(s[0]);
	pipes = 0;
	ok(FAILS(send(s[1], "x", 1, MSG_NOSIGNAL), EPIPE) && pipes == 0,
	    "MSG_NOSIGNAL");
	ok(FAILS(write(s[1], "x", 1), EPIPE) && pipes == 1, "write: SIGPIPE");
	ok(FAILS(send(s[1], "x", 1, 0), EPIPE) && pipes == 2,
	    "send: SIGPIPE");
	setsockopt(s[1], SOL_SOCKET, SO_NOSIGPIPE, &one, sizeof(one));
	ok(FAILS(write(s[1], "x", 1), EPIPE) && pipes == 2, "SO_NOSIGPIPE");
	close(s[1]);
	signal(SIGPIPE, SIG_IGN);
}

static void
half_close(void)
{
	char buf[8];
	int s[2];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	ok(shutdown(s[0], SHUT_WR) == 0, "shutdown for writing");
	ok(read(s[1], buf, 1) == 0, "is end of file at the peer");
	ok(FAILS(write(s[0], "x", 1), EPIPE), "and EPIPE here");
	ok(write(s[1], "y", 1) == 1 && read(s[0], buf, 8) == 1,
	    "the other direction goes on");
	write(s[1], "zz", 2);
	ok(shutdown(s[0], SHUT_RD) == 0 && read(s[0], buf, 8) == 0,
	    "shutdown for reading throws data away");
	ok(FAILS(write(s[1], "y", 1), EPIPE), "and the peer cannot write");
	ok(FAILS(shutdown(s[0], 7), EINVAL), "bad direction is EINVAL");
	close(s[0]);
	close(s[1]);
	s[0] = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(shutdown(s[0], SHUT_WR), ENOTCONN), "unconnected: ENOTCONN");
	ok(FAILS(write(s[0], "x", 1), ENOTCONN), "write: ENOTCONN");
	ok(FAILS(read(s[0], buf, 1), ENOTCONN), "read: ENOTCONN");
	close(s[0]);
}

static void
listening(void)
{
	struct sockaddr_un sun;
	struct stat st;
	socklen_t len = sizeof(sun);
	char buf[8];
	uid_t uid;
	gid_t gid;
	int a, c, l, n, *many;

	unlink("/tmp/sock");
	l = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(listen(l, 1), EINVAL), "listen needs a name");
	ok(do_bind(l, "/tmp/sock") == 0, "bind");
	ok(FAILS(do_bind(l, "/tmp/sock2"), EINVAL), "bind twice is EINVAL");
	ok(stat("/tmp/sock", &st) == 0 && S_ISSOCK(st.st_mode),
	    "bind makes a socket node");
	ok(FAILS(open("/tmp/sock", O_RDWR), EOPNOTSUPP), "not to be opened");
	c = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(do_connect(c, "/tmp/sock"), ECONNREFUSED),
	    "connect before listen is ECONNREFUSED");
	a = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(do_bind(a, "/tmp/sock"), EADDRINUSE), "EADDRINUSE");
	close(a);
	ok(FAILS(accept(l, NULL, NULL), EINVAL), "accept before listen");
	ok(listen(l, 4) == 0, "listen");
	ok(do_connect(c, "/tmp/sock") == 0, "connect");
	ok(FAILS(do_connect(c, "/tmp/sock"), EISCONN), "again: EISCONN");
	ok(write(c, "early", 5) == 5, "data before accept");
	ok(ioctl(l, FIONREAD, &n) == 0, "ioctl on a listener");
	a = accept(l, (struct sockaddr *)&sun, &len);
	ok(a >= 0 && len == 16, "accept; the peer has no name");
	ok(read(a, buf, 8) == 5, "the early data");
	len = sizeof(sun);
	ok(getpeername(c, (struct sockaddr *)&sun, &len) == 0 &&
	    !strncmp(sun.sun_path, "/tmp/sock", 9), "getpeername");
	len = sizeof(sun);
	ok(getsockname(a, (struct sockaddr *)&sun, &len) == 0 &&
	    !strncmp(sun.sun_path, "/tmp/sock", 9), "getsockname");
	ok(getpeereid(c, &uid, &gid) == 0 && uid == getuid(),
	    "getpeereid at the client");
	ok(getpeereid(a, &uid, &gid) == 0 && uid == getuid(),
	    "getpeereid at the server");
	ok(FAILS(getpeereid(l, &uid, &gid), ENOTCONN), "not at the listener");
	close(a);
	close(c);

	fcntl(l, F_SETFL, O_NONBLOCK);
	ok(FAILS(accept(l, NULL, NULL), EWOULDBLOCK), "nothing to accept");
	many = malloc(64 * sizeof(*many));
	for (n = 0; n < 64; n++) {
		many[n] = socket(AF_LOCAL, SOCK_STREAM, 0);
		if (do_connect(many[n], "/tmp/sock") != 0)
			break;
	}
	ok(n == 7 && errno == ECONNREFUSED,
	    "the backlog holds half as many again, then ECONNREFUSED");
	a = accept(l, NULL, NULL);
	ok(a >= 0 && (fcntl(a, F_GETFL) & O_NONBLOCK),
	    "accept inherits O_NONBLOCK");
	close(a);
	a = accept4(l, NULL, NULL, SOCK_CLOEXEC);
	ok(a >= 0 && (fcntl(a, F_GETFL) & O_NONBLOCK) == 0 &&
	    (fcntl(a, F_GETFD) & FD_CLOEXEC), "accept4 does not");
	close(a);
	ok(FAILS(accept4(l, NULL, NULL, 1), EINVAL), "accept4: bad flags");
	ok(rename("/tmp/sock", "/tmp/sock3") == 0, "rename");
	c = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(do_connect(c, "/tmp/sock"), ENOENT), "the old name is gone");
	ok(do_connect(c, "/tmp/sock3") == 0, "the new one works");
	close(l);
	ok(read(c, buf, 1) == 0, "a closed listener drops who waits");
	close(c);
	c = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(do_connect(c, "/tmp/sock3"), ECONNREFUSED),
	    "a name nobody has is ECONNREFUSED");
	ok(FAILS(do_connect(c, "/etc/passwd"), ENOTSOCK), "ENOTSOCK");
	close(c);
	while (n >= 0)
		close(many[n--]);
	free(many);
	unlink("/tmp/sock3");
}

static void
datagrams(void)
{
	struct sockaddr_un sun, to;
	socklen_t len = sizeof(sun);
	static char big[70000];
	char buf[64];
	int n, r, s, s2[2];
	struct msghdr mh;
	struct iovec iov = { buf, 4 };

	unlink("/tmp/dg");
	unlink("/tmp/dg2");
	r = socket(AF_LOCAL, SOCK_DGRAM, 0);
	s = socket(AF_LOCAL, SOCK_DGRAM, 0);
	ok(do_bind(r, "/tmp/dg") == 0, "bind a datagram socket");
	ok(FAILS(listen(r, 1), EOPNOTSUPP), "no listening");
	to = name("/tmp/dg");
	ok(FAILS(send(s, "x", 1, 0), EDESTADDRREQ), "EDESTADDRREQ");
	ok(sendto(s, "one", 3, 0, (struct sockaddr *)&to, to.sun_len) == 3,
	    "sendto");
	ok(do_bind(s, "/tmp/dg2") == 0, "bind the sender");
	ok(do_connect(s, "/tmp/dg") == 0, "connect");
	ok(FAILS(sendto(s, "one", 3, 0, (struct sockaddr *)&to, to.sun_len),
	    EISCONN), "connected: EISCONN");
	ok(send(s, "twotwo", 6, 0) == 6, "send");
	ok(send(s, "", 0, 0) == 0, "an empty one");
	ok(recvfrom(r, buf, 64, 0, (struct sockaddr *)&sun, &len) == 3 &&
	    len == 16, "first, from nobody");
	memset(&mh, 0, sizeof(mh));
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	mh.msg_name = &sun;
	mh.msg_namelen = sizeof(sun);
	ok(recvmsg(r, &mh, MSG_PEEK) == 4 && (mh.msg_flags & MSG_TRUNC),
	    "peeked at, cut off");
	mh.msg_namelen = sizeof(sun);
	ok(recvmsg(r, &mh, 0) == 4 && (mh.msg_flags & MSG_TRUNC) &&
	    !strncmp(sun.sun_path, "/tmp/dg2", 8), "second, cut off, named");
	ok(recv(r, buf, 64, 0) == 0, "third is empty");
	ok(FAILS(recv(r, buf, 64, MSG_DONTWAIT), EWOULDBLOCK), "no fourth");
	ok(FAILS(send(s, big, sizeof(big), 0), EMSGSIZE), "EMSGSIZE");
	for (n = 0; n < 100000; n++) {
		if (send(s, big, 1000, 0) != 1000)
			break;
	}
	ok(n > 100 && n < 100000 && errno == ENOBUFS,
	    "a full receiver is ENOBUFS");
	close(r);
	ok(FAILS(send(s, "x", 1, 0), ECONNRESET), "a closed one ECONNRESET");
	ok(FAILS(send(s, "x", 1, 0), EDESTADDRREQ), "and no longer there");
	unlink("/tmp/dg");
	unlink("/tmp/dg2");
	close(s);

	ok(socketpair(AF_LOCAL, SOCK_DGRAM, 0, s2) == 0 &&
	    send(s2[0], "ab", 2, 0) == 2 && send(s2[0], "c", 1, 0) == 1 &&
	    recv(s2[1], buf, 64, 0) == 2 && recv(s2[1], buf, 64, 0) == 1,
	    "a pair keeps boundaries");
	close(s2[0]);
	ok(FAILS(recv(s2[1], buf, 1, 0), ECONNRESET), "pair: ECONNRESET");
	close(s2[1]);
}

static void
packets(void)
{
	struct iovec iov;
	struct msghdr mh;
	char buf[64];
	int s[2];

	ok(socketpair(AF_LOCAL, SOCK_SEQPACKET, 0, s) == 0, "seqpacket pair");
	ok(send(s[0], "abc", 3, MSG_EOR) == 3 && send(s[0], "de", 2, 0) == 2,
	    "send two");
	memset(&mh, 0, sizeof(mh));
	iov.iov_base = buf;
	iov.iov_len = 64;
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	ok(recvmsg(s[1], &mh, 0) == 3 && (mh.msg_flags & MSG_EOR),
	    "the first, with MSG_EOR");
	ok(recvmsg(s[1], &mh, 0) == 2 && (mh.msg_flags & MSG_EOR) == 0,
	    "the second, without");
	close(s[0]);
	ok(recv(s[1], buf, 1, 0) == 0, "then end of file");
	close(s[1]);
}

static void
events(void)
{
	struct kevent ev, out[4];
	struct timespec zero = { 0, 0 };
	struct pollfd pfd;
	char buf[65536] = { 0 };
	int kq = kqueue(), n, s[2];

	socketpair(AF_LOCAL, SOCK_STREAM | SOCK_NONBLOCK, 0, s);
	EV_SET(&ev, s[0], EVFILT_READ, EV_ADD, 0, 0, NULL);
	ok(kevent(kq, &ev, 1, NULL, 0, NULL) == 0, "EVFILT_READ");
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 0, "not ready");
	write(s[1], "abc", 3);
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 1 && out[0].data == 3,
	    "ready, 3 bytes");
	read(s[0], buf, 8);
	EV_SET(&ev, s[0], EVFILT_READ, EV_ADD, NOTE_LOWAT, 10, NULL);
	kevent(kq, &ev, 1, NULL, 0, NULL);
	write(s[1], "abc", 3);
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 0, "NOTE_LOWAT not reached");
	write(s[1], "defghij", 7);
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 1 && out[0].data == 10,
	    "NOTE_LOWAT reached");
	pfd.fd = s[1];
	pfd.events = POLLOUT;
	ok(poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLOUT), "POLLOUT");
	while ((n = write(s[1], buf, sizeof(buf))) > 0)
		;
	ok(n == -1 && errno == EWOULDBLOCK, "fill it");
	ok(poll(&pfd, 1, 0) == 0, "no POLLOUT");
	read(s[0], buf, sizeof(buf));
	ok(poll(&pfd, 1, 0) == 1, "POLLOUT again after a read");
	close(s[1]);
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 1 &&
	    (out[0].flags & EV_EOF) && (out[0].flags & EV_HUP),
	    "EV_EOF and EV_HUP when the peer closes");
	while (read(s[0], buf, sizeof(buf)) > 0)
		;
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 1 &&
	    (out[0].flags & EV_NODATA), "EV_NODATA when all is read");
	pfd.fd = s[0];
	pfd.events = POLLIN | POLLOUT;
	ok(poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLHUP) &&
	    (pfd.revents & POLLOUT) == 0, "POLLHUP without POLLOUT");
	close(s[0]);

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	EV_SET(&ev, s[0], EVFILT_READ, EV_ADD, 0, 0, NULL);
	kevent(kq, &ev, 1, NULL, 0, NULL);
	shutdown(s[1], SHUT_WR);
	ok(kevent(kq, NULL, 0, out, 4, &zero) == 1 &&
	    (out[0].flags & (EV_EOF | EV_HUP)) == EV_EOF,
	    "half closed: EV_EOF without EV_HUP");
	close(s[0]);
	close(s[1]);
	close(kq);
}

static void
options(void)
{
	struct timeval tv = { 0, 50000 }, t0, t1;
	struct linger l = { 1, 7 };
	struct stat st;
	socklen_t len;
	char buf[16];
	int n, s[2], size;

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	len = sizeof(n);
	ok(getsockopt(s[0], SOL_SOCKET, SO_TYPE, &n, &len) == 0 &&
	    n == SOCK_STREAM && len == 4, "SO_TYPE");
	size = 32768;
	ok(setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)) == 0 &&
	    getsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &n, &len) == 0 &&
	    n == 32768, "SO_SNDBUF");
	size = 1 << 30;
	ok(FAILS(setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)),
	    ENOBUFS), "beyond kern.ipc.maxsockbuf");
	size = 0;
	ok(FAILS(setsockopt(s[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)),
	    EINVAL), "0 is EINVAL");
	ok(FAILS(setsockopt(s[0], SOL_SOCKET, SO_RCVBUF, &size, 1), EINVAL),
	    "too short is EINVAL");
	ok(FAILS(setsockopt(s[0], SOL_SOCKET, 0x7777, &size, 4), ENOPROTOOPT),
	    "ENOPROTOOPT");
	ok(setsockopt(s[0], SOL_SOCKET, SO_LINGER, &l, sizeof(l)) == 0,
	    "SO_LINGER");
	memset(&l, 0, sizeof(l));
	len = sizeof(l);
	ok(getsockopt(s[0], SOL_SOCKET, SO_LINGER, &l, &len) == 0 &&
	    l.l_onoff && l.l_linger == 7, "SO_LINGER reads back");
	ok(setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) == 0,
	    "SO_RCVTIMEO");
	gettimeofday(&t0, NULL);
	ok(FAILS(read(s[0], buf, 1), EWOULDBLOCK), "read times out");
	gettimeofday(&t1, NULL);
	timersub(&t1, &t0, &t1);
	ok(t1.tv_sec == 0 ? t1.tv_usec >= 49000 : t1.tv_sec < 5,
	    "after the time asked for");
	ok(fstat(s[0], &st) == 0 && S_ISSOCK(st.st_mode) && st.st_ino != 0 &&
	    st.st_blksize == 32768, "fstat");
	size = 8;
	setsockopt(s[0], SOL_SOCKET, SO_RCVLOWAT, &size, sizeof(size));
	write(s[1], "abc", 3);
	ok(FAILS(read(s[0], buf, 16), EWOULDBLOCK), "SO_RCVLOWAT holds off");
	write(s[1], "defgh", 5);
	ok(read(s[0], buf, 16) == 8, "SO_RCVLOWAT reached");
	close(s[0]);
	close(s[1]);
	ok(FAILS(socket(AF_LOCAL, SOCK_RAW, 0), EPROTOTYPE), "EPROTOTYPE");
	ok(FAILS(socket(AF_LOCAL, SOCK_STREAM, 99), EPROTONOSUPPORT),
	    "EPROTONOSUPPORT");
	ok(FAILS(socket(77, SOCK_STREAM, 0), EAFNOSUPPORT), "EAFNOSUPPORT");
	ok(FAILS(listen(1, 1), ENOTSOCK), "ENOTSOCK");
	ok(FAILS(listen(99, 1), EBADF), "EBADF");
}

static void
waitall(void)
{
	static char out[300000], in[300000];
	int i, s[2], status;

	for (i = 0; i < (int)sizeof(out); i++)
		out[i] = i * 7 + i / 251;
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	if (fork() == 0) {
		close(s[0]);
		_exit(write(s[1], out, sizeof(out)) != sizeof(out));
	}
	close(s[1]);
	ok(recv(s[0], in, sizeof(in), MSG_WAITALL) == sizeof(in) &&
	    memcmp(in, out, sizeof(in)) == 0, "MSG_WAITALL gets it all");
	wait(&status);
	ok(status == 0, "the writer wrote it all");
	ok(recv(s[0], in, 10, MSG_WAITALL) == 0, "MSG_WAITALL at the end");
	close(s[0]);
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	write(s[0], "abc", 3);
	close(s[0]);
	ok(recv(s[1], in, 10, MSG_WAITALL) == 3, "MSG_WAITALL: what there is");
	close(s[1]);
}

static volatile int ios;

static void
on_io(int sig)
{
	ios++;
}

static void
async(void)
{
	int one = 1, s[2];

	signal(SIGIO, on_io);
	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	ok(fcntl(s[0], F_SETOWN, getpid()) == 0 &&
	    fcntl(s[0], F_GETOWN) == getpid(), "F_SETOWN");
	ok(ioctl(s[0], FIOASYNC, &one) == 0, "FIOASYNC");
	ios = 0;
	write(s[1], "x", 1);
	ok(ios == 1, "SIGIO when data arrives");
	ok(ioctl(s[0], SIOCATMARK, &one) == 0 && one == 0, "SIOCATMARK");
	close(s[0]);
	close(s[1]);
}

static void
bad_pointers(void)
{
	struct sockaddr_un sun = name("/tmp/x");
	char buf[4];
	int s[2];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	ok(FAILS(socketpair(AF_LOCAL, SOCK_STREAM, 0, (int *)8), EFAULT),
	    "socketpair: EFAULT");
	ok(FAILS(write(s[0], (void *)8, 10), EFAULT), "write: EFAULT");
	write(s[0], "abcd", 4);
	ok(FAILS(read(s[1], (void *)8, 2), EFAULT), "read: EFAULT");
	ok(read(s[1], buf, 4) == 4 && !memcmp(buf, "abcd", 4),
	    "a failed read loses nothing");
	ok(FAILS(bind(s[0], (void *)8, 20), EFAULT), "bind: EFAULT");
	ok(FAILS(bind(s[0], (void *)&sun, 300), ENAMETOOLONG), "too long");
	ok(FAILS(bind(s[0], (void *)&sun, 1), EINVAL), "too short");
	ok(FAILS(recvmsg(s[0], (void *)8, 0), EFAULT), "recvmsg: EFAULT");
	ok(FAILS(getsockname(s[0], (void *)8, (void *)16), EFAULT),
	    "getsockname: EFAULT");
	close(s[0]);
	close(s[1]);
}

/* Without memory for data calls fail, and work again when there is some. */
static void
no_memory(void)
{
	static const char *const vars[3] = { "kern.ipc.nmbufs",
	    "kern.ipc.nmbclusters", "kern.ipc.nmbjclusters" };
	static char buf[32768];
	int i, n, old[3], one = 1, s[100][2];
	size_t len = sizeof(int);

	for (i = 0; i < 3; i++)
		sysctlbyname(vars[i], &old[i], &len, &one, sizeof(one));
	for (n = 0; n < 100; n++) {
		socketpair(AF_LOCAL, SOCK_STREAM, 0, s[n]);
		if (write(s[n][0], buf, sizeof(buf)) < 0)
			break;
	}
	ok(n < 100 && errno == ENOBUFS, "no memory for data: ENOBUFS");
	for (i = 0; i < 3; i++)
		sysctlbyname(vars[i], NULL, NULL, &old[i], sizeof(old[i]));
	ok(n < 100 && write(s[n][0], buf, sizeof(buf)) == sizeof(buf) &&
	    read(s[n][1], buf, sizeof(buf)) == sizeof(buf), "memory again");
	for (; n >= 0; n--) {
		close(s[n][0]);
		close(s[n][1]);
	}
}

int
main(void)
{
	pair_streams();
	sigpipe();
	half_close();
	listening();
	datagrams();
	packets();
	events();
	options();
	waitall();
	async();
	bad_pointers();
	no_memory();
	return (tap_done());
}
