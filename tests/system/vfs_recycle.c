/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * More files than vnodes: what is recycled comes back with its contents, and
 * the number of vnodes stays near kern.maxvnodes.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FILES	3000
#define PROCS	4

static int
getint(const char *name)
{
	int v = -1;
	size_t len = sizeof(v);

	return (sysctlbyname(name, &v, &len, NULL, 0) == 0 ? v : -1);
}

static void
file_name(char *buf, int i)
{
	sprintf(buf, "d%d/file%d", i % 7, i);
}

/* Check all files in an order of its own; returns the number of errors. */
static int
check(int step)
{
	char name[64], data[64], want[64];
	int i, k, fd, n, bad = 0;

	for (k = 0, i = 0; k < FILES; k++, i = (i + step) % FILES) {
		file_name(name, i);
		fd = open(name, O_RDONLY);
		n = fd < 0 ? -1 : read(fd, data, sizeof(data) - 1);
		if (fd >= 0)
			close(fd);
		data[n > 0 ? n : 0] = 0;
		sprintf(want, "contents of %d", i);
		bad += strcmp(data, want) != 0;
	}
	return (bad > 100 ? 100 : bad);
}

/* Directories that had something in them leave nothing when they go. */
static void
removed(void)
{
	int i, vnodes, entries;

	mkdir("d", 0755);
	rmdir("d");
	vnodes = getint("debug.numvnodes");
	entries = getint("vfs.cache.numcache");
	for (i = 0; i < 500; i++) {
		mkdir("d", 0755);
		mkdir("d/e", 0755);
		chdir("d/e");
		chdir("..");
		rmdir("e");
		chdir("..");
		rmdir("d");
	}
	vnodes = getint("debug.numvnodes") - vnodes;
	entries = getint("vfs.cache.numcache") - entries;
	printf("# %d vnodes and %d names more\n", vnodes, entries);
	ok(vnodes < 100 && entries < 100, "removed_directories_leave_nothing");
}

int
main(void)
{
	char top[64], name[64], data[64];
	int i, fd, limit = 1000, old, status, bad = 0, tries;
	size_t len = sizeof(old);

	sprintf(top, "/tmp/vfs_recycle.%d", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	removed();
	ok(sysctlbyname("kern.maxvnodes", &old, &len, &limit,
	    sizeof(limit)) == 0, "maxvnodes_can_be_set");
	for (i = 0; i < 7; i++) {
		sprintf(name, "d%d", i);
		mkdir(name, 0755);
	}
	for (i = 0; i < FILES; i++) {
		file_name(name, i);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0644);
		sprintf(data, "contents of %d", i);
		if (fd < 0 || write(fd, data, strlen(data)) < 0)
			bad++;
		close(fd);
	}
	ok(bad == 0, "more_files_than_vnodes_can_be_made");
	ok(check(1) == 0, "recycled_files_keep_their_data");
	fflush(stdout);
	for (i = 0; i < PROCS; i++) {
		if (fork() == 0)
			_exit(check(i * 2 + 7));
	}
	for (i = 0, bad = 0; i < PROCS; i++) {
		wait(&status);
		bad += status != 0;
	}
	ok(bad == 0, "parallel_readers_recycle_each_others_vnodes");
	/* The rest is the work of a thread. */
	for (tries = 0; tries < 100; tries++) {
		i = getint("debug.numvnodes");
		if (i <= limit * 2)
			break;
		usleep(100000);
	}
	printf("# %d vnodes\n", i);
	ok(i > 0 && i <= limit * 2, "vnodes_stay_near_the_limit");
	for (i = 0, bad = 0; i < FILES; i++) {
		file_name(name, i);
		bad += unlink(name) != 0;
	}
	for (i = 0; i < 7; i++) {
		sprintf(name, "d%d", i);
		bad += rmdir(name) != 0;
	}
	chdir("/");
	bad += rmdir(top) != 0;
	ok(bad == 0, "everything_can_be_removed");
	sysctlbyname("kern.maxvnodes", NULL, NULL, &old, sizeof(old));
	return (tap_done());
}
