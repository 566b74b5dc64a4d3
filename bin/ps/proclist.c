/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of processes; see proclist.h.
 */
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/sysctl.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "proclist.h"

struct kinfo_proc *
proclist_read(int flags, size_t *n)
{
	int mib[3] = { CTL_KERN, KERN_PROC, KERN_PROC_ALL | flags };
	struct kinfo_proc *list = NULL;
	size_t len;

	for (;;) {
		if (sysctl(mib, 3, NULL, &len, NULL, 0) < 0)
			err(1, "kern.proc");
		list = realloc(list, len + 1);
		if (list == NULL)
			err(1, NULL);
		if (sysctl(mib, 3, list, &len, NULL, 0) == 0)
			break;
		if (errno != ENOMEM)	/* more processes by now: again */
			err(1, "kern.proc");
	}
	*n = len / sizeof(*list);
	return (list);
}

int
proclist_args(const struct kinfo_proc *kp, char *buf, size_t size)
{
	int mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_ARGS, kp->kp_pid };
	size_t len = size - 1, i;

	if (kp->kp_pid <= 0 || kp->kp_stat == SZOMB ||
	    sysctl(mib, 4, buf, &len, NULL, 0) < 0 || len == 0) {
		snprintf(buf, size, "(%s)", kp->kp_comm);
		return (0);
	}
	for (i = 0; i + 1 < len; i++) {
		if (buf[i] == '\0')
			buf[i] = ' ';
		else if ((unsigned char)buf[i] < ' ')
			buf[i] = '?';
	}
	buf[len] = '\0';
	return (1);
}
