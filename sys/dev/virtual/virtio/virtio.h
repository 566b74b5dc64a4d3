/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio devices on PCI (OASIS Virtual I/O Device 1.1): the transport, modern
 * or legacy, and split virtqueues.  Drivers of device types build on it.
 *
 * A driver finds the device with virtio_pci_attach(), negotiates features,
 * allocates queues, and says virtio_ready().  Requests go through
 * virtqueue_add(), results come from virtqueue_get(); both under a lock of
 * the driver's.
 */
#ifndef _DEV_VIRTUAL_VIRTIO_H_
#define _DEV_VIRTUAL_VIRTIO_H_

#include <sys/types.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/stdbool.h>

#define VIRTIO_PCI_VENDOR	0x1af4
#define VIRTIO_PCI_LEGACY(type)	(0x1000 + (type) - 1)	/* net, blk, ... */
#define VIRTIO_PCI_MODERN(type)	(0x1040 + (type))
#define VIRTIO_ID_BLOCK		2

#define VIRTIO_F_INDIRECT_DESC	(1UL << 28)
#define VIRTIO_F_VERSION_1	(1UL << 32)

#define VIRTIO_STATUS_ACK	0x01
#define VIRTIO_STATUS_DRIVER	0x02
#define VIRTIO_STATUS_DRIVER_OK	0x04
#define VIRTIO_STATUS_FEATURES_OK 0x08
#define VIRTIO_STATUS_FAILED	0x80

/* Ring formats, 2.6. */
struct vring_desc {
	uint64_t	addr;
	uint32_t	len;
	uint16_t	flags;
#define VRING_DESC_NEXT		1
#define VRING_DESC_WRITE	2	/* by the device */
#define VRING_DESC_INDIRECT	4
	uint16_t	next;
};

struct vring_avail {
	uint16_t	flags;
	volatile uint16_t idx;
	uint16_t	ring[];
};

struct vring_used_elem {
	uint32_t	id;
	uint32_t	len;
};

struct vring_used {
	uint16_t	flags;
	volatile uint16_t idx;
	struct vring_used_elem ring[];
};

struct virtio_dev;

/* (q) the driver's lock for the queue, (I) immutable */
struct virtqueue {
	struct virtio_dev *vq_dev;	/* (I) */
	int		vq_index;	/* (I) */
	int		vq_size;	/* (I) descriptors, a power of two */
	bus_dmamem_t	vq_mem;		/* (I) */
	struct vring_desc *vq_desc;	/* (q) */
	struct vring_avail *vq_avail;	/* (q) */
	struct vring_used *vq_used;	/* written by the device */
	int		vq_free;	/* (q) head of the free descriptors */
	int		vq_nfree;	/* (q) */
	uint16_t	vq_seen;	/* (q) used entries taken */
	void		**vq_cookie;	/* (q) by descriptor */
	bus_size_t	vq_notify;	/* (I) offset of its doorbell */
	struct resource	*vq_irq;	/* (I) MSI-X vector or NULL */
	int		vq_irq_rid;
	void		*vq_intr;
};

struct virtio_dev {
	device_t	vd_dev;		/* (I) */
	bool		vd_modern;	/* (I) */
	uint64_t	vd_features;	/* (I) negotiated */
	/* Legacy: all in one BAR.  Modern: areas of BARs. */
	struct resource	*vd_bar[6];	/* (I) */
	struct resource	*vd_common;	/* (I) */
	bus_size_t	vd_common_off;
	struct resource	*vd_isr;
	bus_size_t	vd_isr_off;
	struct resource	*vd_config;
	bus_size_t	vd_config_off;
	struct resource	*vd_doorbell;
	bus_size_t	vd_doorbell_off;
	uint32_t	vd_doorbell_mult;
	bool		vd_msix;	/* (I) */
	struct resource	*vd_irq;	/* (I) without MSI-X */
	int		vd_irq_rid;
	void		*vd_intr;
	driver_intr_t	*vd_handler;	/* (I) without MSI-X: for each queue */
	struct virtqueue **vd_queue;	/* (I) */
	int		vd_nqueues;	/* (I) */
};

int	virtio_pci_attach(struct virtio_dev *vd, device_t dev);
/* Stop the device and give all back, queues included. */
void	virtio_pci_detach(struct virtio_dev *vd);
/* The features both want; fails if the device insists on others. */
int	virtio_negotiate(struct virtio_dev *vd, uint64_t wanted);
uint8_t	virtio_config_1(struct virtio_dev *vd, int off);
uint16_t virtio_config_2(struct virtio_dev *vd, int off);
uint32_t virtio_config_4(struct virtio_dev *vd, int off);
uint64_t virtio_config_8(struct virtio_dev *vd, int off);
/*
 * Make queues 0 to n-1, each with an interrupt on CPU i (modulo their
 * number) calling handler(args[i]); without MSI-X one interrupt calls all.
 */
int	virtio_alloc_queues(struct virtio_dev *vd, int n,
	    driver_intr_t *handler, void **args);
int	virtio_max_vectors(struct virtio_dev *vd);
void	virtio_ready(struct virtio_dev *vd);

/*
 * Offer a request: readable segments first, then writable ones.  With
 * indirect descriptors, table (nread + nwrite entries at tablepa) holds them
 * and one descriptor is used.  ENOSPC: the queue is full.
 */
int	virtqueue_add(struct virtqueue *vq, void *cookie,
	    const bus_dma_segment_t *segs, int nread, int nwrite,
	    struct vring_desc *table, bus_addr_t tablepa);
void	virtqueue_kick(struct virtqueue *vq);
/* A finished request's cookie, or NULL. */
void	*virtqueue_get(struct virtqueue *vq, uint32_t *len);

/* virtio_pci.c for virtqueue.c */
void	virtio_notify(struct virtqueue *vq);
int	virtqueue_create(struct virtio_dev *vd, int index, int size,
	    struct virtqueue **vqp);
void	virtqueue_destroy(struct virtqueue *vq);

#endif /* !_DEV_VIRTUAL_VIRTIO_H_ */
