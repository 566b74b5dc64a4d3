/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory runs out: the one who takes it dies and the others live on, and
 * afterwards everything is free again.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define PG	4096UL

static long
free_pages(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs);

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		return (-1);
	return (vs.v_free_count);
}

static long
total_pages(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs);

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		return (-1);
	return (vs.v_page_count);
}

static int
wait_status(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	return (status);
}

static char *
map(size_t len)
{
	return (mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE,
	    -1, 0));
}

/* Touch more than there is. */
static void
eat(void)
{
	size_t i, len = 2 * total_pages() * PG;
	char *p = map(len);

	for (i = 0; i < len; i += PG)
		p[i] = 1;
	_exit(0);
}

static void
test_victim(void)
{
	long before = free_pages(), after;
	pid_t eater, small;
	char *p;
	int i, pfd[2];
	char c;

	pipe(pfd);
	small = fork();
	if (small == 0) {
		p = map(64 * PG);
		memset(p, 5, 64 * PG);
		read(pfd[0], &c, 1);
		for (i = 0; i < (int)(64 * PG); ++i)
			if (p[i] != 5)
				_exit(1);
		_exit(0);
	}
	eater = fork();
	if (eater == 0)
		eat();
	ok(WTERMSIG(wait_status(eater)) == SIGKILL,
	    "process_that_takes_all_memory_is_killed");
	write(pfd[1], "", 1);
	ok(wait_status(small) == 0, "small_process_lives_on");
	after = free_pages();
	ok(after > before - before / 20, "its_memory_is_free_again");
}

/* A thousand processes and their page tables leave nothing behind. */
static void
test_leak(void)
{
	long before, after = 0;
	int i, round, good = 1;
	pid_t pid;
	char *p;

	for (round = 0; round < 2; ++round) {
		before = free_pages();
		for (i = 0; i < 500; ++i) {
			pid = fork();
			if (pid == 0) {
				p = map(32 * PG);
				memset(p, 1, 32 * PG);
				_exit(0);
			}
			good &= wait_status(pid) == 0;
		}
		after = free_pages();
	}
	if (after < before - 200)
		printf("# free pages before %ld, after %ld\n", before, after);
	ok(good && after >= before - 200, "forks_leak_no_memory");
}

/* Many at once, so that several shortages overlap. */
static void
test_crowd(void)
{
	pid_t pid[8];
	int i, killed = 0, status;
	size_t j, len = total_pages() * PG / 4;
	char *p;

	for (i = 0; i < 8; ++i) {
		pid[i] = fork();
		if (pid[i] == 0) {
			p = map(len);
			for (j = 0; j < len; j += PG)
				p[j] = 1;
			_exit(0);
		}
	}
	for (i = 0; i < 8; ++i) {
		status = wait_status(pid[i]);
		killed += WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
	}
	ok(1, "eight_at_once_end");
	printf("# %d of 8 were killed\n", killed);
}

int
main(void)
{
	test_leak();
	test_victim();
	test_crowd();
	return (tap_done());
}
