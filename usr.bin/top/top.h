/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of top(1): gather.c takes samples of the system and of
 * processes, screen.c owns the terminal, top.c has the display and commands.
 */
#ifndef _TOP_H_
#define _TOP_H_

#include <sys/types.h>
#include <sys/kinfo.h>
#include <sys/vmmeter.h>
#include <stdint.h>

enum top_order { BY_CPU, BY_SIZE, BY_RES, BY_TIME, BY_CTIME, BY_PID, BY_PRI };

/* What is shown of one process or, with threads, of one thread. */
struct top_process {
	const struct kinfo_proc *kp;
	double	cpu;			/* percent of one CPU */
	uint64_t time;			/* CPU time, microseconds */
	uint64_t ctime;			/* the same with children's */
};

/* What is shown, of all processes. */
struct top_sample {
	struct top_process *procs;	/* those selected, in order */
	size_t	nprocs;
	int	total, running, idle, active, stopped, zombie;
	double	user, nice, system, intr, idle_cpu;	/* percent */
	struct vmstats pages;
	long	buffers;		/* bytes of file system buffers */
	long	swap_size, swap_free;	/* pages */
	long	swap_in, swap_out;	/* pages since the sample before */
	double	load[3];
	int	have_load;
	pid_t	last_pid;
};

struct top_select {
	int	threads;		/* a row for each thread */
	int	system;			/* kernel threads too */
	int	no_idle;		/* leave out what does not run */
	long	uid;			/* -1 for all */
	const char *command;		/* part of the name, or NULL */
	enum top_order order;
};

/*
 * Takes a sample; percentages refer to the time since the call before, or
 * since boot.  The result is valid until the next call.
 */
const struct top_sample *top_gather(const struct top_select *sel);

/* The order that a user calls "cpu", "size" ...; -1 if there is none. */
int	top_order_by_name(const char *name);

/*
 * The terminal.  screen_line() prints a line and counts it, cutting it at the
 * right edge; in batch mode it only prints.
 */
extern int screen_rows, screen_columns, screen_interactive;

void	screen_open(int interactive);
void	screen_close(void);
void	screen_begin(void);		/* a new display, from the top */
void	screen_line(const char *fmt, ...) __printflike(1, 2);
int	screen_left(void);		/* lines that still fit */
void	screen_end(void);
/* Waits for a key; returns it, 0 after the time, -1 when to redraw. */
int	screen_key(double seconds);
/* Asks on the third line; returns 0 if the answer is empty. */
int	screen_ask(const char *question, char *answer, size_t size);

#endif
