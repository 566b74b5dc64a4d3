/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Disks by the BIOS's packet interface (INT 13h, EDD 3.0): hard disks from
 * 80h on and the drive we came from, whatever its number.
 */
#include "../common/boot.h"
#include "bios.h"

#define FIRST_DISK	0x80
#define LAST_DISK	0xdf
#define CD_SECTOR	2048
#define RETRIES		3
/* Some BIOSes refuse more than 127 sectors a call. */
#define MAX_SECTORS	127

struct packet {
	uint8_t		size;
	uint8_t		reserved;
	uint16_t	count;
	uint16_t	offset;
	uint16_t	segment;
	uint64_t	lba;
} __attribute__((__packed__));

struct params {
	uint16_t	size;
	uint16_t	flags;
	uint32_t	cylinders, heads, sectors;
	uint64_t	total;
	uint16_t	secsize;
	uint32_t	edd;
} __attribute__((__packed__));

static bool
disk_present(int drive, struct params *out)
{
	struct params *p = (struct params *)BIOS_PARAMS;
	struct bios_regs r;

	memset(p, 0, sizeof(*p));
	p->size = sizeof(*p);
	memset(&r, 0, sizeof(r));
	r.eax = 0x4800;
	r.edx = drive;
	r.esi = BIOS_PARAMS;
	bios_int(0x13, &r);
	if ((r.eflags & EFLAGS_CF) != 0 || p->secsize == 0)
		return (false);
	*out = *p;
	return (true);
}

static void
add(int drive, const struct params *p, bool boot)
{
	struct device *dev;
	bool cd = p->secsize == CD_SECTOR;

	dev = device_add(cd ? "cd" : "disk", cd ? "CD-ROM" : "disk");
	dev->secsize = p->secsize;
	/* CD drives often report nonsense here. */
	dev->nsectors = cd || p->total == UINT64_MAX ? 0 : p->total;
	dev->unit = drive;
	dev->is_boot = boot;
}

void
fw_probe_devices(void)
{
	struct params p;
	int drive;

	if (disk_present(bios_boot_drive, &p)) {
		add(bios_boot_drive, &p, true);
	} else {
		memset(&p, 0, sizeof(p));
		p.secsize = CD_SECTOR;
		add(bios_boot_drive, &p, true);
	}
	for (drive = FIRST_DISK; drive <= LAST_DISK; drive++) {
		if (drive == bios_boot_drive)
			continue;
		if (!disk_present(drive, &p))
			break;
		add(drive, &p, false);
	}
}

static int
read_once(struct device *dev, uint64_t sector, size_t count)
{
	struct packet *p = (struct packet *)BIOS_PARAMS;
	struct bios_regs r;

	p->size = sizeof(*p);
	p->reserved = 0;
	p->count = count;
	p->offset = 0;
	p->segment = BIOS_BUFFER >> 4;
	p->lba = sector;
	memset(&r, 0, sizeof(r));
	r.eax = 0x4200;
	r.edx = dev->unit;
	r.esi = BIOS_PARAMS;
	bios_int(0x13, &r);
	return ((r.eflags & EFLAGS_CF) != 0 ? BE_IO : 0);
}

int
fw_read(struct device *dev, uint64_t sector, size_t count, void *buf)
{
	struct bios_regs r;
	char *out = buf;
	size_t n, max = BIOS_BUFFER_SIZE / dev->secsize;
	int try, error;

	if (max > MAX_SECTORS)
		max = MAX_SECTORS;
	while (count > 0) {
		n = count < max ? count : max;
		for (try = 0; (error = read_once(dev, sector, n)) != 0; try++) {
			if (try == RETRIES)
				return (error);
			memset(&r, 0, sizeof(r));
			r.edx = dev->unit;
			bios_int(0x13, &r);	/* reset */
			n = (n + 1) / 2;
		}
		memcpy(out, (void *)BIOS_BUFFER, n * dev->secsize);
		out += n * dev->secsize;
		sector += n;
		count -= n;
	}
	return (0);
}
