/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vector and x87 state belongs to its thread: many processes that switch
 * often and take signals all keep their own.
 */
#include <sys/types.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

#define PROCS	12
#define ROUNDS	400

static volatile int ticks;

static void
on_alarm(int sig)
{
	__asm__ __volatile__("pcmpeqd %%xmm3,%%xmm3; pcmpeqd %%xmm12,%%xmm12"
	    : : : "xmm3", "xmm12");
	++ticks;
}

/* 0 if registers loaded from the seed keep their values. */
static int
churn(unsigned long seed)
{
	unsigned long in[4], out[4];
	long double big = 1.0L / (seed + 3), back;
	int i;

	for (i = 0; i < ROUNDS; ++i) {
		in[0] = seed * 0x9e3779b97f4a7c15UL + i;
		in[1] = ~in[0];
		in[2] = in[0] ^ 0x5555;
		in[3] = in[1] + 7;
		__asm__ __volatile__(
		    "movdqu %2,%%xmm3; movdqu %3,%%xmm12; fldt %5\n"
		    "movl $331,%%eax; syscall\n"	/* sched_yield */
		    "movl $100,%%ecx; 1: pause; loop 1b\n"
		    "movdqu %%xmm3,%0; movdqu %%xmm12,%1; fstpt %4"
		    : "=m" (*(char (*)[16])&out[0]),
		      "=m" (*(char (*)[16])&out[2]), "+m" (*(char (*)[16])&in[0])
		    : "m" (*(char (*)[16])&in[2]), "m" (back), "m" (big)
		    : "rax", "rcx", "rdx", "r11", "xmm3", "xmm12", "memory",
		      "cc");
		if (memcmp(in, out, sizeof(in)) != 0)
			return (1);
		if (back != big)
			return (2);
	}
	return (0);
}

int
main(void)
{
	struct itimerval it = { { 0, 3000 }, { 0, 3000 } };
	unsigned long inherit = 0x1234567887654321UL, seen;
	int i, status, good = 0;
	pid_t pid;

	for (i = 0; i < PROCS; ++i) {
		if (fork() == 0) {
			signal(SIGALRM, on_alarm);
			setitimer(ITIMER_REAL, &it, NULL);
			_exit(churn(i + 1));
		}
	}
	while ((pid = wait(&status)) > 0)
		good += status == 0;
	ok(good == PROCS, "vector_state_is_private_across_switches_and_signals");

	__asm__ __volatile__("movq %0,%%xmm9" : : "r" (inherit) : "xmm9");
	__asm__ __volatile__("movl $2,%%eax; syscall" : "=a" (pid) : :
	    "rcx", "rdx", "r10", "r11", "memory", "cc");
	__asm__ __volatile__("movq %%xmm9,%0" : "=r" (seen));
	if (pid == 0)
		_exit(seen != inherit);
	waitpid(pid, &status, 0);
	ok(status == 0 && seen == inherit, "fork_copies_vector_state");
	return (tap_done());
}
