/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * umount - unmount filesystems
 *
 * usage: umount [-fv] special | node ...
 *        umount -a | -A [-fv] [-t type]
 *
 * -a unmounts what /etc/fstab lists, -A everything but the root.
 */
#include <sys/param.h>
#include <sys/mount.h>

#include <err.h>
#include <errno.h>
#include <fstab.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int force, verbose;
static const char *type;

static int
unmount_dir(const char *special, const char *dir)
{
	if (unmount(dir, force) < 0) {
		warn("unmount of %s failed", dir);
		return (1);
	}
	if (verbose)
		printf("%s: unmounted from %s\n", special, dir);
	return (0);
}

/* The topmost mount whose directory or device is `name'. */
static int
unmount_name(const char *name)
{
	char real[MAXPATHLEN];
	struct statfs *mounts;
	int i, n = getmntinfo(&mounts, MNT_NOWAIT);

	if (realpath(name, real) == NULL)
		strlcpy(real, name, sizeof(real));
	for (i = n - 1; i >= 0; i--) {
		if (strcmp(mounts[i].f_mntonname, real) == 0 ||
		    strcmp(mounts[i].f_mntonname, name) == 0 ||
		    strcmp(mounts[i].f_mntfromname, real) == 0 ||
		    strcmp(mounts[i].f_mntfromname, name) == 0)
			return (unmount_dir(mounts[i].f_mntfromname,
			    mounts[i].f_mntonname));
	}
	warnx("%s: not a file system root directory", name);
	return (1);
}

static int
unmount_all(int fstab_only)
{
	struct statfs *mounts;
	int i, rc = 0, n = getmntinfo(&mounts, MNT_NOWAIT);

	for (i = n - 1; i >= 0; i--) {
		if (strcmp(mounts[i].f_mntonname, "/") == 0 ||
		    (mounts[i].f_flags & MNT_ROOTFS) != 0 ||
		    (type != NULL && strcmp(mounts[i].f_fstypename, type) != 0))
			continue;
		if (fstab_only && getfsfile(mounts[i].f_mntonname) == NULL)
			continue;
		rc |= unmount_dir(mounts[i].f_mntfromname,
		    mounts[i].f_mntonname);
	}
	return (rc);
}

int
main(int argc, char **argv)
{
	int c, rc = 0, all = 0;

	while ((c = getopt(argc, argv, "Aaft:v")) != -1) {
		switch (c) {
		case 'A':
		case 'a':
			all = c;
			break;
		case 'f':
			force = MNT_FORCE;
			break;
		case 't':
			type = optarg;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	if (all != 0 && optind == argc) {
		sync();
		return (unmount_all(all == 'a'));
	}
	if (all != 0 || optind == argc)
		goto usage;
	for (; optind < argc; optind++)
		rc |= unmount_name(argv[optind]);
	return (rc);
usage:
	fprintf(stderr, "usage: umount [-fv] special | node ...\n"
	    "       umount -a | -A [-fv] [-t type]\n");
	return (EX_USAGE);
}
