/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel threads.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/proc.h>
#include <sys/thread.h>
#include <sys/thread2.h>

#include <machine/stdarg.h>

static int
kthread_vcreate(void (*func)(void *), void *arg, struct thread **tdp, int cpu,
    int start, const char *fmt, __va_list ap)
{
	char name[sizeof(((struct thread *)0)->td_comm)];
	struct thread *td;

	kvsnprintf(name, sizeof(name), fmt, ap);
	lwkt_create(func, arg, &td, NULL, TDF_NOSTART, cpu, "%s", name);
	lwkt_setpri_initial(td, TDPRI_KERN_DAEMON);
	if (tdp != NULL)
		*tdp = td;
	if (start)
		lwkt_schedule(td);
	return (0);
}

int
kthread_create(void (*func)(void *), void *arg, struct thread **tdp,
    const char *fmt, ...)
{
	__va_list ap;
	int error;

	__va_start(ap, fmt);
	error = kthread_vcreate(func, arg, tdp, -1, 1, fmt, ap);
	__va_end(ap);
	return (error);
}

int
kthread_create_cpu(void (*func)(void *), void *arg, struct thread **tdp,
    int cpu, const char *fmt, ...)
{
	__va_list ap;
	int error;

	__va_start(ap, fmt);
	error = kthread_vcreate(func, arg, tdp, cpu, 1, fmt, ap);
	__va_end(ap);
	return (error);
}

int
kthread_alloc(void (*func)(void *), void *arg, struct thread **tdp,
    const char *fmt, ...)
{
	__va_list ap;
	int error;

	__va_start(ap, fmt);
	error = kthread_vcreate(func, arg, tdp, -1, 0, fmt, ap);
	__va_end(ap);
	return (error);
}

void
kthread_exit(void)
{
	lwkt_exit();
}

void
kproc_start(const void *udata)
{
	const struct kproc_desc *kp = udata;

	kthread_create((void (*)(void *))(void *)kp->func, NULL,
	    kp->global_threadpp, "%s", kp->arg0);
}

/*
 * Ask a kernel thread that calls kproc_suspend_loop() now and then to stop,
 * as the last thing of a shutdown.  Waits for timo ticks at most; 0 when it
 * has stopped.
 */
int
suspend_kproc(struct thread *td, int timo)
{
	int error;

	if (td->td_proc != NULL && td->td_lwp != NULL)
		return (EINVAL);
	if (td->td_mpflags & TDF_MP_STOPREQ)
		return (0);
	atomic_set_int(&td->td_mpflags, TDF_MP_STOPREQ);
	wakeup(td);
	tsleep_interlock(&td->td_mpflags, 0);
	if ((td->td_mpflags & TDF_MP_WAKEREQ) != 0)
		return (0);
	error = tsleep(&td->td_mpflags, PINTERLOCKED, "suspkp", timo);
	return (error);
}

void
kproc_suspend_loop(void)
{
	struct thread *td = curthread;

	if ((td->td_mpflags & TDF_MP_STOPREQ) == 0)
		return;
	atomic_set_int(&td->td_mpflags, TDF_MP_WAKEREQ);
	wakeup(&td->td_mpflags);
	while (td->td_mpflags & TDF_MP_STOPREQ)
		tsleep(td, 0, "kpsusp", 0);
	atomic_clear_int(&td->td_mpflags, TDF_MP_WAKEREQ);
}
