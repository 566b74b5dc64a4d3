/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous I/O: files, pipes, lists, notification, cancelling, and what
 * becomes of requests when the process stops, executes or ends.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/wait.h>
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, err)	((call) == -1 && errno == (err))

static char buf[65536], buf2[65536];

static struct aiocb
request(int fd, void *p, size_t n, off_t off)
{
	struct aiocb cb;

	memset(&cb, 0, sizeof(cb));
	cb.aio_fildes = fd;
	cb.aio_buf = p;
	cb.aio_nbytes = n;
	cb.aio_offset = off;
	return (cb);
}

static int
wait_for(struct aiocb *cb)
{
	const struct aiocb *list[1] = { cb };
	int error;

	while ((error = aio_error(cb)) == EINPROGRESS)
		aio_suspend(list, 1, NULL);
	return (error);
}

static int
temp_file(void)
{
	char name[] = "/tmp/aio.XXXXXX";
	int fd = mkstemp(name);

	unlink(name);
	return (fd);
}

static void
files(void)
{
	int fd = temp_file(), ro = open("/etc/rc.conf", O_RDONLY);
	struct aiocb w = request(fd, buf, sizeof(buf), 100), r, bad;
	size_t i;

	for (i = 0; i < sizeof(buf); i++)
		buf[i] = i * 7;
	ok(aio_write(&w) == 0 && wait_for(&w) == 0 &&
	    aio_return(&w) == sizeof(buf), "a write at an offset");
	ok(FAILS(aio_return(&w), EINVAL) && FAILS(aio_error(&w), EINVAL),
	    "its result can be taken once");
	r = request(fd, buf2, sizeof(buf2), 100);
	ok(aio_read(&r) == 0 && wait_for(&r) == 0 &&
	    aio_return(&r) == sizeof(buf) &&
	    memcmp(buf, buf2, sizeof(buf)) == 0, "is read again");
	ok(lseek(fd, 0, SEEK_CUR) == 0, "the file's own offset stays");
	r = request(fd, buf2, 10, 1 << 20);
	ok(aio_read(&r) == 0 && wait_for(&r) == 0 && aio_return(&r) == 0,
	    "at the end: 0 bytes");
	r = request(fd, NULL, 0, 0);
	ok(aio_write(&w) == 0 && aio_fsync(O_SYNC, &r) == 0 &&
	    wait_for(&r) == 0 && aio_error(&w) == 0 && aio_return(&r) == 0,
	    "aio_fsync is done after the write before it");
	aio_return(&w);
	r = request(999, NULL, 0, 0);
	ok(FAILS(aio_fsync(O_SYNC, &r), EBADF) &&
	    FAILS(aio_fsync(12345, &r), EINVAL), "its errors");
	bad = request(999, buf, 1, 0);
	ok(FAILS(aio_read(&bad), EBADF), "no descriptor: EBADF");
	bad = request(ro, buf, 1, 0);
	ok(FAILS(aio_write(&bad), EBADF), "not open for that: EBADF");
	bad = request(fd, buf, 1, -1);
	ok(FAILS(aio_read(&bad), EINVAL), "negative offset: EINVAL");
	bad = request(fd, buf, 1, 0);
	bad.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	bad.aio_sigevent.sigev_signo = 500;
	ok(FAILS(aio_read(&bad), EINVAL), "no signal: EINVAL");
	bad = request(fd, (void *)8, 10, 0);
	ok(aio_write(&bad) == 0 && wait_for(&bad) == EFAULT &&
	    FAILS(aio_return(&bad), EFAULT), "bad memory: EFAULT, later");
	ok(FAILS(aio_read((struct aiocb *)8), EFAULT), "no aiocb: EFAULT");
	close(fd);
	close(ro);
}

static void
pipes(void)
{
	struct timespec soon = { 0, 30000000 };
	struct aiocb r[40], *done;
	const struct aiocb *list[1] = { &r[0] };
	int p[2], i, sum = 0;

	pipe(p);
	r[0] = request(p[0], buf2, 10, 0);
	ok(aio_read(&r[0]) == 0 && aio_error(&r[0]) == EINPROGRESS,
	    "a read from an empty pipe waits");
	ok(FAILS(aio_return(&r[0]), EINPROGRESS), "it has no result yet");
	ok(FAILS(aio_suspend(list, 1, &soon), EAGAIN),
	    "aio_suspend times out: EAGAIN");
	ok(aio_cancel(p[0], &r[0]) == AIO_NOTCANCELED,
	    "what goes on is not cancelled");
	write(p[1], "abc", 3);
	ok(aio_waitcomplete(&done, NULL) == 3 && done == &r[0],
	    "aio_waitcomplete tells which, and how much");
	ok(FAILS(aio_waitcomplete(&done, &soon), EAGAIN) && done == NULL,
	    "nothing more: EAGAIN");

	/* More than there are threads: the rest is queued. */
	for (i = 0; i < 40; i++) {
		r[i] = request(p[0], buf2 + i, 1, 0);
		if (aio_read(&r[i]) != 0)
			break;
	}
	ok(i == 40, "40 reads");
	ok(aio_cancel(p[0], &r[39]) == AIO_CANCELED &&
	    aio_error(&r[39]) == ECANCELED &&
	    FAILS(aio_return(&r[39]), ECANCELED), "the last is cancelled");
	write(p[1], buf, 39);
	for (i = 0; i < 39; i++)
		sum += aio_waitcomplete(&done, NULL) == 1;
	ok(sum == 39, "the others are served");
	ok(aio_cancel(p[0], NULL) == AIO_ALLDONE, "all done");
	close(p[0]);
	close(p[1]);
}

static volatile sig_atomic_t signals;

static void
handler(int sig)
{
	signals++;
}

static void
notification(void)
{
	struct sigevent all = { .sigev_notify = SIGEV_SIGNAL };
	struct aiocb r = request(0, buf2, 1, 0), *list[3], c[3];
	struct timespec zero = { 0, 0 };
	sigset_t usr1, old;
	struct kevent kev;
	int fd = temp_file(), kq = kqueue(), i, p[2];

	pipe(p);
	signal(SIGUSR1, handler);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	sigprocmask(SIG_BLOCK, &usr1, &old);
	r.aio_fildes = p[0];
	r.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	r.aio_sigevent.sigev_signo = SIGUSR1;
	aio_read(&r);
	write(p[1], "x", 1);
	while (!signals)
		sigsuspend(&old);
	ok(signals == 1 && aio_return(&r) == 1, "a signal at the end");

	r.aio_sigevent.sigev_notify = SIGEV_KEVENT;
	r.aio_sigevent.sigev_notify_kqueue = kq;
	r.aio_sigevent.sigev_value.sival_ptr = &fd;
	ok(aio_read(&r) == 0 && kevent(kq, NULL, 0, &kev, 1, &zero) == 0,
	    "no event before");
	write(p[1], "x", 1);
	ok(kevent(kq, NULL, 0, &kev, 1, NULL) == 1 &&
	    kev.filter == EVFILT_AIO && kev.ident == (uintptr_t)&r &&
	    kev.udata == &fd && aio_return(&r) == 1, "an EVFILT_AIO event");
	EV_SET(&kev, 1, EVFILT_AIO, EV_ADD, 0, 0x1234, NULL);
	ok(FAILS(kevent(kq, &kev, 1, NULL, 0, NULL), EPERM),
	    "which programs do not register themselves");
	r.aio_sigevent.sigev_notify_kqueue = fd;
	ok(FAILS(aio_read(&r), EBADF), "not a kqueue: EBADF");

	for (i = 0; i < 3; i++) {
		c[i] = request(fd, buf, 1000, i * 1000);
		c[i].aio_lio_opcode = LIO_WRITE;
		list[i] = &c[i];
	}
	ok(lio_listio(LIO_WAIT, list, 3, NULL) == 0 &&
	    lseek(fd, 0, SEEK_END) == 3000, "lio_listio waits for all");
	for (i = 0; i < 3; i++)
		aio_return(&c[i]);
	signals = 0;
	all.sigev_signo = SIGUSR1;
	ok(lio_listio(LIO_NOWAIT, list, 3, &all) == 0, "or does not");
	while (!signals)
		sigsuspend(&old);
	for (i = 0; i < 3; i++)
		if (aio_error(&c[i]) != 0 || aio_return(&c[i]) != 1000)
			break;
	ok(i == 3 && signals == 1, "and signals when all are done");
	c[1].aio_fildes = 999;
	ok(FAILS(lio_listio(LIO_WAIT, list, 3, NULL), EIO), "one fails: EIO");
	aio_return(&c[0]);
	aio_return(&c[2]);
	ok(FAILS(lio_listio(7, list, 3, NULL), EINVAL), "no mode: EINVAL");
	ok(FAILS(lio_listio(LIO_WAIT, list, 17, NULL), EINVAL),
	    "too many: EINVAL");
	sigprocmask(SIG_SETMASK, &old, NULL);
	close(fd);
	close(kq);
	close(p[0]);
	close(p[1]);
}

static pid_t
reader(int p[2], int then_exec)
{
	pid_t pid;

	pipe(p);
	pid = fork();
	if (pid == 0) {
		struct aiocb r[3];
		int i;

		close(p[1]);
		for (i = 0; i < 3; i++) {
			r[i] = request(p[0], buf2, 10, 0);
			aio_read(&r[i]);
		}
		if (then_exec)
			execl("/usr/bin/true", "true", NULL);
		for (;;)
			pause();
	}
	close(p[0]);
	return (pid);
}

static void
life(void)
{
	int p[2], status, i, good = 1;
	char c = 0;
	pid_t pid;

	pid = reader(p, 0);
	for (i = 0; i < 20; i++) {
		kill(pid, SIGSTOP);
		good &= waitpid(pid, &status, WUNTRACED) == pid &&
		    WIFSTOPPED(status);
		kill(pid, SIGCONT);
	}
	ok(good, "a process with requests stops and continues");
	kill(pid, SIGTERM);
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGTERM, "and is killed");
	signal(SIGPIPE, SIG_IGN);
	ok(FAILS(write(p[1], &c, 1), EPIPE), "its files are closed then");
	pid = reader(p, 1);
	ok(waitpid(pid, &status, 0) == pid && status == 0,
	    "exec forgets requests");
}

/* A stop is complete also when a thread was on its way to sleep. */
static void
stop_counting(void)
{
	int a[2], i, status, good = 1;
	volatile int spin;
	pid_t pid;
	char c = 0;

	pipe(a);
	pid = fork();
	if (pid == 0)
		for (;;)
			read(a[0], &c, 1);
	for (i = 0; i < 5000 && good; i++) {
		write(a[1], &c, 1);
		for (spin = 0; spin < i % 500 * 10; spin++)
			;
		kill(pid, SIGSTOP);
		good = waitpid(pid, &status, WUNTRACED) == pid &&
		    WIFSTOPPED(status);
		kill(pid, SIGCONT);
	}
	ok(good && i == 5000, "5000 stops of a busy process are reported");
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
}

int
main(void)
{
	alarm(60);
	files();
	pipes();
	notification();
	life();
	stop_counting();
	return (tap_done());
}
