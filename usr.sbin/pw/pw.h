/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of pw(8) share.
 */
#ifndef PW_H
#define PW_H

#include <sys/param.h>
#include <sys/types.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>

#define FIRST_ID	1000		/* of people */
#define LAST_ID		32000
#define LOCKED		"*LOCKED*"	/* before a password */

/* The options; a pointer is NULL if its option was not given. */
struct options {
	const char	*name;		/* -n or the operand */
	const char	*id;		/* -u, or -g of groups */
	const char	*gecos;		/* -c */
	const char	*home;		/* -d */
	const char	*expire;	/* -e */
	const char	*change;	/* -p */
	const char	*group;		/* -g of users */
	const char	*groups;	/* -G */
	const char	*class;		/* -L */
	const char	*shell;		/* -s */
	const char	*newname;	/* -l */
	const char	*skel;		/* -k */
	const char	*mode;		/* -M: home's mode, or members */
	const char	*add, *remove;	/* -m, -d of groups */
	const char	*password;	/* -w */
	int		fd;		/* -h, -H; -1: not given, -2: none */
	bool		encrypted;	/* -H */
	bool		make_home;	/* -m */
	bool		remove_home;	/* -r */
	bool		duplicate;	/* -o */
	bool		all;		/* -a */
	bool		pretty;		/* -P */
	bool		seven;		/* -7 */
	bool		quiet;		/* -q */
	bool		dry;		/* -N */
	const char	*etc;		/* -V */
};

extern struct options opt;

/* Accounts in the directory of -V, or in /etc; NULL if there is none. */
struct passwd *find_user(const char *name, const char *id);
struct passwd *next_user(bool first);
struct group *find_group(const char *name_or_id);
struct group *next_group(bool first);

/* Each returns an exit status. */
int	user_add(void);
int	user_mod(void);
int	user_del(void);
int	user_show(void);
int	user_next(void);
int	user_lock(bool);
int	group_add(void);
int	group_mod(void);
int	group_del(void);
int	group_show(void);
int	group_next(void);

/* Stores a group, or removes the old one if the new is NULL. */
int	group_store(const struct group *new, const struct group *old);
gid_t	group_free_id(void);
/* Puts a user into the listed groups and, if `only', out of all others. */
int	group_set_member(const char *user, const char *list, bool only);

int	home_make(const struct passwd *, const char *skel, mode_t);
int	home_remove(const char *);

void	userlog(const char *fmt, ...) __printflike(1, 2);
void	check_name(const char *, const char *what);

#endif
