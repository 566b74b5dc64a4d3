/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * umtx: a word that moves to another page under a sleeper (copy on write
 * after a fork) is still the word; memory shared by mapping is one for all.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"		/* tap-libs: -lpthread */

#define ROUNDS	20

static volatile int *word;
static volatile int woken;

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec + ts.tv_nsec / 1e9);
}

static void *
sleeper(void *arg)
{
	while (*word == 0)
		umtx_sleep(word, 0, 0);
	woken = 1;
	return (NULL);
}

/* Longest time a sleeper took to notice, over some rounds with a fork each. */
static double
worst(int flags)
{
	pthread_t td;
	double start, took, most = 0;
	pid_t pid;
	int i;

	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_ANON | flags, -1,
	    0);
	for (i = 0; i < ROUNDS; i++) {
		*word = 0;
		woken = 0;
		pthread_create(&td, NULL, sleeper, NULL);
		usleep(20000);
		pid = fork();
		if (pid == 0) {
			usleep(40000);
			_exit(0);
		}
		start = now();
		*word = 1;
		umtx_wakeup(word, 1);
		pthread_join(td, NULL);
		took = now() - start;
		if (took > most)
			most = took;
		waitpid(pid, NULL, 0);
	}
	munmap((void *)word, 4096);
	return (most);
}

int
main(void)
{
	double took, start;
	pid_t pid;

	/* A lost wakeup shows as the longest sleep there is: two seconds. */
	took = worst(MAP_PRIVATE);
	printf("# private: %.3f s\n", took);
	ok(took < 1, "a private word is the same after a fork");
	took = worst(MAP_SHARED);
	printf("# shared: %.3f s\n", took);
	ok(took < 1, "so is a shared one");

	word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_ANON | MAP_SHARED,
	    -1, 0);
	pid = fork();
	if (pid == 0) {
		sleeper(NULL);
		_exit(0);
	}
	usleep(100000);
	start = now();
	*word = 1;
	umtx_wakeup(word, 0);
	waitpid(pid, NULL, 0);
	ok(now() - start < 1, "processes that share a word meet at it");
	return (tap_done());
}
