/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * touch - change file access and modification times
 *
 * usage: touch [-achm] [-A adjust] [-d YYYY-MM-DDThh:mm:SS] [-r file]
 *            [-t [[CC]YY]MMDDhhmm[.SS]] file ...
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void
parse_stamp(const char *text, struct timespec *ts)
{
	const char *formats[] = { "%Y%m%d%H%M", "%y%m%d%H%M", "%m%d%H%M" };
	char copy[32], *dot, *end;
	time_t now = time(NULL);
	struct tm tm;
	size_t len;

	if (strlcpy(copy, text, sizeof(copy)) >= sizeof(copy))
		errx(1, "out of range or illegal time specification: %s", text);
	localtime_r(&now, &tm);
	tm.tm_sec = 0;
	dot = strchr(copy, '.');
	if (dot != NULL) {
		*dot++ = '\0';
		tm.tm_sec = atoi(dot);
	}
	len = strlen(copy);
	end = len == 12 || len == 10 || len == 8 ?
	    strptime(copy, formats[(12 - len) / 2], &tm) : NULL;
	if (end == NULL || *end != '\0')
		errx(1, "out of range or illegal time specification: %s", text);
	tm.tm_isdst = -1;
	ts->tv_sec = mktime(&tm);
	ts->tv_nsec = 0;
}

static void
parse_date(const char *text, struct timespec *ts)
{
	struct tm tm;
	char *end;

	memset(&tm, 0, sizeof(tm));
	end = strptime(text, "%Y-%m-%dT%T", &tm);
	if (end == NULL)
		end = strptime(text, "%Y-%m-%d %T", &tm);
	if (end == NULL || (*end != '\0' && *end != 'Z' && *end != '.'))
		errx(1, "out of range or illegal time specification: %s", text);
	tm.tm_isdst = -1;
	ts->tv_sec = strchr(end, 'Z') != NULL ? timegm(&tm) : mktime(&tm);
	ts->tv_nsec = 0;
}

/* "[-][[hh]mm]SS" */
static long
adjustment(const char *text)
{
	const char *p = text + (*text == '-');
	size_t len = strlen(p), i;
	long seconds = 0;

	if ((len != 2 && len != 4 && len != 6) ||
	    strspn(p, "0123456789") != len)
		errx(1, "invalid time offset: %s", text);
	for (i = 0; i < len; i += 2)
		seconds = seconds * 60 + (p[i] - '0') * 10 + p[i + 1] - '0';
	return (*text == '-' ? -seconds : seconds);
}

/* Moves the times of a file that is there. */
static int
adjust(const char *path, long by, int flags, int atime, int mtime)
{
	struct timespec ts[2];
	struct stat st;

	if (fstatat(AT_FDCWD, path, &st, flags) != 0)
		return (-1);
	ts[0] = st.st_atim;
	ts[1] = st.st_mtim;
	ts[0].tv_sec += by;
	ts[1].tv_sec += by;
	if (atime && !mtime)
		ts[1].tv_nsec = UTIME_OMIT;
	if (mtime && !atime)
		ts[0].tv_nsec = UTIME_OMIT;
	return (utimensat(AT_FDCWD, path, ts, flags));
}

int
main(int argc, char **argv)
{
	struct timespec ts[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	int c, fd, atime = 0, mtime = 0, create = 1, flags = 0, rc = 0;
	int adjusting = 0, timed = 0;
	struct stat st;
	long by = 0;

	while ((c = getopt(argc, argv, "A:acd:fhmr:t:")) != -1) {
		switch (c) {
		case 'A':
			by = adjustment(optarg);
			adjusting = 1;
			break;
		case 'a':
			atime = 1;
			break;
		case 'c':
			create = 0;
			break;
		case 'd':
			parse_date(optarg, &ts[0]);
			timed = 1;
			ts[1] = ts[0];
			break;
		case 'f':
			break;
		case 'h':
			flags = AT_SYMLINK_NOFOLLOW;
			create = 0;
			break;
		case 'm':
			mtime = 1;
			break;
		case 'r':
			if (stat(optarg, &st) < 0)
				err(1, "%s", optarg);
			ts[0] = st.st_atim;
			ts[1] = st.st_mtim;
			timed = 1;
			break;
		case 't':
			parse_stamp(optarg, &ts[0]);
			timed = 1;
			ts[1] = ts[0];
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	if (adjusting && timed) {	/* the given time is what is moved */
		ts[0].tv_sec += by;
		ts[1].tv_sec += by;
		adjusting = 0;
	}
	if (atime && !mtime)
		ts[1].tv_nsec = UTIME_OMIT;
	if (mtime && !atime)
		ts[0].tv_nsec = UTIME_OMIT;
	for (; *argv != NULL; argv++) {
		if ((adjusting ? adjust(*argv, by, flags, atime, mtime) :
		    utimensat(AT_FDCWD, *argv, ts, flags)) == 0)
			continue;
		if (errno == ENOENT && !create)
			continue;
		if (errno == ENOENT && !adjusting &&
		    (fd = open(*argv, O_WRONLY | O_CREAT, 0666)) >= 0) {
			if (futimens(fd, ts) == 0) {
				close(fd);
				continue;
			}
			close(fd);
		}
		warn("%s", *argv);
		rc = 1;
	}
	return (rc);
usage:
	fprintf(stderr, "usage: touch [-A [-][[hh]mm]SS] [-achm] [-d YYYY-MM-DDThh:mm:SS] "
	    "[-r file] [-t [[CC]YY]MMDDhhmm[.SS]] file ...\n");
	return (1);
}
