/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread library's types: pointers to objects only it knows, so that
 * statically initialised ones are NULL and made on first use.
 */
#ifndef _SYS__PTHREADTYPES_H_
#define _SYS__PTHREADTYPES_H_

struct pthread;
struct pthread_attr;
struct pthread_barrier;
struct pthread_barrierattr;
struct pthread_cond;
struct pthread_cond_attr;
struct pthread_mutex;
struct pthread_mutex_attr;
struct pthread_rwlock;
struct pthread_rwlockattr;
struct pthread_spinlock;

typedef struct pthread			*pthread_t;
typedef struct pthread_attr		*pthread_attr_t;
typedef struct pthread_barrier		*pthread_barrier_t;
typedef struct pthread_barrierattr	*pthread_barrierattr_t;
typedef struct pthread_cond		*pthread_cond_t;
typedef struct pthread_cond_attr	*pthread_condattr_t;
typedef struct pthread_mutex		*pthread_mutex_t;
typedef struct pthread_mutex_attr	*pthread_mutexattr_t;
typedef struct pthread_rwlock		*pthread_rwlock_t;
typedef struct pthread_rwlockattr	*pthread_rwlockattr_t;
typedef struct pthread_spinlock		*pthread_spinlock_t;
typedef int				pthread_key_t;
typedef void				*pthread_addr_t;
typedef void				*(*pthread_startroutine_t)(void *);

typedef struct pthread_once {
	int		state;		/* 0: to be done, 1: done */
	pthread_mutex_t	mutex;
} pthread_once_t;

#endif /* !_SYS__PTHREADTYPES_H_ */
