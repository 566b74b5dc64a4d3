/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a file is: struct stat, modes and file flags.
 */
#ifndef _SYS_STAT_H_
#define _SYS_STAT_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_timespec.h>
#if __BSD_VISIBLE && !defined(_KERNEL)
#include <sys/time.h>
#endif

struct stat {
	ino_t	st_ino;
	nlink_t	st_nlink;
	dev_t	st_dev;			/* device or filesystem it is on */
	mode_t	st_mode;		/* S_* */
	uint16_t st_padding1;
	uid_t	st_uid;
	gid_t	st_gid;
	dev_t	st_rdev;		/* device it is */
	struct timespec st_atim;	/* data last read */
	struct timespec st_mtim;	/* data last written */
	struct timespec st_ctim;	/* attributes last changed */
	off_t	st_size;		/* bytes */
	blkcnt_t st_blocks;		/* allocated, 512 bytes each */
	uint32_t __old_st_blksize;	/* copy of st_blksize */
	uint32_t st_flags;		/* UF_*, SF_* */
	uint32_t st_gen;		/* generation of the inode number */
	int32_t	st_lspare;
	blksize_t st_blksize;		/* best size of a transfer */
	int64_t	st_qspare2;
};

#define st_atime	st_atim.tv_sec
#define st_mtime	st_mtim.tv_sec
#define st_ctime	st_ctim.tv_sec
#if __BSD_VISIBLE
#define st_atimensec	st_atim.tv_nsec
#define st_mtimensec	st_mtim.tv_nsec
#define st_ctimensec	st_ctim.tv_nsec
#define st_atimespec	st_atim
#define st_mtimespec	st_mtim
#define st_ctimespec	st_ctim
#endif

#define S_ISUID		0004000	/* set user id on execution */
#define S_ISGID		0002000	/* set group id on execution */
#if __BSD_VISIBLE
#define S_ISTXT		0001000	/* sticky */
#endif

#define S_IRWXU		0000700
#define S_IRUSR		0000400
#define S_IWUSR		0000200
#define S_IXUSR		0000100
#if __BSD_VISIBLE
#define S_IREAD		S_IRUSR
#define S_IWRITE	S_IWUSR
#define S_IEXEC		S_IXUSR
#endif
#define S_IRWXG		0000070
#define S_IRGRP		0000040
#define S_IWGRP		0000020
#define S_IXGRP		0000010
#define S_IRWXO		0000007
#define S_IROTH		0000004
#define S_IWOTH		0000002
#define S_IXOTH		0000001

#define S_IFMT		0170000	/* type of the file */
#define S_IFIFO		0010000
#define S_IFCHR		0020000
#define S_IFDIR		0040000
#define S_IFBLK		0060000
#define S_IFREG		0100000
#define S_IFDB		0110000	/* record-oriented file */
#define S_IFLNK		0120000
#define S_IFSOCK	0140000
#define S_IFWHT		0160000	/* whiteout */
#define S_ISVTX		0001000	/* sticky */

#define S_ISDIR(m)	(((m) & S_IFMT) == S_IFDIR)
#define S_ISCHR(m)	(((m) & S_IFMT) == S_IFCHR)
#define S_ISBLK(m)	(((m) & S_IFMT) == S_IFBLK)
#define S_ISREG(m)	(((m) & S_IFMT) == S_IFREG)
#define S_ISDB(m)	(((m) & S_IFMT) == S_IFDB)
#define S_ISFIFO(m)	(((m) & S_IFMT) == S_IFIFO)
#define S_ISLNK(m)	(((m) & S_IFMT) == S_IFLNK)
#define S_ISSOCK(m)	(((m) & S_IFMT) == S_IFSOCK)
#define S_ISWHT(m)	(((m) & S_IFMT) == S_IFWHT)

#if __BSD_VISIBLE
#define ACCESSPERMS	(S_IRWXU | S_IRWXG | S_IRWXO)
#define ALLPERMS	(S_ISUID | S_ISGID | S_ISTXT | ACCESSPERMS)
#define DEFFILEMODE	(S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)
#define S_BLKSIZE	512	/* unit of st_blocks */

/* File flags: the owner's, and those of the super-user. */
#define UF_SETTABLE	0x0000ffff
#define UF_NODUMP	0x00000001	/* leave out of dumps */
#define UF_IMMUTABLE	0x00000002	/* may not change */
#define UF_APPEND	0x00000004	/* may only grow */
#define UF_OPAQUE	0x00000008	/* hides what is below it in a union */
#define UF_NOUNLINK	0x00000010	/* may not be renamed or removed */
#define UF_UNUSED5	0x00000020
#define UF_NOHISTORY	0x00000040	/* do not keep history */
#define UF_CACHE	0x00000080	/* keep data in the swap cache */
#define UF_XLINK	0x00000100	/* cross link */
#define SF_SETTABLE	0xffff0000
#define SF_ARCHIVED	0x00010000
#define SF_IMMUTABLE	0x00020000
#define SF_APPEND	0x00040000
#define SF_NOUNLINK	0x00100000
#define SF_UNUSED17	0x00200000
#define SF_NOHISTORY	0x00400000
#define SF_NOCACHE	0x00800000	/* keep data out of the swap cache */
#define SF_XLINK	0x01000000
#ifdef _KERNEL
#define OPAQUE		UF_OPAQUE
#define APPEND		(UF_APPEND | SF_APPEND)
#define IMMUTABLE	(UF_IMMUTABLE | SF_IMMUTABLE)
#define NOUNLINK	(UF_NOUNLINK | SF_NOUNLINK)
#endif
#endif

/* utimensat(): tv_nsec */
#define UTIME_NOW	(-1)
#define UTIME_OMIT	(-2)

#ifndef _KERNEL
__BEGIN_DECLS
int	chmod(const char *, mode_t);
int	fchmod(int, mode_t);
int	fchmodat(int, const char *, mode_t, int);
int	fstat(int, struct stat *);
int	fstatat(int, const char *__restrict, struct stat *__restrict, int);
int	futimens(int, const struct timespec [2]);
int	lstat(const char *__restrict, struct stat *__restrict);
int	mkdir(const char *, mode_t);
int	mkdirat(int, const char *, mode_t);
int	mkfifo(const char *, mode_t);
int	mkfifoat(int, const char *, mode_t);
int	mknod(const char *, mode_t, dev_t);
int	mknodat(int, const char *, mode_t, dev_t);
int	stat(const char *__restrict, struct stat *__restrict);
mode_t	umask(mode_t);
int	utimensat(int, const char *, const struct timespec [2], int);
#if __BSD_VISIBLE
int	chflags(const char *, unsigned long);
int	chflagsat(int, const char *, unsigned long, int);
int	fchflags(int, unsigned long);
int	lchflags(const char *, unsigned long);
int	lchmod(const char *, mode_t);
#endif
__END_DECLS
#endif

#endif /* !_SYS_STAT_H_ */
