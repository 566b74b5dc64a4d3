/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locate - find pathnames in the database of updatedb
 *
 * usage: locate [-0ciS] [-d database] [-l count] pattern ...
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <err.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "database.h"

static int count_only, fold, statistics;
static char separator = '\n';
static long limit = -1;

static int
matches(const char *path, const char *pattern)
{
	if (strpbrk(pattern, "*?[\\") != NULL)
		return (fnmatch(pattern, path, fold ? FNM_CASEFOLD : 0) == 0);
	return ((fold ? strcasestr(path, pattern) : strstr(path, pattern)) !=
	    NULL);
}

static void
put_statistics(const char *file, size_t size, unsigned long names,
    unsigned long long bytes)
{
	printf("\nDatabase: %s\n", file);
	printf("Compression: Front: %2.2f%%\n", bytes == 0 ? 0.0 :
	    100.0 * (double)size / (double)bytes);
	printf("Filenames: %lu, Characters: %llu, Database size: %zu\n",
	    names, bytes, size);
}

static unsigned long
search(const char *file, char **patterns)
{
	struct locate_reader r;
	unsigned long found = 0, names = 0;
	unsigned long long bytes = 0;
	struct stat st;
	void *data;
	char **p;
	int fd, rv;

	fd = open(file, O_RDONLY);
	if (fd < 0 || fstat(fd, &st) != 0)
		err(1, "%s", file);
	data = st.st_size == 0 ? MAP_FAILED : mmap(NULL, (size_t)st.st_size,
	    PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (data == MAP_FAILED || !locate_open(&r, data, (size_t)st.st_size))
		errx(1, "%s: not a database; updatedb makes one", file);
	while (limit != 0 && (rv = locate_next(&r)) > 0) {
		names++;
		bytes += strlen(r.path) + 1;
		for (p = patterns; *p != NULL; p++)
			if (matches(r.path, *p))
				break;
		if (*p == NULL)
			continue;
		found++;
		if (!count_only)
			printf("%s%c", r.path, separator);
		if (limit > 0)
			limit--;
	}
	if (limit != 0 && rv < 0)
		errx(1, "%s: the database is damaged", file);
	if (statistics)
		put_statistics(file, (size_t)st.st_size, names, bytes);
	munmap(data, (size_t)st.st_size);
	return (found);
}

int
main(int argc, char **argv)
{
	const char *files = getenv("LOCATE_PATH");
	char *list, *file;
	unsigned long found = 0;
	int c;

	while ((c = getopt(argc, argv, "0cd:il:mSs")) != -1) {
		switch (c) {
		case '0': separator = '\0'; break;
		case 'c': count_only = 1; break;
		case 'd': files = optarg; break;
		case 'i': fold = 1; break;
		case 'l':
			limit = strtol(optarg, NULL, 10);
			if (limit <= 0)
				errx(EX_USAGE, "%s: invalid count", optarg);
			break;
		case 'm': case 's': break;	/* ways of reading */
		case 'S': statistics = 1; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL && !statistics)
		goto usage;
	if (files == NULL || *files == '\0')
		files = LOCATE_DATABASE;
	list = strdup(files);
	if (list == NULL)
		err(1, NULL);
	while ((file = strsep(&list, ":")) != NULL)
		found += search(*file == '\0' ? LOCATE_DATABASE : file, argv);
	if (count_only)
		printf("%lu\n", found);
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return (found == 0 && !statistics);
usage:
	fprintf(stderr, "usage: locate [-0ciS] [-d database] [-l count] "
	    "pattern ...\n");
	return (EX_USAGE);
}
