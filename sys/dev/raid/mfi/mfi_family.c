/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: what differs between the families of controllers: registers, bits,
 * how a frame is posted and an interrupt acknowledged (1.1).
 */
#include <sys/param.h>
#include <sys/systm.h>

#include "mfivar.h"

#define BAR0	0x10
#define BAR1	0x14

static const uint8_t unlock[] = { 0x00, 0x04, 0x0b, 0x02, 0x07, 0x0d, 0xff };
static const uint8_t unlock_tbolt[] = {
	0x00, 0x0f, 0x04, 0x0b, 0x02, 0x07, 0x0d, 0xff
};

static void
post_xscale(struct mfi_softc *sc, struct mfi_cmd *cmd)
{
	mfi_write(sc, MFI_IQP, (uint32_t)cmd->c_framepa >> 3 | cmd->c_extra);
}

static void
post_1078(struct mfi_softc *sc, struct mfi_cmd *cmd)
{
	mfi_write(sc, MFI_IQP, (uint32_t)cmd->c_framepa | cmd->c_extra << 1 |
	    1);
}

/* The write of the low half is what counts. */
static void
post_skinny(struct mfi_softc *sc, struct mfi_cmd *cmd)
{
	mfi_write(sc, MFI_IQPH, (uint32_t)(cmd->c_framepa >> 32));
	mfi_write(sc, MFI_IQPL, (uint32_t)cmd->c_framepa | cmd->c_extra << 1 |
	    1);
}

const struct mfi_family mfi_xscale = {
	.name = "xscale", .bar = BAR0, .state_reg = MFI_OMSG0,
	.idb = MFI_IDB, .idb_ready = MFI_IDB_READY, .reset_ms = 3000,
	.mask = 0x00000001, .reply_bit = 0x2, .state_bit = 0x1,
	.ack_reg = MFI_OSTS, .post = post_xscale,
};

const struct mfi_family mfi_1078 = {
	.name = "1078", .bar = BAR0, .state_reg = MFI_OSP0,
	.idb = MFI_IDB, .idb_ready = MFI_IDB_READY, .reset_ms = 3000,
	.mask = ~0x80000004u, .clear_first = true,
	.reply_bit = 0x80000000, .state_bit = 0x4,
	.ack_reg = MFI_ODCR0, .post = post_1078,
};

const struct mfi_family mfi_gen2 = {
	.name = "gen2", .bar = BAR1, .state_reg = MFI_OSP0,
	.idb = MFI_IDB, .idb_ready = MFI_IDB_READY,
	.seq_reg = MFI_SEQ, .diag_reg = MFI_DIAG, .seq = unlock,
	.reset_ms = 10000,
	.mask = ~0x00000005u, .clear_first = true,
	.reply_bit = 0x1, .state_bit = 0x4,
	.ack_reg = MFI_ODCR0, .post = post_1078,
};

const struct mfi_family mfi_skinny = {
	.name = "skinny", .bar = BAR1, .state_reg = MFI_OSP0,
	.idb = MFI_SKINNY_IDB, .idb_ready = MFI_IDB_MFI_MODE,
	.seq_reg = MFI_WSR, .diag_reg = MFI_HDR, .seq = unlock,
	.reset_ms = 10000, .ieee = true, .syspds = true,
	.mask = ~0x00000001u, .reply_bit = 0x1,
	.ack_reg = MFI_OSTS, .post = post_skinny,
};

const struct mfi_family mfi_thunderbolt = {
	.name = "tbolt", .bar = BAR1, .state_reg = MFI_OSP0,
	.idb = MFI_SKINNY_IDB, .idb_ready = MFI_IDB_MFI_MODE,
	.seq_reg = MFI_WSR, .diag_reg = MFI_HDR, .seq = unlock_tbolt,
	.reset_ms = 3000, .ieee = true, .tbolt = true, .syspds = true,
	.mask = ~0x00000008u, .reply_bit = 0x8, .state_bit = 0x1,
	.ack_reg = MFI_OSTS, .post = mfi_tbolt_post,
};

void
mfi_intr_enable(struct mfi_softc *sc)
{
	const struct mfi_family *f = sc->sc_family;

	if (f->clear_first)
		mfi_write(sc, f->ack_reg, ~0u);
	mfi_write(sc, MFI_OMSK, f->mask);
	mfi_read(sc, MFI_OMSK);		/* the write has arrived */
}

void
mfi_intr_disable(struct mfi_softc *sc)
{
	mfi_write(sc, MFI_OMSK, ~0u);
	mfi_read(sc, MFI_OMSK);
}

/*
 * An interrupt sent as a message is ours whatever the status register says:
 * not every controller sets it then.
 */
bool
mfi_intr_claim(struct mfi_softc *sc)
{
	const struct mfi_family *f = sc->sc_family;
	uint32_t status = mfi_read(sc, MFI_OSTS);

	if ((status & (f->reply_bit | f->state_bit)) == 0)
		return (sc->sc_message);
	/* Thunderbolt's replies are acknowledged by the ring's index. */
	if (!f->tbolt || (status & f->state_bit) != 0) {
		mfi_write(sc, f->ack_reg, status);
		mfi_read(sc, MFI_OSTS);
	}
	return (true);
}
