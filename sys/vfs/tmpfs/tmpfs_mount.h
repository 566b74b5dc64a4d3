/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments of mount(2) for tmpfs.
 */
#ifndef _VFS_TMPFS_TMPFS_MOUNT_H_
#define _VFS_TMPFS_TMPFS_MOUNT_H_

#include <sys/types.h>

#define TMPFS_ARGS_VERSION	2

/* Options given to mount_tmpfs(8). */
#define MNT_GID			0x01
#define MNT_UID			0x02
#define MNT_MODE		0x04
#define MNT_INODES		0x08
#define MNT_SIZE		0x10
#define MNT_MAXFSIZE		0x20

struct tmpfs_mount_info {
	int	ta_version;
	ino_t	ta_nodes_max;		/* 0: default */
	off_t	ta_size_max;		/* bytes, 0: default */
	size_t	ta_maxfsize_max;	/* bytes, 0: default */
	uid_t	ta_root_uid;
	gid_t	ta_root_gid;
	mode_t	ta_root_mode;
};

#endif /* !_VFS_TMPFS_TMPFS_MOUNT_H_ */
