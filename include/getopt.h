/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Long options.
 */
#ifndef _GETOPT_H_
#define _GETOPT_H_

#include <sys/cdefs.h>
#include <unistd.h>

#define no_argument		0
#define required_argument	1
#define optional_argument	2

struct option {
	const char	*name;
	int		has_arg;	/* *_argument */
	int		*flag;		/* where to store val, or NULL */
	int		val;		/* returned if flag is NULL */
};

__BEGIN_DECLS
int	getopt_long(int, char *const *, const char *, const struct option *,
	    int *);
int	getopt_long_only(int, char *const *, const char *,
	    const struct option *, int *);
#ifndef _OPTRESET
#define _OPTRESET
extern int optreset;
#endif
__END_DECLS

#endif /* !_GETOPT_H_ */
