/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the halves of uuencode(1): uuencode.c has the options and encodes,
 * decode.c decodes.
 */
#ifndef _UUENCODE_H_
#define _UUENCODE_H_

#include <stdio.h>

struct decode_options {
	const char *output;		/* -o */
	int	to_stdout;		/* -p */
	int	strip_path;		/* -s: any path may be written */
	int	keep;			/* -i: do not overwrite */
	int	ignore_missing;		/* -c: more than one in a file */
	int	raw;			/* -r: without begin and end */
	int	base64;			/* -m, with -r */
};

extern const char base64_digits[];

/* Decodes what is in the file; returns 0 or 1. */
int	decode_file(FILE *f, const char *name, const struct decode_options *o);

#endif
