/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ioctls of vn(4), disks made of files or memory.
 */
#ifndef _SYS_VNIOCTL_H_
#define _SYS_VNIOCTL_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <sys/param.h>

struct vn_ioctl {
	char	*vn_file;	/* path, or NULL for memory and swap */
	int64_t	vn_size;	/* pages of 4 KB; 0: as large as the file */
};

/* VNIOCGET */
struct vn_user {
	int	vnu_unit;	/* in: unit or -1; out: unit */
	char	vnu_file[MAXPATHLEN]; /* "": unused, "swap", or a path */
	union {
		dev_t		dev;	/* of the file's filesystem */
		u_int64_t	size;	/* of swap, bytes */
	} data1;
	union {
		ino_t		ino;	/* of the file */
		int		secsize; /* of swap */
	} data2;
};
#define vnu_dev		data1.dev
#define vnu_size	data1.size
#define vnu_ino		data2.ino
#define vnu_secsize	data2.secsize

#define _VN_USER_SWAP	"swap"	/* vnu_file of memory */
#define _PATH_VNTAB	"/etc/vntab"

#define VNIOCATTACH	_IOWR('F', 0, struct vn_ioctl)
#define VNIOCDETACH	_IOWR('F', 1, struct vn_ioctl)
/* Option bits: set and clear for all units, or for one; the result. */
#define VNIOCGSET	_IOWR('F', 2, u_long)
#define VNIOCGCLEAR	_IOWR('F', 3, u_long)
#define VNIOCUSET	_IOWR('F', 4, u_long)
#define VNIOCUCLEAR	_IOWR('F', 5, u_long)
#define VNIOCGET	_IOWR('F', 6, struct vn_user)

#define VN_FOLLOW	0x02	/* report attaching and detaching */
#define VN_DEBUG	0x04	/* report errors */
#define VN_IO		0x08	/* report each transfer */
#define VN_DONTCLUSTER	0x10
#define VN_RESERVE	0x20	/* take the memory at once */

#endif /* !_SYS_VNIOCTL_H_ */
