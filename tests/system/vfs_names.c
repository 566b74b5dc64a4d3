/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names and attributes, on a tmpfs: what path system calls promise.
 *
 * usage: test_names [directory]	(default /tmp; must be writable)
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

/* The call fails with exactly this errno. */
#define FAILS(call, e)	((call) == -1 && errno == (e))

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		perror(path);
	close(fd);
}

static int
has(const char *path, const char *text)
{
	char buf[256];
	int fd = open(path, O_RDONLY), n;

	if (fd < 0)
		return (0);
	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	if (n < 0)
		return (0);
	buf[n] = 0;
	return (strcmp(buf, text) == 0);
}

static void
test_create(void)
{
	struct stat st;

	ok(FAILS(open("nothere", O_RDONLY), ENOENT), "open_missing_enoent");
	put("a", "one");
	ok(has("a", "one"), "written_data_is_read_back");
	ok(FAILS(open("a", O_WRONLY | O_CREAT | O_EXCL, 0644), EEXIST),
	    "o_excl_refuses_existing");
	ok(FAILS(open("a/b", O_RDONLY), ENOTDIR), "file_as_directory_enotdir");
	ok(FAILS(open("a/", O_RDONLY), ENOTDIR), "trailing_slash_on_file");
	ok(FAILS(mkdir("a", 0755), EEXIST), "mkdir_over_file_eexist");
	ok(mkdir("d/", 0755) == 0 && stat("d", &st) == 0 &&
	    S_ISDIR(st.st_mode) && st.st_nlink == 2, "mkdir_trailing_slash");
	ok(FAILS(mkdir(".", 0755), EEXIST) && FAILS(mkdir("/", 0755), EEXIST),
	    "mkdir_of_dot_and_root_eexist");
	ok(FAILS(open("", O_RDONLY), ENOENT), "empty_path_enoent");
	ok(FAILS(unlink("d"), EPERM) && FAILS(rmdir("a"), ENOTDIR),
	    "unlink_directory_and_rmdir_file_fail");
	ok(FAILS(open("d", O_WRONLY), EISDIR), "open_directory_for_write");
	ok(unlink("a") == 0 && FAILS(stat("a", &st), ENOENT),
	    "unlinked_name_is_gone");
	put("a", "two");
	ok(has("a", "two"), "name_can_be_made_again_after_negative_lookup");
	unlink("a");
}

static void
test_long(void)
{
	char name[300], path[1200];

	memset(name, 'x', sizeof(name));
	name[255] = 0;
	put(name, "long");
	ok(has(name, "long") && unlink(name) == 0, "name_of_255_bytes");
	name[255] = 'x';
	name[256] = 0;
	ok(FAILS(open(name, O_RDONLY), ENAMETOOLONG), "name_of_256_bytes");
	memset(path, '/', sizeof(path));
	path[1199] = 0;
	ok(FAILS(open(path, O_RDONLY), ENAMETOOLONG), "path_of_1199_bytes");
}

static void
test_rename(void)
{
	struct stat st;
	int fd;
	char buf[8];

	put("r1", "source");
	put("r2", "target");
	fd = open("r2", O_RDONLY);
	ok(rename("r1", "r2") == 0 && has("r2", "source") &&
	    FAILS(stat("r1", &st), ENOENT), "rename_replaces_target");
	ok(read(fd, buf, 6) == 6 && memcmp(buf, "target", 6) == 0,
	    "rename_over_open_file_keeps_data");
	close(fd);
	ok(rename("r2", "r2") == 0 && has("r2", "source"),
	    "rename_to_itself_does_nothing");
	link("r2", "r3");
	ok(rename("r2", "r3") == 0 && FAILS(stat("r2", &st), ENOENT) &&
	    stat("r3", &st) == 0 && st.st_nlink == 1,
	    "rename_between_links_removes_source");
	mkdir("rd", 0755);
	mkdir("rd/sub", 0755);
	ok(FAILS(rename("rd", "rd/sub/x"), EINVAL),
	    "rename_into_own_subtree_einval");
	ok(FAILS(rename("rd", "r3"), ENOTDIR) &&
	    FAILS(rename("r3", "rd"), EISDIR), "rename_kinds_must_match");
	mkdir("re", 0755);
	put("re/f", "x");
	ok(FAILS(rename("rd", "re"), ENOTEMPTY), "rename_over_full_directory");
	unlink("re/f");
	ok(rename("rd", "re") == 0 && stat("re/sub", &st) == 0 &&
	    stat("re", &st) == 0 && st.st_nlink == 3,
	    "rename_over_empty_directory_moves_tree");
	mkdir("rx", 0755);
	ok(rename("re/sub", "rx/moved") == 0 && stat("re", &st) == 0 &&
	    st.st_nlink == 2 && stat("rx/moved/..", &st) == 0 &&
	    st.st_nlink == 3, "moved_directory_has_new_parent");
	ok(FAILS(rename("rx", "."), EINVAL) ||
	    errno == EINVAL, "rename_to_dot_einval");
	rmdir("rx/moved");
	rmdir("rx");
	rmdir("re");
	unlink("r3");
}

static void
test_links(void)
{
	struct stat st;
	char buf[64];
	int n;

	put("l1", "linked");
	ok(link("l1", "l2") == 0 && stat("l1", &st) == 0 &&
	    st.st_nlink == 2 && has("l2", "linked"), "hard_link");
	ok(unlink("l1") == 0 && has("l2", "linked"), "link_outlives_name");
	ok(symlink("l2", "s1") == 0 && has("s1", "linked"), "symlink_read");
	n = readlink("s1", buf, sizeof(buf));
	ok(n == 2 && memcmp(buf, "l2", 2) == 0, "readlink");
	ok(lstat("s1", &st) == 0 && S_ISLNK(st.st_mode) && st.st_size == 2,
	    "lstat_of_link");
	symlink("loop2", "loop1");
	symlink("loop1", "loop2");
	ok(FAILS(stat("loop1", &st), ELOOP), "symlink_loop_eloop");
	ok(FAILS(open("s1", O_RDONLY | O_NOFOLLOW), ELOOP), "o_nofollow");
	ok(FAILS(link("d", "d2"), EPERM), "no_link_to_directory");
	symlink("d/newfile", "s2");
	put("s2", "via");
	ok(has("d/newfile", "via"), "create_through_dangling_link");
	unlink("d/newfile");
	unlink("s2");
	unlink("s1");
	unlink("l2");
	unlink("loop1");
	unlink("loop2");
}

static void
test_attributes(void)
{
	struct timeval tv[2] = { { 1000, 1 }, { 2000, 2 } };
	struct timespec ts[2] = { { 5, 0 }, { 0, UTIME_OMIT } };
	struct stat st;
	int fd;

	put("m", "12345");
	chmod("m", 0640);
	ok(stat("m", &st) == 0 && (st.st_mode & 07777) == 0640, "chmod");
	ok(chown("m", 3, 4) == 0 && stat("m", &st) == 0 && st.st_uid == 3 &&
	    st.st_gid == 4, "chown_by_root");
	ok(utimes("m", tv) == 0 && stat("m", &st) == 0 &&
	    st.st_atime == 1000 && st.st_mtime == 2000, "utimes");
	ok(utimensat(AT_FDCWD, "m", ts, 0) == 0 && stat("m", &st) == 0 &&
	    st.st_atime == 5 && st.st_mtime == 2000, "utime_omit_keeps");
	ok(truncate("m", 3) == 0 && has("m", "123"), "truncate_shrinks");
	ok(truncate("m", 10000) == 0 && stat("m", &st) == 0 &&
	    st.st_size == 10000, "truncate_grows");
	fd = open("m", O_RDWR);
	{
		char c = 1;

		ok(pread(fd, &c, 1, 9000) == 1 && c == 0, "hole_is_zero");
		ok(lseek(fd, 0, SEEK_END) == 10000 &&
		    lseek(fd, -1, SEEK_SET) == -1, "lseek");
	}
	ok(ftruncate(fd, -1) == -1 && errno == EINVAL, "ftruncate_negative");
	close(fd);
	ok(chflags("m", UF_IMMUTABLE) == 0 &&
	    FAILS(open("m", O_WRONLY), EPERM) && FAILS(unlink("m"), EPERM),
	    "immutable_file_stays");
	chflags("m", 0);
	ok(access("m", F_OK) == 0 && FAILS(access("none", F_OK), ENOENT),
	    "access");
	unlink("m");
}

static void
test_at(void)
{
	struct stat st;
	int dfd = open("d", O_RDONLY | O_DIRECTORY);
	int fd = openat(dfd, "atfile", O_RDWR | O_CREAT, 0600);

	ok(fd >= 0 && stat("d/atfile", &st) == 0, "openat_creates");
	close(fd);
	ok(mkdirat(dfd, "atdir", 0700) == 0 &&
	    fstatat(dfd, "atdir", &st, 0) == 0 && S_ISDIR(st.st_mode),
	    "mkdirat_fstatat");
	ok(renameat(dfd, "atfile", AT_FDCWD, "moved") == 0 &&
	    stat("moved", &st) == 0, "renameat");
	ok(FAILS(unlinkat(dfd, "atdir", 0), EPERM) &&
	    unlinkat(dfd, "atdir", AT_REMOVEDIR) == 0, "unlinkat");
	ok(FAILS(fstatat(99, "x", &st, 0), EBADF), "at_bad_descriptor");
	ok(FAILS(open("moved", O_RDONLY | O_DIRECTORY), ENOTDIR),
	    "o_directory_on_file");
	unlink("moved");
	close(dfd);
}

static void
test_cwd(void)
{
	char buf[1024], want[1100], base[1024];
	struct stat st;

	getcwd(base, sizeof(base));
	mkdir("c1", 0755);
	mkdir("c1/c2", 0755);
	chdir("c1/c2");
	snprintf(want, sizeof(want), "%s/c1/c2", base);
	ok(getcwd(buf, sizeof(buf)) != NULL && strcmp(buf, want) == 0,
	    "getcwd");
	rename("../../c1", "../../c9");
	snprintf(want, sizeof(want), "%s/c9/c2", base);
	ok(getcwd(buf, sizeof(buf)) != NULL && strcmp(buf, want) == 0,
	    "getcwd_follows_rename");
	rmdir("../../c9/c2");
	ok(getcwd(buf, sizeof(buf)) == NULL && errno == ENOENT,
	    "getcwd_of_removed_directory");
	ok(FAILS(open("f", O_CREAT | O_RDWR, 0644), ENOENT) ||
	    errno == EINVAL, "no_create_in_removed_directory");
	ok(stat(".", &st) == 0, "stat_dot_in_removed_directory");
	chdir(base);
	rmdir("c9");
}

static void
test_readdir(void)
{
	enum { N = 2000 };
	static char seen[N];
	struct dirent *de;
	DIR *dir;
	char name[32];
	int i, count = 0, dups = 0;

	mkdir("many", 0755);
	for (i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "many/f%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	dir = opendir("many");
	while ((de = readdir(dir)) != NULL) {
		if (de->d_name[0] != 'f')
			continue;
		i = atoi(de->d_name + 1);
		dups += seen[i];
		seen[i] = 1;
		count++;
		/* Removing what was seen must not disturb the rest. */
		if (i % 3 == 0) {
			snprintf(name, sizeof(name), "many/f%d", i);
			unlink(name);
		}
	}
	closedir(dir);
	ok(count == N && dups == 0, "readdir_sees_each_entry_once");
	ok(FAILS(rmdir("many"), ENOTEMPTY), "rmdir_full_directory");
	for (i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "many/f%d", i);
		unlink(name);
	}
	ok(rmdir("many") == 0, "rmdir_emptied_directory");
}

static void
test_io(void)
{
	static char big[300000], back[300000];
	struct iovec iov[2] = { { big, 10 }, { big + 10, 90 } };
	char *map;
	size_t i;
	int fd;

	for (i = 0; i < sizeof(big); i++)
		big[i] = i * 7 + i / 251;
	fd = open("io", O_RDWR | O_CREAT | O_TRUNC, 0644);
	ok(write(fd, big, sizeof(big)) == sizeof(big) &&
	    pread(fd, back, sizeof(back), 0) == sizeof(back) &&
	    memcmp(big, back, sizeof(big)) == 0, "large_write_and_read");
	map = mmap(NULL, sizeof(big), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
	    0);
	ok(map != MAP_FAILED && memcmp(map, big, sizeof(big)) == 0,
	    "mapping_shows_written_data");
	map[5000] ^= 0x55;
	ok(pread(fd, back, 1, 5000) == 1 && back[0] == map[5000],
	    "read_sees_store_to_mapping");
	pwrite(fd, "Z", 1, 70000);
	ok(map[70000] == 'Z', "mapping_sees_write");
	munmap(map, sizeof(big));
	ok(pwritev(fd, iov, 2, 1 << 20) == 100 &&
	    pread(fd, back, 100, 1 << 20) == 100 &&
	    memcmp(back, big, 100) == 0, "pwritev_beyond_end");
	ok(pread(fd, back, 10, 2 << 20) == 0, "read_beyond_end");
	close(fd);
	fd = open("io", O_WRONLY | O_APPEND);
	write(fd, "tail", 4);
	close(fd);
	fd = open("io", O_RDONLY);
	ok(pread(fd, back, 8, (1 << 20) + 100) == 4, "append");
	unlink("io");
	ok(pread(fd, back, 4, (1 << 20) + 100) == 4 &&
	    memcmp(back, "tail", 4) == 0, "unlinked_open_file_lives");
	close(fd);
}

static void
test_fifo(void)
{
	char buf[8];
	int r, w;

	ok(mkfifo("ff", 0600) == 0, "mkfifo");
	ok(FAILS(open("ff", O_WRONLY | O_NONBLOCK), ENXIO),
	    "fifo_nonblocking_writer_needs_reader");
	r = open("ff", O_RDONLY | O_NONBLOCK);
	w = open("ff", O_WRONLY | O_NONBLOCK);
	ok(r >= 0 && w >= 0 && FAILS(read(r, buf, 8), EAGAIN),
	    "fifo_empty_eagain");
	ok(write(w, "hello", 5) == 5 && read(r, buf, 8) == 5 &&
	    memcmp(buf, "hello", 5) == 0, "fifo_passes_data");
	close(w);
	ok(read(r, buf, 8) == 0, "fifo_end_of_file");
	close(r);
	unlink("ff");
}

/* What somebody who is not root may not do. */
static void
test_permissions(void)
{
	struct stat st;
	int status, r = 0;

	mkdir("shut", 0700);
	put("shut/f", "x");
	mkdir("sticky", 01777);
	chmod("sticky", 01777);
	put("sticky/theirs", "x");
	put("secret", "x");
	chmod("secret", 0600);
	put("readable", "x");
	fflush(stdout);
	if (fork() == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(100);
		r |= !FAILS(stat("shut/f", &st), EACCES) << 0;
		r |= !FAILS(open("secret", O_RDONLY), EACCES) << 1;
		r |= !FAILS(open("readable", O_WRONLY), EACCES) << 2;
		r |= !FAILS(unlink("sticky/theirs"), EPERM) << 3;
		r |= !FAILS(open("mine", O_CREAT | O_WRONLY, 0644), EACCES) << 4;
		r |= !FAILS(chmod("readable", 0777), EPERM) << 5;
		r |= (open("readable", O_RDONLY) < 0) << 6;
		_exit(r);
	}
	wait(&status);
	r = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (r != 0)
		printf("# mask %#x\n", r);
	ok(r == 0, "others_are_kept_out");
	if (fork() == 0) {
		/* The directory was searched before it was shut. */
		chmod("shut", 0755);
		stat("shut/f", &st);
		chmod("shut", 0700);
		setuid(65534);
		_exit(!FAILS(stat("shut/f", &st), EACCES));
	}
	wait(&status);
	ok(status == 0, "chmod_takes_effect_on_cached_names");
	unlink("shut/f");
	rmdir("shut");
	unlink("sticky/theirs");
	rmdir("sticky");
	unlink("secret");
	unlink("readable");
}

int
main(int argc, char **argv)
{
	struct statfs sb;
	char top[256];

	snprintf(top, sizeof(top), "%s/test_names.%d",
	    argc > 1 ? argv[1] : "/tmp", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	test_create();
	test_long();
	test_rename();
	test_links();
	test_attributes();
	test_at();
	test_cwd();
	test_readdir();
	test_io();
	test_fifo();
	test_permissions();
	ok(statfs(".", &sb) == 0 && sb.f_blocks > 0, "statfs");
	rmdir("d");
	chdir("/");
	ok(rmdir(top) == 0, "nothing_is_left_behind");
	return (tap_done());
}
