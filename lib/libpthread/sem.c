/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores.
 *
 * A semaphore is a counter that waiters sleep on.  A named one lies in a
 * file that every process that opens it maps; sem_open() gives the same
 * address for the same name within a process.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "pthread_private.h"

#define SEM_DIR		"/var/run/sem"
#define SEM_MAGIC	0x73656d31

struct sem {
	volatile int	count;		/* (w) */
	volatile int	waiters;
	uint32_t	magic;
	uint32_t	named;
};

struct named_sem {
	LIST_ENTRY(named_sem) link;
	sem_t	sem;			/* what sem_open() points at */
	int	refs;
	dev_t	dev;
	ino_t	ino;
};

static LIST_HEAD(, named_sem) named_list;
static libc_lock_t named_lock;

static struct sem *
sem_get(sem_t *sp)
{
	if (sp == NULL || *sp == NULL || (*sp)->magic != SEM_MAGIC) {
		errno = EINVAL;
		return (NULL);
	}
	return (*sp);
}

/* Memory that a child of fork() shares, in case it is asked to. */
int
sem_init(sem_t *sp, int pshared, unsigned int value)
{
	struct sem *s;

	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return (-1);
	}
	s = pshared ? mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0) : calloc(1, sizeof(*s));
	if (s == NULL || s == MAP_FAILED) {
		errno = ENOSPC;
		return (-1);
	}
	s->count = (int)value;
	s->magic = SEM_MAGIC;
	s->named = pshared ? 1 : 0;
	*sp = s;
	return (0);
}

int
sem_destroy(sem_t *sp)
{
	struct sem *s = sem_get(sp);

	if (s == NULL)
		return (-1);
	if (s->waiters > 0) {
		errno = EBUSY;
		return (-1);
	}
	if (s->named)
		munmap(s, PAGE_SIZE);
	else
		free(s);
	*sp = NULL;
	return (0);
}

int
sem_getvalue(sem_t *restrict sp, int *restrict value)
{
	struct sem *s = sem_get(sp);

	if (s == NULL)
		return (-1);
	*value = s->count;
	return (0);
}

int
sem_post(sem_t *sp)
{
	struct sem *s = sem_get(sp);
	int n;

	if (s == NULL)
		return (-1);
	n = s->count;
	do {
		if (n == SEM_VALUE_MAX) {
			errno = EOVERFLOW;
			return (-1);
		}
	} while (!__atomic_compare_exchange_n(&s->count, &n, n + 1, false,
	    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
	if (__atomic_load_n(&s->waiters, __ATOMIC_SEQ_CST) > 0)
		wake(&s->count, 1);
	return (0);
}

static bool
sem_take(struct sem *s)
{
	int n = s->count;

	while (n > 0) {
		if (__atomic_compare_exchange_n(&s->count, &n, n - 1, false,
		    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
			return (true);
	}
	return (false);
}

int
sem_trywait(sem_t *sp)
{
	struct sem *s = sem_get(sp);

	if (s == NULL)
		return (-1);
	if (sem_take(s))
		return (0);
	errno = EAGAIN;
	return (-1);
}

static void
wait_cancelled(void *arg)
{
	struct sem *s = arg;

	__atomic_sub_fetch(&s->waiters, 1, __ATOMIC_SEQ_CST);
}

int
sem_timedwait(sem_t *restrict sp, const struct timespec *restrict until)
{
	struct pthread *cur = curthread_get();
	struct sem *s = sem_get(sp);
	int error = 0;

	if (s == NULL)
		return (-1);
	cancel_test(cur);
	if (sem_take(s))
		return (0);
	__atomic_add_fetch(&s->waiters, 1, __ATOMIC_SEQ_CST);
	pthread_cleanup_push(wait_cancelled, s);
	while (error == 0 && !sem_take(s)) {
		cancel_enter(cur);
		errno = 0;
		error = wait_word(&s->count, 0, CLOCK_REALTIME, until);
		if (error == 0 && errno == EINTR)
			error = EINTR;
		cancel_leave(cur);
	}
	pthread_cleanup_pop(1);
	if (error != 0) {
		errno = error;
		return (-1);
	}
	return (0);
}

int
sem_wait(sem_t *sp)
{
	return (sem_timedwait(sp, NULL));
}

static int
sem_path(const char *name, char *path, size_t size)
{
	int n;

	if (name[0] == '/')
		name++;
	if (*name == '\0' || strchr(name, '/') != NULL) {
		errno = EINVAL;
		return (-1);
	}
	n = snprintf(path, size, SEM_DIR "/%s", name);
	if (n < 0 || (size_t)n >= size) {
		errno = ENAMETOOLONG;
		return (-1);
	}
	return (0);
}

/* Open the file and see that there is a semaphore in it. */
static int
sem_file(const char *path, int flags, mode_t mode, unsigned int value)
{
	struct sem init = { (int)value, 0, SEM_MAGIC, 1 };
	struct stat sb;
	int fd;

	mkdir(SEM_DIR, 01777);
	fd = open(path, O_RDWR | O_CLOEXEC | (flags & (O_CREAT | O_EXCL)),
	    mode);
	if (fd < 0)
		return (-1);
	if (flock(fd, LOCK_EX) != 0 || fstat(fd, &sb) != 0)
		goto fail;
	if (sb.st_size < (off_t)sizeof(init) &&
	    pwrite(fd, &init, sizeof(init), 0) != (ssize_t)sizeof(init))
		goto fail;
	flock(fd, LOCK_UN);
	return (fd);
fail:
	close(fd);
	return (-1);
}

sem_t *
sem_open(const char *name, int flags, ...)
{
	char path[PATH_MAX];
	struct named_sem *ns = NULL;
	unsigned int value = 0;
	struct stat sb;
	mode_t mode = 0;
	struct sem *s;
	va_list ap;
	int fd;

	if ((flags & O_CREAT) != 0) {
		va_start(ap, flags);
		mode = (mode_t)va_arg(ap, int);
		value = va_arg(ap, unsigned int);
		va_end(ap);
		if (value > SEM_VALUE_MAX) {
			errno = EINVAL;
			return (SEM_FAILED);
		}
	}
	if (sem_path(name, path, sizeof(path)) != 0)
		return (SEM_FAILED);
	fd = sem_file(path, flags, mode, value);
	if (fd < 0)
		return (SEM_FAILED);
	libc_lock(&named_lock);
	if (fstat(fd, &sb) != 0)
		goto out;
	LIST_FOREACH(ns, &named_list, link) {
		if (ns->dev == sb.st_dev && ns->ino == sb.st_ino) {
			ns->refs++;
			goto out;
		}
	}
	s = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (s == MAP_FAILED)
		goto out;
	ns = calloc(1, sizeof(*ns));
	if (ns == NULL || s->magic != SEM_MAGIC) {
		munmap(s, PAGE_SIZE);
		free(ns);
		ns = NULL;
		errno = EINVAL;
		goto out;
	}
	ns->sem = s;
	ns->refs = 1;
	ns->dev = sb.st_dev;
	ns->ino = sb.st_ino;
	LIST_INSERT_HEAD(&named_list, ns, link);
out:
	libc_unlock(&named_lock);
	close(fd);
	return (ns != NULL ? &ns->sem : SEM_FAILED);
}

int
sem_close(sem_t *sp)
{
	struct named_sem *ns;

	libc_lock(&named_lock);
	LIST_FOREACH(ns, &named_list, link) {
		if (&ns->sem != sp)
			continue;
		if (--ns->refs == 0) {
			LIST_REMOVE(ns, link);
			munmap(ns->sem, PAGE_SIZE);
			free(ns);
		}
		libc_unlock(&named_lock);
		return (0);
	}
	libc_unlock(&named_lock);
	errno = EINVAL;
	return (-1);
}

int
sem_unlink(const char *name)
{
	char path[PATH_MAX];

	if (sem_path(name, path, sizeof(path)) != 0)
		return (-1);
	return (unlink(path));
}
