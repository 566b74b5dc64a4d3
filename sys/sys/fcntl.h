/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opening files, descriptor flags, file locks.
 */
#ifndef _SYS_FCNTL_H_
#define _SYS_FCNTL_H_

#include <sys/cdefs.h>
#include <sys/types.h>

/* Access mode of open(). */
#define O_RDONLY	0x0000
#define O_WRONLY	0x0001
#define O_RDWR		0x0002
#define O_ACCMODE	0x0003

#if __BSD_VISIBLE
/* f_flag of an open file has these instead: mode + 1. */
#define FREAD		0x0001
#define FWRITE		0x0002
#endif
#define O_NONBLOCK	0x00000004
#define O_APPEND	0x00000008
#if __BSD_VISIBLE
#define O_SHLOCK	0x00000010	/* with a shared lock */
#define O_EXLOCK	0x00000020	/* with an exclusive lock */
#define O_ASYNC		0x00000040	/* SIGIO when ready */
#define O_FSYNC		0x00000080
#endif
#define O_SYNC		0x00000080	/* writes wait for the disk */
#define O_DSYNC		O_SYNC
#define O_RSYNC		O_SYNC
#define O_NOFOLLOW	0x00000100	/* fail on a symbolic link */
#define O_CREAT		0x00000200
#define O_TRUNC		0x00000400
#define O_EXCL		0x00000800
#ifdef _KERNEL
#define FMARK		0x00001000	/* reachable, to unp_gc() */
#define FDEFER		0x00002000	/* put off by unp_gc() */
#define FHASLOCK	0x00004000	/* holds an advisory lock */
#endif
#define O_NOCTTY	0x00008000
#if __BSD_VISIBLE
#define O_DIRECT	0x00010000	/* past the cache if possible */
#endif
#define O_CLOEXEC	0x00020000
#if __BSD_VISIBLE
/* Per call, to extpread() and extpwrite(); also the flags as a mask. */
#define O_FBLOCKING	0x00040000
#define O_FNONBLOCKING	0x00080000
#define O_FAPPEND	0x00100000
#define O_FOFFSET	0x00200000	/* an offset is given */
#define O_FSYNCWRITE	0x00400000
#define O_FASYNCWRITE	0x00800000
#define O_FMASK		0x00fc0000
#endif
#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)
#define O_UNUSED24	0x01000000
#define O_UNUSED25	0x02000000
#define O_UNUSED26	0x04000000
#endif
#define O_DIRECTORY	0x08000000
#ifdef _KERNEL
#define FREVOKED	0x10000000	/* revoke() took it */
#define FAPPENDONLY	0x20000000
#define FOFFSETLOCK	0x40000000	/* f_offset locked */
#define FOFFSETWAKE	0x80000000	/* ... and waited for */

/* Between the modes of open() and f_flag. */
#define FFLAGS(oflags)	((oflags) + 1)
#define OFLAGS(fflags)	((fflags) - 1)

/* What remains in f_flag, and what fcntl(F_SETFL) may change. */
#define FMASK		(FREAD | FWRITE | FAPPEND | FASYNC | FFSYNC | \
			 FNONBLOCK | FAPPENDONLY | FREVOKED | O_DIRECT)
#define FCNTLFLAGS	(FAPPEND | FASYNC | FFSYNC | FNONBLOCK | \
			 FPOSIXSHM | O_DIRECT)
#endif

#if __BSD_VISIBLE
#define FAPPEND		O_APPEND
#define FASYNC		O_ASYNC
#define FFSYNC		O_FSYNC
#define FNONBLOCK	O_NONBLOCK
#define FNDELAY		O_NONBLOCK
#define O_NDELAY	O_NONBLOCK
#define FPOSIXSHM	O_NOFOLLOW	/* made by shm_open() */
#endif

/* The *at() calls. */
#define AT_FDCWD		0xfffafdcd	/* relative to the current directory */
#define AT_SYMLINK_NOFOLLOW	1
#define AT_REMOVEDIR		2
#define AT_EACCESS		4
#define AT_SYMLINK_FOLLOW	8

/* fcntl() */
#define F_DUPFD		0
#define F_GETFD		1
#define F_SETFD		2
#define F_GETFL		3
#define F_SETFL		4
#define F_GETOWN	5
#define F_SETOWN	6
#define F_GETLK		7
#define F_SETLK		8
#define F_SETLKW	9
#if __BSD_VISIBLE
#define F_DUP2FD	10
#endif
#define F_DUPFD_CLOEXEC	17
#if __BSD_VISIBLE
#define F_DUP2FD_CLOEXEC 18
#endif

#define FD_CLOEXEC	1

#define F_RDLCK		1
#define F_UNLCK		2
#define F_WRLCK		3
#ifdef _KERNEL
#define F_WAIT		0x010	/* wait until it can be had */
#define F_UNUSED020	0x020
#define F_POSIX		0x040	/* of a process, not an open file */
#define F_NOEND		0x080	/* to the end of the file, however long */
#endif

struct flock {
	off_t	l_start;
	off_t	l_len;			/* 0: to the end of the file */
	pid_t	l_pid;			/* owner, of F_GETLK */
	short	l_type;			/* F_*LCK */
	short	l_whence;		/* SEEK_* */
};

#if __BSD_VISIBLE
/* flock() */
#define LOCK_SH		0x01
#define LOCK_EX		0x02
#define LOCK_NB		0x04
#define LOCK_UN		0x08
#endif

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

#define POSIX_FADV_NORMAL	0
#define POSIX_FADV_SEQUENTIAL	1
#define POSIX_FADV_RANDOM	2
#define POSIX_FADV_WILLNEED	3
#define POSIX_FADV_DONTNEED	4
#define POSIX_FADV_NOREUSE	5

#ifndef _KERNEL
#ifndef S_ISUID
#define S_ISUID		0004000
#define S_ISGID		0002000
#define S_IRWXU		0000700
#define S_IRUSR		0000400
#define S_IWUSR		0000200
#define S_IXUSR		0000100
#define S_IRWXG		0000070
#define S_IRGRP		0000040
#define S_IWGRP		0000020
#define S_IXGRP		0000010
#define S_IRWXO		0000007
#define S_IROTH		0000004
#define S_IWOTH		0000002
#define S_IXOTH		0000001
#endif

__BEGIN_DECLS
int	creat(const char *, mode_t);
int	fcntl(int, int, ...);
int	open(const char *, int, ...);
int	openat(int, const char *, int, ...);
int	posix_fadvise(int, off_t, off_t, int);
int	posix_fallocate(int, off_t, off_t);
#if __BSD_VISIBLE
int	flock(int, int);
#endif
__END_DECLS
#endif

#endif /* !_SYS_FCNTL_H_ */
