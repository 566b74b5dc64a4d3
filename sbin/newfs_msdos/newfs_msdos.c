/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newfs_msdos - make a FAT filesystem
 *
 * usage: newfs_msdos [-N] [-B bootcode] [-F type] [-I id] [-L label]
 *	    [-O oem] [-b bytes | -c sectors] [-e entries] [-h heads]
 *	    [-m media] [-n fats] [-o hidden] [-r reserved] [-s sectors]
 *	    [-u track] special
 *
 * The layout is that of Microsoft's FAT specification: reserved sectors with
 * the boot sector first, the FATs, with FAT12 and FAT16 the root directory,
 * then clusters from number 2 on.
 */
#include <sys/param.h>
#include <sys/endian.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "diskdev.h"

#define DIR_ENTRY	32		/* bytes */
#define FAT12_CLUSTERS	4084		/* most of each type */
#define FAT16_CLUSTERS	65524
#define FAT32_CLUSTERS	0x0ffffff4
#define LABEL_LEN	11
#define BOOT_CODE	62		/* behind the fields of FAT12, FAT16 */
#define BOOT_CODE32	90
#define FSINFO_SECTOR	1
#define BACKUP_SECTOR	6
#define ATTR_VOLUME	0x08

struct layout {
	unsigned	l_type;		/* 12, 16, 32 */
	unsigned	l_sec;		/* bytes a sector */
	unsigned	l_spc;		/* sectors a cluster */
	unsigned	l_reserved;
	unsigned	l_fats;
	unsigned	l_entries;	/* of the root directory */
	unsigned	l_media;
	unsigned	l_track, l_heads;
	uint32_t	l_hidden;
	uint64_t	l_total;	/* sectors */
	uint32_t	l_spf;		/* sectors a FAT */
	uint32_t	l_clusters;
	uint32_t	l_id;
	char		l_label[LABEL_LEN + 1];
	char		l_oem[9];
};

static struct disk_handle disk;
static bool dry_run;

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "usage: newfs_msdos [-N] [-B bootcode] [-F type] "
	    "[-I id] [-L label] [-O oem]\n"
	    "           [-b bytes | -c sectors] [-e entries] [-h heads] "
	    "[-m media] [-n fats]\n"
	    "           [-o hidden] [-r reserved] [-s sectors] [-u track] "
	    "special\n");
	exit(EX_USAGE);
}

static uint32_t
number(const char *text, uint32_t low, uint32_t high, const char *what)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 0);
	if (end == text || *end != '\0' || errno != 0 || text[0] == '-' ||
	    n < low || n > high)
		errx(EX_USAGE, "%s: bad %s", text, what);
	return (n);
}

/* A name as FAT has it: capitals, padded with blanks. */
static void
pad_name(char *out, const char *text, size_t n, bool label)
{
	size_t i;

	if (strlen(text) > n)
		errx(EX_USAGE, "%s: longer than %zu characters", text, n);
	for (i = 0; i < n; i++) {
		unsigned char c = i < strlen(text) ? text[i] : ' ';

		if (label && (c < 0x20 ||
		    strchr("\"*+,./:;<=>?[\\]|", c) != NULL))
			errx(EX_USAGE, "%s: bad volume label", text);
		out[i] = label ? toupper(c) : c;
	}
	out[n] = '\0';
}

static uint32_t
root_sectors(const struct layout *l)
{
	return (howmany(l->l_entries * DIR_ENTRY, l->l_sec));
}

/* Size of the FATs and number of clusters for a size of clusters. */
static bool
fit(struct layout *l)
{
	uint64_t fixed = l->l_reserved + root_sectors(l), data, clusters;
	uint64_t bits = l->l_type;

	if (l->l_total <= fixed + l->l_spc + l->l_fats)
		return (false);
	data = l->l_total - fixed;
	/* More FAT never means more clusters: start small, grow. */
	for (l->l_spf = 1;; l->l_spf++) {
		uint64_t fats = (uint64_t)l->l_fats * l->l_spf, need;

		if (fats >= data)
			return (false);
		clusters = (data - fats) / l->l_spc;
		need = howmany((clusters + 2) * bits, l->l_sec * 8);
		if (need <= l->l_spf)
			break;
		if (need > l->l_spf + 64)
			l->l_spf += (need - l->l_spf) / 2;
	}
	l->l_clusters = MIN(clusters, UINT32_MAX);
	return (clusters > 0);
}

static uint32_t
most_clusters(unsigned type)
{
	return (type == 12 ? FAT12_CLUSTERS :
	    type == 16 ? FAT16_CLUSTERS : FAT32_CLUSTERS);
}

static uint32_t
least_clusters(unsigned type)
{
	return (type == 12 ? 1 :
	    type == 16 ? FAT12_CLUSTERS + 1 : FAT16_CLUSTERS + 1);
}

static void
choose_type(struct layout *l)
{
	uint64_t bytes = l->l_total * l->l_sec;

	if (l->l_type != 0)
		return;
	l->l_type = bytes < 8 << 20 ? 12 : bytes < 512 << 20 ? 16 : 32;
}

/* Clusters as the usual tables have them, and larger until it fits. */
static void
choose_cluster(struct layout *l, const char *name)
{
	uint64_t mb = (l->l_total * l->l_sec) >> 20;
	unsigned bytes = l->l_sec;

	if (l->l_spc == 0) {
		if (l->l_type == 32)
			bytes = mb <= 260 ? 512 : mb <= 8192 ? 4096 :
			    mb <= 16384 ? 8192 : mb <= 32768 ? 16384 : 32768;
		else if (l->l_type == 16)
			bytes = mb <= 16 ? 1024 : mb <= 128 ? 2048 :
			    mb <= 256 ? 4096 : mb <= 512 ? 8192 : 16384;
		l->l_spc = MAX(bytes / l->l_sec, 1);
		while (fit(l) && l->l_clusters > most_clusters(l->l_type) &&
		    l->l_spc < 128)
			l->l_spc *= 2;
	}
	if (!fit(l) || l->l_clusters < least_clusters(l->l_type))
		errx(1, "%s: %ju sectors are too few for FAT%u with clusters "
		    "of %u bytes", name, (uintmax_t)l->l_total, l->l_type,
		    l->l_spc * l->l_sec);
	if (l->l_clusters > most_clusters(l->l_type))
		errx(1, "%s: %u clusters are too many for FAT%u", name,
		    l->l_clusters, l->l_type);
}

/* The boot sector's fields, which every FAT driver reads. */
static void
fill_boot(const struct layout *l, uint8_t *b)
{
	unsigned ext = l->l_type == 32 ? 64 : 36;
	static const char *const names[] = {
		"FAT12   ", "FAT16   ", "FAT32   "
	};

	b[0] = 0xeb;
	b[1] = (l->l_type == 32 ? BOOT_CODE32 : BOOT_CODE) - 2;
	b[2] = 0x90;
	memcpy(b + 3, l->l_oem, 8);
	le16enc(b + 11, l->l_sec);
	b[13] = l->l_spc;
	le16enc(b + 14, l->l_reserved);
	b[16] = l->l_fats;
	le16enc(b + 17, l->l_entries);
	le16enc(b + 19, l->l_total <= UINT16_MAX && l->l_type != 32 ?
	    l->l_total : 0);
	b[21] = l->l_media;
	le16enc(b + 22, l->l_type == 32 ? 0 : l->l_spf);
	le16enc(b + 24, l->l_track);
	le16enc(b + 26, l->l_heads);
	le32enc(b + 28, l->l_hidden);
	le32enc(b + 32, l->l_total > UINT16_MAX || l->l_type == 32 ?
	    l->l_total : 0);
	if (l->l_type == 32) {
		le32enc(b + 36, l->l_spf);
		le32enc(b + 44, 2);	/* cluster of the root directory */
		le16enc(b + 48, FSINFO_SECTOR);
		le16enc(b + 50, BACKUP_SECTOR);
	}
	b[ext] = 0x80;
	b[ext + 2] = 0x29;		/* what follows is there */
	le32enc(b + ext + 3, l->l_id);
	memcpy(b + ext + 7, l->l_label, LABEL_LEN);
	memcpy(b + ext + 18, names[l->l_type == 12 ? 0 :
	    l->l_type == 16 ? 1 : 2], 8);
	b[510] = 0x55;
	b[511] = 0xaa;
}

/* A program that does nothing but give the machine back to the BIOS. */
static void
load_boot_code(const struct layout *l, uint8_t *b, const char *file)
{
	unsigned at = l->l_type == 32 ? BOOT_CODE32 : BOOT_CODE;
	uint8_t code[512];
	int fd;

	if (file == NULL) {
		static const uint8_t none[] = { 0xcd, 0x18, 0xf4, 0xeb, 0xfd };

		memcpy(b + at, none, sizeof(none));
		return;
	}
	fd = open(file, O_RDONLY);
	if (fd < 0)
		err(1, "%s", file);
	if (read(fd, code, sizeof(code)) != (ssize_t)sizeof(code))
		errx(1, "%s: must have 512 bytes", file);
	close(fd);
	memcpy(b + at, code + at, 510 - at);
}

static void
put_sectors(const struct layout *l, uint64_t at, const void *data, size_t n)
{
	disk_pwrite(&disk, data, n * l->l_sec, at * l->l_sec);
}

static void
write_boot_sectors(const struct layout *l, const char *bootfile)
{
	uint8_t *area = calloc(l->l_reserved, l->l_sec), *info;

	if (area == NULL)
		err(1, NULL);
	fill_boot(l, area);
	load_boot_code(l, area, bootfile);
	if (l->l_type == 32) {
		info = area + FSINFO_SECTOR * l->l_sec;
		le32enc(info, 0x41615252);
		le32enc(info + 484, 0x61417272);
		le32enc(info + 488, l->l_clusters - 1);	/* free */
		le32enc(info + 492, 3);			/* next free */
		info[510] = 0x55;
		info[511] = 0xaa;
		if (l->l_reserved > BACKUP_SECTOR + 1)
			memcpy(area + BACKUP_SECTOR * l->l_sec, area,
			    2 * l->l_sec);
	}
	put_sectors(l, 0, area, l->l_reserved);
	free(area);
}

static void
write_fats(const struct layout *l)
{
	size_t chunk = MAX(65536 / l->l_sec, 1), n;
	uint8_t *buf = calloc(chunk, l->l_sec);
	uint32_t done;
	unsigned i;

	if (buf == NULL)
		err(1, NULL);
	for (i = 0; i < l->l_fats; i++) {
		for (done = 0; done < l->l_spf; done += n) {
			memset(buf, 0, 16);
			if (done == 0) {
				/* Media and end marks; FAT32's root too. */
				memset(buf, 0xff, l->l_type == 12 ? 3 :
				    l->l_type == 16 ? 4 : 12);
				buf[0] = l->l_media;
				if (l->l_type == 32)
					buf[3] = buf[7] = buf[11] = 0x0f;
			}
			n = MIN(chunk, l->l_spf - done);
			put_sectors(l, l->l_reserved + (uint64_t)i *
			    l->l_spf + done, buf, n);
		}
	}
	free(buf);
}

/* The root directory: empty, but for the volume's name. */
static void
write_root(const struct layout *l, bool named)
{
	uint32_t n = l->l_type == 32 ? l->l_spc : root_sectors(l);
	uint8_t *dir = calloc(n, l->l_sec);
	time_t now = time(NULL);
	struct tm *tm = localtime(&now);

	if (dir == NULL)
		err(1, NULL);
	if (named) {
		memcpy(dir, l->l_label, LABEL_LEN);
		dir[11] = ATTR_VOLUME;
		le16enc(dir + 22, tm->tm_hour << 11 | tm->tm_min << 5 |
		    tm->tm_sec / 2);
		le16enc(dir + 24, (tm->tm_year - 80) << 9 |
		    (tm->tm_mon + 1) << 5 | tm->tm_mday);
	}
	put_sectors(l, l->l_reserved + (uint64_t)l->l_fats * l->l_spf, dir,
	    n);
	free(dir);
}

static void
report(const struct layout *l, const char *name)
{
	printf("%s: %ju sectors in %u FAT%u clusters (%u bytes/cluster)\n",
	    name, (uintmax_t)l->l_clusters * l->l_spc, l->l_clusters,
	    l->l_type, l->l_spc * l->l_sec);
	printf("bps=%u spc=%u res=%u nft=%u", l->l_sec, l->l_spc,
	    l->l_reserved, l->l_fats);
	if (l->l_type != 32)
		printf(" rde=%u", l->l_entries);
	if (l->l_total <= UINT16_MAX && l->l_type != 32)
		printf(" sec=%ju", (uintmax_t)l->l_total);
	printf(" mid=%#x", l->l_media);
	if (l->l_type != 32)
		printf(" spf=%u", l->l_spf);
	printf(" spt=%u hds=%u hid=%u", l->l_track, l->l_heads, l->l_hidden);
	if (l->l_total > UINT16_MAX || l->l_type == 32)
		printf(" bsec=%ju", (uintmax_t)l->l_total);
	if (l->l_type == 32)
		printf(" spf=%u rdcl=2 infs=%d bkbs=%d", l->l_spf,
		    FSINFO_SECTOR, BACKUP_SECTOR);
	putchar('\n');
}

/* What was not given comes from the device. */
static void
complete(struct layout *l)
{
	struct partinfo *pi = &disk.dh_info;

	l->l_sec = pi->media_blksize;
	if (l->l_sec < 512 || l->l_sec > 4096)
		errx(1, "%s: sectors of %u bytes", disk.dh_path, l->l_sec);
	if (l->l_total == 0)
		l->l_total = pi->media_blocks;
	if (l->l_total > pi->media_blocks)
		errx(1, "%s: has only %ju sectors", disk.dh_path,
		    (uintmax_t)pi->media_blocks);
	if (l->l_total > UINT32_MAX)
		errx(1, "%s: FAT has at most 2^32 sectors", disk.dh_path);
	if (l->l_track == 0)
		l->l_track = MIN(MAX(pi->d_secpertrack, 1), 63);
	if (l->l_heads == 0)
		l->l_heads = MIN(MAX(pi->d_nheads, 1), 255);
	choose_type(l);
	if (l->l_reserved == 0)
		l->l_reserved = l->l_type == 32 ? 32 : 1;
	if (l->l_type == 32 && l->l_reserved <= BACKUP_SECTOR + 1)
		errx(1, "FAT32 needs more than %d reserved sectors",
		    BACKUP_SECTOR + 1);
	if (l->l_type == 32)
		l->l_entries = 0;
	else if (l->l_entries == 0)
		l->l_entries = 512;
}

static void
make(struct layout *l, const char *name, uint32_t cluster_bytes,
    const char *bootfile, bool named)
{
	disk_open(&disk, name, DH_FILEOK | (dry_run ? 0 :
	    DH_WRITE | DH_EXCLUSIVE));
	complete(l);
	if (cluster_bytes != 0)
		l->l_spc = cluster_bytes / l->l_sec;
	if ((l->l_spc & (l->l_spc - 1)) != 0)
		errx(EX_USAGE, "clusters must be a power of two of sectors");
	choose_cluster(l, disk.dh_path);
	report(l, disk.dh_path);
	if (dry_run)
		return;
	write_boot_sectors(l, bootfile);
	write_fats(l);
	write_root(l, named);
	if (fsync(disk.dh_fd) < 0 && errno != EINVAL)
		err(1, "%s", disk.dh_path);
}

int
main(int argc, char **argv)
{
	struct layout l = { .l_fats = 2, .l_media = 0xf8 };
	const char *label = NULL, *oem = "DAMSELFL", *bootfile = NULL;
	uint32_t cluster_bytes = 0;
	bool have_id = false;
	int c;

	while ((c = getopt(argc, argv, "NB:F:I:L:O:b:c:e:h:m:n:o:r:s:u:")) !=
	    -1) {
		switch (c) {
		case 'N': dry_run = true; break;
		case 'B': bootfile = optarg; break;
		case 'F':
			l.l_type = number(optarg, 12, 32, "type of FAT");
			if (l.l_type != 12 && l.l_type != 16 &&
			    l.l_type != 32)
				errx(EX_USAGE, "%s: bad type of FAT", optarg);
			break;
		case 'I':
			l.l_id = number(optarg, 0, UINT32_MAX, "volume id");
			have_id = true;
			break;
		case 'L': label = optarg; break;
		case 'O': oem = optarg; break;
		case 'b':
			cluster_bytes = number(optarg, 512, 65536,
			    "size of clusters");
			break;
		case 'c':
			l.l_spc = number(optarg, 1, 128, "size of clusters");
			break;
		case 'e':
			l.l_entries = number(optarg, 1, UINT16_MAX,
			    "number of entries");
			break;
		case 'h': l.l_heads = number(optarg, 1, 255, "heads"); break;
		case 'm':
			l.l_media = number(optarg, 0xf0, 0xff, "media");
			break;
		case 'n':
			l.l_fats = number(optarg, 1, 16, "number of FATs");
			break;
		case 'o':
			l.l_hidden = number(optarg, 0, UINT32_MAX,
			    "hidden sectors");
			break;
		case 'r':
			l.l_reserved = number(optarg, 1, UINT16_MAX,
			    "reserved sectors");
			break;
		case 's':
			l.l_total = number(optarg, 1, UINT32_MAX, "size");
			break;
		case 'u': l.l_track = number(optarg, 1, 63, "track"); break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc != 1 || (cluster_bytes != 0 && l.l_spc != 0))
		usage();
	pad_name(l.l_label, label != NULL ? label : "NO NAME", LABEL_LEN,
	    true);
	pad_name(l.l_oem, oem, 8, false);
	if (!have_id)
		l.l_id = arc4random();
	make(&l, argv[0], cluster_bytes, bootfile, label != NULL);
	return (0);
}
