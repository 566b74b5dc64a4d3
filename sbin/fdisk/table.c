/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk: reading, changing and writing the table in sector 0.
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fdisk.h"

#define MAX_CYLINDER	1023	/* what ten bits hold */
#define SLICE_MAX	UINT32_MAX

bool wrap_chs;

static void
set_geometry(struct table *t)
{
	struct partinfo *pi = &t->t_disk.dh_info;

	t->t_heads = pi->d_nheads != 0 ? pi->d_nheads : 255;
	t->t_secs = pi->d_secpertrack != 0 ? pi->d_secpertrack : 63;
	t->t_cyls = pi->d_ncylinders;
	/* RAID volumes leave it to the table. */
	if (t->t_cyls == 0)
		t->t_cyls = pi->media_blocks / (t->t_heads * t->t_secs);
	t->t_bios_cyls = t->t_cyls;
	t->t_bios_heads = t->t_heads;
	t->t_bios_secs = t->t_secs;
}

void
table_open(struct table *t, const char *disk, int flags)
{
	memset(t, 0, sizeof(*t));
	disk_open(&t->t_disk, disk, flags);
	t->t_boot_size = t->t_disk.dh_info.media_blksize;
	if (t->t_boot_size % 512 != 0)
		errx(1, "%s: sectors of %zu bytes", t->t_disk.dh_path,
		    t->t_boot_size);
	if (t->t_disk.dh_info.media_blocks < 2)
		errx(1, "%s: too small for a table", t->t_disk.dh_path);
	set_geometry(t);
	t->t_boot = calloc(1, t->t_boot_size);
	if (t->t_boot == NULL)
		err(1, NULL);
	disk_pread(&t->t_disk, t->t_boot, t->t_boot_size, 0);
	t->t_valid = t->t_boot[DOSMAGICOFFSET] == 0x55 &&
	    t->t_boot[DOSMAGICOFFSET + 1] == 0xaa;
	if (t->t_valid)
		memcpy(t->t_part, t->t_boot + DOSPARTOFF, sizeof(t->t_part));
}

void
table_load_boot(struct table *t, const char *file)
{
	size_t sec = t->t_disk.dh_info.media_blksize;
	struct stat st;
	int fd = open(file, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", file);
	/* A boot block of 512 bytes is padded to a larger sector. */
	if (st.st_size == 0 || st.st_size > 32768 ||
	    (st.st_size % sec != 0 && st.st_size != 512))
		errx(1, "%s: length must be a multiple of the sector size",
		    file);
	free(t->t_boot);
	t->t_boot_size = roundup((size_t)st.st_size, sec);
	t->t_boot = calloc(1, t->t_boot_size);
	if (t->t_boot == NULL)
		err(1, NULL);
	if (read(fd, t->t_boot, st.st_size) != st.st_size)
		err(1, "%s", file);
	close(fd);
}

void
table_clear(struct table *t)
{
	memset(t->t_part, 0, sizeof(t->t_part));
	t->t_valid = true;
}

void
table_write(struct table *t)
{
	memcpy(t->t_boot + DOSPARTOFF, t->t_part, sizeof(t->t_part));
	t->t_boot[DOSMAGICOFFSET] = 0x55;
	t->t_boot[DOSMAGICOFFSET + 1] = 0xaa;
	disk_pwrite(&t->t_disk, t->t_boot, t->t_boot_size, 0);
	disk_resync(&t->t_disk);
}

static void
set_chs(const struct table *t, uint32_t lba, const char *which,
    unsigned char *cyl, unsigned char *head, unsigned char *sect)
{
	uint32_t per_cyl = t->t_bios_heads * t->t_bios_secs;
	uint32_t c = lba / per_cyl;

	if (c > MAX_CYLINDER && !wrap_chs) {
		printf("Warning: %s cylinder wraps, using all 1's\n", which);
		*cyl = *head = *sect = 0xff;
		return;
	}
	*head = lba % per_cyl / t->t_bios_secs;
	*sect = (lba % t->t_bios_secs + 1) | (c >> 2 & 0xc0);
	*cyl = c;
}

void
entry_set(struct table *t, int n, int type, uint32_t start, uint32_t size)
{
	struct dos_partition *p = &t->t_part[n];

	if (type == 0) {
		memset(p, 0, sizeof(*p));
		return;
	}
	p->dp_typ = type;
	p->dp_start = start;
	p->dp_size = size;
	set_chs(t, start, "starting", &p->dp_scyl, &p->dp_shd, &p->dp_ssect);
	/* Modulo 2^32, as a slice of more than 2 TB ends. */
	set_chs(t, start + size - 1, "ending", &p->dp_ecyl, &p->dp_ehd,
	    &p->dp_esect);
}

void
table_activate(struct table *t, int n)
{
	int i;

	for (i = 0; i < NDOSPART; i++)
		t->t_part[i].dp_flag = i == n ? 0x80 : 0;
}

void
table_one_slice(struct table *t)
{
	uint64_t per_cyl = (uint64_t)t->t_heads * t->t_secs, size;
	uint32_t start = t->t_secs;

	size = rounddown(t->t_cyls * per_cyl, per_cyl);
	if (t->t_disk.dh_info.media_blocks - start > SLICE_MAX) {
		printf("Warning: Ending logical block > 2TB, using max "
		    "value\n");
		size = SLICE_MAX;
	} else if (size <= start) {
		errx(1, "%s: too small for a slice", t->t_disk.dh_path);
	} else {
		size -= start;
	}
	table_clear(t);
	entry_set(t, 0, DOSPTYP_DFLYBSD, start, size);
	table_activate(t, 0);
}
