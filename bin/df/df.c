/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * df - display free disk space
 *
 * usage: df [-abgHhiklmnPT] [-t type] [file | filesystem ...]
 */
#include <sys/param.h>
#include <sys/mount.h>

#include <err.h>
#include <errno.h>
#include <libutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "typelist.h"

static int everything, human, inodes, posix, show_type, local, nosync;
static long block_size;
static const char *block_title;
static int title_len;
static char custom_title[32];

static int64_t
blocks(const struct statfs *fs, int64_t n)
{
	if (fs->f_bsize == block_size)
		return (n);
	if (fs->f_bsize > block_size)
		return (n * (fs->f_bsize / block_size));
	return ((n + block_size / fs->f_bsize - 1) / (block_size / fs->f_bsize));
}

static void
put_space(const struct statfs *fs, int64_t n)
{
	char buf[8];

	if (human) {
		humanize_number(buf, n < 0 ? 7 : 6, n * fs->f_bsize, "",
		    HN_AUTOSCALE, HN_B | HN_NOSPACE | HN_DECIMAL |
		    (human == 'H' ? HN_DIVISOR_1000 : 0));
		printf(" %8s", buf);
	} else {
		printf(" %*jd", title_len > 8 ? title_len : 8,
		    (intmax_t)blocks(fs, n));
	}
}

static void
print(const struct statfs *list, int n)
{
	int64_t used, usable;
	int i, from = 10;

	for (i = 0; i < n; i++) {
		if ((int)strlen(list[i].f_mntfromname) > from)
			from = (int)strlen(list[i].f_mntfromname);
	}
	printf("%-*s", from, "Filesystem");
	if (show_type)
		printf(" %-8s", "Type");
	printf(" %*s %*s %*s %s", human ? 8 : title_len > 8 ? title_len : 8,
	    human ? "Size" : block_title,
	    human ? 8 : title_len > 8 ? title_len : 8, "Used",
	    human ? 8 : title_len > 8 ? title_len : 8,
	    posix ? "Available" : "Avail", "Capacity");
	if (inodes)
		printf(" %7s %7s %%iused", "iused", "ifree");
	printf("  Mounted on\n");
	for (i = 0; i < n; i++) {
		const struct statfs *fs = &list[i];

		used = fs->f_blocks - fs->f_bfree;
		usable = fs->f_bavail + used;
		printf("%-*s", from, fs->f_mntfromname);
		if (show_type)
			printf(" %-8s", fs->f_fstypename);
		put_space(fs, fs->f_blocks);
		put_space(fs, used);
		put_space(fs, fs->f_bavail);
		printf(" %5.0f%%  ", usable == 0 ? 100.0 :
		    (double)used / (double)usable * 100.0);
		if (inodes) {
			used = fs->f_files - fs->f_ffree;
			printf(" %7jd %7jd %4.0f%% ", (intmax_t)used,
			    (intmax_t)fs->f_ffree, fs->f_files == 0 ? 100.0 :
			    (double)used / (double)fs->f_files * 100.0);
		}
		printf("  %s\n", fs->f_mntonname);
	}
}

static void
block_unit(long size, const char *title)
{
	block_size = size;
	block_title = title;
	title_len = (int)strlen(title);
	human = 0;
}

int
main(int argc, char **argv)
{
	struct statfs *mounts, *list;
	const char *types = NULL;
	int c, i, n, count = 0, rc = 0;

	while ((c = getopt(argc, argv, "abgHhiklmnPTt:")) != -1) {
		switch (c) {
		case 'a': everything = 1; break;
		case 'b': block_unit(512, "512-blocks"); break;
		case 'g': block_unit(1L << 30, "1G-blocks"); break;
		case 'H':
		case 'h': human = c; break;
		case 'i': inodes = 1; break;
		case 'k': block_unit(1024, "1K-blocks"); break;
		case 'l': local = 1; break;
		case 'm': block_unit(1L << 20, "1M-blocks"); break;
		case 'n': nosync = 1; break;
		case 'P': posix = 1; break;
		case 'T': show_type = 1; break;
		case 't': types = optarg; break;
		default:
			fprintf(stderr, "usage: df [-b | -g | -H | -h | -k | -m | -P] "
			    "[-ailnT] [-t type] [file | filesystem ...]\n");
			return (EX_USAGE);
		}
	}
	if (block_title == NULL) {
		block_title = getbsize(&title_len, &block_size);
		strlcpy(custom_title, block_title, sizeof(custom_title));
		block_title = custom_title;
	}
	n = getmntinfo(&mounts, nosync ? MNT_NOWAIT : MNT_WAIT);
	if (n == 0)
		err(EX_OSERR, "getmntinfo");
	list = calloc((size_t)(n + argc), sizeof(*list));
	if (list == NULL)
		err(EX_OSERR, NULL);
	if (optind == argc) {
		for (i = 0; i < n; i++) {
			if (!typelist_admits(types, mounts[i].f_fstypename) ||
			    (local && (mounts[i].f_flags & MNT_LOCAL) == 0) ||
			    (!everything && (mounts[i].f_flags & MNT_IGNORE) != 0))
				continue;
			list[count++] = mounts[i];
		}
	}
	for (; optind < argc; optind++) {
		for (i = 0; i < n; i++) {
			if (strcmp(mounts[i].f_mntfromname, argv[optind]) == 0)
				break;
		}
		if (i < n) {
			list[count++] = mounts[i];
		} else if (statfs(argv[optind], &list[count]) < 0) {
			warn("%s", argv[optind]);
			rc = 1;
		} else {
			count++;
		}
	}
	if (count > 0)
		print(list, count);
	free(list);
	return (rc);
}
