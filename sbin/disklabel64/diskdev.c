/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Disks as the programs see them that write tables and labels; diskdev.h
 * describes the functions.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fstab.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "diskdev.h"

#define FILE_SECTOR	512	/* of a regular file */

static const char *const fstypes[] = {
	"unused", "swap", "Version 6", "Version 7", "System V", "4.1BSD",
	"Eighth Edition", "4.2BSD", "MSDOS", "4.4LFS", "unknown", "HPFS",
	"ISO9660", "boot", "vinum", "raid", "?", "?", "?", "ccd", "?", "jfs",
	"HAMMER", "HAMMER2", "UDF", "?", "EFS", "ZFS", "?", "?", "nandfs",
	"encrypted", "unspecified"
};

const char *
fstype_name(unsigned code)
{
	return (code < nitems(fstypes) ? fstypes[code] : NULL);
}

int
fstype_code(const char *name)
{
	unsigned i;

	for (i = 0; i < nitems(fstypes); i++) {
		if (fstypes[i][0] != '?' && strcasecmp(name, fstypes[i]) == 0)
			return ((int)i);
	}
	return (-1);
}

uint32_t
disk_crc32(const void *data, size_t n)
{
	const uint8_t *p = data;
	uint32_t crc = 0xffffffff;
	int bit;

	while (n-- > 0) {
		crc ^= *p++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (~crc);
}

/* Is name the device, or a slice or partition of it? */
static int
is_part_of(const char *name, const char *dev)
{
	size_t len = strlen(dev);

	if (strncmp(name, dev, len) != 0)
		return (0);
	name += len;
	if (*name == '\0')
		return (1);
	/* A disk has slices, a slice (which ends in a digit) partitions. */
	if (*name == 's' && isdigit((unsigned char)name[1]))
		return (1);
	return (islower((unsigned char)*name) && name[1] == '\0');
}

/* The root's device has no directory in the mount table. */
static const char *
device_name(const char *path)
{
	return (strncmp(path, "/dev/", 5) == 0 ? path + 5 : path);
}

/* Exits with a message if the device (parts: or one of its) is mounted. */
static void
check_mounted(const char *path, int parts)
{
	struct statfs *mounts;
	int i, n = getmntinfo(&mounts, MNT_NOWAIT);

	for (i = 0; i < n; i++) {
		const char *from = device_name(mounts[i].f_mntfromname);

		if (strcmp(from, device_name(path)) == 0 ||
		    (parts && is_part_of(from, device_name(path))))
			errx(1, "%s: %s is mounted on %s", path,
			    mounts[i].f_mntfromname, mounts[i].f_mntonname);
	}
}

static void
describe_file(struct disk_handle *dh, off_t size)
{
	memset(&dh->dh_info, 0, sizeof(dh->dh_info));
	dh->dh_isfile = 1;
	dh->dh_info.media_blksize = FILE_SECTOR;
	dh->dh_info.media_size = size;
	dh->dh_info.media_blocks = size / FILE_SECTOR;
	dh->dh_info.d_nheads = 255;
	dh->dh_info.d_secpertrack = 63;
	dh->dh_info.d_secpercyl = 255 * 63;
	dh->dh_info.d_ncylinders = dh->dh_info.media_blocks / (255 * 63);
}

void
disk_open(struct disk_handle *dh, const char *name, int flags)
{
	struct stat st;
	int off = 0;

	/* A file is named as it is, a device maybe without its directory. */
	if ((flags & DH_FILEOK) && stat(name, &st) == 0 &&
	    S_ISREG(st.st_mode))
		dh->dh_path = strdup(name);
	else
		dh->dh_path = getdevpath(name, 0);
	if (dh->dh_path == NULL)
		err(1, NULL);
	if (stat(dh->dh_path, &st) < 0)
		err(1, "%s", dh->dh_path);
	if (!S_ISCHR(st.st_mode) &&
	    !((flags & DH_FILEOK) && S_ISREG(st.st_mode)))
		errx(1, "%s: not a disk", dh->dh_path);
	if ((flags & DH_WRITE) && !S_ISREG(st.st_mode))
		check_mounted(dh->dh_path, flags & DH_EXCLUSIVE);
	dh->dh_fd = open(dh->dh_path, flags & DH_WRITE ? O_RDWR : O_RDONLY);
	if (dh->dh_fd < 0)
		err(1, "%s", dh->dh_path);
	if (S_ISREG(st.st_mode)) {
		describe_file(dh, st.st_size);
		return;
	}
	dh->dh_isfile = 0;
	if (ioctl(dh->dh_fd, DIOCGPART, &dh->dh_info) < 0)
		errx(1, "%s: not a disk", dh->dh_path);
	if (dh->dh_info.media_size == 0 || dh->dh_info.media_blksize <= 0)
		errx(1, "%s: no medium", dh->dh_path);
	if ((flags & (DH_EXCLUSIVE | DH_WHOLE)) == 0)
		return;
	/* Only a whole disk takes this; it says whether anyone uses it. */
	if (ioctl(dh->dh_fd, DIOCSYNCSLICEINFO, &off) < 0) {
		if (errno == EINVAL && (flags & DH_WHOLE))
			errx(1, "%s: not a whole disk", dh->dh_path);
		if (errno == EBUSY && (flags & DH_EXCLUSIVE))
			errx(1, "%s: the disk or a part of it is in use",
			    dh->dh_path);
		if (errno != EINVAL && errno != EBUSY)
			err(1, "%s: DIOCSYNCSLICEINFO", dh->dh_path);
	}
	/* The tables may have suggested another geometry. */
	if (ioctl(dh->dh_fd, DIOCGPART, &dh->dh_info) < 0)
		err(1, "%s: DIOCGPART", dh->dh_path);
}

void
disk_pread(struct disk_handle *dh, void *buf, size_t n, off_t at)
{
	ssize_t done = pread(dh->dh_fd, buf, n, at);

	if (done < 0)
		err(1, "%s: read", dh->dh_path);
	if ((size_t)done != n)
		errx(1, "%s: ends at byte %jd", dh->dh_path,
		    (intmax_t)at + done);
}

void
disk_pwrite(struct disk_handle *dh, const void *buf, size_t n, off_t at)
{
	ssize_t done = pwrite(dh->dh_fd, buf, n, at);

	if (done < 0)
		err(1, "%s: write", dh->dh_path);
	if ((size_t)done != n)
		errx(1, "%s: ends at byte %jd", dh->dh_path,
		    (intmax_t)at + done);
}

void
disk_resync(struct disk_handle *dh)
{
	int on = 1;

	if (!dh->dh_isfile && ioctl(dh->dh_fd, DIOCSYNCSLICEINFO, &on) < 0)
		warn("%s: reading the table anew", dh->dh_path);
}
