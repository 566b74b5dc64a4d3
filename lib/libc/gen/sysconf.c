/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Limits and options of the system, by number.
 */
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <limits.h>
#include <paths.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "libc_private.h"

/* Values that do not change. */
struct constant {
	int	name;
	long	value;
};

static const struct constant constants[] = {
	{ _SC_ARG_MAX, ARG_MAX },
	{ _SC_CLK_TCK, CLOCKS_PER_SEC },
	{ _SC_NGROUPS_MAX, NGROUPS_MAX },
	{ _SC_STREAM_MAX, 20 },
	{ _SC_TZNAME_MAX, 255 },
	{ _SC_JOB_CONTROL, 1 },
	{ _SC_SAVED_IDS, 1 },
	{ _SC_VERSION, _POSIX_VERSION },
	{ _SC_BC_BASE_MAX, BC_BASE_MAX },
	{ _SC_BC_DIM_MAX, BC_DIM_MAX },
	{ _SC_BC_SCALE_MAX, BC_SCALE_MAX },
	{ _SC_BC_STRING_MAX, BC_STRING_MAX },
	{ _SC_COLL_WEIGHTS_MAX, COLL_WEIGHTS_MAX },
	{ _SC_EXPR_NEST_MAX, EXPR_NEST_MAX },
	{ _SC_LINE_MAX, LINE_MAX },
	{ _SC_RE_DUP_MAX, RE_DUP_MAX },
	{ _SC_2_VERSION, 199212 },
	{ _SC_2_C_BIND, 1 },
	{ _SC_PAGESIZE, PAGE_SIZE },
	{ _SC_IOV_MAX, IOV_MAX },
	{ _SC_FSYNC, _POSIX_FSYNC },
	{ _SC_MAPPED_FILES, _POSIX_MAPPED_FILES },
	{ _SC_MEMORY_PROTECTION, _POSIX_MEMORY_PROTECTION },
	{ _SC_SHARED_MEMORY_OBJECTS, _POSIX_SHARED_MEMORY_OBJECTS },
	{ _SC_SEMAPHORES, _POSIX_SEMAPHORES },
	{ _SC_TIMERS, _POSIX_TIMERS },
	{ _SC_THREADS, 200112 },
	{ _SC_THREAD_DESTRUCTOR_ITERATIONS, PTHREAD_DESTRUCTOR_ITERATIONS },
	{ _SC_THREAD_KEYS_MAX, PTHREAD_KEYS_MAX },
	{ _SC_THREAD_STACK_MIN, PTHREAD_STACK_MIN },
	{ _SC_GETGR_R_SIZE_MAX, 65536 },
	{ _SC_GETPW_R_SIZE_MAX, 4096 },
	{ _SC_HOST_NAME_MAX, MAXHOSTNAMELEN - 1 },
	{ _SC_LOGIN_NAME_MAX, MAXLOGNAME },
	{ _SC_TTY_NAME_MAX, 256 },
	{ _SC_SYMLOOP_MAX, MAXSYMLINKS },
	{ _SC_MONOTONIC_CLOCK, _POSIX_MONOTONIC_CLOCK },
	{ _SC_REGEXP, 1 },
	{ _SC_SHELL, 1 },
	{ _SC_SPAWN, 200112 },
	{ _SC_THREAD_SAFE_FUNCTIONS, 200112 },
	{ _SC_READER_WRITER_LOCKS, 200112 },
	{ _SC_SPIN_LOCKS, _POSIX_SPIN_LOCKS },
	{ _SC_BARRIERS, _POSIX_BARRIERS },
	{ _SC_TIMEOUTS, _POSIX_TIMEOUTS },
	{ _SC_ATEXIT_MAX, INT_MAX },
	{ _SC_V6_LP64_OFF64, 1 },
	{ _SC_V6_ILP32_OFF32, -1 },
	{ _SC_V6_ILP32_OFFBIG, -1 },
	{ _SC_V6_LPBIG_OFFBIG, -1 },
};

static long
from_limit(int resource)
{
	struct rlimit rl;

	if (getrlimit(resource, &rl) != 0)
		return (-1);
	if (rl.rlim_cur == RLIM_INFINITY)
		return (-1);
	return ((long)rl.rlim_cur);
}

static long
from_sysctl(const char *name)
{
	union {
		int	i;
		long	l;
	} value = { .l = 0 };
	size_t size = sizeof(value);

	if (sysctlbyname(name, &value, &size, NULL, 0) != 0)
		return (-1);
	return (size == sizeof(int) ? value.i : value.l);
}

long
sysconf(int name)
{
	size_t i;
	long value;

	switch (name) {
	case _SC_CHILD_MAX:
		return (from_limit(RLIMIT_NPROC));
	case _SC_OPEN_MAX:
		return (from_limit(RLIMIT_NOFILE));
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return (from_sysctl("hw.ncpu"));
	case _SC_PHYS_PAGES:
		value = from_sysctl("hw.physmem");
		return (value < 0 ? value : value / PAGE_SIZE);
	}
	for (i = 0; i < nitems(constants); i++) {
		if (constants[i].name == name)
			return (constants[i].value);
	}
	/* A name that exists and has no value here, or none at all. */
	if (name < 1 || name > 200)
		errno = EINVAL;
	return (-1);
}

size_t
confstr(int name, char *buf, size_t len)
{
	const char *value;

	switch (name) {
	case _CS_PATH:
		value = _PATH_STDPATH;
		break;
	case _CS_POSIX_V6_LP64_OFF64_CFLAGS:
	case _CS_POSIX_V6_LP64_OFF64_LDFLAGS:
	case _CS_POSIX_V6_LP64_OFF64_LIBS:
		value = "";
		break;
	case _CS_POSIX_V6_WIDTH_RESTRICTED_ENVS:
		value = "POSIX_V6_LP64_OFF64";
		break;
	default:
		errno = EINVAL;
		return (0);
	}
	if (len > 0 && buf != NULL)
		strlcpy(buf, value, len);
	return (strlen(value) + 1);
}
