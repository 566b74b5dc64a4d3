/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX message queues: order, limits, blocking, notification, polling.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define NAME	"/damselfly-test"
#define FAILS(call, err)	((call) == -1 && errno == (err))

static mqd_t
make(long maxmsg, long msgsize, int flags)
{
	struct mq_attr attr = { .mq_maxmsg = maxmsg, .mq_msgsize = msgsize };

	mq_unlink(NAME);
	return (mq_open(NAME, O_CREAT | O_EXCL | O_RDWR | flags, 0600, &attr));
}

static int
status_of(pid_t pid)
{
	int status;

	return (waitpid(pid, &status, 0) == pid ? WEXITSTATUS(status) : -1);
}

static void
names(void)
{
	struct mq_attr bad = { .mq_maxmsg = 0, .mq_msgsize = 10 };
	mqd_t a, b;
	pid_t pid;

	mq_unlink(NAME);
	ok(FAILS(mq_open(NAME, O_RDWR), ENOENT), "no such queue: ENOENT");
	ok(FAILS(mq_open("/a/b", O_CREAT | O_RDWR, 0600, NULL), EINVAL),
	    "two components: EINVAL");
	ok(FAILS(mq_open(NAME, O_CREAT | O_RDWR, 0600, &bad), EINVAL),
	    "no messages: EINVAL");
	a = mq_open(NAME, O_CREAT | O_RDWR, 0600, NULL);
	ok(a >= 0, "a queue is made");
	ok(FAILS(mq_open(NAME, O_CREAT | O_EXCL | O_RDWR, 0600, NULL),
	    EEXIST), "O_EXCL: EEXIST");
	b = mq_open(NAME, O_RDONLY);
	ok(mq_send(a, "hello", 5, 0) == 0 && b >= 0, "it is opened again");
	ok(FAILS(mq_send(b, "x", 1, 0), EBADF), "read only: EBADF");
	ok(FAILS(mq_send(0, "x", 1, 0), EBADF), "no queue: EBADF");
	ok((fcntl(a, F_GETFD) & FD_CLOEXEC) != 0, "exec closes it");
	pid = fork();
	if (pid == 0) {
		setuid(1001);
		if (!FAILS(mq_open(NAME, O_RDONLY), EACCES))
			_exit(1);
		_exit(FAILS(mq_unlink(NAME), EACCES) ? 0 : 2);
	}
	ok(status_of(pid) == 0, "others may neither open nor unlink it");
	ok(mq_unlink(NAME) == 0 && FAILS(mq_open(NAME, O_RDWR), ENOENT),
	    "unlinked");
	ok(mq_send(a, "y", 1, 0) == 0, "but there for those who have it");
	ok(mq_close(a) == 0 && mq_close(b) == 0 && FAILS(mq_close(a), EBADF),
	    "mq_close");
}

static void
order(void)
{
	struct mq_attr attr, old;
	char buf[16];
	mqd_t q = make(4, 16, O_NONBLOCK);
	unsigned prio;

	mq_send(q, "a1", 2, 1);
	mq_send(q, "b7", 2, 7);
	mq_send(q, "c1", 2, 1);
	mq_send(q, "", 0, 31);
	ok(FAILS(mq_send(q, "x", 1, 0), EAGAIN), "full: EAGAIN");
	ok(FAILS(mq_send(q, "x", 1, 32), EINVAL), "priority 32: EINVAL");
	ok(FAILS(mq_send(q, "12345678901234567", 17, 0), EMSGSIZE),
	    "too long: EMSGSIZE");
	ok(FAILS(mq_receive(q, buf, 15, NULL), EMSGSIZE),
	    "too small a buffer: EMSGSIZE");
	ok(mq_receive(q, buf, 16, &prio) == 0 && prio == 31,
	    "highest priority first");
	ok(mq_receive(q, buf, 16, &prio) == 2 && prio == 7 && buf[0] == 'b' &&
	    mq_receive(q, buf, 16, &prio) == 2 && prio == 1 &&
	    buf[0] == 'a' && mq_receive(q, buf, 16, &prio) == 2 &&
	    buf[0] == 'c', "then in the order of sending");
	ok(FAILS(mq_receive(q, buf, 16, NULL), EAGAIN), "empty: EAGAIN");
	mq_send(q, "x", 1, 0);
	ok(mq_getattr(q, &attr) == 0 && attr.mq_flags == O_NONBLOCK &&
	    attr.mq_maxmsg == 4 && attr.mq_msgsize == 16 &&
	    attr.mq_curmsgs == 1, "mq_getattr");
	attr.mq_flags = 0;
	attr.mq_maxmsg = 99;
	ok(mq_setattr(q, &attr, &old) == 0 && old.mq_flags == O_NONBLOCK &&
	    mq_getattr(q, &attr) == 0 && attr.mq_flags == 0 &&
	    attr.mq_maxmsg == 4, "mq_setattr sets O_NONBLOCK only");
	mq_close(q);
}

static void
nosig(int sig)
{
}

static void
blocking(void)
{
	char buf[16];
	mqd_t q = make(1, 16, 0);
	struct sigaction sa = { .sa_handler = nosig };
	struct timespec ts, before;
	pid_t pid;

	pid = fork();
	if (pid == 0)
		_exit(mq_receive(q, buf, 16, NULL) == 3 ? 0 : 1);
	ok(mq_send(q, "abc", 3, 0) == 0 && status_of(pid) == 0,
	    "a receiver waits for a message");
	mq_send(q, "one", 3, 0);
	pid = fork();
	if (pid == 0)
		_exit(mq_send(q, "two", 3, 0) == 0 ? 0 : 1);
	ok(mq_receive(q, buf, 16, NULL) == 3 && status_of(pid) == 0 &&
	    mq_receive(q, buf, 16, NULL) == 3 && buf[1] == 'w',
	    "a sender waits for room");

	clock_gettime(CLOCK_REALTIME, &before);
	ts = before;
	ts.tv_nsec += 50000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_sec++;
		ts.tv_nsec -= 1000000000;
	}
	ok(FAILS(mq_timedreceive(q, buf, 16, NULL, &ts), ETIMEDOUT),
	    "timed out: ETIMEDOUT");
	clock_gettime(CLOCK_REALTIME, &before);
	ok(before.tv_sec > ts.tv_sec || (before.tv_sec == ts.tv_sec &&
	    before.tv_nsec >= ts.tv_nsec), "and not before");
	mq_send(q, "x", 1, 0);
	ts.tv_sec = 1;
	ok(FAILS(mq_timedsend(q, "x", 1, 0, &ts), ETIMEDOUT),
	    "a time past: ETIMEDOUT");
	ts.tv_nsec = 2000000000;
	ok(FAILS(mq_timedsend(q, "x", 1, 0, &ts), EINVAL),
	    "no time: EINVAL");
	ok(mq_timedreceive(q, buf, 16, NULL, &ts) == 1,
	    "which does not matter when there is no wait");

	sigaction(SIGALRM, &sa, NULL);
	ualarm(30000, 0);
	ok(FAILS(mq_receive(q, buf, 16, NULL), EINTR), "a signal: EINTR");
	signal(SIGALRM, SIG_DFL);
	alarm(60);
	mq_close(q);
}

static volatile sig_atomic_t notified;

static void
on_notify(int sig)
{
	notified++;
}

static void
notification(void)
{
	struct sigevent ev = { .sigev_notify = SIGEV_SIGNAL };
	char buf[16];
	mqd_t q = make(4, 16, 0);
	pid_t pid;

	signal(SIGUSR1, on_notify);
	ev.sigev_signo = 200;
	ok(FAILS(mq_notify(q, &ev), EINVAL), "no signal: EINVAL");
	ev.sigev_signo = SIGUSR1;
	ok(mq_notify(q, &ev) == 0, "mq_notify");
	pid = fork();
	if (pid == 0)
		_exit(FAILS(mq_notify(q, &ev), EBUSY) ? 0 : 1);
	ok(status_of(pid) == 0, "another one: EBUSY");
	mq_send(q, "x", 1, 0);
	ok(notified == 1, "a message to the empty queue signals");
	mq_receive(q, buf, 16, NULL);
	mq_send(q, "x", 1, 0);
	ok(notified == 1, "once");
	mq_notify(q, &ev);
	mq_send(q, "x", 1, 0);
	ok(notified == 1, "not when there was a message");
	ok(mq_notify(q, NULL) == 0 && mq_notify(q, &ev) == 0,
	    "withdrawn, and again");
	mq_close(q);
}

static void
polling(void)
{
	struct pollfd pfd;
	struct kevent kev;
	struct timespec zero = { 0, 0 };
	char buf[16];
	mqd_t q = make(2, 16, 0);
	int kq = kqueue();
	struct stat st;

	pfd.fd = q;
	pfd.events = POLLIN | POLLOUT;
	ok(poll(&pfd, 1, 0) == 1 && pfd.revents == POLLOUT,
	    "an empty queue is writable");
	EV_SET(&kev, q, EVFILT_READ, EV_ADD, 0, 0, NULL);
	ok(kevent(kq, &kev, 1, NULL, 0, NULL) == 0 &&
	    kevent(kq, NULL, 0, &kev, 1, &zero) == 0, "nothing to read");
	mq_send(q, "x", 1, 0);
	mq_send(q, "y", 1, 0);
	ok(kevent(kq, NULL, 0, &kev, 1, &zero) == 1 && kev.data == 2,
	    "EVFILT_READ counts messages");
	ok(poll(&pfd, 1, 0) == 1 && pfd.revents == POLLIN,
	    "a full queue is readable only");
	mq_receive(q, buf, 16, NULL);
	ok(fstat(q, &st) == 0 && st.st_size == 1 &&
	    (st.st_mode & 0777) == 0600, "fstat");
	ok(FAILS(read(q, buf, 1), EOPNOTSUPP), "read: EOPNOTSUPP");
	close(kq);
	mq_close(q);
	mq_unlink(NAME);
}

/* Everything sent is received once, by several of each. */
static void
many(void)
{
	mqd_t q = make(8, sizeof(int), 0);
	int i, p, n, sum = 0, out[2];
	pid_t pid[6];

	pipe(out);
	for (p = 0; p < 6; p++) {
		pid[p] = fork();
		if (pid[p] != 0)
			continue;
		if (p < 3) {
			for (i = 1; i <= 300; i++)
				mq_send(q, (char *)&i, sizeof(i), i % 5);
			_exit(0);
		}
		for (n = 0, i = 0; i < 300; i++) {
			int v;

			mq_receive(q, (char *)&v, sizeof(v), NULL);
			n += v;
		}
		write(out[1], &n, sizeof(n));
		_exit(0);
	}
	for (p = 0; p < 6; p++)
		status_of(pid[p]);
	for (p = 0; p < 3; p++) {
		read(out[0], &n, sizeof(n));
		sum += n;
	}
	ok(sum == 3 * 300 * 301 / 2, "three senders, three receivers");
	mq_close(q);
	mq_unlink(NAME);
}

int
main(void)
{
	alarm(60);
	names();
	order();
	blocking();
	notification();
	polling();
	many();
	return (tap_done());
}
