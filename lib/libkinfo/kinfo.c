/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kinfo(3): figures of the running kernel.  All functions return 0, or -1 with
 * errno set.
 */
#include <sys/types.h>
#include <sys/kinfo.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <kinfo.h>
#include <stdlib.h>
#include <string.h>

static int
get(const char *name, void *value, size_t size)
{
	size_t n = size;

	if (sysctlbyname(name, value, &n, NULL, 0) != 0)
		return (-1);
	if (n == size)
		return (0);
	errno = EINVAL;
	return (-1);
}

int
kinfo_get_clockrate(struct kinfo_clockinfo *v)
{
	return (get("kern.clockrate", v, sizeof(*v)));
}

int
kinfo_get_sched_hz(int *v)
{
	struct kinfo_clockinfo c;

	if (kinfo_get_clockrate(&c) != 0)
		return (-1);
	*v = c.ci_hz;
	return (0);
}

int
kinfo_get_sched_profhz(int *v)
{
	struct kinfo_clockinfo c;

	if (kinfo_get_clockrate(&c) != 0)
		return (-1);
	*v = c.ci_profhz;
	return (0);
}

int
kinfo_get_sched_stathz(int *v)
{
	struct kinfo_clockinfo c;

	if (kinfo_get_clockrate(&c) != 0)
		return (-1);
	*v = c.ci_stathz;
	return (0);
}

int
kinfo_get_sched_ccpu(int *v)
{
	return (get("kern.ccpu", v, sizeof(*v)));
}

int
kinfo_get_cpus(int *v)
{
	return (get("hw.ncpu", v, sizeof(*v)));
}

int
kinfo_get_openfiles(int *v)
{
	return (get("kern.openfiles", v, sizeof(*v)));
}

int
kinfo_get_vfs_bufspace(long *v)
{
	return (get("vfs.bufspace", v, sizeof(*v)));
}

int
kinfo_get_tty_tk_nin(uint64_t *v)
{
	return (get("kern.tk_nin", v, sizeof(*v)));
}

int
kinfo_get_tty_tk_nout(uint64_t *v)
{
	return (get("kern.tk_nout", v, sizeof(*v)));
}

/* An array that may grow while it is asked for; the caller frees it. */
static int
get_array(const char *name, size_t element, void **array, size_t *count)
{
	size_t n;
	void *p;

	for (;;) {
		if (sysctlbyname(name, NULL, &n, NULL, 0) != 0)
			return (-1);
		n += n / 8 + element;
		p = malloc(n);
		if (p == NULL)
			return (-1);
		if (sysctlbyname(name, p, &n, NULL, 0) == 0)
			break;
		free(p);
		if (errno != ENOMEM)
			return (-1);
	}
	*array = p;
	*count = n / element;
	return (0);
}

int
kinfo_get_files(struct kinfo_file **files, size_t *n)
{
	return (get_array("kern.file", sizeof(**files), (void **)files, n));
}

/* The sum over all CPUs. */
int
kinfo_get_sched_cputime(struct kinfo_cputime *sum)
{
	struct kinfo_cputime *v;
	size_t n, i;

	if (get_array("kern.cputime", sizeof(*v), (void **)&v, &n) != 0)
		return (-1);
	memset(sum, 0, sizeof(*sum));
	for (i = 0; i < n; i++) {
		sum->cp_user += v[i].cp_user;
		sum->cp_nice += v[i].cp_nice;
		sum->cp_sys += v[i].cp_sys;
		sum->cp_intr += v[i].cp_intr;
		sum->cp_idle += v[i].cp_idle;
	}
	free(v);
	return (0);
}
