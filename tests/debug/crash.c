/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For run: with three threads, of which the first crashes, or waits for
 * gcore(1) when there is an argument.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static volatile int ready;
static volatile unsigned spins;
static int *volatile nowhere = (int *)8;

__attribute__((noinline)) static void *
waiter(void *arg)
{
	__sync_add_and_fetch(&ready, 1);
	for (;;)
		pause();
	return (arg);
}

__attribute__((noinline)) static void *
spinner(void *arg)
{
	__sync_add_and_fetch(&ready, 1);
	for (;;)
		spins++;
	return (arg);
}

__attribute__((noinline)) static void
crash_here(int n)
{
	*nowhere = n;
}

int
main(int argc, char **argv)
{
	pthread_t t;

	pthread_create(&t, NULL, waiter, NULL);
	pthread_create(&t, NULL, spinner, NULL);
	while (ready < 2)
		usleep(1000);
	if (argc > 1) {
		printf("ready\n");
		fflush(stdout);
		for (;;)
			pause();
	}
	crash_here(42);
	return (0);
}
