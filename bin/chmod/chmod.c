/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chmod - change file modes
 *
 * usage: chmod [-fhv] [-R [-H | -L | -P]] mode file ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, recursive = 0, walk = FTS_PHYSICAL, force = 0, links = 0,
	    verbose = 0, rc = 0;
	mode_t mode;
	FTSENT *p;
	void *set;
	FTS *fts;

	/* "chmod -w file": a mode that looks like an option ends them. */
	while ((c = getopt(argc, argv, "HLPRXfghorstuvwx")) != -1) {
		switch (c) {
		case 'H':
			walk = FTS_PHYSICAL | FTS_COMFOLLOW;
			break;
		case 'L':
			walk = FTS_LOGICAL;
			break;
		case 'P':
			walk = FTS_PHYSICAL;
			break;
		case 'R':
			recursive = 1;
			break;
		case 'f':
			force = 1;
			break;
		case 'h':
			links = 1;
			break;
		case 'v':
			verbose = 1;
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
	if (!recursive)
		walk = links ? FTS_PHYSICAL : FTS_PHYSICAL | FTS_COMFOLLOW;
	fts = fts_open(argv + 1, walk, NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		switch (p->fts_info) {
		case FTS_D:
			if (!recursive)
				fts_set(fts, p, FTS_SKIP);
			break;
		case FTS_DP:
			continue;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			rc = 1;
			continue;
		case FTS_SL:
		case FTS_SLNONE:
			if (!links)
				continue;
			break;
		}
		mode = getmode(set, p->fts_statp->st_mode);
		if ((mode & 07777) == (p->fts_statp->st_mode & 07777))
			continue;
		if ((links ? lchmod : chmod)(p->fts_accpath, mode) < 0) {
			if (!force) {
				warn("%s", p->fts_path);
				rc = 1;
			}
		} else if (verbose) {
			printf("%s\n", p->fts_path);
		}
	}
	if (errno != 0)
		err(1, "fts_read");
	free(set);
	return (rc);
usage:
	fprintf(stderr,
	    "usage: chmod [-fhv] [-R [-H | -L | -P]] mode file ...\n");
	return (1);
}
