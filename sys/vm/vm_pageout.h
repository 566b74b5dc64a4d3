/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pageout daemon: keeps memory free by cleaning and freeing pages that
 * are not used, and when that is not enough kills the largest process.
 */
#ifndef _VM_VM_PAGEOUT_H_
#define _VM_VM_PAGEOUT_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <vm/vm.h>

struct thread;
extern struct thread *pagethread;	/* (I) the daemon */

/* Memory is short: wake the daemon. Any context. */
void	 pagedaemon_wakeup(void);
/* Memory became free: wake those who wait for it. */
void	 vm_page_free_wakeup(void);
/* An allocation of the given size failed although waited for: reclaim. */
void	 vm_pageout_reclaim_contig(void);
/*
 * Is there so little memory left, with nothing that could be freed or written
 * to swap, that one should rather fail than wait?  A glance.
 */
bool	 vm_memory_exhausted(void);
/* Was the calling process chosen to be killed? Then do not wait for memory. */
bool	 vm_oom_victim(void);

/* Page queue access for the daemon and for statistics (vm_page_queue.c). */
vm_page_t vm_page_queue_first_busy(int domain, int lru, int queue,
	    struct vm_page *marker);
extern int vm_ndomains;

#endif /* _KERNEL */

#endif /* !_VM_VM_PAGEOUT_H_ */
