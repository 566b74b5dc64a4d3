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
	size_t have = 0;
	ssize_t n;
	int fd, kq, left = -1;

	fd = open("/dev/klog", O_RDONLY | O_NONBLOCK);
	ok(fd >= 0, "open");
	ok(open("/dev/klog", O_RDONLY) < 0 && errno == EBUSY,
	    "one reader at a time");
	ok(ioctl(fd, FIONREAD, &left) == 0 && left > 0, "there are messages");
	while ((n = read(fd, text + have, sizeof(text) - 1 - have)) > 0)
		have += (size_t)n;
	ok(n < 0 && errno == EWOULDBLOCK && have >= (size_t)left,
	    "all are read, then EWOULDBLOCK");
	ok(strstr(text, "Damselfly") != NULL, "of the boot, too");

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
