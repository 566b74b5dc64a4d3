/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Task queues: functions called later, once, by a thread.
 *
 * Enqueuing a task that is already queued counts it (ta_pending) instead of
 * queueing it again.  A task may free or enqueue itself.
 */
#ifndef _SYS_TASKQUEUE_H_
#define _SYS_TASKQUEUE_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/callout.h>

struct taskqueue;
struct thread;

typedef void task_fn_t(void *context, int pending);
typedef void (*taskqueue_enqueue_fn)(void *context);

/* (q) the queue's spinlock */
struct task {
	STAILQ_ENTRY(task) ta_link;	/* (q) */
	int		ta_pending;	/* (q) times enqueued */
	int		ta_priority;	/* (I) higher first */
	task_fn_t	*ta_func;	/* (I) */
	void		*ta_context;	/* (I) */
	struct taskqueue *ta_queue;	/* (q) queued on */
};

struct timeout_task {
	struct task	t;
	struct callout	c;
	struct taskqueue *q;
};

#define TASK_INIT(task, priority, func, context) do {			\
	(task)->ta_pending = 0;						\
	(task)->ta_priority = (priority);				\
	(task)->ta_func = (func);					\
	(task)->ta_context = (context);					\
	(task)->ta_queue = NULL;					\
} while (0)
#define TASK_INITIALIZER(priority, func, context)			\
	{ .ta_pending = 0, .ta_priority = (priority),			\
	  .ta_func = (func), .ta_context = (context) }
#define TIMEOUT_TASK_INIT(queue, task, priority, func, context) \
	_timeout_task_init((queue), (task), (priority), (func), (context))

struct taskqueue *taskqueue_create(const char *name, int mflags,
	    taskqueue_enqueue_fn enqueue, void *context);
/* pri: TDPRI_*; cpu -1: spread. */
int	taskqueue_start_threads(struct taskqueue **tqp, int count, int pri,
	    int ncpu, const char *fmt, ...) __printflike(5, 6);
int	taskqueue_enqueue(struct taskqueue *queue, struct task *task);
int	taskqueue_enqueue_timeout(struct taskqueue *queue,
	    struct timeout_task *task, int ticks);
/* Nonzero (EBUSY): it is running. */
int	taskqueue_cancel(struct taskqueue *queue, struct task *task,
	    u_int *pendp);
int	taskqueue_cancel_timeout(struct taskqueue *queue,
	    struct timeout_task *task, u_int *pendp);
void	taskqueue_drain(struct taskqueue *queue, struct task *task);
void	taskqueue_drain_timeout(struct taskqueue *queue,
	    struct timeout_task *task);
void	taskqueue_free(struct taskqueue *queue);
void	taskqueue_run(struct taskqueue *queue);
void	taskqueue_block(struct taskqueue *queue);
void	taskqueue_unblock(struct taskqueue *queue);
void	taskqueue_thread_enqueue(void *context);
void	taskqueue_thread_loop(void *arg);
void	_timeout_task_init(struct taskqueue *queue, struct timeout_task *task,
	    int priority, task_fn_t func, void *context);

/* One thread for each CPU; run by software interrupt. */
extern struct taskqueue *taskqueue_thread[];
extern struct taskqueue *taskqueue_swi;

#endif /* _KERNEL */

#endif /* !_SYS_TASKQUEUE_H_ */
