/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl, by number and by name.
 *
 * The values under "user" describe this library rather than the kernel and
 * are answered here.
 */
#include <sys/param.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <limits.h>
#include <paths.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

static int
user_value(int id, int *valuep)
{
	static const int values[] = {
		[USER_BC_BASE_MAX] = BC_BASE_MAX,
		[USER_BC_DIM_MAX] = BC_DIM_MAX,
		[USER_BC_SCALE_MAX] = BC_SCALE_MAX,
		[USER_BC_STRING_MAX] = BC_STRING_MAX,
		[USER_COLL_WEIGHTS_MAX] = COLL_WEIGHTS_MAX,
		[USER_EXPR_NEST_MAX] = EXPR_NEST_MAX,
		[USER_LINE_MAX] = LINE_MAX,
		[USER_RE_DUP_MAX] = RE_DUP_MAX,
		[USER_POSIX2_VERSION] = 199212,
		[USER_POSIX2_UPE] = 0,
		[USER_STREAM_MAX] = 20,
		[USER_TZNAME_MAX] = 255
	};

	if (id < USER_BC_BASE_MAX || id > USER_TZNAME_MAX)
		return (EINVAL);
	*valuep = values[id];
	return (0);
}

static int
user_sysctl(int id, void *old, size_t *oldlenp)
{
	static const char cs_path[] = _PATH_STDPATH;
	const void *src;
	size_t len;
	int value, error;

	if (id == USER_CS_PATH) {
		src = cs_path;
		len = sizeof(cs_path);
	} else {
		error = user_value(id, &value);
		if (error != 0) {
			errno = error;
			return (-1);
		}
		src = &value;
		len = sizeof(value);
	}
	if (old != NULL && oldlenp != NULL) {
		if (*oldlenp < len) {
			errno = ENOMEM;
			return (-1);
		}
		memcpy(old, src, len);
	}
	if (oldlenp != NULL)
		*oldlenp = len;
	return (0);
}

int
sysctl(const int *name, u_int namelen, void *old, size_t *oldlenp,
    const void *new, size_t newlen)
{
	if (namelen == 2 && name[0] == CTL_USER) {
		if (new != NULL) {
			errno = EPERM;
			return (-1);
		}
		return (user_sysctl(name[1], old, oldlenp));
	}
	return (__sysctl(name, namelen, old, oldlenp, new, newlen));
}

int
sysctlnametomib(const char *name, int *mib, size_t *countp)
{
	int oid[2] = { CTL_SYSCTL, CTL_SYSCTL_NAME2OID };
	size_t size = *countp * sizeof(*mib);

	if (__sysctl(oid, 2, mib, &size, name, strlen(name)) != 0)
		return (-1);
	*countp = size / sizeof(*mib);
	return (0);
}

int
sysctlbyname(const char *name, void *old, size_t *oldlenp, const void *new,
    size_t newlen)
{
	int mib[CTL_MAXNAME];
	size_t count = nitems(mib);

	if (sysctlnametomib(name, mib, &count) != 0)
		return (-1);
	return (sysctl(mib, (u_int)count, old, oldlenp, new, newlen));
}
