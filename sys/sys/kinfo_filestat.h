/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kern.filestat.PID: what a process has open, for fstat(1).
 *
 * An array of records: the executable and the directories first, then the
 * descriptors.  Only for processes the caller may interfere with; of others
 * there are none.
 */
#ifndef _SYS_KINFO_FILESTAT_H_
#define _SYS_KINFO_FILESTAT_H_

#include <sys/types.h>
#include <sys/stat.h>

/* kfs_fd of what has no descriptor. */
#define KFS_TEXT	(-1)		/* executable */
#define KFS_CDIR	(-2)		/* current directory */
#define KFS_RDIR	(-3)		/* root directory */

struct kinfo_filestat {
	size_t		kfs_size;	/* of this structure */
	int		kfs_fd;		/* descriptor, or KFS_* */
	short		kfs_type;	/* DTYPE_* */
	short		kfs_pad;
	unsigned int	kfs_flag;	/* FREAD, FWRITE... */
	int		kfs_error;	/* errno of its fstat(2), if it failed */
	void		*kfs_data;	/* as f_data of struct kinfo_file */
	struct stat	kfs_stat;
	char		kfs_mount[80];	/* of a file: where it is mounted */
};

#endif /* !_SYS_KINFO_FILESTAT_H_ */
