/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Symbol tables of archives.
 */
#ifndef _RANLIB_H_
#define _RANLIB_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define RANLIBSKEW	3
#define RANLIBMAG	"__.SYMDEF"

struct ranlib {
	union {
		long	ran_strx;
		char	*ran_name;
	} ran_un;
	long	ran_off;
};

#endif /* !_RANLIB_H_ */
