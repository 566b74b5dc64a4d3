/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <timeconv.h>: times as integers of fixed size; getdate(3).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

time_t	_time32_to_time(int32_t);
int32_t	_time_to_time32(time_t);
time_t	_time64_to_time(int64_t);
int64_t	_time_to_time64(time_t);
long	_time_to_long(time_t);
time_t	_long_to_time(long);
int	_time_to_int(time_t);
time_t	_int_to_time(int);

int	getdate_err;

time_t
_time32_to_time(int32_t t)
{
	return (t);
}

int32_t
_time_to_time32(time_t t)
{
	return ((int32_t)t);
}

time_t
_time64_to_time(int64_t t)
{
	return (t);
}

int64_t
_time_to_time64(time_t t)
{
	return (t);
}

long
_time_to_long(time_t t)
{
	return (t);
}

time_t
_long_to_time(long t)
{
	return (t);
}

int
_time_to_int(time_t t)
{
	return ((int)t);
}

time_t
_int_to_time(int t)
{
	return (t);
}

/* Tries the formats in the file that DATEMSK names, one a line. */
struct tm *
getdate(const char *s)
{
	static struct tm tm;
	char *line = NULL, *end;
	const char *path = getenv("DATEMSK");
	size_t size = 0;
	ssize_t n;
	time_t now;
	FILE *fp;

	if (path == NULL || *path == '\0') {
		getdate_err = 1;
		return (NULL);
	}
	fp = fopen(path, "re");
	if (fp == NULL) {
		getdate_err = 2;
		return (NULL);
	}
	getdate_err = 7;
	while ((n = getline(&line, &size, fp)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		now = time(NULL);
		localtime_r(&now, &tm);
		tm.tm_isdst = -1;
		end = strptime(s, line, &tm);
		if (end != NULL && *end == '\0') {
			getdate_err = mktime(&tm) == -1 ? 8 : 0;
			break;
		}
	}
	free(line);
	fclose(fp);
	return (getdate_err == 0 ? &tm : NULL);
}
