/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kvm(3): processes and the load, which the kernel tells by sysctl.
 */
#include <sys/param.h>
#include <sys/kinfo.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kvm_private.h"

/* The array is valid until the next call. */
struct kinfo_proc *
kvm_getprocs(kvm_t *kd, int op, int arg, int *count)
{
	int mib[] = { CTL_KERN, KERN_PROC, op, arg };
	int n = (op & ~KERN_PROC_FLAGMASK) == KERN_PROC_ALL ? 3 : 4;
	size_t size;

	for (;;) {
		if (sysctl(mib, (u_int)n, NULL, &size, NULL, 0) != 0)
			break;
		/* Room for those that start meanwhile. */
		size += size / 8 + sizeof(*kd->procs);
		free(kd->procs);
		kd->procs = malloc(size);
		if (kd->procs == NULL)
			break;
		if (sysctl(mib, (u_int)n, kd->procs, &size, NULL, 0) == 0) {
			*count = (int)(size / sizeof(*kd->procs));
			return (kd->procs);
		}
		if (errno != ENOMEM)
			break;
	}
	kvm_set_error(kd, errno, "kvm_getprocs");
	return (NULL);
}

/* The arguments of a process, `max' characters at most if not 0. */
char **
kvm_getargv(kvm_t *kd, const struct kinfo_proc *kp, int max)
{
	int mib[] = { CTL_KERN, KERN_PROC, KERN_PROC_ARGS, kp->kp_pid };
	size_t size = ARG_MAX, n = 0;
	char *p, *end;

	free(kd->args);
	kd->args = malloc(size);
	if (kd->args == NULL || sysctl(mib, 4, kd->args, &size, NULL, 0) !=
	    0) {
		kvm_set_error(kd, errno, "kvm_getargv");
		return (NULL);
	}
	if (max > 0 && size > (size_t)max) {
		size = (size_t)max;
		kd->args[size - 1] = '\0';
	}
	end = kd->args + size;
	for (p = kd->args; p < end; p += strnlen(p, (size_t)(end - p)) + 1)
		n++;
	free(kd->argv);
	kd->argv = calloc(n + 1, sizeof(char *));
	if (kd->argv == NULL || n == 0)
		return (NULL);
	n = 0;
	for (p = kd->args; p < end; p += strnlen(p, (size_t)(end - p)) + 1)
		kd->argv[n++] = p;
	return (kd->argv);
}

/* Environments are their processes' own affair. */
char **
kvm_getenvv(kvm_t *kd, const struct kinfo_proc *kp, int max)
{
	errno = EPERM;
	kvm_set_error(kd, errno, "kvm_getenvv");
	return (NULL);
}

int
kvm_getloadavg(kvm_t *kd, double *load, int n)
{
	return (getloadavg(load, n));
}
