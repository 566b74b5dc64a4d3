/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory calls with random arguments, in many short-lived processes: no
 * panic, and no page lost when they have ended.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define PG	4096UL
#define AREA	0x30000000UL	/* where most of it happens */
#define NPAGES	256UL
#define CALLS	400		/* of one process */
#define SECONDS	10

static unsigned long state;
static int fds[4];

static unsigned long
rnd(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state);
}

static void *
address(void)
{
	switch (rnd() % 8) {
	case 0:
		return ((void *)rnd());
	case 1:
		return ((void *)(0x7fffffe00000UL - rnd() % 0x400000));
	case 2:
		return ((void *)(~0UL - rnd() % 8192));
	default:
		return ((void *)(AREA + rnd() % NPAGES * PG +
		    (rnd() % 16 == 0 ? rnd() % PG : 0)));
	}
}

static size_t
length(void)
{
	switch (rnd() % 6) {
	case 0:
		return (rnd());
	case 1:
		return (0);
	case 2:
		return (~0UL - rnd() % 8192);
	default:
		return (rnd() % 64 * PG + (rnd() % 8 == 0 ? rnd() % PG : 0));
	}
}

static int
in_area(void *p)
{
	return ((unsigned long)p >= AREA &&
	    (unsigned long)p < AREA + NPAGES * PG);
}

/* Have the kernel, and then this program, use a page. */
static void
touch(void)
{
	char *p = (char *)(AREA + rnd() % NPAGES * PG);

	if (pwrite(fds[1], p, 1, 0) == 1)
		(void)*(volatile char *)p;
	read(fds[2], p, 1);
}

static void
fork_once(void)
{
	int status, i;
	pid_t pid = fork();

	if (pid == 0) {
		for (i = 0; i < 30; ++i)
			touch();
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
}

static void
call(void)
{
	void *p = address();
	size_t len = length();
	char vec[NPAGES];
	int i;

	switch (rnd() % 14) {
	case 0: case 1: case 2:
		mmap(p, len, rnd() % 8, (rnd() % 2 ? MAP_ANON : 0) | rnd() % 3 |
		    (rnd() % 3 ? MAP_FIXED : 0), rnd() % 2 ? -1 :
		    fds[rnd() % 4], rnd() % 4 ? 0 : rnd());
		break;
	case 3: case 4:
		if (in_area(p))
			munmap(p, len);
		break;
	case 5:
		if (in_area(p))
			mprotect(p, len % (1 << 20), rnd() % 8);
		break;
	case 6:
		madvise(p, len, rnd() % 14 - 1);
		break;
	case 7:
		msync(p, len, rnd() % 4);
		break;
	case 8:
		mincore(p, len % (NPAGES * PG), rnd() % 8 ? vec : address());
		break;
	case 9:
		mlock(p, len);
		break;
	case 10:
		munlock(p, len);
		break;
	case 11:
		minherit(p, len, rnd() % 4);
		break;
	case 12:
		if (rnd() % 4 == 0)
			fork_once();
		else
			sbrk(rnd() % 65536);
		break;
	default:
		for (i = 0; i < 4; ++i)
			touch();
	}
}

static void
child(unsigned seed)
{
	int i;

	alarm(10);
	state = seed * 2654435761UL + 88172645463325252UL;
	for (i = 0; i < CALLS; ++i)
		call();
	_exit(0);
}

static long
free_pages(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs);

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		return (-1);
	return (vs.v_free_count + vs.v_inactive_count);
}

/* Keep six of them running for a while; returns how many there were. */
static unsigned
run(unsigned seed, int seconds)
{
	time_t end = time(NULL) + seconds;
	unsigned n = 0;
	int running = 0;
	pid_t pid;

	while (time(NULL) < end || running > 0) {
		if (running < 6 && time(NULL) < end) {
			pid = fork();
			if (pid == 0)
				child(seed + n);
			if (pid > 0)
				++running;
			++n;
		} else if (wait(NULL) > 0) {
			--running;
		}
	}
	return (n);
}

int
main(void)
{
	long before, after;
	unsigned n;

	fds[0] = open("/bin/sh", O_RDONLY);
	fds[1] = open("/tmp/vm_fuzz", O_RDWR | O_CREAT, 0600);
	ftruncate(fds[1], 300000);
	fds[2] = open("/dev/zero", O_RDWR);
	fds[3] = open("/dev/upmap", O_RDWR);
	run(1, 2);		/* caches fill */
	before = free_pages();
	n = run(100000, SECONDS);
	after = free_pages();
	unlink("/tmp/vm_fuzz");
	printf("# %u processes, free pages %ld before, %ld after\n", n, before,
	    after);
	ok(1, "random_memory_calls_do_no_harm");
	ok(after > before - 1500, "random_memory_calls_lose_no_pages");
	return (tap_done());
}
