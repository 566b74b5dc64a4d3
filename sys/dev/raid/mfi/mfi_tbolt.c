/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the transport of Thunderbolt controllers (17): requests of 256 bytes,
 * named by descriptors of 64 bits, answered by a ring of descriptors.
 * Ordinary frames travel inside a request that points to them.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/time.h>

#include "mfivar.h"

#define REQUEST_SIZE	256
#define FRAME_LEN	1024
#define INIT_MESSAGE	256	/* offset in sc_initmem */
#define INIT_VERSION	512
#define INIT_LEN	72
#define INIT_SECONDS	60
#define SGES_INSIDE	8	/* of a request */
#define IO_TIMEOUT	0x14

#define FUNC_PASS	0xf0
#define FUNC_RAID	0xf1
#define FUNC_IOC_INIT	2
#define WHOINIT_HOST	4
#define SG_CHAIN	0x83	/* chain, addressed as the controller is */
#define SG_OFFSET	0x20	/* dwords from a request's start */

#define DESC_SCSI	0x00
#define DESC_MFA	0x02
#define DESC_LD_IO	0x0e
#define REPLY_UNUSED	0x0f	/* low nibble */

/* An RAID request (17.5); the same head serves the others. */
struct mfi_request {
	uint16_t	dev_handle;
	uint8_t		chain_offset;
	uint8_t		function;
	uint8_t		reserved0[8];
	uint32_t	sense;
	uint16_t	sgl_flags;
	uint8_t		sense_len;
	uint8_t		reserved1;
	uint8_t		sgl_offset;
	uint8_t		reserved2[7];
	uint32_t	data_len;
	uint32_t	reserved3;
	uint16_t	io_flags;
	uint8_t		reserved4[14];
	uint8_t		lun[8];
	uint32_t	control;
	uint8_t		cdb[32];
	uint8_t		reserved5[2];
	uint16_t	timeout;
	uint8_t		lock_flags, reserved6;
	uint16_t	target;
	uint64_t	lock_lba;
	uint32_t	lock_len;
	uint8_t		reserved7[2];
	uint8_t		ex_status, status;
	uint8_t		reserved8;
	uint8_t		sges;
	uint8_t		reserved9[6];
	struct mfi_sg_ieee sgl[SGES_INSIDE];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_request) == REQUEST_SIZE, "mfi_request");
_Static_assert(offsetof(struct mfi_request, control) == 0x3c &&
    offsetof(struct mfi_request, timeout) == 0x62 &&
    offsetof(struct mfi_request, status) == 0x77 &&
    offsetof(struct mfi_request, sgl) == 0x80, "mfi_request");

#define SGL_64BIT	0x0002
#define CONTROL_READ	0x02000000
#define CONTROL_WRITE	0x01000000

struct mfi_ioc_init {
	uint8_t		who, reserved0[2], function;
	uint8_t		reserved1[8];
	uint16_t	msg_version, header_version;
	uint8_t		reserved2[7], msix_vectors;
	uint8_t		reserved3[2];
	uint16_t	request_dwords, reply_depth;
	uint8_t		reserved4[10];
	uint64_t	request_base, reply_addr, reserved5, time;
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_ioc_init) == INIT_LEN, "mfi_ioc_init");

static void
post_descriptor(struct mfi_softc *sc, uint64_t desc)
{
	mfi_write(sc, MFI_IQPL, (uint32_t)desc);
	mfi_write(sc, MFI_IQPH, (uint32_t)(desc >> 32));
}

void
mfi_tbolt_post(struct mfi_softc *sc, struct mfi_cmd *cmd)
{
	uint8_t type = cmd->c_kind == MFI_KIND_RAID ? DESC_LD_IO : DESC_SCSI;

	/* Without a request: a bare frame, the one of INIT. */
	if (cmd->c_request == NULL)
		post_descriptor(sc, cmd->c_framepa | DESC_MFA);
	else
		post_descriptor(sc, (uint64_t)(cmd->c_index + 1) << 16 |
		    type);
}

/* A frame gets a request around it; other requests lose their answers. */
void
mfi_tbolt_prepare(struct mfi_cmd *cmd)
{
	struct mfi_request *r = (struct mfi_request *)cmd->c_request;

	if (cmd->c_kind != MFI_KIND_FRAME) {
		r->status = r->ex_status = 0;
		return;
	}
	memset(r, 0, sizeof(*r));
	r->function = FUNC_PASS;
	r->sgl_offset = SG_OFFSET;
	r->chain_offset = offsetof(struct mfi_request, sgl) / 16;
	r->sgl[0].addr = cmd->c_framepa;
	r->sgl[0].len = FRAME_LEN;
	r->sgl[0].flags = SG_CHAIN;
}

/* Eight pieces are in the request; or seven, and the rest in the chain. */
static void
fill_sgl(struct mfi_request *r, struct mfi_cmd *cmd,
    const bus_dma_segment_t *segs, int n)
{
	int inside = n > SGES_INSIDE ? SGES_INSIDE - 1 : n;

	mfi_put_sgl(r->sgl, segs, inside, true);
	r->sges = n;
	if (inside == n)
		return;
	mfi_put_sgl(cmd->c_chain, segs + inside, n - inside, true);
	r->chain_offset = (offsetof(struct mfi_request, sgl) +
	    inside * sizeof(struct mfi_sg_ieee)) / 16;
	r->sgl[inside] = (struct mfi_sg_ieee){ .addr = cmd->c_chainpa,
	    .len = (n - inside) * sizeof(struct mfi_sg_ieee),
	    .flags = SG_CHAIN };
}

void
mfi_tbolt_fill(struct mfi_cmd *cmd, uint16_t target, const uint8_t *cdb,
    int cdblen, const bus_dma_segment_t *segs, int n, uint32_t bytes)
{
	struct mfi_request *r = (struct mfi_request *)cmd->c_request;

	memset(r, 0, sizeof(*r));
	r->dev_handle = r->target = target;
	r->function = FUNC_RAID;
	r->sense = (uint32_t)cmd->c_sensepa;
	r->sense_len = MFI_SENSE_SIZE;
	r->sgl_flags = SGL_64BIT;
	r->sgl_offset = SG_OFFSET;
	r->data_len = bytes;
	r->io_flags = cdblen;
	r->timeout = IO_TIMEOUT;
	memcpy(r->cdb, cdb, cdblen);
	if (bytes != 0)
		r->control = cmd->c_write ? CONTROL_WRITE : CONTROL_READ;
	fill_sgl(r, cmd, segs, n);
}

/* --- answers --- */

static void
take_status(struct mfi_cmd *cmd)
{
	volatile struct mfi_request *r =
	    (volatile struct mfi_request *)cmd->c_request;

	if (cmd->c_kind == MFI_KIND_FRAME) {
		cmd->c_status = cmd->c_frame->cmd_status;
		cmd->c_scsi_status = cmd->c_frame->scsi_status;
		cmd->c_sense_len = cmd->c_frame->sense_len;
	} else {
		cmd->c_status = r->status;
		cmd->c_scsi_status = r->ex_status;
		cmd->c_sense_len = r->status ==
		    MFI_STAT_SCSI_DONE_WITH_ERROR ? MFI_SENSE_SIZE : 0;
	}
}

/* Each descriptor is made unused again as it is taken: the loop ends. */
struct mfi_cmd *
mfi_tbolt_next(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd;
	uint64_t desc;
	uint32_t smid;

	while (((desc = sc->sc_replies[sc->sc_next]) & 0xf) != REPLY_UNUSED) {
		cpu_lfence();
		sc->sc_replies[sc->sc_next] = ~0ull;
		if (++sc->sc_next == sc->sc_entries)
			sc->sc_next = 0;
		smid = desc >> 16 & 0xffff;
		if (smid >= 1 && smid <= (uint32_t)sc->sc_ncmds) {
			cmd = &sc->sc_cmds[smid - 1];
			if (cmd->c_active) {
				take_status(cmd);
				return (cmd);
			}
		}
		sc->sc_strays++;
	}
	return (NULL);
}

/* --- initialisation (17.2) --- */

int
mfi_tbolt_init(struct mfi_softc *sc)
{
	char *mem = sc->sc_initmem.dmem_addr;
	bus_addr_t pa = sc->sc_initmem.dmem_busaddr;
	struct mfi_init_frame *f = (struct mfi_init_frame *)mem;
	struct mfi_ioc_init *m = (struct mfi_ioc_init *)(mem + INIT_MESSAGE);
	struct mfi_cmd cmd = { .c_sc = sc, .c_frame = &f->header,
	    .c_framepa = pa };
	uint32_t i;
	int error;

	for (i = 0; i < sc->sc_entries; i++)
		sc->sc_replies[i] = ~0ull;
	memset(mem, 0, PAGE_SIZE);
	strlcpy(mem + INIT_VERSION, "Damselfly mfi", 64);
	m->who = WHOINIT_HOST;
	m->function = FUNC_IOC_INIT;
	m->msg_version = 0x0200;
	m->header_version = 0x1000;
	m->request_dwords = REQUEST_SIZE / 4;
	m->reply_depth = sc->sc_entries;
	m->request_base = sc->sc_requests.dmem_busaddr;
	m->reply_addr = sc->sc_comms.dmem_busaddr;
	m->time = (uint64_t)time_second * 1000;
	f->header.cmd = MFI_CMD_INIT;
	f->header.data_len = INIT_LEN;
	f->qinfo_new = pa + INIT_MESSAGE;
	f->driver_version = pa + INIT_VERSION;
	error = mfi_poll(&cmd, INIT_SECONDS);
	if (error == 0 && f->header.cmd_status != MFI_STAT_OK)
		error = EIO;
	if (error != 0)
		device_printf(sc->sc_dev, "the firmware does not take the "
		    "queue: status 0x%02x\n", f->header.cmd_status);
	return (error);
}
