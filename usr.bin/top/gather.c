/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples of the system; see top.h.
 */
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/sysctl.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "proclist.h"
#include "top.h"

static struct top_sample sample;
static enum top_order order;

static void
read_value(const char *name, void *value, size_t size)
{
	if (sysctlbyname(name, value, &size, NULL, 0) != 0)
		err(1, "sysctl %s", name);
}

/* Percentages of the time since the last call, over all CPUs. */
static void
cpu_states(void)
{
	static double old[5];
	double now[5] = { 0, 0, 0, 0, 0 }, diff[5], all = 0;
	struct kinfo_cputime cpus[256];
	size_t len = sizeof(cpus), i;

	if (sysctlbyname("kern.cputime", cpus, &len, NULL, 0) != 0)
		err(1, "sysctl kern.cputime");
	for (i = 0; i < len / sizeof(cpus[0]); i++) {
		now[0] += (double)cpus[i].cp_user;
		now[1] += (double)cpus[i].cp_nice;
		now[2] += (double)cpus[i].cp_sys;
		now[3] += (double)cpus[i].cp_intr;
		now[4] += (double)cpus[i].cp_idle;
	}
	for (i = 0; i < 5; i++) {
		diff[i] = now[i] - old[i];
		all += diff[i];
		old[i] = now[i];
	}
	if (all <= 0)
		all = 1;
	sample.user = 100 * diff[0] / all;
	sample.nice = 100 * diff[1] / all;
	sample.system = 100 * diff[2] / all;
	sample.intr = 100 * diff[3] / all;
	sample.idle_cpu = 100 * diff[4] / all;
}

static void
count_state(const struct kinfo_proc *kp)
{
	sample.total++;
	if (kp->kp_stat == SZOMB)
		sample.zombie++;
	else if (kp->kp_stat == SSTOP)
		sample.stopped++;
	else if (kp->kp_lwp.kl_stat == LSRUN)
		sample.running++;
	else if (kp->kp_lwp.kl_slptime >= 20)
		sample.idle++;
	else
		sample.active++;
	if (kp->kp_pid > sample.last_pid)
		sample.last_pid = kp->kp_pid;
}

static int
selected(const struct top_select *sel, const struct kinfo_proc *kp)
{
	if (kp->kp_stat == SZOMB)
		return (0);
	if (!sel->system && (kp->kp_pid <= 0 ||
	    (kp->kp_flags & P_SYSTEM) != 0))
		return (0);
	if (sel->no_idle && kp->kp_lwp.kl_stat != LSRUN &&
	    kp->kp_lwp.kl_pctcpu == 0)
		return (0);
	if (sel->uid >= 0 && (long)kp->kp_uid != sel->uid)
		return (0);
	return (sel->command == NULL ||
	    strcasestr(kp->kp_comm, sel->command) != NULL);
}

static uint64_t
microseconds(const struct timeval *tv)
{
	return ((uint64_t)tv->tv_sec * 1000000 + (uint64_t)tv->tv_usec);
}

#define COMPARE(a, b)	(((a) < (b)) - ((a) > (b)))

/* Most first; what is equal goes by CPU time and then number. */
static int
compare(const void *pa, const void *pb)
{
	const struct top_process *a = pa, *b = pb;
	int c = 0;

	switch (order) {
	case BY_CPU:
		c = COMPARE(a->kp->kp_lwp.kl_pctcpu,
		    b->kp->kp_lwp.kl_pctcpu);
		if (c == 0)
			c = COMPARE(a->kp->kp_lwp.kl_stat == LSRUN,
			    b->kp->kp_lwp.kl_stat == LSRUN);
		break;
	case BY_SIZE:
		c = COMPARE(a->kp->kp_vm_map_size, b->kp->kp_vm_map_size);
		break;
	case BY_RES:
		c = COMPARE(a->kp->kp_vm_rssize, b->kp->kp_vm_rssize);
		break;
	case BY_CTIME:
		c = COMPARE(a->ctime, b->ctime);
		break;
	case BY_PRI:
		c = COMPARE(b->kp->kp_lwp.kl_prio, a->kp->kp_lwp.kl_prio);
		break;
	case BY_PID:
		c = COMPARE(b->kp->kp_pid, a->kp->kp_pid);
		break;
	case BY_TIME:
		break;
	}
	if (c == 0)
		c = COMPARE(a->time, b->time);
	if (c == 0)
		c = COMPARE(b->kp->kp_pid, a->kp->kp_pid);
	return (c);
}

int
top_order_by_name(const char *name)
{
	static const char *const names[] = {
		[BY_CPU] = "cpu", [BY_SIZE] = "size", [BY_RES] = "res",
		[BY_TIME] = "time", [BY_CTIME] = "ctime", [BY_PID] = "pid",
		[BY_PRI] = "pri",
	};
	size_t i;

	for (i = 0; i < nitems(names); i++) {
		if (strcasecmp(name, names[i]) == 0)
			return ((int)i);
	}
	return (-1);
}

/* What has moved to and from swap since the last time. */
static void
gather_swap(void)
{
	static u_int in, out;
	struct vmmeter vmm;

	read_value("vm.swap_size", &sample.swap_size,
	    sizeof(sample.swap_size));
	read_value("vm.swap_free", &sample.swap_free,
	    sizeof(sample.swap_free));
	read_value("vm.vmmeter", &vmm, sizeof(vmm));
	sample.swap_in = vmm.v_swappgsin - in;
	sample.swap_out = vmm.v_swappgsout - out;
	in = vmm.v_swappgsin;
	out = vmm.v_swappgsout;
}

const struct top_sample *
top_gather(const struct top_select *sel)
{
	static struct kinfo_proc *list;
	static int fscale;
	struct top_process *p;
	size_t n, i;

	if (fscale == 0) {
		read_value("kern.fscale", &fscale, sizeof(fscale));
		if (fscale <= 0)
			errx(1, "kern.fscale is %d", fscale);
	}
	free(list);
	free(sample.procs);
	memset(&sample, 0, sizeof(sample));
	list = proclist_read(sel->threads ? KERN_PROC_FLAG_LWP : 0, &n);
	sample.procs = calloc(n + 1, sizeof(*sample.procs));
	if (sample.procs == NULL)
		err(1, NULL);
	for (i = 0; i < n; i++) {
		if (list[i].kp_pid > 0)
			count_state(&list[i]);
		if (!selected(sel, &list[i]))
			continue;
		p = &sample.procs[sample.nprocs++];
		p->kp = &list[i];
		p->cpu = 100.0 * list[i].kp_lwp.kl_pctcpu / fscale;
		p->time = list[i].kp_lwp.kl_uticks + list[i].kp_lwp.kl_sticks +
		    list[i].kp_lwp.kl_iticks;
		p->ctime = p->time + microseconds(&list[i].kp_cru.ru_utime) +
		    microseconds(&list[i].kp_cru.ru_stime);
	}
	order = sel->order;
	qsort(sample.procs, sample.nprocs, sizeof(*sample.procs), compare);
	cpu_states();
	read_value("vm.vmstats", &sample.pages, sizeof(sample.pages));
	read_value("vfs.bufspace", &sample.buffers, sizeof(sample.buffers));
	gather_swap();
	sample.have_load = getloadavg(sample.load, 3) == 3;
	return (&sample);
}
