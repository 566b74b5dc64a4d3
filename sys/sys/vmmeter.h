/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of virtual memory.
 */
#ifndef _SYS_VMMETER_H_
#define _SYS_VMMETER_H_

#include <sys/cdefs.h>
#include <sys/types.h>

/* vm.vmmeter: events since boot; the kernel keeps one for each CPU. */
struct vmmeter {
	u_int	v_swtch;
	u_int	v_trap;
	u_int	v_syscall;
	u_int	v_intr;
	u_int	v_ipi;
	u_int	v_timer;
	u_int	v_soft;
	u_int	v_vm_faults;
	u_int	v_cow_faults;
	u_int	v_cow_optim;
	u_int	v_zfod;
	u_int	v_ozfod;
	u_int	v_swapin;
	u_int	v_swapout;
	u_int	v_swappgsin;
	u_int	v_swappgsout;
	u_int	v_vnodein;
	u_int	v_vnodeout;
	u_int	v_vnodepgsin;
	u_int	v_vnodepgsout;
	u_int	v_intrans;
	u_int	v_reactivated;
	u_int	v_pdwakeups;
	u_int	v_pdpages;
	u_int	v_dfree;
	u_int	v_pfree;
	u_int	v_tfree;
	u_int	v_forks;
	u_int	v_vforks;
	u_int	v_rforks;
	u_int	v_exec;
	u_int	v_kthreads;
	u_int	v_forkpages;
	u_int	v_vforkpages;
	u_int	v_rforkpages;
	u_int	v_kthreadpages;
	u_int	v_intrans_coll;
	u_int	v_intrans_wait;
	u_int	v_forwarded_ints;
	u_int	v_forwarded_hits;
	u_int	v_forwarded_misses;
	u_int	v_smpinvltlb;
	u_int	v_ppwakeups;
	u_int	v_lock_colls;
	char	v_lock_name[16];
	u_int	v_wakeup_colls;
	u_int	v_reserved7;
};

/* vm.vmstats: pages. */
struct vmstats {
	u_int	v_page_size;
	u_int	v_unused01;
	long	v_page_count;
	long	v_free_reserved;
	long	v_free_target;
	long	v_free_min;
	long	v_cache_min;
	long	v_cache_max;
	long	v_pageout_free_min;
	long	v_interrupt_free_min;
	long	v_free_severe;
	long	v_dma_pages;
	long	v_unused_fixed[5];
	long	v_free_count;
	long	v_wire_count;
	long	v_active_count;
	long	v_inactive_target;
	long	v_inactive_count;
	long	v_cache_count;
	long	v_dma_avail;
	long	v_unused_variable[9];
};

/* vm.vmtotal: processes and pages, over the last seconds. */
struct vmtotal {
	long	t_rq;
	long	t_dw;
	long	t_pw;
	long	t_sl;
	long	t_sw;
	int64_t	t_vm;
	int64_t	t_avm;
	long	t_rm;
	long	t_arm;
	int64_t	t_vmshr;
	int64_t	t_avmshr;
	long	t_rmshr;
	long	t_armshr;
	long	t_free;
};

#ifdef _KERNEL
extern struct vmstats vmstats;
#endif

#endif /* !_SYS_VMMETER_H_ */
