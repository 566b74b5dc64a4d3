/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initgroups(3): gives the process all groups of a user.
 */
#include <sys/param.h>
#include <grp.h>
#include <unistd.h>

int
initgroups(const char *user, gid_t base)
{
	gid_t groups[NGROUPS_MAX + 1];
	int n = NGROUPS_MAX + 1;

	/* Whoever is in more groups than fit has those that came first. */
	getgrouplist(user, base, groups, &n);
	if (n > NGROUPS_MAX)
		n = NGROUPS_MAX;
	return (setgroups(n, groups));
}
