/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads on other CPUs must not go on using a page after the call that
 * replaced or protected it has returned.
 */
#include <sys/types.h>
#include <sys/lwp.h>
#include <sys/mman.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

#define WORKERS	3
#define ROUNDS	300

static volatile unsigned long *page;
static volatile unsigned long epoch;	/* rounds whose page is gone */
static volatile unsigned long seen[WORKERS];
static volatile int stale, quit, running;
static char stacks[WORKERS][16384] __attribute__((aligned(16)));

/* The page may be absent for a moment: try again. */
static void
on_fault(int sig)
{
}

/* Pages hold the number of their round, or 0 once replaced. */
static void
worker(void *arg)
{
	long self = (long)arg;
	unsigned long gone, v;

	__atomic_fetch_add(&running, 1, __ATOMIC_SEQ_CST);
	while (!quit) {
		gone = __atomic_load_n(&epoch, __ATOMIC_SEQ_CST);
		v = *page;
		if (v != 0 && v <= gone)
			stale = 1;
		seen[self] = v;
	}
	__atomic_fetch_sub(&running, 1, __ATOMIC_SEQ_CST);
	/* extexit(EXTEXIT_LWP): no library code on this stack. */
	__asm__ __volatile__("syscall" : : "a" (494L), "D" (0x10000L),
	    "S" (0L), "d" (0L) : "rcx", "r11", "memory");
}

int
main(void)
{
	struct lwp_params params;
	unsigned long round;
	int i, waits;

	signal(SIGSEGV, on_fault);
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE,
	    -1, 0);
	for (i = 0; i < WORKERS; ++i) {
		memset(&params, 0, sizeof(params));
		params.lwp_func = worker;
		params.lwp_arg = (void *)(long)i;
		params.lwp_stack = stacks[i] + sizeof(stacks[i]);
		if (lwp_create(&params) != 0)
			break;
	}
	ok(i == WORKERS, "lwp_create");
	while (running < i)
		usleep(1000);
	for (round = 1; round <= ROUNDS && !stale; ++round) {
		*page = round;
		/* Let somebody load it, but do not insist. */
		for (waits = 0; waits < 20000 && seen[0] != round &&
		    seen[1] != round && seen[2] != round; ++waits)
			__asm__ __volatile__("pause");
		if (mmap((void *)page, 4096, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE | MAP_FIXED, -1, 0) != page)
			break;
		__atomic_store_n(&epoch, round, __ATOMIC_SEQ_CST);
	}
	ok(round > ROUNDS && !stale, "replaced_page_is_gone_from_all_cpus");
	quit = 1;
	for (waits = 0; waits < 3000 && running != 0; ++waits)
		usleep(1000);
	ok(running == 0, "threads_end");
	return (tap_done());
}
