/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start-up of the virtual memory system.
 *
 * The platform calls vm_page_startup() once the direct map covers physical
 * memory; from then on pages can be allocated.  The rest, kernel addresses,
 * is made at SI_BOOT1_VM, before kmalloc.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_phys.h>

struct vmstats vmstats;

/*
 * How much memory is kept free, in pages.  The absolute terms serve small
 * machines, the proportions large ones; the reserves cover what the pageout
 * daemon and interrupts need to make progress.
 */
static void
vm_set_targets(void)
{
	long total = vm_page_total;

	vmstats.v_page_size = PAGE_SIZE;
	vmstats.v_page_count = total;
	vmstats.v_interrupt_free_min = 64 + 8 * ncpus;
	vmstats.v_pageout_free_min = 64 + total / 8192;
	vmstats.v_free_reserved = vmstats.v_interrupt_free_min +
	    vmstats.v_pageout_free_min + 128 + total / 2048;
	vmstats.v_free_severe = vmstats.v_free_reserved + total / 2048;
	vmstats.v_free_min = vmstats.v_free_severe + 128 + total / 256;
	vmstats.v_free_target = vmstats.v_free_min * 2 + total / 128;
	vmstats.v_inactive_target = total / 16;
	if (vmstats.v_free_target > total / 3)
		vmstats.v_free_target = total / 3;
}

void
vm_page_startup(void)
{
	vm_phys_init();
	vm_set_targets();
}

static void
vm_mem_init(void *arg)
{
	kmem_init();
	pmap_init();
	vmspace_init0();
}
SYSINIT(vm_mem, SI_BOOT1_VM, SI_ORDER_FIRST, vm_mem_init, NULL);

/* Now that it is known how many CPUs there are. */
static void
vm_mem_targets(void *arg)
{
	vm_set_targets();
}
SYSINIT(vm_targets, SI_BOOT2_POST_SMP, SI_ORDER_ANY, vm_mem_targets, NULL);
