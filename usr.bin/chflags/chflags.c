/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chflags - change the flags of files
 *
 * usage: chflags [-fhvx] [-R [-H | -L | -P]] flags file ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "treewalk.h"

struct flag_change {
	u_long	set, clear;
	int	absolute;	/* an octal number: exactly these */
};

static struct treewalk walk;
static int force, verbose;

static int
change(FTSENT *p, void *arg)
{
	const struct flag_change *fc = arg;
	u_long old = p->fts_statp->st_flags;
	u_long flags = fc->absolute ? fc->set :
	    (old | fc->set) & ~fc->clear;

	if (flags == old)
		return (0);
	if ((walk.links ? lchflags : chflags)(p->fts_accpath, flags) != 0) {
		if (force)
			return (0);
		warn("%s", p->fts_path);
		return (1);
	}
	if (verbose > 1)
		printf("%s: 0%lo -> 0%lo\n", p->fts_path, old, flags);
	else if (verbose > 0)
		printf("%s\n", p->fts_path);
	return (0);
}

static void
parse(char *text, struct flag_change *fc)
{
	char *rest = text, *end;

	memset(fc, 0, sizeof(*fc));
	if (*text >= '0' && *text <= '7') {
		errno = 0;
		fc->set = strtoul(text, &end, 8);
		if (errno != 0 || *end != '\0')
			errx(1, "invalid flags: %s", text);
		fc->absolute = 1;
		return;
	}
	if (strtofflags(&rest, &fc->set, &fc->clear) != 0)
		errx(1, "invalid flag: %s", rest);
}

int
main(int argc, char **argv)
{
	struct flag_change fc;
	int c, rc;

	while ((c = getopt(argc, argv, "HLPRfhvx")) != -1) {
		if (treewalk_option(&walk, c))
			continue;
		if (c == 'f')
			force = 1;
		else if (c == 'v')
			verbose++;
		else
			goto usage;
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		goto usage;
	parse(argv[0], &fc);
	rc = treewalk_run(&walk, argv + 1, change, &fc);
	return (force ? 0 : rc);
usage:
	fprintf(stderr,
	    "usage: chflags [-fhvx] [-R [-H | -L | -P]] flags file ...\n");
	return (1);
}
