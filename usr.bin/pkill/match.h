/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What pkill(1) selects processes by.  match.c reads the options, pkill.c
 * acts on what is selected.
 */
#ifndef _MATCH_H_
#define _MATCH_H_

#include <sys/types.h>
#include <sys/kinfo.h>
#include <regex.h>

/* Numbers given to one option; a process must have one of them. */
struct numbers {
	long	*values;
	size_t	count;
};

struct criteria {
	struct numbers	ppids;		/* -P */
	struct numbers	groups;		/* -g */
	struct numbers	sessions;	/* -s */
	struct numbers	terminals;	/* -t */
	struct numbers	euids;		/* -u */
	struct numbers	ruids;		/* -U */
	struct numbers	rgids;		/* -G */
	regex_t		*patterns;
	size_t		npatterns;
	int		whole_args;	/* -f */
	int		exact;		/* -x */
	int		kernel;		/* -S: kernel threads too */
};

/* Adds the values of the option letter's argument; exits on nonsense. */
void	match_add(struct criteria *c, int letter, char *arg);

/* Compiles the patterns; exits with 2 if one is no regular expression. */
void	match_patterns(struct criteria *c, char **argv, int argc, int flags);

/* Whether the process has all that was asked for. */
int	match_process(const struct criteria *c, const struct kinfo_proc *kp);

#endif
