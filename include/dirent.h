/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading directories.
 */
#ifndef _DIRENT_H_
#define _DIRENT_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <sys/dirent.h>

typedef struct _dirdesc	DIR;

#if __BSD_VISIBLE
#define DIRBLKSIZ	1024
/* opendir2(): hide whiteouts, no duplicates of unions, rewind. */
#define DTF_HIDEW	0x0001
#define DTF_NODUP	0x0002
#define DTF_REWIND	0x0004
#define __DTF_READALL	0x0008
#define __DTF_SKIPME	0x0010
#endif

__BEGIN_DECLS
int	alphasort(const struct dirent **, const struct dirent **);
int	closedir(DIR *);
int	dirfd(DIR *);
DIR	*fdopendir(int);
DIR	*opendir(const char *);
struct dirent *readdir(DIR *);
int	readdir_r(DIR *__restrict, struct dirent *__restrict,
	    struct dirent **__restrict);
void	rewinddir(DIR *);
int	scandir(const char *, struct dirent ***,
	    int (*)(const struct dirent *),
	    int (*)(const struct dirent **, const struct dirent **));
#if __XSI_VISIBLE
void	seekdir(DIR *, long);
long	telldir(DIR *);
#endif
#if __BSD_VISIBLE
DIR	*__opendir2(const char *, int);
int	getdents(int, char *, size_t);
int	getdirentries(int, char *, int, long *);
#endif
__END_DECLS

#endif /* !_DIRENT_H_ */
