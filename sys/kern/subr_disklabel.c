/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disk layer: labels, of 64 and of 32 bits, as specified in
 * reference/storage/disks.md.
 *
 * A slice keeps the label it was last given, by its medium or by an ioctl;
 * the partitions' nodes are made from that copy.  What is read or handed in
 * is checked here; nothing that fails a check changes anything.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/device.h>
#include <sys/diskmbr.h>
#include <sys/dtype.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/libkern.h>
#include <sys/malloc.h>
#include "subr_disk.h"

#define LABEL32_RESERVED	8192	/* boot area of a 32-bit label */
#define LABEL32_RAW		2	/* its partition of the whole slice */

static MALLOC_DEFINE(M_DISKLABEL, "disklabel", "labels of slices");

/* Covered by the checksum: from the magic to the last partition. */
static uint32_t
label64_crc(const struct disklabel64 *lp)
{
	struct disklabel64 *copy = kmalloc(sizeof(*copy), M_TEMP, M_WAITOK);
	uint32_t crc;

	*copy = *lp;
	copy->d_crc = 0;
	crc = crc32(&copy->d_magic,
	    offsetof(struct disklabel64, d_partitions[lp->d_npartitions]) -
	    offsetof(struct disklabel64, d_magic));
	kfree(copy, M_TEMP);
	return (crc);
}

void
disk_label_free(struct diskpart *sl)
{
	if (sl->dp_lab64 != NULL)
		kfree(sl->dp_lab64, M_DISKLABEL);
	if (sl->dp_lab32 != NULL)
		kfree(sl->dp_lab32, M_DISKLABEL);
	sl->dp_lab64 = NULL;
	sl->dp_lab32 = NULL;
	sl->dp_reserved = 0;
}

static void
part_names(struct diskpart *sl, struct diskpart *pt)
{
	strlcpy(pt->dp_label, sl->dp_label, sizeof(pt->dp_label));
}

/* Make the partitions of a checked label, and keep a copy of it. */
static void
label64_apply(struct disk *dp, struct diskpart *sl,
    const struct disklabel64 *lp)
{
	const struct partition64 *p;
	struct diskpart *pt;
	int i;

	disk_label_free(sl);
	sl->dp_lab64 = kmalloc(sizeof(*lp), M_DISKLABEL, M_WAITOK);
	*sl->dp_lab64 = *lp;
	sl->dp_reserved = lp->d_bbase;
	bcopy(lp->d_packname, sl->dp_label, sizeof(lp->d_packname));
	sl->dp_label[sizeof(lp->d_packname)] = 0;
	for (i = 0; i < lp->d_npartitions; i++) {
		p = &lp->d_partitions[i];
		if (p->p_fstype == FS_UNUSED || p->p_bsize == 0 ||
		    p->p_boffset > sl->dp_size ||
		    p->p_bsize > sl->dp_size - p->p_boffset ||
		    p->p_boffset % dp->d_info.d_media_blksize != 0 ||
		    p->p_bsize % dp->d_info.d_media_blksize != 0)
			continue;
		pt = disk_found(dp, sl, sl->dp_slice, i,
		    sl->dp_offset + p->p_boffset, p->p_bsize);
		pt->dp_fstype = p->p_fstype;
		pt->dp_type_uuid = p->p_type_uuid;
		pt->dp_stor_uuid = p->p_stor_uuid;
		pt->dp_reserved = p->p_boffset < lp->d_bbase ?
		    lp->d_bbase - p->p_boffset : 0;
		part_names(sl, pt);
	}
}

/* What is wrong with a label as such, or NULL. */
static const char *
label64_fault(const struct disklabel64 *lp)
{
	if (lp->d_magic != DISKMAGIC64)
		return ("no disk label");
	if (lp->d_npartitions > MAXPARTITIONS64)
		return ("disklabel64 corrupted, too many partitions");
	if (label64_crc(lp) != lp->d_crc)
		return ("disklabel64 corrupted, bad CRC");
	return (NULL);
}

/* NULL: found and applied; else the reason why not. */
static const char *
label64_probe(struct disk *dp, struct diskpart *sl)
{
	struct disklabel64 *lp;
	const char *fault;
	int n = roundup(sizeof(*lp), dp->d_info.d_media_blksize);

	if (sl->dp_size < n)
		return ("no disk label");
	lp = kmalloc(n, M_TEMP, M_WAITOK);
	if (disk_raw_read(dp, sl->dp_offset, lp, n) != 0)
		fault = "I/O error";
	else
		fault = label64_fault(lp);
	if (fault == NULL)
		label64_apply(dp, sl, lp);
	kfree(lp, M_TEMP);
	return (fault);
}

/*
 * On the medium offsets count from the start of the disk, or, in the oldest
 * labels, of the slice: the raw partition tells.
 */
static void
label32_apply(struct disk *dp, struct diskpart *sl,
    const struct disklabel32 *lp)
{
	struct partition32 *p;
	struct diskpart *pt;
	u_int64_t off, size;
	int sec = dp->d_info.d_media_blksize, i;
	uint32_t base = 0;

	disk_label_free(sl);
	sl->dp_lab32 = kmalloc(sizeof(*lp), M_DISKLABEL, M_WAITOK);
	*sl->dp_lab32 = *lp;
	sl->dp_reserved = LABEL32_RESERVED;
	bcopy(lp->d_packname, sl->dp_label, sizeof(lp->d_packname));
	sl->dp_label[sizeof(lp->d_packname)] = 0;
	if (lp->d_npartitions > LABEL32_RAW)
		base = lp->d_partitions[LABEL32_RAW].p_offset;
	for (i = 0; i < lp->d_npartitions; i++) {
		p = &sl->dp_lab32->d_partitions[i];
		if (p->p_offset >= base)
			p->p_offset -= base;
		off = (u_int64_t)p->p_offset * sec;
		size = (u_int64_t)p->p_size * sec;
		if (p->p_fstype == FS_UNUSED || size == 0 ||
		    lp->d_partitions[i].p_offset < base ||
		    off > sl->dp_size || size > sl->dp_size - off)
			continue;
		pt = disk_found(dp, sl, sl->dp_slice, i, sl->dp_offset + off,
		    size);
		pt->dp_fstype = p->p_fstype;
		pt->dp_reserved = off < LABEL32_RESERVED ?
		    LABEL32_RESERVED - off : 0;
		part_names(sl, pt);
	}
	sl->dp_lab32->d_checksum = 0;
	sl->dp_lab32->d_checksum = dkcksum32(sl->dp_lab32);
}

static const char *
label32_probe(struct disk *dp, struct diskpart *sl)
{
	struct disklabel32 *lp;
	const char *fault = NULL;
	int sec = dp->d_info.d_media_blksize;

	if (sec < (int)sizeof(*lp) || sl->dp_size < 2 * (u_int64_t)sec)
		return ("no disk label");
	lp = kmalloc(sec, M_TEMP, M_WAITOK);
	if (disk_raw_read(dp, sl->dp_offset + sec, lp, sec) != 0)
		fault = "I/O error";
	else if (lp->d_magic != DISKMAGIC32 || lp->d_magic2 != DISKMAGIC32)
		fault = "no disk label";
	else if (lp->d_npartitions > MAXPARTITIONS32 || dkcksum32(lp) != 0)
		fault = "disk label corrupted";
	if (fault == NULL)
		label32_apply(dp, sl, lp);
	kfree(lp, M_TEMP);
	return (fault);
}

void
disk_probe_label(struct disk *dp, struct diskpart *sl)
{
	static const char none[] = "no disk label";
	const char *fault;

	disk_label_free(sl);
	if (dp->d_info.d_dsflags & DSO_NOLABELS)
		return;
	fault = label32_probe(dp, sl);
	if (fault != NULL && strcmp(fault, none) == 0)
		fault = label64_probe(dp, sl);
	if (fault == NULL)
		return;
	if (strcmp(fault, none) != 0)
		kprintf("%s: cannot find label (%s)\n", sl->dp_dev->si_name,
		    fault);
	if (dp->d_info.d_dsflags & DSO_COMPATLABEL) {
		/* A medium without a label, such as a CD. */
		disk_found(dp, sl, sl->dp_slice, 0, sl->dp_offset,
		    sl->dp_size);
		disk_found(dp, sl, sl->dp_slice, LABEL32_RAW, sl->dp_offset,
		    sl->dp_size);
	}
}

/*
 * The label that a slice without one would get.
 */
static void
label64_virgin(struct disk *dp, struct diskpart *pt, struct disklabel64 *lp)
{
	const uint64_t mb = 1024 * 1024;
	uint64_t blk = MAX(4096, dp->d_info.d_media_blksize), res;
	uint64_t base = pt != NULL ? pt->dp_offset : 0;

	bzero(lp, sizeof(*lp));
	res = roundup(offsetof(struct disklabel64, d_partitions[0]) +
	    RESPARTITIONS64 * sizeof(struct partition64), blk);
	lp->d_magic = DISKMAGIC64;
	lp->d_align = blk;
	lp->d_npartitions = MAXPARTITIONS64;
	kern_uuidgen(&lp->d_stor_uuid, 1);
	lp->d_total_size = pt != NULL ? pt->dp_size :
	    dp->d_info.d_media_size;
	lp->d_bbase = res;
	/* Too small for data: everything is label and boot area. */
	lp->d_pbase = lp->d_pstop = lp->d_abase = lp->d_total_size;
	if (lp->d_total_size >= res + roundup(BOOT2SIZE64, blk) + 2 * mb +
	    res) {
		lp->d_abase = lp->d_total_size - res;
		lp->d_pbase = roundup(base + res + roundup(BOOT2SIZE64, blk),
		    mb) - base;
		lp->d_pstop = rounddown(lp->d_abase - lp->d_pbase, mb) +
		    lp->d_pbase;
	}
	lp->d_crc = label64_crc(lp);
}

/* May this label be the slice's? */
static int
label64_check(struct disk *dp, struct diskpart *sl,
    const struct disklabel64 *lp)
{
	const struct partition64 *p;
	struct diskpart *pt;
	uint64_t sec = dp->d_info.d_media_blksize;
	int i;

	if (label64_fault(lp) != NULL)
		return (EINVAL);
	TAILQ_FOREACH(pt, &dp->d_parts, dp_link) {
		if (pt->dp_whole != sl || pt == sl ||
		    pt->dp_dev->si_opens == 0)
			continue;
		if (pt->dp_part >= lp->d_npartitions)
			return (EBUSY);
		p = &lp->d_partitions[pt->dp_part];
		if (p->p_fstype == FS_UNUSED ||
		    sl->dp_offset + p->p_boffset != pt->dp_offset ||
		    p->p_bsize < pt->dp_size ||
		    bcmp(&p->p_type_uuid, &pt->dp_type_uuid,
		    sizeof(struct uuid)) != 0 ||
		    bcmp(&p->p_stor_uuid, &pt->dp_stor_uuid,
		    sizeof(struct uuid)) != 0)
			return (EBUSY);
	}
	if (lp->d_total_size > sl->dp_size)
		return (ENOSPC);
	if (lp->d_total_size % sec != 0 || lp->d_bbase % sec != 0 ||
	    lp->d_pbase % sec != 0 || lp->d_pstop % sec != 0 ||
	    lp->d_abase % sec != 0)
		return (EINVAL);
	for (i = 0; i < lp->d_npartitions; i++) {
		p = &lp->d_partitions[i];
		if (p->p_bsize == 0) {
			if (p->p_boffset != 0)
				return (EINVAL);
			continue;
		}
		if (p->p_boffset % sec != 0 || p->p_bsize % sec != 0)
			return (EINVAL);
		if (p->p_boffset < lp->d_pbase ||
		    p->p_boffset > lp->d_total_size ||
		    p->p_bsize > lp->d_total_size - p->p_boffset)
			return (ENOSPC);
	}
	return (0);
}

/* To the medium; the boot code in front of the label stays. */
static int
label64_write(struct disk *dp, struct diskpart *sl,
    const struct disklabel64 *lp)
{
	int n = roundup(sizeof(*lp), dp->d_info.d_media_blksize), error;
	char *buf = kmalloc(n, M_TEMP, M_WAITOK);

	error = disk_raw_read(dp, sl->dp_offset, buf, n);
	if (error == 0) {
		bcopy(&lp->d_magic, buf + sizeof(lp->d_reserved0),
		    sizeof(*lp) - sizeof(lp->d_reserved0));
		error = disk_raw_write(dp, sl->dp_offset, buf, n);
	}
	kfree(buf, M_TEMP);
	return (error);
}

/* DIOCSDINFO64 and DIOCWDINFO64. */
static int
label64_set(struct disk *dp, struct diskpart *sl,
    const struct disklabel64 *lp, int write)
{
	struct diskpart *pt;
	int error;

	if (sl->dp_lab32 != NULL)
		return (ENOATTR);
	error = label64_check(dp, sl, lp);
	if (error == 0 && write)
		error = label64_write(dp, sl, lp);
	if (error)
		return (error);
	TAILQ_FOREACH(pt, &dp->d_parts, dp_link)
		pt->dp_seen = pt->dp_whole != sl || pt == sl;
	label64_apply(dp, sl, lp);
	disk_settle(dp);
	return (0);
}

static int
label_ioctl_slice(struct disk *dp, struct diskpart *sl, u_long cmd,
    void *data, int fflag)
{
	if (sl == NULL)
		return (ENODEV);
	if (sl->dp_whole != sl)
		return (EINVAL);
	switch (cmd) {
	case DIOCGDINFO64:
		if (sl->dp_lab64 == NULL)
			return (sl->dp_lab32 != NULL ? ENOATTR : EINVAL);
		*(struct disklabel64 *)data = *sl->dp_lab64;
		return (0);
	case DIOCGDINFO32:
		if (sl->dp_lab32 == NULL)
			return (sl->dp_lab64 != NULL ? ENOATTR : EINVAL);
		*(struct disklabel32 *)data = *sl->dp_lab32;
		return (0);
	}
	if ((fflag & FWRITE) == 0)
		return (EBADF);
	return (label64_set(dp, sl, data, cmd == DIOCWDINFO64));
}

int
disk_label_ioctl(struct disk *dp, struct diskpart *pt,
    struct dev_ioctl_args *ap)
{
	int error = 0;

	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	switch (ap->a_cmd) {
	case DIOCGDINFO64:
	case DIOCGDINFO32:
	case DIOCSDINFO64:
	case DIOCWDINFO64:
		error = label_ioctl_slice(dp, pt, ap->a_cmd, ap->a_data,
		    ap->a_fflag);
		break;
	case DIOCGDVIRGIN64:
		if (pt != NULL && pt->dp_whole != pt)
			error = EINVAL;
		else if (dp->d_info.d_media_size == 0)
			error = ENXIO;
		else
			label64_virgin(dp, pt,
			    (struct disklabel64 *)ap->a_data);
		break;
	case DIOCWLABEL:
		if (pt == NULL)
			error = ENODEV;
		else if ((ap->a_fflag & FWRITE) == 0)
			error = EBADF;
		else
			pt->dp_whole->dp_wlabel = *(int *)ap->a_data != 0;
		break;
	default:
		error = ENOIOCTL;
		break;
	}
	lockmgr(&dp->d_lock, LK_RELEASE);
	return (error);
}
