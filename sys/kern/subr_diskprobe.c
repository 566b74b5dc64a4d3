/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slice tables (MBR, GPT) as specified in reference/storage/disks.md.  Everything read is checked against the size
 * of the medium; whatever is wrong makes an entry, or the table, ignored.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/diskmbr.h>
#include <sys/gpt.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/buf.h>
#include "subr_disk.h"

#define MAX_MBR_SLICES	14	/* s1..s14 */
#define MAX_EBR_DEPTH	16
#define EXT_TYPE(t)	((t) == DOSPTYP_EXT || (t) == DOSPTYP_EXTLBA)

/* No table: slice 0 is the whole disk. */
static void
probe_compat(struct disk *dp)
{
	struct diskpart *sl;

	sl = disk_found(dp, NULL, COMPATIBILITY_SLICE, WHOLE_SLICE_PART, 0,
	    dp->d_info.d_media_size);
	disk_probe_label(dp, sl);
}

static int
probe_gpt(struct disk *dp)
{
	struct gpt_hdr *hdr;
	struct gpt_ent *ent;
	struct diskpart *sl;
	int sec = dp->d_info.d_media_blksize, bytes, i, ok = 0;
	u_int64_t blocks = dp->d_info.d_media_blocks, tend;
	uint32_t crc, hsize, n, entsz;
	u_char *table = NULL;

	hdr = kmalloc(sec, M_TEMP, M_WAITOK);
	if (disk_raw_read(dp, sec, hdr, sec) != 0)
		goto done;
	hsize = hdr->hdr_size;
	if (hsize < 92 || hsize > sec)
		goto done;
	crc = hdr->hdr_crc_self;
	hdr->hdr_crc_self = 0;
	if (crc32(hdr, hsize) != crc)
		goto done;
	n = hdr->hdr_entries;
	entsz = hdr->hdr_entsz;
	if (n < 1 || n > 128 || entsz < 128 || entsz > 65536 ||
	    (entsz & 7) != 0 || n * entsz > 65536)
		goto done;
	bytes = roundup(n * entsz, sec);
	if (hdr->hdr_lba_table < 2 || hdr->hdr_lba_table >= blocks ||
	    bytes / sec > blocks - hdr->hdr_lba_table)
		goto done;
	table = kmalloc(bytes, M_TEMP, M_WAITOK);
	if (disk_raw_read(dp, hdr->hdr_lba_table * sec, table, bytes) != 0)
		goto done;
	ok = 1;
	tend = hdr->hdr_lba_table + bytes / sec;
	for (i = 0; i < n; i++) {
		ent = (struct gpt_ent *)(table + i * entsz);
		if (uuid_is_nil(&ent->ent_type))
			continue;
		if (ent->ent_lba_start < tend ||
		    ent->ent_lba_end >= blocks ||
		    ent->ent_lba_start >= ent->ent_lba_end) {
			kprintf("%s part %d: unavailable, bad start or "
			    "ending lba\n", dp->d_cdev->si_name, i);
			continue;
		}
		sl = disk_found(dp, NULL,
		    i == 0 ? COMPATIBILITY_SLICE : i + 1,
		    WHOLE_SLICE_PART, ent->ent_lba_start * sec,
		    (ent->ent_lba_end - ent->ent_lba_start + 1) * sec);
		sl->dp_type_uuid = ent->ent_type;
		sl->dp_stor_uuid = ent->ent_uuid;
		disk_probe_label(dp, sl);
	}
done:
	if (table != NULL)
		kfree(table, M_TEMP);
	kfree(hdr, M_TEMP);
	return (ok);
}

/* One MBR entry as slice s<no>; base is added to its start. */
static void
probe_mbr_entry(struct disk *dp, struct dos_partition *p, int no,
    u_int64_t base)
{
	int sec = dp->d_info.d_media_blksize;
	u_int64_t blocks = dp->d_info.d_media_blocks;
	u_int64_t start = base + p->dp_start, size = p->dp_size;
	struct diskpart *sl;

	if (p->dp_size == 0 || start >= blocks)
		return;
	if (p->dp_size == 0xffffffffU && blocks - start >= 0xffffffffULL) {
		kprintf("%ss%d: slice >2TB, using media size instead of "
		    "slice table size\n", dp->d_cdev->si_name, no);
		size = blocks - start;
	}
	if (size > blocks - start)
		size = blocks - start;
	sl = disk_found(dp, NULL, no + 1, WHOLE_SLICE_PART, start * sec,
	    size * sec);
	switch (p->dp_typ) {
	case 0:
	case 1:
	case DOSPTYP_DFLYBSD:
	case DOSPTYP_386BSD:
	case DOSPTYP_OPENBSD:
	case DOSPTYP_NETBSD:
		disk_probe_label(dp, sl);
		break;
	default:
		disk_label_free(sl);
		break;
	}
}

/* Follow the chain of extended partition tables at ext. */
static void
probe_extended(struct disk *dp, u_int64_t ext, int *nop)
{
	struct dos_partition part[NDOSPART];
	u_int64_t ebr = ext;
	int sec = dp->d_info.d_media_blksize, depth, i;
	u_char *buf = kmalloc(sec, M_TEMP, M_WAITOK);

	for (depth = 0; depth < MAX_EBR_DEPTH; depth++) {
		u_int64_t next = 0;

		if (disk_raw_read(dp, ebr * sec, buf, sec) != 0 ||
		    buf[510] != 0x55 || buf[511] != 0xaa)
			break;
		bcopy(buf + DOSPARTOFF, part, sizeof(part));
		for (i = 0; i < NDOSPART; i++) {
			if (part[i].dp_size == 0)
				continue;
			if (EXT_TYPE(part[i].dp_typ)) {
				next = ext + part[i].dp_start;
				continue;
			}
			if (*nop > MAX_MBR_SLICES) {
				kprintf("%s: too many slices\n",
				    dp->d_cdev->si_name);
				break;
			}
			probe_mbr_entry(dp, &part[i], (*nop)++, ebr);
		}
		if (next <= ebr || next >= dp->d_info.d_media_blocks)
			break;
		ebr = next;
	}
	kfree(buf, M_TEMP);
}

/* Geometry as the table's end addresses suggest it. */
static void
guess_geometry(struct disk *dp, struct dos_partition *part)
{
	u_int heads = 0, secs = 0;
	int i;

	for (i = 0; i < NDOSPART; i++) {
		secs = MAX(secs, part[i].dp_esect & 0x3f);
		heads = MAX(heads, part[i].dp_ehd + 1);
	}
	if (secs * heads == 0)
		return;
	dp->d_info.d_secpertrack = secs;
	dp->d_info.d_nheads = heads;
	dp->d_info.d_secpercyl = secs * heads;
	dp->d_info.d_ncylinders = dp->d_info.d_media_blocks / (secs * heads);
}

static int
is_dedicated(struct dos_partition *part)
{
	static const struct dos_partition zero;

	return (bcmp(&part[0], &zero, sizeof(zero)) == 0 &&
	    bcmp(&part[1], &zero, sizeof(zero)) == 0 &&
	    bcmp(&part[2], &zero, sizeof(zero)) == 0 &&
	    part[3].dp_flag == 0x80 && part[3].dp_typ == DOSPTYP_DFLYBSD &&
	    part[3].dp_start == 0 && part[3].dp_size == 50000);
}

void
disk_probe_slices(struct disk *dp)
{
	struct dos_partition part[NDOSPART];
	int sec = dp->d_info.d_media_blksize, i, no = 5;
	u_char *buf;

	if (sec < DEV_BSIZE || (sec % DEV_BSIZE) != 0 || sec > MAXPHYS)
		return;
	if (dp->d_info.d_dsflags & DSO_ONESLICE) {
		probe_compat(dp);
		return;
	}
	buf = kmalloc(sec, M_TEMP, M_WAITOK);
	if (disk_raw_read(dp, 0, buf, sec) != 0) {
		kfree(buf, M_TEMP);
		return;
	}
	if (buf[510] != 0x55 || buf[511] != 0xaa) {
		kfree(buf, M_TEMP);
		probe_compat(dp);
		return;
	}
	bcopy(buf + DOSPARTOFF, part, sizeof(part));
	kfree(buf, M_TEMP);
	if (part[0].dp_typ == DOSPTYP_PMBR) {
		if (!probe_gpt(dp))
			probe_compat(dp);
		return;
	}
	if (is_dedicated(part)) {
		probe_compat(dp);
		return;
	}
	guess_geometry(dp, part);
	for (i = 0; i < NDOSPART; i++)
		probe_mbr_entry(dp, &part[i], i + 1, 0);
	for (i = 0; i < NDOSPART; i++) {
		if (part[i].dp_size != 0 && EXT_TYPE(part[i].dp_typ))
			probe_extended(dp, part[i].dp_start, &no);
	}
}
