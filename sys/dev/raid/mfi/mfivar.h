/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: what the files of the driver share.  README.md says which does what.
 *
 * A command is one of a pool as large as the firmware allows.  It has a frame
 * and room for sense data that the controller reads and writes; on
 * Thunderbolt controllers a request and a list besides.  Whoever takes a
 * command from the pool owns it until it is submitted, and again once it is
 * done.
 *
 * Locks: (s) sc_spin; (l) sc_lock, which is held around changes of the list
 * of disks and sleeps; (I) immutable after attach; (o) the command's owner;
 * (a) atomic; (t) the thread of events only.
 */
#ifndef _DEV_RAID_MFI_MFIVAR_H_
#define _DEV_RAID_MFI_MFIVAR_H_

#include <sys/param.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/callout.h>
#include <sys/disk.h>
#include <sys/event.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/rman.h>
#include <sys/spinlock.h>
#include <sys/sysctl.h>

#include <dev/raid/mfi/mfireg.h>

#define MFI_SECTOR_SHIFT	9
#define MFI_MAX_SEGS	(MAXPHYS / PAGE_SIZE + 1)
#define MFI_RESERVED	2	/* commands that disks leave to the others */
#define MFI_RETRIES	3	/* of a command, by resets of the controller */
#define MFI_MAX_DCMD	(1024 * 1024)	/* bytes of a user's buffer */

struct mfi_cmd;
struct mfi_disk;
struct mfi_ioc_packet;
struct mfi_softc;

typedef void mfi_done_t(struct mfi_cmd *cmd);

/*
 * What differs between controllers (1.1, 17).  All functions are called with
 * sc_spin held or before anybody else can reach the controller.
 */
struct mfi_family {
	const char	*name;
	int		bar;		/* offset in configuration space */
	int		state_reg;	/* MFI_OMSG0 or MFI_OSP0 */
	int		idb;		/* doorbell */
	uint32_t	idb_ready;	/* from OPERATIONAL to READY */
	int		seq_reg, diag_reg; /* 0: reset by the doorbell */
	const uint8_t	*seq;		/* unlocks the reset; ends with 0xff */
	int		reset_ms;	/* until the reset has begun */
	bool		ieee;		/* format of disk I/O's lists */
	bool		tbolt;
	bool		syspds;		/* may have drives outside volumes */
	uint32_t	mask;		/* OMSK: interrupts wanted */
	bool		clear_first;	/* acknowledge before unmasking */
	uint32_t	reply_bit;	/* OSTS */
	uint32_t	state_bit;	/* OSTS: the state changed */
	int		ack_reg;
	void		(*post)(struct mfi_softc *sc, struct mfi_cmd *cmd);
};

enum mfi_kind {
	MFI_KIND_FRAME,			/* the frame says it all */
	MFI_KIND_RAID,			/* a Thunderbolt request, READ/WRITE */
	MFI_KIND_RAID_SCSI,		/* the same, other commands */
};

enum mfi_state {
	MFI_ATTACHING,
	MFI_RUNNING,
	MFI_RESETTING,
	MFI_DEAD,
};

struct mfi_cmd {
	TAILQ_ENTRY(mfi_cmd) c_link;	/* (s) free, busy */
	struct mfi_softc *c_sc;		/* (I) */
	uint32_t	c_index;	/* (I) */
	uint32_t	c_context;	/* (s) differs each time */
	bool		c_active;	/* (s) with the controller */
	bool		c_timed;	/* (o) c_deadline counts */
	bool		c_late;		/* (s) reported */
	int		c_deadline;	/* (s) ticks */
	int		c_resets;	/* (s) that it has seen */
	struct mfi_frame_header *c_frame; /* (I) */
	bus_addr_t	c_framepa;	/* (I) */
	uint8_t		*c_sense;	/* (I) */
	bus_addr_t	c_sensepa;	/* (I) */
	uint8_t		*c_request;	/* (I) Thunderbolt, 256 bytes */
	struct mfi_sg_ieee *c_chain;	/* (I) */
	bus_addr_t	c_chainpa;	/* (I) */
	enum mfi_kind	c_kind;		/* (o) */
	int		c_extra;	/* (o) frames its list takes besides */
	uint8_t		c_status;	/* (s) then (o), once done */
	uint8_t		c_scsi_status;
	uint8_t		c_sense_len;
	bus_dmamap_t	c_map;		/* (I) */
	bool		c_mapped;	/* (o) */
	bool		c_write;	/* (o) the controller reads */
	bool		c_flushing;	/* (o) second half of a FUA write */
	struct bio	*c_bio;		/* (o) */
	struct mfi_disk	*c_disk;	/* (o) */
	mfi_done_t	*c_done;	/* (o) */
	void		*c_arg;		/* (o) */
};

TAILQ_HEAD(mfi_cmd_list, mfi_cmd);

/* A disk: a volume, or a drive that the controller shows as it is. */
struct mfi_disk {
	TAILQ_ENTRY(mfi_disk) d_link;	/* (l) */
	struct mfi_softc *d_sc;		/* (I) */
	bool		d_syspd;	/* (I) */
	uint16_t	d_id;		/* (I) target or device */
	int		d_unit;		/* (I) */
	char		d_name[32];	/* (I) of the node */
	uint64_t	d_sectors;	/* (I) */
	int		d_maxio;	/* (I) bytes */
	bool		d_open;		/* (l) */
	bool		d_disabled;	/* (l) about to be deleted */
	bool		d_gone;		/* (s) */
	bool		d_noflush;	/* (a) it refuses to flush */
	int		d_inflight;	/* (s) bios queued or under way */
	struct disk	d_disk;
	cdev_t		d_dev;		/* (I) */
};

struct mfi_softc {
	device_t	sc_dev;		/* (I) */
	const struct mfi_family *sc_family; /* (I) */
	struct resource	*sc_regs;	/* (I) */
	struct resource	*sc_irq;	/* (I) */
	int		sc_irq_rid, sc_irq_type; /* (I) */
	bool		sc_msix;	/* (I) */
	bool		sc_message;	/* (I) interrupts are messages */
	void		*sc_intr;	/* (I) */

	struct spinlock	sc_spin;
	enum mfi_state	sc_state;	/* (s) */
	struct mfi_cmd	*sc_cmds;	/* (I) */
	int		sc_ncmds;	/* (I) */
	int		sc_nsge;	/* (I) of a command */
	struct mfi_cmd_list sc_free;	/* (s) */
	int		sc_nfree;	/* (s) */
	struct mfi_cmd_list sc_busy;	/* (s) in order of submission */
	int		sc_nbusy;	/* (s) */
	int		sc_maxbusy;	/* (s) */
	int		sc_maxbio;	/* (s) */
	int		sc_nbio;	/* (s) */
	struct bio_queue_head sc_bioq;	/* (s) waiting for a command */
	uint32_t	sc_strays;	/* (s) replies nobody asked for */

	/* The reply ring (5) or, for Thunderbolt, descriptors (17.6). */
	bus_dmamem_t	sc_comms;	/* (I) */
	volatile uint32_t *sc_producer, *sc_consumer; /* (I) */
	volatile uint32_t *sc_ring;	/* (I) */
	volatile uint64_t *sc_replies;	/* (I) Thunderbolt */
	uint32_t	sc_entries;	/* (I) */
	uint32_t	sc_next;	/* (s) entry to look at */
	bus_dmamem_t	sc_frames, sc_senses, sc_requests, sc_chains; /* (I) */
	bus_dmamem_t	sc_initmem;	/* (I) frame and message of INIT */
	int		sc_framesize;	/* (I) bytes of a command's frames */
	bus_dma_tag_t	sc_tag;		/* (I) data */
	bus_dmamem_t	sc_dummy;	/* (I) data of commands without */

	uint32_t	sc_max_sectors;	/* (I) of an I/O */
	bool		sc_noreset;	/* (I) the firmware forbids it */

	struct lock	sc_lock;
	TAILQ_HEAD(, mfi_disk) sc_disks; /* (l) */
	int		sc_keep_deleted; /* sysctl */
	int		sc_delete_busy;	/* sysctl */
	struct sysctl_ctx_list sc_sysctl;

	/* The controller's threads and what they are asked for. */
	int		sc_threads;	/* (s) that live */
	u_int		sc_wanted;	/* (s) MFI_WANT_* */
	struct callout	sc_timer;
	uint32_t	sc_next_seq;	/* (t) */
	uint32_t	sc_evt_class;	/* (s) locale | class << 24 wanted */
	struct mfi_cmd	*sc_evt_cmd;	/* (t) EVENT_WAIT under way */
	bus_dmamem_t	sc_evtmem;	/* (I) its answer */

	cdev_t		sc_cdev;	/* (I) */
	int		sc_opens;	/* (l) of the control device */
	struct kqinfo	sc_kq;		/* waiters for events */
	bool		sc_aen_armed;	/* (s) somebody registered */
	bool		sc_aen_fired;	/* (s) an event came */
};

/* For the thread of resets: */
#define MFI_WANT_RECOVER	0x01
#define MFI_WANT_QUIT		0x02
/* for the thread of events. */
#define MFI_WANT_EVENT		0x04	/* EVENT_WAIT has ended */
#define MFI_WANT_REARM		0x08	/* with another class */
#define MFI_WANT_EXIT		0x10

/* mfi_pci.c: everything that touches the hardware */
uint32_t mfi_read(struct mfi_softc *sc, int reg);
void	mfi_write(struct mfi_softc *sc, int reg, uint32_t v);
uint32_t mfi_config_read(struct mfi_softc *sc, int reg);
void	mfi_config_write(struct mfi_softc *sc, int reg, uint32_t v);
/* Let time pass: asleep where that is possible. */
void	mfi_pause(struct mfi_softc *sc, int ms);
extern int mfi_cmd_timeout, mfi_max_cmds, mfi_event_class, mfi_event_locale;
extern int mfi_detect_jbod;

/* mfi_family.c */
extern const struct mfi_family mfi_xscale, mfi_1078, mfi_gen2, mfi_skinny,
    mfi_thunderbolt;
void	mfi_intr_enable(struct mfi_softc *sc);
void	mfi_intr_disable(struct mfi_softc *sc);
/* Acknowledge; false: the interrupt is another device's. */
bool	mfi_intr_claim(struct mfi_softc *sc);

/* mfi_fw.c */
uint32_t mfi_fw_status(struct mfi_softc *sc);	/* the state register */
/* Bring the firmware to READY (3); ENXIO. */
int	mfi_fw_ready(struct mfi_softc *sc);
/* Tell it of the queue (4, 17.2); an errno. */
int	mfi_fw_init(struct mfi_softc *sc);
/* From any state to READY, by a reset; an errno. */
int	mfi_fw_reset(struct mfi_softc *sc);
/* Sizes from what the firmware says, memory, the pool of commands. */
int	mfi_alloc(struct mfi_softc *sc);
void	mfi_free(struct mfi_softc *sc);

/* mfi_cmd.c */
/* A command, cleared, or NULL; sc_spin held.  spare: leave some. */
struct mfi_cmd *mfi_cmd_get(struct mfi_softc *sc, int spare);
void	mfi_cmd_put(struct mfi_cmd *cmd);
/* Back to the pool, for a bio that may be waiting; no lock held. */
void	mfi_cmd_release(struct mfi_cmd *cmd);
/* Sleep until there is one; NULL once the controller is dead. */
struct mfi_cmd *mfi_cmd_wait(struct mfi_softc *sc);
/* Hand it over; sc_spin held, sc_state MFI_RUNNING or MFI_ATTACHING. */
void	mfi_submit(struct mfi_cmd *cmd);
/* The same, and wait without interrupts; ETIMEDOUT. */
int	mfi_poll(struct mfi_cmd *cmd, int seconds);
/* Run it to its end, asleep; the firmware's status. */
uint8_t	mfi_run(struct mfi_cmd *cmd);
void	mfi_intr(void *arg);
/* End those that the controller has finished. */
void	mfi_process_replies(struct mfi_softc *sc);
/* Put segments into a list; the flags they need in the frame. */
uint16_t mfi_put_sgl(void *sgl, const bus_dma_segment_t *segs, int n,
	    bool ieee);
/* Frames the list takes besides the first, at most 7 (6). */
int	mfi_extra_frames(int header, int n, bool ieee);
/* After a reset: what was under way begins again, or fails; it runs. */
void	mfi_resubmit(struct mfi_softc *sc);
void	mfi_fail_all(struct mfi_softc *sc);
bool	mfi_check_late(struct mfi_softc *sc);

/* mfi_dcmd.c: asking the firmware, asleep */
#define MFI_MBOX(...)	((const uint8_t [MFI_MBOX_SIZE]){ __VA_ARGS__ })
/*
 * flags: MFI_FRAME_READ, _WRITE.  mbox may be NULL.  An errno, EIO with
 * *status set if the firmware refused.
 */
int	mfi_dcmd(struct mfi_softc *sc, uint32_t opcode, const uint8_t *mbox,
	    void *buf, size_t len, uint16_t flags, uint8_t *status);
/* A frame somebody else made: only context, list and flags are ours. */
int	mfi_dcmd_frame(struct mfi_softc *sc, struct mfi_dcmd_frame *frame,
	    void *buf, size_t len);
/* Abort a command under way (13); an errno. */
int	mfi_abort(struct mfi_softc *sc, struct mfi_cmd *victim);
int	mfi_get_info(struct mfi_softc *sc);
void	mfi_shutdown_firmware(struct mfi_softc *sc);

/* mfi_tbolt.c */
/* Before each submission. */
void	mfi_tbolt_prepare(struct mfi_cmd *cmd);
void	mfi_tbolt_post(struct mfi_softc *sc, struct mfi_cmd *cmd);
int	mfi_tbolt_init(struct mfi_softc *sc);
struct mfi_cmd *mfi_tbolt_next(struct mfi_softc *sc);
void	mfi_tbolt_fill(struct mfi_cmd *cmd, uint16_t target,
	    const uint8_t *cdb, int cdblen, const bus_dma_segment_t *segs,
	    int n, uint32_t bytes);

/* mfi_io.c: reading, writing, flushing as frames */
void	mfi_fill_rw(struct mfi_cmd *cmd, const struct mfi_disk *d,
	    uint64_t lba, uint32_t count, bool write,
	    const bus_dma_segment_t *segs, int n);
void	mfi_fill_sync(struct mfi_cmd *cmd, const struct mfi_disk *d);

/* mfi_disk.c */
/* Attach volumes and drives that have no disk yet; sc_lock held. */
void	mfi_scan_volumes(struct mfi_softc *sc);
void	mfi_scan_syspds(struct mfi_softc *sc);
struct mfi_disk *mfi_disk_find(struct mfi_softc *sc, bool syspd, int id);
/* Make the disk go; sc_lock held, and released for a while. */
void	mfi_disk_detach(struct mfi_disk *d);
/* Start bios that wait; no lock held. */
void	mfi_start(struct mfi_softc *sc);
/* End bios that wait, of d or (NULL) of all. */
void	mfi_drop_bios(struct mfi_softc *sc, struct mfi_disk *d, int error);

/* mfi_event.c */
void	mfi_event_thread(void *arg);
/* Somebody wants events of this class and locale (10.3). */
void	mfi_event_register(struct mfi_softc *sc, uint32_t class_locale);

/* mfi_recover.c */
void	mfi_recovery_thread(void *arg);
/* Start the threads and the watch over late commands; an errno. */
int	mfi_threads_start(struct mfi_softc *sc);
void	mfi_threads_stop(struct mfi_softc *sc);
void	mfi_thread_exit(struct mfi_softc *sc);
/* Ask the threads for something. */
void	mfi_want(struct mfi_softc *sc, u_int what);
/* Sleep until some of those are wanted, and take them. */
u_int	mfi_wait_wanted(struct mfi_softc *sc, u_int which);

/* mfi_ctl.c, mfi_ioctl.c */
int	mfi_ctl_attach(struct mfi_softc *sc);
void	mfi_ctl_detach(struct mfi_softc *sc);
int	mfi_raw_frame(struct mfi_softc *sc, struct mfi_ioc_packet *p);
/* Before and after commands that change the configuration (12). */
int	mfi_config_begin(struct mfi_softc *sc,
	    const struct mfi_dcmd_frame *frame, bool *locked);
void	mfi_config_end(struct mfi_softc *sc,
	    const struct mfi_dcmd_frame *frame, bool locked, bool done);

#endif /* !_DEV_RAID_MFI_MFIVAR_H_ */
