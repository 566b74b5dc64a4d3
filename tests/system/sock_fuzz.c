/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Socket calls with arguments that are valid, nearly valid or nonsense, on
 * descriptors that other processes use at the same time.  The kernel, with
 * all its checks, must stand it, and afterwards no socket, descriptor in
 * flight or buffer may be left.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/ioctl.h>
#include <sys/filio.h>
#include <sys/mbuf.h>
#include <sys/socket.h>
#include <sys/sockio.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <net/if.h>

#include "tap.h"

#define NPROC	8
#define SECONDS	6
#define NFD	24			/* descriptors 10 ... */

static uint64_t state;

static uint32_t
rnd(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return ((uint32_t)(state >> 16) % n);
}

static int
counter(const char *name)
{
	int n = -1;
	size_t len = sizeof(n);

	sysctlbyname(name, &n, &len, NULL, 0);
	return (n);
}

static u_long
mbufs(void)
{
	struct mbstat st;
	size_t len = sizeof(st);

	memset(&st, 0, sizeof(st));
	sysctlbyname("kern.ipc.mbstat", &st, &len, NULL, 0);
	return (st.m_mbufs + st.m_clusters + st.m_jclusters);
}

/* Not the standard ones: shut down, they would end the test itself. */
static int
any_fd(void)
{
	int fd = rnd(30) == 0 ? (int)rnd(1000) - 100 : 10 + (int)rnd(NFD);

	return (fd >= 0 && fd < 3 ? fd - 3 : fd);
}

static char mem[70000];

static void *
any_ptr(void)
{
	switch (rnd(20)) {
	case 0:
		return (NULL);
	case 1:
		return ((void *)(uintptr_t)rnd(4096));
	case 2:
		return ((void *)0xffff800000001000UL);
	default:
		return (mem + rnd(100));
	}
}

static size_t
any_len(void)
{
	static const uint32_t tops[] = { 2, 16, 500, 5000, 69000 };

	return (rnd(100) == 0 ? ((size_t)rnd(~0U) << 32 | rnd(~0U)) :
	    rnd(tops[rnd(5)]));
}

static socklen_t
any_addr(struct sockaddr_un *sun)
{
	memset(sun, 0, sizeof(*sun));
	sun->sun_family = rnd(20) == 0 ? (sa_family_t)rnd(256) : AF_LOCAL;
	snprintf(sun->sun_path, sizeof(sun->sun_path), "/tmp/fz%u", rnd(6));
	return (rnd(20) == 0 ? rnd(300) : SUN_LEN(sun));
}

static int
any_flags(void)
{
	int flags = 0, i;

	for (i = rnd(3); i > 0; i--)
		flags |= 1 << rnd(20);
	/* Nobody may wait for long. */
	return ((flags | MSG_DONTWAIT | MSG_NOSIGNAL) & ~MSG_FBLOCKING);
}

/*
 * Put a new descriptor in a slot, closing what was there.  It must never make
 * a call wait: nobody may be left to read what sendfile() sends.
 */
static void
slot(int fd)
{
	if (fd < 0)
		return;
	fcntl(fd, F_SETFL, O_NONBLOCK);
	dup2(fd, 10 + (int)rnd(NFD));
	close(fd);
}

static void
do_msg(int receive)
{
	static char ctl[4200];
	struct cmsghdr *cm = (struct cmsghdr *)ctl;
	struct sockaddr_un sun;
	struct iovec iov[4];
	struct msghdr mh;
	int *fds, i, n;

	memset(&mh, 0, sizeof(mh));
	for (i = 0; i < 4; i++) {
		iov[i].iov_base = any_ptr();
		iov[i].iov_len = any_len();
	}
	mh.msg_iov = iov;
	mh.msg_iovlen = rnd(30) == 0 ? (int)rnd(~0U) : (int)rnd(5);
	if (rnd(3) == 0) {
		mh.msg_name = &sun;
		mh.msg_namelen = any_addr(&sun);
	}
	if (rnd(2)) {
		n = rnd(20) == 0 ? (int)rnd(1000) : (int)rnd(4);
		mh.msg_control = rnd(30) == 0 ? any_ptr() : ctl;
		mh.msg_controllen = CMSG_SPACE(n * sizeof(int));
		cm->cmsg_len = rnd(20) == 0 ? rnd(5000) :
		    CMSG_LEN(n * sizeof(int));
		cm->cmsg_level = rnd(20) == 0 ? (int)rnd(9) : SOL_SOCKET;
		cm->cmsg_type = rnd(10) == 0 ? (int)rnd(5) : SCM_RIGHTS;
		fds = (int *)CMSG_DATA(cm);
		for (i = 0; i < n && i < 1000; i++)
			fds[i] = any_fd();
	}
	if (!receive) {
		sendmsg(any_fd(), &mh, any_flags());
		return;
	}
	if (recvmsg(any_fd(), &mh, any_flags()) < 0 ||
	    mh.msg_control != ctl || mh.msg_controllen < CMSG_LEN(0) ||
	    cm->cmsg_type != SCM_RIGHTS)
		return;
	n = (cm->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	for (i = 0; i < n && i < 1000; i++)
		slot(((int *)CMSG_DATA(cm))[i]);
}

static void
do_options(void)
{
	struct timeval tv = { 0, 1000 };
	socklen_t len = any_len() & 0xffff;
	int level = rnd(4) ? SOL_SOCKET : (int)rnd(3);
	int name = rnd(3) ? 0x1000 + (int)rnd(0x40) : 1 << rnd(14);

	if (rnd(2)) {
		*(int *)mem = rnd(4) ? (int)rnd(100000) : (int)rnd(~0U);
		setsockopt(any_fd(), level, name, any_ptr(), len);
		setsockopt(any_fd(), SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	} else {
		getsockopt(any_fd(), level, name, any_ptr(), &len);
	}
}

static void
do_ioctl(void)
{
	static const u_long cmds[] = { FIONBIO, FIOASYNC, FIONREAD, FIOSETOWN,
	    FIOGETOWN, SIOCATMARK, SIOCSPGRP, SIOCGPGRP, SIOCGIFCONF };
	int n = rnd(4) ? (int)getpid() : (int)rnd(~0U);

	if (rnd(2))
		ioctl(any_fd(), cmds[rnd(9)], &n);
	else
		fcntl(any_fd(), F_SETFL, rnd(2) ? O_NONBLOCK : O_NONBLOCK |
		    O_ASYNC);
}

static void
do_events(int kq)
{
	struct timespec zero = { 0, 0 };
	struct kevent ev[4];
	struct pollfd pfd[4];
	int i;

	for (i = 0; i < 4; i++) {
		EV_SET(&ev[i], any_fd(), -1 - (int)rnd(9), 1 << rnd(8),
		    rnd(3), rnd(1000), NULL);
		pfd[i].fd = any_fd();
		pfd[i].events = (short)rnd(65536);
	}
	if (rnd(2))
		kevent(kq, ev, 4, ev, 4, &zero);
	else
		poll(pfd, 4, 0);
}

static void
step(int kq, int file)
{
	struct sockaddr_un sun;
	struct stat st;
	socklen_t len;
	off_t sent;
	int s[2], type = 1 + (int)rnd(rnd(20) ? 5 : 9);

	switch (rnd(20)) {
	case 0:
		slot(socket(rnd(20) ? AF_LOCAL : (int)rnd(40), type, 0));
		break;
	case 1:
		if (socketpair(AF_LOCAL, type, 0, s) == 0) {
			slot(s[0]);
			slot(s[1]);
		}
		break;
	case 2:
		len = any_addr(&sun);
		if (rnd(2))
			unlink(sun.sun_path);
		bind(any_fd(), (struct sockaddr *)&sun, len);
		break;
	case 3:
		listen(any_fd(), (int)rnd(20) - 2);
		break;
	case 4:
		len = any_addr(&sun);
		connect(any_fd(), (struct sockaddr *)&sun, len);
		break;
	case 5:
		slot(extaccept(any_fd(), O_FNONBLOCKING, any_ptr(),
		    any_ptr()));
		break;
	case 6:
	case 7:
		do_msg(0);
		break;
	case 8:
	case 9:
		do_msg(1);
		break;
	case 10:
		sendto(any_fd(), any_ptr(), any_len(), any_flags(), NULL, 0);
		break;
	case 11:
		recvfrom(any_fd(), any_ptr(), any_len(), any_flags(),
		    any_ptr(), any_ptr());
		break;
	case 12:
		shutdown(any_fd(), (int)rnd(4));
		break;
	case 13:
		do_options();
		break;
	case 14:
		do_ioctl();
		break;
	case 15:
		do_events(kq);
		break;
	case 16:
		len = (socklen_t)any_len();
		if (rnd(2))
			getsockname(any_fd(), any_ptr(), &len);
		else
			getpeername(any_fd(), any_ptr(), &len);
		fstat(any_fd(), &st);
		break;
	case 17:
		if (rnd(4) == 0)
			len = (socklen_t)any_len();
		sendfile(file, any_fd(), (off_t)rnd(70000), rnd(60000), NULL,
		    &sent, 0);
		break;
	case 18:
		close(any_fd());
		break;
	case 19:
		rename("/tmp/fz1", "/tmp/fz2");
		unlink("/tmp/fz3");
		break;
	}
}

static void
noise(int seed, int file)
{
	time_t end = time(NULL) + SECONDS;
	int i, kq;
	pid_t pid;

	state = 0x9e3779b97f4a7c15UL * (uint64_t)(seed + 1);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGIO, SIG_IGN);
	signal(SIGURG, SIG_IGN);
	while (time(NULL) < end) {
		/* A child shares the descriptors for a while. */
		pid = fork();
		kq = kqueue();
		if (pid == 0)
			state ^= 0x5555555555555555UL;
		alarm(SECONDS * 3);
		for (i = 0; i < 2000; i++)
			step(kq, file);
		close(kq);
		if (pid == 0)
			_exit(0);
		if (pid > 0)
			waitpid(pid, NULL, 0);
	}
}

int
main(void)
{
	int file, i, j, n = 0, sockets = counter("kern.ipc.numsockets");
	int bad = 0, status;
	u_long used = mbufs();

	file = open("/tmp/fzfile", O_RDWR | O_CREAT | O_TRUNC, 0600);
	write(file, mem, sizeof(mem));
	for (i = 0; i < NPROC; i++) {
		if (fork() == 0) {
			noise(i + (int)time(NULL), file);
			_exit(0);
		}
	}
	while (wait(&status) > 0) {
		if (WIFSIGNALED(status))
			bad = WTERMSIG(status);
		n++;
	}
	printf("# last signal %d\n", bad);
	ok(n == NPROC && bad == 0, "eight processes and their children");
	for (j = 0; j < 500 && (counter("kern.ipc.numsockets") > sockets ||
	    counter("net.local.inflight") > 0 || mbufs() > used); j++)
		poll(NULL, 0, 10);
	ok(counter("kern.ipc.numsockets") == sockets, "no socket is left");
	ok(counter("net.local.inflight") == 0, "nothing is in flight");
	ok(mbufs() == used, "no buffer is left");
	close(file);
	for (i = 0; i < 6; i++) {
		snprintf(mem, sizeof(mem), "/tmp/fz%d", i);
		unlink(mem);
	}
	unlink("/tmp/fzfile");
	return (tap_done());
}
