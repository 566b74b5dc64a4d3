/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ldconfig - tells the dynamic linker where libraries are
 *
 * usage: ldconfig [-elf] [-Rimrsv] [-f file] [directory | file ...]
 *
 * The hints file has the directories and nothing else; its format is that of
 * <elf-hints.h>.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <ctype.h>
#include <dirent.h>
#include <elf-hints.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define MAX_DIRS	1024
#define MAX_FILE	16384

static char	*dirs[MAX_DIRS];
static int	ndirs;
static bool	insecure;

static void
usage(void)
{
	fprintf(stderr, "usage: ldconfig [-elf] [-Rimrsv] [-f file] "
	    "[directory | file ...]\n");
	exit(EX_USAGE);
}

/* Whether others than root could put libraries there; says so. */
static bool
is_trusted(const char *dir)
{
	struct stat st;

	if (insecure)
		return (true);
	if (stat(dir, &st) != 0) {
		warn("%s", dir);
		return (false);
	}
	if (st.st_uid != 0)
		warnx("%s: ignoring directory not owned by root", dir);
	else if (st.st_mode & S_IWOTH)
		warnx("%s: ignoring world-writable directory", dir);
	else if (st.st_mode & S_IWGRP)
		warnx("%s: ignoring group-writable directory", dir);
	else
		return (true);
	return (false);
}

static void
add_dir(const char *dir, bool check)
{
	int i;

	if (check && !is_trusted(dir))
		return;
	for (i = 0; i < ndirs; i++) {
		if (strcmp(dirs[i], dir) == 0)
			return;
	}
	if (ndirs == MAX_DIRS)
		errx(EX_DATAERR, "\"%s\": too many directories in path", dir);
	dirs[ndirs] = strdup(dir);
	if (dirs[ndirs++] == NULL)
		err(EX_OSERR, NULL);
}

/* A file of directories, one on each line. */
static void
read_list(const char *file)
{
	char *line = NULL, *p, *end;
	size_t size = 0;
	FILE *fp;

	fp = fopen(file, "r");
	if (fp == NULL)
		err(EX_NOINPUT, "%s", file);
	while (getline(&line, &size, fp) > 0) {
		line[strcspn(line, "#\n")] = '\0';
		p = line + strspn(line, " \t");
		for (end = p + strlen(p); end > p &&
		    isspace((unsigned char)end[-1]);)
			*--end = '\0';
		if (*p != '\0')
			add_dir(p, true);
	}
	free(line);
	fclose(fp);
}

/* The directories that a hints file has; none if there is no such file. */
static void
read_hints(const char *file, bool must_exist)
{
	struct elfhints_hdr *h;
	char buf[MAX_FILE + 1], *list, *dir;
	ssize_t n;
	int fd;

	fd = open(file, O_RDONLY);
	if (fd < 0) {
		if (errno == ENOENT && !must_exist)
			return;
		err(EX_NOINPUT, "Cannot open \"%s\"", file);
	}
	n = read(fd, buf, sizeof(buf));
	close(fd);
	if (n > MAX_FILE)
		errx(EX_DATAERR, "\"%s\" is unreasonably large", file);
	h = (void *)buf;
	if (n < (ssize_t)sizeof(*h) || h->magic != ELFHINTS_MAGIC)
		errx(EX_DATAERR, "\"%s\": invalid file format", file);
	if (h->version != 1)
		errx(EX_DATAERR, "\"%s\": unrecognized file version (%u)",
		    file, h->version);
	if (h->strtab > (size_t)n || h->dirlist > n - h->strtab ||
	    h->dirlistlen >= n - h->strtab - h->dirlist)
		errx(EX_DATAERR, "\"%s\": invalid file format", file);
	list = buf + h->strtab + h->dirlist;
	list[h->dirlistlen] = '\0';
	while ((dir = strsep(&list, ":")) != NULL) {
		if (*dir != '\0')
			add_dir(dir, false);
	}
}

static void
write_hints(const char *file)
{
	struct elfhints_hdr h;
	char temp[PATH_MAX], list[MAX_FILE];
	size_t n = 0;
	int fd, i;

	list[0] = '\0';
	for (i = 0; i < ndirs; i++) {
		n = strlcat(list, i > 0 ? ":" : "", sizeof(list));
		n = strlcat(list, dirs[i], sizeof(list));
		if (n >= sizeof(list) - sizeof(h))
			errx(EX_DATAERR, "the directories are too many");
	}
	memset(&h, 0, sizeof(h));
	h.magic = ELFHINTS_MAGIC;
	h.version = 1;
	h.strtab = sizeof(h);
	h.strsize = (uint32_t)n + 1;
	h.dirlistlen = (uint32_t)n;
	if (snprintf(temp, sizeof(temp), "%s.XXXXXX", file) >=
	    (int)sizeof(temp))
		errx(EX_USAGE, "%s: name too long", file);
	fd = mkstemp(temp);
	if (fd < 0)
		err(EX_CANTCREAT, "mkstemp(%s)", temp);
	if (fchmod(fd, 0444) != 0 || write(fd, &h, sizeof(h)) != sizeof(h) ||
	    write(fd, list, n + 1) != (ssize_t)n + 1 || close(fd) != 0 ||
	    rename(temp, file) != 0) {
		warn("%s", file);
		unlink(temp);
		exit(EX_IOERR);
	}
}

/* "libNAME.so.VERSION": where the version begins; NULL for other names. */
static const char *
version_of(const char *name)
{
	const char *so = strstr(name, ".so.");

	if (strncmp(name, "lib", 3) != 0 || so == NULL ||
	    !isdigit((unsigned char)so[4]))
		return (NULL);
	return (so + 4);
}

static int
is_library(const struct dirent *d)
{
	return (version_of(d->d_name) != NULL);
}

static void
list_hints(const char *file)
{
	struct dirent **list;
	const char *v;
	int i, j, n, number = 0;

	printf("%s:\n\tsearch directories:", file);
	for (i = 0; i < ndirs; i++)
		printf("%s%s", i > 0 ? ":" : " ", dirs[i]);
	printf("\n");
	for (i = 0; i < ndirs; i++) {
		n = scandir(dirs[i], &list, is_library, alphasort);
		for (j = 0; j < n; j++) {
			v = version_of(list[j]->d_name);
			printf("\t%d:-l%.*s.%s => %s/%s\n", number++,
			    (int)(v - 4 - (list[j]->d_name + 3)),
			    list[j]->d_name + 3, v, dirs[i],
			    list[j]->d_name);
			free(list[j]);
		}
		if (n >= 0)
			free(list);
	}
}

int
main(int argc, char **argv)
{
	const char *file = _PATH_ELF_HINTS;
	bool merge = false, list = false, rescan = false;
	struct stat st;
	int c;

	/* The format was once to be chosen. */
	if (argc > 1 && strcmp(argv[1], "-elf") == 0) {
		argc--;
		argv++;
	}
	while ((c = getopt(argc, argv, "Rf:imrsv")) != -1) {
		switch (c) {
		case 'R':
			rescan = true;
			break;
		case 'f':
			file = optarg;
			break;
		case 'i':
			insecure = true;
			break;
		case 'm':
			merge = true;
			break;
		case 'r':
			list = true;
			break;
		case 's':
		case 'v':
			break;
		default:
			usage();
		}
	}
	argv += optind;
	if (list) {
		read_hints(file, true);
		list_hints(file);
		return (0);
	}
	if (*argv == NULL)
		rescan = true;
	if (merge || rescan)
		read_hints(file, false);
	for (; *argv != NULL; argv++) {
		if (stat(*argv, &st) != 0)
			warn("warning: %s", *argv);
		else if (S_ISREG(st.st_mode))
			read_list(*argv);
		else
			add_dir(*argv, true);
	}
	write_hints(file);
	return (0);
}
