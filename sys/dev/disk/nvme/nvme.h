/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nvme: NVM Express controllers and their namespaces, /dev/nvme*.  Section
 * numbers and values are those of the NVM Express Base Specification 1.4.
 *
 *	nvme.c		attaching, the controller's life
 *	nvme_queue.c	queues, commands, interrupts
 *	nvme_disk.c	namespaces as disks
 *
 * There is a pair of queues for administration and as many more as the
 * controller gives, one for each CPU at best, with an interrupt of its own
 * there.  A command stays on the queue of the CPU that issued it.
 *
 * Locks: (q) q_spin; (I) immutable after attach.
 */
#ifndef _DEV_DISK_NVME_H_
#define _DEV_DISK_NVME_H_

#include <sys/param.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/callout.h>
#include <sys/disk.h>
#include <sys/rman.h>
#include <sys/spinlock.h>

/* 3.1: registers. */
#define NVME_CAP		0x00	/* 64 bits */
#define NVME_CC			0x14
#define NVME_CSTS		0x1c
#define NVME_AQA		0x24
#define NVME_ASQ		0x28	/* 64 bits */
#define NVME_ACQ		0x30	/* 64 bits */
#define NVME_DOORBELLS		0x1000

#define NVME_CAP_MQES(c)	((int)((c) & 0xffff) + 1)
#define NVME_CAP_TO(c)		((int)((c) >> 24 & 0xff) * 500)	/* ms */
#define NVME_CAP_DSTRD(c)	(4 << ((c) >> 32 & 0xf))
#define NVME_CAP_MPSMIN(c)	(12 + (int)((c) >> 48 & 0xf))
#define NVME_CC_ENABLE		0x00000001
#define NVME_CC_SHUTDOWN	0x00004000	/* normal */
#define NVME_CC_SHUTDOWN_MASK	0x0000c000
#define NVME_CC_SQES		(6 << 16)	/* entries of 64 bytes */
#define NVME_CC_CQES		(4 << 20)	/* of 16 */
#define NVME_CSTS_READY		0x1
#define NVME_CSTS_FATAL		0x2
#define NVME_CSTS_SHUT_MASK	0xc
#define NVME_CSTS_SHUT_DONE	0x8

/* 4.2: a submission queue entry. */
struct nvme_cmd {
	uint8_t		opcode, flags;
	uint16_t	cid;
	uint32_t	nsid;
	uint64_t	reserved, metadata;
	uint64_t	prp1, prp2;
	uint32_t	cdw10, cdw11, cdw12, cdw13, cdw14, cdw15;
};

/* 4.6: a completion queue entry. */
struct nvme_cqe {
	uint32_t	dw0, dw1;
	uint16_t	sqhead, sqid, cid;
	uint16_t	status;		/* bit 0: phase */
};
#define NVME_PHASE		0x0001
#define NVME_STATUS(s)		((s) >> 1 & 0x7ff)	/* type and code */
#define NVME_DNR		0x8000			/* do not retry */

/* 5: administration. */
#define NVME_CREATE_SQ		0x01
#define NVME_CREATE_CQ		0x05
#define NVME_IDENTIFY		0x06
#define NVME_SET_FEATURES	0x09
#define NVME_FEATURE_QUEUES	0x07
#define NVME_CNS_NAMESPACE	0
#define NVME_CNS_CONTROLLER	1
#define NVME_CNS_LIST		2
#define NVME_Q_CONTIGUOUS	0x1
#define NVME_CQ_INTERRUPTS	0x2

/* 6: commands of the NVM command set. */
#define NVME_FLUSH		0x00
#define NVME_WRITE		0x01
#define NVME_READ		0x02
#define NVME_DSM		0x09
#define NVME_DSM_DEALLOCATE	0x4
#define NVME_RW_FUA		0x40000000	/* cdw12 */

/* 5.15.2: IDENTIFY data, by offset. */
#define NVME_ID_SERIAL		4	/* 20 characters */
#define NVME_ID_MODEL		24	/* 40 */
#define NVME_ID_FIRMWARE	64	/* 8 */
#define NVME_ID_MDTS		77	/* log2 of pages; 0: no limit */
#define NVME_ID_ONCS		520
#define NVME_ONCS_DSM		0x0004
#define NVME_ID_VWC		525	/* bit 0: a volatile cache */
#define NVME_NS_SIZE		0	/* blocks */
#define NVME_NS_FLBAS		26
#define NVME_NS_LBAF(n)		(128 + 4 * (n))	/* byte 2: log2 of size */

#define NVME_DEPTH		256	/* commands of a queue, at most */
#define NVME_MAX_SEGS		(MAXPHYS / PAGE_SIZE + 1)
#define NVME_LIST_BYTES		512	/* room for a command's PRP list */

struct nvme_softc;
struct nvme_queue;
struct nvme_req;

typedef void nvme_done_t(struct nvme_req *r, int status);

struct nvme_req {
	struct nvme_queue *r_queue;	/* (I) */
	struct nvme_req	*r_next;	/* (q) free */
	int		r_cid;		/* (I) */
	uint64_t	*r_list;	/* (I) PRP list, in q_lists */
	bus_addr_t	r_listpa;	/* (I) */
	bus_dmamap_t	r_map;		/* (I) */
	struct nvme_cmd	r_cmd;
	struct bio	*r_bio;
	nvme_done_t	*r_done;
	void		*r_arg;
	bool		r_mapped;	/* r_map is loaded */
	bool		r_write;	/* the device reads */
	bool		r_active;	/* (q) with the controller */
	int		r_deadline;	/* (q) ticks */
	int		r_status;	/* (q) for a waiter; -1: not yet */
	uint32_t	r_result;	/* (q) dw0 */
};

struct nvme_queue {
	struct nvme_softc *q_sc;	/* (I) */
	int		q_id;		/* (I) 0: administration */
	int		q_entries;	/* (I) */
	struct spinlock	q_spin;
	bus_dmamem_t	q_sqmem, q_cqmem, q_lists; /* (I) */
	struct nvme_cmd	*q_sq;		/* (I) */
	volatile struct nvme_cqe *q_cq;	/* (I) */
	int		q_tail;		/* (q) of the submission queue */
	int		q_head;		/* (q) of the completion queue */
	int		q_phase;	/* (q) */
	struct nvme_req	*q_reqs;	/* (I) */
	struct nvme_req	*q_free;	/* (q) */
	struct bio_queue_head q_bioq;	/* (q) no request was free */
	int		q_irq_rid;	/* (I) */
	struct resource	*q_irq;		/* (I) */
	void		*q_intr;	/* (I) */
};

/* A namespace. */
struct nvme_ns {
	struct nvme_softc *n_sc;	/* (I) */
	uint32_t	n_id;		/* (I) */
	int		n_unit;		/* (I) */
	int		n_blkshift;	/* (I) */
	uint64_t	n_blocks;	/* (I) */
	struct disk	n_disk;
	cdev_t		n_dev;		/* (I) */
	struct nvme_ns	*n_next;	/* (I) */
};

struct nvme_softc {
	device_t	sc_dev;		/* (I) */
	struct resource	*sc_regs;	/* (I) */
	uint64_t	sc_cap;		/* (I) */
	bool		sc_msix;	/* (I) */
	int		sc_irq_rid, sc_irq_type; /* (I) without MSI-X */
	struct resource	*sc_irq;	/* (I) */
	void		*sc_intr;	/* (I) */
	bus_dma_tag_t	sc_tag;		/* (I) */
	bus_dmamem_t	sc_scratch;	/* attach: a page of answers */
	struct nvme_queue *sc_admin;	/* (I) */
	struct nvme_queue **sc_io;	/* (I) */
	int		sc_nio;		/* (I) */
	int		sc_maxio;	/* (I) bytes */
	bool		sc_cache;	/* (I) flushes mean something */
	bool		sc_dsm;		/* (I) blocks can be given back */
	bool		sc_dead;	/* (a) */
	char		sc_serial[21];	/* (I) */
	struct nvme_ns	*sc_ns;		/* (I) */
	struct callout	sc_timer;
};

/* nvme_queue.c */
int	nvme_queue_new(struct nvme_softc *sc, int id, int entries,
	    struct nvme_queue **qp);
void	nvme_queue_free(struct nvme_queue *q);
void	nvme_queue_intr(void *arg);
/* A free request with its command zeroed, or NULL; q_spin held. */
struct nvme_req *nvme_req_get(struct nvme_queue *q);
void	nvme_req_put(struct nvme_req *r);
/* Hand r_cmd over; q_spin held. */
void	nvme_submit(struct nvme_req *r);
/* Run an administration command, sleeping; an errno. */
int	nvme_admin(struct nvme_softc *sc, const struct nvme_cmd *cmd,
	    uint32_t *result);
/* Commands that are late; those of a dead controller end. */
bool	nvme_queue_late(struct nvme_queue *q);
void	nvme_queue_fail(struct nvme_queue *q);

/* nvme_disk.c */
void	nvme_ns_attach(struct nvme_softc *sc, uint32_t nsid);
void	nvme_ns_detach(struct nvme_ns *ns);
/* Start bios that waited for a request; no lock held. */
void	nvme_start(struct nvme_queue *q);

#endif /* !_DEV_DISK_NVME_H_ */
