/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ISO 9660 directory records with their system use fields: parsing without
 * any dependence on the rest of the kernel (the unit tests compile it for
 * the host).  ECMA-119 sections 8 and 9; IEEE P1281 (SUSP) and P1282
 * (Rock Ridge).
 */
#ifndef _ISOFS_CD9660_ISO_REC_H_
#define _ISOFS_CD9660_ISO_REC_H_

#ifdef _KERNEL
#include <sys/types.h>
#else
#include <stdint.h>
#endif

#define ISO_SECTOR	2048		/* descriptors' and SUSP areas' unit */
#define ISO_NAME_MAX	255
#define ISO_LINK_MAX	1023
#define ISO_RECMIN	34		/* shortest directory record */

/* Flags of a directory record (9.1.6). */
#define ISO_FL_HIDDEN	0x01
#define ISO_FL_DIR	0x02
#define ISO_FL_ASSOC	0x04
#define ISO_FL_MULTI	0x80		/* not the file's last extent */

/* How names without Rock Ridge are shown. */
enum iso_names {
	ISO_NAMES_FOLD,			/* lower case, no version */
	ISO_NAMES_PLAIN,		/* as recorded */
	ISO_NAMES_JOLIET		/* UCS-2 */
};

struct iso_time {
	int64_t	it_sec;			/* since 1970, UTC */
	long	it_nsec;
};

/* What a directory record says. */
struct iso_rec {
	uint32_t	ir_extent;	/* logical block, without attributes */
	uint32_t	ir_size;	/* bytes in this extent */
	uint8_t		ir_flags;	/* ISO_FL_* */
	uint8_t		ir_extattr;	/* blocks of extended attributes */
	uint8_t		ir_isdot;	/* 1 ".", 2 ".." */
	uint8_t		ir_relocated;	/* RE: to be left out */
	uint8_t		ir_hasrr;	/* PX, NM or the like was there */
	uint8_t		ir_haspx;
	uint32_t	ir_mode;	/* PX: st_mode */
	uint32_t	ir_nlink;
	uint32_t	ir_uid, ir_gid;
	uint32_t	ir_child;	/* CL: where the directory really is */
	uint32_t	ir_parent;	/* PL */
	uint64_t	ir_rdev_high, ir_rdev_low; /* PN */
	struct iso_time	ir_mtime, ir_atime, ir_ctime;
	int		ir_namlen;
	char		ir_name[ISO_NAME_MAX + 1];
	int		ir_linklen;	/* SL; -1: not a valid link */
	char		ir_link[ISO_LINK_MAX + 1];
};

/*
 * Read len bytes at offset of logical block blk into buf: 0, or an errno
 * when the range is not on the volume or cannot be read.
 */
typedef int	iso_read_t(void *arg, uint32_t blk, uint32_t offset,
		    void *buf, uint32_t len);

/* What the volume's mount decided. */
struct iso_volume {
	int		iv_rr;		/* Rock Ridge in use */
	int		iv_skip;	/* SP: bytes before system use fields */
	enum iso_names	iv_names;
	iso_read_t	*iv_read;	/* for continuation areas */
	void		*iv_arg;
};

/*
 * Parse the record at p, of which avail bytes can be seen.  0 or EINVAL or
 * the error of iv_read.  Continuation areas are followed at most
 * ISO_CE_LIMIT times.
 */
#define ISO_CE_LIMIT	32
int	iso_rec_parse(const struct iso_volume *iv, const uint8_t *p, int avail,
	    struct iso_rec *ir);
/* The same for the root's "." only: is there SUSP, and what does SP say? */
int	iso_rec_check_susp(const struct iso_volume *iv, const uint8_t *p,
	    int avail, int *skip);

static __inline uint32_t
iso_get32(const uint8_t *p)
{
	return (p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24);
}

static __inline uint32_t
iso_get16(const uint8_t *p)
{
	return (p[0] | p[1] << 8);
}

#endif /* !_ISOFS_CD9660_ISO_REC_H_ */
