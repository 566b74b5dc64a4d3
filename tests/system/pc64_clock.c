/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monotonic clock never goes backwards, seen from all CPUs together.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

#define PROCS	4
#define ROUNDS	20000

int
main(void)
{
	volatile unsigned long *latest;
	unsigned long before, now;
	struct timespec ts, end;
	int i, j, status, good = 0;

	latest = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	for (i = 0; i < PROCS; ++i) {
		if (fork() != 0)
			continue;
		for (j = 0; j < ROUNDS; ++j) {
			before = __atomic_load_n(latest, __ATOMIC_SEQ_CST);
			clock_gettime(CLOCK_MONOTONIC, &ts);
			now = ts.tv_sec * 1000000000UL + ts.tv_nsec;
			if (now < before)
				_exit(1);
			__atomic_compare_exchange_n(latest, &before, now, 0,
			    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
		}
		_exit(0);
	}
	while (wait(&status) > 0)
		good += status == 0;
	ok(good == PROCS, "monotonic_clock_is_monotonic_across_cpus");

	clock_gettime(CLOCK_MONOTONIC, &ts);
	usleep(50000);
	clock_gettime(CLOCK_MONOTONIC, &end);
	now = (end.tv_sec - ts.tv_sec) * 1000000000UL + end.tv_nsec -
	    ts.tv_nsec;
	ok(now >= 50000000UL && now < 5000000000UL, "usleep_sleeps");
	return (tap_done());
}
