/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The firmware, and the kernel around the driver: memory below 4 GB whose bus
 * addresses are its addresses, sleeping that runs the interrupt.
 */
#include <sys/kthread.h>
#include <sys/malloc.h>
#include <machine/clock.h>

#include "model.h"

void	*malloc(size_t size);
void	*mmap(void *addr, size_t len, int prot, int flags, int fd, long off);
int	munmap(void *addr, size_t len);
void	free(void *p);
void	abort(void) __dead2;
int	puts(const char *s);

struct model m;
int ticks, hz = 100;
time_t time_second;
struct malloc_type M_TEMP[1];
const char *panicstr;
int mfi_cmd_timeout = 30, mfi_max_cmds, mfi_detect_jbod = 1;
void *model_exit[5];		/* where a thread that ends goes */

void
model_check(int good, const char *what)
{
	if (!good) {
		puts(what);
		abort();
	}
}

/* --- the kernel --- */

int
bus_dmamem_coherent(bus_dma_tag_t parent, bus_size_t alignment,
    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
    bus_size_t size, int flags, bus_dmamem_t *mem)
{
	/* PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_32BIT */
	mem->dmem_addr = mmap(NULL, size, 3, 0x62, -1, 0);
	mem->dmem_busaddr = (bus_addr_t)mem->dmem_addr;
	mem->dmem_map = (bus_dmamap_t)size;
	model_check(mem->dmem_busaddr >> 32 == 0, "memory below 4 GB");
	return (0);
}

void
bus_dmamem_coherent_free(bus_dmamem_t *mem)
{
	munmap(mem->dmem_addr, (size_t)mem->dmem_map);
}

int
bus_dma_tag_create(bus_dma_tag_t parent, bus_size_t alignment,
    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
    bus_size_t maxsize, int nsegments, bus_size_t maxsegsz, int flags,
    bus_dma_tag_t *tagp)
{
	return (0);
}

int
bus_dmamap_create(bus_dma_tag_t tag, int flags, bus_dmamap_t *mapp)
{
	return (0);
}

int bus_dma_tag_destroy(bus_dma_tag_t tag) { return (0); }
int bus_dmamap_destroy(bus_dma_tag_t tag, bus_dmamap_t map) { return (0); }
void bus_dmamap_unload(bus_dma_tag_t tag, bus_dmamap_t map) { }
void bus_dmamap_sync(bus_dma_tag_t t, bus_dmamap_t p, bus_dmasync_op_t o) { }
bus_dma_tag_t bus_get_dma_tag(device_t dev) { return (NULL); }
int device_printf(device_t dev, const char *fmt, ...) { return (0); }
const char *device_get_nameunit(device_t dev) { return ("mfi0"); }
void malloc_init(void *type) { }
void malloc_uninit(void *type) { }
void wakeup(const volatile void *ident) { }
void callout_reset(struct callout *c, int t, void (*f)(void *), void *a) { }
int callout_stop(struct callout *c) { return (0); }
void mfi_start(struct mfi_softc *sc) { }
void mfi_drop_bios(struct mfi_softc *sc, struct mfi_disk *d, int error) { }
void mfi_event_thread(void *arg) { }
void DELAY(int us) { m.now_ms += 1; }

size_t
strlcpy(char *to, const char *from, size_t size)
{
	size_t n = strlen(from);

	model_check(n < size, "a string fits");
	memcpy(to, from, n + 1);
	return (n);
}

void *
kmalloc(size_t size, struct malloc_type *type, int flags)
{
	void *p = malloc(size);

	return (memset(p, 0, size));
}

void
kfree(void *p, struct malloc_type *type)
{
	free(p);
}

int
kthread_create(void (*func)(void *), void *arg, struct thread **td,
    const char *fmt, ...)
{
	return (0);
}

void
kthread_exit(void)
{
	__builtin_longjmp(model_exit, 1);
}

/* Whoever sleeps waits for the interrupt; or, idle, for the end. */
int
ssleep(const volatile void *ident, struct spinlock *s, int flags,
    const char *wmesg, int timo)
{
	struct mfi_softc *sc = &m.sc;

	if (ident == &sc->sc_wanted) {
		sc->sc_wanted |= MFI_WANT_QUIT;
		return (0);
	}
	spin_unlock(s);
	mfi_intr(sc);
	spin_lock(s);
	if (timo == 0 && m.silent)
		model_check(0, "nobody will wake this sleeper");
	return (0);
}

/* --- firmware: replies --- */

void
model_reply(uint64_t what)
{
	if (m.sc.sc_family->tbolt) {
		((uint64_t *)m.ring)[m.next] = what;
		m.next = (m.next + 1) % m.entries;
		return;
	}
	((uint32_t *)m.ring)[m.next] = what;
	m.next = (m.next + 1) % m.maxcmd;
	*(uint32_t *)m.producer = m.next;
}

static void
complete(struct mfi_frame_header *f, uint8_t status)
{
	f->cmd_status = status;
	if (m.ring == 0 || m.sc.sc_family->tbolt)
		return;
	if ((f->flags & MFI_FRAME_DONT_POST) == 0 || m.posts_polled)
		model_reply(f->context);
}

/* --- firmware: commands --- */

static void
move(uint64_t lba, bool write, const bus_dma_segment_t *segs, int n)
{
	uint8_t *at = m.disk + lba % DISK_SECTORS * 512;
	int i;

	m.last_lba = lba;
	m.last_segs = n;
	for (i = 0; i < n; i++) {
		model_check(at + segs[i].ds_len <= m.disk + sizeof(m.disk),
		    "a transfer lies within the disk");
		if (write)
			memcpy(at, (void *)segs[i].ds_addr, segs[i].ds_len);
		else
			memcpy((void *)segs[i].ds_addr, at, segs[i].ds_len);
		at += segs[i].ds_len;
	}
}

static void
get_sgl(const void *sgl, int n, bool ieee, bus_dma_segment_t *segs)
{
	const struct mfi_sg_ieee *e = sgl;
	const struct mfi_sg64 *s = sgl;
	int i;

	for (i = 0; i < n; i++) {
		segs[i].ds_addr = ieee ? e[i].addr : s[i].addr;
		segs[i].ds_len = ieee ? e[i].len : s[i].len;
	}
}

static uint8_t
do_io(struct mfi_frame_header *h, int extra)
{
	struct mfi_io_frame *f = (struct mfi_io_frame *)h;
	bool ieee = (h->flags & MFI_FRAME_IEEE) != 0;
	int bytes = sizeof(*f) + h->sg_count * (ieee ? 16 : 12);
	bus_dma_segment_t segs[MFI_MAX_SEGS];

	model_check(ieee == m.sc.sc_family->ieee, "the family's list");
	model_check(extra == MIN((bytes - 1) / 64, 7), "frames are counted");
	get_sgl(f->sgl, h->sg_count, ieee, segs);
	move(f->lba, h->cmd == MFI_CMD_LD_WRITE, segs, h->sg_count);
	return (h->target_id == 0 ? MFI_STAT_OK : MFI_STAT_DEVICE_NOT_FOUND);
}

static uint8_t
do_cdb(const uint8_t *cdb, const bus_dma_segment_t *segs, int n)
{
	uint64_t lba = 0;
	int i, len = cdb[0] >= 0x80 ? 8 : 4;

	m.last_cdb = cdb[0];
	if (cdb[0] == 0x35) {
		m.flushes++;
		return (MFI_STAT_OK);
	}
	for (i = 0; i < len; i++)
		lba = lba << 8 | cdb[2 + i];
	move(lba, (cdb[0] & 0x0f) == 0x0a, segs, n);
	return (MFI_STAT_OK);
}

static uint8_t
do_pass(struct mfi_frame_header *h)
{
	struct mfi_pass_frame *f = (struct mfi_pass_frame *)h;
	bus_dma_segment_t segs[MFI_MAX_SEGS];

	get_sgl(f->sgl, h->sg_count, (h->flags & MFI_FRAME_IEEE) != 0, segs);
	return (do_cdb(f->cdb, segs, h->sg_count));
}

static uint8_t
do_init(struct mfi_frame_header *h)
{
	struct mfi_init_frame *f = (struct mfi_init_frame *)h;
	struct mfi_init_qinfo *q = (void *)f->qinfo_new;
	const uint8_t *ioc = (void *)f->qinfo_new;

	model_check(m.mask == ~0u, "INIT with interrupts masked");
	if (m.refuse_init)
		return (0x03);
	if (m.sc.sc_family->tbolt) {
		memcpy(&m.requests, ioc + 0x28, 8);
		memcpy(&m.ring, ioc + 0x30, 8);
		m.entries = ioc[0x1c] | ioc[0x1d] << 8;
	} else {
		model_check(q->rq_entries == m.maxcmd, "ring of MAXCMD");
		m.ring = q->rq_addr;
		m.producer = q->pi_addr;
		m.consumer = q->ci_addr;
	}
	m.next = 0;
	m.state = MFI_FW_OPERATIONAL;
	return (MFI_STAT_OK);
}

/* MFI_STAT_INVALID_STATUS: it stays under way. */
static uint8_t
do_dcmd(struct mfi_frame_header *h)
{
	struct mfi_dcmd_frame *f = (struct mfi_dcmd_frame *)h;
	struct mfi_sg64 *s = (struct mfi_sg64 *)f->sgl;
	struct mfi_ctrl_info *ci = (void *)s->addr;

	switch (f->opcode) {
	case MFI_DCMD_CTRL_GETINFO:
		model_check(h->sg_count == 1 && s->len == 2048, "one piece");
		memset(ci, 0, 2048);
		ci->stripe_max = 11;
		ci->max_strips = 42;
		ci->max_request = 256;
		return (MFI_STAT_OK);
	case MFI_DCMD_EVENT_WAIT:
		m.event_frame = (uint64_t)h;
		return (MFI_STAT_INVALID_STATUS);
	case MFI_DCMD_CTRL_SHUTDOWN:
		m.shutdowns++;
		return (MFI_STAT_OK);
	case MFI_DCMD_CTRL_FLUSHCACHE:
		m.flushes++;
		return (MFI_STAT_OK);
	default:
		return (MFI_STAT_INVALID_DCMD);
	}
}

static uint8_t
do_abort(struct mfi_frame_header *h)
{
	struct mfi_abort_frame *f = (struct mfi_abort_frame *)h;
	struct mfi_frame_header *victim = (void *)f->abort_addr;

	model_check(f->abort_addr == m.event_frame &&
	    f->abort_context == victim->context, "the victim is named");
	if (!m.keeps_aborted)
		complete(victim, MFI_STAT_INVALID_STATUS);
	return (MFI_STAT_OK);
}

static void
run_frame(struct mfi_frame_header *h, int extra)
{
	uint8_t status;

	m.posted++;
	model_check(((uint64_t)h & 63) == 0, "frames are aligned");
	if (m.silent)
		return;
	switch (h->cmd) {
	case MFI_CMD_INIT:
		status = do_init(h);
		break;
	case MFI_CMD_LD_READ:
	case MFI_CMD_LD_WRITE:
		status = do_io(h, extra);
		break;
	case MFI_CMD_LD_SCSI_IO:
	case MFI_CMD_PD_SCSI_IO:
		status = do_pass(h);
		break;
	case MFI_CMD_DCMD:
		status = do_dcmd(h);
		break;
	case MFI_CMD_ABORT:
		status = do_abort(h);
		break;
	default:
		status = MFI_STAT_INVALID_CMD;
		break;
	}
	if (status != MFI_STAT_INVALID_STATUS)
		complete(h, status);
}

/* --- firmware: Thunderbolt --- */

static void
run_raid(uint8_t *r)
{
	bus_dma_segment_t segs[MFI_MAX_SEGS];
	struct mfi_sg_ieee *list = (struct mfi_sg_ieee *)(r + 0x80);
	int n = r[0x79], chain = r[0x02], inside = n;

	m.last_chain = chain;
	if (chain != 0) {
		inside = chain - 8;
		model_check(inside == 7 && list[7].flags == 0x83 &&
		    list[7].len == (n - 7) * 16, "the chain is well made");
		get_sgl((void *)list[7].addr, n - 7, true, segs + 7);
	}
	get_sgl(list, inside, true, segs);
	r[0x77] = do_cdb(r + 0x40, segs, n);
}

static void
run_request(uint64_t desc)
{
	uint32_t smid = desc >> 16 & 0xffff;
	uint8_t *r;
	uint64_t frame;

	if ((desc & 0xff) == 0x02) {
		run_frame((void *)(desc & ~0xffull), 0);
		return;
	}
	m.posted++;
	if (m.silent)
		return;
	r = (uint8_t *)m.requests + 256 * smid;
	if (r[3] == 0xf0) {
		memcpy(&frame, r + 0x80, sizeof(frame));
		m.posted--;
		run_frame((void *)frame, 0);
		if (frame == m.event_frame)
			return;
	} else {
		model_check(r[3] == 0xf1, "a function it knows");
		run_raid(r);
	}
	model_reply((uint64_t)smid << 16);
}

/* --- the registers --- */

uint32_t
mfi_read(struct mfi_softc *sc, int reg)
{
	const struct mfi_family *f = sc->sc_family;
	uint32_t noise = 0;

	if (reg == f->state_reg) {
		if (m.script != NULL && ++m.reads > 3 &&
		    m.state != MFI_FW_WAIT_HANDSHAKE &&
		    m.state != MFI_FW_BOOT_MESSAGE &&
		    m.state != MFI_FW_OPERATIONAL) {
			m.reads = 0;
			m.state = *m.script++;
			if (m.state == MFI_FW_READY)
				m.script = NULL;
		}
		if (m.busy_scan && m.state == MFI_FW_DEVICE_SCAN)
			noise = m.now_ms < 400000 ? m.now_ms / 100000 << 24 :
			    (m.state = MFI_FW_READY, 0);
		return ((uint32_t)m.state << 28 | m.maxsge << 16 | m.maxcmd |
		    noise);
	}
	if (reg == MFI_OSTS)
		return (f->reply_bit);
	if (f->diag_reg != 0 && reg == f->diag_reg)
		return (m.seq >= 6 && !m.no_reset ? MFI_DIAG_WRITE : 0);
	return (0);
}

static void
doorbell(const struct mfi_family *f, uint32_t v)
{
	if (v == MFI_IDB_STOP)
		m.stops++;
	else if (m.script != NULL)
		m.state = *m.script++;
	else if (v == f->idb_ready || v == MFI_IDB_RESET) {
		m.resets += v == MFI_IDB_RESET;
		m.state = MFI_FW_READY;
		m.ring = 0;
		m.silent = false;
	}
	if (m.state == MFI_FW_READY)
		m.script = NULL;
	m.reads = 0;
}

void
mfi_write(struct mfi_softc *sc, int reg, uint32_t v)
{
	const struct mfi_family *f = sc->sc_family;

	if (reg == f->idb) {
		doorbell(f, v);
	} else if (reg == MFI_OMSK) {
		m.mask = v;
	} else if (f->seq_reg != 0 && reg == f->seq_reg) {
		m.seq++;
	} else if (f->diag_reg != 0 && reg == f->diag_reg) {
		m.resets++;
		m.seq = 0;
		m.silent = false;
		m.ring = 0;
		m.state = MFI_FW_READY;
	} else if (reg == MFI_IQP && f == &mfi_xscale) {
		run_frame((void *)((uint64_t)(v & ~7u) << 3), v & 7);
	} else if (reg == MFI_IQP || (reg == MFI_IQPL && !f->tbolt)) {
		run_frame((void *)(uint64_t)(v & ~15u), v >> 1 & 7);
	} else if (reg == MFI_IQPL) {
		m.low = v;
	} else if (reg == MFI_IQPH && f->tbolt) {
		run_request((uint64_t)v << 32 | m.low);
	}
}

uint32_t mfi_config_read(struct mfi_softc *sc, int reg) { return (0); }
void mfi_config_write(struct mfi_softc *sc, int reg, uint32_t v) { }

void
mfi_pause(struct mfi_softc *sc, int ms)
{
	m.now_ms += ms;
}

/* --- setting up --- */

void
model_reset(const struct mfi_family *f)
{
	memset(&m, 0, sizeof(m));
	m.sc.sc_family = f;
	m.state = MFI_FW_READY;
	m.maxcmd = 8;
	m.maxsge = 80;
	m.mask = ~0u;
	TAILQ_INIT(&m.sc.sc_free);
	TAILQ_INIT(&m.sc.sc_busy);
	bioq_init(&m.sc.sc_bioq);
}

int
model_attach(void)
{
	struct mfi_softc *sc = &m.sc;
	int error = mfi_fw_ready(sc);

	if (error == 0)
		error = mfi_alloc(sc);
	if (error == 0)
		error = mfi_fw_init(sc);
	if (error == 0) {
		mfi_intr_enable(sc);
		sc->sc_state = MFI_RUNNING;
	}
	return (error);
}

void
model_detach(void)
{
	mfi_free(&m.sc);
}
