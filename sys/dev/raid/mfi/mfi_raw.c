/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: frames that programs make themselves (MFI_CMD, 15).
 *
 * The caller's pieces of memory are gathered into one buffer that the
 * controller reaches, and scattered again; what the frame says about
 * addresses and lengths is replaced, never believed.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "mfivar.h"
#include <dev/raid/mfi/mfi_ioctl.h>

/* Bytes of the data, which must be those of the pieces and of the frame. */
static int
data_length(const struct mfi_ioc_packet *p, uint64_t *len)
{
	const struct mfi_frame_header *h = (const void *)p->frame;
	uint64_t sum = 0;
	uint32_t i;

	if (p->sge_count > MFI_IOC_SGES)
		return (EINVAL);
	for (i = 0; i < p->sge_count; i++) {
		if (p->sgl[i].len > MFI_MAX_DCMD)
			return (EINVAL);
		sum += p->sgl[i].len;
	}
	if (sum > MFI_MAX_DCMD || h->data_len > sum)
		return (EINVAL);
	/* Where the firmware looks for them, and nowhere else (6). */
	if (sum != 0 && p->sgl_off != (h->cmd == MFI_CMD_DCMD ?
	    offsetof(struct mfi_dcmd_frame, sgl) :
	    offsetof(struct mfi_pass_frame, sgl)))
		return (EINVAL);
	if (p->sense_len != 0 && (h->cmd == MFI_CMD_DCMD ||
	    p->sense_off != offsetof(struct mfi_pass_frame, sense)))
		return (EINVAL);
	*len = sum;
	return (0);
}

static int
copy_pieces(const struct mfi_ioc_packet *p, char *buf, bool in)
{
	void *u;
	uint32_t i;
	int error = 0;

	for (i = 0; i < p->sge_count && error == 0; i++) {
		u = (void *)(uintptr_t)p->sgl[i].base;
		error = in ? copyin(u, buf, p->sgl[i].len) :
		    copyout(buf, u, p->sgl[i].len);
		buf += p->sgl[i].len;
	}
	return (error);
}

static bool
allowed(const struct mfi_frame_header *h)
{
	return (h->cmd == MFI_CMD_DCMD || h->cmd == MFI_CMD_PD_SCSI_IO ||
	    h->cmd == MFI_CMD_LD_SCSI_IO);
}

static void
fill_frame(struct mfi_cmd *cmd, const struct mfi_ioc_packet *p,
    const bus_dmamem_t *mem, uint64_t len)
{
	struct mfi_frame_header *h = cmd->c_frame;
	bus_dma_segment_t seg = { mem->dmem_busaddr, len };
	bool ieee = h->cmd == MFI_CMD_PD_SCSI_IO &&
	    cmd->c_sc->sc_family->ieee;

	h->scsi_status = 0;
	h->sg_count = 0;
	h->flags &= MFI_FRAME_BOTH;
	if (len != 0) {
		if (h->flags == 0)
			h->flags = MFI_FRAME_BOTH;
		h->sg_count = 1;
		h->flags |= mfi_put_sgl((char *)h + p->sgl_off, &seg, 1,
		    ieee);
	}
	if (h->cmd != MFI_CMD_DCMD) {
		h->sense_len = MFI_SENSE_SIZE;
		((struct mfi_pass_frame *)h)->sense = cmd->c_sensepa;
		memset(cmd->c_sense, 0, MFI_SENSE_SIZE);
	}
	cmd->c_extra = 1;
	cmd->c_timed = false;
}

static int
copy_sense(const struct mfi_ioc_packet *p, const uint8_t *sense)
{
	uint64_t to;

	if (p->sense_len == 0)
		return (0);
	memcpy(&to, p->frame + p->sense_off, sizeof(to));
	return (copyout(sense, (void *)(uintptr_t)to,
	    MIN(p->sense_len, MFI_SENSE_SIZE)));
}

static int
run_raw(struct mfi_softc *sc, struct mfi_ioc_packet *p,
    const bus_dmamem_t *mem, uint64_t len)
{
	struct mfi_frame_header *h = (struct mfi_frame_header *)p->frame;
	struct mfi_cmd *cmd;
	uint8_t sense[MFI_SENSE_SIZE];

	CTASSERT(MFI_IOC_FRAME <= 2 * MFI_FRAME_SIZE);
	spin_lock(&sc->sc_spin);
	cmd = mfi_cmd_get(sc, 0);
	spin_unlock(&sc->sc_spin);
	if (cmd == NULL)
		return (EBUSY);
	memcpy(cmd->c_frame, p->frame, MFI_IOC_FRAME);
	fill_frame(cmd, p, mem, len);
	h->cmd_status = mfi_run(cmd);
	memcpy(sense, cmd->c_sense, sizeof(sense));
	mfi_cmd_release(cmd);
	return (h->cmd != MFI_CMD_DCMD ? copy_sense(p, sense) : 0);
}

int
mfi_raw_frame(struct mfi_softc *sc, struct mfi_ioc_packet *p)
{
	struct mfi_dcmd_frame *d = (struct mfi_dcmd_frame *)p->frame;
	bus_dmamem_t mem = { 0 };
	uint64_t len = 0;
	bool locked = false;
	int error = data_length(p, &len);

	if (error == 0 && (!allowed(&d->header) ||
	    p->adapter != device_get_unit(sc->sc_dev)))
		error = EINVAL;
	if (error != 0)
		return (error);
	if (d->header.cmd == MFI_CMD_DCMD && d->opcode == MFI_DCMD_NONE) {
		d->header.cmd_status = MFI_STAT_OK;
		return (0);
	}
	if (len != 0) {
		error = bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
		    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR, len,
		    BUS_DMA_ZERO, &mem);
		if (error != 0)
			return (error);
		if ((d->header.flags & MFI_FRAME_BOTH) != MFI_FRAME_READ)
			error = copy_pieces(p, mem.dmem_addr, true);
	}
	if (error == 0 && d->header.cmd == MFI_CMD_DCMD)
		error = mfi_config_begin(sc, d, &locked);
	if (error == 0) {
		error = run_raw(sc, p, &mem, len);
		if (locked)
			mfi_config_end(sc, d, locked, error == 0 &&
			    d->header.cmd_status == MFI_STAT_OK);
	}
	if (error == 0 && len != 0 &&
	    (d->header.flags & MFI_FRAME_BOTH) != MFI_FRAME_WRITE)
		error = copy_pieces(p, mem.dmem_addr, false);
	if (len != 0)
		bus_dmamem_coherent_free(&mem);
	return (error);
}
