/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user scheduler: threads that only compute get equal shares of the CPUs,
 * whatever their number; nice values shift them; those that mostly sleep get
 * a CPU at once when they wake up.
 *
 * The bounds are wide because the emulator's CPUs are themselves threads that
 * the host runs by turns; on a quiet host shares differ by a few per cent.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define MAXWORK	64

static double
seconds(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (ts.tv_sec + ts.tv_nsec * 1e-9);
}

/*
 * CPU seconds each of n processes got in the given time; the first "nicer"
 * of them have nice value 10.
 */
static void
compete(int n, int nicer, double time, double *got)
{
	volatile double *shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	volatile int *go = (volatile int *)(shared + 512);
	pid_t pid[MAXWORK];
	double start;
	int i;

	for (i = 0; i < n; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			if (i < nicer)
				setpriority(PRIO_PROCESS, 0, 10);
			while (!*go)
				usleep(1000);
			start = seconds(CLOCK_PROCESS_CPUTIME_ID);
			for (;;)
				shared[i] = seconds(CLOCK_PROCESS_CPUTIME_ID) -
				    start;
		}
	}
	usleep(200000);
	*go = 1;
	start = seconds(CLOCK_MONOTONIC);
	while (seconds(CLOCK_MONOTONIC) - start < time)
		usleep(20000);
	for (i = 0; i < n; i++)
		got[i] = shared[i];
	for (i = 0; i < n; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
	munmap((void *)(unsigned long)shared, 8192);
}

static double
spread(const double *got, int n, const char *what)
{
	double min = got[0], max = got[0];
	int i;

	for (i = 1; i < n; i++) {
		min = got[i] < min ? got[i] : min;
		max = got[i] > max ? got[i] : max;
	}
	printf("# %s: %.3f to %.3f s each\n", what, min, max);
	return (max / min);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x < y ? -1 : x > y);
}

/* Median oversleep of a process that naps while n others compute. */
static double
nap(int n)
{
	double late[201], t;
	pid_t pid[MAXWORK];
	int i;

	for (i = 0; i < n; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			for (;;)
				;
	}
	for (i = 0; i < 201; i++) {
		t = seconds(CLOCK_MONOTONIC);
		usleep(2000);
		late[i] = seconds(CLOCK_MONOTONIC) - t - 0.002;
	}
	for (i = 0; i < n; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
	qsort(late, 201, sizeof(late[0]), by_value);
	printf("# naps end %.1f ms late (median), %.1f ms (99 %%)\n",
	    late[100] * 1e3, late[198] * 1e3);
	return (late[100]);
}

int
main(int argc, char **argv)
{
	double got[MAXWORK], time = argc > 1 ? atof(argv[1]) : 4;
	int ncpu;
	size_t len = sizeof(ncpu);

	sysctlbyname("hw.ncpu", &ncpu, &len, NULL, 0);
	compete(2 * ncpu, 0, time, got);
	ok(spread(got, 2 * ncpu, "two a CPU") < 2.5,
	    "two_threads_a_cpu_share_alike");
	compete(ncpu + 1, 0, time, got);
	ok(spread(got, ncpu + 1, "one more than CPUs") < 2.5,
	    "one_more_thread_than_cpus_share_alike");
	compete(2 * ncpu, ncpu, time, got);
	qsort(got, 2 * ncpu, sizeof(got[0]), by_value);
	ok(got[0] > 0.01 && got[2 * ncpu - 1] / got[0] > 3,
	    "nice_gets_less_but_not_nothing");
	ok(nap(4 * ncpu) < 0.1, "sleepers_wake_promptly_in_a_crowd");
	return (tap_done());
}
