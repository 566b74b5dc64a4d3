/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of devices and terminals, pseudo-terminals.
 *
 * The kernel tells the name of an open device; a device number alone is
 * looked up with kern.devname.
 */
#include <sys/types.h>
#include <sys/filio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define NAME_SIZE	128

int
fdevname_r(int fd, char *buf, size_t size)
{
	struct fiodname_args args;

	args.name = buf;
	args.len = (unsigned int)size;
	return (ioctl(fd, FIODNAME, &args) < 0 ? errno : 0);
}

char *
fdevname(int fd)
{
	static char name[NAME_SIZE];

	return (fdevname_r(fd, name, sizeof(name)) == 0 ? name : NULL);
}

char *
devname_r(__uint32_t dev, __mode_t type, char *buf, size_t size)
{
	size_t len = size;

	if ((S_ISCHR(type) || S_ISBLK(type)) && dev != (__uint32_t)-1 &&
	    sysctlbyname("kern.devname", buf, &len, &dev, sizeof(dev)) == 0)
		return (buf);
	snprintf(buf, size, "#%c:%d:0x%x", S_ISBLK(type) ? 'B' : 'C',
	    major(dev), minor(dev));
	return (buf);
}

char *
devname(__uint32_t dev, __mode_t type)
{
	static char name[NAME_SIZE];

	return (devname_r(dev, type, name, sizeof(name)));
}

int
ttyname_r(int fd, char *buf, size_t size)
{
	size_t prefix = sizeof(_PATH_DEV) - 1;
	int error;

	if (!isatty(fd))
		return (ENOTTY);
	if (size <= prefix)
		return (ERANGE);
	memcpy(buf, _PATH_DEV, prefix);
	error = fdevname_r(fd, buf + prefix, size - prefix);
	return (error == EINVAL ? ERANGE : error);
}

char *
ttyname(int fd)
{
	static char name[sizeof(_PATH_DEV) + NAME_SIZE];
	int error = ttyname_r(fd, name, sizeof(name));

	if (error != 0) {
		errno = error;
		return (NULL);
	}
	return (name);
}

int
posix_openpt(int mode)
{
	if ((mode & ~(O_RDWR | O_NOCTTY | O_CLOEXEC)) != 0) {
		errno = EINVAL;
		return (-1);
	}
	return (open("/dev/ptmx", mode));
}

/* The kernel makes the slave with the right owner and mode. */
int
grantpt(int fd)
{
	return (ioctl(fd, TIOCISPTMASTER, 0) != 0 ? -1 : 0);
}

int
unlockpt(int fd)
{
	return (grantpt(fd));
}

/* The slave's name is the master's with "ptm" become "pts". */
char *
ptsname(int fd)
{
	static char path[sizeof(_PATH_DEV) + NAME_SIZE];
	char name[NAME_SIZE];

	if (grantpt(fd) != 0 || fdevname_r(fd, name, sizeof(name)) != 0) {
		errno = EINVAL;
		return (NULL);
	}
	if (strncmp(name, "ptm/", 4) == 0)
		name[2] = 's';
	else if (strncmp(name, "pty", 3) == 0)
		name[0] = 't', name[1] = 't', name[2] = 'y';
	snprintf(path, sizeof(path), _PATH_DEV "%s", name);
	return (path);
}
