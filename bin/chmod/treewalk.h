/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking through the files named on a command line, and with -R through all
 * below them: for the programs that change attributes of files.
 */
#ifndef _TREEWALK_H_
#define _TREEWALK_H_

#include <sys/types.h>
#include <fts.h>

struct treewalk {
	int	recursive;	/* -R */
	int	follow;		/* 'H', 'L' or 'P'; 0 is 'P' */
	int	links;		/* -h: act on links, not where they point */
	int	one_device;	/* -x */
};

/* Takes one of the letters HLPRhx; returns 0 if the letter is another. */
int	treewalk_option(struct treewalk *w, int letter);

/*
 * Calls visit for every file, directories before what they hold; symbolic
 * links only if they are what is to be changed.  visit returns non-zero after
 * an error that it has reported.  Errors of the walk are reported here.
 * Returns 0, or 1 when there was any error.
 */
int	treewalk_run(const struct treewalk *w, char **files,
	    int (*visit)(FTSENT *p, void *arg), void *arg);

#endif
