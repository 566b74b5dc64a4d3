/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Disks through EFI_BLOCK_IO_PROTOCOL.  Whole devices only: the ISO 9660
 * volume we read spans the medium, whatever partitions the firmware sees on
 * it.
 */
#include "../common/boot.h"
#include "efi.h"

#define CD_SECTOR	2048
#define READ_MAX	(1024 * 1024UL)

static size_t
path_length(const struct efi_device_path *start)
{
	const struct efi_device_path *p = start;
	size_t len;

	while (p->type != EFI_PATH_END) {
		len = p->length[0] | p->length[1] << 8;
		if (len < sizeof(*p))
			break;
		p = (const struct efi_device_path *)((const char *)p + len);
	}
	return ((const char *)p - (const char *)start);
}

/* Is the device the one the loader's file system lies on? */
static bool
is_parent(const struct efi_device_path *dev, const struct efi_device_path *us)
{
	size_t len;

	if (dev == NULL || us == NULL)
		return (false);
	len = path_length(dev);
	return (len <= path_length(us) && memcmp(dev, us, len) == 0);
}

void
fw_probe_devices(void)
{
	struct efi_loaded_image *image;
	struct efi_device_path *us = NULL;
	struct efi_block_io *bio;
	struct device *dev;
	efi_handle *handles;
	size_t i, n;
	bool cd;

	image = efi_protocol(efi_image, &efi_guid_loaded_image);
	if (image != NULL)
		us = efi_protocol(image->device, &efi_guid_device_path);
	n = efi_handles(&efi_guid_block_io, &handles);
	for (i = 0; i < n; i++) {
		bio = efi_protocol(handles[i], &efi_guid_block_io);
		if (bio == NULL || bio->media == NULL ||
		    bio->media->logical_partition || !bio->media->present)
			continue;
		cd = bio->media->block_size == CD_SECTOR;
		dev = device_add(cd ? "cd" : "disk", cd ? "CD-ROM" : "disk");
		dev->handle = bio;
		dev->secsize = bio->media->block_size;
		dev->nsectors = bio->media->last_block + 1;
		dev->is_boot = is_parent(efi_protocol(handles[i],
		    &efi_guid_device_path), us);
	}
	free(handles);
}

int
fw_read(struct device *dev, uint64_t sector, size_t count, void *buf)
{
	static char bounce[65536] __attribute__((__aligned__(4096)));
	struct efi_block_io *bio = dev->handle;
	uint32_t align = bio->media->io_align;
	size_t n, max = READ_MAX / dev->secsize;
	char *out = buf, *to;
	bool direct;

	direct = align <= 1 || ((uint64_t)buf & (align - 1)) == 0;
	if (!direct)
		max = sizeof(bounce) / dev->secsize;
	while (count > 0) {
		n = count < max ? count : max;
		to = direct ? out : bounce;
		if (EFI_ERROR(bio->read(bio, bio->media->id, sector,
		    n * dev->secsize, to)))
			return (BE_IO);
		if (!direct)
			memcpy(out, bounce, n * dev->secsize);
		out += n * dev->secsize;
		sector += n;
		count -= n;
	}
	return (0);
}
