/* SPDX-License-Identifier: BSD-2-Clause */
/* What fork does to memory: copies, sharing, stacks, threads that fault. */
#include <sys/mman.h>
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"		/* tap-libs: -lpthread */

#define PG	4096UL

static char *
map(size_t len, int flags)
{
	return (mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_ANON | flags, -1,
	    0));
}

static int
wait_status(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	return (status);
}

static void
test_private(void)
{
	char *p = map(8 * PG, MAP_PRIVATE);
	int pfd[2], status;
	pid_t pid;
	char c;

	memset(p, 1, 8 * PG);
	pipe(pfd);
	pid = fork();
	if (pid == 0) {
		read(pfd[0], &c, 1);	/* the parent has written */
		_exit(p[0] == 1 && p[7 * PG] == 1 ? 0 : 1);
	}
	memset(p, 2, 8 * PG);
	write(pfd[1], "", 1);
	status = wait_status(pid);
	ok(status == 0, "child_does_not_see_writes_of_parent");
	pid = fork();
	if (pid == 0) {
		memset(p, 3, 8 * PG);
		_exit(p[5 * PG] == 3 ? 0 : 1);
	}
	status = wait_status(pid);
	ok(status == 0 && p[0] == 2 && p[7 * PG] == 2,
	    "parent_does_not_see_writes_of_child");
	munmap(p, 8 * PG);
}

static void
test_shared(void)
{
	char *p = map(2 * PG, MAP_SHARED), *q = map(2 * PG, MAP_PRIVATE);
	pid_t pid;

	minherit(q, PG, INHERIT_SHARE);
	minherit(q + PG, PG, INHERIT_NONE);
	q[0] = 1;
	pid = fork();
	if (pid == 0) {
		p[0] = 'a';
		q[0] = 'b';
		_exit(0);
	}
	wait_status(pid);
	ok(p[0] == 'a', "shared_memory_is_shared_with_child");
	ok(q[0] == 'b', "minherit_share_shares");
	pid = fork();
	if (pid == 0) {
		q[PG] = 1;
		_exit(0);
	}
	ok(WTERMSIG(wait_status(pid)) == SIGSEGV, "minherit_none_leaves_out");
	munmap(p, 2 * PG);
	munmap(q, 2 * PG);
}

/* Chains of copies must neither grow without bound nor lose data. */
static void
test_generations(void)
{
	char *p = map(64 * PG, MAP_PRIVATE);
	int i, j, status, good = 1;
	pid_t pid;

	for (i = 0; i < 64; ++i)
		p[i * PG] = i;
	for (j = 0; j < 200; ++j) {
		pid = fork();
		if (pid == 0)
			_exit(p[(j % 64) * PG] == j % 64 ? 0 : 1);
		p[(j % 64) * PG + 1] = j;
		good &= wait_status(pid) == 0;
	}
	for (i = 0; i < 64; ++i)
		good &= p[i * PG] == i;
	ok(good, "many_forks_of_one_parent");

	/* Each generation forks the next one and waits for it. */
	pid = fork();
	if (pid == 0) {
		for (j = 0; j < 20; ++j) {
			for (i = 0; i < 64; ++i)
				if (p[i * PG] != i)
					_exit(1);
			p[(j % 64) * PG + 2] = j;
			pid = fork();
			if (pid > 0) {
				status = wait_status(pid);
				_exit(status == 0 && p[2 + (j % 64) * PG] ==
				    (char)j ? 0 : 1);
			}
		}
		_exit(0);
	}
	ok(wait_status(pid) == 0, "twenty_generations_of_children");
	munmap(p, 64 * PG);
}

static int
deep(int n)
{
	volatile char buf[1024];

	memset((char *)buf, n, sizeof(buf));
	return (n == 0 ? 0 : deep(n - 1) + buf[0] * 0);
}

static void
test_stack(void)
{
	struct rlimit rl = { 1 << 20, 1 << 20 };
	pid_t pid;

	ok(deep(4000) == 0, "stack_grows_to_four_megabytes");
	pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_STACK, &rl);
		deep(1000000);
		_exit(0);
	}
	ok(WTERMSIG(wait_status(pid)) == SIGSEGV,
	    "stack_stops_at_its_limit");
}

static char *area;
#define AREA	(512 * PG)

static void *
toucher(void *arg)
{
	long n = (long)arg, i;

	for (i = 0; i < 512; ++i)
		__sync_fetch_and_add((int *)(area + ((i * 7 + n) % 512) * PG),
		    1);
	return (NULL);
}

static void
test_threads(void)
{
	pthread_t t[8];
	int i, good = 1, round;
	pid_t pid = -1;

	for (round = 0; round < 4; ++round) {
		area = map(AREA, MAP_PRIVATE);
		if (round & 1) {
			for (i = 0; i < 512; ++i)
				*(int *)(area + i * PG) = 0;
			pid = fork();	/* now everything is copied */
			if (pid == 0) {
				sleep(1);
				_exit(*(int *)area);
			}
		}
		for (i = 0; i < 8; ++i)
			pthread_create(&t[i], NULL, toucher,
			    (void *)(long)i);
		for (i = 0; i < 8; ++i)
			pthread_join(t[i], NULL);
		for (i = 0; i < 512; ++i)
			good &= *(int *)(area + i * PG) == 8;
		if (round & 1)
			good &= wait_status(pid) == 0;
		munmap(area, AREA);
	}
	ok(good, "threads_fault_on_one_object_at_once");
}

int
main(void)
{
	test_private();
	test_shared();
	test_generations();
	test_stack();
	test_threads();
	return (tap_done());
}
