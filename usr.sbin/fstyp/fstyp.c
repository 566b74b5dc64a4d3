/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fstyp - which file system is on a device
 *
 * usage: fstyp [-l] special
 *
 * By what each file system writes at a fixed place; names are those of
 * mount(8).
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTOR		2048	/* reads are multiples of any sector */

struct signature {
	const char *type;
	off_t	at;
	const char *bytes;
	size_t	len;
	off_t	label;		/* of the volume; 0: none */
	size_t	label_len;
};

static const struct signature signatures[] = {
	/* ISO 9660: a volume descriptor in sector 16 */
	{ "cd9660", 32769, "CD001", 5, 32808, 32 },
	/* HAMMER: vol_signature, least byte first */
	{ "hammer", 0, "\x31\x30\x52\xc5\x4d\x4d\x41\xc8", 8, 0, 0 },
	/* HAMMER2: the volume header's magic */
	{ "hammer2", 0, "\x11\x20\x17\x05\x32\x4d\x41\x48", 8, 0, 0 },
	/* UFS1: fs_magic in the superblock at 8192 */
	{ "ufs", 8192 + 1372, "\x54\x19\x01\x00", 4, 0, 0 },
	{ "ntfs", 3, "NTFS    ", 8, 0, 0 },
	{ "ext2fs", 1024 + 56, "\x53\xef", 2, 1024 + 120, 16 },
	/* FAT: the name of the type in the extended boot record */
	{ "msdos", 82, "FAT32", 5, 71, 11 },
	{ "msdos", 54, "FAT1", 4, 43, 11 },
};

/* Devices are read in whole sectors. */
static int
read_at(int fd, off_t at, void *buf, size_t len)
{
	static uint8_t block[SECTOR * 2];
	off_t start = at / SECTOR * SECTOR;

	if (pread(fd, block, sizeof(block), start) < (ssize_t)(at - start) +
	    (ssize_t)len)
		return (0);
	memcpy(buf, block + (at - start), len);
	return (1);
}

static void
print_label(int fd, const struct signature *s)
{
	char text[64];
	size_t n = s->label_len;

	if (n == 0 || !read_at(fd, s->label, text, n))
		return;
	while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == '\0'))
		n--;
	if (n > 0)
		printf(" %.*s", (int)n, text);
}

int
main(int argc, char **argv)
{
	int c, fd, label = 0;
	uint8_t buf[16];
	size_t i;

	while ((c = getopt(argc, argv, "l")) != -1) {
		if (c != 'l')
			goto usage;
		label = 1;
	}
	if (argc - optind != 1)
		goto usage;
	fd = open(argv[optind], O_RDONLY);
	if (fd < 0)
		err(1, "%s", argv[optind]);
	for (i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
		const struct signature *s = &signatures[i];

		if (!read_at(fd, s->at, buf, s->len) ||
		    memcmp(buf, s->bytes, s->len) != 0)
			continue;
		printf("%s", s->type);
		if (label)
			print_label(fd, s);
		putchar('\n');
		return (0);
	}
	errx(1, "%s: filesystem not recognized", argv[optind]);
usage:
	fprintf(stderr, "usage: fstyp [-l] special\n");
	return (1);
}
