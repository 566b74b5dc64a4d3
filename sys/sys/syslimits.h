/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Limits of the system; POSIX wants only those in <limits.h>.
 */
#ifndef _SYS_SYSLIMITS_H_
#define _SYS_SYSLIMITS_H_

#define ARG_MAX		262144
#define CHILD_MAX	40
#define LINK_MAX	32767
#define MAX_CANON	255
#define MAX_INPUT	255
#define NAME_MAX	255
#define NGROUPS_MAX	16
#define OPEN_MAX	64
#define PATH_MAX	1024
#define PIPE_BUF	512
#define IOV_MAX		1024

#endif /* !_SYS_SYSLIMITS_H_ */
