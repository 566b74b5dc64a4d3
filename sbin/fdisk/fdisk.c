/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk - show and change the table of slices in a disk's first sector
 *
 * usage: fdisk [-BCEIaistuv] [-b bootcode] [-p diskimage] [-1234] [disk]
 *	fdisk -f configfile [-itv] [disk]
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "fdisk.h"

#define DAIOCTRIM	_IOW('C', 128, off_t[2])

static const char *boot_file = "/boot/mbr";
static const char *config_file, *image;
static bool opt_boot, opt_whole, opt_active, opt_init, opt_summary, opt_test;
static bool opt_update, opt_verbose, opt_trim;
static int only = -1;			/* -1 ... -4, from 0 */

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "usage: fdisk [-BCEIaistuv] [-b bootcode] "
	    "[-p diskimage] [-1234] [disk]\n"
	    "       fdisk -f configfile [-itv] [disk]\n");
	exit(EX_USAGE);
}

static const char *
default_disk(void)
{
	static const char *const disks[] = {
		"/dev/ad0", "/dev/da0", "/dev/vkd0"
	};
	struct stat st;
	int i;

	for (i = 0; i < 3; i++) {
		if (stat(disks[i], &st) == 0)
			return (disks[i]);
	}
	errx(1, "no disk named, and there is no ad0, da0 or vkd0");
}

static void
trim_disk(struct table *t)
{
	off_t range[2] = { 0, t->t_disk.dh_info.media_size };

	if (ioctl(t->t_disk.dh_fd, DAIOCTRIM, range) < 0)
		err(1, "%s: the device cannot trim", t->t_disk.dh_path);
}

/* Asks what there is to ask; false: leave the disk as it is. */
static bool
edit(struct table *t)
{
	if (opt_init && !t->t_valid)
		table_clear(t);
	else if (opt_init && ask_yes("Do you want to clear the table?"))
		table_clear(t);
	if (opt_update)
		edit_table(t, only);
	if (opt_active)
		edit_active(t);
	printf("\nWe haven't changed the partition table yet.  ");
	if (opt_boot)
		printf("The boot code will be replaced.  ");
	printf("This is your last chance.\n");
	print_table(t, only);
	return (ask_yes("Should we write new partition table?"));
}

static void
run(struct table *t)
{
	bool write = true;

	if (opt_summary) {
		print_summary(t);
		return;
	}
	print_device(t);
	if (opt_boot || opt_whole)
		table_load_boot(t, boot_file);
	if (opt_whole) {
		table_one_slice(t);
	} else if (config_file != NULL) {
		if (opt_init || !t->t_valid)
			table_clear(t);
		config_apply(t, config_file);
	} else {
		print_geometry(t);
		if (opt_boot || opt_active || opt_update)
			write = edit(t);
		else {
			print_table(t, only);
			return;
		}
	}
	if (opt_verbose || opt_test)
		print_table(t, only);
	if (!write || opt_test)
		return;
	if (opt_trim)
		trim_disk(t);
	table_write(t);
}

static void
parse(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "BCEIab:f:ip:stuv1234")) != -1) {
		switch (c) {
		case 'B': opt_boot = true; break;
		case 'C': wrap_chs = true; break;
		case 'E': opt_trim = true; break;
		case 'I': opt_whole = true; break;
		case 'a': opt_active = true; break;
		case 'b': boot_file = optarg; opt_boot = true; break;
		case 'f': config_file = optarg; break;
		case 'i': opt_init = true; break;
		case 'p': image = optarg; break;
		case 's': opt_summary = true; break;
		case 't': opt_test = opt_verbose = true; break;
		case 'u': opt_update = true; break;
		case 'v': opt_verbose = true; break;
		case '1': case '2': case '3': case '4': only = c - '1'; break;
		default: usage();
		}
	}
	if (opt_init && config_file == NULL)
		opt_update = true;
	if (config_file != NULL && (opt_whole || opt_active || opt_update ||
	    opt_boot || opt_summary))
		usage();
}

int
main(int argc, char **argv)
{
	const char *name;
	struct table t;
	bool change;
	int flags = DH_WHOLE;

	parse(argc, argv);
	argc -= optind;
	argv += optind;
	if (argc > 1 || (image != NULL && argc > 0))
		usage();
	change = !opt_summary && (opt_boot || opt_whole || opt_active ||
	    opt_update || config_file != NULL);
	if (change && !opt_test)
		flags |= DH_WRITE | DH_EXCLUSIVE;
	if (image != NULL)
		flags |= DH_FILEOK;
	name = image != NULL ? image : argc > 0 ? argv[0] : default_disk();
	table_open(&t, name, flags);
	if (!t.t_valid) {
		warnx("invalid fdisk partition table found");
		if (!change)
			errx(1, "read_s0");
	}
	run(&t);
	return (0);
}
