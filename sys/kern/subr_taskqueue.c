/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Task queues.
 *
 * A queue is a list ordered by priority under a spinlock.  Enqueuing calls
 * the queue's enqueue function, which sees to it that some thread (or a
 * software interrupt) runs the queue.  One task of a queue runs at a time
 * per thread that serves it; the task being run is recorded so that drain
 * and cancel can wait for it.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/taskqueue.h>
#include <sys/thread2.h>

/* What a thread is executing right now. */
struct busy {
	TAILQ_ENTRY(busy) link;		/* (q) */
	struct task	*task;		/* (q) */
};

/* (q) its spinlock */
struct taskqueue {
	STAILQ_HEAD(, task) tasks;	/* (q) */
	TAILQ_HEAD(, busy) busy;	/* (q) */
	struct spinlock	spin;
	const char	*name;		/* (I) */
	taskqueue_enqueue_fn enqueue;	/* (I) */
	void		*context;	/* (I) */
	int		threads;	/* (q) serving it */
	bool		blocked;	/* (q) nothing is to be run */
	bool		closing;	/* (q) threads are to exit */
};

struct taskqueue *taskqueue_thread[MAXCPU];
struct taskqueue *taskqueue_swi;

static MALLOC_DEFINE(M_TASKQUEUE, "taskqueue", "Task Queues");

struct taskqueue *
taskqueue_create(const char *name, int mflags, taskqueue_enqueue_fn enqueue,
    void *context)
{
	struct taskqueue *tq;

	tq = kmalloc(sizeof(*tq), M_TASKQUEUE, mflags | M_ZERO);
	if (tq == NULL)
		return (NULL);
	STAILQ_INIT(&tq->tasks);
	TAILQ_INIT(&tq->busy);
	spin_init(&tq->spin, "taskqueue");
	tq->name = name;
	tq->enqueue = enqueue;
	tq->context = context;
	return (tq);
}

void
taskqueue_free(struct taskqueue *tq)
{
	spin_lock(&tq->spin);
	tq->closing = true;
	spin_unlock(&tq->spin);
	wakeup(tq);
	for (;;) {
		tsleep_interlock(&tq->threads, 0);
		if (tq->threads == 0)
			break;
		tsleep(&tq->threads, PINTERLOCKED, "tqfree", 0);
	}
	taskqueue_run(tq);
	spin_uninit(&tq->spin);
	kfree(tq, M_TASKQUEUE);
}

/* Spinlock held: by priority, equals in the order they came. */
static void
insert(struct taskqueue *tq, struct task *task)
{
	struct task *at, *prev = NULL;

	STAILQ_FOREACH(at, &tq->tasks, ta_link) {
		if (at->ta_priority < task->ta_priority)
			break;
		prev = at;
	}
	if (prev != NULL)
		STAILQ_INSERT_AFTER(&tq->tasks, prev, task, ta_link);
	else
		STAILQ_INSERT_HEAD(&tq->tasks, task, ta_link);
}

int
taskqueue_enqueue(struct taskqueue *tq, struct task *task)
{
	bool kick;

	spin_lock(&tq->spin);
	if (task->ta_pending != 0) {
		task->ta_pending++;
		spin_unlock(&tq->spin);
		return (0);
	}
	insert(tq, task);
	task->ta_pending = 1;
	task->ta_queue = tq;
	kick = !tq->blocked;
	spin_unlock(&tq->spin);
	if (kick && tq->enqueue != NULL)
		tq->enqueue(tq->context);
	return (0);
}

static void
timeout_fires(void *arg)
{
	struct timeout_task *tt = arg;

	taskqueue_enqueue(tt->q, &tt->t);
}

void
_timeout_task_init(struct taskqueue *queue, struct timeout_task *task,
    int priority, task_fn_t func, void *context)
{
	TASK_INIT(&task->t, priority, func, context);
	callout_init_mp(&task->c);
	task->q = queue;
}

int
taskqueue_enqueue_timeout(struct taskqueue *tq, struct timeout_task *task,
    int delay)
{
	if (delay <= 0)
		return (taskqueue_enqueue(tq, &task->t));
	callout_reset(&task->c, delay, timeout_fires, task);
	return (0);
}

/* Spinlock held. */
static bool
is_running(struct taskqueue *tq, const struct task *task)
{
	struct busy *b;

	TAILQ_FOREACH(b, &tq->busy, link) {
		if (b->task == task)
			return (true);
	}
	return (false);
}

void
taskqueue_run(struct taskqueue *tq)
{
	struct busy b;
	struct task *task;
	int pending;

	spin_lock(&tq->spin);
	TAILQ_INSERT_TAIL(&tq->busy, &b, link);
	b.task = NULL;
	while (!tq->blocked && (task = STAILQ_FIRST(&tq->tasks)) != NULL) {
		STAILQ_REMOVE_HEAD(&tq->tasks, ta_link);
		pending = task->ta_pending;
		task->ta_pending = 0;
		b.task = task;
		spin_unlock(&tq->spin);
		task->ta_func(task->ta_context, pending);
		spin_lock(&tq->spin);
		b.task = NULL;
		wakeup(task);
	}
	TAILQ_REMOVE(&tq->busy, &b, link);
	spin_unlock(&tq->spin);
}

int
taskqueue_cancel(struct taskqueue *tq, struct task *task, u_int *pendp)
{
	int error;

	spin_lock(&tq->spin);
	if (pendp != NULL)
		*pendp = task->ta_pending;
	if (task->ta_pending > 0) {
		STAILQ_REMOVE(&tq->tasks, task, task, ta_link);
		task->ta_pending = 0;
	}
	error = is_running(tq, task) ? EBUSY : 0;
	spin_unlock(&tq->spin);
	return (error);
}

int
taskqueue_cancel_timeout(struct taskqueue *tq, struct timeout_task *task,
    u_int *pendp)
{
	int stopped = callout_stop(&task->c), error;
	u_int pending;

	error = taskqueue_cancel(tq, &task->t, &pending);
	if (pendp != NULL)
		*pendp = pending + (stopped != 0);
	return (error);
}

void
taskqueue_drain(struct taskqueue *tq, struct task *task)
{
	spin_lock(&tq->spin);
	while (task->ta_pending != 0 || is_running(tq, task))
		ssleep(task, &tq->spin, 0, "tqdrain", hz);
	spin_unlock(&tq->spin);
}

void
taskqueue_drain_timeout(struct taskqueue *tq, struct timeout_task *task)
{
	callout_drain(&task->c);
	taskqueue_drain(tq, &task->t);
}

void
taskqueue_block(struct taskqueue *tq)
{
	spin_lock(&tq->spin);
	tq->blocked = true;
	spin_unlock(&tq->spin);
}

void
taskqueue_unblock(struct taskqueue *tq)
{
	bool kick;

	spin_lock(&tq->spin);
	tq->blocked = false;
	kick = !STAILQ_EMPTY(&tq->tasks);
	spin_unlock(&tq->spin);
	if (kick && tq->enqueue != NULL)
		tq->enqueue(tq->context);
}

/* The enqueue function of queues that threads serve; context points at the
 * variable holding the queue. */
void
taskqueue_thread_enqueue(void *context)
{
	wakeup_one(*(struct taskqueue **)context);
}

void
taskqueue_thread_loop(void *arg)
{
	struct taskqueue *tq = *(struct taskqueue **)arg;

	for (;;) {
		taskqueue_run(tq);
		spin_lock(&tq->spin);
		if (tq->closing)
			break;
		if (STAILQ_EMPTY(&tq->tasks) || tq->blocked)
			ssleep(tq, &tq->spin, 0, "tqthr", 0);
		spin_unlock(&tq->spin);
	}
	tq->threads--;
	spin_unlock(&tq->spin);
	wakeup(&tq->threads);
	lwkt_exit();
}

int
taskqueue_start_threads(struct taskqueue **tqp, int count, int pri, int ncpu,
    const char *fmt, ...)
{
	struct thread *td;
	char name[32];
	__va_list ap;
	int cpu;

	if (count <= 0)
		return (EINVAL);
	__va_start(ap, fmt);
	kvsnprintf(name, sizeof(name), fmt, ap);
	__va_end(ap);
	for (int i = 0; i < count; i++) {
		cpu = ncpu >= 0 ? ncpu : i % ncpus;
		spin_lock(&(*tqp)->spin);
		(*tqp)->threads++;
		spin_unlock(&(*tqp)->spin);
		lwkt_create(taskqueue_thread_loop, tqp, &td, NULL,
		    TDF_NOSTART | TDF_FIXEDCPU, cpu, count > 1 ? "%s_%d" : "%s",
		    name, i);
		lwkt_setpri_initial(td, pri);
		lwkt_schedule(td);
	}
	return (0);
}

static void
swi_run(void *arg, void *frame)
{
	taskqueue_run(taskqueue_swi);
}

static void
swi_enqueue(void *context)
{
	sched_ithd_soft(SWI_TQ);
}

static void
taskqueue_init(void *arg)
{
	taskqueue_swi = taskqueue_create("swi", M_WAITOK, swi_enqueue, NULL);
	register_swi_mp(SWI_TQ, swi_run, NULL, "swi_taskq", NULL, -1);
	for (int cpu = 0; cpu < ncpus; cpu++) {
		taskqueue_thread[cpu] = taskqueue_create("thread", M_WAITOK,
		    taskqueue_thread_enqueue, &taskqueue_thread[cpu]);
		taskqueue_start_threads(&taskqueue_thread[cpu], 1,
		    TDPRI_KERN_DAEMON, cpu, "taskq_cpu %d", cpu);
	}
}
SYSINIT(taskqueue, SI_SUB_PRE_DRIVERS, SI_ORDER_FIRST, taskqueue_init, NULL);
