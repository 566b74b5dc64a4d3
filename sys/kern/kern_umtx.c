/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * umtx_sleep(2) and umtx_wakeup(2): waiting for a word of user memory to
 * change.  The wait channel is made by vm_umtx_key(), so that processes
 * sharing the memory meet, in a domain of its own.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_extern.h>

#include <machine/cpu.h>

static int	umtx_delay = 4000;		/* ns */
static int	umtx_timeout_max = 2000000;	/* us */

SYSCTL_INT(_kern, OID_AUTO, umtx_delay, CTLFLAG_RW, &umtx_delay, 0,
    "Time a sleeper spins first, ns");
SYSCTL_INT(_kern, OID_AUTO, umtx_timeout_max, CTLFLAG_RW, &umtx_timeout_max,
    0, "Longest sleep of a timeout of 0, us");

/*
 * With several CPUs the word often changes very soon.  Nonzero when it did.
 */
static int
umtx_spin(const void *word, int value)
{
	int i;

	if (ncpus == 1)
		return (0);
	/* A pause takes some 40 ns. */
	for (i = umtx_delay / 40; i > 0; i--) {
		if (fuword32(word) != value)
			return (1);
		cpu_pause();
	}
	return (0);
}

int
sys_umtx_sleep(struct sysmsg *sysmsg, const struct umtx_sleep_args *uap)
{
	const void *uaddr = (const void *)uap->ptr;
	uintptr_t key;
	struct timespec ts;
	int error, timo, now, us = uap->timeout;

	if (us < 0)
		return (EINVAL);
	if ((vm_offset_t)uaddr & (sizeof(int) - 1))
		return (EFAULT);
	if (copyin(uaddr, &now, sizeof(now)) != 0)
		return (EINVAL);
	if (now != uap->value || umtx_spin(uaddr, uap->value))
		return (EBUSY);
	if (vm_umtx_key((vm_offset_t)uaddr, &key) != 0)
		return (EINVAL);
	if (us == 0)
		us = umtx_timeout_max;
	ts.tv_sec = us / 1000000;
	ts.tv_nsec = (us % 1000000) * 1000;
	timo = tstohz_high(&ts);

	/*
	 * On the queue first, then look again: no wakeup can slip through.
	 * If looking has to sleep itself we are off the queue, and tsleep()
	 * returns at once, as after a wakeup.
	 */
	tsleep_interlock((void *)key, PCATCH | PDOMAIN_UMTX);
	if (copyin(uaddr, &now, sizeof(now)) != 0) {
		tsleep_remove(curthread);
		return (EINVAL);
	}
	if (now == uap->value) {
		error = tsleep((void *)key,
		    PCATCH | PINTERLOCKED | PDOMAIN_UMTX, "umtxsl", timo);
	} else {
		tsleep_remove(curthread);
		error = EBUSY;
	}
	if (error == ERESTART)
		error = EINTR;
	return (error);
}

int
sys_umtx_wakeup(struct sysmsg *sysmsg, const struct umtx_wakeup_args *uap)
{
	vm_offset_t uaddr = (vm_offset_t)uap->ptr;
	uintptr_t key;

	cpu_mfence();
	if (uaddr & (sizeof(int) - 1))
		return (EFAULT);
	if (vm_umtx_key(uaddr, &key) != 0)
		return (EINVAL);
	if (uap->count == 1)
		wakeup_domain_one((void *)key, PDOMAIN_UMTX);
	else
		wakeup_domain((void *)key, PDOMAIN_UMTX);
	return (0);
}
