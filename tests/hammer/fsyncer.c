/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are there because fsync(2) said so.
 *
 *	fsyncer write DIR N	make N files, fsync each, report it
 *	fsyncer check DIR N	are the first N files what was written?
 *	fsyncer time DIR N	microseconds per call of the usual patterns
 *	fsyncer fill DIR MODE	write until ENOSPC; 0 if nothing else failed
 */
#include <sys/stat.h>
#include <sys/time.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char buf[65536];

static int
length(int i)
{
	return (i * 7919 % 40000 + 1);
}

static void
pattern(int i)
{
	int k;

	for (k = 0; k < length(i); k++)
		buf[k] = i + k;
}

static void
write_files(const char *dir, int n)
{
	char path[1024];
	int i, fd;

	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/f%d", dir, i);
		pattern(i);
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
		if (fd < 0 || write(fd, buf, length(i)) != length(i) ||
		    fsync(fd) < 0)
			err(1, "%s", path);
		/* As some programs do: a new file over the last one. */
		if (i % 4 == 3) {
			char old[1024];

			snprintf(old, sizeof(old), "%s/last", dir);
			if (rename(path, old) < 0 || fsync(fd) < 0)
				err(1, "%s", old);
		}
		close(fd);
		printf("synced %d\n", i + 1);
		fflush(stdout);
	}
}

static int
same(const char *path, int i)
{
	static char got[65536];
	int fd = open(path, O_RDONLY), n;

	if (fd < 0)
		return (0);
	n = read(fd, got, sizeof(got));
	close(fd);
	pattern(i);
	return (n == length(i) && memcmp(got, buf, n) == 0);
}

static int
check_files(const char *dir, int n)
{
	char path[1024];
	int i, bad = 0, found = n < 4;

	for (i = 0; i < n; i++) {
		if (i % 4 == 3)
			continue;
		snprintf(path, sizeof(path), "%s/f%d", dir, i);
		if (!same(path, i)) {
			printf("# %s is not what was written\n", path);
			bad++;
		}
	}
	/* The last rename reported, or the next one that was under way. */
	snprintf(path, sizeof(path), "%s/last", dir);
	for (i = n / 4 * 4 - 1; i >= 0 && i < n + 4 && !found; i += 4)
		found = same(path, i);
	if (!found)
		printf("# %s is no file that was renamed to it\n", path);
	return (bad != 0 || !found);
}

static double
now(void)
{
	struct timeval tv;

	gettimeofday(&tv, NULL);
	return (tv.tv_sec * 1e6 + tv.tv_usec);
}

static void
measure(const char *dir, int n)
{
	char path[1024];
	double t;
	int i, fd = -1;

	t = now();
	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/t%d", dir, i);
		fd = open(path, O_RDWR | O_CREAT, 0644);
		if (fd < 0 || write(fd, buf, 4096) != 4096 || fsync(fd) < 0)
			err(1, "%s", path);
		if (i < n - 1)
			close(fd);
	}
	printf("create+write+fsync %.0f us\n", (now() - t) / n);
	t = now();
	for (i = 0; i < n; i++) {
		if (pwrite(fd, buf, 4096, i * 4096) != 4096 || fsync(fd) < 0)
			err(1, "append");
	}
	printf("append+fsync %.0f us\n", (now() - t) / n);
	t = now();
	for (i = 0; i < n; i++) {
		if (pwrite(fd, buf, 4096, i * 4096) != 4096 || fsync(fd) < 0)
			err(1, "overwrite");
	}
	printf("overwrite+fsync %.0f us\n", (now() - t) / n);
	t = now();
	for (i = 0; i < n; i++) {
		if (fsync(fd) < 0)
			err(1, "fsync");
	}
	printf("fsync of a clean file %.0f us\n", (now() - t) / n);
	close(fd);
}

/* Fill with files, overwrites or directories, until there is no space. */
static int
fill(const char *dir, const char *mode)
{
	char path[1024];
	int i, fd;

	memset(buf, 'x', sizeof(buf));
	for (i = 0; i < 1000000; i++) {
		snprintf(path, sizeof(path), "%s/%s%d", dir, mode, i);
		errno = 0;
		fd = open(path, O_WRONLY | O_CREAT, 0644);
		if (fd >= 0 && write(fd, buf, sizeof(buf)) == sizeof(buf)) {
			close(fd);
			continue;
		}
		if (errno != ENOSPC)
			err(1, "%s", path);
		if (fd >= 0 && fsync(fd) < 0)
			err(1, "%s: fsync", path);
		printf("%d files\n", i);
		return (0);
	}
	return (1);
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		errx(2, "usage: fsyncer write|check|time|fill dir n");
	if (strcmp(argv[1], "write") == 0)
		write_files(argv[2], atoi(argv[3]));
	else if (strcmp(argv[1], "check") == 0)
		return (check_files(argv[2], atoi(argv[3])));
	else if (strcmp(argv[1], "time") == 0)
		measure(argv[2], atoi(argv[3]));
	else
		return (fill(argv[2], argv[3]));
	return (0);
}
