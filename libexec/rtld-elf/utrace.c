/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LD_UTRACE: what happens to objects, as records of utrace(2) for ktrace(1).
 * The record's layout is what kdump(1) knows.
 */
#include <sys/param.h>

#include <string.h>

#include "rtld.h"

bool ld_utrace;

struct utrace_rtld {
	char	sig[4];			/* "RTLD" */
	int	event;			/* UTRACE_* */
	void	*handle;
	void	*mapbase;
	size_t	mapsize;
	int	refcnt;
	char	name[MAXPATHLEN];
};

void
utrace_log(int event, const struct obj *obj, int refcount, const char *name)
{
	struct utrace_rtld u;
	size_t n;

	if (!ld_utrace)
		return;
	memset(&u, 0, sizeof(u));
	memcpy(u.sig, "RTLD", sizeof(u.sig));
	u.event = event;
	u.refcnt = refcount;
	if (obj != NULL) {
		u.handle = (void *)obj;
		u.mapbase = obj->mapbase;
		u.mapsize = obj->mapsize;
		if (name == NULL)
			name = obj->path;
	}
	if (name != NULL) {
		n = strlen(name);
		memcpy(u.name, name, MIN(n, sizeof(u.name) - 1));
	}
	rtld_utrace(&u, sizeof(u));
}
