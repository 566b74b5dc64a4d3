/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the programs that write tables and labels on disks share: opening a
 * disk only if it is one and nobody uses it, the names of partition types,
 * and the checksum of GPT and disklabel64.
 */
#ifndef _DISKDEV_H_
#define _DISKDEV_H_

#include <sys/types.h>
#include <sys/diskslice.h>
#include <stdint.h>

struct disk_handle {
	char		*dh_path;	/* resolved */
	int		dh_fd;
	int		dh_isfile;	/* a regular file stands for a disk */
	struct partinfo	dh_info;	/* made up for a file */
};

#define DH_WRITE	0x01
#define DH_EXCLUSIVE	0x02	/* fails if the disk or a slice is in use */
#define DH_FILEOK	0x04	/* a regular file will do */
#define DH_WHOLE	0x08	/* must be a whole disk */

/* Opens a disk, slice or partition by name; exits with a message if not. */
void	disk_open(struct disk_handle *dh, const char *name, int flags);
/* Exits with a message on errors and short transfers. */
void	disk_pread(struct disk_handle *dh, void *buf, size_t n, off_t at);
void	disk_pwrite(struct disk_handle *dh, const void *buf, size_t n,
	    off_t at);
/* Make the kernel read the tables anew. */
void	disk_resync(struct disk_handle *dh);

/* The CRC-32 of ISO 3309. */
uint32_t disk_crc32(const void *data, size_t n);

/* Types of partitions: the name of a code, or NULL; a name's code, or -1. */
const char *fstype_name(unsigned code);
int	fstype_code(const char *name);

#endif /* !_DISKDEV_H_ */
