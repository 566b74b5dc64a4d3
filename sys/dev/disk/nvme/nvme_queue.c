/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nvme: queues and commands (4.1, 7.2).
 *
 * The submission queue has one entry more than there are requests, so it is
 * never full; the completion queue is as long, so it never overflows.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "nvme.h"

#define TIMEOUT		30	/* seconds of a command */

static MALLOC_DEFINE(M_NVMEQ, "nvmeq", "NVM Express queues");

static int
alloc(struct nvme_softc *sc, int size, bus_dmamem_t *mem)
{
	return (bus_dmamem_coherent(NULL, PAGE_SIZE, 0, BUS_SPACE_MAXADDR,
	    BUS_SPACE_MAXADDR, size, BUS_DMA_ZERO, mem));
}

static int
make_requests(struct nvme_queue *q)
{
	struct nvme_req *r;
	int i, error;

	q->q_reqs = kmalloc((q->q_entries - 1) * sizeof(*r), M_NVMEQ,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < q->q_entries - 1; i++) {
		r = &q->q_reqs[i];
		r->r_queue = q;
		r->r_cid = i;
		r->r_list = (uint64_t *)((char *)q->q_lists.dmem_addr +
		    i * NVME_LIST_BYTES);
		r->r_listpa = q->q_lists.dmem_busaddr + i * NVME_LIST_BYTES;
		error = bus_dmamap_create(q->q_sc->sc_tag, 0, &r->r_map);
		if (error != 0)
			return (error);
		r->r_next = q->q_free;
		q->q_free = r;
	}
	return (0);
}

int
nvme_queue_new(struct nvme_softc *sc, int id, int entries,
    struct nvme_queue **qp)
{
	struct nvme_queue *q;
	int error;

	CTASSERT(NVME_MAX_SEGS * sizeof(uint64_t) <= NVME_LIST_BYTES);
	q = kmalloc(sizeof(*q), M_NVMEQ, M_WAITOK | M_ZERO);
	q->q_sc = sc;
	q->q_id = id;
	q->q_entries = entries;
	q->q_phase = NVME_PHASE;
	spin_init(&q->q_spin, "nvmeq");
	bioq_init(&q->q_bioq);
	error = alloc(sc, entries * sizeof(struct nvme_cmd), &q->q_sqmem);
	if (error == 0)
		error = alloc(sc, entries * sizeof(struct nvme_cqe),
		    &q->q_cqmem);
	if (error == 0)
		error = alloc(sc, entries * NVME_LIST_BYTES, &q->q_lists);
	if (error == 0)
		error = make_requests(q);
	if (error != 0) {
		nvme_queue_free(q);
		return (error);
	}
	q->q_sq = q->q_sqmem.dmem_addr;
	q->q_cq = q->q_cqmem.dmem_addr;
	*qp = q;
	return (0);
}

void
nvme_queue_free(struct nvme_queue *q)
{
	int i;

	for (i = 0; q->q_reqs != NULL && i < q->q_entries - 1; i++) {
		if (q->q_reqs[i].r_map != NULL)
			bus_dmamap_destroy(q->q_sc->sc_tag,
			    q->q_reqs[i].r_map);
	}
	if (q->q_reqs != NULL)
		kfree(q->q_reqs, M_NVMEQ);
	if (q->q_sqmem.dmem_addr != NULL)
		bus_dmamem_coherent_free(&q->q_sqmem);
	if (q->q_cqmem.dmem_addr != NULL)
		bus_dmamem_coherent_free(&q->q_cqmem);
	if (q->q_lists.dmem_addr != NULL)
		bus_dmamem_coherent_free(&q->q_lists);
	spin_uninit(&q->q_spin);
	kfree(q, M_NVMEQ);
}

static void
doorbell(struct nvme_queue *q, bool completion, int value)
{
	struct nvme_softc *sc = q->q_sc;

	bus_write_4(sc->sc_regs, NVME_DOORBELLS +
	    (2 * q->q_id + completion) * NVME_CAP_DSTRD(sc->sc_cap), value);
}

struct nvme_req *
nvme_req_get(struct nvme_queue *q)
{
	struct nvme_req *r = q->q_free;

	if (r != NULL) {
		q->q_free = r->r_next;
		memset(&r->r_cmd, 0, sizeof(r->r_cmd));
		r->r_bio = NULL;
		r->r_mapped = false;
	}
	return (r);
}

void
nvme_req_put(struct nvme_req *r)
{
	r->r_next = r->r_queue->q_free;
	r->r_queue->q_free = r;
}

void
nvme_submit(struct nvme_req *r)
{
	struct nvme_queue *q = r->r_queue;

	r->r_cmd.cid = r->r_cid;
	r->r_active = true;
	r->r_deadline = ticks + TIMEOUT * hz;
	q->q_sq[q->q_tail] = r->r_cmd;
	if (++q->q_tail == q->q_entries)
		q->q_tail = 0;
	cpu_sfence();
	doorbell(q, false, q->q_tail);
}

/* The next request the controller has finished; q_spin held. */
static struct nvme_req *
next_done(struct nvme_queue *q)
{
	volatile struct nvme_cqe *e = &q->q_cq[q->q_head];
	struct nvme_req *r = NULL;
	uint16_t status = e->status;

	if ((status & NVME_PHASE) != q->q_phase)
		return (NULL);
	cpu_lfence();
	if (e->cid < q->q_entries - 1 && q->q_reqs[e->cid].r_active) {
		r = &q->q_reqs[e->cid];
		r->r_active = false;
		r->r_status = status & ~NVME_PHASE;
		r->r_result = e->dw0;
	}
	if (++q->q_head == q->q_entries) {
		q->q_head = 0;
		q->q_phase ^= NVME_PHASE;
	}
	/* An answer nobody asked for is passed over. */
	return (r != NULL ? r : next_done(q));
}

static void
end_request(struct nvme_req *r)
{
	bus_dma_tag_t tag = r->r_queue->q_sc->sc_tag;

	if (r->r_mapped) {
		bus_dmamap_sync(tag, r->r_map, r->r_write ?
		    BUS_DMASYNC_POSTWRITE : BUS_DMASYNC_POSTREAD);
		bus_dmamap_unload(tag, r->r_map);
		r->r_mapped = false;
	}
	r->r_done(r, r->r_status);
}

void
nvme_queue_intr(void *arg)
{
	struct nvme_queue *q = arg;
	struct nvme_req *r, *done = NULL, **tail = &done;

	spin_lock(&q->q_spin);
	while ((r = next_done(q)) != NULL) {
		r->r_next = NULL;
		*tail = r;
		tail = &r->r_next;
	}
	if (done != NULL)
		doorbell(q, true, q->q_head);
	spin_unlock(&q->q_spin);
	if (done == NULL)
		return;
	while ((r = done) != NULL) {
		done = r->r_next;
		end_request(r);
	}
	nvme_start(q);
}

bool
nvme_queue_late(struct nvme_queue *q)
{
	bool late = false;
	int i;

	spin_lock(&q->q_spin);
	for (i = 0; i < q->q_entries - 1; i++) {
		if (q->q_reqs[i].r_active &&
		    q->q_reqs[i].r_deadline - ticks < 0)
			late = true;
	}
	spin_unlock(&q->q_spin);
	return (late);
}

void
nvme_queue_fail(struct nvme_queue *q)
{
	struct nvme_req *r;
	int i;

	for (i = 0; i < q->q_entries - 1; i++) {
		r = &q->q_reqs[i];
		spin_lock(&q->q_spin);
		if (!r->r_active) {
			spin_unlock(&q->q_spin);
			continue;
		}
		r->r_active = false;
		r->r_status = NVME_DNR;
		spin_unlock(&q->q_spin);
		end_request(r);
	}
	nvme_start(q);
}

static void
wake_admin(struct nvme_req *r, int status)
{
	spin_lock(&r->r_queue->q_spin);
	r->r_arg = NULL;
	wakeup(r);
	spin_unlock(&r->r_queue->q_spin);
}

int
nvme_admin(struct nvme_softc *sc, const struct nvme_cmd *cmd,
    uint32_t *result)
{
	struct nvme_queue *q = sc->sc_admin;
	struct nvme_req *r;
	int status;

	spin_lock(&q->q_spin);
	while ((r = nvme_req_get(q)) == NULL)
		ssleep(&q->q_free, &q->q_spin, 0, "nvmeadm", 0);
	r->r_cmd = *cmd;
	r->r_done = wake_admin;
	r->r_arg = r;
	if (sc->sc_dead) {
		r->r_status = NVME_DNR;
		r->r_arg = NULL;
	} else {
		nvme_submit(r);
	}
	while (r->r_arg != NULL)
		ssleep(r, &q->q_spin, 0, "nvmecmd", 0);
	status = r->r_status;
	if (result != NULL)
		*result = r->r_result;
	nvme_req_put(r);
	wakeup_one(&q->q_free);
	spin_unlock(&q->q_spin);
	return (status == 0 ? 0 : EIO);
}
