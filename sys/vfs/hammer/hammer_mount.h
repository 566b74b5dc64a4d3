/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the argument of mount(2).
 */
#ifndef _VFS_HAMMER_MOUNT_H_
#define _VFS_HAMMER_MOUNT_H_

#include <sys/types.h>
#ifndef _KERNEL
#include <stdint.h>
#endif

struct hammer_mount_info {
	const char	**volumes;	/* device names */
	int32_t		nvolumes;
	int32_t		hflags;		/* HMNT_* */
	int32_t		master_id;	/* with HMNT_MASTERID */
	int32_t		unused01;
	uint64_t	asof;		/* 0: current */
	uint64_t	reserved1[17];
	uint64_t	reserved2[15];
};

#define HMNT_NOHISTORY		0x00000001
#define HMNT_MASTERID		0x00000002
#define HMNT_NOMIRROR		0x00000004
#define HMNT_UNDO_DIRTY		0x00000008
#define HMNT_USERFLAGS		(HMNT_NOHISTORY | HMNT_MASTERID | HMNT_NOMIRROR)

_Static_assert(sizeof(struct hammer_mount_info) == 288, "mount info");

#endif /* !_VFS_HAMMER_MOUNT_H_ */
