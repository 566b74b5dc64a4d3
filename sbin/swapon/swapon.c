/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * swapon(8), swapoff(8), swapctl(8): add and remove swap devices, and list
 * them.  The name it is called by says which one it is.
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <fstab.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "swapon.h"

static bool ask, quiet;
static int failed;

/* Does the user agree? */
static bool
confirmed(const char *dev)
{
	int c, first;

	if (!ask)
		return (true);
	printf("Do you really want to use device %s as a swap device ?\n"
	    "You might loose data. [Y/N]", dev);
	fflush(stdout);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return (first == 'Y' || first == 'y');
}

/* all: an entry of fstab that is in use already is no failure. */
static void
add_device(const char *name, bool all)
{
	const char *dev = getdevpath(name, 0);

	if (!confirmed(dev))
		return;
	if (swapon(dev) == 0) {
		if (!quiet)
			printf("%s: adding %s as swap device\n",
			    getprogname(), dev);
		return;
	}
	if (errno == EBUSY && all)
		return;
	if (errno == EBUSY)
		warnx("%s: device already in use", dev);
	else if (errno == EINVAL)
		warnx("%s: NSWAPDEV limit reached", dev);
	else
		warn("%s", dev);
	failed = 1;
}

static void
remove_device(const char *name, bool all)
{
	const char *dev = getdevpath(name, 0);

	if (swapoff(dev) == 0) {
		if (!quiet)
			printf("%s: removing %s as swap device\n",
			    getprogname(), dev);
		return;
	}
	if (errno == EINVAL && all)
		return;
	warn("%s", dev);
	failed = 1;
}

static bool
has_option(const char *options, const char *name)
{
	size_t len = strlen(name);
	const char *p;

	for (p = options; p != NULL; p = strchr(p, ',')) {
		if (*p == ',')
			++p;
		if (strncmp(p, name, len) == 0 &&
		    (p[len] == ',' || p[len] == '\0'))
			return (true);
	}
	return (false);
}

static void
each_of_fstab(void (*fn)(const char *, bool))
{
	struct fstab *fs;

	if (setfsent() == 0)
		err(1, "%s", getfstab());
	while ((fs = getfsent()) != NULL) {
		if (strcmp(fs->fs_type, FSTAB_SW) == 0 &&
		    !has_option(fs->fs_mntops, "noauto"))
			fn(fs->fs_spec, true);
	}
	endfsent();
}

/* --- swapon and swapoff -------------------------------------------------- */

static void __dead2
usage_onoff(bool on)
{
	fprintf(stderr, "usage: %s %s | file ...\n", getprogname(),
	    on ? "[-aiq]" : "[-aq]");
	exit(EX_USAGE);
}

static void
main_onoff(bool on, int argc, char **argv)
{
	void (*fn)(const char *, bool) = on ? add_device : remove_device;
	bool all = false;
	int c;

	while ((c = getopt(argc, argv, on ? "aiq" : "aq")) != -1) {
		switch (c) {
		case 'a':
			all = true;
			break;
		case 'i':
			ask = true;
			break;
		case 'q':
			quiet = true;
			break;
		default:
			usage_onoff(on);
		}
	}
	argv += optind;
	if (all == (*argv != NULL))
		usage_onoff(on);
	if (all)
		each_of_fstab(fn);
	for (; *argv != NULL; ++argv)
		fn(*argv, false);
}

/* --- swapctl ------------------------------------------------------------- */

static void __dead2
usage_ctl(void)
{
	fprintf(stderr, "usage: swapctl [-AghiklmsU] "
	    "[-a file ... | -d file ...]\n");
	exit(EX_USAGE);
}

static void
main_ctl(int argc, char **argv)
{
	bool each = false, total = false, acted = false;
	enum unit unit = UNIT_ENV;
	int c, what = 0;

	while ((c = getopt(argc, argv, "AUadghiklms")) != -1) {
		switch (c) {
		case 'A':
		case 'U':
		case 'a':
		case 'd':
			if (what != 0 && what != c)
				usage_ctl();
			what = c;
			break;
		case 'g':
			unit = UNIT_GIGA;
			break;
		case 'h':
			unit = UNIT_HUMAN;
			break;
		case 'i':
			ask = true;
			break;
		case 'k':
			unit = UNIT_KILO;
			break;
		case 'l':
			each = true;
			break;
		case 'm':
			unit = UNIT_MEGA;
			break;
		case 's':
			total = true;
			break;
		default:
			usage_ctl();
		}
	}
	argv += optind;
	if ((what == 'a' || what == 'd') != (*argv != NULL))
		usage_ctl();
	if (what == 'A' || what == 'U') {
		each_of_fstab(what == 'A' ? add_device : remove_device);
		acted = true;
	}
	for (; *argv != NULL; ++argv, acted = true)
		(what == 'a' ? add_device : remove_device)(*argv, false);
	if (!each && !total && !acted)
		usage_ctl();
	if (each || total)
		list_devices(each, total, unit);
}

int
main(int argc, char **argv)
{
	const char *name = getprogname();

	if (strcmp(name, "swapctl") == 0)
		main_ctl(argc, argv);
	else
		main_onoff(strcmp(name, "swapoff") != 0, argc, argv);
	return (failed);
}
