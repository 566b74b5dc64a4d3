/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of stat(1): stat.c has the options, format.c prints what
 * a format asks for.
 */
#ifndef _STAT_H_
#define _STAT_H_

#include <sys/types.h>
#include <sys/stat.h>

/*
 * Prints the attributes by the format: text with conversions
 * %[flags][width][.precision][output][sub]datum.  name is the file's, for
 * %N and %Y; time_format is for times as text.
 */
void	stat_format(const char *format, const struct stat *st,
	    const char *name, const char *time_format);

#endif
