/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounts: null mounts show the same files at another place with a `..' of
 * their own; lookups go on while file systems come and go; a busy mount is
 * not unmounted.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vfs/tmpfs/tmpfs_mount.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

struct null_info {
	char	*target;
	struct export_args export;
};

static int
mount_tmpfs(const char *dir, off_t size, ino_t nodes)
{
	struct tmpfs_mount_info info = {
		.ta_version = TMPFS_ARGS_VERSION, .ta_nodes_max = nodes,
		.ta_size_max = size, .ta_root_mode = 0755
	};

	return (mount("tmpfs", dir, 0, &info));
}

static int
mount_null(const char *target, const char *dir, int flags)
{
	struct null_info info;

	memset(&info, 0, sizeof(info));
	info.target = (char *)(uintptr_t)target;
	return (mount("null", dir, flags, &info));
}

static void
test_null(void)
{
	struct stat a, b;
	struct statfs sb;
	char cwd[1024];
	int fd;

	mkdir("real", 0755);
	mkdir("real/sub", 0755);
	mkdir("view", 0755);
	close(open("real/sub/file", O_CREAT | O_WRONLY, 0644));
	ok(mount_null("real", "view", 0) == 0, "null_mount");
	ok(stat("real/sub/file", &a) == 0 && stat("view/sub/file", &b) == 0 &&
	    a.st_ino == b.st_ino && a.st_dev == b.st_dev,
	    "null_mount_shows_the_same_file");
	ok(stat("view/..", &a) == 0 && stat(".", &b) == 0 &&
	    a.st_ino == b.st_ino, "dotdot_of_null_root_is_covered_parent");
	ok(chdir("view/sub") == 0 && getcwd(cwd, sizeof(cwd)) != NULL &&
	    strstr(cwd, "/view/sub") != NULL, "getcwd_below_null_mount");
	chdir("../..");
	ok(rename("real/sub/file", "view/sub/file2") == -1 &&
	    errno == EXDEV, "rename_across_null_mount_exdev");
	ok(statfs("view", &sb) == 0 && strcmp(sb.f_fstypename, "null") == 0,
	    "statfs_names_null");
	fd = open("view/sub/file", O_RDONLY);
	ok(unmount("view", 0) == -1 && errno == EBUSY,
	    "mount_with_open_file_is_busy");
	close(fd);
	ok(unmount("view", 0) == 0 && stat("view/sub", &a) == -1,
	    "null_unmount");
	ok(mount_null("real", "view", MNT_RDONLY) == 0 &&
	    open("view/new", O_CREAT | O_WRONLY, 0644) == -1 &&
	    errno == EROFS && unlink("view/sub/file") == -1 &&
	    errno == EROFS, "read_only_null_mount_of_writable_tree");
	ok(unmount("view", 0) == 0, "null_unmount_again");
	unlink("real/sub/file");
	rmdir("real/sub");
	rmdir("real");
	rmdir("view");
}

static void
test_limits(void)
{
	char buf[4096], name[32];
	int fd, i, made = 0;
	struct statfs sb;

	mkdir("small", 0755);
	ok(mount_tmpfs("small", 16 * 4096, 10) == 0, "mount_small_tmpfs");
	memset(buf, 1, sizeof(buf));
	fd = open("small/big", O_CREAT | O_WRONLY, 0644);
	for (i = 0; i < 20 && write(fd, buf, 4096) == 4096; i++)
		;
	ok(i == 16 && errno == ENOSPC, "full_tmpfs_enospc");
	ok(statfs("small", &sb) == 0 && sb.f_bfree == 0 &&
	    sb.f_blocks == 16, "statfs_counts_pages");
	ok(ftruncate(fd, 0) == 0 && statfs("small", &sb) == 0 &&
	    sb.f_bfree == 16, "truncate_gives_pages_back");
	close(fd);
	for (i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "small/n%d", i);
		fd = open(name, O_CREAT | O_WRONLY, 0644);
		if (fd < 0)
			break;
		made++;
		close(fd);
	}
	ok(fd < 0 && errno == ENOSPC && made == 8, "node_limit_enospc");
	ok(unmount("small", 0) == 0, "unmount_full_tmpfs");
	ok(mount("nosuchfs", "small", 0, NULL) == -1 && errno == ENODEV,
	    "unknown_type_enodev");
	ok(unmount("small", 0) == -1 && errno == EINVAL,
	    "unmount_of_no_mount_point_einval");
	rmdir("small");
}

static void
test_churn(void)
{
	struct stat st;
	pid_t pid[4];
	int i, bad = 0, status;

	mkdir("m", 0755);
	fflush(stdout);
	for (i = 0; i < 4; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			for (;;) {
				stat("m/f", &st);
				stat("m/../m/f", &st);
				close(open("m/f", O_CREAT | O_RDWR, 0644));
			}
		}
	}
	for (i = 0; i < 100; i++) {
		if (mount_tmpfs("m", 0, 0) != 0)
			bad++;
		usleep(1000);
		if (unmount("m", MNT_FORCE) != 0)
			bad++;
	}
	for (i = 0; i < 4; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], &status, 0);
	}
	ok(bad == 0, "forced_unmounts_under_lookups");
	unlink("m/f");
	ok(rmdir("m") == 0, "mount_point_is_free_again");
}

int
main(void)
{
	char top[64];

	sprintf(top, "/tmp/vfs_mounts.%d", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	test_null();
	test_limits();
	test_churn();
	chdir("/");
	ok(rmdir(top) == 0, "nothing_is_left_behind");
	return (tap_done());
}
