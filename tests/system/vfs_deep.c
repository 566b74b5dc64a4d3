/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories nested far deeper than any path can say: nothing in the kernel
 * may recurse once a level.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <vfs/tmpfs/tmpfs_mount.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define LEVELS	20000
#define CLIMB	5000		/* fewer than the kernel keeps vnodes */

static int
mount_tmpfs(const char *dir)
{
	struct tmpfs_mount_info info = {
		.ta_version = TMPFS_ARGS_VERSION, .ta_root_mode = 0755
	};

	return (mount("tmpfs", dir, 0, &info));
}

/* Down into so many directories made on the way; how many were. */
static int
descend(int levels)
{
	int i;

	for (i = 0; i < levels; i++) {
		if (mkdir("d", 0755) != 0 || chdir("d") != 0)
			break;
	}
	return (i);
}

int
main(void)
{
	char top[64], cwd[MAXPATHLEN];
	struct stat st;
	int i;

	snprintf(top, sizeof(top), "/tmp/vfs_deep.%d", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	mkdir("m", 0755);
	ok(mount_tmpfs("m") == 0 && chdir("m") == 0, "mount");
	ok(descend(LEVELS) == LEVELS, "descend");
	ok(getcwd(cwd, sizeof(cwd)) == NULL, "getcwd_too_long");
	chdir(top);
	ok(rename("m/d", "m/e") == 0 && stat("m/e/d/d", &st) == 0,
	    "rename_of_the_top");
	ok(unmount("m", 0) == 0, "unmount_unresolves_all_levels");

	ok(mount_tmpfs("m") == 0 && chdir("m") == 0, "mount_again");
	ok(descend(LEVELS) == LEVELS, "descend_again");
	ok(unmount("../m", MNT_FORCE) == -1, "relative_path_leads_nowhere");
	sprintf(cwd, "%s/m", top);
	ok(unmount(cwd, MNT_FORCE) == 0, "forced_unmount_from_the_bottom");
	ok(mkdir("d", 0755) == -1, "the_bottom_is_dead");
	chdir(top);

	ok(mount_tmpfs("m") == 0 && chdir("m") == 0, "mount_a_third_time");
	ok(descend(CLIMB) == CLIMB, "descend_a_third_time");
	for (i = 0; i < CLIMB; i++) {
		if (chdir("..") != 0 || rmdir("d") != 0)
			break;
	}
	ok(i == CLIMB, "removed_from_the_bottom_up");
	chdir(top);
	ok(unmount("m", 0) == 0, "unmount_empty");
	rmdir("m");
	chdir("/");
	ok(rmdir(top) == 0, "nothing_is_left_behind");
	return (tap_done());
}
