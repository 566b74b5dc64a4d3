/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount_hammer - mount a HAMMER filesystem
 *
 * usage: mount_hammer [-o options] [-T tid] special[:special ...] ... node
 *        mount_hammer -u [-o options] node
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <vfs/hammer/hammer_mount.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mntopts.h"

#define MAXVOLUMES	256

static struct hammer_mount_info info;
static const char *volumes[MAXVOLUMES];

static int
hammer_option(const char *name, const char *value)
{
	char *end;
	long n;

	if (strcmp(name, "history") == 0 && value == NULL) {
		info.hflags &= ~HMNT_NOHISTORY;
	} else if (strcmp(name, "nohistory") == 0 && value == NULL) {
		info.hflags |= HMNT_NOHISTORY;
	} else if (strcmp(name, "mirror") == 0 && value == NULL) {
		info.hflags &= ~HMNT_NOMIRROR;
	} else if (strcmp(name, "nomirror") == 0 && value == NULL) {
		info.hflags |= HMNT_NOMIRROR;
	} else if (strcmp(name, "master") == 0 && value != NULL) {
		n = strtol(value, &end, 0);
		if (*value == '\0' || *end != '\0')
			errx(EX_USAGE, "%s: bad master id", value);
		if (n == 0)
			warnx("a master id of 0 is the default");
		else if (n == -1)
			warnx("a master id of -1 is the same as nomirror");
		else if (n < 0 || n > 15)
			warnx("a master id of %ld is not supported", n);
		info.hflags |= HMNT_MASTERID;
		info.master_id = n;
	} else {
		return (-1);
	}
	return (0);
}

/* The volumes in a list separated by colons. */
static void
add_volumes(char *list)
{
	char *name;

	while ((name = strsep(&list, ":")) != NULL) {
		if (*name == '\0')
			continue;
		if (info.nvolumes == MAXVOLUMES)
			errx(1, "more than %d volumes", MAXVOLUMES);
		volumes[info.nvolumes++] = name;
	}
}

static void
usage(void)
{
	fprintf(stderr, "usage: mount_hammer [-o options] [-T tid] "
	    "special[:special ...] ... node\n"
	    "       mount_hammer -u [-o options] node\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	const char *dir;
	char *end;
	int c, i, flags = 0;

	while ((c = getopt(argc, argv, "o:T:u")) != -1) {
		switch (c) {
		case 'o':
			mntopts_parse(optarg, &flags, hammer_option);
			break;
		case 'T':
			info.asof = strtoull(optarg, &end, 16);
			if (*optarg == '\0' || *end != '\0')
				errx(1, "%s: bad transaction id", optarg);
			break;
		case 'u':
			flags |= MNT_UPDATE;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (flags & MNT_UPDATE) {
		/* mount(8) may name the device as well. */
		if (argc < 1 || argc > 2)
			usage();
	} else if (argc < 2) {
		usage();
	}
	if (info.asof != 0)
		flags |= MNT_RDONLY;
	dir = mntopts_directory(argv[argc - 1]);
	for (i = 0; i < argc - 1; i++)
		add_volumes(argv[i]);
	info.volumes = volumes;
	if (mount("hammer", dir, flags, &info) < 0)
		err(1, "%s", dir);
	return (0);
}
