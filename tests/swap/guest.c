/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Swap, from inside a machine with little memory and two blank disks.
 *
 *	guest [PERCENT]	everything but errors, with areas of that much
 *			memory (default 150)
 *	guest errors	the second disk has bad places
 *	guest storm N	forks under load, while disks are removed N times
 *
 * Every page of the big areas carries its own number and a round, so that a
 * page that was lost, mixed up or came back stale is found.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <sys/wait.h>
#include <vm/vm_param.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define PG	4096UL

static const char *disk[2] = { "/dev/vbd1", "/dev/vbd2" };

static long
sysctl_long(const char *name)
{
	size_t len = sizeof(long);
	long v = -1;

	return (sysctlbyname(name, &v, &len, NULL, 0) == 0 ? v : -1);
}

static long
memory_pages(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs);

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		exit(1);
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

static void
fill(char *p, size_t npages, u_long round)
{
	u_long *w;
	size_t i;

	for (i = 0; i < npages; ++i) {
		w = (u_long *)(p + i * PG);
		w[0] = i;
		w[100] = round;
		w[511] = ~i ^ round;
	}
}

/* The first page that is not as it was filled, or npages. */
static size_t
check(const char *p, size_t npages, u_long round)
{
	const u_long *w;
	size_t i;

	for (i = 0; i < npages; ++i) {
		w = (const u_long *)(p + i * PG);
		if (w[0] != i || w[100] != round || w[511] != (~i ^ round)) {
			printf("# page %zu: %lx %lx %lx\n", i, w[0], w[100],
			    w[511]);
			break;
		}
	}
	return (i);
}

static void
test_errors(void)
{
	int status;
	pid_t pid;

	ok(swapon("/nowhere") == -1 && errno == ENOENT,
	    "swapon of a name that does not exist fails");
	ok(swapon("/etc/fstab") == -1 && errno == ENOTBLK,
	    "a file is not a swap device");
	ok(swapon("/dev/null") == -1 && errno == ENOTBLK,
	    "a device that is no disk is not a swap device");
	ok(swapoff(disk[0]) == -1 && errno == EINVAL,
	    "swapoff of what is not swap fails");
	pid = fork();
	if (pid == 0) {
		setuid(1000);
		_exit(swapon(disk[0]) == -1 && errno == EPERM &&
		    swapoff(disk[0]) == -1 && errno == EPERM ? 0 : 1);
	}
	status = wait_status(pid);
	ok(status == 0, "only root may add or remove swap");
}

static void
test_swapon(void)
{
	struct xswdev xs[16];
	size_t len = sizeof(xs);
	int i, n = 0, good = 1;

	ok(swapon(disk[0]) == 0, "swapon adds a disk");
	ok(swapon(disk[0]) == -1 && errno == EBUSY,
	    "a device is added only once");
	ok(sysctlbyname("vm.swap_info_array", xs, &len, NULL, 0) == 0 &&
	    len == 4 * sizeof(xs[0]),
	    "vm.swap_info_array has a record for each slot");
	for (i = 0; i < (int)(len / sizeof(xs[0])); ++i) {
		good &= xs[i].xsw_size == sizeof(xs[0]) &&
		    xs[i].xsw_version == XSWDEV_VERSION;
		n += xs[i].xsw_flags & 1;
	}
	ok(good && n == 1, "one record is in use");
	ok(sysctl_long("vm.swap_size") == (long)xs[0].xsw_nblks - 64 &&
	    sysctl_long("vm.swap_free") == sysctl_long("vm.swap_size"),
	    "the first stripe of a device is kept");
}

/* More than memory, written, checked, changed and checked again. */
static void
test_large_area(size_t percent)
{
	size_t npages = memory_pages() * percent / 100;
	char *p = map(npages * PG);

	fill(p, npages, 1);
	ok(check(p, npages, 1) == npages, "more memory than there is holds its contents");
	ok(sysctl_long("vm.swap_anon_use") >= (long)(npages - memory_pages()),
	    "the rest is on swap");
	fill(p, npages, 2);
	ok(check(p, npages, 2) == npages, "and after it was overwritten");
	munmap(p, npages * PG);
	ok(sysctl_long("vm.swap_anon_use") < 8192 &&
	    sysctl_long("vm.swap_free") > sysctl_long("vm.swap_size") - 8192,
	    "munmap gives the swap back");
}


/* Parent and child share what is on swap until one of them writes. */
static void
test_fork(void)
{
	size_t npages = memory_pages() * 5 / 4, half = npages / 2;
	char *p = map(npages * PG);
	int status;
	pid_t pid;

	fill(p, npages, 3);
	pid = fork();
	if (pid == 0) {
		if (check(p, npages, 3) != npages)
			_exit(1);
		fill(p, half, 4);
		if (check(p, half, 4) != half)
			_exit(2);
		/* The chain behind the child's objects, once more. */
		pid = fork();
		if (pid == 0)
			_exit(check(p, half, 4) == half ? 0 : 1);
		_exit(wait_status(pid) == 0 ? 0 : 3);
	}
	fill(p + half * PG, npages - half, 5);
	status = wait_status(pid);
	ok(status == 0, "children see what was there when they were made");
	if (status != 0)
		printf("# status %#x\n", status);
	ok(check(p, half, 3) == half &&
	    check(p + half * PG, npages - half, 5) == npages - half,
	    "and the parent what it wrote");
	/* Only one is left: its objects are merged, on swap as they are. */
	pid = fork();
	if (pid == 0)
		_exit(0);
	wait_status(pid);
	ok(check(p, half, 3) == half &&
	    check(p + half * PG, npages - half, 5) == npages - half,
	    "also after its objects were merged");
	munmap(p, npages * PG);
}

static int
run(const char *command)
{
	return (system(command));
}

/* A file larger than memory, by write and by mmap. */
static void
test_tmpfs(void)
{
	size_t npages = memory_pages() * 5 / 4, n = 256, i;
	long before = sysctl_long("vm.swap_free"), after;
	char *buf = malloc(n * PG), *p;
	int fd, good = 1;

	run("mkdir -p /tmp/t && mount_tmpfs -s 400m tmpfs /tmp/t");
	fd = open("/tmp/t/file", O_RDWR | O_CREAT, 0644);
	for (i = 0; i < npages / n && good; ++i) {
		fill(buf, n, i);
		good = write(fd, buf, n * PG) == (ssize_t)(n * PG);
	}
	ok(good, "a tmpfs file grows larger than memory");
	lseek(fd, 0, SEEK_SET);
	for (i = 0; i < npages / n && good; ++i)
		good = read(fd, buf, n * PG) == (ssize_t)(n * PG) &&
		    check(buf, n, i) == n;
	ok(good, "and is read back as it was written");
	p = mmap(NULL, npages / n * n * PG, PROT_READ | PROT_WRITE,
	    MAP_SHARED, fd, 0);
	for (i = 0; i < npages / n && good; ++i) {
		good = check(p + i * n * PG, n, i) == n;
		p[i * n * PG + 8] = i;
	}
	for (i = 0; i < npages / n && good; ++i)
		good = pread(fd, buf, 16, i * n * PG) == 16 &&
		    buf[8] == (char)i;
	ok(good, "mmap and read see the same");
	munmap(p, npages / n * n * PG);
	ftruncate(fd, PG);
	good = pread(fd, buf, PG, 0) == PG && buf[8] == 0 &&
	    ftruncate(fd, 2 * n * PG) == 0 &&
	    pread(fd, buf, n * PG, n * PG) == (ssize_t)(n * PG);
	for (i = 0; i < n * PG && good; ++i)
		good = buf[i] == 0;
	ok(good, "after a truncation there are zeros");
	close(fd);
	unlink("/tmp/t/file");
	ok(run("umount /tmp/t") == 0, "unmount");
	after = sysctl_long("vm.swap_free");
	ok(after > before - 4096, "its swap is free again");
	if (after <= before - 4096)
		printf("# free before %ld, after %ld\n", before, after);
	free(buf);
}

static volatile sig_atomic_t stop;

static void
on_term(int sig)
{
	stop = 1;
}

/* Memory in use, most of it on swap, when the device is taken away. */
static void
test_swapoff(void)
{
	size_t npages = memory_pages() * 3 / 5;
	int status[2], i, rv, rv2;
	long size = sysctl_long("vm.swap_size");
	u_long round;
	pid_t pid[2];
	char *p;

	ok(swapon(disk[1]) == 0, "swapon adds a second disk");
	for (i = 0; i < 2; ++i) {
		pid[i] = fork();
		if (pid[i] != 0)
			continue;
		signal(SIGTERM, on_term);
		p = map(npages * PG);
		for (round = 1; !stop; ++round) {
			fill(p, npages, round);
			if (check(p, npages, round) != npages)
				_exit(1);
		}
		_exit(0);
	}
	while (sysctl_long("vm.swap_anon_use") < (long)npages / 2)
		usleep(10000);
	rv = swapoff(disk[0]);
	if (rv != 0)
		printf("# swapoff: %s\n", strerror(errno));
	ok(rv == 0, "swapoff under load");
	ok(sysctl_long("vm.swap_size") < size,
	    "its space is gone");
	for (i = 0; i < 2; ++i)
		kill(pid[i], SIGTERM);
	status[0] = wait_status(pid[0]);
	status[1] = wait_status(pid[1]);
	ok(status[0] == 0 && status[1] == 0,
	    "the processes found all their pages");
	rv2 = swapoff(disk[1]);
	ok(rv2 == 0 && sysctl_long("vm.swap_size") == 0,
	    "the last device can be removed");
}

/* A file takes all memory and all swap: its writer is told. */
static void
test_tmpfs_full(void)
{
	size_t len = 64 * PG;
	char *buf = malloc(len);
	ssize_t n;
	int fd;

	memset(buf, 1, len);
	run("mkdir -p /tmp/f && mount_tmpfs -s 4g tmpfs /tmp/f");
	fd = open("/tmp/f/file", O_RDWR | O_CREAT, 0644);
	while ((n = write(fd, buf, len)) == (ssize_t)len)
		;
	/* The last write may have been cut short. */
	if (n >= 0)
		n = write(fd, buf, len);
	ok(n == -1 && errno == ENOSPC,
	    "write to tmpfs fails when memory and swap are full");
	ok(pread(fd, buf, PG, 0) == PG && buf[5] == 1, "what is there stays");
	close(fd);
	unlink("/tmp/f/file");
	ok(run("umount /tmp/f") == 0 &&
	    run("dmesg | grep 'was killed' | wc -l | grep -q ' 1$'") == 0,
	    "nobody is killed for it");
	free(buf);
}

/* Touch more than memory and swap hold. */
static void
test_full(void)
{
	size_t npages, i;
	pid_t eater, small;
	int pfd[2];
	char *p, c;

	ok(swapon(disk[1]) == 0, "a removed device can be added again");
	npages = memory_pages() + sysctl_long("vm.swap_size") + 8192;
	pipe(pfd);
	small = fork();
	if (small == 0) {
		p = map(256 * PG);
		fill(p, 256, 7);
		read(pfd[0], &c, 1);
		_exit(check(p, 256, 7) == 256 ? 0 : 1);
	}
	eater = fork();
	if (eater == 0) {
		p = map(npages * PG);
		for (i = 0; i < npages; ++i)
			p[i * PG] = 1;
		_exit(0);
	}
	ok(WTERMSIG(wait_status(eater)) == SIGKILL,
	    "who takes all memory and swap is killed");
	write(pfd[1], "", 1);
	ok(wait_status(small) == 0, "a small process lives on");
	while (sysctl_long("vm.swap_anon_use") > 4096)
		usleep(10000);
	ok(1, "its memory is free again");
	test_tmpfs_full();
	ok(sysctl_long("vm.swap_free") > sysctl_long("vm.swap_size") / 2,
	    "the swap is free again");
}

/* --- a storm ------------------------------------------------------------- */

/* version[i] is what page i must hold. */
static int
storm_round(char *p, u_char *version, size_t npages, int steps)
{
	u_long *w;
	size_t i;

	while (steps-- > 0 && !stop) {
		i = random() % npages;
		w = (u_long *)(p + i * PG);
		if (version[i] != 0 &&
		    (w[3] != i || w[200] != version[i] || w[510] != ~i))
			return (1);
		if (random() % 3 == 0) {
			w[3] = i;
			w[200] = ++version[i];
			w[510] = ~i;
			if (version[i] == 0)
				w[200] = version[i] = 1;
		}
	}
	return (0);
}

/* One of several: random pages, children that go on with a copy of them. */
static void
storm_process(size_t npages, int seed)
{
	char *p = map(npages * PG);
	u_char *version = calloc(npages, 1);
	int depth, bad = 0;
	pid_t pid;

	srandom(seed);
	while (!stop && !bad) {
		bad = storm_round(p, version, npages, 4000);
		pid = fork();
		if (pid == 0) {
			/* Grandchildren, so that chains grow. */
			for (depth = 0; depth < (int)(random() % 6) && !bad;
			    ++depth) {
				bad = storm_round(p, version, npages, 500);
				pid = fork();
				if (pid != 0)
					_exit(bad || wait_status(pid) != 0);
			}
			_exit(storm_round(p, version, npages, 1000) || bad);
		}
		bad |= storm_round(p, version, npages, 1000);
		if (pid > 0)
			bad |= wait_status(pid) != 0;
	}
	_exit(bad);
}

#define STORM	3

static void
test_storm(int rounds)
{
	size_t npages = memory_pages() * 2 / 5;
	int i, good = 1, on[2] = { 0, 0 }, turn;
	pid_t pid[STORM];

	good = swapon(disk[0]) == 0 && swapon(disk[1]) == 0;
	on[0] = on[1] = 1;
	signal(SIGTERM, on_term);
	for (i = 0; i < STORM; ++i) {
		if ((pid[i] = fork()) == 0) {
			setpgid(0, 0);
			storm_process(npages, i);
		}
		setpgid(pid[i], pid[i]);
	}
	while (sysctl_long("vm.swap_anon_use") < (long)npages)
		usleep(10000);
	for (turn = 0; turn < rounds; ++turn) {
		i = turn & 1;
		if (on[i] && swapoff(disk[i]) == 0)
			on[i] = 0;
		else if (on[i] && errno != ENOMEM)
			good = 0;
		if (!on[i] && swapon(disk[i]) == 0)
			on[i] = 1;
		good &= on[i];
	}
	ok(good, "devices come and go under load");
	for (i = 0; i < STORM; ++i)
		kill(-pid[i], SIGTERM);
	for (i = 0; i < STORM; ++i)
		good &= wait_status(pid[i]) == 0;
	ok(good, "processes that fork and write find all their pages");
	ok(swapoff(disk[0]) == 0 && swapoff(disk[1]) == 0 &&
	    sysctl_long("vm.swap_anon_use") == 0, "nothing is left on swap");
}

/* --- errors -------------------------------------------------------------- */

static sigjmp_buf fault_jump;
static volatile sig_atomic_t fault_signal;

static void
on_fault(int sig)
{
	fault_signal = sig;
	siglongjmp(fault_jump, 1);
}

/* Each page by itself: how many are good, and how many gave SIGBUS. */
static void
count_pages(const char *p, size_t npages, size_t *good, size_t *bus)
{
	const u_long *w;
	volatile size_t i;

	*good = *bus = 0;
	signal(SIGBUS, on_fault);
	signal(SIGSEGV, on_fault);
	for (i = 0; i < npages; ++i) {
		fault_signal = 0;
		w = (const u_long *)(p + i * PG);
		if (sigsetjmp(fault_jump, 1) == 0) {
			if (w[0] == i && w[100] == 9 && w[511] == (~i ^ 9UL))
				++*good;
		} else if (fault_signal == SIGBUS) {
			++*bus;
		}
	}
}

/*
 * The good disk first, so that what other programs do not need is there when
 * the bad one comes.
 */
static void
test_errors_of_disk(void)
{
	size_t npages = memory_pages() * 3 / 2, good, bus;
	char *p;
	int rv;

	ok(swapon(disk[0]) == 0, "swapon adds the good disk");
	p = map(npages * PG);
	fill(p, npages, 8);
	munmap(p, npages * PG);
	ok(swapon(disk[1]) == 0, "swapon adds the bad disk");
	p = map(npages * PG);
	fill(p, npages, 9);
	count_pages(p, npages, &good, &bus);
	ok(bus > 0 && bus < 32, "what cannot be read gives SIGBUS");
	ok(good + bus == npages, "everything else is as it was written");
	printf("# %zu of %zu pages unreadable\n", bus, npages);
	ok(swapoff(disk[1]) == -1 && errno == EIO,
	    "swapoff tells that it could not read everything");
	ok(swapon(disk[1]) == -1 && errno == EBUSY, "the disk stays in use");
	munmap(p, npages * PG);
	rv = swapoff(disk[1]);
	if (rv != 0)
		printf("# swapoff: %s\n", strerror(errno));
	ok(rv == 0, "without the bad pages it can be removed");
	ok(system("dmesg | grep -q 'I/O error - pagein failed'") == 0 &&
	    system("dmesg | grep -q 'I/O error - pageout failed'") == 0,
	    "both kinds of error are on the console");
}

int
main(int argc, char **argv)
{
	size_t percent = 150;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && strcmp(argv[1], "errors") == 0) {
		test_errors_of_disk();
		return (tap_done());
	}
	if (argc > 2 && strcmp(argv[1], "storm") == 0) {
		test_storm(atoi(argv[2]));
		return (tap_done());
	}
	if (argc > 1)
		percent = strtoul(argv[1], NULL, 10);
	test_errors();
	test_swapon();
	test_large_area(percent);
	test_fork();
	test_tmpfs();
	test_swapoff();
	test_full();
	return (tap_done());
}
