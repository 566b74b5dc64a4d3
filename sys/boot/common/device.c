/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The list of disks the firmware showed us, and byte-granular reads of them.
 */
#include "boot.h"

#define SECTOR_MAX	4096

struct device *devices;

/* Adds "<prefix><n>" with the first n not taken, at the end of the list. */
struct device *
device_add(const char *prefix, const char *what)
{
	struct device *dev, **link;
	size_t len = strlen(prefix);
	unsigned n = 0;

	for (link = &devices; *link != NULL; link = &(*link)->next) {
		if (strncmp((*link)->name, prefix, len) == 0)
			n++;
	}
	dev = xmalloc(sizeof(*dev));
	memset(dev, 0, sizeof(*dev));
	snprintf(dev->name, sizeof(dev->name), "%s%u", prefix, n);
	dev->what = what;
	*link = dev;
	return (dev);
}

struct device *
device_find(const char *name, size_t len)
{
	struct device *dev;

	for (dev = devices; dev != NULL; dev = dev->next) {
		if (strncmp(dev->name, name, len) == 0 &&
		    dev->name[len] == '\0')
			return (dev);
	}
	return (NULL);
}

int
device_read(struct device *dev, uint64_t offset, void *buf, size_t len)
{
	static char sector[SECTOR_MAX] __attribute__((__aligned__(4096)));
	char *out = buf;
	uint64_t lba;
	size_t skip, n;
	int error;

	if (dev->secsize == 0 || dev->secsize > SECTOR_MAX)
		return (BE_IO);
	while (len > 0) {
		lba = offset / dev->secsize;
		skip = offset % dev->secsize;
		if (dev->nsectors != 0 && lba >= dev->nsectors)
			return (BE_IO);
		if (skip == 0 && len >= dev->secsize) {
			n = len / dev->secsize;
			error = fw_read(dev, dev->base + lba, n, out);
			n *= dev->secsize;
		} else {
			n = dev->secsize - skip;
			if (n > len)
				n = len;
			error = fw_read(dev, dev->base + lba, 1,
			    sector);
			if (error == 0)
				memcpy(out, sector + skip, n);
		}
		if (error != 0)
			return (error);
		offset += n;
		out += n;
		len -= n;
	}
	return (0);
}
