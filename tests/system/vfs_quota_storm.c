/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts under load: processes write, truncate, link, rename,
 * chown and unlink files through a file system and null mounts of it, while
 * counters are verified and mounts come and go.  In the end the kernel's
 * counters are what a walk through the tree counts, and those of a mount that
 * was full never went above its limit.  And many users: nodes come and go.
 */
/* tap-kenv: vfs.quota_enabled=1 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
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

#define WRITERS	8
#define ROUNDS	3000
#define FILES	24
#define IDS	100000

static char data[20000];

static int
mount_tmpfs(const char *dir)
{
	struct tmpfs_mount_info info = {
		.ta_version = TMPFS_ARGS_VERSION, .ta_root_mode = 0777
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

/* Does the kernel say what a walk through the tree does? */
static int
agrees(const char *dir)
{
	char cmd[256];
	int r;

	snprintf(cmd, sizeof(cmd), "vquota -n show %s | sed 's/, limit.*//' "
	    "> shown; vquota -n check %s > counted; diff shown counted",
	    dir, dir);
	r = system(cmd);
	return (r == 0);
}

static void
verified(void)
{
	u_int pending = 1;
	size_t len = sizeof(pending);

	while (sysctlbyname("vfs.quota.pending", &pending, &len, NULL,
	    0) == 0 && pending != 0)
		usleep(1000);
}

/* A file in one of the places that show the same two directories. */
static const char *
name(char *buf, size_t size)
{
	static const char *const dirs[] = { "t/a", "t/b", "na", "nb", "nt/a" };

	snprintf(buf, size, "%s/%d", dirs[random() % nitems(dirs)],
	    (int)(random() % FILES));
	return (buf);
}

static void
one_round(void)
{
	char a[64], b[64];
	int fd;

	name(a, sizeof(a));
	name(b, sizeof(b));
	switch (random() % 10) {
	case 0: case 1: case 2: case 3:
		fd = open(a, O_RDWR | O_CREAT |
		    (random() % 4 == 0 ? O_TRUNC : 0), 0666);
		if (fd < 0)
			break;
		if (random() % 8 == 0)
			unlink(a);
		pwrite(fd, data, random() % sizeof(data),
		    random() % sizeof(data));
		close(fd);
		break;
	case 4:
		unlink(a);
		break;
	case 5:
		rename(a, b);
		break;
	case 6:
		truncate(a, random() % sizeof(data));
		break;
	case 7:
		chown(a, random() % 5, random() % 5);
		break;
	case 8:
		link(a, b);
		break;
	default:
		unlink(a);
		symlink(b, a);
		break;
	}
}

static void
test_storm(void)
{
	int i, j;

	mkdir("t/a", 0777);
	mkdir("t/b", 0777);
	mkdir("t/walk", 0777);
	mount_null("t/a", "na");
	mount_null("t/b", "nb");
	mount_null("t", "nt");
	for (i = 0; i < WRITERS; i++) {
		if (fork() == 0) {
			srandom(i + 1);
			for (j = 0; j < ROUNDS; j++)
				one_round();
			_exit(0);
		}
	}
	/* Verifications, which directories that move ask for. */
	for (i = 0; i < 40; i++) {
		rename("t/walk", i & 1 ? "t/walk" : "t/a/walk");
		rename("t/a/walk", "t/walk");
		mkdir("again", 0777);
		if (mount_null("t/b", "again") == 0)
			unmount("again", MNT_FORCE);
	}
	while (wait(NULL) > 0)
		;
	verified();
	ok(agrees("t"), "storm_file_system_agrees");
	ok(agrees("na") && agrees("nb") && agrees("nt"),
	    "storm_null_mounts_agree");
	ok(unmount("na", 0) == 0 && unmount("nb", 0) == 0 &&
	    unmount("nt", 0) == 0, "storm_null_mounts_go");
	ok(system("rm -rf t/a t/b t/walk") == 0 && agrees("t"),
	    "storm_all_is_credited");
}

/* Many append at once to the limit: it is reached and not exceeded. */
static void
test_limit(void)
{
	struct stat st;
	off_t sum = 0;
	char path[32];
	int fd, i;

	system("vquota limit t 1000000");
	for (i = 0; i < WRITERS; i++) {
		if (fork() == 0) {
			snprintf(path, sizeof(path), "t/limit%d", i);
			fd = open(path, O_WRONLY | O_CREAT, 0644);
			while (write(fd, data, 1000) == 1000)
				;
			_exit(errno != EDQUOT);
		}
	}
	for (i = 0; i < WRITERS; i++)
		wait(NULL);
	for (i = 0; i < WRITERS; i++) {
		snprintf(path, sizeof(path), "t/limit%d", i);
		if (stat(path, &st) == 0)
			sum += st.st_size;
		unlink(path);
	}
	ok(sum == 1000000, "limit_is_reached_together");
	ok(agrees("t"), "limit_agrees");
	system("vquota limit t 0");
}

/* One file is given to many users, and many are said to use something. */
static void
test_ids(int ids)
{
	struct plistref pref;
	char *text, *p, *end;
	int fd, i, n;

	fd = open("t/given", O_RDWR | O_CREAT, 0644);
	write(fd, data, 10);
	for (i = 0; i < 20000; i++)
		fchown(fd, 1000000 + i * 7, 2000000 + i * 13);
	fchown(fd, 0, 0);
	close(fd);
	ok(agrees("t"), "ids_come_and_go");
	p = text = malloc(400 + (size_t)ids * 120);
	p += sprintf(p, "<plist><dict><key>arguments</key><array>");
	for (i = 0; i < ids; i++)
		p += sprintf(p, "<dict><key>space used</key><integer>1"
		    "</integer><key>uid</key><integer>%u</integer></dict>",
		    (unsigned)i * 2654435761U);
	p += sprintf(p, "</array><key>command</key><string>set usage all"
	    "</string></dict></plist>");
	pref.pref_plist = text;
	pref.pref_len = p - text + 1;
	ok(vquotactl("t", &pref) == 0, "ids_are_set");
	munmap(pref.pref_plist, roundup2(pref.pref_len, 4096));
	p = stpcpy(text, "<plist><dict><key>arguments</key><dict/><key>command"
	    "</key><string>get usage all</string></dict></plist>");
	pref.pref_plist = text;
	pref.pref_len = p - text + 1;
	n = 0;
	if (vquotactl("t", &pref) == 0) {
		p = pref.pref_plist;
		end = p + pref.pref_len;
		while ((p = memmem(p, end - p, "<key>uid", 8)) != NULL) {
			n++;
			p++;
		}
		munmap(pref.pref_plist, roundup2(pref.pref_len, 4096));
	}
	printf("# %d of %d\n", n, ids);
	ok(n == ids, "ids_are_all_told");
	ok(system("vquota sync t") == 0 && agrees("t"), "ids_go");
	free(text);
}

int
main(int argc, char **argv)
{
	char dir[] = "/tmp/quota.XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) != 0)
		return (1);
	ok(mount_tmpfs("t") == 0, "mount");
	test_storm();
	test_limit();
	test_ids(argc > 1 ? atoi(argv[1]) : IDS);
	ok(unmount("t", 0) == 0, "unmount");
	return (tap_done());
}
