/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kinds of file systems in their old form: getvfsent(3),
 * getvfsbytype(3).
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/sysctl.h>
#include <string.h>

static int		next_type = 1;
static struct ovfsconf	current;

/* Kind number `type'; NULL if there is none. */
struct ovfsconf *
getvfsbytype(int type)
{
	int mib[] = { CTL_VFS, VFS_GENERIC, VFS_CONF, type };
	struct vfsconf vfc;
	size_t n = sizeof(vfc);

	if (sysctl(mib, 4, &vfc, &n, NULL, 0) != 0)
		return (NULL);
	memset(&current, 0, sizeof(current));
	strlcpy(current.vfc_name, vfc.vfc_name, sizeof(current.vfc_name));
	current.vfc_index = vfc.vfc_typenum;
	current.vfc_refcount = vfc.vfc_refcount;
	current.vfc_flags = vfc.vfc_flags;
	return (&current);
}

void
setvfsent(int keep_open)
{
	next_type = 1;
}

void
endvfsent(void)
{
	next_type = 1;
}

struct ovfsconf *
getvfsent(void)
{
	int mib[] = { CTL_VFS, VFS_GENERIC, VFS_MAXTYPENUM };
	struct ovfsconf *v = NULL;
	size_t n = sizeof(int);
	int last;

	if (sysctl(mib, 3, &last, &n, NULL, 0) != 0)
		return (NULL);
	while (v == NULL && next_type <= last)
		v = getvfsbytype(next_type++);
	return (v);
}
