/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of devices.
 */
#ifndef _SYS_DEVICESTAT_H_
#define _SYS_DEVICESTAT_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/time.h>

typedef enum {
	DEVSTAT_ALL_SUPPORTED = 0,
	DEVSTAT_NO_BLOCKSIZE = 1,
	DEVSTAT_NO_ORDERED_TAGS = 2,
	DEVSTAT_BS_UNAVAILABLE = 4
} devstat_support_flags;

typedef enum {
	DEVSTAT_NO_DATA = 0,
	DEVSTAT_READ = 1,
	DEVSTAT_WRITE = 2,
	DEVSTAT_FREE = 3
} devstat_trans_flags;

typedef enum {
	DEVSTAT_TAG_SIMPLE = 0,
	DEVSTAT_TAG_HEAD = 1,
	DEVSTAT_TAG_ORDERED = 2,
	DEVSTAT_TAG_NONE = 3
} devstat_tag_type;

typedef enum {
	DEVSTAT_PRIORITY_MIN = 0,
	DEVSTAT_PRIORITY_OTHER = 32,
	DEVSTAT_PRIORITY_PASS = 48,
	DEVSTAT_PRIORITY_FD = 64,
	DEVSTAT_PRIORITY_WFD = 80,
	DEVSTAT_PRIORITY_TAPE = 96,
	DEVSTAT_PRIORITY_CD = 144,
	DEVSTAT_PRIORITY_DISK = 272,
	DEVSTAT_PRIORITY_ARRAY = 288,
	DEVSTAT_PRIORITY_MAX = 4095
} devstat_priority;

typedef enum {
	DEVSTAT_TYPE_DIRECT = 0,
	DEVSTAT_TYPE_SEQUENTIAL = 1,
	DEVSTAT_TYPE_PRINTER = 2,
	DEVSTAT_TYPE_PROCESSOR = 3,
	DEVSTAT_TYPE_WORM = 4,
	DEVSTAT_TYPE_CDROM = 5,
	DEVSTAT_TYPE_SCANNER = 6,
	DEVSTAT_TYPE_OPTICAL = 7,
	DEVSTAT_TYPE_CHANGER = 8,
	DEVSTAT_TYPE_COMM = 9,
	DEVSTAT_TYPE_ASC0 = 10,
	DEVSTAT_TYPE_ASC1 = 11,
	DEVSTAT_TYPE_STORARRAY = 12,
	DEVSTAT_TYPE_ENCLOSURE = 13,
	DEVSTAT_TYPE_FLOPPY = 14,
	DEVSTAT_TYPE_MASK = 15,
	DEVSTAT_TYPE_IF_SCSI = 16,
	DEVSTAT_TYPE_IF_IDE = 32,
	DEVSTAT_TYPE_IF_OTHER = 48,
	DEVSTAT_TYPE_IF_MASK = 240,
	DEVSTAT_TYPE_PASS = 256
} devstat_type_flags;

#define DEVSTAT_NAME_LEN	16
#define DEVSTAT_VERSION		4

struct devstat {
	struct {
		struct devstat *stqe_next;
	} dev_links;
	uint32_t device_number;
	char	device_name[16];
	int	unit_number;
	uint64_t bytes_read;
	uint64_t bytes_written;
	uint64_t bytes_freed;
	uint64_t num_reads;
	uint64_t num_writes;
	uint64_t num_frees;
	uint64_t num_other;
	int32_t	busy_count;
	uint32_t block_size;
	uint64_t tag_types[3];
	struct timeval dev_creation_time;
	struct timeval busy_time;
	struct timeval start_time;
	struct timeval last_comp_time;
	devstat_support_flags flags;
	devstat_type_flags device_type;
	devstat_priority priority;
};

#endif /* !_SYS_DEVICESTAT_H_ */
