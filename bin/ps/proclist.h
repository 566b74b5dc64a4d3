/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of processes, for the programs that look through it.
 */
#ifndef _PROCLIST_H_
#define _PROCLIST_H_

#include <sys/types.h>
#include <sys/kinfo.h>

#define PROCLIST_ARGS	4096

/*
 * All processes, in memory that the caller frees; exits when they cannot be
 * read.  flags may be KERN_PROC_FLAG_LWP for one entry a thread.
 */
struct kinfo_proc *proclist_read(int flags, size_t *n);

/*
 * The command line, arguments separated by blanks and control characters
 * replaced by "?"; returns 0 and the name in parentheses when it has none.
 */
int	proclist_args(const struct kinfo_proc *kp, char *buf, size_t size);

#endif
