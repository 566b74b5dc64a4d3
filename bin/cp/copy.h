/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying of single files, shared by cp(1) and mv(1).
 */
#ifndef _COPY_H_
#define _COPY_H_

#include <sys/stat.h>

/*
 * Copies one object that is not a directory to `to', which does not exist or
 * is a file to be overwritten.  Files are copied by content, symbolic links,
 * devices and fifos are made anew.  With `keep' ownership, mode, flags and
 * times follow.  Prints what went wrong and returns 0 or 1.
 */
int	copy_object(const char *from, const struct stat *st, const char *to,
	    int keep);

/* Gives `to' the ownership, mode, flags and times in st; 0 or 1. */
int	copy_attributes(const char *to, const struct stat *st);

#endif
