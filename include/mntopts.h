/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of mount programs.
 */
#ifndef _MNTOPTS_H_
#define _MNTOPTS_H_

struct mntopt {
	const char	*m_option;	/* name */
	int		m_inverse;	/* "no" in front means it */
	int		m_flag;		/* MNT_* */
	int		m_altloc;	/* set in the alternate mask */
};

#define MOPT_USERQUOTA		{ "userquota", 0, 0, 0 }
#define MOPT_GROUPQUOTA		{ "groupquota", 0, 0, 0 }
#define MOPT_ASYNC		{ "async", 0, MNT_ASYNC, 0 }
#define MOPT_NOATIME		{ "atime", 1, MNT_NOATIME, 0 }
#define MOPT_NODEV		{ "dev", 1, MNT_NODEV, 0 }
#define MOPT_NOEXEC		{ "exec", 1, MNT_NOEXEC, 0 }
#define MOPT_NOSUID		{ "suid", 1, MNT_NOSUID, 0 }
#define MOPT_NOSYMFOLLOW	{ "symfollow", 1, MNT_NOSYMFOLLOW, 0 }
#define MOPT_RDONLY		{ "rdonly", 0, MNT_RDONLY, 0 }
#define MOPT_SYNC		{ "sync", 0, MNT_SYNCHRONOUS, 0 }
#define MOPT_FORCE		{ "force", 0, MNT_FORCE, 0 }
#define MOPT_UPDATE		{ "update", 0, MNT_UPDATE, 0 }
#define MOPT_RO			{ "ro", 0, MNT_RDONLY, 0 }
#define MOPT_RW			{ "rw", 1, MNT_RDONLY, 0 }
#define MOPT_AUTO		{ "auto", 0, 0, 0 }
#define MOPT_STDOPTS							\
	MOPT_USERQUOTA, MOPT_GROUPQUOTA, MOPT_NOATIME, MOPT_NODEV,	\
	MOPT_NOEXEC, MOPT_NOSUID, MOPT_NOSYMFOLLOW, MOPT_RDONLY,	\
	MOPT_RO, MOPT_RW, MOPT_AUTO
#define MOPT_NULL		{ NULL, 0, 0, 0 }

extern int getmnt_silent;

void	checkpath(const char *, char *);
void	rmslashes(char *, char *);
void	getmntopts(const char *, const struct mntopt *, int *, int *);

#endif /* !_MNTOPTS_H_ */
