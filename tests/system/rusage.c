/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getrusage and wait4: memory, faults, blocks and switches are counted.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/usched.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define MB	(1024 * 1024)

static struct rusage
usage(int who)
{
	struct rusage ru;

	memset(&ru, 0xff, sizeof(ru));
	getrusage(who, &ru);
	return (ru);
}

static void
touch(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	size_t i;

	for (i = 0; i < size; i += 4096)
		p[i] = 1;
	munmap(p, size);
}

static void
the_largest_size_stays(void)
{
	struct rusage before = usage(RUSAGE_SELF), after;

	ok(before.ru_maxrss > 100 && before.ru_maxrss < 16 * 1024,
	    "a_small_program_is_small");
	touch(24 * MB);
	after = usage(RUSAGE_SELF);
	ok(after.ru_maxrss >= 24 * 1024 && after.ru_maxrss < 48 * 1024,
	    "memory_that_was_unmapped_counts_in_the_largest_size");
}

static void
faults_are_counted(void)
{
	struct rusage before = usage(RUSAGE_SELF), after;
	size_t size = 200 * 4096;
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	size_t i;

	for (i = 0; i < size; i += 4096)
		p[i] = 1;
	after = usage(RUSAGE_SELF);
	ok(after.ru_minflt - before.ru_minflt >= 200 &&
	    after.ru_minflt - before.ru_minflt < 300,
	    "a_fault_a_page_touched");
	ok(after.ru_majflt == before.ru_majflt, "none_of_them_read_anything");
}

static void
a_child_is_told_of(void)
{
	struct rusage ru, all;
	pid_t pid = fork();
	int st;

	if (pid == 0) {
		touch(40 * MB);
		_exit(0);
	}
	ok(wait4(pid, &st, 0, &ru) == pid && ru.ru_maxrss >= 40 * 1024,
	    "wait4_tells_the_child's_largest_size");
	all = usage(RUSAGE_CHILDREN);
	ok(all.ru_maxrss == ru.ru_maxrss && all.ru_minflt >= ru.ru_minflt,
	    "and_so_does_the_sum_of_children");
	pid = vfork();
	if (pid == 0)
		_exit(0);
	ok(wait4(pid, &st, 0, &ru) == pid && ru.ru_maxrss == 0,
	    "memory_borrowed_by_vfork_is_not_the_child's");
}

/* Files of the boot medium that nothing has read since the start. */
static void
blocks_read_are_counted_once(void)
{
	static char buf[16384];
	struct rusage r[3];
	struct rusage *ru = r;
	volatile char *p;
	int fd, pass;

	for (pass = 0; pass < 3; pass++) {
		ru[pass] = usage(RUSAGE_SELF);
		if (pass == 2)
			break;
		fd = open("/boot/loader", O_RDONLY);
		while (read(fd, buf, sizeof(buf)) > 0)
			;
		close(fd);
	}
	ok(ru[1].ru_inblock > ru[0].ru_inblock, "reading_a_medium_is_counted");
	ok(ru[2].ru_inblock == ru[1].ru_inblock, "reading_the_cache_is_not");

	fd = open("/boot/loader.efi", O_RDONLY);
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	ru[0] = usage(RUSAGE_SELF);
	(void)*p;
	ru[1] = usage(RUSAGE_SELF);
	ok(ru[1].ru_majflt == ru[0].ru_majflt + 1,
	    "a_fault_that_reads_is_a_major_one");
	munmap((void *)p, 4096);
	p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	ru[0] = usage(RUSAGE_SELF);
	(void)*p;
	ru[1] = usage(RUSAGE_SELF);
	ok(ru[1].ru_majflt == ru[0].ru_majflt, "one_that_finds_it_is_not");
	close(fd);
}

/* Two that want the same CPU take turns. */
static void
switches_are_counted(void)
{
	struct rusage ru;
	int cpu = 0, st;
	long before;
	pid_t pid;

	ru = usage(RUSAGE_SELF);
	before = ru.ru_nvcsw;
	pid = fork();
	if (pid == 0) {
		usleep(10000);
		_exit(0);
	}
	waitpid(pid, &st, 0);
	ru = usage(RUSAGE_SELF);
	ok(ru.ru_nvcsw > before && usage(RUSAGE_CHILDREN).ru_nvcsw > 0,
	    "waiting_is_a_switch");
	usched_set(0, USCHED_SET_CPU, &cpu, sizeof(cpu));
	pid = fork();
	if (pid == 0) {
		do {
			ru = usage(RUSAGE_SELF);
		} while (ru.ru_nivcsw == 0);
		_exit(0);
	}
	while (wait4(pid, &st, WNOHANG, &ru) == 0)
		;
	ok(st == 0 && ru.ru_nivcsw > 0, "so_is_losing_the_cpu");
}

int
main(void)
{
	the_largest_size_stays();
	faults_are_counted();
	a_child_is_told_of();
	blocks_read_are_counted_once();
	switches_are_counted();
	return (tap_done());
}
