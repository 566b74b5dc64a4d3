/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Volume images in memory for the tests, and looking at files in them.
 */
#ifndef _UTIL_H_
#define _UTIL_H_

#include "hammer_inode.h"
#include "plat_user.h"
#include "walk.h"

struct image {
	char	*im_data;
	off_t	im_size;
};

/* Map a file; writes stay private. */
void	image_open(struct image *im, const char *path);
void	image_close(struct image *im);
struct hammer_userdev *image_dev(struct image *im);
/* Mount it: 0 or errno. */
int	image_mount(struct image *im, int ronly, struct hammer_mount **hmpp);
void	image_umount(struct hammer_mount *hmp);
/* By path, from the root of a PFS as of a tid. */
int	path_lookup(struct hammer_mount *hmp, const char *path,
	    uint32_t lo, hammer_tid_t asof, struct hammer_inode **ipp);
void	say(const char *fmt, ...) __attribute__((__format__(__printf__, 1, 2)));
void	check(int ok, const char *fmt, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
int	plan(void);

#endif /* !_UTIL_H_ */
