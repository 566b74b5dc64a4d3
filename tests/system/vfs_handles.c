/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Handles that outlive or bypass the usual: device nodes of filesystems other
 * than devfs, files open across a forced unmount, a file read into its own
 * mapping while others want it for themselves.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vfs/tmpfs/tmpfs_mount.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

static int
mount_tmpfs(const char *dir, int flags)
{
	struct tmpfs_mount_info info = {
		.ta_version = TMPFS_ARGS_VERSION, .ta_root_mode = 0755
	};

	return (mount("tmpfs", dir, flags, &info));
}

static void
test_device_nodes(void)
{
	struct stat st, st2;
	char buf[16];
	int fd;

	stat("/dev/zero", &st);
	ok(mknod("zero", S_IFCHR | 0600, st.st_rdev) == 0 &&
	    stat("zero", &st2) == 0 && st2.st_rdev == st.st_rdev &&
	    S_ISCHR(st2.st_mode), "device_node_on_tmpfs_is_made");
	memset(buf, 1, sizeof(buf));
	fd = open("zero", O_RDWR);
	ok(fd >= 0 && read(fd, buf, sizeof(buf)) == sizeof(buf) &&
	    buf[0] == 0 && buf[15] == 0 && write(fd, buf, 3) == 3,
	    "device_node_on_tmpfs_reads_and_writes_the_device");
	close(fd);
	ok(mknod("no", S_IFCHR | 0600, makedev(250, 77)) == 0 &&
	    open("no", O_RDONLY) == -1 && errno == ENXIO,
	    "node_of_no_device_enxio");
	mkdir("m", 0755);
	ok(mount_tmpfs("m", MNT_NODEV) == 0 &&
	    mknod("m/zero", S_IFCHR | 0600, st.st_rdev) == 0 &&
	    open("m/zero", O_RDONLY) == -1 && errno == ENXIO,
	    "nodev_mount_opens_no_device");
	unmount("m", 0);
	unlink("zero");
	unlink("no");
	rmdir("m");
}

/* The mounts of a type, also those that are gone but not freed. */
static int
mounts_of(const char *type)
{
	struct vfsconf vfc;

	return (getvfsbyname(type, &vfc) == 0 ? vfc.vfc_refcount : -1);
}

static void
test_forced_unmount(void)
{
	int before = mounts_of("tmpfs"), during, fd;
	char buf[1];

	mkdir("m", 0755);
	mount_tmpfs("m", 0);
	fd = open("m/f", O_CREAT | O_RDWR, 0600);
	write(fd, "x", 1);
	ok(unmount("m", MNT_FORCE) == 0, "forced_unmount_with_open_file");
	during = mounts_of("tmpfs");
	ok(pread(fd, buf, 1, 0) <= 0, "its_file_is_dead");
	close(fd);
	printf("# mounts of tmpfs: %d, %d, %d\n", before, during,
	    mounts_of("tmpfs"));
	ok(before >= 0 && during == before + 1 &&
	    mounts_of("tmpfs") == before, "last_close_frees_the_mount");
	rmdir("m");
}

/*
 * read(2) holds the file's lock shared; the page fault of its buffer, which
 * is a mapping of the same file, wants it once more.
 */
static void
test_read_into_self(void)
{
	int fd = open("/bin/sh", O_RDONLY), i, status, bad = 0;
	struct stat st;
	time_t end = time(NULL) + 3;
	size_t len;
	pid_t pid;
	char *map;

	fstat(fd, &st);
	len = st.st_size < 65536 ? st.st_size : 65536;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		for (;;)
			fsync(fd);	/* wants it exclusively */
	}
	for (i = 0; time(NULL) < end; i++) {
		map = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd,
		    0);
		if (pread(fd, map, len, 0) != (ssize_t)len)
			bad++;
		munmap(map, len);
	}
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(fd);
	ok(bad == 0 && i > 10, "read_into_own_mapping_beside_exclusive_users");
}

int
main(void)
{
	char top[64];

	snprintf(top, sizeof(top), "/tmp/vfs_handles.%d", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	test_device_nodes();
	test_forced_unmount();
	test_read_into_self();
	chdir("/");
	ok(rmdir(top) == 0, "nothing_is_left_behind");
	return (tap_done());
}
