/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Named lists of functions called when something happens.
 *
 *	typedef void (*foo_fn)(void *arg, int x);
 *	EVENTHANDLER_DECLARE(foo, foo_fn);
 *	tag = EVENTHANDLER_REGISTER(foo, func, arg, EVENTHANDLER_PRI_ANY);
 *	EVENTHANDLER_INVOKE(foo, x);		calls func(arg, x)
 *	EVENTHANDLER_DEREGISTER(foo, tag);
 */
#ifndef _SYS_EVENTHANDLER_H_
#define _SYS_EVENTHANDLER_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>

/* (e) the event handlers' lock */
struct eventhandler_entry {
	TAILQ_ENTRY(eventhandler_entry) ee_link; /* (e) by priority */
	int		ee_priority;	/* (I) lower first */
	void		*ee_func;	/* (I) */
	void		*ee_arg;	/* (I) */
	int		ee_dead;	/* (e) removed while list in use */
};
typedef struct eventhandler_entry *eventhandler_tag;

struct eventhandler_list {
	const char	*el_name;	/* (I) */
	int		el_users;	/* (e) invocations going on */
	int		el_dead;	/* (e) entries to be freed */
	TAILQ_ENTRY(eventhandler_list) el_link; /* (e) */
	TAILQ_HEAD(, eventhandler_entry) el_entries; /* (e) */
};

#define EVENTHANDLER_DECLARE(name, type)				\
struct eventhandler_entry_##name {					\
	struct eventhandler_entry ee;					\
	type	eh_func;						\
};									\
struct __hack
#define EVENTHANDLER_TYPE_(name) \
	__typeof__(((struct eventhandler_entry_##name *)0)->eh_func)

#define EVENTHANDLER_INVOKE(name, ...) do {				\
	struct eventhandler_list *_el = eventhandler_find_list(#name);	\
	struct eventhandler_entry *_ee = NULL;				\
									\
	if (_el != NULL) {						\
		while ((_ee = eventhandler_next(_el, _ee)) != NULL) {	\
			EVENTHANDLER_TYPE_(name) _fn =			\
			    (EVENTHANDLER_TYPE_(name))_ee->ee_func;	\
			_fn(_ee->ee_arg, ## __VA_ARGS__);		\
		}							\
	}								\
} while (0)

#define EVENTHANDLER_REGISTER(name, func, arg, priority)		\
	eventhandler_register(NULL, #name, (void *)(func), (arg), (priority))
#define EVENTHANDLER_DEREGISTER(name, tag)				\
	eventhandler_deregister(eventhandler_find_list(#name), (tag))

#define EVENTHANDLER_DEFINE(name, func, arg, priority)			\
	static void name##_evh_init_(void *unused __unused)		\
	{								\
		EVENTHANDLER_REGISTER(name, func, arg, priority);	\
	}								\
	SYSINIT(name##_evh_, SI_SUB_PRE_DRIVERS, SI_ORDER_ANY,		\
	    name##_evh_init_, NULL)

eventhandler_tag eventhandler_register(struct eventhandler_list *list,
	    const char *name, void *func, void *arg, int priority);
void	eventhandler_deregister(struct eventhandler_list *list,
	    eventhandler_tag tag);
struct eventhandler_list *eventhandler_find_list(const char *name);
/* Iteration; must be carried on to its end. */
struct eventhandler_entry *eventhandler_next(struct eventhandler_list *list,
	    struct eventhandler_entry *ee);

#define EVENTHANDLER_PRI_FIRST	0
#define EVENTHANDLER_PRI_ANY	10000
#define EVENTHANDLER_PRI_LAST	20000

/* Shutdown: before sync, after it, and at the very end; howto is RB_*. */
typedef void (*shutdown_fn)(void *arg, int howto);
#define SHUTDOWN_PRI_FIRST	0
#define SHUTDOWN_PRI_DRIVER	5000
#define SHUTDOWN_PRI_DEFAULT	10000
#define SHUTDOWN_PRI_SECOND	15000
#define SHUTDOWN_PRI_LAST	20000
EVENTHANDLER_DECLARE(shutdown_pre_sync, shutdown_fn);
EVENTHANDLER_DECLARE(shutdown_post_sync, shutdown_fn);
EVENTHANDLER_DECLARE(shutdown_final, shutdown_fn);

/* Low on memory. */
typedef void (*vm_lowmem_handler_t)(void *arg, int flags);
EVENTHANDLER_DECLARE(vm_lowmem, vm_lowmem_handler_t);
#define LOWMEM_PRI_DEFAULT	EVENTHANDLER_PRI_FIRST

#endif /* _KERNEL */

#endif /* !_SYS_EVENTHANDLER_H_ */
