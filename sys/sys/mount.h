/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounting filesystems, and asking about those mounted.
 */
#ifndef _SYS_MOUNT_H_
#define _SYS_MOUNT_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/ucred.h>
#ifndef _KERNEL
#include <sys/stat.h>
#endif

struct ucred;
struct sockaddr;
struct vfsops;
struct statvfs;

/* Names a filesystem. */
typedef struct fsid {
	int32_t	val[2];
} fsid_t;

/* Names a file in a filesystem, for as long as it exists. */
#define MAXFIDSZ	16
struct fid {
	u_short	fid_len;		/* bytes in use */
	u_short	fid_ext;		/* the filesystem's own */
	char	fid_data[MAXFIDSZ];
} __packed;

/* Names a file. */
struct fhandle {
	fsid_t	fh_fsid;
	struct fid fh_fid;
};
typedef struct fhandle	fhandle_t;

#define MFSNAMELEN	16	/* name of a filesystem type */
#define MNAMELEN	80	/* path of a mount point */

struct statfs {
	long	f_spare2;
	long	f_bsize;		/* unit of f_blocks */
	long	f_iosize;		/* best size of a transfer */
	long	f_blocks;
	long	f_bfree;
	long	f_bavail;		/* free to ordinary users */
	long	f_files;
	long	f_ffree;
	fsid_t	f_fsid;
	uid_t	f_owner;		/* who mounted it */
	int	f_type;
	int	f_flags;		/* MNT_* */
	long	f_syncwrites;		/* I/O since the mount */
	long	f_asyncwrites;
	char	f_fstypename[MFSNAMELEN];
	char	f_mntonname[MNAMELEN];
	long	f_syncreads;
	long	f_asyncreads;
	short	f_spares1;
	char	f_mntfromname[MNAMELEN];
	short	f_spares2;
	long	f_spare[2];
};

/* Accounting of space by id. */
#define ACCT_CHUNK_BITS	5
#define ACCT_CHUNK_NIDS	(1 << ACCT_CHUNK_BITS)
#define ACCT_CHUNK_MASK	(ACCT_CHUNK_NIDS - 1)

/* Flags a user sets with mount(). */
#define MNT_RDONLY	0x00000001
#define MNT_SYNCHRONOUS	0x00000002
#define MNT_NOEXEC	0x00000004
#define MNT_NOSUID	0x00000008
#define MNT_NODEV	0x00000010
#define MNT_AUTOMOUNTED	0x00000020
#define MNT_ASYNC	0x00000040
#define MNT_SUIDDIR	0x00100000
#define MNT_SOFTDEP	0x00200000
#define MNT_NOSYMFOLLOW	0x00400000
#define MNT_TRIM	0x01000000
#define MNT_NOATIME	0x10000000
#define MNT_NOCLUSTERR	0x40000000
#define MNT_NOCLUSTERW	0x80000000

/* NFS export. */
#define MNT_EXRDONLY	0x00000080
#define MNT_EXPORTED	0x00000100
#define MNT_DEFEXPORTED	0x00000200
#define MNT_EXPORTANON	0x00000400
#define MNT_EXKERB	0x00000800
#define MNT_EXPUBLIC	0x20000000

/* Set by the system. */
#define MNT_LOCAL	0x00001000
#define MNT_QUOTA	0x00002000
#define MNT_ROOTFS	0x00004000
#define MNT_USER	0x00008000
#define MNT_IGNORE	0x00800000
#define MNT_VISFLAGMASK	0xf1f0ffff

/* Commands to mount() and unmount(). */
#define MNT_UPDATE	0x00010000
#define MNT_DELEXPORT	0x00020000
#define MNT_RELOAD	0x00040000
#define MNT_FORCE	0x00080000
#define MNT_CMDFLAGS	0x000f0000

/* mnt_kern_flag */
#define MNTK_UNMOUNTF	0x00000001
#define MNTK_QUICKHALT	0x00008000
#define MNTK_MPSAFE	0x00010000
#define MNTK_RD_MPSAFE	0x00020000
#define MNTK_WR_MPSAFE	0x00040000
#define MNTK_GA_MPSAFE	0x00080000
#define MNTK_IN_MPSAFE	0x00100000
#define MNTK_SG_MPSAFE	0x00200000
#define MNTK_NCALIASED	0x00800000
#define MNTK_UNMOUNT	0x01000000
#define MNTK_MWAIT	0x02000000
#define MNTK_WANTRDWR	0x04000000
#define MNTK_FSMID	0x08000000
#define MNTK_NOSTKMNT	0x10000000
#define MNTK_NOMSYNC	0x20000000
#define MNTK_THR_SYNC	0x40000000
#define MNTK_ST_MPSAFE	0x80000000
#define MNTK_ALL_MPSAFE	0x803f0000

/* mountlist_scan(), mountlist_insert() */
#define MNTSCAN_FORWARD		0x1
#define MNTSCAN_REVERSE		0x2
#define MNTSCAN_NOBUSY		0x4
#define MNTSCAN_NOUNLOCK	0x8
#define MNTINS_FIRST	0x1
#define MNTINS_LAST	0x2

/* Children of sysctl vfs.generic. */
#define VFS_VFSCONF	0
#define VFS_GENERIC	0
#define VFS_MAXTYPENUM	1
#define VFS_CONF	2

/* getfsstat(), sync operations: wait for what is in flight? */
#define MNT_WAIT	1
#define MNT_NOWAIT	2
#define MNT_LAZY	4
#define VOP_FSYNC_SYSCALL	0x0001

/* NFS export list, one entry. */
struct export_args {
	int	ex_flags;		/* MNT_EX* */
	uid_t	ex_root;		/* root of the client is this user */
	struct	ucred ex_anon;		/* and anonymous users are this */
	struct	sockaddr *ex_addr;
	int	ex_addrlen;
	struct	sockaddr *ex_mask;
	int	ex_masklen;
	char	*ex_indexfile;		/* WebNFS */
};

/* A filesystem type, to sysctl vfs.generic.conf. */
struct vfsconf {
	struct	vfsops *vfc_vfsops;
	char	vfc_name[MFSNAMELEN];
	int	vfc_typenum;
	int	vfc_refcount;		/* mounts of this type */
	int	vfc_flags;		/* VFCF_* */
	STAILQ_ENTRY(vfsconf) vfc_next;
};

struct ovfsconf {
	void	*vfc_vfsops;
	char	vfc_name[32];
	int	vfc_index;
	int	vfc_refcount;
	int	vfc_flags;
};

#define VFCF_STATIC	0x00010000
#define VFCF_NETWORK	0x00020000
#define VFCF_READONLY	0x00040000
#define VFCF_SYNTHETIC	0x00080000
#define VFCF_LOOPBACK	0x00100000
#define VFCF_UNICODE	0x00200000
#define VFCF_MPSAFE	0x00400000

/* EVFILT_FS */
#define VQ_NOTRESP	0x0001
#define VQ_NEEDAUTH	0x0002
#define VQ_LOWDISK	0x0004
#define VQ_MOUNT	0x0008
#define VQ_UNMOUNT	0x0010
#define VQ_DEAD		0x0020
#define VQ_ASSIST	0x0040
#define VQ_NOTRESPLOCK	0x0080
#define VQ_FLAG0100	0x0100
#define VQ_FLAG0200	0x0200
#define VQ_FLAG0400	0x0400
#define VQ_FLAG0800	0x0800
#define VQ_FLAG1000	0x1000
#define VQ_FLAG2000	0x2000
#define VQ_FLAG4000	0x4000
#define VQ_FLAG8000	0x8000

#ifdef _KERNEL
#include <sys/_mountkern.h>
#else
__BEGIN_DECLS
int	fhopen(const struct fhandle *, int);
int	fhstat(const struct fhandle *, struct stat *);
int	fhstatfs(const struct fhandle *, struct statfs *);
int	fstatfs(int, struct statfs *);
int	getfh(const char *, fhandle_t *);
int	getfsstat(struct statfs *, long, int);
int	getmntinfo(struct statfs **, int);
int	getmntvinfo(struct statfs **, struct statvfs **, int);
int	mount(const char *, const char *, int, void *);
int	statfs(const char *, struct statfs *);
int	unmount(const char *, int);
void	endvfsent(void);
int	getvfsbyname(const char *, struct vfsconf *);
struct ovfsconf *getvfsbytype(int);
struct ovfsconf *getvfsent(void);
void	setvfsent(int);
int	vfsisloadable(const char *);
int	vfsload(const char *);
__END_DECLS
#endif

#endif /* !_SYS_MOUNT_H_ */
