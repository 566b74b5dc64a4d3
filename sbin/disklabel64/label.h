/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disklabel64: labels as text and on the disk.
 */
#ifndef _LABEL_H_
#define _LABEL_H_

#include <sys/disklabel64.h>
#include <stdio.h>

/* Fill in the checksum. */
void	label_seal(struct disklabel64 *lp);
/* Print in the form that label_parse() reads. */
void	label_print(FILE *out, const struct disklabel64 *lp,
	    const char *path);
/*
 * Read text into the label, whose values the text overrides; all partitions
 * come from the text.  Says on stderr what is wrong and returns 0 if it is.
 */
int	label_parse(FILE *in, struct disklabel64 *lp);

#endif /* !_LABEL_H_ */
