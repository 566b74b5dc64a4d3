/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio: split virtqueues.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <machine/cpufunc.h>

#include "virtio.h"

static MALLOC_DEFINE(M_VIRTQ, "virtqueue", "virtio queues");

/* The legacy layout serves modern devices too: used ring on a new page. */
static size_t
avail_offset(int size)
{
	return (size * sizeof(struct vring_desc));
}

static size_t
used_offset(int size)
{
	return (roundup2(avail_offset(size) + sizeof(struct vring_avail) +
	    (size + 1) * sizeof(uint16_t), PAGE_SIZE));
}

static size_t
ring_size(int size)
{
	return (used_offset(size) + sizeof(struct vring_used) +
	    size * sizeof(struct vring_used_elem) + sizeof(uint16_t));
}

int
virtqueue_create(struct virtio_dev *vd, int index, int size,
    struct virtqueue **vqp)
{
	struct virtqueue *vq;
	char *base;
	int i, error;

	vq = kmalloc(sizeof(*vq), M_VIRTQ, M_WAITOK | M_ZERO);
	/* A legacy device takes a 32-bit page number. */
	error = bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
	    vd->vd_modern ? BUS_SPACE_MAXADDR : 0xfffffffffffUL,
	    BUS_SPACE_MAXADDR, ring_size(size), BUS_DMA_ZERO, &vq->vq_mem);
	if (error != 0) {
		kfree(vq, M_VIRTQ);
		return (error);
	}
	base = vq->vq_mem.dmem_addr;
	vq->vq_dev = vd;
	vq->vq_index = index;
	vq->vq_size = size;
	vq->vq_desc = (struct vring_desc *)base;
	vq->vq_avail = (struct vring_avail *)(base + avail_offset(size));
	vq->vq_used = (struct vring_used *)(base + used_offset(size));
	vq->vq_cookie = kmalloc(size * sizeof(void *), M_VIRTQ,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < size; i++)
		vq->vq_desc[i].next = i + 1;
	vq->vq_nfree = size;
	*vqp = vq;
	return (0);
}

void
virtqueue_destroy(struct virtqueue *vq)
{
	bus_dmamem_coherent_free(&vq->vq_mem);
	kfree(vq->vq_cookie, M_VIRTQ);
	kfree(vq, M_VIRTQ);
}

static void
fill(struct vring_desc *d, const bus_dma_segment_t *seg, bool device_writes)
{
	d->addr = seg->ds_addr;
	d->len = seg->ds_len;
	d->flags = device_writes ? VRING_DESC_WRITE : 0;
}

int
virtqueue_add(struct virtqueue *vq, void *cookie,
    const bus_dma_segment_t *segs, int nread, int nwrite,
    struct vring_desc *table, bus_addr_t tablepa)
{
	struct vring_desc *d;
	int i, n = nread + nwrite, head = vq->vq_free, at;

	if (vq->vq_nfree < (table != NULL ? 1 : n))
		return (ENOSPC);
	if (table != NULL) {
		for (i = 0; i < n; i++) {
			fill(&table[i], &segs[i], i >= nread);
			if (i + 1 < n) {
				table[i].flags |= VRING_DESC_NEXT;
				table[i].next = i + 1;
			}
		}
		d = &vq->vq_desc[head];
		vq->vq_free = d->next;
		vq->vq_nfree--;
		d->addr = tablepa;
		d->len = n * sizeof(*table);
		d->flags = VRING_DESC_INDIRECT;
	} else {
		for (i = 0, at = head; i < n; i++) {
			d = &vq->vq_desc[at];
			at = d->next;
			fill(d, &segs[i], i >= nread);
			if (i + 1 < n)
				d->flags |= VRING_DESC_NEXT;
		}
		vq->vq_free = at;
		vq->vq_nfree -= n;
	}
	vq->vq_cookie[head] = cookie;
	vq->vq_avail->ring[vq->vq_avail->idx & (vq->vq_size - 1)] = head;
	cpu_sfence();
	vq->vq_avail->idx++;
	return (0);
}

void
virtqueue_kick(struct virtqueue *vq)
{
	cpu_mfence();
	virtio_notify(vq);
}

/* What the device names is checked: it might be any number. */
void *
virtqueue_get(struct virtqueue *vq, uint32_t *len)
{
	struct vring_used_elem *e;
	void *cookie;
	uint32_t head;
	int last, n;

	for (;;) {
		if (vq->vq_seen == vq->vq_used->idx)
			return (NULL);
		cpu_lfence();
		e = &vq->vq_used->ring[vq->vq_seen & (vq->vq_size - 1)];
		vq->vq_seen++;
		head = e->id;
		if (head < (uint32_t)vq->vq_size &&
		    vq->vq_cookie[head] != NULL)
			break;
	}
	if (len != NULL)
		*len = e->len;
	cookie = vq->vq_cookie[head];
	vq->vq_cookie[head] = NULL;
	for (last = head, n = 1;
	    (vq->vq_desc[last].flags & VRING_DESC_NEXT) != 0; n++)
		last = vq->vq_desc[last].next;
	vq->vq_desc[last].next = vq->vq_free;
	vq->vq_free = head;
	vq->vq_nfree += n;
	return (cookie);
}
