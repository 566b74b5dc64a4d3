/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of the C library share with each other and with the thread
 * library, and with nobody else.
 */
#ifndef _LIBC_PRIVATE_H_
#define _LIBC_PRIVATE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <stdbool.h>

struct tls_tcb;

/* Set by the thread library when the first thread is made. */
extern int __isthreaded;

/*
 * A lock for a few instructions to a few system calls; works with and
 * without threads, in any thread, and needs no initialisation.  Not
 * recursive.  0: free, 1: held, 2: held and waited for.
 */
typedef volatile int	libc_lock_t;
#define LIBC_LOCK_INITIALIZER	0

int	__sys_umtx_sleep(volatile const int *, int, int);
int	__sys_umtx_wakeup(volatile const int *, int);

/*
 * umtx_sleep() for locks: a word that has changed already is no error of the
 * caller's, so errno must stay as it is and the result is of no interest.
 * System call 469 (doc/reference/abi/syscalls.tsv).
 */
static inline void
libc_umtx_wait(volatile const int *word, int value, int timeout)
{
	long number = 469;

	__asm__ __volatile__("syscall"
	    : "+a" (number)
	    : "D" (word), "S" ((long)value), "d" ((long)timeout)
	    : "rcx", "r10", "r11", "memory", "cc");
}

static inline void
libc_lock(libc_lock_t *lock)
{
	int old = 0;

	if (__atomic_compare_exchange_n(lock, &old, 1, false,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	while (__atomic_exchange_n(lock, 2, __ATOMIC_ACQUIRE) != 0)
		libc_umtx_wait(lock, 2, 0);
}

static inline bool
libc_trylock(libc_lock_t *lock)
{
	int old = 0;

	return (__atomic_compare_exchange_n(lock, &old, 1, false,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
}

static inline void
libc_unlock(libc_lock_t *lock)
{
	if (__atomic_exchange_n(lock, 0, __ATOMIC_RELEASE) == 2)
		__sys_umtx_wakeup(lock, 1);
}

/* Every executable defines these (crt1.o). */
extern char **environ __weak;
extern const char *__progname __weak;

/* Inner system calls with arguments of their own. */
void	*__sys_mmap(void *, size_t, int, int, int, int, off_t);
off_t	__sys_lseek(int, int, off_t, int);
int	__sys_truncate(const char *, int, off_t);
int	__sys_ftruncate(int, int, off_t);
pid_t	__sys_fork(void);
int	__sys_getlogin(char *, size_t);
int	__sys_ptrace(int, pid_t, caddr_t, int);
int	__sys___semctl(int, int, int, void *);
int	__getcwd(char *, size_t);
int	__sysctl(const int *, u_int, void *, size_t *, const void *, size_t);

/* Around fork(): the allocator, and the thread library if it is there. */
void	_nmalloc_thr_prepfork(void);
void	_nmalloc_thr_parentfork(void);
void	_nmalloc_thr_childfork(void);

struct libc_fork_hooks {
	void	(*prefork)(void);
	void	(*parent)(void);
	void	(*child)(void);
};
extern struct libc_fork_hooks __libc_fork_hooks;

/* Thread-local storage of static programs, and what the linker has. */
struct tls_tcb *_libc_allocate_tls(void);
void	_libc_free_tls(struct tls_tcb *);
struct tls_tcb *_rtld_allocate_tls(void);
void	_rtld_free_tls(struct tls_tcb *);
struct tls_tcb *_init_tls(void);

/* exit(): registered objects, at dlclose() and at thread exit. */
int	__cxa_atexit(void (*)(void *), void *, void *);
void	__cxa_finalize(void *);
int	__cxa_thread_atexit(void (*)(void *), void *, void *);
int	__cxa_thread_atexit_impl(void (*)(void *), void *, void *);
void	_thread_finalize(void);

/* getopt() and others begin their messages so. */
const char *_getprogname(void);

#endif /* !_LIBC_PRIVATE_H_ */
