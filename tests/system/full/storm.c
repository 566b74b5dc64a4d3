/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: storm seconds
 *
 * Processes that fork, exec, talk through pipes and make, rename, read and
 * remove files, all at once and many more than CPUs.  What memory the kernel
 * uses at the end is what it used before, but for caches.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../tap.h"

#define WORKERS	32
#define SLACK	4096		/* pages that caches may have grown by */

static volatile unsigned long *done;
static unsigned long state;

static unsigned long
rnd(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 3);
}

static time_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec);
}

static int
run_program(void)
{
	static char *const argv[] = { "true", NULL };
	int status;
	pid_t pid = rnd() % 2 ? fork() : vfork();

	if (pid == 0) {
		execv("/usr/bin/true", argv);
		execv("/bin/true", argv);
		_exit(1);
	}
	return (pid > 0 && waitpid(pid, &status, 0) == pid && status == 0);
}

/* Bytes through a chain of processes. */
static int
chain(void)
{
	char buf[3000], back[3000];
	int there[2], again[2], status, n, got = 0;
	pid_t pid;

	if (pipe(there) != 0 || pipe(again) != 0)
		return (0);
	pid = fork();
	if (pid == 0) {
		close(there[1]);
		close(again[0]);
		while ((n = read(there[0], buf, sizeof(buf))) > 0)
			write(again[1], buf, n);
		_exit(0);
	}
	close(there[0]);
	close(again[1]);
	memset(buf, rnd(), sizeof(buf));
	write(there[1], buf, sizeof(buf));
	close(there[1]);
	while ((n = read(again[0], back + got, sizeof(back) - got)) > 0)
		got += n;
	close(again[0]);
	return (waitpid(pid, &status, 0) == pid && status == 0 &&
	    got == sizeof(buf) && memcmp(buf, back, sizeof(buf)) == 0);
}

static int
files(int id)
{
	char a[64], b[64], dir[64], data[5000], back[5000];
	int fd, good;

	snprintf(dir, sizeof(dir), "d%d", id);
	snprintf(a, sizeof(a), "d%d/a", id);
	snprintf(b, sizeof(b), "shared%lu", rnd() % 20);
	mkdir(dir, 0755);
	memset(data, id, sizeof(data));
	fd = open(a, O_CREAT | O_RDWR | O_TRUNC, 0644);
	if (fd < 0)
		return (0);
	good = write(fd, data, sizeof(data)) == sizeof(data) &&
	    pread(fd, back, sizeof(back), 0) == sizeof(back) &&
	    memcmp(data, back, sizeof(data)) == 0;
	close(fd);
	good &= rename(a, b) == 0;
	unlink(b);		/* perhaps another's by now, or gone */
	return (good && rmdir(dir) == 0);
}

static int
memory(void)
{
	size_t len = (rnd() % 64 + 1) * 4096;
	char *p = mmap(NULL, len, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	int status;
	pid_t pid;

	if (p == MAP_FAILED)
		return (0);
	memset(p, 5, len);
	pid = fork();
	if (pid == 0) {
		memset(p, 6, len);
		_exit(p[len - 1] != 6);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		return (0);
	len = p[len - 1] == 5 ? len : 0;
	munmap(p, len ? len : 4096);
	return (len != 0);
}

static void
worker(int id, time_t end)
{
	int good = 1;

	state = id * 2654435761UL + 88172645463325252UL;
	while (good && now() < end) {
		switch (rnd() % 4) {
		case 0:
			good = run_program();
			break;
		case 1:
			good = chain();
			break;
		case 2:
			good = files(id);
			break;
		default:
			good = memory();
		}
		done[id]++;
	}
	_exit(!good);
}

static long
used_pages(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs);

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		return (-1);
	return (vs.v_page_count - vs.v_free_count - vs.v_cache_count -
	    vs.v_inactive_count);
}

static int
storm(int seconds, unsigned long *count)
{
	pid_t pid[WORKERS];
	int bad = 0, i, status;

	memset((void *)(unsigned long)done, 0, 4096);
	for (i = 0; i < WORKERS; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			worker(i, now() + seconds);
	}
	*count = 0;
	for (i = 0; i < WORKERS; i++) {
		if (waitpid(pid[i], &status, 0) != pid[i] || status != 0)
			bad++;
		*count += done[i];
	}
	return (bad);
}

int
main(int argc, char **argv)
{
	int seconds = argc > 1 ? atoi(argv[1]) : 10, bad;
	unsigned long count;
	long before, after;

	done = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_ANON | MAP_SHARED,
	    -1, 0);
	mkdir("/tmp/storm", 0755);
	chdir("/tmp/storm");
	storm(seconds / 10 + 3, &count);	/* caches fill */
	before = used_pages();
	bad = storm(seconds, &count);
	sleep(2);
	after = used_pages();
	printf("# %lu operations; pages in use: %ld before, %ld after\n",
	    count, before, after);
	ok(bad == 0 && count > 0, "storm_does_all_it_should");
	ok(after - before < SLACK, "storm_leaks_no_memory");
	return (tap_done());
}
