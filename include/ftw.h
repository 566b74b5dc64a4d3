/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking file hierarchies, POSIX.
 */
#ifndef _FTW_H_
#define _FTW_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/stat.h>

/* The kind of an object. */
#define FTW_F		0
#define FTW_D		1
#define FTW_DNR		2
#define FTW_DP		3
#define FTW_NS		4
#define FTW_SL		5
#define FTW_SLN		6
#define FTW_PHYS	1
#define FTW_MOUNT	2
#define FTW_DEPTH	4
#define FTW_CHDIR	8

struct FTW {
	int	base;		/* offset of the name in the path */
	int	level;
};

__BEGIN_DECLS
int	ftw(const char *, int (*)(const char *, const struct stat *, int), int);
int	nftw(const char *, int (*)(const char *, const struct stat *, int,
	    struct FTW *), int, int);
__END_DECLS

#endif /* !_FTW_H_ */
