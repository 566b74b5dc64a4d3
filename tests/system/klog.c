/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/klog: the kernel's messages, once each, for one reader.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/filio.h>
#include <sys/ioctl.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

int
main(void)
{
	static char text[1 << 20];
	struct timespec limit = { 10, 0 };
	struct kevent ev;
	ssize_t n;
	int fd, kq, left = -1;

	/* The system's own reader, if it runs, and what it has left. */
	system("service syslogd onestop > /dev/null 2>&1");
	fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);
	ok(fd >= 0, "open");
	ok(open("/dev/klog", O_RDONLY) < 0 && errno == EBUSY,
	    "one reader at a time");
	while ((n = read(fd, text, sizeof(text))) > 0)
		;
	ok(n < 0 && errno == EWOULDBLOCK, "all is read, then EWOULDBLOCK");
	ok(ioctl(fd, FIONREAD, &left) == 0 && left == 0, "FIONREAD");

	kq = kqueue();
	EV_SET(&ev, (uintptr_t)fd, EVFILT_READ, EV_ADD, 0, 0, NULL);
	kevent(kq, &ev, 1, NULL, 0, NULL);
	/* A program that dies of a signal with a core is worth a message. */
	if (fork() == 0)
		raise(SIGABRT);
	wait(NULL);
	ok(kevent(kq, NULL, 0, &ev, 1, &limit) == 1 && ev.data > 0,
	    "a new message is an event");
	n = read(fd, text, sizeof(text) - 1);
	text[n > 0 ? n : 0] = '\0';
	ok(strstr(text, "klog") != NULL, "which is that one");
	close(fd);
	fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);
	ok(fd >= 0 && read(fd, text, sizeof(text)) < 0,
	    "the next reader goes on where the last one stopped");
	return (tap_done());
}
