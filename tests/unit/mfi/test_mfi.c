/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver's command layer over the model: every family, firmware that
 * starts slowly, refuses, falls silent, or answers what was never asked.
 */
#include <sys/kthread.h>

#include "model.h"

#define PAGES	32

int	printf(const char *fmt, ...);
extern void *model_exit[5];

static int ntests, failed;
static uint8_t *data;
static bus_dmamem_t datamem;
static const struct mfi_family *const families[] = {
	&mfi_xscale, &mfi_1078, &mfi_gen2, &mfi_skinny, &mfi_thunderbolt
};

static void
ok(bool good, const char *family, const char *name)
{
	printf("%sok %d - %s: %s\n", good ? "" : "not ", ++ntests, family,
	    name);
	failed |= !good;
}

/* n pieces of a page each, and in the wrong order. */
static int
make_segs(bus_dma_segment_t *segs, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		segs[i].ds_addr = datamem.dmem_busaddr +
		    (n - 1 - i) * PAGE_SIZE;
		segs[i].ds_len = PAGE_SIZE;
	}
	return (n);
}

static void
fill_data(int seed)
{
	int i;

	for (i = 0; i < PAGES * PAGE_SIZE; i++)
		data[i] = (uint8_t)(i * 31 + (i >> 12) + seed);
}

static uint8_t
transfer(struct mfi_disk *d, uint64_t lba, int pages, bool write)
{
	bus_dma_segment_t segs[PAGES];
	struct mfi_cmd *cmd = mfi_cmd_wait(&m.sc);
	uint8_t status;

	if (cmd == NULL)
		return (MFI_STAT_INVALID_STATUS);
	mfi_fill_rw(cmd, d, lba, pages * 8, write, segs,
	    make_segs(segs, pages));
	status = mfi_run(cmd);
	mfi_cmd_release(cmd);
	return (status);
}

static bool
round_trip(struct mfi_disk *d, uint64_t lba, int pages, int seed)
{
	int i;
	bool good;

	fill_data(seed);
	good = transfer(d, lba, pages, true) == 0;
	memset(data, 0, PAGES * PAGE_SIZE);
	good = good && transfer(d, lba, pages, false) == 0;
	for (i = 0; i < pages * PAGE_SIZE; i++)
		good = good && data[i] == (uint8_t)(i * 31 + (i >> 12) +
		    seed);
	return (good);
}

static void
test_io(const struct mfi_family *f)
{
	struct mfi_disk d = { .d_sc = &m.sc };
	struct mfi_cmd *cmd;
	bool good = true;
	int i;

	model_reset(f);
	ok(model_attach() == 0 && m.mask == f->mask, f->name,
	    "it comes up, interrupts enabled");
	ok(mfi_get_info(&m.sc) == 0 && m.sc.sc_max_sectors == 256, f->name,
	    "limits come from the firmware");
	for (i = 0; i < 50; i++)
		good = good && round_trip(&d, i * 100, i % PAGES + 1, i);
	ok(good, f->name, "what is written is read, round the ring");
	cmd = mfi_cmd_wait(&m.sc);
	mfi_fill_sync(cmd, &d);
	ok(mfi_run(cmd) == 0 && m.flushes == 1, f->name, "a flush flushes");
	mfi_cmd_release(cmd);
	d.d_syspd = true;
	ok(round_trip(&d, 77, PAGES, 5), f->name, "drives outside volumes");
	mfi_shutdown_firmware(&m.sc);
	ok(m.shutdowns == 1 && m.flushes == 2, f->name, "it is shut down");
	model_detach();
}

static void
test_start(const struct mfi_family *f)
{
	static const int slow[] = { MFI_FW_BB_INIT, MFI_FW_INIT,
	    MFI_FW_WAIT_HANDSHAKE, MFI_FW_INIT_2, MFI_FW_DEVICE_SCAN,
	    MFI_FW_BOOT_MESSAGE, MFI_FW_FLUSH_CACHE, MFI_FW_OPERATIONAL,
	    MFI_FW_READY };

	model_reset(f);
	m.state = MFI_FW_UNDEFINED;
	m.script = slow;
	ok(model_attach() == 0, f->name, "it comes up through every state");
	model_detach();
	model_reset(f);
	m.state = MFI_FW_DEVICE_SCAN;
	m.busy_scan = true;
	ok(model_attach() == 0 && m.now_ms >= 400000, f->name,
	    "a scan that goes on may take long");
	model_detach();
	model_reset(f);
	m.state = MFI_FW_INIT;
	ok(model_attach() == ENXIO && m.now_ms >= 180000, f->name,
	    "one that is stuck is given up");
	model_reset(f);
	m.state = MFI_FW_FAULT;
	ok(model_attach() == ENXIO, f->name, "a fault is an error");
	model_reset(f);
	m.state = 0x3;
	ok(model_attach() == ENXIO, f->name, "so is a state nobody knows");
	model_reset(f);
	m.maxcmd = 0;
	ok(model_attach() == ENXIO, f->name, "and no room for commands");
	model_reset(f);
	m.refuse_init = true;
	ok(model_attach() == EIO, f->name, "and a queue that is refused");
	model_detach();
}

/* --- replies that make no sense --- */

static int ndone;

static void
count_done(struct mfi_cmd *cmd)
{
	ndone++;
}

static void
test_strays(const struct mfi_family *f)
{
	struct mfi_disk d = { .d_sc = &m.sc };
	bus_dma_segment_t segs[1];
	struct mfi_cmd *cmd;
	uint32_t i;

	model_reset(f);
	m.maxcmd = 64;
	m.posts_polled = true;
	model_attach();
	spin_lock(&m.sc.sc_spin);
	cmd = mfi_cmd_get(&m.sc, 0);
	mfi_fill_rw(cmd, &d, 0, 8, false, segs, make_segs(segs, 1));
	cmd->c_done = count_done;
	for (i = 0; i < 20; i++)
		model_reply((uint64_t)0x9e3779b97f4a7c10 * i & ~0xfull);
	mfi_submit(cmd);
	spin_unlock(&m.sc.sc_spin);
	/* Once more what it said already. */
	model_reply(f->tbolt ? (uint64_t)(cmd->c_index + 1) << 16 :
	    cmd->c_context);
	ndone = 0;
	mfi_intr(&m.sc);
	mfi_intr(&m.sc);
	ok(ndone == 1 && m.sc.sc_nbusy == 0, f->name,
	    "a command ends once, whatever is replied besides");
	/* INIT, which is polled, is posted too, but for Thunderbolt's. */
	ok(m.sc.sc_strays == (f->tbolt ? 21 : 22), f->name,
	    "what was not asked is counted");
	if (!f->tbolt) {
		*(uint32_t *)m.producer = 0xfffffff0;
		mfi_intr(&m.sc);
		ok(*(uint32_t *)m.consumer < (uint32_t)m.maxcmd, f->name,
		    "an index outside the ring is not followed");
	}
	model_detach();
}

/* --- recovery --- */

static void
run_recovery(void)
{
	m.sc.sc_threads = 1;
	if (__builtin_setjmp(model_exit) == 0)
		mfi_recovery_thread(&m.sc);
	m.sc.sc_wanted = 0;
}

static struct mfi_cmd *
start_read(struct mfi_disk *d, bool timed)
{
	bus_dma_segment_t segs[1];
	struct mfi_cmd *cmd;

	spin_lock(&m.sc.sc_spin);
	cmd = mfi_cmd_get(&m.sc, 0);
	mfi_fill_rw(cmd, d, 0, 8, false, segs, make_segs(segs, 1));
	cmd->c_timed = timed;
	cmd->c_done = count_done;
	mfi_submit(cmd);
	spin_unlock(&m.sc.sc_spin);
	return (cmd);
}

static void
test_recovery(const struct mfi_family *f)
{
	struct mfi_disk d = { .d_sc = &m.sc };
	struct mfi_cmd *cmd, *user;

	model_reset(f);
	model_attach();
	m.silent = true;
	cmd = start_read(&d, true);
	user = start_read(&d, false);
	ok(!mfi_check_late(&m.sc), f->name, "nothing is late yet");
	ticks += 31 * hz;
	ok(mfi_check_late(&m.sc), f->name, "after its time it is");
	m.sc.sc_wanted = MFI_WANT_RECOVER;
	ndone = 0;
	run_recovery();
	ok(m.resets == 1 && m.sc.sc_state == MFI_RUNNING && ndone == 1 &&
	    user->c_status == MFI_STAT_INVALID_STATUS, f->name,
	    "the controller is reset; a user's command fails");
	mfi_intr(&m.sc);
	ok(ndone == 2 && cmd->c_status == MFI_STAT_OK, f->name,
	    "a disk's begins again and ends well");
	m.silent = true;
	start_read(&d, true);
	m.sc.sc_noreset = true;
	m.sc.sc_wanted = MFI_WANT_RECOVER;
	ndone = 0;
	run_recovery();
	ok(m.sc.sc_state == MFI_DEAD && m.stops == 1 && ndone == 1, f->name,
	    "where reset is forbidden it is stopped, and all fails");
	ok(mfi_dcmd(&m.sc, MFI_DCMD_CTRL_GETINFO, NULL, NULL, 0, 0, NULL) ==
	    EIO && transfer(&d, 0, 1, true) != 0, f->name,
	    "a dead controller takes nothing more");
	model_detach();
}

static void
test_stubborn(const struct mfi_family *f)
{
	struct mfi_disk d = { .d_sc = &m.sc };

	if (f->seq_reg == 0)
		return;
	model_reset(f);
	model_attach();
	m.silent = m.no_reset = true;
	start_read(&d, true);
	m.sc.sc_wanted = MFI_WANT_RECOVER;
	ndone = 0;
	run_recovery();
	ok(m.sc.sc_state == MFI_DEAD && ndone == 1 && m.stops == 1, f->name,
	    "one that cannot be reset is given up");
	model_detach();
}

static void
test_abort(const struct mfi_family *f, bool keeps)
{
	struct mfi_dcmd_frame *d;
	struct mfi_cmd *cmd;

	model_reset(f);
	model_attach();
	m.keeps_aborted = keeps;
	spin_lock(&m.sc.sc_spin);
	cmd = mfi_cmd_get(&m.sc, 0);
	d = (struct mfi_dcmd_frame *)cmd->c_frame;
	d->header.cmd = MFI_CMD_DCMD;
	d->opcode = MFI_DCMD_EVENT_WAIT;
	cmd->c_done = count_done;
	cmd->c_timed = false;
	mfi_submit(cmd);
	spin_unlock(&m.sc.sc_spin);
	ndone = 0;
	ok(mfi_abort(&m.sc, cmd) == 0 && ndone == 1 && !cmd->c_active &&
	    cmd->c_status == MFI_STAT_INVALID_STATUS, f->name, keeps ?
	    "an aborted wait ends though the firmware keeps it" :
	    "an aborted wait ends");
	model_detach();
}

static void
test_tbolt(void)
{
	struct mfi_disk d = { .d_sc = &m.sc };
	const char *name = mfi_thunderbolt.name;

	model_reset(&mfi_thunderbolt);
	model_attach();
	transfer(&d, 1000, 8, true);
	ok(m.last_cdb == 0x2a && m.last_lba == 1000 && m.last_chain == 0,
	    name, "eight pieces are in the request");
	transfer(&d, 0x123456789, 9, true);
	ok(m.last_cdb == 0x8a && m.last_lba == 0x123456789 &&
	    m.last_segs == 9 && m.last_chain == 0x0f, name,
	    "nine take the chain; beyond 2 TB the long command");
	model_detach();
}

int
main(void)
{
	u_int i;

	bus_dmamem_coherent(NULL, 0, 0, 0, 0, PAGES * PAGE_SIZE, 0,
	    &datamem);
	data = datamem.dmem_addr;
	for (i = 0; i < nitems(families); i++) {
		test_io(families[i]);
		test_start(families[i]);
		test_strays(families[i]);
		test_recovery(families[i]);
		test_stubborn(families[i]);
		if (!families[i]->tbolt)
			test_abort(families[i], false);
		test_abort(families[i], true);
	}
	test_tbolt();
	printf("1..%d\n", ntests);
	return (failed);
}
