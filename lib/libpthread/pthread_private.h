/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the thread library share.
 *
 * A thread is an LWP; its descriptor hangs off its TLS control block.  All
 * waiting is done with umtx_sleep() on a word that whoever ends the wait
 * changes first.  pthread objects are pointers that are NULL when statically
 * initialised; the object is made on first use.
 *
 * A descriptor outlives its thread until the thread has been joined (or was
 * detached) and the kernel has stored to its t_gone, the last thing a thread
 * does: only then may its stack go.
 */
#ifndef _PTHREAD_PRIVATE_H_
#define _PTHREAD_PRIVATE_H_

#include <sys/param.h>
#include <sys/cpumask.h>
#include <sys/queue.h>
#include <sys/time.h>
#include <errno.h>
#include <machine/tls.h>
#include <pthread.h>
#include <pthread_np.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "libc_private.h"

#define SIGCANCEL		SIGTHR

#define DEFAULT_STACK_SIZE	(2 * 1024 * 1024)
#define DEFAULT_GUARD_SIZE	PAGE_SIZE

struct pthread_attr {
	int	flags;			/* PTHREAD_DETACHED, ... */
	int	policy;
	int	priority;
	void	*stackaddr;		/* lowest; NULL: the library's */
	size_t	stacksize;
	size_t	guardsize;
	bool	suspended;
	bool	has_affinity;
	cpu_set_t affinity;
};

struct cleanup {
	struct cleanup *next;
	void	(*fn)(void *);
	void	*arg;
	unsigned long frame;		/* just below who pushed it */
};

struct specific {
	const void *value;
	unsigned int generation;	/* of the key when it was set */
};

/* Words of t_state. */
enum {
	THREAD_RUNNING,
	THREAD_DEAD			/* result is there */
};

/*
 * (o) owner only, (l) thread_list_lock, (t) t_lock, (w) waited for with umtx
 */
struct pthread {
	TAILQ_ENTRY(pthread) t_link;	/* (l) of all, or of the dead */
	struct tls_tcb	*t_tcb;
	lwpid_t		t_tid;		/* stored by the kernel */
	volatile int	t_state;	/* (w) THREAD_* */
	volatile int	t_gone;		/* 1: off its stack, from the kernel */
	struct pthread_attr t_attr;
	void		*t_stack;	/* mapping, guard included; or NULL */
	size_t		t_stack_size;
	void		*(*t_start)(void *);
	void		*t_arg;
	void		*t_result;
	sigset_t	t_sigmask;	/* to start with */
	bool		t_detached;	/* (l) */
	struct pthread	*t_joiner;	/* (l) */

	libc_lock_t	t_lock;
	bool		t_cancel_disabled;	/* (o) */
	bool		t_cancel_async;		/* (o) */
	volatile bool	t_cancel_pending;
	volatile bool	t_in_cancelpoint;	/* (o) may exit from a signal */
	bool		t_cancelling;		/* (o) on the way out */
	volatile int	*t_wait_word;	/* (t) changed to end a wait early */

	struct cleanup	*t_cleanups;	/* (o) */
	struct _Unwind_Exception {
		unsigned long class;
		void	(*cleanup)(int, struct _Unwind_Exception *);
		unsigned long private[2];	/* the unwinder's */
	} __attribute__((aligned)) t_unwind;	/* (o) while it exits */
	struct specific	*t_specific;	/* (o) */
	int		t_nspecific;	/* (o) values not NULL */
	int		t_rdlocks;	/* (o) read locks held */
	volatile int	t_suspended;	/* (w) */
};

struct pthread_mutex {
	libc_lock_t	m_lock;		/* (w) */
	int		m_type;		/* PTHREAD_MUTEX_* */
	struct pthread	*m_owner;	/* while locked */
	int		m_count;	/* recursive: additional locks */
	int		m_protocol;
	int		m_ceiling;
	int		m_pshared;
	pid_t		m_pid;		/* shared: owner's, for threads of */
					/* several processes may look alike */
};

struct pthread_mutex_attr {
	int	type;
	int	protocol;
	int	ceiling;
	int	pshared;
};

TAILQ_HEAD(thread_list, pthread);
extern struct thread_list thread_list;
extern libc_lock_t thread_list_lock;

struct pthread *thread_init_main(void);

/* shared.c: memory of objects; 0 or EINVAL for PTHREAD_PROCESS_*. */
int	pshared_check(int);
void	*object_alloc(size_t, int pshared);
void	object_free(void *, int pshared);

static inline struct pthread *
curthread_get(void)
{
	struct pthread *t = tls_get_tcb()->tcb_pthread;

	return (__predict_true(t != NULL) ? t : thread_init_main());
}

/* Wake up waiters; count 0: all. */
static inline void
wake(volatile int *word, int count)
{
	__sys_umtx_wakeup(word, count);
}

/*
 * Sleep while *word is value, until the absolute time (NULL: for ever) of
 * the clock.  Returns 0 (perhaps too early), ETIMEDOUT or EINVAL.
 */
int	wait_word(volatile int *word, int value, clockid_t clock,
	    const struct timespec *until);

/* A cancellation point around a system call. */
void	cancel_enter(struct pthread *);
void	cancel_leave(struct pthread *);
/* Exit if cancellation is pending and allowed. */
void	cancel_test(struct pthread *);
void	cancel_init(void);

/*
 * The parts of a thread's end: leaving its functions, with their handlers and
 * objects; then all the rest.
 */
void	unwind_exit(struct pthread *);
void	thread_finish(struct pthread *) __dead2;
void	specific_destroy(struct pthread *);
void	_malloc_thread_exit(void);

int	__sys_sigprocmask(int, const sigset_t *, sigset_t *);

int	mutex_lock_count(pthread_mutex_t *, int count);
int	mutex_unlock_count(pthread_mutex_t *, int *countp);

/* Is the thread known, and not dead and joined?  thread_list_lock held. */
bool	thread_is_known(const struct pthread *);

/* The linker's side of threads; libc has them for static programs. */
void	_rtld_setthreaded(int);
void	_rtld_thread_prefork(void);
void	_rtld_thread_postfork(void);
void	_rtld_thread_childfork(void);

#endif /* !_PTHREAD_PRIVATE_H_ */
