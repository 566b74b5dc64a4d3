/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many processes create, rename, link, stat and unlink the same few names in
 * the same directories.  Every call may fail, with errors that fit; none may
 * hang, and in the end everything can be removed.
 *
 * usage: test_storm [directory [processes [seconds]]]
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define DIRS	4
#define NAMES	6

static void
pick(char *buf, size_t size)
{
	snprintf(buf, size, "d%ld/n%ld", random() % DIRS, random() % NAMES);
}

/* One process; its exit status counts unexpected errors, up to 100. */
static int
storm(int seed, int seconds)
{
	time_t end = time(NULL) + seconds;
	char a[64], b[64], c[160];
	struct stat st;
	int bad = 0, fd, r, n = 0;

	srandom(seed);
	while ((++n & 63) != 0 || time(NULL) < end) {
		pick(a, sizeof(a));
		pick(b, sizeof(b));
		errno = 0;
		r = 0;
		switch (random() % 10) {
		case 0:
		case 1:
		case 2:
			fd = open(a, O_RDWR | O_CREAT, 0644);
			if (fd >= 0) {
				if (write(fd, a, 5) != 5)
					bad++;
				if (fstat(fd, &st) != 0)
					bad++;
				close(fd);
			} else {
				r = -1;
			}
			break;
		case 3:
		case 4:
			r = unlink(a);
			break;
		case 5:
			r = rename(a, b);
			break;
		case 6:
			r = link(a, b);
			break;
		case 7:
			r = mkdir(a, 0755);
			break;
		case 8:
			r = rmdir(a);
			break;
		case 9:
			snprintf(c, sizeof(c), "%s/../../%s", a, b);
			r = stat(random() & 1 ? a : c, &st);
			break;
		}
		if (r == -1 && errno != ENOENT && errno != EEXIST &&
		    errno != ENOTDIR && errno != EISDIR && errno != EPERM &&
		    errno != ENOTEMPTY && errno != EINVAL && bad < 100) {
			printf("# unexpected: %s\n", strerror(errno));
			bad++;
		}
	}
	return (bad);
}

int
main(int argc, char **argv)
{
	int procs = argc > 2 ? atoi(argv[2]) : 16;
	int seconds = argc > 3 ? atoi(argv[3]) : 10;
	int i, j, status, bad = 0, left = 0;
	char top[256], name[64];

	snprintf(top, sizeof(top), "%s/test_storm.%d",
	    argc > 1 ? argv[1] : "/tmp", (int)getpid());
	if (mkdir(top, 0755) != 0 || chdir(top) != 0) {
		perror(top);
		return (1);
	}
	for (i = 0; i < DIRS; i++) {
		snprintf(name, sizeof(name), "d%d", i);
		mkdir(name, 0755);
	}
	fflush(stdout);
	for (i = 0; i < procs; i++) {
		if (fork() == 0)
			_exit(storm(i + 1, seconds));
	}
	for (i = 0; i < procs; i++) {
		wait(&status);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			bad++;
	}
	ok(bad == 0, "parallel_name_operations_give_documented_errors");
	for (i = 0; i < DIRS; i++) {
		for (j = 0; j < NAMES; j++) {
			snprintf(name, sizeof(name), "d%d/n%d", i, j);
			if (unlink(name) != 0 && rmdir(name) != 0 &&
			    errno != ENOENT)
				left++;
		}
		snprintf(name, sizeof(name), "d%d", i);
		if (rmdir(name) != 0)
			left++;
	}
	chdir("/");
	ok(left == 0 && rmdir(top) == 0, "everything_can_be_removed");
	return (tap_done());
}
