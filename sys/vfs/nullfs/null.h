/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nullfs: mount arguments, and what a null mount knows.
 */
#ifndef _VFS_NULLFS_NULL_H_
#define _VFS_NULLFS_NULL_H_

#include <sys/param.h>
#include <sys/mount.h>

struct null_args {
	char	*target;		/* what is mounted */
	struct	export_args export;
};

#ifdef _KERNEL

/* (I) all */
struct null_mount {
	struct nchandle	nm_lower;	/* the target, referenced */
};

#define MOUNTTONULLMOUNT(mp)	((struct null_mount *)(mp)->mnt_data)

#endif /* _KERNEL */

#endif /* !_VFS_NULLFS_NULL_H_ */
