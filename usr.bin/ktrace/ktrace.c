/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ktrace - record what processes do
 *
 * usage: ktrace -C
 *        ktrace [-acdi] [-f file] [-t points] [-g pgrp | -p pid]
 *        ktrace [-adi] [-f file] [-t points] command [argument ...]
 */
#include <sys/types.h>
#include <sys/ktrace.h>
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "points.h"

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: ktrace -C\n"
	    "       ktrace [-acdi] [-f file] [-t cnisu+] [-g pgrp | -p pid]\n"
	    "       ktrace [-adi] [-f file] [-t cnisu+] command "
	    "[argument ...]\n");
	exit(EX_USAGE);
}

static int
parse_points(const char *s)
{
	int facs = ktrace_points(s);

	if (facs == -1)
		usage();
	return (facs);
}

/* The file: made, or emptied, or (-a) left as it is. */
static void
prepare(const char *file, bool append)
{
	int fd;

	fd = open(file, O_CREAT | O_WRONLY | (append ? 0 : O_TRUNC),
	    S_IRUSR | S_IWUSR);
	if (fd == -1)
		err(1, "%s", file);
	close(fd);
}

static pid_t
number(const char *s)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(s, &end, 10);
	if (errno != 0 || *s == '\0' || *end != '\0' || n <= 0 ||
	    n > 999999)
		errx(EX_USAGE, "%s: not a process", s);
	return ((pid_t)n);
}

int
main(int argc, char **argv)
{
	bool append = false, clear = false, clear_all = false;
	int ch, flags = 0, inherit = 0, points = DEFAULT_POINTS;
	const char *file = "ktrace.out";
	pid_t pid = 0;

	while ((ch = getopt(argc, argv, "aCcdf:g:ip:t:")) != -1) {
		switch (ch) {
		case 'a':
			append = true;
			break;
		case 'C':
			clear_all = true;
			break;
		case 'c':
			clear = true;
			break;
		case 'd':
			flags |= KTRFLAG_DESCEND;
			break;
		case 'f':
			file = optarg;
			break;
		case 'g':
			pid = -number(optarg);
			break;
		case 'i':
			inherit = KTRFAC_INHERIT;
			break;
		case 'p':
			pid = number(optarg);
			break;
		case 't':
			points = parse_points(optarg);
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (clear_all) {
		if (argc != 0 || pid != 0)
			usage();
		/* All that the caller may: its whole tree, and others. */
		if (ktrace(NULL, KTROP_CLEAR | KTRFLAG_DESCEND,
		    KTRFAC_MASK | KTRFAC_INHERIT, 1) != 0)
			err(1, "ktrace");
		return (0);
	}
	if ((pid != 0) == (argc != 0))
		usage();
	if (clear) {
		if (argc != 0)
			usage();
		if (ktrace(NULL, KTROP_CLEAR | flags, points | inherit,
		    pid) != 0)
			err(1, "ktrace");
		return (0);
	}
	prepare(file, append);
	if (pid == 0)
		pid = getpid();
	if (ktrace(file, KTROP_SET | flags, points | inherit, pid) != 0)
		err(1, "%s", file);
	if (argc != 0) {
		execvp(argv[0], argv);
		err(errno == ENOENT ? 127 : 126, "%s", argv[0]);
	}
	return (0);
}
