/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system call fuzzer: what its two halves share.  args.c makes arguments
 * from the types and names of the prototypes in sys/kern/syscalls.master
 * (which the run script turns into calls.h); syscall.c runs the calls in
 * short-lived processes and watches.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <sys/types.h>

#define MAXARGS	8

struct call {
	int		number;
	const char	*name;
	const char	*args;	/* "int fd,void* buf,size_t nbyte" */
};

extern const struct call calls[];
extern const int ncalls;

extern unsigned long rnd_state;
extern pid_t relatives[8];	/* pids a call may name: own, children's */
extern int is_root;

unsigned long	rnd(void);
/* One chance in n. */
int	chance(unsigned n);
/* Once a process: memory to point at, descriptors to name. */
void	args_prepare(void);
/* Arguments for c; returns how many of them c has. */
int	args_make(const struct call *c, unsigned long *args);
/* The result of a call: descriptors join the ones args_make() hands out. */
void	args_result(const struct call *c, long result);

#endif
