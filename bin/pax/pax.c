/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pax - archives, and copies of trees
 *
 * usage: pax [-cdnv] [-f archive] [-s replstr] ... [pattern ...]
 *	  pax -r [-cdiknuv] [-f archive] [-p string] [-s replstr] [pattern ...]
 *	  pax -w [-dituvX] [-b size] [-f archive] [-s replstr] [-x format]
 *	      [file ...]
 *	  pax -rw [-diklntuvX] [-p string] [-s replstr] [file ...] directory
 *
 * Archives are libarchive's affair; so is what is read from and written to
 * the file system.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "pax.h"

static int opt_read, opt_write, opt_keep, opt_link, opt_times, opt_newer;
static int opt_verbose, opt_one_device;
static int how = ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_PERM;
static int block_size = 10240;
static const char *archive_file, *format = "ustar";
static int status;

static void
usage(void)
{
	fprintf(stderr,
	    "usage: pax [-cdnv] [-f archive] [-s replstr] [pattern ...]\n"
	    "       pax -r [-cdiknuv] [-f archive] [-p string] "
	    "[-s replstr] [pattern ...]\n"
	    "       pax -w [-dituvX] [-b size] [-f archive] [-s replstr] "
	    "[-x format] [file ...]\n"
	    "       pax -rw [-diklntuvX] [-p string] [-s replstr] "
	    "[file ...] directory\n");
	exit(EX_USAGE);
}

static void
complain(struct archive *a, const char *name)
{
	warnx("%s: %s", name, archive_error_string(a));
	status = 1;
}

/* -p: what is kept; "e" everything, letters for what is not. */
static void
set_preserve(const char *s)
{
	for (; *s != '\0'; s++) {
		switch (*s) {
		case 'a': break;
		case 'e':
			how |= ARCHIVE_EXTRACT_OWNER | ARCHIVE_EXTRACT_PERM |
			    ARCHIVE_EXTRACT_TIME | ARCHIVE_EXTRACT_FFLAGS;
			break;
		case 'm': how &= ~ARCHIVE_EXTRACT_TIME; break;
		case 'o': how |= ARCHIVE_EXTRACT_OWNER; break;
		case 'p': how |= ARCHIVE_EXTRACT_PERM; break;
		default: errx(EX_USAGE, "-p: unknown letter %c", *s);
		}
	}
}

/* "512", "10b", "4k", with factors. */
static int
size_argument(const char *s)
{
	char *end;
	long n = strtol(s, &end, 10);

	n *= *end == 'b' ? 512 : *end == 'k' ? 1024 : 1;
	end += *end == 'b' || *end == 'k';
	if (*end != '\0' || n <= 0 || n % 512 != 0 || n > 64512)
		errx(EX_USAGE, "-b: %s: invalid block size", s);
	return ((int)n);
}

static void
list_entry(struct archive_entry *e)
{
	const struct stat *st = archive_entry_stat(e);
	const char *user = archive_entry_uname(e);
	const char *group = archive_entry_gname(e);
	time_t t = archive_entry_mtime(e);
	char mode[12], when[32];

	if (!opt_verbose) {
		puts(archive_entry_pathname(e));
		return;
	}
	/* Of a further name of a file the archive knows no type. */
	strmode((st->st_mode & S_IFMT) != 0 ? st->st_mode :
	    st->st_mode | S_IFREG, mode);
	strftime(when, sizeof(when), time(NULL) - t > 15724800 ?
	    "%b %e  %Y" : "%b %e %H:%M", localtime(&t));
	printf("%s%3u %-8s %-8s ", mode, archive_entry_nlink(e) > 0 ?
	    archive_entry_nlink(e) : 1, user != NULL ? user : "",
	    group != NULL ? group : "");
	printf("%9jd %s %s", (intmax_t)archive_entry_size(e), when,
	    archive_entry_pathname(e));
	if (archive_entry_hardlink(e) != NULL)
		printf(" == %s", archive_entry_hardlink(e));
	else if (archive_entry_symlink(e) != NULL)
		printf(" => %s", archive_entry_symlink(e));
	putchar('\n');
}

/* -k and -u: is what is there to stay? */
static int
existing_stays(const char *path, struct archive_entry *e)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return (0);
	return (opt_keep || (opt_newer && st.st_mtime >=
	    archive_entry_mtime(e)));
}

static void
copy_data(struct archive *from, struct archive *to, const char *name)
{
	const void *buf;
	size_t size;
	la_int64_t offset;
	int rv;

	while ((rv = archive_read_data_block(from, &buf, &size, &offset)) ==
	    ARCHIVE_OK) {
		if (archive_write_data_block(to, buf, size, offset) <
		    ARCHIVE_OK) {
			complain(to, name);
			return;
		}
	}
	if (rv != ARCHIVE_EOF)
		complain(from, name);
}

/* One entry onto the disk. */
static void
extract(struct archive *from, struct archive *disk, struct archive_entry *e)
{
	const char *name = archive_entry_pathname(e);

	if (existing_stays(name, e))
		return;
	if (opt_verbose)
		fprintf(stderr, "%s\n", name);
	if (archive_write_header(disk, e) != ARCHIVE_OK) {
		complain(disk, name);
		return;
	}
	if (archive_entry_size_is_set(e) && archive_entry_size(e) > 0 &&
	    archive_entry_hardlink(e) == NULL)
		copy_data(from, disk, name);
	if (archive_write_finish_entry(disk) != ARCHIVE_OK)
		complain(disk, name);
}

/* Names do not lead out of here, unless the user says so by being absolute. */
static struct archive *
open_disk_writer(void)
{
	struct archive *disk = archive_write_disk_new();

	archive_write_disk_set_options(disk, how |
	    ARCHIVE_EXTRACT_SECURE_SYMLINKS | ARCHIVE_EXTRACT_SECURE_NODOTDOT |
	    ARCHIVE_EXTRACT_UNLINK);
	archive_write_disk_set_standard_lookup(disk);
	return (disk);
}

static void
read_archive(void)
{
	struct archive *a = archive_read_new(), *disk = NULL;
	struct archive_entry *e;
	const char *name;
	int rv;

	archive_read_support_filter_all(a);
	archive_read_support_format_all(a);
	if (archive_read_open_filename(a, archive_file, (size_t)block_size) !=
	    ARCHIVE_OK)
		errx(1, "%s: %s", archive_file != NULL ? archive_file :
		    "standard input", archive_error_string(a));
	if (opt_read)
		disk = open_disk_writer();
	while (!patterns_done() &&
	    (rv = archive_read_next_header(a, &e)) != ARCHIVE_EOF) {
		if (rv < ARCHIVE_WARN)
			errx(1, "%s", archive_error_string(a));
		if (!pattern_match(archive_entry_pathname(e)) ||
		    (name = entry_name(archive_entry_pathname(e))) == NULL)
			continue;
		archive_entry_set_pathname(e, name);
		if (!opt_read)
			list_entry(e);
		else
			extract(a, disk, e);
	}
	if (disk != NULL && archive_write_free(disk) != ARCHIVE_OK)
		status = 1;
	archive_read_free(a);
	if (patterns_unused() != 0)
		status = 1;
}

static struct archive *
open_archive_writer(void)
{
	struct archive *a = archive_write_new();

	if (strcmp(format, "bcpio") == 0)
		format = "bin";
	else if (strcmp(format, "sv4cpio") == 0)
		format = "newc";
	else if (strcmp(format, "tar") == 0)
		format = "v7tar";
	if (archive_write_set_format_by_name(a, format) != ARCHIVE_OK)
		errx(EX_USAGE, "-x: %s: %s", format, archive_error_string(a));
	archive_write_set_bytes_per_block(a, block_size);
	if (archive_write_open_filename(a, archive_file) != ARCHIVE_OK)
		errx(1, "%s: %s", archive_file, archive_error_string(a));
	return (a);
}

/* -l: another name of the file itself, if that can be. */
static int
linked(const char *source, const char *name)
{
	struct stat st;

	if (lstat(source, &st) != 0 || S_ISDIR(st.st_mode))
		return (0);
	return (link(source, name) == 0);
}

/* An entry found on the disk: into the archive or the directory. */
static void
store(struct archive *disk, struct archive *to, struct archive_entry *e,
    const char *directory)
{
	const char *source = archive_entry_sourcepath(e), *name;
	char *path = NULL;

	name = entry_name(archive_entry_pathname(e));
	if (name == NULL)
		return;
	if (directory != NULL) {
		if (asprintf(&path, "%s/%s", directory, name) < 0)
			err(1, NULL);
		archive_entry_set_pathname(e, path);
		if (archive_entry_hardlink(e) != NULL)
			archive_entry_set_hardlink(e, NULL);
		if (existing_stays(path, e) ||
		    (opt_link && linked(source, path))) {
			free(path);
			return;
		}
	} else {
		archive_entry_set_pathname(e, name);
	}
	if (opt_verbose)
		fprintf(stderr, "%s\n", archive_entry_pathname(e));
	if (archive_write_header(to, e) < ARCHIVE_WARN) {
		complain(to, archive_entry_pathname(e));
	} else if (archive_entry_size(e) > 0 &&
	    archive_entry_filetype(e) == AE_IFREG) {
		if (directory != NULL) {
			copy_data(disk, to, path);
		} else {
			const void *buf;
			size_t size;
			la_int64_t offset;

			while (archive_read_data_block(disk, &buf, &size,
			    &offset) == ARCHIVE_OK)
				if (archive_write_data(to, buf, size) < 0)
					errx(1, "%s",
					    archive_error_string(to));
		}
	}
	free(path);
}

static void
walk(const char *path, struct archive *to, const char *directory,
    struct archive_entry_linkresolver *links)
{
	struct archive *disk = archive_read_disk_new();
	struct archive_entry *e, *spare;
	int flags = (opt_times ? ARCHIVE_READDISK_RESTORE_ATIME : 0) |
	    (opt_one_device ? ARCHIVE_READDISK_NO_TRAVERSE_MOUNTS : 0), rv;

	archive_read_disk_set_symlink_physical(disk);
	archive_read_disk_set_standard_lookup(disk);
	archive_read_disk_set_behavior(disk, flags);
	if (archive_read_disk_open(disk, path) != ARCHIVE_OK) {
		complain(disk, path);
		archive_read_free(disk);
		return;
	}
	for (;;) {
		e = archive_entry_new();
		rv = archive_read_next_header2(disk, e);
		if (rv == ARCHIVE_EOF)
			break;
		if (rv != ARCHIVE_OK) {
			complain(disk, path);
			if (rv == ARCHIVE_FATAL)
				break;
			archive_entry_free(e);
			continue;
		}
		if (!opt_directories_alone)
			archive_read_disk_descend(disk);
		if (directory == NULL)
			archive_entry_linkify(links, &e, &spare);
		store(disk, to, e, directory);
		archive_entry_free(e);
	}
	archive_entry_free(e);
	archive_read_free(disk);
}

/* Files of the command line, or of standard input, one a line. */
static void
write_files(char **files, const char *directory)
{
	struct archive *to = directory != NULL ? open_disk_writer() :
	    open_archive_writer();
	struct archive_entry_linkresolver *links =
	    archive_entry_linkresolver_new();
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	if (directory == NULL)
		archive_entry_linkresolver_set_strategy(links,
		    archive_format(to));
	if (*files == NULL) {
		while ((n = getline(&line, &size, stdin)) > 0) {
			if (line[n - 1] == '\n')
				line[n - 1] = '\0';
			walk(line, to, directory, links);
		}
	}
	for (; *files != NULL; files++)
		walk(*files, to, directory, links);
	archive_entry_linkresolver_free(links);
	free(line);
	if (archive_write_close(to) != ARCHIVE_OK)
		complain(to, directory != NULL ? directory : "archive");
	archive_write_free(to);
}

static void
copy_files(int n, char **args)
{
	struct stat st;
	char *directory;

	if (n == 0)
		usage();
	directory = args[n - 1];
	args[n - 1] = NULL;
	if (stat(directory, &st) != 0)
		err(1, "%s", directory);
	if (!S_ISDIR(st.st_mode))
		errx(1, "%s: not a directory", directory);
	write_files(args, directory);
}

int
main(int argc, char **argv)
{
	int c;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "b:cdf:iklno:p:rs:tuvwXx:")) != -1) {
		switch (c) {
		case 'b': block_size = size_argument(optarg); break;
		case 'c': opt_complement = 1; break;
		case 'd': opt_directories_alone = 1; break;
		case 'f': archive_file = optarg; break;
		case 'i': opt_ask = 1; break;
		case 'k': opt_keep = 1; break;
		case 'l': opt_link = 1; break;
		case 'n': opt_first = 1; break;
		case 'p': set_preserve(optarg); break;
		case 'r': opt_read = 1; break;
		case 's': substitution_add(optarg); break;
		case 't': opt_times = 1; break;
		case 'u': opt_newer = 1; break;
		case 'v': opt_verbose = 1; break;
		case 'w': opt_write = 1; break;
		case 'X': opt_one_device = 1; break;
		case 'x': format = optarg; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (opt_read && opt_write) {
		copy_files(argc, argv);
	} else if (opt_write) {
		write_files(argv, NULL);
	} else {
		patterns_set(argv);
		read_archive();
	}
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return (status);
}
