/* SPDX-License-Identifier: BSD-2-Clause */
/* sysctl: the whole tree can be walked and read; errors as documented. */
#include <sys/types.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

static int
walk_all(int *count)
{
	int next[CTL_MAXNAME + 2] = { 0, 2 }, oid[CTL_MAXNAME];
	int name[CTL_MAXNAME + 2] = { 0, 1 };
	static char buf[1 << 20], text[512];
	size_t len, size, n = 1;

	oid[0] = 1;
	for (*count = 0; *count < 20000; ++*count) {
		memcpy(next + 2, oid, n * sizeof(int));
		len = sizeof(oid);
		if (sysctl(next, n + 2, oid, &len, NULL, 0) != 0)
			return (errno == ENOENT);
		n = len / sizeof(int);
		memcpy(name + 2, oid, n * sizeof(int));
		size = sizeof(text);
		if (sysctl(name, n + 2, text, &size, NULL, 0) != 0)
			return (0);
		size = sizeof(buf);
		sysctl(oid, n, buf, &size, NULL, 0);
	}
	return (0);
}

int
main(void)
{
	int mib[CTL_MAXNAME], count, ncpu;
	struct clockinfo ci;
	struct timeval boot, now;
	char buf[256];
	size_t len;

	ok(walk_all(&count) && count > 100, "the tree can be walked and read");
	len = sizeof(buf);
	ok(sysctlbyname("kern.ostype", buf, &len, NULL, 0) == 0 &&
	    strcmp(buf, "DragonFly") == 0, "kern.ostype");
	len = sizeof(buf);
	mib[0] = CTL_KERN;
	mib[1] = KERN_OSRELEASE;
	ok(sysctl(mib, 2, buf, &len, NULL, 0) == 0 &&
	    strcmp(buf, "5.9-DAMSELFLY") == 0 && len == strlen(buf) + 1,
	    "kern.osrelease by number");
	len = 4;
	ok(sysctl(mib, 2, buf, &len, NULL, 0) == -1 && errno == ENOMEM,
	    "buffer too small: ENOMEM");
	len = 0;
	ok(sysctl(mib, 2, NULL, &len, NULL, 0) == 0 && len >= 14,
	    "size query");
	ok(sysctl(mib, 2, NULL, NULL, "x", 2) == -1 && errno == EPERM,
	    "read-only: EPERM");
	mib[1] = 4999;
	ok(sysctl(mib, 2, buf, &len, NULL, 0) == -1 && errno == ENOENT,
	    "unknown: ENOENT");
	mib[1] = KERN_OSTYPE;
	mib[2] = 1;
	len = sizeof(buf);
	ok(sysctl(mib, 3, buf, &len, NULL, 0) == -1 && errno == ENOTDIR,
	    "beyond a leaf: ENOTDIR");
	len = sizeof(ncpu);
	ok(sysctlbyname("hw.ncpu", &ncpu, &len, NULL, 0) == 0 && ncpu >= 1,
	    "hw.ncpu");
	len = sizeof(ci);
	ok(sysctlbyname("kern.clockrate", &ci, &len, NULL, 0) == 0 &&
	    len == sizeof(ci) && ci.hz > 0 && ci.tick == 1000000 / ci.hz,
	    "kern.clockrate");
	len = sizeof(boot);
	gettimeofday(&now, NULL);
	ok(sysctlbyname("kern.boottime", &boot, &len, NULL, 0) == 0 &&
	    boot.tv_sec <= now.tv_sec && now.tv_sec - boot.tv_sec < 86400,
	    "kern.boottime");
	len = 0;
	ok(sysctlbyname("kern.msgbuf", NULL, &len, NULL, 0) == 0 && len > 100,
	    "kern.msgbuf");
	return (tap_done());
}
