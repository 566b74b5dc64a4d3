/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine's part of a thread, and the way to the per-CPU data.
 *
 * %gs points at the running CPU's struct globaldata while in the kernel; its
 * first two words are its own address and the current thread.
 */
#ifndef _MACHINE_THREAD_H_
#define _MACHINE_THREAD_H_

#include <machine/stdint.h>

union savefpu;

struct md_thread {
	union savefpu	*mtd_savefpu;	/* (c) top of the kernel stack; NULL:
					 * kernel thread without FPU state */
	int		mtd_fpcpu;	/* (c) CPU whose registers hold it, or
					 * -1 when only memory does */
	int		mtd_unused;
};

#define td_savefpu	td_mach.mtd_savefpu

#ifdef _KERNEL

struct globaldata;
struct thread;

/*
 * Both are single loads.  The CPU may change whenever the thread blocks or
 * leaves its last critical section, so mycpu is read anew each time.
 */
static __inline __attribute__((__always_inline__, __unused__))
struct globaldata *
_get_mycpu(void)
{
	struct globaldata *gd;

	__asm__ __volatile__("movq %%gs:0,%0" : "=r" (gd));
	return (gd);
}

static __inline __attribute__((__always_inline__, __unused__))
struct thread *
_get_curthread(void)
{
	struct thread *td;

	/* Constant for whoever looks: a thread is always itself. */
	__asm__("movq %%gs:8,%0" : "=r" (td));
	return (td);
}

#define mycpu		_get_mycpu()
#define mdcpu		((struct mdglobaldata *)_get_mycpu())
#define curthread	_get_curthread()
#define mycpuid		(_get_mycpu()->gd_cpuid)

#endif /* _KERNEL */
#endif /* !_MACHINE_THREAD_H_ */
