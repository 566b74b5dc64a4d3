/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pstat(8) and swapinfo(8): the use of swap devices and of kernel tables.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <vm/vm_param.h>

#include <err.h>
#include <libutil.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define MEGABYTE	(1L << 20)
#define SW_SEQUENTIAL	0x02

static bool human;
static int width;
static long unit;

static void *
read_sysctl(const char *name, size_t *lenp)
{
	void *buf = NULL;

	*lenp = 0;
	if (sysctlbyname(name, NULL, lenp, NULL, 0) == -1 ||
	    (buf = malloc(*lenp + 1)) == NULL ||
	    sysctlbyname(name, buf, lenp, NULL, 0) == -1)
		err(1, "%s", name);
	return (buf);
}

static int
read_int(const char *name)
{
	size_t len = sizeof(int);
	int value = 0;

	if (sysctlbyname(name, &value, &len, NULL, 0) == -1)
		err(1, "%s", name);
	return (value);
}

static void
print_row(const char *name, uint64_t size, uint64_t used, const char *type)
{
	char buf[3][6];
	uint64_t v[3] = { size, used, size - used };
	int i;

	if (human) {
		for (i = 0; i < 3; ++i)
			humanize_number(buf[i], sizeof(buf[i]), v[i], "",
			    HN_AUTOSCALE, HN_B | HN_NOSPACE | HN_DECIMAL);
		printf("%-15s %*s %8s %8s", name, width, buf[0], buf[1],
		    buf[2]);
	} else {
		printf("%-15s %*ju %8ju %8ju", name, width,
		    (uintmax_t)(v[0] / unit), (uintmax_t)(v[1] / unit),
		    (uintmax_t)(v[2] / unit));
	}
	printf(" %5.0f%%", size != 0 ? used * 100.0 / size : 0.0);
	if (type != NULL)
		printf("    %s", type);
	printf("\n");
}

static void
swap_devices(bool summary)
{
	uint64_t size, used, all = 0, all_used = 0;
	struct xswdev *xs, *p;
	size_t i, len, n;
	char name[64];
	int shown = 0;

	xs = read_sysctl("vm.swap_info_array", &len);
	n = len < sizeof(*xs) ? 0 : len / xs->xsw_size;
	for (i = 0; i < n; ++i) {
		p = (struct xswdev *)((char *)xs + i * xs->xsw_size);
		if (p->xsw_nblks == 0)
			continue;
		size = p->xsw_nblks * p->xsw_blksize;
		used = p->xsw_used * p->xsw_blksize;
		all += size;
		all_used += used;
		++shown;
		if (summary)
			continue;
		if (p->xsw_dev == (dev_t)-1)
			strlcpy(name, "[NFS swap]", sizeof(name));
		else
			snprintf(name, sizeof(name), "/dev/%s",
			    devname(p->xsw_dev, S_IFCHR));
		print_row(name, size, used, (p->xsw_flags & SW_SEQUENTIAL) ?
		    "Sequential" : "Interleaved");
	}
	if (summary)
		printf("%juM/%juM swap space\n",
		    (uintmax_t)(all_used / MEGABYTE),
		    (uintmax_t)(all / MEGABYTE));
	else if (shown > 1)
		print_row("Total", all, all_used, NULL);
	free(xs);
}

static void
swap_table(void)
{
	const char *title = getbsize(&width, &unit);

	width = 10;
	if (human) {
		title = "Blocks";
		width = 9;
	}
	printf("%-15s %*s %8s %8s %8s  %s\n", "Device", width, title, "Used",
	    "Avail", "Capacity", "Type");
	swap_devices(false);
}

static void
totals(void)
{
	printf("%d/%d files\n", read_int("kern.openfiles"),
	    read_int("kern.maxfiles"));
	printf("%d vnodes\n", read_int("debug.numvnodes"));
	swap_devices(true);
}

static void __dead2
usage(bool swapinfo)
{
	if (swapinfo)
		fprintf(stderr, "usage: swapinfo [-ghkm]\n");
	else
		fprintf(stderr, "usage: pstat [-ghkmsT]\n");
	exit(EX_USAGE);
}

int
main(int argc, char **argv)
{
	bool swapinfo = strcmp(getprogname(), "swapinfo") == 0;
	bool swap = swapinfo, total = false;
	int c;

	while ((c = getopt(argc, argv, swapinfo ? "ghkms" : "ghkmsT")) != -1) {
		switch (c) {
		case 'g':
			setenv("BLOCKSIZE", "1G", 1);
			break;
		case 'h':
			human = true;
			break;
		case 'k':
			setenv("BLOCKSIZE", "1K", 1);
			break;
		case 'm':
			setenv("BLOCKSIZE", "1M", 1);
			break;
		case 's':
			swap = true;
			break;
		case 'T':
			total = true;
			break;
		default:
			usage(swapinfo);
		}
	}
	if (optind != argc || (!swap && !total))
		usage(swapinfo);
	if (total)
		totals();
	if (swap)
		swap_table();
	return (0);
}
