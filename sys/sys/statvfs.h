/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filesystem statistics, as POSIX has them and more.
 */
#ifndef _SYS_STATVFS_H_
#define _SYS_STATVFS_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/uuid.h>

struct statvfs {
	unsigned long	f_bsize;	/* best size of a transfer */
	unsigned long	f_frsize;	/* unit of f_blocks */
	fsblkcnt_t	f_blocks;
	fsblkcnt_t	f_bfree;
	fsblkcnt_t	f_bavail;	/* free to ordinary users */
	fsfilcnt_t	f_files;
	fsfilcnt_t	f_ffree;
	fsfilcnt_t	f_favail;
	unsigned long	f_fsid;
	unsigned long	f_flag;		/* ST_* */
	unsigned long	f_namemax;	/* longest file name */
	uid_t		f_owner;	/* who mounted it */
	unsigned int	f_type;
	__uint64_t	f_syncreads;	/* I/O since the mount */
	__uint64_t	f_syncwrites;
	__uint64_t	f_asyncreads;
	__uint64_t	f_asyncwrites;
	uuid_t		f_fsid_uuid;
	uuid_t		f_uid_uuid;
};

#define ST_RDONLY	0x00000001
#define ST_NOSUID	0x00000002
#define ST_FSID_UUID	0x40000000
#define ST_OWNER_UUID	0x80000000

#ifndef _KERNEL
__BEGIN_DECLS
int	fstatvfs(int, struct statvfs *);
int	statvfs(const char *__restrict, struct statvfs *__restrict);
#if __BSD_VISIBLE
struct fhandle;
struct statfs;
int	fhstatvfs(const struct fhandle *, struct statvfs *);
int	getvfsstat(struct statfs *, struct statvfs *, long, int);
#endif
__END_DECLS
#endif

#endif /* !_SYS_STATVFS_H_ */
