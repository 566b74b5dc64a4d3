/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions per operation, for a machine whose time stamp counter counts
 * instructions (tools/vm run --icount).
 *
 * Each row is the median of ROUNDS rounds after a warm-up; the rows and how
 * they are taken follow doc/reference/instruction-baseline.md.  The same
 * source runs on Linux; os.h has what the two systems do in ways of their
 * own.  A line is "row|instructions|figure of the original kernel", 0 where
 * there is none; the run script makes the table.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "os.h"

#define ROUNDS	7

static int fd, pipefd[2], kq;
static int to_child[2], to_parent[2], unixfd[2], to_waiter[2];
static char *cow;
static char buf[65536];
static char *self;
static uint64_t apart;		/* what an operation measured by itself */

static inline uint64_t
counter(void)
{
	uint32_t lo, hi;

	__asm__ __volatile__("rdtsc" : "=a"(lo), "=d"(hi));
	return ((uint64_t)hi << 32 | lo);
}

static void
must(int good, const char *what)
{
	if (!good)
		err(1, "%s", what);
}

static void op_getpid(void) { getppid(); }
static void op_yield(void) { sched_yield(); }

static void
op_clock(void)
{
	struct timespec ts;

	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &ts);
}

static int umtx_word;

static void op_umtx(void) { os_wake(&umtx_word); }

static void
op_stat(void)
{
	struct stat st;

	must(stat("/tmp/bf", &st) == 0, "stat");
}

static void
op_stat6(void)
{
	struct stat st;

	must(stat("/tmp/a/b/c/d/f", &st) == 0, "stat");
}

static void
op_enoent(void)
{
	struct stat st;

	must(stat("/tmp/none", &st) < 0, "stat");
}

static void
op_fstat(void)
{
	struct stat st;

	must(fstat(fd, &st) == 0, "fstat");
}

static void
op_open(void)
{
	int f = open("/tmp/bf", O_RDONLY);

	must(f >= 0, "open");
	close(f);
}

static void op_read4(void) { must(pread(fd, buf, 4096, 0) == 4096, "pread"); }
static void op_read64(void) { must(pread(fd, buf, 65536, 0) == 65536, "pread"); }
static void op_write4(void) { must(pwrite(fd, buf, 4096, 0) == 4096, "pwrite"); }

static void
op_create(void)
{
	int f = open("/tmp/new", O_RDWR | O_CREAT, 0644);

	must(f >= 0, "create");
	close(f);
	unlink("/tmp/new");
}

static void
op_create4(void)
{
	int f = open("/tmp/new", O_RDWR | O_CREAT, 0644);

	must(f >= 0 && write(f, buf, 4096) == 4096, "create");
	close(f);
	unlink("/tmp/new");
}

static void
op_rename(void)
{
	must(rename("/tmp/r1", "/tmp/r2") == 0, "rename");
	must(rename("/tmp/r2", "/tmp/r1") == 0, "rename");
}

static void
op_mmap(void)
{
	volatile char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);

	p[0] = 1;
	munmap((void *)p, 4096);
}

static void
op_mmap64(void)
{
	volatile char *p = mmap(NULL, 262144, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);

	for (int i = 0; i < 64; i++)
		p[i * 4096] = 1;
	munmap((void *)p, 262144);
}

static void
op_mmapfile(void)
{
	volatile char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
	    fd, 0);

	p[0] = 1;
	munmap((void *)p, 4096);
}

static void
op_pipe(void)
{
	must(write(pipefd[1], buf, 1) == 1 && read(pipefd[0], buf, 1) == 1,
	    "pipe");
}

static void
op_kevent(void)
{
	must(write(pipefd[1], buf, 1) == 1, "pipe");
	must(os_queue_wait(kq) == 1, "event queue");
	must(read(pipefd[0], buf, 1) == 1, "pipe");
}

static void
op_select(void)
{
	struct timeval tv = { 1, 0 };
	fd_set set;

	FD_ZERO(&set);
	FD_SET(pipefd[0], &set);
	must(write(pipefd[1], buf, 1) == 1, "pipe");
	must(select(pipefd[0] + 1, &set, NULL, NULL, &tv) == 1, "select");
	must(read(pipefd[0], buf, 1) == 1, "pipe");
}

/* One page of each kind of fault; 64 of them an operation. */
static void
op_anon_faults(void)
{
	volatile char *p = mmap(NULL, 64 * 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	uint64_t start = counter();

	for (int i = 0; i < 64; i++)
		p[i * 4096] = 1;
	apart += counter() - start;
	munmap((void *)(uintptr_t)p, 64 * 4096);
}

/* The parent writes what a child that waits shares with it. */
static void
op_cow_faults(void)
{
	uint64_t start;
	int hold[2], status;
	char c;
	pid_t pid;

	memset(cow, 1, 64 * 4096);
	must(pipe(hold) == 0, "pipe");
	pid = fork();
	if (pid == 0) {
		close(hold[1]);
		_exit(read(hold[0], &c, 1) != 0);
	}
	start = counter();
	for (int i = 0; i < 64; i++)
		((volatile char *)cow)[i * 4096] = 2;
	apart += counter() - start;
	close(hold[0]);
	close(hold[1]);
	must(waitpid(pid, &status, 0) == pid && status == 0, "child");
}

static void
op_file_faults(void)
{
	volatile char *p = mmap(NULL, 16 * 4096, PROT_READ, MAP_SHARED, fd, 0);
	uint64_t start = counter();
	char c = 0;

	for (int i = 0; i < 16; i++)
		c += p[i * 4096];
	apart += counter() - start;
	munmap((void *)(uintptr_t)p, 16 * 4096);
}

static void
op_queue_roundtrip(void)
{
	must(write(to_waiter[1], buf, 1) == 1 &&
	    read(to_parent[0], buf, 1) == 1, "round trip");
}

static void
op_roundtrip(void)
{
	must(write(to_child[1], buf, 1) == 1 && read(to_parent[0], buf, 1) == 1,
	    "round trip");
}

static void
op_unix(void)
{
	must(write(unixfd[0], buf, 1) == 1 && read(unixfd[0], buf, 1) == 1,
	    "unix round trip");
}

static void handler(int sig) { }
static void op_signal(void) { kill(getpid(), SIGUSR1); }

static void
op_fork(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	must(pid > 0 && waitpid(pid, &status, 0) == pid, "fork");
}

static void
op_exec(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execl(self, self, "exit", (char *)NULL);
		_exit(1);
	}
	must(pid > 0 && waitpid(pid, &status, 0) == pid && status == 0, "exec");
}

/*
 * original: medians of doc/reference/instruction-baseline.md.  part: the
 * operation measures a part of itself, of so many pieces.
 */
static const struct row {
	const char	*name;
	void		(*op)(void);
	int		count;
	int		original;
	int		part;
} rows[] = {
	{ "null syscall (getppid)", op_getpid, 20000, 374, 0 },
	{ "clock_gettime(MONOTONIC) syscall", op_clock, 20000, 862, 0 },
	{ "sched_yield (alone)", op_yield, 20000, 580, 0 },
	{ "futex/umtx wake, no waiter", op_umtx, 20000, 566, 0 },
	{ "stat (/tmp/bf)", op_stat, 5000, 5637, 0 },
	{ "stat (6 components)", op_stat6, 5000, 8125, 0 },
	{ "stat ENOENT", op_enoent, 5000, 5401, 0 },
	{ "fstat", op_fstat, 10000, 757, 0 },
	{ "open+close", op_open, 5000, 7060, 0 },
	{ "pread 4K cached", op_read4, 5000, 1727, 0 },
	{ "pread 64K cached", op_read64, 1000, 14463, 0 },
	{ "pwrite 4K (overwrite)", op_write4, 5000, 2629, 0 },
	{ "create+close+unlink", op_create, 2000, 24738, 0 },
	{ "create+write4K+close+unlink", op_create4, 2000, 33087, 0 },
	{ "rename x2", op_rename, 1000, 281438, 0 },
	{ "mmap anon 4K+touch+munmap", op_mmap, 2000, 8648, 0 },
	{ "mmap anon 256K+touch 64+munmap", op_mmap64, 200, 259907, 0 },
	{ "mmap file 4K shared+touch+munmap", op_mmapfile, 2000, 6731, 0 },
	{ "page fault, anonymous", op_anon_faults, 100, 0, 64 },
	{ "page fault, copy on write", op_cow_faults, 50, 0, 64 },
	{ "page fault, file", op_file_faults, 200, 0, 16 },
	{ "pipe write+read 1B, same process", op_pipe, 5000, 2013, 0 },
	{ "pipe write+kevent/epoll+read", op_kevent, 5000, 3481, 0 },
	{ "pipe write+select+read", op_select, 5000, 0, 0 },
	{ "pipe round trip, 2 processes", op_roundtrip, 2000, 11721, 0 },
	{ "round trip, peer in kevent/epoll", op_queue_roundtrip, 2000, 9049,
	    0 },
	{ "unix stream round trip", op_unix, 2000, 10154, 0 },
	{ "signal self + handler return", op_signal, 2000, 4349, 0 },
	{ "fork+exit+wait", op_fork, 100, 116748, 0 },
	{ "fork+exec(static)+exit+wait", op_exec, 100, 414389, 0 },
};

/* A process that answers ends when the other side does: with all of them. */
static void
helper(void)
{
	close(to_child[1]);
	close(to_waiter[1]);
	close(unixfd[0]);
}

static void
prepare(void)
{
	int f, q;

	fd = open("/tmp/bf", O_RDWR | O_CREAT, 0644);
	must(fd >= 0 && write(fd, buf, sizeof(buf)) == sizeof(buf), "/tmp/bf");
	mkdir("/tmp/a", 0755);
	mkdir("/tmp/a/b", 0755);
	mkdir("/tmp/a/b/c", 0755);
	mkdir("/tmp/a/b/c/d", 0755);
	f = open("/tmp/a/b/c/d/f", O_RDWR | O_CREAT, 0644);
	must(f >= 0, "/tmp/a/b/c/d/f");
	close(f);
	f = open("/tmp/r1", O_RDWR | O_CREAT, 0644);
	must(f >= 0, "/tmp/r1");
	close(f);
	must(pipe(pipefd) == 0 && pipe(to_child) == 0 && pipe(to_parent) == 0,
	    "pipe");
	kq = os_queue(pipefd[0]);
	must(kq >= 0 && pipe(to_waiter) == 0, "event queue");
	cow = mmap(NULL, 64 * 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	signal(SIGUSR1, handler);
	if (socketpair(AF_LOCAL, SOCK_STREAM, 0, unixfd) != 0)
		unixfd[0] = -1;
	if (unixfd[0] >= 0 && fork() == 0) {
		helper();
		while (read(unixfd[1], buf, 1) == 1 &&
		    write(unixfd[1], buf, 1) == 1)
			continue;
		_exit(0);
	}
	if (fork() == 0) {
		helper();
		q = os_queue(to_waiter[0]);
		while (os_queue_wait(q) == 1 && read(to_waiter[0], buf,
		    1) == 1 && write(to_parent[1], buf, 1) == 1)
			continue;
		_exit(0);
	}
	if (fork() == 0) {
		helper();
		while (read(to_child[0], buf, 1) == 1 &&
		    write(to_parent[1], buf, 1) == 1)
			continue;
		_exit(0);
	}
}

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return ((x > y) - (x < y));
}

int
main(int argc, char **argv)
{
	uint64_t result[ROUNDS], start;
	const struct row *r;
	int i, round;

	if (argc > 1 && strcmp(argv[1], "exit") == 0)
		return (0);
	os_begin();
	self = argv[0];
	prepare();
	for (r = rows; r < rows + sizeof(rows) / sizeof(rows[0]); r++) {
		if (r->op == op_unix && unixfd[0] < 0)
			continue;
		/* An argument: only rows whose names contain it. */
		if (argc > 1 && strstr(r->name, argv[1]) == NULL)
			continue;
		for (i = 0; i < r->count / 10 + 1; i++)
			r->op();
		for (round = 0; round < ROUNDS; round++) {
			apart = 0;
			start = counter();
			for (i = 0; i < r->count; i++)
				r->op();
			result[round] = (r->part ? apart / r->part :
			    counter() - start) / (uint64_t)r->count;
		}
		qsort(result, ROUNDS, sizeof(result[0]), compare);
		printf("row|%s|%ju|%d\n", r->name,
		    (uintmax_t)result[ROUNDS / 2], r->original);
		fflush(stdout);
	}
	os_end();
	return (0);
}
