/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the interface of /dev/mfi* (doc/reference/mfi.md, 15).
 */
#ifndef _DEV_RAID_MFI_MFI_IOCTL_H_
#define _DEV_RAID_MFI_MFI_IOCTL_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <dev/raid/mfi/mfireg.h>

#define MFI_IOC_SGES	16
#define MFI_IOC_FRAME	128

/* Any frame, with up to 16 pieces of the caller's memory. */
struct mfi_ioc_packet {
	uint16_t	adapter;
	uint16_t	pad0;
	uint32_t	sgl_off;	/* where in the frame its list goes */
	uint32_t	sge_count;
	uint32_t	sense_off;	/* where in the frame the sense pointer */
	uint32_t	sense_len;
	uint8_t		frame[MFI_IOC_FRAME];
	struct {
		uint64_t	base;
		uint64_t	len;
	} __attribute__((packed)) sgl[MFI_IOC_SGES];
} __attribute__((packed));

/* The same as 32-bit programs of another system lay it out. */
struct mfi_linux_ioc_packet {
	uint16_t	adapter;
	uint16_t	pad0;
	uint32_t	sgl_off;
	uint32_t	sge_count;
	uint32_t	sense_off;
	uint32_t	sense_len;
	uint8_t		frame[MFI_IOC_FRAME];
	struct {
		uint32_t	base;
		int32_t		len;
	} __attribute__((packed)) sgl[MFI_IOC_SGES];
} __attribute__((packed));

/* Events from a sequence number on, of a locale and class and above. */
struct mfi_ioc_aen {
	uint16_t	adapter;
	uint16_t	pad0;
	uint32_t	seq;
	uint32_t	class_locale;
} __attribute__((packed));

/* A queue's length now and at most. */
union mfi_statrequest {
	uint32_t	item;		/* MFIQ_* */
	struct {
		uint32_t	length;
		uint32_t	max;
	} qstat;
};
#define MFIQ_FREE	0
#define MFIQ_BIO	1
#define MFIQ_READY	2
#define MFIQ_BUSY	3

struct mfi_query_disk {
	uint8_t		array_id;	/* (in) target */
	uint8_t		present;
	uint8_t		open;
	uint8_t		reserved;
	char		devname[64];
} __attribute__((packed));

struct mfi_ioc_passthru {
	struct mfi_dcmd_frame ioc_frame;
	uint32_t	buf_size;
	uint64_t	buf;
} __attribute__((packed));

#define MFI_CMD			_IOWR('M', 1, struct mfi_ioc_packet)
#define MFI_LINUX_CMD_2		_IOWR('M', 2, struct mfi_linux_ioc_packet)
#define MFI_SET_AEN		_IOW('M', 3, struct mfi_ioc_aen)
#define MFIIO_STATS		_IOWR('Q', 101, union mfi_statrequest)
#define MFIIO_QUERY_DISK	_IOWR('Q', 102, struct mfi_query_disk)
#define MFIIO_PASSTHRU		_IOWR('C', 102, struct mfi_ioc_passthru)

_Static_assert(MFI_CMD == 0xc1944d01 && MFI_LINUX_CMD_2 == 0xc1144d02 &&
    MFI_SET_AEN == 0x800c4d03 && MFIIO_STATS == 0xc0085165 &&
    MFIIO_QUERY_DISK == 0xc0445166 && MFIIO_PASSTHRU == 0xc0444366,
    "numbers of mfi's ioctls");

#endif /* !_DEV_RAID_MFI_MFI_IOCTL_H_ */
