/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions per operation, for a machine whose time stamp counter counts
 * instructions (tools/vm run --icount).
 *
 * Each row is the median of ROUNDS rounds after a warm-up; the rows and how
 * they are taken follow doc/reference/instruction-baseline.md, the figures of
 * Linux 6.1 and of the original kernel stand beside ours.
 */
#include <sys/types.h>
#include <sys/event.h>
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

#define ROUNDS	7

static int fd, pipefd[2], kq;
static int to_child[2], to_parent[2], unixfd[2];
static char buf[65536];
static char *self;

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

	clock_gettime(CLOCK_MONOTONIC, &ts);
}

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
	struct kevent ev;

	must(write(pipefd[1], buf, 1) == 1, "pipe");
	must(kevent(kq, NULL, 0, &ev, 1, NULL) == 1, "kevent");
	must(read(pipefd[0], buf, 1) == 1, "pipe");
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

/* Figures: doc/reference/instruction-baseline.md, medians. */
static const struct row {
	const char	*name;
	void		(*op)(void);
	int		count;
	int		linux61, original;
} rows[] = {
	{ "null syscall (getppid)", op_getpid, 20000, 318, 374 },
	{ "clock_gettime(MONOTONIC)", op_clock, 20000, 435, 862 },
	{ "sched_yield (alone)", op_yield, 20000, 803, 580 },
	{ "stat (/tmp/bf)", op_stat, 5000, 3546, 5637 },
	{ "stat (6 components)", op_stat6, 5000, 4935, 8125 },
	{ "stat ENOENT", op_enoent, 5000, 4943, 5401 },
	{ "fstat", op_fstat, 10000, 1032, 757 },
	{ "open+close", op_open, 5000, 6359, 7060 },
	{ "pread 4K cached", op_read4, 5000, 1811, 1727 },
	{ "pread 64K cached", op_read64, 1000, 16384, 14463 },
	{ "pwrite 4K (overwrite)", op_write4, 5000, 2208, 2629 },
	{ "create+close+unlink", op_create, 2000, 26857, 24738 },
	{ "create+write4K+close+unlink", op_create4, 2000, 34264, 33087 },
	{ "rename x2", op_rename, 1000, 17498, 281438 },
	{ "mmap anon 4K+touch+munmap", op_mmap, 2000, 22441, 8648 },
	{ "mmap anon 256K+touch 64+munmap", op_mmap64, 200, 280616, 259907 },
	{ "mmap file 4K shared+touch+munmap", op_mmapfile, 2000, 19863, 6731 },
	{ "pipe write+read 1B, same process", op_pipe, 5000, 2325, 2013 },
	{ "pipe write+kevent+read", op_kevent, 5000, 3165, 3481 },
	{ "pipe round trip, 2 processes", op_roundtrip, 2000, 12350, 11721 },
	{ "unix stream round trip", op_unix, 2000, 16728, 10154 },
	{ "signal self + handler return", op_signal, 2000, 3944, 4349 },
	{ "fork+exit+wait", op_fork, 100, 97140, 116748 },
	{ "fork+exec(static)+exit+wait", op_exec, 100, 295870, 414389 },
};

static void
prepare(void)
{
	struct kevent ev;
	int f;

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
	kq = kqueue();
	EV_SET(&ev, (uintptr_t)pipefd[0], EVFILT_READ, EV_ADD, 0, 0, NULL);
	must(kq >= 0 && kevent(kq, &ev, 1, NULL, 0, NULL) == 0, "kqueue");
	signal(SIGUSR1, handler);
	must(socketpair(AF_LOCAL, SOCK_STREAM, 0, unixfd) == 0, "socketpair");
	if (fork() == 0) {
		close(unixfd[0]);
		while (read(unixfd[1], buf, 1) == 1 &&
		    write(unixfd[1], buf, 1) == 1)
			continue;
		_exit(0);
	}
	if (fork() == 0) {
		close(to_child[1]);
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
	int i, target;

	if (argc > 1)
		return (0);
	self = argv[0];
	prepare();
	printf("%-34s %9s %9s %9s %9s\n", "operation", "Damselfly", "Linux",
	    "original", "");
	for (r = rows; r < rows + sizeof(rows) / sizeof(rows[0]); r++) {
		for (i = 0; i < r->count / 10 + 1; i++)
			r->op();
		for (int round = 0; round < ROUNDS; round++) {
			start = counter();
			for (i = 0; i < r->count; i++)
				r->op();
			result[round] = (counter() - start) / (uint64_t)r->count;
		}
		qsort(result, ROUNDS, sizeof(result[0]), compare);
		target = r->linux61 < r->original ? r->linux61 : r->original;
		printf("%-34s %9ju %9d %9d %9s\n", r->name,
		    (uintmax_t)result[ROUNDS / 2], r->linux61, r->original,
		    result[ROUNDS / 2] <= (uint64_t)target ? "met" : "missed");
		fflush(stdout);
	}
	return (0);
}
