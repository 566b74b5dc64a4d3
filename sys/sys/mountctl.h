/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mountctl(): operations on mounted filesystems; their journals.
 */
#ifndef _SYS_MOUNTCTL_H_
#define _SYS_MOUNTCTL_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/time.h>

#define JIDMAX		32

#define MOUNTCTL_INSTALL_VFS_JOURNAL	1
#define MOUNTCTL_REMOVE_VFS_JOURNAL	2
#define MOUNTCTL_RESYNC_VFS_JOURNAL	3
#define MOUNTCTL_STATUS_VFS_JOURNAL	4
#define MOUNTCTL_RESTART_VFS_JOURNAL	5
#define MOUNTCTL_INSTALL_BLK_JOURNAL	8
#define MOUNTCTL_REMOVE_BLK_JOURNAL	9
#define MOUNTCTL_RESYNC_BLK_JOURNAL	10
#define MOUNTCTL_STATUS_BLK_JOURNAL	11
#define MOUNTCTL_SET_EXPORT		16
#define MOUNTCTL_STATVFS		17
#define MOUNTCTL_MOUNTFLAGS		18

#define MC_JOURNAL_UNUSED0001		1
#define MC_JOURNAL_STOP_REQ		2
#define MC_JOURNAL_STOP_IMM		4
#define MC_JOURNAL_WACTIVE		8
#define MC_JOURNAL_RACTIVE		16
#define MC_JOURNAL_WWAIT		64
#define MC_JOURNAL_WANT_AUDIT		0x10000
#define MC_JOURNAL_WANT_REVERSABLE	0x20000
#define MC_JOURNAL_WANT_FULLDUPLEX	0x40000
#define MC_JOURNAL_REMOVE_TRASH		1
#define MC_JOURNAL_REMOVE_ASSYNC	2
#define MC_JOURNAL_INDEX_ALL		(-2)
#define MC_JOURNAL_INDEX_ID		(-1)
#define MC_JOURNAL_STATUS_MORETOCOME	1

struct mountctl_install_journal {
	char	id[32];
	int	flags;
	int	unused01;
	int64_t	membufsize;
	int64_t	swapbufsize;
	int64_t	transid;
	int64_t	unused02;
	int	stallwarn;
	int	stallerror;
	int	unused03;
	int	unused04;
};

struct mountctl_restart_journal {
	char	id[32];
	int	flags;
	int	unused01;
};

struct mountctl_remove_journal {
	char	id[32];
	int	flags;
};

struct mountctl_status_journal {
	char	id[32];
	int	index;
};

struct mountctl_journal_ret_status {
	int	recsize;
	char	id[32];
	int	index;
	int	flags;
	int64_t	membufsize;
	int64_t	membufused;
	int64_t	membufunacked;
	int64_t	swapbufsize;
	int64_t	swapbufused;
	int64_t	swapbufunacked;
	int64_t	transidstart;
	int64_t	transidcurrent;
	int64_t	transidunacked;
	int64_t	transidacked;
	int64_t	bytessent;
	int64_t	bytesacked;
	int64_t	fifostalls;
	int64_t	reserved[4];
	struct timeval lastack;
};

#ifndef _KERNEL
__BEGIN_DECLS
int	mountctl(const char *, int, int, const void *, int, void *, int);
__END_DECLS
#endif

#endif /* !_SYS_MOUNTCTL_H_ */
