/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the system is called and how it fares, from sysctl.
 */
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/utsname.h>
#include <errno.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

static int
get_int(int a, int b, int fallback)
{
	int mib[2] = { a, b }, value;
	size_t size = sizeof(value);

	if (sysctl(mib, 2, &value, &size, NULL, 0) != 0)
		return (fallback);
	return (value);
}

/* A string of at most size bytes; one that is longer is cut. */
static int
get_string(int a, int b, char *buf, size_t size)
{
	int mib[2] = { a, b };

	if (sysctl(mib, 2, buf, &size, NULL, 0) != 0 && errno != ENOMEM)
		return (-1);
	return (0);
}

int
uname(struct utsname *un)
{
	size_t i;

	memset(un, 0, sizeof(*un));
	if (get_string(CTL_KERN, KERN_OSTYPE, un->sysname,
	    sizeof(un->sysname) - 1) != 0 ||
	    get_string(CTL_KERN, KERN_HOSTNAME, un->nodename,
	    sizeof(un->nodename) - 1) != 0 ||
	    get_string(CTL_KERN, KERN_OSRELEASE, un->release,
	    sizeof(un->release) - 1) != 0 ||
	    get_string(CTL_KERN, KERN_VERSION, un->version,
	    sizeof(un->version) - 1) != 0 ||
	    get_string(CTL_HW, HW_MACHINE, un->machine,
	    sizeof(un->machine) - 1) != 0)
		return (-1);
	for (i = 0; un->version[i] != '\0'; i++) {
		if (un->version[i] == '\n' || un->version[i] == '\t')
			un->version[i] = un->version[i + 1] != '\0' ? ' ' :
			    '\0';
	}
	return (0);
}

int
getpagesize(void)
{
	return (PAGE_SIZE);
}

int
getosreldate(void)
{
	const char *env = getenv("OSVERSION");

	if (env != NULL && atoi(env) != 0)
		return (atoi(env));
	return (get_int(CTL_KERN, KERN_OSRELDATE, -1));
}

int
getloadavg(double loads[], int count)
{
	int mib[2] = { CTL_VM, 2 };	/* vm.loadavg */
	struct loadavg la;
	size_t size = sizeof(la);
	int i;

	if (sysctl(mib, 2, &la, &size, NULL, 0) != 0)
		return (-1);
	if (count > 3)
		count = 3;
	for (i = 0; i < count; i++)
		loads[i] = (double)la.ldavg[i] / (double)la.fscale;
	return (count);
}

int
gethostname(char *name, size_t size)
{
	int mib[2] = { CTL_KERN, KERN_HOSTNAME };

	if (sysctl(mib, 2, name, &size, NULL, 0) != 0) {
		if (errno == ENOMEM)
			errno = ENAMETOOLONG;
		return (-1);
	}
	return (0);
}

int
sethostname(const char *name, int len)
{
	int mib[2] = { CTL_KERN, KERN_HOSTNAME };

	return (sysctl(mib, 2, NULL, NULL, name, (size_t)len));
}

int
getdomainname(char *name, int len)
{
	int mib[2] = { CTL_KERN, KERN_NISDOMAINNAME };
	size_t size = (size_t)len;

	return (sysctl(mib, 2, name, &size, NULL, 0));
}

int
setdomainname(const char *name, int len)
{
	int mib[2] = { CTL_KERN, KERN_NISDOMAINNAME };

	return (sysctl(mib, 2, NULL, NULL, name, (size_t)len));
}

long
gethostid(void)
{
	return (get_int(CTL_KERN, KERN_HOSTID, -1));
}

void
sethostid(long id)
{
	int mib[2] = { CTL_KERN, KERN_HOSTID }, value = (int)id;

	sysctl(mib, 2, NULL, NULL, &value, sizeof(value));
}

const char *
getbootfile(void)
{
	static char name[MAXPATHLEN];

	if (get_string(CTL_KERN, KERN_BOOTFILE, name, sizeof(name) - 1) != 0)
		return (_PATH_UNIX);
	return (name);
}
