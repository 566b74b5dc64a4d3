/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The group database.
 */
#ifndef _GRP_H_
#define _GRP_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#if __BSD_VISIBLE
#define _PATH_GROUP	"/etc/group"
#endif

struct group {
	char	*gr_name;
	char	*gr_passwd;
	gid_t	gr_gid;
	char	**gr_mem;	/* members, NULL-terminated */
};

__BEGIN_DECLS
struct group *getgrgid(gid_t);
struct group *getgrnam(const char *);
int	getgrgid_r(gid_t, struct group *, char *, size_t, struct group **);
int	getgrnam_r(const char *, struct group *, char *, size_t,
	    struct group **);
#if __XSI_VISIBLE
void	endgrent(void);
struct group *getgrent(void);
void	setgrent(void);
#endif
#if __BSD_VISIBLE
int	getgrent_r(struct group *, char *, size_t, struct group **);
int	gid_from_group(const char *, gid_t *);
const char *group_from_gid(gid_t, int);
int	pwcache_groupdb(int (*)(int), void (*)(void),
	    struct group *(*)(const char *), struct group *(*)(gid_t));
int	setgroupent(int);
#endif
__END_DECLS

#endif /* !_GRP_H_ */
