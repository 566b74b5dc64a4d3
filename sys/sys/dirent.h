/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directory entries as getdents() returns them.
 */
#ifndef _SYS_DIRENT_H_
#define _SYS_DIRENT_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#if __BSD_VISIBLE || defined(_KERNEL)
#define MAXNAMLEN	255
#endif

struct dirent {
	ino_t		d_fileno;
	uint16_t	d_namlen;	/* without the NUL */
	uint8_t		d_type;		/* DT_* */
	uint8_t		d_unused1;
	uint32_t	d_unused2;
	char		d_name[255 + 1];
};
#define d_ino		d_fileno

#if __BSD_VISIBLE || defined(_KERNEL)
#define DT_UNKNOWN	0
#define DT_FIFO		1
#define DT_CHR		2
#define DT_DIR		4
#define DT_BLK		6
#define DT_REG		8
#define DT_LNK		10
#define DT_SOCK		12
#define DT_WHT		14
#define DT_DBF		15
#define IFTODT(mode)	(((mode) & 0170000) >> 12)
#define DTTOIF(dirtype)	((dirtype) << 12)

/* Bytes of an entry in a buffer: a multiple of 8. */
#define _DIRENT_RECLEN(namelen)	\
	((__offsetof(struct dirent, d_name) + (namelen) + 1 + 7) & ~7UL)
#define _DIRENT_DIRSIZ(dp)	_DIRENT_RECLEN((dp)->d_namlen)
#define _DIRENT_MINSIZ(dp)	_DIRENT_RECLEN((dp)->d_namlen)
#define _DIRENT_NEXT(dp)	\
	((struct dirent *)((uint8_t *)(dp) + _DIRENT_DIRSIZ(dp)))
#endif

#endif /* !_SYS_DIRENT_H_ */
