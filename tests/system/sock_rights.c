/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Passing descriptors and credentials over local sockets: what arrives, what
 * does not fit, and that nothing stays behind, cycles included.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, e)	(errno = 0, (call) == -1 && errno == (e))

/* Send data with nfd descriptors. */
static ssize_t
send_fds(int s, const void *data, size_t len, const int *fds, int nfd)
{
	char ctl[CMSG_SPACE(300 * sizeof(int))];
	struct iovec iov = { (void *)(uintptr_t)data, len };
	struct msghdr mh;
	struct cmsghdr *cm;

	memset(&mh, 0, sizeof(mh));
	memset(ctl, 0, sizeof(ctl));
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	mh.msg_control = ctl;
	mh.msg_controllen = CMSG_SPACE(nfd * sizeof(int));
	cm = CMSG_FIRSTHDR(&mh);
	cm->cmsg_len = CMSG_LEN(nfd * sizeof(int));
	cm->cmsg_level = SOL_SOCKET;
	cm->cmsg_type = SCM_RIGHTS;
	memcpy(CMSG_DATA(cm), fds, nfd * sizeof(int));
	return (sendmsg(s, &mh, 0));
}

/* Receive; at most max descriptors.  *nfd: how many came. */
static ssize_t
recv_fds(int s, void *data, size_t len, int *fds, int max, int *nfd,
    int flags, int *outflags)
{
	char ctl[CMSG_SPACE(300 * sizeof(int))];
	struct iovec iov = { data, len };
	struct msghdr mh;
	struct cmsghdr *cm;
	ssize_t n;

	memset(&mh, 0, sizeof(mh));
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	mh.msg_control = max > 0 ? ctl : NULL;
	mh.msg_controllen = max > 0 ? CMSG_LEN(max * sizeof(int)) : 0;
	*nfd = 0;
	n = recvmsg(s, &mh, flags);
	*outflags = mh.msg_flags;
	if (n < 0)
		return (n);
	for (cm = CMSG_FIRSTHDR(&mh); cm != NULL; cm = CMSG_NXTHDR(&mh, cm)) {
		if (cm->cmsg_level != SOL_SOCKET ||
		    cm->cmsg_type != SCM_RIGHTS)
			continue;
		*nfd = (cm->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(fds, CMSG_DATA(cm), *nfd * sizeof(int));
	}
	return (n);
}

static int
openfiles(void)
{
	int n;
	size_t len = sizeof(n);

	return (sysctlbyname("kern.openfiles", &n, &len, NULL, 0) == 0 ? n :
	    -1);
}

static int
counter(const char *name)
{
	int n = -1;
	size_t len = sizeof(n);

	sysctlbyname(name, &n, &len, NULL, 0);
	return (n);
}

/* The collector works on its own time: wait until all is gone. */
static int
settles(int files)
{
	int i;

	for (i = 0; i < 500; i++) {
		if (counter("net.local.inflight") == 0 &&
		    openfiles() <= files)
			return (1);
		poll(NULL, 0, 10);
	}
	return (0);
}

static void
passing(void)
{
	int fds[8], flags, n, p[2], s[2];
	char buf[16];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	pipe(p);
	ok(send_fds(s[0], "x", 1, p, 2) == 1, "send two descriptors");
	close(p[0]);
	ok(counter("net.local.inflight") == 2, "two are in flight");
	ok(recv_fds(s[1], buf, 16, fds, 8, &n, 0, &flags) == 1 && n == 2,
	    "receive two");
	ok(write(p[1], "pipe", 4) == 4 && read(fds[0], buf, 16) == 4,
	    "it is the same pipe");
	ok((fcntl(fds[0], F_GETFD) & FD_CLOEXEC) == 0, "not close-on-exec");
	close(fds[0]);
	close(fds[1]);
	send_fds(s[0], "x", 1, p + 1, 1);
	ok(recv_fds(s[1], buf, 16, fds, 8, &n, MSG_CMSG_CLOEXEC, &flags) ==
	    1 && n == 1 && (fcntl(fds[0], F_GETFD) & FD_CLOEXEC),
	    "MSG_CMSG_CLOEXEC");
	close(fds[0]);

	write(s[0], "before", 6);
	send_fds(s[0], "with", 4, p + 1, 1);
	write(s[0], "after", 5);
	ok(recv_fds(s[1], buf, 16, fds, 8, &n, 0, &flags) == 6 && n == 0,
	    "data sent before comes alone");
	ok(recv_fds(s[1], buf, 16, fds, 8, &n, 0, &flags) == 9 && n == 1,
	    "then the descriptor, with what follows");
	close(fds[0]);

	send_fds(s[0], "x", 1, p + 1, 1);
	ok(recv(s[1], buf, 16, MSG_PEEK) == 1 &&
	    read(s[1], buf, 16) == 1, "read(2) drops descriptors");
	close(p[1]);
	close(s[0]);
	close(s[1]);
}

static void
errors(void)
{
	int fds[300], flags, i, kq, n, s[2];
	char buf[16];

	socketpair(AF_LOCAL, SOCK_DGRAM, 0, s);
	fds[0] = 99;
	ok(FAILS(send_fds(s[0], "x", 1, fds, 1), EBADF), "EBADF");
	kq = kqueue();
	ok(FAILS(send_fds(s[0], "x", 1, &kq, 1), EOPNOTSUPP), "no kqueues");
	close(kq);
	i = socket(AF_LOCAL, SOCK_STREAM, 0);
	ok(FAILS(send_fds(i, "x", 1, s, 2), ENOTCONN),
	    "descriptors to nobody: ENOTCONN");
	close(i);
	for (i = 0; i < 300; i++)
		fds[i] = 0;
	ok(send_fds(s[0], "x", 1, fds, 300) == 1, "300 descriptors");
	ok(recv_fds(s[1], buf, 16, fds, 3, &n, 0, &flags) == 1 && n == 3 &&
	    (flags & MSG_CTRUNC), "room for three: MSG_CTRUNC");
	for (i = 0; i < n; i++)
		close(fds[i]);
	ok(counter("net.local.inflight") == 0, "the others are gone");
	fds[0] = 0;
	send_fds(s[0], "x", 1, fds, 1);
	ok(recv_fds(s[1], buf, 16, fds, 0, &n, 0, &flags) == 1 &&
	    (flags & MSG_CTRUNC), "no room at all: MSG_CTRUNC");
	close(s[0]);
	close(s[1]);
}

static void
bad_control(void)
{
	union {
		struct cmsghdr cm;
		char room[CMSG_SPACE(64)];
	} ctl;
	struct iovec iov = { (void *)"x", 1 };
	struct msghdr mh;
	int s[2];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	memset(&mh, 0, sizeof(mh));
	memset(&ctl, 0, sizeof(ctl));
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	mh.msg_control = &ctl;
	mh.msg_controllen = 4;
	ok(FAILS(sendmsg(s[0], &mh, 0), EINVAL), "too short for a header");
	mh.msg_controllen = sizeof(ctl);
	ctl.cm.cmsg_level = SOL_SOCKET;
	ctl.cm.cmsg_type = SCM_RIGHTS;
	ctl.cm.cmsg_len = 3;
	ok(FAILS(sendmsg(s[0], &mh, 0), EINVAL), "length below a header");
	ctl.cm.cmsg_len = 0xfffffff0;
	ok(FAILS(sendmsg(s[0], &mh, 0), EINVAL), "length beyond the buffer");
	ctl.cm.cmsg_len = CMSG_LEN(4);
	ctl.cm.cmsg_type = 77;
	ok(FAILS(sendmsg(s[0], &mh, 0), EINVAL), "unknown type");
	ctl.cm.cmsg_type = SCM_RIGHTS;
	ctl.cm.cmsg_level = 5;
	ok(FAILS(sendmsg(s[0], &mh, 0), EINVAL), "unknown level");
	mh.msg_controllen = 1 << 20;
	ok(FAILS(sendmsg(s[0], &mh, 0), EMSGSIZE), "too long");
	close(s[0]);
	close(s[1]);
}

static void
credentials(void)
{
	union {
		struct cmsghdr cm;
		char room[CMSG_SPACE(sizeof(struct cmsgcred))];
	} ctl;
	struct cmsgcred *cc = (struct cmsgcred *)CMSG_DATA(&ctl.cm);
	struct iovec iov;
	struct msghdr mh;
	char c = 'x';
	pid_t pid;
	int s[2];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	memset(&mh, 0, sizeof(mh));
	memset(&ctl, 0, sizeof(ctl));
	iov.iov_base = &c;
	iov.iov_len = 1;
	mh.msg_iov = &iov;
	mh.msg_iovlen = 1;
	mh.msg_control = &ctl;
	mh.msg_controllen = sizeof(ctl);
	pid = fork();
	if (pid == 0) {
		setgid(17);
		setuid(1001);
		ctl.cm.cmsg_len = CMSG_LEN(sizeof(*cc));
		ctl.cm.cmsg_level = SOL_SOCKET;
		ctl.cm.cmsg_type = SCM_CREDS;
		cc->cmcred_uid = 0;	/* a lie */
		_exit(sendmsg(s[0], &mh, 0) != 1);
	}
	waitpid(pid, NULL, 0);
	ok(recvmsg(s[1], &mh, 0) == 1 && ctl.cm.cmsg_type == SCM_CREDS &&
	    ctl.cm.cmsg_len == CMSG_LEN(sizeof(*cc)), "SCM_CREDS");
	ok(cc->cmcred_pid == pid && cc->cmcred_uid == 1001 &&
	    cc->cmcred_euid == 1001 && cc->cmcred_gid == 17 &&
	    cc->cmcred_ngroups >= 1, "the kernel fills them in");
	close(s[0]);
	close(s[1]);
}

static void
cycles(void)
{
	struct sockaddr_un sun = { .sun_family = AF_LOCAL };
	int before = openfiles(), c, i, l, s[2], t[2];

	for (i = 0; i < 50; i++) {
		/* Each end in the other's buffer. */
		socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
		send_fds(s[0], "x", 1, &s[0], 1);
		send_fds(s[1], "x", 1, &s[1], 1);
		close(s[i & 1]);
		close(s[!(i & 1)]);
	}
	ok(settles(before), "pairs holding themselves are collected");

	for (i = 0; i < 50; i++) {
		/* Two pairs, each in the other. */
		socketpair(AF_LOCAL, SOCK_DGRAM, 0, s);
		socketpair(AF_LOCAL, SOCK_SEQPACKET, 0, t);
		send_fds(s[0], "x", 1, t, 2);
		send_fds(t[0], "x", 1, s, 2);
		close(s[0]);
		close(s[1]);
		close(t[0]);
		close(t[1]);
	}
	ok(settles(before), "pairs holding each other are collected");

	/* A listener in the queue of a connection waiting at it. */
	strcpy(sun.sun_path, "/tmp/gcsock");
	sun.sun_len = SUN_LEN(&sun);
	unlink(sun.sun_path);
	l = socket(AF_LOCAL, SOCK_STREAM, 0);
	bind(l, (struct sockaddr *)&sun, sun.sun_len);
	listen(l, 5);
	c = socket(AF_LOCAL, SOCK_STREAM, 0);
	connect(c, (struct sockaddr *)&sun, sun.sun_len);
	send_fds(c, "x", 1, &l, 1);
	close(l);
	close(c);
	unlink(sun.sun_path);
	ok(settles(before), "a listener in its own queue is collected");
}

/* What can still be reached must stay. */
static void
not_garbage(void)
{
	int fds[4], flags, i, n, s[2], t[2], u[2];
	char buf[16];

	socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
	socketpair(AF_LOCAL, SOCK_STREAM, 0, t);
	send_fds(s[0], "x", 1, &t[1], 1);	/* t[1] waits in s[1] */
	close(t[1]);
	send_fds(t[0], "y", 1, &s[0], 1);	/* s[0] waits in t[1] */
	close(s[0]);
	for (i = 0; i < 20; i++) {		/* have the collector look */
		socketpair(AF_LOCAL, SOCK_STREAM, 0, u);
		send_fds(u[0], "x", 1, &u[0], 1);
		close(u[0]);
		close(u[1]);
	}
	ok(recv_fds(s[1], buf, 16, fds, 4, &n, 0, &flags) == 1 && n == 1,
	    "a socket waiting in an open one is kept");
	ok(recv_fds(fds[0], buf, 16, fds + 1, 3, &n, 0, &flags) == 1 &&
	    n == 1, "and what waits in it");
	ok(write(fds[1], "live", 4) == 4 && read(s[1], buf, 16) == 4,
	    "and both work");
	close(fds[0]);
	close(fds[1]);
	close(s[1]);
	close(t[0]);
}

/* A chain of sockets each in the next must not use up the kernel stack. */
static void
chain(void)
{
	int before = openfiles(), fd, i, s[2];

	fd = open("/dev/null", O_RDONLY);
	for (i = 0; i < 2000; i++) {
		socketpair(AF_LOCAL, SOCK_DGRAM, 0, s);
		send_fds(s[0], "x", 1, &fd, 1);
		close(s[0]);
		close(fd);
		fd = s[1];
	}
	close(fd);
	ok(settles(before), "a chain of 2000 is closed one by one");
}

static void
limits(void)
{
	int fds[100], i, max = 500, s[2], status;
	size_t len = sizeof(max);
	int old;

	sysctlbyname("net.local.maxinflight", &old, &len, &max, sizeof(max));
	if (fork() == 0) {
		setuid(1001);
		for (i = 0; i < 100; i++)
			fds[i] = 0;
		for (i = 0; i < 100; i++) {
			socketpair(AF_LOCAL, SOCK_STREAM, 0, s);
			if (send_fds(s[0], "x", 1, fds, 100) != 1)
				_exit(i == 5 && errno == ETOOMANYREFS ? 0 :
				    1);
		}
		_exit(2);
	}
	wait(&status);
	ok(status == 0, "a user may not have more in flight than allowed");
	sysctlbyname("net.local.maxinflight", NULL, NULL, &old, sizeof(old));
	ok(counter("net.local.inflight") == 0, "exit gives them back");
}

/* All CPUs pass sockets around and throw them away. */
static void
storm(void)
{
	int before = openfiles(), fds[8], flags, i, j, n, s[2], status, bad = 0;
	char buf[16];

	for (i = 0; i < 8; i++) {
		if (fork() != 0)
			continue;
		for (j = 0; j < 400; j++) {
			socketpair(AF_LOCAL, j % 3 == 0 ? SOCK_STREAM :
			    j % 3 == 1 ? SOCK_DGRAM : SOCK_SEQPACKET, 0, s);
			if (send_fds(s[0], "x", 1, s, 2) != 1)
				_exit(1);
			if (j % 4 == 0 && fork() == 0)
				_exit(0);
			if (j % 2 == 0) {
				if (recv_fds(s[1], buf, 16, fds, 8, &n, 0,
				    &flags) != 1 || n != 2)
					_exit(2);
				close(fds[0]);
				close(fds[1]);
			}
			close(s[0]);
			close(s[1]);
			while (waitpid(-1, NULL, WNOHANG) > 0)
				;
		}
		while (wait(NULL) > 0)
			;
		_exit(0);
	}
	while (wait(&status) > 0)
		bad |= status;
	ok(bad == 0, "eight processes passing and dropping sockets");
	ok(settles(before), "leave nothing behind");
}

int
main(void)
{
	passing();
	errors();
	bad_control();
	credentials();
	not_garbage();
	cycles();
	chain();
	limits();
	storm();
	ok(counter("net.local.inflightsockets") == 0, "no socket is in flight");
	return (tap_done());
}
