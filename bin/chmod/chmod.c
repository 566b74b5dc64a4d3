/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chmod - change file modes
 *
 * usage: chmod [-fhv] [-R [-H | -L | -P]] mode file ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "treewalk.h"

static struct treewalk walk;
static int force, verbose;

static int
change(FTSENT *p, void *set)
{
	mode_t old = p->fts_statp->st_mode, mode = getmode(set, old);
	char before[12], after[12];

	if ((mode & ALLPERMS) == (old & ALLPERMS))
		return (0);
	if ((walk.links ? lchmod : chmod)(p->fts_accpath, mode) != 0) {
		if (force)
			return (0);
		warn("%s", p->fts_path);
		return (1);
	}
	if (verbose > 1) {
		strmode(old, before);
		strmode((old & S_IFMT) | (mode & ALLPERMS), after);
		printf("%s: 0%o [%s] -> 0%o [%s]\n", p->fts_path,
		    (u_int)old, before,
		    (u_int)((old & S_IFMT) | (mode & ALLPERMS)), after);
	} else if (verbose > 0)
		printf("%s\n", p->fts_path);
	return (0);
}

int
main(int argc, char **argv)
{
	void *set;
	int c;

	/* "chmod -w file": a mode that looks like an option ends them. */
	while ((c = getopt(argc, argv, "HLPRXfghorstuvwx")) != -1) {
		if (c != 'x' && treewalk_option(&walk, c))
			continue;
		switch (c) {
		case 'f':
			force = 1;
			break;
		case 'v':
			verbose++;
			break;
		case '?':
			goto usage;
		default:
			if (argv[optind - 1][0] == '-' &&
			    argv[optind - 1][1] == c &&
			    argv[optind - 1][2] == '\0')
				optind--;
			goto done;
		}
	}
done:
	argv += optind;
	argc -= optind;
	if (argc < 2)
		goto usage;
	set = setmode(*argv);
	if (set == NULL)
		errx(1, "invalid file mode: %s", *argv);
	return (treewalk_run(&walk, argv + 1, change, set));
usage:
	fprintf(stderr,
	    "usage: chmod [-fhv] [-R [-H | -L | -P]] mode file ...\n");
	return (1);
}
