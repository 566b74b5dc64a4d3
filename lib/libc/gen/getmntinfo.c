/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mounted filesystems and filesystem types.
 *
 * The arrays belong to the library and last until the next call.
 */
#include <sys/param.h>
#include <sys/linker.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/sysctl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int
getmntinfo(struct statfs **bufp, int flags)
{
	static struct statfs *buf;
	static int room;
	struct statfs *grown;
	int n;

	for (;;) {
		n = getfsstat(NULL, 0, MNT_NOWAIT);
		if (n <= 0)
			return (0);
		if (n >= room) {
			grown = reallocarray(buf, (size_t)n + 8, sizeof(*buf));
			if (grown == NULL)
				return (0);
			buf = grown;
			room = n + 8;
		}
		n = getfsstat(buf, room * (long)sizeof(*buf), flags);
		if (n < 0)
			return (0);
		if (n < room) {
			*bufp = buf;
			return (n);
		}
	}
}

int
getmntvinfo(struct statfs **bufp, struct statvfs **vbufp, int flags)
{
	static struct statfs *buf;
	static struct statvfs *vbuf;
	static int room;
	int n;

	for (;;) {
		n = getvfsstat(NULL, NULL, 0, MNT_NOWAIT);
		if (n <= 0)
			return (0);
		if (n >= room) {
			free(buf);
			free(vbuf);
			room = n + 8;
			buf = reallocarray(NULL, (size_t)room, sizeof(*buf));
			vbuf = reallocarray(NULL, (size_t)room, sizeof(*vbuf));
			if (buf == NULL || vbuf == NULL) {
				free(buf);
				free(vbuf);
				buf = NULL;
				vbuf = NULL;
				room = 0;
				return (0);
			}
		}
		n = getvfsstat(buf, vbuf, room * (long)sizeof(*vbuf), flags);
		if (n < 0)
			return (0);
		if (n < room) {
			*bufp = buf;
			*vbufp = vbuf;
			return (n);
		}
	}
}

/* vfs.generic.conf: a vfsconf for each type. */
int
getvfsbyname(const char *name, struct vfsconf *vfc)
{
	int mib[4] = { CTL_VFS, VFS_GENERIC, VFS_MAXTYPENUM, 0 };
	int i, maxtype;
	size_t size = sizeof(maxtype);

	if (sysctl(mib, 3, &maxtype, &size, NULL, 0) != 0)
		return (-1);
	mib[2] = VFS_CONF;
	for (i = 0; i < maxtype; i++) {
		mib[3] = i;
		size = sizeof(*vfc);
		if (sysctl(mib, 4, vfc, &size, NULL, 0) != 0)
			continue;
		if (strcmp(vfc->vfc_name, name) == 0)
			return (0);
	}
	errno = ENOENT;
	return (-1);
}

/* A type that is not there may be a module. */
int
vfsisloadable(const char *name)
{
	return (1);
}

int
vfsload(const char *name)
{
	return (kldload(name) < 0 ? -1 : 0);
}
