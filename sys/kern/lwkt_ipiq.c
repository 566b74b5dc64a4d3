/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IPI messages: run a function on another CPU.
 *
 * Every CPU has a ring to every other one.  The sender writes the entry and
 * advances ip_windex, then sets its bit in the receiver's gd_ipimask; if the
 * bit was clear the receiver is interrupted.  The receiver clears the bit
 * before it looks at the ring, so nothing is overlooked, and takes an entry
 * out before it calls the function, so functions may send messages and even
 * process others.
 *
 * A sender that finds its ring full works on its own incoming messages while
 * it waits.  Two CPUs flooding each other therefore make progress.
 *
 * Functions run in a critical section with gd_intr_nesting_level raised:
 * they must not block.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/sysctl.h>
#include <machine/smp.h>

static MALLOC_DEFINE(M_IPIQ, "ipiq", "rings of IPI messages");

static uint64_t ipiq_count;	/* messages, interrupts, full rings */
static uint64_t ipiq_sent;
static uint64_t ipiq_fifofull;

SYSCTL_QUAD(_lwkt, OID_AUTO, ipiq_count, CTLFLAG_RW, &ipiq_count, 0,
    "IPI messages");
SYSCTL_QUAD(_lwkt, OID_AUTO, ipiq_sent, CTLFLAG_RW, &ipiq_sent, 0,
    "Interrupts sent for IPI messages");
SYSCTL_QUAD(_lwkt, OID_AUTO, ipiq_fifofull, CTLFLAG_RW, &ipiq_fifofull, 0,
    "Waits for room in a ring of IPI messages");

static __inline int
ipiq_used(lwkt_ipiq *ip)
{
	return (ip->ip_windex - ip->ip_rindex);
}

/*
 * Wait for room, at least a quarter of the ring.  Critical section.
 */
static void
ipiq_wait_room(globaldata_t target, lwkt_ipiq *ip)
{
	++ipiq_fifofull;
	cpu_send_ipiq(target->gd_cpuid);
	while (ipiq_used(ip) > ip->ip_mask - (ip->ip_mask >> 2)) {
		if (panicstr != NULL)
			return;
		lwkt_process_ipiq();
		cpu_pause();
	}
}

int
lwkt_ipiq_full(globaldata_t target)
{
	lwkt_ipiq *ip = &mycpu->gd_ipiq[target->gd_cpuid];

	return (target != mycpu && ipiq_used(ip) >= ip->ip_mask);
}

void
lwkt_ipiq_wait_room(globaldata_t target)
{
	crit_enter();
	ipiq_wait_room(target, &mycpu->gd_ipiq[target->gd_cpuid]);
	crit_exit();
}

/* Put an entry on the ring to target; its place, for lwkt_wait_ipiq(). */
static int
ipiq_put(globaldata_t gd, globaldata_t target, ipifunc3_t func, void *arg1,
    int arg2)
{
	lwkt_ipiq *ip = &gd->gd_ipiq[target->gd_cpuid];
	struct lwkt_ipimsg *im;

	if (__predict_false(ipiq_used(ip) >= ip->ip_mask))
		ipiq_wait_room(target, ip);
	im = &ip->ip_ring[ip->ip_windex & ip->ip_mask];
	im->im_func = func;
	im->im_arg1 = arg1;
	im->im_arg2 = arg2;
	cpu_sfence();
	++ip->ip_windex;
	++ipiq_count;
	return (ip->ip_windex);
}

/* Make target look at its messages. */
static __inline void
ipiq_kick(globaldata_t gd, globaldata_t target)
{
	if (ATOMIC_CPUMASK_TESTANDSET(target->gd_ipimask, gd->gd_cpuid)) {
		atomic_set_int(&target->gd_reqflags, RQF_IPIQ);
		++ipiq_sent;
		cpu_send_ipiq(target->gd_cpuid);
	}
}

int
lwkt_send_ipiq3(globaldata_t target, ipifunc3_t func, void *arg1, int arg2)
{
	globaldata_t gd;
	int seq;

	crit_enter();
	gd = mycpu;
	if (target == gd) {
		++gd->gd_intr_nesting_level;
		func(arg1, arg2, NULL);
		--gd->gd_intr_nesting_level;
		crit_exit();
		return (0);
	}
	seq = ipiq_put(gd, target, func, arg1, arg2);
	ipiq_kick(gd, target);
	crit_exit();
	return (seq);
}

/*
 * Without an interrupt: target looks when its clock ticks, or when somebody
 * else gives it a reason.
 */
int
lwkt_send_ipiq3_passive(globaldata_t target, ipifunc3_t func, void *arg1,
    int arg2)
{
	globaldata_t gd;
	lwkt_ipiq *ip;
	int seq;

	crit_enter();
	gd = mycpu;
	if (target == gd) {
		++gd->gd_intr_nesting_level;
		func(arg1, arg2, NULL);
		--gd->gd_intr_nesting_level;
		crit_exit();
		return (0);
	}
	seq = ipiq_put(gd, target, func, arg1, arg2);
	ip = &gd->gd_ipiq[target->gd_cpuid];
	if (ipiq_used(ip) > ip->ip_mask / 2)
		ipiq_kick(gd, target);
	crit_exit();
	return (seq);
}

int
lwkt_send_ipiq3_bycpu(int dcpu, ipifunc3_t func, void *arg1, int arg2)
{
	return (lwkt_send_ipiq3(globaldata_find(dcpu), func, arg1, arg2));
}

/* To all CPUs of the mask, the own one perhaps among them; how many. */
int
lwkt_send_ipiq3_mask(cpumask_t mask, ipifunc3_t func, void *arg1, int arg2)
{
	int count = 0;

	crit_enter();
	while (CPUMASK_TESTNZERO(mask)) {
		int cpuid = BSFCPUMASK(mask);

		CPUMASK_NANDBIT(mask, cpuid);
		lwkt_send_ipiq3(globaldata_find(cpuid), func, arg1, arg2);
		++count;
	}
	crit_exit();
	return (count);
}

/* Wait until the message with that number has been executed. */
void
lwkt_wait_ipiq(globaldata_t target, int seq)
{
	globaldata_t gd;
	lwkt_ipiq *ip;

	crit_enter();
	gd = mycpu;
	if (target != gd) {
		ip = &gd->gd_ipiq[target->gd_cpuid];
		ipiq_kick(gd, target);
		while (ip->ip_xindex - seq < 0) {
			if (panicstr != NULL)
				break;
			lwkt_process_ipiq();
			cpu_pause();
		}
	}
	crit_exit();
}

int
lwkt_seq_ipiq(globaldata_t target)
{
	return (mycpu->gd_ipiq[target->gd_cpuid].ip_windex);
}

/* Work off what was on the ring when we looked. */
static void
ipiq_drain(globaldata_t sgd, globaldata_t gd, struct intrframe *frame)
{
	lwkt_ipiq *ip;
	struct lwkt_ipimsg im;
	int ri, wi;

	if (sgd->gd_ipiq == NULL)
		return;
	ip = &sgd->gd_ipiq[gd->gd_cpuid];
	wi = ip->ip_windex;
	cpu_lfence();
	while (wi - (ri = ip->ip_rindex) > 0) {
		im = ip->ip_ring[ri & ip->ip_mask];
		cpu_ccfence();
		ip->ip_rindex = ri + 1;
		im.im_func(im.im_arg1, im.im_arg2, frame);
		cpu_sfence();
		/* A nested call may have gone further. */
		if (ip->ip_xindex - (ri + 1) < 0)
			ip->ip_xindex = ri + 1;
	}
}

static void
ipiq_process(struct intrframe *frame)
{
	globaldata_t gd = mycpu;
	cpumask_t mask;
	int i;

	++gd->gd_intr_nesting_level;
	++gd->gd_processing_ipiq;
	atomic_clear_int(&gd->gd_reqflags, RQF_IPIQ);
	for (;;) {
		for (i = 0; i < CPUMASK_ELEMENTS; ++i) {
			mask.ary[i] = 0;
			if (gd->gd_ipimask.ary[i]) {
				mask.ary[i] = atomic_readandclear_long(
				    &gd->gd_ipimask.ary[i]);
			}
		}
		if (CPUMASK_TESTZERO(mask))
			break;
		++gd->gd_cnt.v_ipi;
		while (CPUMASK_TESTNZERO(mask)) {
			int cpuid = BSFCPUMASK(mask);

			CPUMASK_NANDBIT(mask, cpuid);
			ipiq_drain(globaldata_find(cpuid), gd, frame);
		}
	}
	--gd->gd_processing_ipiq;
	--gd->gd_intr_nesting_level;
}

void
lwkt_process_ipiq(void)
{
	crit_enter();
	ipiq_process(NULL);
	crit_exit_noyield(curthread);
}

/* From the interrupt. */
void
lwkt_process_ipiq_frame(struct intrframe *frame)
{
	crit_enter();
	ipiq_process(frame);
	crit_exit_noyield(curthread);
}

/* From hardclock: messages nobody has announced. */
void
lwkt_process_ipiq_passive(void)
{
	globaldata_t gd = mycpu;
	globaldata_t sgd;
	int n;

	++gd->gd_intr_nesting_level;
	for (n = 0; n < ncpus; ++n) {
		sgd = globaldata_find(n);
		if (sgd == NULL || sgd == gd || sgd->gd_ipiq == NULL)
			continue;
		if (ipiq_used(&sgd->gd_ipiq[gd->gd_cpuid]))
			ipiq_drain(sgd, gd, NULL);
	}
	--gd->gd_intr_nesting_level;
}

struct ipiq_sync {
	ipifunc1_t	func;
	void		*arg;
	volatile u_int	pending;	/* (a) CPUs still to answer */
};

static void
ipiq_sync_remote(void *data, int arg2 __unused,
    struct intrframe *frame __unused)
{
	struct ipiq_sync *is = data;

	if (is->func != NULL)
		is->func(is->arg);
	atomic_subtract_int(&is->pending, 1);
}

/*
 * Have func(arg) called on all CPUs of the mask and wait for it.  The CPUs
 * do not wait for each other, so any number of these may cross.
 */
void
lwkt_cpusync_simple(cpumask_t mask, ipifunc1_t func, void *arg)
{
	struct ipiq_sync is = { .func = func, .arg = arg, .pending = 1 };
	int self;

	crit_enter();
	self = CPUMASK_TESTBIT(mask, mycpuid);
	CPUMASK_NANDBIT(mask, mycpuid);
	while (CPUMASK_TESTNZERO(mask)) {
		int cpuid = BSFCPUMASK(mask);

		CPUMASK_NANDBIT(mask, cpuid);
		atomic_add_int(&is.pending, 1);
		lwkt_send_ipiq3(globaldata_find(cpuid), ipiq_sync_remote, &is,
		    0);
	}
	if (self && func != NULL)
		func(arg);
	atomic_subtract_int(&is.pending, 1);
	while (is.pending != 0) {
		lwkt_process_ipiq();
		cpu_pause();
	}
	crit_exit();
}

/* Until every CPU has worked off what it has been sent so far by this one. */
void
lwkt_synchronize_ipiqs(const char *wmesg __unused)
{
	cpumask_t mask = smp_active_mask;

	lwkt_cpusync_simple(mask, NULL, NULL);
}

/* The rings from this CPU to all others; ncpus is final. */
void
lwkt_ipiq_gdinit(globaldata_t gd)
{
	lwkt_ipiq *ips;
	int entries, n;

	entries = ncpus <= 16 ? MAXCPUFIFO : ncpus <= 64 ? MAXCPUFIFO / 4 :
	    MAXCPUFIFO / 8;
	ips = kmalloc(sizeof(*ips) * ncpus, M_IPIQ,
	    M_WAITOK | M_ZERO | M_CACHEALIGN);
	for (n = 0; n < ncpus; ++n) {
		if (n == gd->gd_cpuid)
			continue;
		ips[n].ip_mask = entries - 1;
		ips[n].ip_ring = kmalloc(sizeof(struct lwkt_ipimsg) * entries,
		    M_IPIQ, M_WAITOK | M_ZERO);
	}
	cpu_sfence();
	gd->gd_ipiq = ips;
}

static void
ipiq_sysinit(void *unused __unused)
{
	int n;

	for (n = 0; n < ncpus; ++n)
		lwkt_ipiq_gdinit(globaldata_find(n));
}
SYSINIT(lwkt_ipiq, SI_BOOT2_IPIQ, SI_ORDER_FIRST, ipiq_sysinit, NULL);
