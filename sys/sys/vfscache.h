/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types shared by vnodes, the namecache and filesystems: kinds of file and
 * file attributes.
 */
#ifndef _SYS_VFSCACHE_H_
#define _SYS_VFSCACHE_H_

#include <sys/types.h>

/* Kinds of vnode. */
enum vtype {
	VNON = 0, VREG, VDIR, VBLK, VCHR, VLNK, VSOCK, VFIFO, VBAD, VDATABASE,
	VINT
};

/* Who made it, for diagnosis only. */
enum vtagtype {
	VT_NON, VT_UFS, VT_NFS, VT_MFS, VT_UNUSED4, VT_UNUSED5, VT_UNUSED6,
	VT_UNUSED7, VT_UNUSED8, VT_NULL, VT_UNUSED10, VT_UNUSED11, VT_PROCFS,
	VT_UNUSED13, VT_ISOFS, VT_UNUSED15, VT_MSDOSFS, VT_UNUSED17, VT_VFS,
	VT_UNUSED19, VT_NTFS, VT_HPFS, VT_SMBFS, VT_UDF, VT_EXT2FS, VT_SYNTH,
	VT_HAMMER, VT_HAMMER2, VT_DEVFS, VT_TMPFS, VT_AUTOFS, VT_FUSE,
	VT_FIFO
};

#ifdef _KERNEL

#include <sys/time.h>
#include <sys/uuid.h>

/*
 * File attributes.  A field that is VNOVAL is "not set" in VOP_SETATTR.
 */
#define VNOVAL		(-1)

struct vattr {
	enum vtype	va_type;
	uint64_t	va_nlink;
	u_short		va_mode;
	uid_t		va_uid;
	gid_t		va_gid;
	dev_t		va_fsid;
	ino_t		va_fileid;
	u_quad_t	va_size;	/* bytes */
	long		va_blocksize;	/* preferred I/O size */
	struct timespec	va_atime;
	struct timespec	va_mtime;
	struct timespec	va_ctime;
	u_long		va_gen;
	u_long		va_flags;	/* chflags(2) */
	int		va_rmajor;
	int		va_rminor;
	u_quad_t	va_bytes;	/* bytes of storage held */
	u_quad_t	va_filerev;
	u_int		va_vaflags;	/* VA_* */
	uuid_t		va_uid_uuid;
	uuid_t		va_gid_uuid;
	uuid_t		va_fsid_uuid;
};

/* Attributes a stat-like caller needs first; a subset of vattr. */
struct vattr_lite {
	enum vtype	va_type;
	uint64_t	va_nlink;
	u_short		va_mode;
	uid_t		va_uid;
	gid_t		va_gid;
	u_quad_t	va_size;
	u_long		va_flags;
};

/* va_vaflags */
#define VA_UTIMES_NULL		0x0001	/* utimes(path, NULL) */
#define VA_EXCLUSIVE		0x0002	/* open with O_EXCL */
#define VA_UID_UUID_VALID	0x0004
#define VA_GID_UUID_VALID	0x0008
#define VA_FSID_UUID_VALID	0x0010

#endif /* _KERNEL */

#endif /* !_SYS_VFSCACHE_H_ */
