/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk: the table in memory and what its files do with it.
 */
#ifndef _FDISK_H_
#define _FDISK_H_

#include <sys/diskmbr.h>
#include <stdbool.h>
#include <stdint.h>

#include "diskdev.h"

/* A disk's sector 0 and the geometry it is described with. */
struct table {
	struct disk_handle t_disk;
	unsigned char	*t_boot;	/* boot code, whole sectors */
	size_t		t_boot_size;
	struct dos_partition t_part[NDOSPART];
	bool		t_valid;	/* 55 AA was there */
	/* As the device says, and as the BIOS might. */
	unsigned	t_cyls, t_heads, t_secs;
	unsigned	t_bios_cyls, t_bios_heads, t_bios_secs;
};

extern bool wrap_chs;		/* -C */

/* table.c */
void	table_open(struct table *t, const char *disk, int flags);
void	table_write(struct table *t);
/* Boot code from a file, which must be whole sectors. */
void	table_load_boot(struct table *t, const char *file);
/* Remove the entries and put the boot code in. */
void	table_clear(struct table *t);
/* Set an entry; its CHS addresses follow. */
void	entry_set(struct table *t, int n, int type, uint32_t start,
	    uint32_t size);
/* Entry 1 is the whole disk, active. */
void	table_one_slice(struct table *t);
void	table_activate(struct table *t, int n);

/* print.c */
void	print_summary(const struct table *t);
void	print_device(const struct table *t);
void	print_geometry(const struct table *t);
void	print_entry(const struct table *t, int n);
void	print_table(const struct table *t, int only);

/* config.c: changes from a file; exits with a message if it is wrong. */
void	config_apply(struct table *t, const char *file);

/* edit.c */
bool	ask_yes(const char *question);
void	edit_table(struct table *t, int only);
void	edit_active(struct table *t);

#endif /* !_FDISK_H_ */
