/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of ps(1): ps.c selects and orders processes, keyword.c
 * knows what can be printed about one.
 */
#ifndef _PS_H_
#define _PS_H_

#include <sys/types.h>
#include <sys/kinfo.h>
#include <sys/proc.h>

struct column {
	const struct keyword *key;
	const char	*title;
	int		width;
};

struct keyword {
	const char	*name;
	const char	*title;
	int		width;
	int		left;		/* left justified */
	/* Text of the value, into a buffer of PS_TEXT bytes. */
	void		(*value)(const struct kinfo_proc *kp, char *buf);
};

#define PS_TEXT	4096

extern int ps_wide;			/* do not cut at the screen's edge */

/* The keyword (or alias) of that name, or NULL. */
const struct keyword *ps_keyword(const char *name);
/* Prints the names of all keywords. */
void	ps_list_keywords(void);

#endif
