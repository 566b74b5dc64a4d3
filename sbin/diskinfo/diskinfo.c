/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diskinfo - where disks, slices and partitions lie and what they are for
 *
 * usage: diskinfo [-qx] dev ...
 */
#include <sys/types.h>
#include <sys/diskslice.h>
#include <sys/ioctl.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fstab.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include <uuid.h>

#include "diskdev.h"
#include "uuidname.h"

static bool quiet, extended;

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "usage: diskinfo [-qx] dev ...\n");
	exit(EX_USAGE);
}

static void
print_size(uint64_t size)
{
	if (size >= 100ULL << 30)
		printf("%7.2f GB", size / (1024.0 * 1024.0 * 1024.0));
	else if (size >= 1 << 20)
		printf("%7.2f MB", size / (1024.0 * 1024.0));
	else
		printf("%7.2f KB", size / 1024.0);
}

static void
print_uuid(const char *key, uuid_t *u)
{
	char *text = NULL;

	uuid_to_string(u, &text, NULL);
	printf(" %s='%s'", key, text != NULL ? text : "");
	free(text);
}

static void
print_extended(struct partinfo *pi)
{
	const char *name;

	if (!uuid_is_nil(&pi->fstype_uuid, NULL)) {
		name = uuid_name_find(&pi->fstype_uuid);
		if (name != NULL)
			printf(" fstype='%s'", name);
		else
			print_uuid("fstype", &pi->fstype_uuid);
	}
	if (pi->fstype != 0) {
		name = fstype_name(pi->fstype);
		if (name != NULL)
			printf(" ofstype=%s", name);
		else
			printf(" ofstype=%d", pi->fstype);
	}
	if (!uuid_is_nil(&pi->storage_uuid, NULL))
		print_uuid("storage_uuid", &pi->storage_uuid);
	if (pi->reserved_blocks != 0)
		printf(" reserved=%" PRIu64, pi->reserved_blocks);
}

static int
print_device(const char *name)
{
	char *path = getdevpath(name, 0);
	struct partinfo pi;
	int fd;

	if (path == NULL)
		err(1, NULL);
	fd = open(path, O_RDONLY);
	if (fd < 0) {
		printf("%-16s %s\n", path, strerror(errno));
		free(path);
		return (1);
	}
	if (ioctl(fd, DIOCGPART, &pi) < 0) {
		printf("%-16s not a disk\n", path);
		close(fd);
		free(path);
		return (1);
	}
	if (pi.media_size == 0 && pi.fstype == 0 &&
	    uuid_is_nil(&pi.fstype_uuid, NULL)) {
		if (!quiet)
			printf("%-16s unused\n", path);
	} else {
		printf("%-16s blksize=%-4d offset=0x%012" PRIx64
		    " size=0x%012" PRIx64 " ", path, pi.media_blksize,
		    pi.media_offset, pi.media_size);
		print_size(pi.media_size);
		if (extended)
			print_extended(&pi);
		putchar('\n');
	}
	close(fd);
	free(path);
	return (0);
}

int
main(int argc, char **argv)
{
	int c, status = 0;

	while ((c = getopt(argc, argv, "qx")) != -1) {
		switch (c) {
		case 'q': quiet = true; break;
		case 'x': extended = true; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		usage();
	for (; argc > 0; argc--, argv++)
		status |= print_device(*argv);
	return (status);
}
