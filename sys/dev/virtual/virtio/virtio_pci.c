/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio: the PCI transport, 4.1 of the specification.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <bus/pci/pcivar.h>

#include "virtio.h"

static MALLOC_DEFINE(M_VIRTIO, "virtio", "virtio devices");

/* Capability structure, 4.1.4. */
#define CAP_TYPE		3
#define CAP_TYPE_COMMON		1
#define CAP_TYPE_NOTIFY		2
#define CAP_TYPE_ISR		3
#define CAP_TYPE_DEVICE		4
#define CAP_BAR			4
#define CAP_OFFSET		8
#define CAP_NOTIFY_MULT		16

/* Common configuration, 4.1.4.3. */
#define C_DEVICE_FEATURE_SEL	0
#define C_DEVICE_FEATURE	4
#define C_DRIVER_FEATURE_SEL	8
#define C_DRIVER_FEATURE	12
#define C_MSIX_CONFIG		16
#define C_STATUS		20
#define C_QUEUE_SELECT		22
#define C_QUEUE_SIZE		24
#define C_QUEUE_MSIX		26
#define C_QUEUE_ENABLE		28
#define C_QUEUE_NOTIFY_OFF	30
#define C_QUEUE_DESC		32
#define C_QUEUE_DRIVER		40
#define C_QUEUE_DEVICE		48

/* Legacy registers, 4.1.4.8. */
#define L_DEVICE_FEATURES	0
#define L_DRIVER_FEATURES	4
#define L_QUEUE_PFN		8
#define L_QUEUE_SIZE		12
#define L_QUEUE_SELECT		14
#define L_QUEUE_NOTIFY		16
#define L_STATUS		18
#define L_ISR			19
#define L_MSIX_CONFIG		20
#define L_QUEUE_MSIX		22
#define L_CONFIG		20	/* 24 once MSI-X is enabled */
#define L_CONFIG_MSIX		24

#define NO_VECTOR		0xffff
#define RESET_MS		1000

static uint32_t
c_read(struct virtio_dev *vd, int off, int width)
{
	bus_size_t o = vd->vd_common_off + off;

	return (width == 1 ? bus_read_1(vd->vd_common, o) :
	    width == 2 ? bus_read_2(vd->vd_common, o) :
	    bus_read_4(vd->vd_common, o));
}

static void
c_write(struct virtio_dev *vd, int off, uint32_t v, int width)
{
	bus_size_t o = vd->vd_common_off + off;

	if (width == 1)
		bus_write_1(vd->vd_common, o, v);
	else if (width == 2)
		bus_write_2(vd->vd_common, o, v);
	else
		bus_write_4(vd->vd_common, o, v);
}

static void
c_write_8(struct virtio_dev *vd, int off, uint64_t v)
{
	c_write(vd, off, v, 4);
	c_write(vd, off + 4, v >> 32, 4);
}

static uint8_t
get_status(struct virtio_dev *vd)
{
	return (c_read(vd, vd->vd_modern ? C_STATUS : L_STATUS, 1));
}

static void
set_status(struct virtio_dev *vd, uint8_t bits)
{
	c_write(vd, vd->vd_modern ? C_STATUS : L_STATUS,
	    bits == 0 ? 0 : get_status(vd) | bits, 1);
}

static int
reset(struct virtio_dev *vd)
{
	int ms;

	set_status(vd, 0);
	for (ms = 0; get_status(vd) != 0; ms++) {
		if (ms == RESET_MS)
			return (EIO);
		tsleep(vd, 0, "vtrst", MAX(1, hz / 1000));
	}
	return (0);
}

static struct resource *
map_bar(struct virtio_dev *vd, int bar)
{
	int rid = PCIR_BAR(bar);

	if (bar < 0 || bar >= 6)
		return (NULL);
	if (vd->vd_bar[bar] == NULL)
		vd->vd_bar[bar] = bus_alloc_resource_any(vd->vd_dev,
		    SYS_RES_MEMORY, &rid, RF_ACTIVE);
	if (vd->vd_bar[bar] == NULL)
		vd->vd_bar[bar] = bus_alloc_resource_any(vd->vd_dev,
		    SYS_RES_IOPORT, &rid, RF_ACTIVE);
	return (vd->vd_bar[bar]);
}

static void
use_capability(struct virtio_dev *vd, int cap)
{
	struct resource *r;
	bus_size_t off = pci_read_config(vd->vd_dev, cap + CAP_OFFSET, 4);
	int type = pci_read_config(vd->vd_dev, cap + CAP_TYPE, 1);

	if (type < CAP_TYPE_COMMON || type > CAP_TYPE_DEVICE)
		return;
	r = map_bar(vd, pci_read_config(vd->vd_dev, cap + CAP_BAR, 1));
	if (r == NULL || off >= rman_get_size(r))
		return;
	switch (type) {
	case CAP_TYPE_COMMON:
		if (vd->vd_common == NULL) {
			vd->vd_common = r;
			vd->vd_common_off = off;
		}
		break;
	case CAP_TYPE_NOTIFY:
		if (vd->vd_doorbell == NULL) {
			vd->vd_doorbell = r;
			vd->vd_doorbell_off = off;
			vd->vd_doorbell_mult = pci_read_config(vd->vd_dev,
			    cap + CAP_NOTIFY_MULT, 4);
		}
		break;
	case CAP_TYPE_ISR:
		if (vd->vd_isr == NULL) {
			vd->vd_isr = r;
			vd->vd_isr_off = off;
		}
		break;
	case CAP_TYPE_DEVICE:
		if (vd->vd_config == NULL) {
			vd->vd_config = r;
			vd->vd_config_off = off;
		}
		break;
	}
}

int
virtio_pci_attach(struct virtio_dev *vd, device_t dev)
{
	int cap = 0, error;

	vd->vd_dev = dev;
	pci_enable_busmaster(dev);
	for (error = pci_find_extcap(dev, PCIY_VENDOR, &cap); error == 0;
	    error = pci_find_next_cap(dev, PCIY_VENDOR, &cap))
		use_capability(vd, cap);
	vd->vd_modern = vd->vd_common != NULL && vd->vd_doorbell != NULL &&
	    vd->vd_isr != NULL && vd->vd_config != NULL;
	if (!vd->vd_modern) {
		vd->vd_common = vd->vd_doorbell = vd->vd_isr =
		    vd->vd_config = map_bar(vd, 0);
		vd->vd_common_off = 0;
		vd->vd_doorbell_off = L_QUEUE_NOTIFY;
		vd->vd_isr_off = L_ISR;
		vd->vd_config_off = L_CONFIG;
		if (vd->vd_common == NULL) {
			device_printf(dev, "cannot map the registers\n");
			return (ENXIO);
		}
	}
	error = reset(vd);
	if (error != 0) {
		device_printf(dev, "the device does not reset\n");
		return (error);
	}
	set_status(vd, VIRTIO_STATUS_ACK);
	set_status(vd, VIRTIO_STATUS_DRIVER);
	if (pci_msix_count(dev) >= 1 && pci_setup_msix(dev) == 0) {
		vd->vd_msix = true;
		if (!vd->vd_modern)
			vd->vd_config_off = L_CONFIG_MSIX;
	}
	return (0);
}

int
virtio_negotiate(struct virtio_dev *vd, uint64_t wanted)
{
	uint64_t offered;

	if (!vd->vd_modern) {
		offered = c_read(vd, L_DEVICE_FEATURES, 4);
		vd->vd_features = offered & wanted;
		c_write(vd, L_DRIVER_FEATURES, vd->vd_features, 4);
		return (0);
	}
	c_write(vd, C_DEVICE_FEATURE_SEL, 0, 4);
	offered = c_read(vd, C_DEVICE_FEATURE, 4);
	c_write(vd, C_DEVICE_FEATURE_SEL, 1, 4);
	offered |= (uint64_t)c_read(vd, C_DEVICE_FEATURE, 4) << 32;
	vd->vd_features = offered & (wanted | VIRTIO_F_VERSION_1);
	c_write(vd, C_DRIVER_FEATURE_SEL, 0, 4);
	c_write(vd, C_DRIVER_FEATURE, vd->vd_features, 4);
	c_write(vd, C_DRIVER_FEATURE_SEL, 1, 4);
	c_write(vd, C_DRIVER_FEATURE, vd->vd_features >> 32, 4);
	set_status(vd, VIRTIO_STATUS_FEATURES_OK);
	if ((get_status(vd) & VIRTIO_STATUS_FEATURES_OK) == 0) {
		device_printf(vd->vd_dev, "the device refuses our features\n");
		return (ENXIO);
	}
	return (0);
}

uint8_t
virtio_config_1(struct virtio_dev *vd, int off)
{
	return (bus_read_1(vd->vd_config, vd->vd_config_off + off));
}

uint16_t
virtio_config_2(struct virtio_dev *vd, int off)
{
	return (bus_read_2(vd->vd_config, vd->vd_config_off + off));
}

uint32_t
virtio_config_4(struct virtio_dev *vd, int off)
{
	return (bus_read_4(vd->vd_config, vd->vd_config_off + off));
}

uint64_t
virtio_config_8(struct virtio_dev *vd, int off)
{
	uint64_t v, again;

	/* Two halves: read until they belong together. */
	again = virtio_config_4(vd, off) |
	    (uint64_t)virtio_config_4(vd, off + 4) << 32;
	do {
		v = again;
		again = virtio_config_4(vd, off) |
		    (uint64_t)virtio_config_4(vd, off + 4) << 32;
	} while (v != again);
	return (v);
}

int
virtio_max_vectors(struct virtio_dev *vd)
{
	return (vd->vd_msix ? pci_msix_count(vd->vd_dev) : 1);
}

/* Without MSI-X: reading the status takes the interrupt down. */
static void
shared_intr(void *arg)
{
	struct virtio_dev *vd = arg;
	int i;

	if ((bus_read_1(vd->vd_isr, vd->vd_isr_off) & 1) == 0)
		return;
	for (i = 0; i < vd->vd_nqueues; i++)
		vd->vd_handler(vd->vd_queue[i]->vq_intr);
}

static int
setup_vector(struct virtio_dev *vd, struct virtqueue *vq,
    driver_intr_t *handler, void *arg)
{
	int reg = vd->vd_modern ? C_QUEUE_MSIX : L_QUEUE_MSIX, error;

	error = pci_alloc_msix_vector(vd->vd_dev, vq->vq_index,
	    &vq->vq_irq_rid, vq->vq_index % ncpus);
	if (error != 0)
		return (error);
	vq->vq_irq = bus_alloc_resource_any(vd->vd_dev, SYS_RES_IRQ,
	    &vq->vq_irq_rid, RF_ACTIVE);
	if (vq->vq_irq == NULL)
		return (ENXIO);
	error = bus_setup_intr(vd->vd_dev, vq->vq_irq, INTR_MPSAFE, handler,
	    arg, &vq->vq_intr, NULL);
	if (error != 0)
		return (error);
	c_write(vd, reg, vq->vq_index, 2);
	if (c_read(vd, reg, 2) != (uint32_t)vq->vq_index)
		return (ENOMEM);
	return (0);
}

/* Tell the device where the queue is; it is the selected one. */
static void
announce_queue(struct virtio_dev *vd, struct virtqueue *vq)
{
	bus_addr_t base = vq->vq_mem.dmem_busaddr;
	char *virt = vq->vq_mem.dmem_addr;

	if (!vd->vd_modern) {
		vq->vq_notify = vd->vd_doorbell_off;
		c_write(vd, L_QUEUE_PFN, base >> PAGE_SHIFT, 4);
		return;
	}
	vq->vq_notify = vd->vd_doorbell_off +
	    c_read(vd, C_QUEUE_NOTIFY_OFF, 2) * vd->vd_doorbell_mult;
	c_write(vd, C_QUEUE_SIZE, vq->vq_size, 2);
	c_write_8(vd, C_QUEUE_DESC, base);
	c_write_8(vd, C_QUEUE_DRIVER, base + ((char *)vq->vq_avail - virt));
	c_write_8(vd, C_QUEUE_DEVICE, base + ((char *)vq->vq_used - virt));
	c_write(vd, C_QUEUE_ENABLE, 1, 2);
}

static int
make_queue(struct virtio_dev *vd, int i, driver_intr_t *handler, void *arg)
{
	struct virtqueue *vq;
	int size, error;

	c_write(vd, vd->vd_modern ? C_QUEUE_SELECT : L_QUEUE_SELECT, i, 2);
	size = c_read(vd, vd->vd_modern ? C_QUEUE_SIZE : L_QUEUE_SIZE, 2);
	if (size == 0 || (size & (size - 1)) != 0)
		return (ENXIO);
	error = virtqueue_create(vd, i, size, &vq);
	if (error != 0)
		return (error);
	vd->vd_queue[vd->vd_nqueues++] = vq;
	if (vd->vd_msix)
		error = setup_vector(vd, vq, handler, arg);
	else
		vq->vq_intr = arg;
	if (error == 0)
		announce_queue(vd, vq);
	return (error);
}

int
virtio_alloc_queues(struct virtio_dev *vd, int n, driver_intr_t *handler,
    void **args)
{
	int i, error = 0;

	vd->vd_queue = kmalloc(n * sizeof(*vd->vd_queue), M_VIRTIO,
	    M_WAITOK | M_ZERO);
	if (vd->vd_msix) {
		pci_enable_msix(vd->vd_dev);
		c_write(vd, vd->vd_modern ? C_MSIX_CONFIG : L_MSIX_CONFIG,
		    NO_VECTOR, 2);
	}
	for (i = 0; i < n && error == 0; i++)
		error = make_queue(vd, i, handler, args[i]);
	if (error != 0 || vd->vd_msix)
		return (error);
	vd->vd_handler = handler;
	vd->vd_irq = bus_alloc_resource_any(vd->vd_dev, SYS_RES_IRQ,
	    &vd->vd_irq_rid, RF_ACTIVE | RF_SHAREABLE);
	if (vd->vd_irq == NULL)
		return (ENXIO);
	return (bus_setup_intr(vd->vd_dev, vd->vd_irq, INTR_MPSAFE,
	    shared_intr, vd, &vd->vd_intr, NULL));
}

void
virtio_ready(struct virtio_dev *vd)
{
	set_status(vd, VIRTIO_STATUS_DRIVER_OK);
}

void
virtio_notify(struct virtqueue *vq)
{
	struct virtio_dev *vd = vq->vq_dev;

	bus_write_2(vd->vd_doorbell, vq->vq_notify, vq->vq_index);
}

void
virtio_pci_detach(struct virtio_dev *vd)
{
	struct virtqueue *vq;
	device_t dev = vd->vd_dev;
	int i;

	if (vd->vd_common != NULL)
		reset(vd);
	if (vd->vd_intr != NULL)
		bus_teardown_intr(dev, vd->vd_irq, vd->vd_intr);
	if (vd->vd_irq != NULL)
		bus_release_resource(dev, SYS_RES_IRQ, vd->vd_irq_rid,
		    vd->vd_irq);
	for (i = 0; i < vd->vd_nqueues; i++) {
		vq = vd->vd_queue[i];
		if (vq->vq_irq != NULL) {
			if (vq->vq_intr != NULL)
				bus_teardown_intr(dev, vq->vq_irq,
				    vq->vq_intr);
			bus_release_resource(dev, SYS_RES_IRQ,
			    vq->vq_irq_rid, vq->vq_irq);
		}
		virtqueue_destroy(vq);
	}
	kfree(vd->vd_queue, M_VIRTIO);
	pci_teardown_msix(dev);
	for (i = 0; i < 6; i++) {
		if (vd->vd_bar[i] != NULL)
			bus_release_resource(dev, vd->vd_bar[i]->r_type,
			    PCIR_BAR(i), vd->vd_bar[i]);
	}
	memset(vd, 0, sizeof(*vd));
}
