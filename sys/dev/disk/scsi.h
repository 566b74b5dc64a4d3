/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What drivers of disks that speak SCSI commands share: operation codes
 * (SPC-4, SBC-3, MMC-5), sense data, and numbers in their byte order.
 */
#ifndef _DEV_DISK_SCSI_H_
#define _DEV_DISK_SCSI_H_

#include <sys/types.h>

#define SCSI_TEST_UNIT_READY	0x00
#define SCSI_REQUEST_SENSE	0x03
#define SCSI_INQUIRY		0x12
#define SCSI_MODE_SENSE_6	0x1a
#define SCSI_START_STOP		0x1b
#define SCSI_START_STOP_EJECT	0x02
#define SCSI_START_STOP_LOAD	0x03
#define SCSI_PREVENT_ALLOW	0x1e
#define SCSI_READ_CAPACITY	0x25
#define SCSI_READ_10		0x28
#define SCSI_WRITE_10		0x2a
#define SCSI_SYNCHRONIZE_CACHE	0x35
#define SCSI_READ_16		0x88
#define SCSI_WRITE_16		0x8a
#define SCSI_SERVICE_ACTION_IN	0x9e
#define SCSI_SAI_READ_CAPACITY	0x10
#define SCSI_READ_12		0xa8

/* INQUIRY data. */
#define SCSI_INQUIRY_LENGTH	36
#define SCSI_INQUIRY_TYPE(d)	((d)[0] & 0x1f)
#define SCSI_INQUIRY_QUALIFIER(d) ((d)[0] >> 5)
#define SCSI_INQUIRY_REMOVABLE(d) (((d)[1] & 0x80) != 0)
#define SCSI_INQUIRY_VENDOR	8	/* 8 characters */
#define SCSI_INQUIRY_PRODUCT	16	/* 16 */
#define SCSI_INQUIRY_REVISION	32	/* 4 */
#define SCSI_TYPE_DISK		0
#define SCSI_TYPE_CD		5

#define SCSI_MODE_ALL_PAGES	0x3f
#define SCSI_MODE_WRITE_PROTECT	0x80	/* device specific byte of a disk */

/* Sense data in fixed format. */
#define SCSI_SENSE_LENGTH	18
#define SCSI_SENSE_KEY(s)	((s)[2] & 0x0f)
#define SCSI_SENSE_ASC(s)	((s)[12])
#define SCSI_KEY_NOT_READY	2
#define SCSI_KEY_ILLEGAL_REQUEST 5
#define SCSI_KEY_UNIT_ATTENTION	6
#define SCSI_KEY_DATA_PROTECT	7
#define SCSI_ASC_BECOMING_READY	0x04
#define SCSI_ASC_NO_MEDIUM	0x3a

static __inline void
scsi_put16(uint8_t *p, uint16_t v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static __inline void
scsi_put32(uint8_t *p, uint32_t v)
{
	scsi_put16(p, v >> 16);
	scsi_put16(p + 2, v);
}

static __inline void
scsi_put64(uint8_t *p, uint64_t v)
{
	scsi_put32(p, v >> 32);
	scsi_put32(p + 4, v);
}

static __inline uint32_t
scsi_get32(const uint8_t *p)
{
	return ((uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]);
}

static __inline uint64_t
scsi_get64(const uint8_t *p)
{
	return ((uint64_t)scsi_get32(p) << 32 | scsi_get32(p + 4));
}

#endif /* !_DEV_DISK_SCSI_H_ */
