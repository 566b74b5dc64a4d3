/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The queues of reclaimable pages.
 *
 * m->queue changes only with the page busy and the lock of the queue held.
 * The daemon's place in a queue is kept by a marker, a page structure that
 * stands for no memory (phys_addr 0), so the lock need not be held while it
 * works on a page.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/spinlock2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <machine/atomic.h>

#define ACT_INIT	5	/* act_count of a page just made active */
#define ACT_ADVANCE	3
#define ACT_MAX		64

struct vm_page_queue *vm_page_queues;

void
vm_page_queues_init(void)
{
	int i, n = vm_ndomains * VM_LRU_QUEUES * PQ_COUNT;

	vm_page_queues = pmap_steal_memory(round_page(n *
	    sizeof(*vm_page_queues)));
	for (i = 0; i < n; ++i) {
		spin_init(&vm_page_queues[i].spin, "vmpageq");
		TAILQ_INIT(&vm_page_queues[i].pl);
	}
}

void
vm_page_enqueue(vm_page_t m, int queue)
{
	struct vm_page_queue *q = vm_page_queue_at(m->domain, m->lru, queue);

	m->act_count = ACT_INIT;
	spin_lock(&q->spin);
	m->queue = queue;
	TAILQ_INSERT_TAIL(&q->pl, m, pageq);
	++q->count;
	spin_unlock(&q->spin);
}

void
vm_page_unqueue(vm_page_t m)
{
	struct vm_page_queue *q;

	if (m->queue == PQ_NONE)
		return;
	q = vm_page_queue_at(m->domain, m->lru, m->queue);
	spin_lock(&q->spin);
	TAILQ_REMOVE(&q->pl, m, pageq);
	--q->count;
	m->queue = PQ_NONE;
	spin_unlock(&q->spin);
}

void
vm_page_requeue(vm_page_t m, int queue)
{
	vm_page_unqueue(m);
	vm_page_enqueue(m, queue);
}

/*
 * The three below may be called with the page busy by the caller, which is
 * what makes m->queue stable.
 */
void
vm_page_activate(vm_page_t m)
{
	if (m->queue == PQ_INACTIVE)
		vm_page_requeue(m, PQ_ACTIVE);
	else if (m->queue == PQ_ACTIVE && m->act_count < ACT_MAX)
		m->act_count += ACT_ADVANCE;
}

void
vm_page_deactivate(vm_page_t m)
{
	if (m->queue == PQ_ACTIVE)
		vm_page_requeue(m, PQ_INACTIVE);
}

/* Not needed soon: let it be among the first to go. */
void
vm_page_dontneed(vm_page_t m)
{
	vm_page_flag_clear(m, PG_REFERENCED);
	if (m->queue != PQ_NONE)
		vm_page_requeue(m, PQ_INACTIVE);
}

long
vm_page_queue_total(int queue)
{
	long n = 0;
	int d, i;

	for (d = 0; d < vm_ndomains; ++d)
		for (i = 0; i < VM_LRU_QUEUES; ++i)
			n += vm_page_queue_at(d, i, queue)->count;
	return (n);
}

void
vm_page_queue_mark(struct vm_page_queue *q, struct vm_page *marker)
{
	bzero(marker, sizeof(*marker));
	spin_lock(&q->spin);
	TAILQ_INSERT_HEAD(&q->pl, marker, pageq);
	spin_unlock(&q->spin);
}

void
vm_page_queue_unmark(struct vm_page_queue *q, struct vm_page *marker)
{
	spin_lock(&q->spin);
	TAILQ_REMOVE(&q->pl, marker, pageq);
	spin_unlock(&q->spin);
}

vm_page_t
vm_page_queue_next(struct vm_page_queue *q, struct vm_page *marker,
    long *budget)
{
	vm_page_t m;

	spin_lock(&q->spin);
	while (*budget > 0) {
		m = TAILQ_NEXT(marker, pageq);
		if (m == NULL)
			break;
		TAILQ_REMOVE(&q->pl, marker, pageq);
		TAILQ_INSERT_AFTER(&q->pl, m, marker, pageq);
		if (m->phys_addr == 0)
			continue;	/* another walker's marker */
		--*budget;
		if (m->wire_count == 0 && !vm_page_busy_try(m, true)) {
			spin_unlock(&q->spin);
			return (m);
		}
	}
	spin_unlock(&q->spin);
	return (NULL);
}
