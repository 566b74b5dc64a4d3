/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables of swapctl -l and -s, from the sysctl vm.swap_info_array.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <vm/vm_param.h>

#include <err.h>
#include <libutil.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "swapon.h"

static enum unit unit;
static long unit_bytes;
static int width = 10;

static struct xswdev *
read_devices(size_t *np)
{
	struct xswdev *xs = NULL;
	size_t len = 0;

	if (sysctlbyname("vm.swap_info_array", NULL, &len, NULL, 0) == -1 ||
	    (xs = malloc(len + 1)) == NULL ||
	    sysctlbyname("vm.swap_info_array", xs, &len, NULL, 0) == -1)
		err(1, "vm.swap_info_array");
	if (len >= sizeof(*xs) && (xs->xsw_version != XSWDEV_VERSION ||
	    xs->xsw_size < sizeof(*xs)))
		errx(1, "vm.swap_info_array: unknown version %d",
		    xs->xsw_version);
	*np = len < sizeof(*xs) ? 0 : len / xs->xsw_size;
	return (xs);
}

static const char *
set_unit(enum unit wanted)
{
	static char title[32];
	int len;

	unit = wanted;
	switch (unit) {
	case UNIT_KILO:
		unit_bytes = 1L << 10;
		return ("1kB-blocks");
	case UNIT_MEGA:
		unit_bytes = 1L << 20;
		return ("1MB-blocks");
	case UNIT_GIGA:
		unit_bytes = 1L << 30;
		return ("1GB-blocks");
	case UNIT_HUMAN:
		unit_bytes = 1;
		return ("Bytes");
	default:
		strlcpy(title, getbsize(&len, &unit_bytes), sizeof(title));
		return (title);
	}
}

static void
print_amount(uint64_t bytes)
{
	char buf[6];

	if (unit == UNIT_HUMAN) {
		humanize_number(buf, sizeof(buf), bytes, "", HN_AUTOSCALE,
		    HN_B | HN_NOSPACE | HN_DECIMAL);
		printf(" %*s", width, buf);
	} else {
		printf(" %*ju", width, (uintmax_t)(bytes / unit_bytes));
	}
}

static void
print_line(const char *name, uint64_t size, uint64_t used)
{
	printf("%-13s", name);
	print_amount(size);
	print_amount(used);
	printf("\n");
}

void
list_devices(bool each, bool total, enum unit wanted)
{
	const char *title = set_unit(wanted);
	uint64_t size = 0, used = 0;
	struct xswdev *xs, *p;
	char name[64];
	size_t i, n;

	if ((int)strlen(title) > width)
		width = strlen(title);
	xs = read_devices(&n);
	if (each)
		printf("%-13s %*s %*s\n", "Device:", width, title, width,
		    "Used:");
	for (i = 0; i < n; ++i) {
		p = (struct xswdev *)((char *)xs + i * xs->xsw_size);
		if (p->xsw_nblks == 0)
			continue;
		size += p->xsw_nblks * p->xsw_blksize;
		used += p->xsw_used * p->xsw_blksize;
		if (!each)
			continue;
		if (p->xsw_dev == (dev_t)-1)
			strlcpy(name, "[NFS swap]", sizeof(name));
		else
			snprintf(name, sizeof(name), "/dev/%-8s",
			    devname(p->xsw_dev, S_IFCHR));
		print_line(name, p->xsw_nblks * p->xsw_blksize,
		    p->xsw_used * p->xsw_blksize);
	}
	if (total)
		print_line("Total:", size, used);
	free(xs);
}
