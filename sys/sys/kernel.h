/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Initialisation at boot and at module load, and tunables.
 *
 *	SYSINIT(name, subsystem, order, func, arg)
 *
 * has func(arg) called at boot, in the order of (subsystem, order); in a
 * module, when it is loaded.  SYSUNINIT: in the opposite order at unload.
 * Where the boot stands is said below beside the groups.
 */
#ifndef _SYS_KERNEL_H_
#define _SYS_KERNEL_H_

#ifndef _KERNEL
#error "This file should not be included by userland programs."
#endif

#include <sys/types.h>
#include <sys/linker_set.h>
#include <sys/queue.h>
#include <sys/systm.h>

/* One global: clock rates are in <sys/systm.h> and <sys/time.h>. */
extern char	kernelname[];		/* path of the kernel file */

enum sysinit_sub_id {
	SI_SPECIAL_DUMMY	= 0x0000000,
	SI_SPECIAL_DONE		= 0x0000001,

	/* One CPU, in a critical section, no scheduling; order matters. */
	SI_BOOT1_TUNABLES	= 0x0700000,
	SI_BOOT1_COPYRIGHT	= 0x0800000,
	SI_BOOT1_LOCK		= 0x0900000,
	SI_BOOT1_VM		= 0x1000000,	/* page allocation works */
	SI_BOOT1_ALLOCATOR	= 0x1400000,	/* kmalloc works */
	SI_BOOT1_KMALLOC	= 0x1600000,
	SI_BOOT1_DYNALLOC	= 0x1800000,
	SI_BOOT1_POST		= 0x1C00000,

	/* Critical section left; other CPUs start. */
	SI_BOOT2_LEAVE_CRIT	= 0x1E00000,
	SI_BOOT2_MP		= 0x1F00000,	/* how many CPUs there are */
	SI_BOOT2_PRESMP		= 0x1F40000,
	SI_BOOT2_START_CPU	= 0x1F60000,
	SI_BOOT2_LAPIC		= 0x1F70000,
	SI_BOOT2_IPIQ		= 0x1F78000,	/* per-CPU queues allocated */
	SI_BOOT2_START_APS	= 0x1F80000,	/* other CPUs come up */
	SI_BOOT2_IOAPIC		= 0x1F90000,
	SI_BOOT2_FINISH_PIC	= 0x1FA0000,
	SI_BOOT2_FINISH_SMP	= 0x1FB0000,	/* other CPUs schedule */
	SI_BOOT2_FINISH_CPU	= 0x1FC0000,
	SI_BOOT2_PROC0		= 0x2000000,	/* process 0 */
	SI_BOOT2_USCHED		= 0x2080000,
	SI_BOOT2_CLOCKREG	= 0x20C0000,	/* clocks announce themselves */
	SI_BOOT2_CLOCKS		= 0x2100000,	/* hardclock starts */
	SI_BOOT2_SOFTCLOCK	= 0x2120000,
	SI_BOOT2_CPU_TOPOLOGY	= 0x2130000,
	SI_BOOT2_KLD		= 0x2140000,	/* module machinery */
	SI_BOOT2_BIOS		= 0x2160000,
	SI_BOOT2_MACHDEP	= 0x2180000,
	SI_BOOT2_BUSCHECK	= 0x21A0000,
	SI_BOOT2_POST_SMP	= 0x21C0000,

	/* Everything of the core works: threads, sleeping, locks. */
	SI_SUB_PROP		= 0x2200000,
	SI_SUB_CREATE_INIT	= 0x2300000,	/* process 1 made, not run */
	SI_SUB_EXEC		= 0x2400000,
	SI_SUB_INTRINSIC	= 0x2500000,
	SI_SUB_VM_CONF		= 0x2600000,
	SI_SUB_VFS		= 0x2700000,	/* namecache, vnodes, buffers */
	SI_SUB_HELPER_THREADS	= 0x2800000,
	SI_SUB_MBUF		= 0x2900000,
	SI_SUB_CLIST		= 0x2A00000,
	SI_SUB_SYSV_SHM		= 0x2B00000,
	SI_SUB_SYSV_SEM		= 0x2C00000,
	SI_SUB_SYSV_MSG		= 0x2D00000,
	SI_SUB_P1003_1B		= 0x2E00000,
	SI_SUB_PRE_DRIVERS	= 0x3000000,
	SI_SUB_DRIVERS		= 0x3100000,	/* devfs nodes may be made */
	SI_SUB_CONFIGURE	= 0x3200000,	/* buses probed, devices found */
	SI_SUB_ISWARM		= 0x3300000,
	SI_SUB_PSEUDO		= 0x3400000,
	SI_SUB_PROTO_BEGIN	= 0x3500000,
	SI_SUB_PROTO_IF		= 0x3600000,
	SI_SUB_PROTO_DOMAIN	= 0x3700000,
	SI_SUB_PROTO_END	= 0x3800000,
	SI_SUB_KPROF		= 0x3900000,
	SI_SUB_KICK_SCHEDULER	= 0x3A00000,
	SI_SUB_INT_CONFIG_HOOKS	= 0x3B00000,	/* drivers' deferred work */
	SI_SUB_ROOT_CONF	= 0x3C00000,
	SI_SUB_DUMP_CONF	= 0x3D00000,
	SI_SUB_MOUNT_ROOT	= 0x3E00000,
	SI_SUB_ROOT		= 0x3E80000,	/* there is a root directory */
	SI_SUB_SWAP		= 0x3F00000,
	SI_SUB_INTRINSIC_POST	= 0x4000000,
	SI_SUB_KTHREAD_INIT	= 0x4800000,	/* process 1 is let run */
	SI_SUB_KTHREAD_PAGE	= 0x4900000,
	SI_SUB_KTHREAD_VM	= 0x4A00000,
	SI_SUB_KTHREAD_BUF	= 0x4B00000,
	SI_SUB_KTHREAD_UPDATE	= 0x4C00000,
	SI_SUB_KTHREAD_IDLE	= 0x4D00000,
	SI_SUB_RUN_SCHEDULER	= 0xFFFFFFF
};

enum sysinit_elem_order {
	SI_ORDER_FIRST		= 0x0000000,
	SI_ORDER_SECOND		= 0x0000001,
	SI_ORDER_THIRD		= 0x0000002,
	SI_ORDER_FOURTH		= 0x0000003,
	SI_ORDER_MIDDLE		= 0x1000000,
	SI_ORDER_ANY		= 0xfffffff
};

typedef void (*sysinit_cfunc_t)(const void *);

struct sysinit {
	unsigned int	subsystem;	/* SI_SUB_*, SI_BOOT* */
	unsigned int	order;		/* SI_ORDER_* */
	sysinit_cfunc_t	func;
	const void	*udata;
	const char	*name;
};

#define SYSINIT(uniquifier, subsys, ord, fn, arg)			\
	static struct sysinit uniquifier##_sys_init = {			\
		.subsystem = subsys, .order = ord,			\
		.func = (sysinit_cfunc_t)(void *)(fn),			\
		.udata = arg, .name = #uniquifier,			\
	};								\
	DATA_SET(sysinit_set, uniquifier##_sys_init)

#define SYSUNINIT(uniquifier, subsys, ord, fn, arg)			\
	static struct sysinit uniquifier##_sys_uninit = {		\
		.subsystem = subsys, .order = ord,			\
		.func = (sysinit_cfunc_t)(void *)(fn),			\
		.udata = arg, .name = #uniquifier,			\
	};								\
	DATA_SET(sysuninit_set, uniquifier##_sys_uninit)

/* Run and retire more of them (modules); sorted among the rest of a boot. */
void	sysinit_add(struct sysinit **set, struct sysinit **set_end);

/*
 * Tunables: variables set from the kernel environment at boot, or when the
 * module is loaded.
 */
void	tunable_int_init(void *data);
void	tunable_long_init(void *data);
void	tunable_ulong_init(void *data);
void	tunable_quad_init(void *data);
void	tunable_str_init(void *data);

struct tunable_int {
	const char	*path;
	int		*var;
};
struct tunable_long {
	const char	*path;
	long		*var;
};
struct tunable_ulong {
	const char	*path;
	unsigned long	*var;
};
struct tunable_quad {
	const char	*path;
	int64_t		*var;
};
struct tunable_str {
	const char	*path;
	char		*var;
	int		size;
};

#define __TUNABLE_NAME(prefix)	__CONCAT(prefix, __LINE__)
#define __TUNABLE_DECL(kind, path, ...)					\
	static struct tunable_##kind __TUNABLE_NAME(__tunable_) = {	\
		path, __VA_ARGS__					\
	};								\
	SYSINIT_X_(__TUNABLE_NAME(__Tunable_init_), SI_BOOT1_TUNABLES,	\
	    SI_ORDER_MIDDLE, tunable_##kind##_init,			\
	    &__TUNABLE_NAME(__tunable_))
#define SYSINIT_X_(u, s, o, f, a)	SYSINIT(u, s, o, f, a)

#define TUNABLE_INT(path, var)		__TUNABLE_DECL(int, path, var)
#define TUNABLE_LONG(path, var)		__TUNABLE_DECL(long, path, var)
#define TUNABLE_ULONG(path, var)	__TUNABLE_DECL(ulong, path, var)
#define TUNABLE_QUAD(path, var)		__TUNABLE_DECL(quad, path, var)
#define TUNABLE_STR(path, var, size)	__TUNABLE_DECL(str, path, var, size)

/* At a moment of the caller's choice: nonzero if it is set. */
#define TUNABLE_INT_FETCH(path, var)	kgetenv_int((path), (var))
#define TUNABLE_LONG_FETCH(path, var)	kgetenv_long((path), (var))
#define TUNABLE_ULONG_FETCH(path, var)	kgetenv_ulong((path), (var))
#define TUNABLE_QUAD_FETCH(path, var)	kgetenv_quad((path), (var))
#define TUNABLE_STR_FETCH(path, var, size) \
	kgetenv_string((path), (var), (size))

/*
 * The kernel environment.  kgetenv() returns a copy to be given back with
 * kfreeenv(), or NULL.  The others: nonzero, and the value, if it is set.
 * Numbers take suffixes k, m, g, t; 0x and 0 prefixes.
 */
char	*kgetenv(const char *name);
void	kfreeenv(char *env);
int	ktestenv(const char *name);
int	ksetenv(const char *name, const char *value);
int	kunsetenv(const char *name);
int	kgetenv_string(const char *name, char *data, int size);
int	kgetenv_int(const char *name, int *data);
int	kgetenv_long(const char *name, long *data);
int	kgetenv_ulong(const char *name, unsigned long *data);
int	kgetenv_quad(const char *name, int64_t *data);

/*
 * Work to be done once interrupts are on and before root is mounted; the
 * boot waits until every hook has been taken down again.
 */
struct intr_config_hook {
	TAILQ_ENTRY(intr_config_hook) ich_links;
	void		(*ich_func)(void *arg);
	void		*ich_arg;
	const char	*ich_desc;
	int		ich_order;
	int		ich_ran;
};
int	config_intrhook_establish(struct intr_config_hook *hook);
void	config_intrhook_disestablish(struct intr_config_hook *hook);

#endif /* !_SYS_KERNEL_H_ */
