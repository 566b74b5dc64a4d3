/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every kernel source file uses: assertions, messages, sleeping,
 * copying, and a few global facts.
 */
#ifndef _SYS_SYSTM_H_
#define _SYS_SYSTM_H_

#ifndef _KERNEL
#error "This file should not be included by userland programs."
#endif

#include <sys/types.h>
#include <sys/cdefs.h>
#include <sys/callout.h>
#include <sys/libkern.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/stdarg.h>

struct intrframe;
struct globaldata;
struct spinlock;
struct lock;
struct mtx;
struct lwkt_serialize;
struct malloc_type;
struct proc;
struct lwp;
struct thread;
struct timeval;
struct timespec;
struct ucred;
struct uio;
struct trapframe;
struct clockframe;
struct lwkt_token;

extern int	securelevel;		/* (a) only ever raised */
extern int	kernel_mem_readonly;
extern int	cold;			/* 1 until interrupts and scheduling
					 * work */
extern int	tsleep_now_works;
extern int	safepri;
extern int	osreldate;
extern char	version[];		/* banner of this build */
extern char	osrelease[];
extern char	ostype[];
extern const char copyright[];
extern const char *panicstr;		/* set when panicking */
extern struct globaldata *panic_cpu_gd;	/* CPU that panicked first */
extern int	debugger_on_panic;	/* stop in the debugger */
extern int	dumping;
extern int	bootverbose;		/* boot -v */
extern int	boothowto;		/* RB_* */
extern long	physmem;		/* pages */
extern int	maxusers;
extern int	desiredvnodes;
extern int	nswap;
extern int	ncpus;
extern int	hz, tick, stathz, profhz;
extern int	ticks;			/* hardclock ticks, wraps */
extern volatile u_int sched_ticks;	/* free running scheduler clock */

#ifdef INVARIANTS
#define KASSERT(exp, msg) do {						\
	if (__predict_false(!(exp)))					\
		panic msg;						\
} while (0)
#define KKASSERT(exp) do {						\
	if (__predict_false(!(exp)))					\
		panic("assertion \"%s\" failed in %s at %s:%u",		\
		    #exp, __func__, __FILE__, __LINE__);		\
} while (0)
#define __debugvar
#else
#define KASSERT(exp, msg)	do { } while (0)
#define KKASSERT(exp)		do { } while (0)
#define __debugvar	__unused
#endif
#define CTASSERT(x)		_Static_assert(x, #x)

/* Stop: print, show registers and stacks, debugger or reboot. */
void	panic(const char *fmt, ...) __dead2 __printflike(1, 2);

/*
 * Messages.  Beside printf's conversions: %b (int, bit names as in
 * "\20\1FIRST\2SECOND": base, then bit number and name), %D (pointer,
 * separator: bytes in hexadecimal; the precision tells how many), %r, %n not.
 * Callable from anywhere, the message buffer always gets it.
 */
int	kprintf(const char *fmt, ...);
int	kvprintf(const char *fmt, __va_list ap);
/* Only the message log, and the log with a priority (LOG_*). */
void	log(int pri, const char *fmt, ...);
void	addlog(const char *fmt, ...);
/* To the current process's terminal, or to a given one. */
int	uprintf(const char *fmt, ...);
int	ksprintf(char *buf, const char *fmt, ...);
int	ksnprintf(char *buf, size_t size, const char *fmt, ...);
int	kvsprintf(char *buf, const char *fmt, __va_list ap);
int	kvsnprintf(char *buf, size_t size, const char *fmt, __va_list ap);
/* The engine: calls func for each character, or stores into arg as buffer. */
int	kvcprintf(const char *fmt, void (*func)(int, void *), void *arg,
	    int radix, __va_list ap);
int	kasprintf(char **strp, struct malloc_type *type, const char *fmt, ...);
int	kvasprintf(char **strp, struct malloc_type *type, const char *fmt,
	    __va_list ap);
int	ksscanf(const char *buf, const char *fmt, ...);
int	kvsscanf(const char *buf, const char *fmt, __va_list ap);

/* At most freq messages a second; maxburst at once. */
struct krate {
	int	freq;
	int	ticks;
	int	count;
};
void	krateprintf(struct krate *rate, const char *fmt, ...);

void	print_backtrace(int count);	/* own stack; -1: whole */

/*
 * Sleep on ident until wakeup(ident), at most timo ticks (0: no limit).
 * flags: PCATCH, PINTERLOCKED, a PDOMAIN_ number.  Returns 0, EWOULDBLOCK
 * after timo ticks, with PCATCH EINTR or ERESTART for a signal.  Tokens are
 * released meanwhile; the variants release and retake a lock, atomically
 * with going to sleep.
 */
int	tsleep(const volatile void *ident, int flags, const char *wmesg,
	    int timo);
int	ssleep(const volatile void *ident, struct spinlock *spin, int flags,
	    const char *wmesg, int timo);
int	lksleep(const volatile void *ident, struct lock *lk, int flags,
	    const char *wmesg, int timo);
int	mtxsleep(const volatile void *ident, struct mtx *mtx, int flags,
	    const char *wmesg, int timo);
int	zsleep(const volatile void *ident, struct lwkt_serialize *slz,
	    int flags, const char *wmesg, int timo);
/*
 * Say that a tsleep(..., PINTERLOCKED) on ident follows: wakeups between the
 * two are not lost.  Call again after a different sleep.
 */
void	tsleep_interlock(const volatile void *ident, int flags);
void	_tsleep_interlock(struct globaldata *gd, const volatile void *ident,
	    int flags);
void	tsleep_remove(struct thread *td);
void	sleep_gdinit(struct globaldata *gd);
void	wakeup(const volatile void *ident);
void	wakeup_one(const volatile void *ident);
void	wakeup_mycpu(const volatile void *ident);
void	wakeup_mycpu_one(const volatile void *ident);
void	wakeup_oncpu(struct globaldata *gd, const volatile void *ident);
void	wakeup_oncpu_one(struct globaldata *gd, const volatile void *ident);
void	wakeup_domain(const volatile void *ident, int domain);
void	wakeup_domain_one(const volatile void *ident, int domain);
/* Wake a particular thread from its tsleep. */
int	tsleep_wakeup(struct thread *td);

/* Strings and blocks: bcopy and friends, in addition to libkern's. */
void	bcopy(const void *from, void *to, size_t len);
void	bzero(void *buf, size_t len);
void	*memcpy(void *to, const void *from, size_t len);
void	*memmove(void *to, const void *from, size_t len);
void	*memset(void *buf, int c, size_t len);
int	bcmp(const void *a, const void *b, size_t len);
int	memcmp(const void *a, const void *b, size_t len);
void	ovbcopy(const void *from, void *to, size_t len);

/*
 * User memory of the current process.  EFAULT when not accessible.
 * copyinstr and copyoutstr also ENAMETOOLONG; lencopied counts the NUL.
 */
int	copystr(const void *kfaddr, void *kdaddr, size_t len,
	    size_t *lencopied);
int	copyinstr(const void *udaddr, void *kaddr, size_t len,
	    size_t *lencopied);
int	copyin(const void *udaddr, void *kaddr, size_t len);
int	copyin_nofault(const void *udaddr, void *kaddr, size_t len);
int	copyout(const void *kaddr, void *udaddr, size_t len);
int	copyout_nofault(const void *kaddr, void *udaddr, size_t len);
/* The value, or -1 (also when that is the value). */
uint8_t	fubyte(const uint8_t *base);
int32_t	fuword32(const void *base);
int64_t	fuword64(const void *base);
long	fuword(const void *base);
/* 0, or -1. */
int	subyte(uint8_t *base, uint8_t byte);
int	suword32(void *base, int32_t word);
int	suword64(void *base, int64_t word);
int	suword(void *base, long word);
/* Atomic operations in user memory; the old value, or -1. */
uint32_t casu32(volatile uint32_t *p, uint32_t oldval, uint32_t newval);
uint64_t casu64(volatile uint64_t *p, uint64_t oldval, uint64_t newval);
u_long	casu(volatile u_long *p, u_long oldval, u_long newval);
uint32_t swapu32(volatile uint32_t *p, uint32_t val);
uint64_t swapu64(volatile uint64_t *p, uint64_t val);
uint32_t fuwordadd32(volatile uint32_t *p, uint32_t val);
uint64_t fuwordadd64(volatile uint64_t *p, uint64_t val);

/* Into the debugger, if a break on the console is to do that. */
void	console_break(void);

/* Boot. */
void	mi_startup(void) __dead2;
void	cpu_boot(int howto);
void	cpu_rootconf(void);
void	cpu_dumpconf(void);
void	start_init(void *arg, struct trapframe *frame);
int	nullop(void);
int	eopnotsupp(void);
int	errsys(void);

/* Clocks: called by the clock interrupts. */
void	initclocks_pcpu(void);		/* each CPU, when its timer works */
void	startprofclock(struct proc *p);
void	stopprofclock(struct proc *p);
int	hzto(struct timeval *tv);
void	realitexpire(void *arg);

/* sysctl kern.hostname and so on. */
extern char	hostname[];
extern char	domainname[];
extern u_long	hostid;


#endif /* !_SYS_SYSTM_H_ */
