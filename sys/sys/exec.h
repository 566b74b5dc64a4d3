/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a process keeps its arguments, for ps(1) to find: the last bytes of
 * its stack.
 */
#ifndef _SYS_EXEC_H_
#define _SYS_EXEC_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <machine/vmparam.h>

struct ps_strings {
	char	**ps_argvstr;		/* argument vector */
	int	ps_nargvstr;
	char	**ps_envstr;		/* environment vector */
	int	ps_nenvstr;
};

#define SPARE_USRSPACE	256	/* above the argument strings */
#define PS_STRINGS	(USRSTACK - sizeof(struct ps_strings))

#endif /* !_SYS_EXEC_H_ */
