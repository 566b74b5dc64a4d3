/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slices and partitions of the disks as devices of their own: disk0s1,
 * disk0s1a.  Tables are those of storage/disks.md: an MBR or a GPT, and
 * 64-bit labels inside slices.  What makes no sense is passed over.
 */
#include "boot.h"

#define MBR_TABLE	446
#define MBR_ENTRIES	4
#define MBR_PROTECTIVE	0xee
#define GPT_ENTRIES_MAX	128
#define LABEL_MAGIC	0xc4464c59
#define LABEL_PARTS	16
#define LABEL_AT	512

struct mbr_entry {
	uint8_t		flag, start_chs[3], type, end_chs[3];
	uint32_t	start, size;
} __attribute__((__packed__));

struct gpt_header {
	char		sig[8];
	uint32_t	revision, size, crc, reserved;
	uint64_t	self, alternate, first, last;
	uint8_t		guid[16];
	uint64_t	table;
	uint32_t	entries, entry_size, table_crc;
} __attribute__((__packed__));

struct gpt_entry {
	uint64_t	type[2];
	uint8_t		guid[16];
	uint64_t	start, end;
} __attribute__((__packed__));

struct label64 {
	uint32_t	magic, crc, align, nparts;
	uint8_t		uuid[16];
	uint64_t	total, bbase, pbase, pstop, abase;
	char		name[64], reserved[64];
	struct {
		uint64_t	offset, size;
		uint8_t		fstype, unused[15], uuids[32];
	} part[LABEL_PARTS];
} __attribute__((__packed__));

/* A part of a disk, in bytes. */
static struct device *
add_part(struct device *disk, uint64_t base, uint64_t size,
    const char *suffix)
{
	struct device *dev, **link;
	uint64_t end = disk->nsectors * disk->secsize;

	if (size == 0 || base > end || size > end - base ||
	    base % disk->secsize != 0)
		return (NULL);
	dev = xmalloc(sizeof(*dev));
	*dev = *disk;
	dev->next = NULL;
	dev->fs = NULL;
	dev->fs_probed = false;
	snprintf(dev->name, sizeof(dev->name), "%s%s", disk->name, suffix);
	dev->what = "part";
	dev->base = disk->base + base / disk->secsize;
	dev->nsectors = size / disk->secsize;
	for (link = &devices; *link != NULL; link = &(*link)->next)
		continue;
	*link = dev;
	return (dev);
}

static uint32_t
crc32(const uint8_t *p, size_t n)
{
	uint32_t crc = ~0U;
	int bit;

	while (n-- > 0) {
		crc ^= *p++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (~crc);
}

static bool
label_is_good(struct label64 *lp)
{
	uint32_t crc = lp->crc;

	if (lp->magic != LABEL_MAGIC || lp->nparts > LABEL_PARTS)
		return (false);
	lp->crc = 0;
	return (crc32((const uint8_t *)lp, offsetof(struct label64, part) +
	    lp->nparts * sizeof(lp->part[0])) == crc);
}

static void
add_slice(struct device *disk, unsigned no, uint64_t start, uint64_t count)
{
	uint64_t base = start * disk->secsize;
	struct label64 *lp;
	struct device *slice;
	char suffix[8];
	unsigned i;

	snprintf(suffix, sizeof(suffix), "s%u", no);
	slice = add_part(disk, base, count * disk->secsize, suffix);
	if (slice == NULL)
		return;
	lp = xmalloc(sizeof(*lp));
	if (device_read(slice, LABEL_AT, lp, sizeof(*lp)) == 0 &&
	    label_is_good(lp)) {
		for (i = 0; i < lp->nparts; i++) {
			snprintf(suffix, sizeof(suffix), "%c", 'a' + i);
			if (lp->part[i].fstype != 0)
				add_part(slice, lp->part[i].offset,
				    lp->part[i].size, suffix);
		}
	}
	free(lp);
}

static void
probe_gpt(struct device *disk)
{
	struct gpt_header h;
	struct gpt_entry e;
	unsigned i;

	if (device_read(disk, disk->secsize, &h, sizeof(h)) != 0 ||
	    memcmp(h.sig, "EFI PART", sizeof(h.sig)) != 0 ||
	    h.entry_size < 128 || h.entry_size > 4096 ||
	    h.table >= disk->nsectors)
		return;
	for (i = 0; i < h.entries && i < GPT_ENTRIES_MAX; i++) {
		if (device_read(disk, h.table * disk->secsize +
		    (uint64_t)i * h.entry_size, &e, sizeof(e)) != 0)
			return;
		if ((e.type[0] | e.type[1]) != 0 && e.start < e.end &&
		    e.end < disk->nsectors)
			add_slice(disk, i, e.start, e.end - e.start + 1);
	}
}

static void
probe_disk(struct device *disk)
{
	struct mbr_entry part[MBR_ENTRIES];
	uint8_t *sector = xmalloc(512);
	uint64_t size;
	int i;

	if (device_read(disk, 0, sector, 512) != 0 || sector[510] != 0x55 ||
	    sector[511] != 0xaa) {
		free(sector);
		add_slice(disk, 0, 0, disk->nsectors);
		return;
	}
	memcpy(part, sector + MBR_TABLE, sizeof(part));
	free(sector);
	if (part[0].type == MBR_PROTECTIVE) {
		probe_gpt(disk);
		return;
	}
	for (i = 0; i < MBR_ENTRIES; i++) {
		if (part[i].size == 0 || part[i].start >= disk->nsectors)
			continue;
		/* The largest number stands for the rest of the disk. */
		size = disk->nsectors - part[i].start;
		if (part[i].size != UINT32_MAX && part[i].size < size)
			size = part[i].size;
		add_slice(disk, i + 1, part[i].start, size);
	}
}

/* CDs, whose size is not known, have none. */
void
partitions_probe(void)
{
	struct device *dev, *last = NULL;

	for (dev = devices; dev != NULL; dev = dev->next)
		last = dev;
	for (dev = devices; dev != NULL; dev = dev->next) {
		if (dev->nsectors != 0 && dev->secsize >= 512)
			probe_disk(dev);
		if (dev == last)
			break;
	}
}
