/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Free physical memory.
 *
 * A free block's first page carries its order and is on the list of that
 * order of its NUMA domain; all its pages have PG_FREE set.  Blocks are
 * merged with their buddies when freed, so that 2 MB pages and long runs for
 * DMA can be had late.  vmstats.v_free_count counts what is here; pages in
 * the CPUs' magazines count as allocated.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_phys.h>
#include <machine/atomic.h>

struct vm_phys_domain *vm_phys_domains;
int vm_ndomains = 1;
vm_paddr_t vm_phys_max;
struct vm_page **vm_page_section;
u_long vm_page_nsections;
u_long vm_page_total;

/* --- lists; the domain's lock is held ------------------------------------ */

static inline void
phys_link(struct vm_phys_domain *dom, vm_page_t m, int order)
{
	m->order = order;
	m->flags = PG_FREE;
	TAILQ_INSERT_HEAD(&dom->free[order], m, pageq);
	dom->nonempty |= 1U << order;
}

static inline void
phys_unlink(struct vm_phys_domain *dom, vm_page_t m, int order)
{
	TAILQ_REMOVE(&dom->free[order], m, pageq);
	if (TAILQ_EMPTY(&dom->free[order]))
		dom->nonempty &= ~(1U << order);
	m->flags = 0;
}

/* Give back the block m, merging it upwards. */
static void
phys_put(struct vm_phys_domain *dom, vm_page_t m, int order)
{
	vm_paddr_t pa = m->phys_addr;
	vm_page_t buddy;

	while (order < VM_PHYS_ORDERS - 1) {
		buddy = PHYS_TO_VM_PAGE(pa ^ ((vm_paddr_t)PAGE_SIZE << order));
		if (buddy == NULL || buddy->flags != PG_FREE ||
		    buddy->order != order || buddy->domain != m->domain)
			break;
		phys_unlink(dom, buddy, order);
		pa &= ~((vm_paddr_t)PAGE_SIZE << order);
		if (buddy->phys_addr == pa)
			m = buddy;
		++order;
	}
	phys_link(dom, m, order);
}

/* Split the block m of order have down to order want; m stays the first. */
static void
phys_split(struct vm_phys_domain *dom, vm_page_t m, int have, int want)
{
	while (have > want) {
		--have;
		phys_link(dom, m + (1UL << have), have);
	}
}

static vm_page_t
phys_take(struct vm_phys_domain *dom, int order)
{
	u_int usable = dom->nonempty & ~((1U << order) - 1);
	vm_page_t m;
	int have;

	if (usable == 0)
		return (NULL);
	have = __builtin_ctz(usable);
	m = TAILQ_FIRST(&dom->free[have]);
	phys_unlink(dom, m, have);
	phys_split(dom, m, have, order);
	return (m);
}

static inline void
phys_account(struct vm_phys_domain *dom, long n)
{
	dom->nfree += n;
	atomic_add_long((u_long *)&vmstats.v_free_count, n);
}

/* --- interface ----------------------------------------------------------- */

int
vm_phys_alloc_list(int domain, int count, long reserve,
    struct vm_pagelist *list)
{
	struct vm_phys_domain *dom;
	int i, got = 0;
	vm_page_t m;

	if (vmstats.v_free_count - count < reserve) {
		count = vmstats.v_free_count - reserve;
		if (count <= 0)
			return (0);
	}
	for (i = 0; i < vm_ndomains && got < count; ++i) {
		dom = &vm_phys_domains[(domain + i) % vm_ndomains];
		if (dom->nfree == 0)
			continue;
		spin_lock(&dom->spin);
		while (got < count && (m = phys_take(dom, 0)) != NULL) {
			TAILQ_INSERT_TAIL(list, m, pageq);
			++got;
			--dom->nfree;
		}
		spin_unlock(&dom->spin);
	}
	atomic_add_long((u_long *)&vmstats.v_free_count, -(long)got);
	return (got);
}

void
vm_phys_free_list(struct vm_pagelist *list)
{
	struct vm_phys_domain *dom = NULL, *need;
	long n = 0;
	vm_page_t m;

	while ((m = TAILQ_FIRST(list)) != NULL) {
		TAILQ_REMOVE(list, m, pageq);
		need = &vm_phys_domains[m->domain];
		if (need != dom) {
			if (dom != NULL)
				spin_unlock(&dom->spin);
			dom = need;
			spin_lock(&dom->spin);
		}
		phys_put(dom, m, 0);
		++dom->nfree;
		++n;
	}
	if (dom != NULL)
		spin_unlock(&dom->spin);
	atomic_add_long((u_long *)&vmstats.v_free_count, n);
}

vm_page_t
vm_phys_alloc_block(int domain, int order, long reserve)
{
	struct vm_phys_domain *dom;
	vm_page_t m;
	int i;

	if (order >= VM_PHYS_ORDERS ||
	    vmstats.v_free_count - (1L << order) < reserve)
		return (NULL);
	for (i = 0; i < vm_ndomains; ++i) {
		dom = &vm_phys_domains[(domain + i) % vm_ndomains];
		spin_lock(&dom->spin);
		m = phys_take(dom, order);
		if (m != NULL)
			phys_account(dom, -(1L << order));
		spin_unlock(&dom->spin);
		if (m != NULL)
			return (m);
	}
	return (NULL);
}

void
vm_phys_free_block(vm_page_t m, int order)
{
	struct vm_phys_domain *dom = &vm_phys_domains[m->domain];

	spin_lock(&dom->spin);
	phys_put(dom, m, order);
	phys_account(dom, 1L << order);
	spin_unlock(&dom->spin);
}

void
vm_phys_free_range(vm_page_t m, u_long npages)
{
	u_long pfn;
	int order;

	while (npages > 0) {
		pfn = m->phys_addr >> PAGE_SHIFT;
		order = pfn ? __builtin_ctzl(pfn) : VM_PHYS_ORDERS - 1;
		if (order > VM_PHYS_ORDERS - 1)
			order = VM_PHYS_ORDERS - 1;
		while ((1UL << order) > npages)
			--order;
		vm_phys_free_block(m, order);
		npages -= 1UL << order;
		if (npages > 0)
			m = PHYS_TO_VM_PAGE(m->phys_addr +
			    ((vm_paddr_t)PAGE_SIZE << order));
	}
}

/* --- runs for DMA -------------------------------------------------------- */

/* The free block that contains page m, its order in *orderp. */
static vm_page_t
phys_block_of(vm_page_t m, int *orderp)
{
	vm_paddr_t pa;
	vm_page_t head;
	int order;

	for (order = 0; order < VM_PHYS_ORDERS; ++order) {
		pa = m->phys_addr & ~(((vm_paddr_t)PAGE_SIZE << order) - 1);
		head = PHYS_TO_VM_PAGE(pa);
		if (head != NULL && head->flags == PG_FREE &&
		    head->order >= order && head->domain == m->domain) {
			*orderp = head->order;
			return (head);
		}
	}
	return (NULL);
}

/*
 * Are npages from pa on free and of the domain?  If not, *nextp is where it
 * makes sense to look next.
 */
static bool
phys_run_free(vm_paddr_t pa, u_long npages, int domain, vm_paddr_t *nextp)
{
	vm_paddr_t end = pa + ((vm_paddr_t)npages << PAGE_SHIFT);
	vm_page_t m, head;
	int order;

	while (pa < end) {
		m = PHYS_TO_VM_PAGE(pa);
		if (m == NULL || m->domain != domain ||
		    (head = phys_block_of(m, &order)) == NULL) {
			*nextp = pa + PAGE_SIZE;
			return (false);
		}
		pa = head->phys_addr + ((vm_paddr_t)PAGE_SIZE << order);
	}
	return (true);
}

/* Cut the free range [pa, end) out of the lists. */
static void
phys_carve(struct vm_phys_domain *dom, vm_paddr_t pa, vm_paddr_t end)
{
	vm_paddr_t blk, blkend;
	vm_page_t head;
	int order;

	while (pa < end) {
		head = phys_block_of(PHYS_TO_VM_PAGE(pa), &order);
		phys_unlink(dom, head, order);
		blk = head->phys_addr;
		blkend = blk + ((vm_paddr_t)PAGE_SIZE << order);
		/* Put back what lies outside, the largest pieces possible. */
		while (order > 0 && (blk < pa || blkend > end)) {
			vm_paddr_t mid;

			--order;
			mid = blk + ((vm_paddr_t)PAGE_SIZE << order);
			if (pa >= mid) {
				phys_link(dom, PHYS_TO_VM_PAGE(blk), order);
				blk = mid;
			} else {
				phys_link(dom, PHYS_TO_VM_PAGE(mid), order);
				blkend = mid;
			}
		}
		pa = blkend;
	}
}

static vm_page_t
phys_run_domain(int domain, vm_paddr_t low, vm_paddr_t high, u_long align,
    u_long boundary, u_long npages)
{
	struct vm_phys_domain *dom = &vm_phys_domains[domain];
	vm_paddr_t pa, next, size = (vm_paddr_t)npages << PAGE_SHIFT;
	vm_page_t m = NULL;

	spin_lock(&dom->spin);
	pa = low;
	for (;;) {
		pa = (pa + align - 1) & ~(vm_paddr_t)(align - 1);
		if (boundary != 0 &&
		    ((pa ^ (pa + size - 1)) & ~(vm_paddr_t)(boundary - 1)))
			pa = (pa + size - 1) & ~(vm_paddr_t)(boundary - 1);
		if (pa + size > high || pa + size < pa)
			break;
		if (vm_page_section[pa >> VM_SECTION_SHIFT] == NULL) {
			pa = ((pa >> VM_SECTION_SHIFT) + 1) << VM_SECTION_SHIFT;
			continue;
		}
		if (phys_run_free(pa, npages, domain, &next)) {
			phys_carve(dom, pa, pa + size);
			phys_account(dom, -(long)npages);
			m = PHYS_TO_VM_PAGE(pa);
			break;
		}
		pa = next;
	}
	spin_unlock(&dom->spin);
	return (m);
}

vm_page_t
vm_phys_alloc_run(vm_paddr_t low, vm_paddr_t high, u_long align,
    u_long boundary, u_long npages, long reserve)
{
	vm_page_t m = NULL;
	int i;

	if (high > vm_phys_max || high == 0)
		high = vm_phys_max;
	if (align < PAGE_SIZE)
		align = PAGE_SIZE;
	if (boundary != 0 && (npages << PAGE_SHIFT) > boundary)
		return (NULL);
	if (vmstats.v_free_count - (long)npages < reserve)
		return (NULL);
	for (i = 0; i < vm_ndomains && m == NULL; ++i)
		m = phys_run_domain(i, low, high, align, boundary, npages);
	return (m);
}

/* --- start-up ------------------------------------------------------------ */

static void
phys_add_segment(vm_paddr_t start, vm_paddr_t end)
{
	vm_paddr_t pa, dend, blk;
	vm_page_t m;
	int domain;

	if (start < PAGE_SIZE)
		start = PAGE_SIZE;	/* address 0 means "no page" */
	for (pa = start; pa < end; pa = dend) {
		domain = pmap_phys_domain(pa, &dend);
		if (dend > end || dend <= pa)
			dend = end;
		for (blk = pa; blk < dend; blk += PAGE_SIZE) {
			m = vm_page_section[blk >> VM_SECTION_SHIFT] +
			    ((blk >> PAGE_SHIFT) & (VM_SECTION_PAGES - 1));
			m->phys_addr = blk;
			m->domain = domain;
			m->lru = ((blk >> PAGE_SHIFT) ^
			    (blk >> (PAGE_SHIFT + 5))) & (VM_LRU_QUEUES - 1);
		}
		vm_page_total += (dend - pa) >> PAGE_SHIFT;
		m = PHYS_TO_VM_PAGE(pa);
		vm_phys_free_range(m, (dend - pa) >> PAGE_SHIFT);
	}
}

/* Number of domains, from the segments. */
static int
phys_count_domains(void)
{
	vm_paddr_t pa, dend;
	int i, d, n = 1;

	for (i = 0; phys_avail[i + 1] != 0; i += 2) {
		for (pa = phys_avail[i]; pa < phys_avail[i + 1]; pa = dend) {
			d = pmap_phys_domain(pa, &dend);
			if (d >= n)
				n = d + 1;
			if (dend <= pa)
				break;
		}
	}
	return (n);
}

void
vm_phys_init(void)
{
	u_long s;
	int i, j;

	for (i = 0; phys_avail[i + 1] != 0; i += 2)
		if (phys_avail[i + 1] > vm_phys_max)
			vm_phys_max = phys_avail[i + 1];
	vm_page_nsections = (vm_phys_max + (1UL << VM_SECTION_SHIFT) - 1) >>
	    VM_SECTION_SHIFT;
	vm_page_section = pmap_steal_memory(round_page(vm_page_nsections *
	    sizeof(*vm_page_section)));
	vm_ndomains = phys_count_domains();
	vm_phys_domains = pmap_steal_memory(round_page(vm_ndomains *
	    sizeof(*vm_phys_domains)));
	for (i = 0; i < vm_ndomains; ++i) {
		spin_init(&vm_phys_domains[i].spin, "vmphys");
		for (j = 0; j < VM_PHYS_ORDERS; ++j)
			TAILQ_INIT(&vm_phys_domains[i].free[j]);
	}
	/*
	 * Stealing moves the ends of segments inward but empties no section
	 * of others, so it does not matter that it goes on meanwhile.
	 */
	for (i = 0; phys_avail[i + 1] != 0; i += 2) {
		vm_paddr_t end = phys_avail[i + 1];

		for (s = phys_avail[i] >> VM_SECTION_SHIFT;
		    s <= (end - 1) >> VM_SECTION_SHIFT; ++s) {
			if (vm_page_section[s] == NULL)
				vm_page_section[s] = pmap_steal_memory(
				    VM_SECTION_PAGES * sizeof(struct vm_page));
		}
	}
	vm_page_queues_init();
	for (i = 0; phys_avail[i + 1] != 0; i += 2)
		phys_add_segment(round_page(phys_avail[i]),
		    trunc_page(phys_avail[i + 1]));
}
