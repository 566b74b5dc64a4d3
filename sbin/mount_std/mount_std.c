/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount_std - mount filesystems that need little more than their names
 *
 * usage: mount_TYPE [-o options] special node
 *
 * The program's name says the type: procfs and devfs have no arguments,
 * cd9660 takes the device, null the directory to show again.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <vfs/isofs/cd9660/cd9660_mount.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mntopts.h"

static int iso_flags;

static int
iso_option(const char *name, const char *value)
{
	static const struct {
		const char	*name;
		int		 flag;
	} opts[] = {
		{ "norrip", ISOFSMNT_NORRIP }, { "gens", ISOFSMNT_GENS },
		{ "extatt", ISOFSMNT_EXTATT }, { "nojoliet", ISOFSMNT_NOJOLIET },
	};
	size_t i;

	for (i = 0; i < sizeof(opts) / sizeof(opts[0]); i++) {
		if (value == NULL && strcmp(name, opts[i].name) == 0) {
			iso_flags |= opts[i].flag;
			return (0);
		}
	}
	return (-1);
}

/* nullfs: where the source lies, and that it is not the target itself. */
static const char *
null_source(const char *source, const char *dir)
{
	static char real[MAXPATHLEN];

	if (realpath(source, real) == NULL)
		err(EX_NOINPUT, "%s", source);
	if (strcmp(real, dir) == 0)
		errx(EX_USAGE, "%s and %s are the same directory", source, dir);
	return (real);
}

int
main(int argc, char **argv)
{
	const char *type = getprogname(), *dir;
	struct {
		char	*target;
		char	 pad[56];
		struct export_args export;
	} null_args;
	struct iso_args iso;
	void *args = NULL;
	int c, flags = 0;

	if (strncmp(type, "mount_", 6) == 0)
		type += 6;
	while ((c = getopt(argc, argv, "o:")) != -1) {
		if (c != 'o')
			goto usage;
		mntopts_parse(optarg, &flags,
		    strcmp(type, "cd9660") == 0 ? iso_option : NULL);
	}
	argc -= optind;
	argv += optind;
	if (argc != 2)
		goto usage;
	dir = mntopts_directory(argv[1]);
	if (strcmp(type, "cd9660") == 0) {
		memset(&iso, 0, sizeof(iso));
		iso.fspec = argv[0];
		iso.flags = iso_flags;
		flags |= MNT_RDONLY;
		args = &iso;
	} else if (strcmp(type, "null") == 0) {
		memset(&null_args, 0, sizeof(null_args));
		null_args.target = strdup(null_source(argv[0], dir));
		args = &null_args;
	} else if (strcmp(type, "std") == 0) {
		goto usage;
	}
	mntopts_mount(type, dir, flags, args);
	return (0);
usage:
	fprintf(stderr, "usage: mount_%s [-o options] special node\n", type);
	return (EX_USAGE);
}
