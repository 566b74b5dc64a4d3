/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: reading, writing and flushing, as each family and kind of disk wants it
 * (6, 11.2, 17.5).
 */
#include <sys/param.h>
#include <sys/systm.h>

#include "mfivar.h"

#define SCSI_READ_10	0x28
#define SCSI_WRITE_10	0x2a
#define SCSI_SYNC_10	0x35
#define SCSI_READ_16	0x88
#define SCSI_WRITE_16	0x8a

static void
put_be(uint8_t *p, uint64_t v, int bytes)
{
	while (bytes-- > 0) {
		p[bytes] = (uint8_t)v;
		v >>= 8;
	}
}

/* The shorter form reaches 2 TB less one sector and 65535 sectors. */
static int
make_cdb(uint8_t cdb[16], uint64_t lba, uint32_t count, bool write)
{
	memset(cdb, 0, 16);
	if (lba + count > 0xffffffff || count > 0xffff) {
		cdb[0] = write ? SCSI_WRITE_16 : SCSI_READ_16;
		put_be(cdb + 2, lba, 8);
		put_be(cdb + 10, count, 4);
		return (16);
	}
	cdb[0] = write ? SCSI_WRITE_10 : SCSI_READ_10;
	put_be(cdb + 2, lba, 4);
	put_be(cdb + 7, count, 2);
	return (10);
}

static void
fill_pass(struct mfi_cmd *cmd, const struct mfi_disk *d, const uint8_t *cdb,
    int cdblen, uint32_t bytes, uint16_t direction,
    const bus_dma_segment_t *segs, int n)
{
	struct mfi_pass_frame *f = (struct mfi_pass_frame *)cmd->c_frame;
	/* Volumes take the plain list for all but reads and writes (1.1). */
	bool ieee = d->d_syspd && cmd->c_sc->sc_family->ieee;

	f->header.cmd = d->d_syspd ? MFI_CMD_PD_SCSI_IO : MFI_CMD_LD_SCSI_IO;
	f->header.sense_len = MFI_SENSE_SIZE;
	f->header.target_id = (uint8_t)d->d_id;
	f->header.cdb_len = cdblen;
	f->header.sg_count = n;
	f->header.data_len = bytes;
	f->sense = cmd->c_sensepa;
	memcpy(f->cdb, cdb, sizeof(f->cdb));
	f->header.flags = direction | mfi_put_sgl(f->sgl, segs, n, ieee);
	cmd->c_extra = mfi_extra_frames(sizeof(*f), n, ieee);
}

void
mfi_fill_rw(struct mfi_cmd *cmd, const struct mfi_disk *d, uint64_t lba,
    uint32_t count, bool write, const bus_dma_segment_t *segs, int n)
{
	struct mfi_softc *sc = cmd->c_sc;
	struct mfi_io_frame *f = (struct mfi_io_frame *)cmd->c_frame;
	uint16_t direction = write ? MFI_FRAME_WRITE : MFI_FRAME_READ;
	uint8_t cdb[16];
	int len;

	cmd->c_write = write;
	if (d->d_syspd || sc->sc_family->tbolt) {
		len = make_cdb(cdb, lba, count, write);
		if (d->d_syspd) {
			fill_pass(cmd, d, cdb, len, count << MFI_SECTOR_SHIFT,
			    direction, segs, n);
		} else {
			cmd->c_kind = MFI_KIND_RAID;
			mfi_tbolt_fill(cmd, d->d_id, cdb, len, segs, n,
			    count << MFI_SECTOR_SHIFT);
		}
		return;
	}
	f->header.cmd = write ? MFI_CMD_LD_WRITE : MFI_CMD_LD_READ;
	f->header.sense_len = MFI_SENSE_SIZE;
	f->header.target_id = (uint8_t)d->d_id;
	f->header.sg_count = n;
	f->header.data_len = count;
	f->sense = cmd->c_sensepa;
	f->lba = lba;
	f->header.flags = direction | mfi_put_sgl(f->sgl, segs, n,
	    sc->sc_family->ieee);
	cmd->c_extra = mfi_extra_frames(sizeof(*f), n, sc->sc_family->ieee);
}

/*
 * SYNCHRONIZE CACHE moves no data, but not every firmware takes a frame
 * without a list (20.2): it gets a sector of nothing.
 */
void
mfi_fill_sync(struct mfi_cmd *cmd, const struct mfi_disk *d)
{
	struct mfi_softc *sc = cmd->c_sc;
	bus_dma_segment_t seg = { sc->sc_dummy.dmem_busaddr,
	    1 << MFI_SECTOR_SHIFT };
	uint8_t cdb[16] = { SCSI_SYNC_10 };

	cmd->c_write = false;
	if (sc->sc_family->tbolt && !d->d_syspd) {
		cmd->c_kind = MFI_KIND_RAID_SCSI;
		mfi_tbolt_fill(cmd, d->d_id, cdb, 10, &seg, 0, 0);
		return;
	}
	fill_pass(cmd, d, cdb, 10, 1 << MFI_SECTOR_SHIFT, MFI_FRAME_READ,
	    &seg, 1);
}
