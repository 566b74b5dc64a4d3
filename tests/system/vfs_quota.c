/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts: every operation that changes what files use is
 * charged as `vquota check' would count it, limits bite exactly, null mounts
 * have accounts of their own, and requests that are wrong are refused.
 */
/* tap-kenv: vfs.quota_enabled=1 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/vfs_quota.h>
#include <sys/wait.h>
#include <libprop/plistref.h>
#include <vfs/tmpfs/tmpfs_mount.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define HEAD	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"		\
	"<plist version=\"1.0\"><dict><key>arguments</key>"
#define TAIL(cmd) "<key>command</key><string>" cmd "</string></dict></plist>"

static char page[65536];

/* The reply to a request, or NULL. */
static char *
request(const char *path, const char *text)
{
	struct plistref pref = { (void *)(uintptr_t)text, strlen(text) + 1 };
	char *copy;

	if (vquotactl(path, &pref) != 0)
		return (NULL);
	if (pref.pref_len != strlen(pref.pref_plist) + 1)
		return (NULL);
	copy = strdup(pref.pref_plist);
	munmap(pref.pref_plist, roundup2(pref.pref_len, 4096));
	return (copy);
}

static int
request_fails(const char *path, const char *text, int error)
{
	char *reply;

	errno = 0;
	reply = request(path, text);
	free(reply);
	return (reply == NULL && errno == error);
}

static char *
usage_text(const char *path)
{
	return (request(path, HEAD "<dict/>" TAIL("get usage all")));
}

/* The number that follows a key in a part of a reply. */
static int64_t
number_after(const char *p, const char *end, const char *key)
{
	char want[64];

	snprintf(want, sizeof(want), "<key>%s</key>", key);
	p = strstr(p, want);
	if (p == NULL || p > end || (p = strstr(p, "<integer>")) == NULL)
		return (-1);
	return (strtoull(p + 9, NULL, 0));
}

/* What an id uses; what NULL: the mount. */
static int64_t
used(const char *path, const char *what, uint32_t id)
{
	char *text = usage_text(path), *p, *end;
	int64_t n = 0;

	if (text == NULL)
		return (-1);
	p = strstr(text, "<array>");
	while (p != NULL && (p = strstr(p, "<dict>")) != NULL) {
		end = strstr(p, "</dict>");
		if (what == NULL ||
		    number_after(p, end, what) == (int64_t)id) {
			n = number_after(p, end, "space used");
			break;
		}
		p = end;
	}
	free(text);
	return (n);
}

static int64_t
total(const char *path)
{
	return (used(path, NULL, 0));
}

static int
limit(const char *path, const char *what, uint32_t id, uint64_t bytes)
{
	char text[1024], *reply;

	snprintf(text, sizeof(text), HEAD "<dict><key>limit</key><integer>%ju"
	    "</integer>%s%s%s<integer>%u</integer></dict><key>command</key>"
	    "<string>set limit%s%s</string></dict></plist>",
	    (uintmax_t)bytes, what ? "<key>" : "<key>", what ? what : "x",
	    "</key>", id, what ? " " : "", what ? what : "");
	reply = request(path, text);
	free(reply);
	return (reply != NULL);
}

static int
output_of(const char *cmd, char *buf, size_t size)
{
	FILE *f = popen(cmd, "r");
	size_t n;

	if (f == NULL)
		return (-1);
	n = fread(buf, 1, size - 1, f);
	buf[n] = 0;
	return (pclose(f));
}

/* Does the kernel say what a walk through the tree does? */
static int
agrees(const char *dir)
{
	static char a[65536], b[65536];
	char cmd[256];

	snprintf(cmd, sizeof(cmd), "vquota -n show %s | sed 's/, limit.*//'",
	    dir);
	if (output_of(cmd, a, sizeof(a)) != 0)
		return (0);
	snprintf(cmd, sizeof(cmd), "vquota -n check %s", dir);
	if (output_of(cmd, b, sizeof(b)) != 0)
		return (0);
	if (strcmp(a, b) != 0)
		printf("# %s: shown:\n%s# counted:\n%s", dir, a, b);
	return (strcmp(a, b) == 0);
}

/* Until all verifications that were asked for have ended. */
static void
verified(void)
{
	u_int pending = 1;
	size_t len;

	while (pending != 0) {
		len = sizeof(pending);
		if (sysctlbyname("vfs.quota.pending", &pending, &len, NULL,
		    0) != 0)
			break;
		if (pending != 0)
			usleep(1000);
	}
}

static int
mount_tmpfs(const char *dir, off_t size)
{
	struct tmpfs_mount_info info = {
		.ta_version = TMPFS_ARGS_VERSION, .ta_nodes_max = 0,
		.ta_size_max = size, .ta_root_mode = 0777
	};

	mkdir(dir, 0777);
	return (mount("tmpfs", dir, 0, &info));
}

static int
mount_null(const char *target, const char *dir)
{
	struct { char *target; struct export_args export; } info;

	memset(&info, 0, sizeof(info));
	info.target = (char *)(uintptr_t)target;
	mkdir(dir, 0777);
	return (mount("null", dir, 0, &info));
}

static int
put(const char *path, int flags, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
	ssize_t r = write(fd, page, n);

	close(fd);
	return (r == (ssize_t)n);
}

static void
test_sizes(void)
{
	struct stat st;
	char *map;
	int fd;

	put("t/f", 0, 1000);
	ok(total("t") == 1000 && used("t", "uid", 0) == 1000 &&
	    used("t", "gid", 0) == 1000, "write_counts");
	put("t/f", 0, 700);
	ok(total("t") == 1000, "write_within_the_file_counts_nothing");
	put("t/f", O_APPEND, 24);
	ok(total("t") == 1024, "append_counts");
	fd = open("t/f", O_RDWR);
	pwrite(fd, page, 10, 1 << 20);
	ok(total("t") == (1 << 20) + 10, "hole_counts");
	ftruncate(fd, 5000);
	ok(total("t") == 5000, "ftruncate_credits");
	ftruncate(fd, 100000);
	ok(total("t") == 100000, "ftruncate_counts");
	map = mmap(NULL, 98304, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	memset(map, 1, 98304);
	msync(map, 98304, MS_SYNC);
	munmap(map, 98304);
	ok(total("t") == 100000, "mmap_counts_nothing");
	ok(ftruncate(fd, -1) != 0 && truncate("t", 5) != 0 &&
	    total("t") == 100000, "failed_truncate_counts_nothing");
	close(fd);
	truncate("t/f", 300);
	ok(total("t") == 300, "truncate_credits");
	put("t/f", O_TRUNC, 7);
	ok(total("t") == 7, "open_truncating_credits");
	symlink("somewhere", "t/l");
	ok(total("t") == 16, "symlink_counts");
	mkdir("t/d", 0755);
	mkfifo("t/p", 0644);
	ok(total("t") == 16, "directories_and_fifos_do_not_count");
	ok(stat("t/d", &st) == 0 && agrees("t"), "check_agrees_on_sizes");
	rmdir("t/d");
	unlink("t/p");
	unlink("t/l");
	unlink("t/f");
	ok(total("t") == 0, "unlink_credits");
}

static void
test_short_writes(void)
{
	char *map = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	struct stat st;
	ssize_t n;
	int fd, i;

	mprotect(map + 4096, 4096, PROT_NONE);
	fd = open("t/short", O_RDWR | O_CREAT, 0644);
	n = write(fd, map, 8192);
	fstat(fd, &st);
	ok(n != 8192 && total("t") == st.st_size,
	    "write_from_bad_memory_counts_what_was_written");
	close(fd);
	unlink("t/short");
	munmap(map, 8192);
	mount_tmpfs("small", 65536);
	for (i = 0; put("small/f", O_APPEND, 5000) && i < 100; i++)
		;
	stat("small/f", &st);
	ok(i > 0 && i < 100 && total("small") == st.st_size,
	    "write_to_a_full_file_system_counts_what_was_written");
	ok(truncate("small/f", 1 << 20) != 0 && errno == ENOSPC &&
	    total("small") == st.st_size,
	    "truncate_of_a_full_file_system_counts_nothing");
	unmount("small", 0);
}

static void
test_owners(void)
{
	put("t/f", 0, 500);
	chown("t/f", 1001, -1);
	ok(used("t", "uid", 1001) == 500 && used("t", "uid", 0) == 0 &&
	    used("t", "gid", 0) == 500, "chown_moves");
	chown("t/f", -1, 2002);
	ok(used("t", "gid", 2002) == 500 && used("t", "gid", 0) == 0 &&
	    used("t", "uid", 1001) == 500, "chgrp_moves");
	put("t/f", O_APPEND, 100);
	ok(used("t", "uid", 1001) == 600 && used("t", "uid", 0) == 0,
	    "root_writes_are_the_owners");
	if (fork() == 0) {
		setuid(1002);
		_exit(chown("t/f", 1002, -1) == 0);
	}
	wait(NULL);
	ok(used("t", "uid", 1001) == 600 && used("t", "uid", 1002) == 0,
	    "refused_chown_moves_nothing");
	ok(agrees("t"), "check_agrees_on_owners");
	unlink("t/f");
	ok(total("t") == 0 && used("t", "uid", 1001) == 0,
	    "unlink_credits_the_owner");
}

static void
test_names(void)
{
	int fd;

	put("t/a", 0, 100);
	link("t/a", "t/b");
	ok(total("t") == 100, "link_counts_nothing");
	unlink("t/a");
	ok(total("t") == 100, "unlink_of_one_name_credits_nothing");
	fd = open("t/b", O_RDWR);
	unlink("t/b");
	ok(total("t") == 0, "unlink_while_open_credits_at_once");
	write(fd, page, 9999);
	ok(total("t") == 0, "write_without_a_name_counts_nothing");
	close(fd);
	ok(total("t") == 0, "last_close_credits_nothing");
	put("t/a", 0, 100);
	put("t/b", 0, 30);
	rename("t/a", "t/b");
	ok(total("t") == 100, "rename_over_credits_the_file_replaced");
	rename("t/b", "t/c");
	ok(total("t") == 100 && agrees("t"), "rename_counts_nothing");
	link("t/c", "t/d");
	rename("t/c", "t/d");
	ok(total("t") == 100 && agrees("t"), "rename_to_the_same_file");
	unlink("t/d");
	ok(total("t") == 0, "nothing_is_left");
}

static int
refused(const char *path, int flags, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0644);
	ssize_t r = write(fd, page, n);
	int e = errno;

	close(fd);
	return (r == -1 && e == EDQUOT);
}

static void
test_limits(void)
{
	struct stat st;
	int fd;

	ok(limit("t", NULL, 0, 10000), "limit_is_set");
	ok(put("t/f", 0, 9000) && refused("t/f", O_APPEND, 1001) &&
	    put("t/f", O_APPEND, 1000), "limit_is_exact");
	ok(stat("t/f", &st) == 0 && st.st_size == 10000 &&
	    total("t") == 10000, "refused_write_writes_and_counts_nothing");
	ok(refused("t/g", 0, 1), "limit_holds_for_other_files");
	ok(put("t/f", 0, 5000), "overwriting_at_the_limit");
	fd = open("t/f", O_WRONLY);
	pwrite(fd, page, 1, 9999);
	ok(pwrite(fd, page, 2, 9999) == -1 && errno == EDQUOT,
	    "write_across_the_end_is_refused");
	ok(ftruncate(fd, 20000) == 0 && total("t") == 20000,
	    "truncate_is_charged_and_not_refused");
	ok(pwrite(fd, page, 1, 0) == -1 && errno == EDQUOT,
	    "above_the_limit_no_write_goes");
	ftruncate(fd, 100);
	close(fd);
	ok(put("t/f", O_APPEND, 9900), "what_was_freed_can_be_used");
	ok(limit("t", NULL, 0, 20000) && put("t/f", O_APPEND, 10000),
	    "raised_limit");
	ok(limit("t", NULL, 0, 0) && put("t/f", O_APPEND, 60000),
	    "limit_taken_away");
	unlink("t/f");
	limit("t", "uid", 1001, 5000);
	limit("t", "gid", 2002, 3000);
	put("t/f", 0, 1);
	chown("t/f", 1001, 0);
	ok(put("t/f", 0, 5000) && refused("t/f", O_APPEND, 1),
	    "limit_of_a_user");
	put("t/g", 0, 1);
	chown("t/g", 1003, 2002);
	ok(put("t/g", 0, 3000) && refused("t/g", O_APPEND, 1),
	    "limit_of_a_group");
	ok(put("t/h", 0, 60000), "others_are_not_limited");
	fd = open("t/f", O_WRONLY | O_APPEND);
	unlink("t/f");
	ok(write(fd, page, 5001) == -1 && errno == EDQUOT &&
	    write(fd, page, 5000) == 5000 && used("t", "uid", 1001) == 0,
	    "limits_hold_without_a_name");
	close(fd);
	unlink("t/g");
	unlink("t/h");
	limit("t", "uid", 1001, 0);
	limit("t", "gid", 2002, 0);
	ok(agrees("t"), "check_agrees_after_limits");
}

static void
test_null(void)
{
	mkdir("t/x", 0755);
	mkdir("t/y", 0755);
	put("t/x/old", 0, 70);
	mount_null("t/x", "nx");
	mount_null("t/y", "ny");
	verified();
	ok(total("nx") == 70 && total("ny") == 0 && total("t") == 70,
	    "null_mount_counts_what_is_there");
	put("nx/f", 0, 1000);
	put("ny/f", 0, 200);
	ok(total("nx") == 1070 && total("ny") == 200 && total("t") == 1270,
	    "null_mounts_count_by_themselves");
	put("t/x/f", O_APPEND, 30);
	put("t/z", 0, 5);
	ok(total("nx") == 1100 && total("ny") == 200 && total("t") == 1305,
	    "other_paths_count_on_the_null_mount");
	ok(rename("nx/f", "ny/g") != 0 && errno == EXDEV &&
	    total("nx") == 1100, "rename_between_mounts_is_refused");
	rename("t/x/f", "t/y/g");
	ok(total("nx") == 70 && total("ny") == 1230 && total("t") == 1305,
	    "rename_below_moves");
	unlink("t/y/g");
	ok(total("ny") == 200 && total("t") == 275, "unlink_below_credits");
	limit("nx", NULL, 0, 1000);
	ok(put("nx/f", 0, 930) && refused("nx/f", O_APPEND, 1) &&
	    refused("t/x/f", O_APPEND, 1) && put("ny/f", O_APPEND, 5000) &&
	    put("t/z", O_APPEND, 5000), "limit_of_a_null_mount");
	link("t/z", "t/x/z");
	verified();
	ok(total("nx") == 6005 && agrees("nx") && agrees("ny") && agrees("t"),
	    "link_into_a_null_mount");
	unlink("t/x/z");
	verified();
	ok(agrees("nx") && agrees("t"), "unlink_of_that_link");
	mkdir("t/dir", 0755);
	put("t/dir/a", 0, 40);
	put("t/dir/b", 0, 50);
	rename("t/dir", "t/y/dir");
	verified();
	ok(agrees("ny") && agrees("t") && used("ny", "uid", 0) ==
	    total("ny"), "directory_moves_into_a_null_mount");
	put("t/y/dir/a", O_APPEND, 2);
	rename("t/y/dir", "t/dir");
	verified();
	ok(agrees("ny") && agrees("t"), "directory_moves_out");
	ok(unmount("nx", 0) == 0 && unmount("ny", 0) == 0 && agrees("t"),
	    "null_mounts_go");
}

static void
test_busy_unmount(void)
{
	int fd;

	put("t/keep", 0, 123);
	limit("t", "uid", 5, 777);
	fd = open("t/keep", O_RDONLY);
	ok(unmount("t", 0) != 0 && errno == EBUSY && total("t") ==
	    total("t/keep") && agrees("t"), "refused_unmount_forgets_nothing");
	close(fd);
	limit("t", "uid", 5, 0);
}

static void
test_requests(void)
{
	struct plistref bad = { (void *)8, 100 };
	char *text;
	int status;

	ok(request_fails("t", "not a list", EIO) &&
	    request_fails("t", HEAD "<dict/>", EIO) &&
	    request_fails("t", "", EIO) &&
	    request_fails("t", HEAD "<dict><dict/></dict>" TAIL("x"), EIO),
	    "malformed_request");
	ok(request_fails("t", HEAD "<dict/>" TAIL("fly"), EINVAL) &&
	    request_fails("t", HEAD "<dict/>" TAIL("set limit"), EINVAL) &&
	    request_fails("t", HEAD "<dict/>" TAIL("set usage all"), EINVAL) &&
	    request_fails("t", "<plist><dict/></plist>", EINVAL),
	    "request_that_lacks_something");
	ok(vquotactl("t", &bad) != 0 && errno == EFAULT &&
	    vquotactl("t", (void *)8) != 0 && errno == EFAULT,
	    "request_in_bad_memory");
	ok(request_fails("t/nothing", HEAD "<dict/>" TAIL("get usage all"),
	    ENOENT), "request_on_no_file");
	if (fork() == 0) {
		setuid(1002);
		_exit(total("t") < 0 || limit("t", NULL, 0, 5) ||
		    errno != EPERM);
	}
	wait(&status);
	ok(status == 0, "users_may_look_and_not_set");
	limit("t", "uid", 77, 5000);
	text = request("t", HEAD "<array>"
	    "<dict><key>space used</key><integer>0x64</integer></dict>"
	    "<dict><key>space used</key><integer>060</integer>"
	    "<key>uid</key><integer>77</integer></dict>"
	    "<dict><key>gid</key><integer>88</integer>"
	    "<key>space used</key><integer>52</integer></dict></array>"
	    TAIL("set usage all"));
	ok(text != NULL && strstr(text, "<key>returned data</key>\n\t<array/>")
	    != NULL && total("t") == 100 && used("t", "uid", 77) == 48 &&
	    used("t", "gid", 88) == 52, "usage_is_set");
	free(text);
	text = usage_text("t");
	ok(text != NULL && strstr(text,
	    "\t\t<dict>\n\t\t\t<key>limit</key>\n"
	    "\t\t\t<integer>0x1388</integer>\n\t\t\t<key>space used</key>\n"
	    "\t\t\t<integer>0x30</integer>\n\t\t\t<key>uid</key>\n"
	    "\t\t\t<integer>0x4d</integer>\n\t\t</dict>\n") != NULL,
	    "limits_outlast_that");
	free(text);
	ok(system("vquota sync t") == 0 && agrees("t"), "sync");
}

int
main(void)
{
	char dir[] = "/tmp/quota.XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) != 0)
		return (1);
	chmod(dir, 0755);
	ok(mount_tmpfs("t", 0) == 0, "mount");
	ok(total("t") == 0 && total("t/.") == 0, "begins_at_zero");
	test_sizes();
	test_short_writes();
	test_owners();
	test_names();
	test_limits();
	test_null();
	test_busy_unmount();
	test_requests();
	ok(unmount("t", 0) == 0, "unmount");
	return (tap_done());
}
