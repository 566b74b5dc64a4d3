/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File name patterns.
 */
#ifndef _FNMATCH_H_
#define _FNMATCH_H_

#include <sys/cdefs.h>

#define FNM_NOMATCH	1
#define FNM_NOESCAPE	1
#define FNM_PATHNAME	2
#define FNM_PERIOD	4
#define FNM_NOSYS	(-1)
#define FNM_LEADING_DIR	8
#define FNM_CASEFOLD	16
#define FNM_IGNORECASE	16
#define FNM_FILE_NAME	2

__BEGIN_DECLS
int	fnmatch(const char *, const char *, int);
__END_DECLS

#endif /* !_FNMATCH_H_ */
