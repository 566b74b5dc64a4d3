/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How work scales with CPUs: operations a second of as many workers as the
 * machine has CPUs, and the latency of wakeups in a crowd.
 *
 * A line is "row|name|operations a second"; names that end in "us" are times
 * in microseconds.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <err.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "os.h"

#define SECONDS		1.5
#define MAXWORK		256
#define CROWD		16	/* busy processes a CPU */
#define NAPS		300

static char *self;
static int ncpu;

/* Shared by all: begin, end, and what each worker did. */
static struct shared {
	volatile int	go;
	volatile int	stop;
	volatile struct {
		long	count;
		char	pad[56];
	} done[MAXWORK];
} *sh;

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec + ts.tv_nsec * 1e-9);
}

static void
nap(long us)
{
	struct timespec ts = { us / 1000000, us % 1000000 * 1000 };

	nanosleep(&ts, NULL);
}

static void
wait_go(void)
{
	while (!sh->go)
		nap(1000);
}

/* Let workers, who wait for go, work; print what they did. */
static void
measure(const char *name, int workers)
{
	double start, end;
	long sum = 0;
	int i;

	nap(100000);
	for (i = 0; i < workers; i++)
		sum -= sh->done[i].count;
	start = now();
	sh->go = 1;
	while ((end = now()) - start < SECONDS)
		nap(10000);
	for (i = 0; i < workers; i++)
		sum += sh->done[i].count;
	sh->stop = 1;
	printf("row|%s|%.0f\n", name, sum / (end - start));
	fflush(stdout);
}

static void
reset(void)
{
	memset(sh, 0, sizeof(*sh));
}

/* n processes, then n threads, that run work(index) until stop. */
static void
processes(const char *name, int n, void (*work)(int))
{
	pid_t pid[MAXWORK];
	int i;

	reset();
	for (i = 0; i < n; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			wait_go();
			while (!sh->stop)
				work(i);
			_exit(0);
		}
	}
	measure(name, n);
	for (i = 0; i < n; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
}

static void (*thread_work)(int);

static void *
thread_main(void *arg)
{
	wait_go();
	while (!sh->stop)
		thread_work((int)(intptr_t)arg);
	return (NULL);
}

static void
threads(const char *name, int n, void (*work)(int))
{
	pthread_t td[MAXWORK];
	int i;

	reset();
	thread_work = work;
	for (i = 0; i < n; i++) {
		if (pthread_create(&td[i], NULL, thread_main,
		    (void *)(intptr_t)i) != 0)
			errx(1, "pthread_create");
	}
	measure(name, n);
	for (i = 0; i < n; i++)
		pthread_join(td[i], NULL);
}

static void
work_exec(int i)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execl(self, self, "exit", (char *)NULL);
		_exit(1);
	}
	if (waitpid(pid, &status, 0) == pid && status == 0)
		sh->done[i].count++;
}

static void
work_faults(int i)
{
	volatile char *p = mmap(NULL, 64 * 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	int n;

	for (n = 0; n < 64; n++)
		p[n * 4096] = 1;
	munmap((void *)(uintptr_t)p, 64 * 4096);
	sh->done[i].count += 64;
}

static void
work_malloc(int i)
{
	void *p[32];
	int n;

	for (n = 0; n < 32; n++)
		p[n] = malloc(16 + n * 24);
	for (n = 0; n < 32; n++)
		free(p[n]);
	sh->done[i].count += 32;
}

/* Two processes a pair, which hand a byte to and fro. */
static void
work_pipes(int i)
{
	int there[2], back[2];
	char c = 0;
	pid_t pid;

	if (pipe(there) != 0 || pipe(back) != 0)
		_exit(1);
	pid = fork();
	if (pid == 0) {
		close(there[1]);
		close(back[0]);
		while (read(there[0], &c, 1) == 1 && write(back[1], &c, 1) == 1)
			continue;
		_exit(0);
	}
	close(there[0]);
	close(back[1]);
	while (!sh->stop && write(there[1], &c, 1) == 1 &&
	    read(back[0], &c, 1) == 1)
		sh->done[i].count++;
	close(there[1]);
	waitpid(pid, NULL, 0);
	_exit(0);
}

/* A group sends 100 byte messages among its four members. */
static void
work_messages(int i)
{
	int sv[2], m;
	char message[100] = { 0 };
	pid_t pid[3];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, sv) != 0)
		_exit(1);
	for (m = 0; m < 3; m++) {
		pid[m] = fork();
		if (pid[m] == 0) {
			close(sv[m == 0 ? 0 : 1]);
			for (;;) {
				if (m == 0) {
					if (read(sv[1], message, 100) <= 0)
						_exit(0);
				} else if (write(sv[0], message, 100) <= 0) {
					_exit(0);
				}
			}
		}
	}
	close(sv[0]);
	while (!sh->stop && read(sv[1], message, 100) > 0)
		sh->done[i].count++;
	for (m = 0; m < 3; m++) {
		kill(pid[m], SIGKILL);
		waitpid(pid[m], NULL, 0);
	}
	_exit(0);
}

static void *
nothing(void *arg)
{
	return (arg);
}

static void
work_create(int i)
{
	pthread_t td;

	if (pthread_create(&td, NULL, nothing, NULL) == 0) {
		pthread_join(td, NULL);
		sh->done[i].count++;
	}
}

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int turn;

/* All take the same mutex. */
static void
work_mutex(int i)
{
	pthread_mutex_lock(&mutex);
	sh->done[i].count++;
	pthread_mutex_unlock(&mutex);
}

/* Two take turns. */
static void
work_handoff(int i)
{
	pthread_mutex_lock(&mutex);
	while (turn != i && !sh->stop)
		pthread_cond_wait(&cond, &mutex);
	turn = !i;
	sh->done[i].count++;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&mutex);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y ? -1 : x > y);
}

static void
latency(void)
{
	static double late[NAPS];
	int i, n = CROWD * ncpu;
	pid_t pid[MAXWORK];
	double t;

	for (i = 0; i < n; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			for (;;)
				;
	}
	for (i = 0; i < NAPS; i++) {
		t = now();
		nap(2000);
		late[i] = now() - t - 0.002;
	}
	for (i = 0; i < n; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
	qsort(late, NAPS, sizeof(late[0]), by_value);
	printf("row|wakeup in a crowd, median, us|%.0f\n",
	    late[NAPS / 2] * 1e6);
	printf("row|wakeup in a crowd, 99 %%, us|%.0f\n",
	    late[NAPS * 99 / 100] * 1e6);
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "exit") == 0)
		return (0);
	os_begin();
	self = argv[0];
	ncpu = sysconf(_SC_NPROCESSORS_ONLN);
	if (ncpu < 1 || ncpu * CROWD > MAXWORK)
		errx(1, "%d CPUs", ncpu);
	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	processes("fork+exec+wait", ncpu, work_exec);
	threads("page faults, one address space", ncpu, work_faults);
	processes("pipe round trips, pairs", ncpu, work_pipes);
	processes("messages, groups of four", ncpu, work_messages);
	threads("malloc+free", ncpu, work_malloc);
	threads("mutex, contended by all", ncpu, work_mutex);
	threads("hand-off between two threads", 2, work_handoff);
	threads("thread create+join", 1, work_create);
	latency();
	os_end();
	return (0);
}
