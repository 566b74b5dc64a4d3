/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the benchmarks need of the system that differs between Damselfly and
 * Linux: event queues, waking by address, and being process 1.
 *
 * On Linux the benchmark is the init of an initramfs: os_begin() mounts a
 * tmpfs on /tmp and /proc, os_end() turns the machine off.
 */
#ifndef OS_H
#define OS_H

#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#ifdef __linux__

#include <linux/futex.h>
#include <sys/epoll.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/time.h>

static inline void
os_wake(int *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

/* A queue that reports when fd is readable. */
static inline int
os_queue(int fd)
{
	struct epoll_event ev = { .events = EPOLLIN };
	int q = epoll_create1(0);

	return (epoll_ctl(q, EPOLL_CTL_ADD, fd, &ev) == 0 ? q : -1);
}

static inline int
os_queue_wait(int q)
{
	struct epoll_event ev;

	return (epoll_wait(q, &ev, 1, -1));
}

static inline void
os_begin(void)
{
	if (getpid() != 1)
		return;
	mkdir("/tmp", 0777);
	mkdir("/proc", 0755);
	mount("tmpfs", "/tmp", "tmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
}

static inline void
os_end(void)
{
	fflush(stdout);
	if (getpid() == 1)
		reboot(RB_POWER_OFF);
}

#else

#include <sys/event.h>

#define SYS_clock_gettime	232	/* doc/reference/abi/syscalls.tsv */

static inline void
os_wake(int *word)
{
	umtx_wakeup(word, 1);
}

static inline int
os_queue(int fd)
{
	struct kevent ev;
	int q = kqueue();

	EV_SET(&ev, (uintptr_t)fd, EVFILT_READ, EV_ADD, 0, 0, NULL);
	return (kevent(q, &ev, 1, NULL, 0, NULL) == 0 ? q : -1);
}

static inline int
os_queue_wait(int q)
{
	struct kevent ev;

	return (kevent(q, NULL, 0, &ev, 1, NULL));
}

static inline void os_begin(void) { }
static inline void os_end(void) { }

#endif

#endif
