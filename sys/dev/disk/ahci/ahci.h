/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci: Serial ATA AHCI controllers (AHCI 1.3.1), with SATA disks (da) and
 * ATAPI CD and DVD drives (cd) behind them.
 *
 * ahci.c finds controllers and takes their interrupts; ahci_port.c runs
 * commands on a port; ahci_disk.c and ahci_cd.c turn bios into commands.
 * A command (struct ahci_ccb) is on one list of its port at a time: free,
 * queued, or active in a slot of the hardware.
 *
 * Locks: (p) ap_spin of the port; (c) whoever owns the ccb: its user while
 * it is neither queued nor active, the port code else; (I) immutable after
 * attach.
 */
#ifndef _DEV_DISK_AHCI_H_
#define _DEV_DISK_AHCI_H_

#include <sys/types.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/callout.h>
#include <sys/disk.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/stdbool.h>

/* Generic host control. */
#define AHCI_CAP		0x00
#define AHCI_CAP_NP(c)		((c) & 0x1f)
#define AHCI_CAP_NCS(c)		((c) >> 8 & 0x1f)
#define AHCI_CAP_SSS		0x08000000	/* staggered spin-up */
#define AHCI_CAP_S64A		0x80000000
#define AHCI_GHC		0x04
#define AHCI_GHC_HR		0x00000001
#define AHCI_GHC_IE		0x00000002
#define AHCI_GHC_AE		0x80000000
#define AHCI_IS			0x08
#define AHCI_PI			0x0c
#define AHCI_PORTS_MAX		32

/* Port registers. */
#define AHCI_PORT(n)		(0x100 + (n) * 0x80)
#define AHCI_PxCLB		0x00
#define AHCI_PxCLBU		0x04
#define AHCI_PxFB		0x08
#define AHCI_PxFBU		0x0c
#define AHCI_PxIS		0x10
#define AHCI_PxIE		0x14
#define AHCI_PxI_DHR		0x00000001	/* D2H register FIS */
#define AHCI_PxI_PS		0x00000002
#define AHCI_PxI_DS		0x00000004
#define AHCI_PxI_SDB		0x00000008
#define AHCI_PxI_PC		0x00000040	/* connect change */
#define AHCI_PxI_PRC		0x00400000	/* PhyRdy change */
#define AHCI_PxI_IF		0x08000000	/* interface fatal */
#define AHCI_PxI_HBD		0x10000000
#define AHCI_PxI_HBF		0x20000000
#define AHCI_PxI_TFE		0x40000000	/* task file error */
#define AHCI_PxI_ERRORS	\
	(AHCI_PxI_IF | AHCI_PxI_HBD | AHCI_PxI_HBF | AHCI_PxI_TFE)
#define AHCI_PxI_WANTED	\
	(AHCI_PxI_DHR | AHCI_PxI_PS | AHCI_PxI_DS | AHCI_PxI_SDB | \
	AHCI_PxI_ERRORS)
#define AHCI_PxCMD		0x18
#define AHCI_PxCMD_ST		0x00000001
#define AHCI_PxCMD_SUD		0x00000002
#define AHCI_PxCMD_POD		0x00000004
#define AHCI_PxCMD_CLO		0x00000008
#define AHCI_PxCMD_FRE		0x00000010
#define AHCI_PxCMD_CCS(c)	((c) >> 8 & 0x1f)
#define AHCI_PxCMD_FR		0x00004000
#define AHCI_PxCMD_CR		0x00008000
#define AHCI_PxCMD_ATAPI	0x01000000
#define AHCI_PxCMD_ICC_ACTIVE	0x10000000
#define AHCI_PxTFD		0x20
#define AHCI_TFD_ERR		0x01
#define AHCI_TFD_DRQ		0x08
#define AHCI_TFD_DF		0x20
#define AHCI_TFD_BSY		0x80
#define AHCI_PxSIG		0x24
#define AHCI_SIG_ATA		0x00000101
#define AHCI_SIG_ATAPI		0xeb140101
#define AHCI_PxSSTS		0x28
#define AHCI_SSTS_DET		0x0f
#define AHCI_SSTS_DET_PHY	0x03
#define AHCI_PxSCTL		0x2c
#define AHCI_SCTL_DET_INIT	0x01
#define AHCI_SCTL_IPM_NONE	0x300
#define AHCI_PxSERR		0x30
#define AHCI_PxCI		0x38

/* Command list entry, 4.2.2. */
struct ahci_cmd_hdr {
	uint16_t	flags;
#define AHCI_HDR_CFL		5		/* FIS length in dwords */
#define AHCI_HDR_ATAPI		0x0020
#define AHCI_HDR_WRITE		0x0040
	uint16_t	prdtl;
	volatile uint32_t prdbc;
	uint64_t	ctba;
	uint32_t	reserved[4];
};

struct ahci_prd {
	uint64_t	dba;
	uint32_t	reserved;
	uint32_t	dbc;			/* bytes - 1 */
};
#define AHCI_PRD_MAX		(4 * 1024 * 1024)

/* An unaligned transfer of MAXPHYS touches one page more. */
#define AHCI_NSEGS		(MAXPHYS / PAGE_SIZE + 1)

/* Command table, 4.2.3; to be aligned to 128 bytes. */
struct ahci_cmd_table {
	uint8_t		cfis[64];
	uint8_t		acmd[16];
	uint8_t		reserved[48];
	struct ahci_prd	prdt[AHCI_NSEGS];
} __attribute__((__aligned__(128)));

/* What the device wrote last, 4.2.1. */
struct ahci_rfis {
	uint8_t		dsfis[32];
	uint8_t		psfis[32];
	uint8_t		rfis[24];
	uint8_t		sdbfis[8];
	uint8_t		ufis[64];
	uint8_t		reserved[96];
};

#define AHCI_SLOTS_MAX		32

struct ahci_port_mem {
	struct ahci_cmd_hdr	hdr[AHCI_SLOTS_MAX];
	struct ahci_rfis	rfis;
	uint8_t			scratch[512];
	uint8_t			sense[128];
	struct ahci_cmd_table	table[AHCI_SLOTS_MAX];
};

struct ahci_port;
struct ahci_softc;

struct ahci_ccb {
	TAILQ_ENTRY(ahci_ccb) ccb_link;		/* (p) */
	struct ahci_port *ccb_port;		/* (I) */
	int		ccb_slot;		/* (I) */
	bus_dmamap_t	ccb_map;		/* (I) */
	/* The command: filled in by its user. */
	uint8_t		ccb_fis[20];		/* (c) host to device FIS */
	uint8_t		ccb_cdb[16];		/* (c) with CCB_ATAPI */
	void		*ccb_data;		/* (c) kernel address */
	int		ccb_len;		/* (c) bytes */
	int		ccb_flags;		/* (c) CCB_* */
	int		ccb_timeout;		/* (c) seconds */
	void		(*ccb_done)(struct ahci_ccb *);
	struct bio	*ccb_bio;		/* (c) for the user */
	int		ccb_retries;		/* (c) left */
	/* The result. */
	int		ccb_error;		/* (c) errno */
	int		ccb_xfer;		/* (c) bytes transferred */
	uint8_t		ccb_status;		/* (c) task file */
	uint8_t		ccb_errreg;		/* (c) */
	int		ccb_deadline;		/* (p) ticks */
};

/* ccb_flags */
#define CCB_ATAPI	0x01
#define CCB_WRITE	0x02
#define CCB_DONE	0x04	/* for ahci_run() */
#define CCB_SENSE	0x10	/* asks a held port why the last one failed */

TAILQ_HEAD(ahci_ccb_list, ahci_ccb);

struct ahci_port {
	struct ahci_softc *ap_sc;	/* (I) */
	int		ap_num;		/* (I) */
	struct spinlock	ap_spin;
	bus_dmamem_t	ap_dmem;	/* (I) */
	struct ahci_port_mem *ap_mem;	/* (p) shared with the device */
	struct ahci_ccb	*ap_ccbs;	/* (I) one for each slot */
	int		ap_nccbs;	/* (I) */
	struct ahci_ccb_list ap_free;	/* (p) */
	struct ahci_ccb_list ap_queue;	/* (p) to be issued */
	struct ahci_ccb	*ap_slot[AHCI_SLOTS_MAX]; /* (p) active */
	uint32_t	ap_active;	/* (p) mask of ap_slot */
	struct bio_queue_head ap_bioq;	/* (p) waiting for a ccb */
	void		(*ap_start_bio)(struct ahci_port *, struct ahci_ccb *,
			    struct bio *); /* (I) */
	struct callout	ap_timer;
	bool		ap_dead;	/* (p) no more commands */
	bool		ap_hold;	/* (p) ATAPI error: only CCB_SENSE */
	uint32_t	ap_sig;		/* (I) */
	/* The unit on the port. */
	int		ap_unit;	/* (I) */
	struct disk	ap_disk;
	cdev_t		ap_dev;		/* (I) NULL: no unit */
	uint16_t	ap_identify[256]; /* (I) */
	uint64_t	ap_blocks;	/* (p) of the medium; 0: none */
	int		ap_secsize;	/* (p) bytes */
	bool		ap_lba48;	/* (I) */
	bool		ap_fua;		/* (I) */
	bool		ap_flush;	/* (I) */
};

struct ahci_softc {
	device_t	sc_dev;		/* (I) */
	struct resource	*sc_regs;	/* (I) */
	struct resource	*sc_irq;	/* (I) */
	int		sc_irq_rid;
	int		sc_irq_type;
	void		*sc_intr;
	uint32_t	sc_cap;		/* (I) */
	uint32_t	sc_pi;		/* (I) ports implemented */
	int		sc_nslots;	/* (I) */
	bus_dma_tag_t	sc_tag;		/* (I) data */
	struct ahci_port *sc_port[AHCI_PORTS_MAX]; /* (I) NULL: none */
};

static __inline uint32_t
ahci_read(struct ahci_softc *sc, int reg)
{
	return (bus_read_4(sc->sc_regs, reg));
}

static __inline void
ahci_write(struct ahci_softc *sc, int reg, uint32_t v)
{
	bus_write_4(sc->sc_regs, reg, v);
}

static __inline uint32_t
ahci_pread(struct ahci_port *ap, int reg)
{
	return (ahci_read(ap->ap_sc, AHCI_PORT(ap->ap_num) + reg));
}

static __inline void
ahci_pwrite(struct ahci_port *ap, int reg, uint32_t v)
{
	ahci_write(ap->ap_sc, AHCI_PORT(ap->ap_num) + reg, v);
}

/* ahci_port.c */
int	ahci_port_init(struct ahci_softc *sc, int num);
/* After the link had time to come up: what is there?  Starts the port. */
int	ahci_port_identify_link(struct ahci_port *ap);
void	ahci_port_free(struct ahci_port *ap);
void	ahci_port_intr(struct ahci_port *ap);
bool	ahci_port_linked(struct ahci_port *ap);
/* A free ccb, or NULL; give back what ran and is done. */
struct ahci_ccb *ahci_ccb_get(struct ahci_port *ap);
void	ahci_ccb_put(struct ahci_ccb *ccb);
void	ahci_submit(struct ahci_ccb *ccb);
/* Run and wait; returns an errno.  ccb is the caller's to put. */
int	ahci_run(struct ahci_ccb *ccb);
/* Queue a bio for ap_start_bio; starts what can be started. */
void	ahci_queue_bio(struct ahci_port *ap, struct bio *bio);
void	ahci_start(struct ahci_port *ap);
void	ahci_wait_ms(int ms);

/* No sense will be asked for after all. */
void	ahci_unhold(struct ahci_port *ap);

/* ahci_disk.c, ahci_cd.c: the unit found on a port. */
int	ahci_disk_attach(struct ahci_port *ap);
int	ahci_cd_attach(struct ahci_port *ap);
void	ahci_identify_string(const uint16_t *words, int count, char *buf);

#endif /* !_DEV_DISK_AHCI_H_ */
