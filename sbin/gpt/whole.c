/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt: commands on a whole table: create, destroy, recover, boot, init and
 * migrate.
 */
#include <sys/param.h>
#include <sys/ioctl.h>

#include <err.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gpt.h"

#define BOOT_CODE	446		/* bytes of sector 0 */
#define BOOT_SECTORS	2097152		/* gpt boot: 1 GB */
#define ESP_SECTORS	524288		/* gpt init */
#define DAIOCTRIM	_IOW('C', 128, off_t[2])

static void
create(struct gpt *g, bool force)
{
	if (g->g_pri_hdr || g->g_sec_hdr)
		gpt_fail(g, "device already contains a GPT");
	if (g->g_mbr_kind == MBR_TABLE && !force)
		gpt_fail(g, "device contains a MBR");
	gpt_new(g, gpt_nparts);
	if (g->g_mbr_kind != MBR_PROTECTIVE)
		gpt_protect(g);
	gpt_write(g);
}

int
cmd_create(int argc, char **argv)
{
	bool force = false, nobackup = false;
	struct gpt g;
	int c;

	while ((c = getopt(argc, argv, "fp")) != -1) {
		if (c == 'f')
			force = true;
		else if (c == 'p')
			nobackup = true;
		else
			gpt_usage();
	}
	if (optind == argc)
		gpt_usage();
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		g.g_nobackup = nobackup;
		create(&g, force);
	}
	return (0);
}

int
cmd_destroy(int argc, char **argv)
{
	bool recoverable = false;
	struct gpt g;
	int c;

	while ((c = getopt(argc, argv, "r")) != -1) {
		if (c != 'r')
			gpt_usage();
		recoverable = true;
	}
	if (optind == argc)
		gpt_usage();
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		if (!g.g_pri_hdr && !g.g_sec_hdr)
			gpt_fail(&g, "device doesn't contain a GPT");
		if (recoverable && !g.g_sec_hdr)
			gpt_fail(&g, "recovery would not be possible");
		gpt_wipe(&g, g.g_pri_hdr, g.g_sec_hdr && !recoverable);
		disk_resync(&g.g_disk);
	}
	return (0);
}

int
cmd_recover(int argc, char **argv)
{
	struct gpt g;

	if (getopt(argc, argv, "") != -1 || optind == argc)
		gpt_usage();
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		if (!g.g_pri_hdr && !g.g_sec_hdr)
			gpt_fail(&g, "no primary or secondary GPT headers, "
			    "can't recover");
		if (g.g_ent == NULL)
			gpt_fail(&g, "no primary or secondary GPT tables, "
			    "can't recover");
		g.g_nobackup = false;
		gpt_write(&g);
	}
	return (0);
}

static void
read_boot_code(struct gpt *g, const char *file)
{
	int fd = open(file, O_RDONLY);
	char code[BOOT_CODE];

	if (fd < 0)
		err(1, "%s", file);
	if (read(fd, code, sizeof(code)) != (ssize_t)sizeof(code))
		errx(1, "%s: shorter than %d bytes", file, BOOT_CODE);
	close(fd);
	memcpy(g->g_mbr, code, sizeof(code));
}

/* A slice that a BIOS finds in the hybrid table. */
int
cmd_boot(int argc, char **argv)
{
	struct dos_partition *p;
	struct gpt g;
	uuid_t type;
	unsigned i;

	if (getopt(argc, argv, "") != -1 || optind == argc)
		gpt_usage();
	gpt_known_type(GPT_ENT_TYPE_DRAGONFLY_LABEL32, &type);
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		gpt_need(&g);
		if (g.g_mbr_kind != MBR_PROTECTIVE)
			gpt_fail(&g, "no protective MBR");
		read_boot_code(&g, "/boot/boot0");
		i = gpt_add(&g, 0, 0, BOOT_SECTORS, &type);
		p = &g.g_part[1];
		memset(p, 0xff, sizeof(*p));
		p->dp_flag = 0x80;
		p->dp_typ = DOSPTYP_DFLYBSD;
		p->dp_start = g.g_ent[i].ent_lba_start;
		p->dp_size = gpt_size(&g.g_ent[i]);
		gpt_write_mbr(&g);
		gpt_write(&g);
	}
	return (0);
}

static void run(const char *fmt, ...)
    __attribute__((__format__(__printf__, 1, 2)));

/* Run a command, showing it. */
static void
run(const char *fmt, ...)
{
	char *line;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&line, fmt, ap) < 0)
		err(1, NULL);
	va_end(ap);
	printf("%s\n", line);
	fflush(stdout);
	if (system(line) != 0)
		errx(1, "failed: %s", line);
	free(line);
}

static void
install_efi(const char *dev)
{
	char dir[] = "/tmp/gpt.XXXXXXXX";

	if (mkdtemp(dir) == NULL)
		err(1, "%s", dir);
	run("mount_msdos %ss0 %s", dev, dir);
	run("mkdir -p %s/efi/boot", dir);
	run("cp /boot/boot1.efi %s/efi/boot/bootx64.efi", dir);
	run("umount %s", dir);
	rmdir(dir);
}

static void
init(const char *name, bool boot, bool trim)
{
	struct gpt g;
	uuid_t efi, label;
	off_t range[2];
	char *dev;

	gpt_open(&g, name, true);
	if (g.g_disk.dh_isfile)
		gpt_fail(&g, "not a disk");
	if (g.g_blocks < ESP_SECTORS + 4 * GPT_ALIGN)
		gpt_fail(&g, "too small: an EFI partition needs %d sectors",
		    ESP_SECTORS);
	if (trim) {
		range[0] = 0;
		range[1] = g.g_disk.dh_info.media_size;
		if (ioctl(g.g_disk.dh_fd, DAIOCTRIM, range) < 0)
			gpt_fail(&g, "the device cannot trim");
	}
	gpt_known_type(GPT_ENT_TYPE_EFI, &efi);
	gpt_known_type(GPT_ENT_TYPE_DRAGONFLY_LABEL64, &label);
	gpt_wipe(&g, true, true);
	gpt_new(&g, gpt_nparts);
	g.g_nobackup = false;
	gpt_protect(&g);
	gpt_add(&g, 0, 0, ESP_SECTORS, &efi);
	gpt_add(&g, 1, 0, 0, &label);
	gpt_write(&g);
	dev = g.g_disk.dh_path;
	close(g.g_disk.dh_fd);
	run("disklabel -r -w %s%ss1 auto", boot ? "-B " : "", dev);
	run("newfs_msdos %ss0", dev);
	if (boot)
		install_efi(dev);
}

int
cmd_init(int argc, char **argv)
{
	bool force = false, boot = false, trim = false;
	int c;

	while ((c = getopt(argc, argv, "BEf")) != -1) {
		switch (c) {
		case 'B': boot = true; break;
		case 'E': trim = true; break;
		case 'f': force = true; break;
		default: gpt_usage();
		}
	}
	if (optind == argc || !force)
		gpt_usage();
	for (; optind < argc; optind++)
		init(argv[optind], boot, trim);
	return (0);
}

/* Slices of an MBR as entries of a new table. */
int
cmd_migrate(int argc, char **argv)
{
	bool force = false;
	struct dos_partition *p;
	struct gpt g;
	uuid_t type;
	int c, i;

	while ((c = getopt(argc, argv, "f")) != -1) {
		if (c != 'f')
			gpt_usage();
		force = true;
	}
	if (optind == argc)
		gpt_usage();
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		if (g.g_pri_hdr || g.g_sec_hdr)
			gpt_fail(&g, "device already contains a GPT");
		if (g.g_mbr_kind != MBR_TABLE)
			gpt_fail(&g, "no partitions to convert");
		gpt_new(&g, gpt_nparts);
		for (i = 0; i < NDOSPART; i++) {
			p = &g.g_part[i];
			if (p->dp_typ == 0)
				continue;
			if (p->dp_typ == DOSPTYP_EFI)
				gpt_known_type(GPT_ENT_TYPE_EFI, &type);
			else if (p->dp_typ == DOSPTYP_386BSD)
				gpt_known_type(GPT_ENT_TYPE_FREEBSD, &type);
			else if (p->dp_typ == DOSPTYP_DFLYBSD)
				gpt_known_type(
				    GPT_ENT_TYPE_DRAGONFLY_LABEL64, &type);
			else if (force)
				continue;
			else
				gpt_fail(&g, "unknown partition type (%d)",
				    p->dp_typ);
			gpt_add(&g, i, p->dp_start, p->dp_size, &type);
		}
		gpt_protect(&g);
		gpt_write(&g);
	}
	return (0);
}
