/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stat, readlink - show attributes of files
 *
 * usage: stat [-FLnq] [-f format | -l | -r | -s | -x] [-t timefmt]
 *             [file ...]
 *        readlink [-fn] [file ...]
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stat.h"

#define DEFAULT_FORMAT	"%d %i %Sp %l %Su %Sg %r %z \"%Sa\" \"%Sm\" " \
			"\"%Sc\" %k %b %#Xf %N"
#define RAW_FORMAT	"%d %i %#p %l %u %g %r %z %a %m %c %k %b %f %N"
#define LS_FORMAT	"%Sp %l %Su %Sg %Z %Sm %N%SY"
#define LSF_FORMAT	"%Sp %l %Su %Sg %Z %Sm %N%T%SY"
#define SHELL_FORMAT	"st_dev=%d st_ino=%i st_mode=%#p st_nlink=%l " \
			"st_uid=%u st_gid=%g st_rdev=%r st_size=%z " \
			"st_atime=%a st_mtime=%m st_ctime=%c st_blksize=%k " \
			"st_blocks=%b st_flags=%f"
#define LINUX_FORMAT	"  File: \"%N\"%n  Size: %-11z  FileType: %HT%n" \
			"  Mode: (%OMp%03OLp/%.10Sp)         " \
			"Uid: (%5u/%8Su)  Gid: (%5g/%8Sg)%n" \
			"Device: %Hd,%Ld   Inode: %i    Links: %l%n" \
			"Access: %Sa%nModify: %Sm%nChange: %Sc"

static int
read_links(int argc, char **argv)
{
	char buf[PATH_MAX];
	int c, full = 0, newline = 1, rc = 0, many;
	ssize_t n;

	while ((c = getopt(argc, argv, "fn")) != -1) {
		if (c == '?') {
			fprintf(stderr, "usage: readlink [-fn] [file ...]\n");
			return (1);
		}
		if (c == 'f')
			full = 1;
		else
			newline = 0;
	}
	argv += optind;
	many = argc - optind > 1;
	for (; *argv != NULL; argv++) {
		if (full) {
			if (realpath(*argv, buf) == NULL) {
				warn("%s", *argv);
				rc = 1;
				continue;
			}
		} else {
			n = readlink(*argv, buf, sizeof(buf) - 1);
			if (n < 0) {
				rc = 1;		/* no link: silence */
				continue;
			}
			buf[n] = '\0';
		}
		fputs(buf, stdout);
		if (newline || many)
			putchar('\n');
	}
	return (rc);
}

static void
usage(void)
{
	fprintf(stderr, "usage: stat [-FLnq] [-f format | -l | -r | -s | -x] "
	    "[-t timefmt] [file ...]\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	const char *format = NULL, *timefmt = NULL;
	int c, follow = 0, newline = 1, quiet = 0, mark = 0, rc = 0, style = 0;
	static char in[] = "(stdin)";
	char *none[] = { in, NULL }, **file;
	struct stat st;

	if (strcmp(getprogname(), "readlink") == 0)
		return (read_links(argc, argv));
	while ((c = getopt(argc, argv, "Ff:Llnqrst:x")) != -1) {
		switch (c) {
		case 'F': mark = 1; break;
		case 'L': follow = 1; break;
		case 'n': newline = 0; break;
		case 'q': quiet = 1; break;
		case 'f':
			format = optarg;
			/* FALLTHROUGH */
		case 'l': case 'r': case 's': case 'x':
			if (style != 0)
				errx(1, "can't use format '%c' with '%c'", c,
				    style);
			style = c;
			break;
		case 't': timefmt = optarg; break;
		default: usage();
		}
	}
	if (mark && style == 0)
		style = 'l';
	if (mark && style != 'l')
		errx(1, "can't use format '%c' with -F", style);
	if (timefmt == NULL)
		timefmt = style == 'x' ? "%c" : style == 'l' ?
		    "%b %e %T %Y" : "%b %e %T %Y";
	switch (style) {
	case 'f': break;
	case 'l': format = mark ? LSF_FORMAT : LS_FORMAT; break;
	case 'r': format = RAW_FORMAT; break;
	case 's': format = SHELL_FORMAT; break;
	case 'x': format = LINUX_FORMAT; break;
	default: format = DEFAULT_FORMAT; break;
	}
	for (file = argc > optind ? argv + optind : none; *file != NULL;
	    file++) {
		/* Without operands, what standard input is. */
		if ((*file == in ? fstat(STDIN_FILENO, &st) :
		    follow && stat(*file, &st) == 0 ? 0 :
		    lstat(*file, &st)) != 0) {
			if (!quiet)
				warn("%s: stat", *file);
			rc = 1;
			continue;
		}
		stat_format(format, &st, *file, timefmt);
		if (newline)
			putchar('\n');
	}
	return (rc);
}
