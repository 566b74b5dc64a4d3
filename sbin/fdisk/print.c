/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk: the table as text.  Programs and people compare it, so every blank
 * counts; reference/storage/disks.md (section 2.3) has the forms.
 */
#include <sys/param.h>

#include <inttypes.h>
#include <stdio.h>

#include "fdisk.h"

static const struct {
	int		type;
	const char	*name;
} names[] = {
	{ DOSPTYP_EXT, "Extended DOS" },
	{ 7, "OS/2 HPFS, NTFS, QNX-2 (16 bit) or Advanced UNIX" },
	{ 11, "DOS or Windows 95 with 32 bit FAT" },
	{ 12, "DOS or Windows 95 with 32 bit FAT, LBA" },
	{ DOSPTYP_DFLYBSD, "DragonFly BSD" },
	{ DOSPTYP_LINUX, "Linux filesystem" },
	{ DOSPTYP_386BSD, "DragonFly/FreeBSD/NetBSD/386BSD" },
	{ DOSPTYP_PMBR, "EFI GPT" },
	{ DOSPTYP_EFI, "EFI System Partition" }
};

static const char *
type_name(int type)
{
	size_t i;

	for (i = 0; i < nitems(names); i++) {
		if (names[i].type == type)
			return (names[i].name);
	}
	return ("unknown");
}

void
print_summary(const struct table *t)
{
	int i;

	printf("%s: %u cyl %u hd %u sec\n", t->t_disk.dh_path, t->t_cyls,
	    t->t_heads, t->t_secs);
	printf("%s  %11s %11s Type Flags\n", "Part", "Start", "Size");
	for (i = 0; i < NDOSPART; i++) {
		const struct dos_partition *p = &t->t_part[i];

		if (p->dp_start == 0 && p->dp_size == 0)
			continue;
		printf("%4d: %11" PRIu32 " %11" PRIu32 " 0x%02x 0x%02x\n",
		    i + 1, p->dp_start, p->dp_size, p->dp_typ, p->dp_flag);
	}
}

void
print_device(const struct table *t)
{
	printf("******* Working on device %s *******\n", t->t_disk.dh_path);
}

static void
print_numbers(unsigned cyls, unsigned heads, unsigned secs)
{
	printf("cylinders=%u heads=%u sectors/track=%u (%u blks/cyl)\n\n",
	    cyls, heads, secs, heads * secs);
}

void
print_geometry(const struct table *t)
{
	printf("parameters extracted from device are:\n");
	print_numbers(t->t_cyls, t->t_heads, t->t_secs);
	if (t->t_bios_secs > 63 || t->t_bios_cyls > 1023 ||
	    t->t_bios_heads > 255)
		printf("Figures below won't work with BIOS for partitions "
		    "not in cyl 1\n");
	printf("parameters to be used for BIOS calculations are:\n");
	print_numbers(t->t_bios_cyls, t->t_bios_heads, t->t_bios_secs);
}

static void
print_chs(const char *what, int cyl, int head, int sect, const char *end)
{
	printf("\t%s: cyl %d/ head %d/ sector %d%s\n", what,
	    cyl | (sect & 0xc0) << 2, head, sect & 0x3f, end);
}

void
print_entry(const struct table *t, int n)
{
	const struct dos_partition *p = &t->t_part[n];
	uint64_t bytes;

	printf("The data for partition %d is:\n", n + 1);
	if (p->dp_typ == 0 && p->dp_size == 0) {
		printf("<UNUSED>\n");
		return;
	}
	bytes = (uint64_t)p->dp_size * t->t_disk.dh_info.media_blksize;
	printf("sysid %d,(%s)\n", p->dp_typ, type_name(p->dp_typ));
	printf("    start %" PRIu32 ", size %" PRIu32 " (%" PRIu64
	    " Meg), flag %x%s\n", p->dp_start, p->dp_size, bytes >> 20,
	    p->dp_flag, p->dp_flag == 0x80 ? " (active)" : "");
	print_chs("beg", p->dp_scyl, p->dp_shd, p->dp_ssect, ";");
	print_chs("end", p->dp_ecyl, p->dp_ehd, p->dp_esect, "");
}

/* only: a single entry, or -1 for all. */
void
print_table(const struct table *t, int only)
{
	int i;

	printf("Media sector size is %d\n", t->t_disk.dh_info.media_blksize);
	printf("Warning: BIOS sector numbering starts with sector 1\n");
	printf("Information from DOS bootblock is:\n");
	for (i = 0; i < NDOSPART; i++) {
		if (only < 0 || only == i)
			print_entry(t, i);
	}
}
