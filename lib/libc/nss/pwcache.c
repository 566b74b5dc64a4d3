/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Remembered translations between names and numbers of users and groups, for
 * programs like ls(1) and pax(1) that ask for the same ones again and again.
 * Misses are remembered too.
 */
#include <sys/types.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	SLOTS	256		/* a power of two */
#define	NAME_LEN	64

struct entry {
	bool		used;
	bool		found;
	unsigned int	id;
	char		name[NAME_LEN];
};

static struct entry	uids[SLOTS], gids[SLOTS], users[SLOTS], groups[SLOTS];

static struct passwd	*(*find_user)(const char *) = getpwnam;
static struct passwd	*(*find_uid)(uid_t) = getpwuid;
static struct group	*(*find_group)(const char *) = getgrnam;
static struct group	*(*find_gid)(gid_t) = getgrgid;

static unsigned int
hash(const char *s)
{
	unsigned int h = 0;

	while (*s != '\0')
		h = h * 33 + (unsigned char)*s++;
	return (h & (SLOTS - 1));
}

static const char *
by_id(struct entry *e, unsigned int id, const char *(*ask)(unsigned int),
    int nouser)
{
	const char *name;

	if (!e->used || e->id != id) {
		name = ask(id);
		e->used = true;
		e->id = id;
		e->found = name != NULL;
		if (name != NULL)
			strlcpy(e->name, name, sizeof(e->name));
		else
			snprintf(e->name, sizeof(e->name), "%u", id);
	}
	return (e->found || !nouser ? e->name : NULL);
}

static int
by_name(struct entry *e, const char *name,
    bool (*ask)(const char *, unsigned int *), unsigned int *id)
{
	if (!e->used || strcmp(e->name, name) != 0) {
		e->used = true;
		strlcpy(e->name, name, sizeof(e->name));
		e->found = ask(name, &e->id);
	}
	if (!e->found)
		return (-1);
	*id = e->id;
	return (0);
}

static const char *
ask_uid(unsigned int id)
{
	struct passwd *pw = find_uid(id);

	return (pw != NULL ? pw->pw_name : NULL);
}

static const char *
ask_gid(unsigned int id)
{
	struct group *gr = find_gid(id);

	return (gr != NULL ? gr->gr_name : NULL);
}

static bool
ask_user(const char *name, unsigned int *id)
{
	struct passwd *pw = find_user(name);

	if (pw != NULL)
		*id = pw->pw_uid;
	return (pw != NULL);
}

static bool
ask_group(const char *name, unsigned int *id)
{
	struct group *gr = find_group(name);

	if (gr != NULL)
		*id = gr->gr_gid;
	return (gr != NULL);
}

/* The name, or with nouser == 0 the number as text, of an unknown user. */
const char *
user_from_uid(uid_t uid, int nouser)
{
	return (by_id(&uids[uid & (SLOTS - 1)], uid, ask_uid, nouser));
}

const char *
group_from_gid(gid_t gid, int nogroup)
{
	return (by_id(&gids[gid & (SLOTS - 1)], gid, ask_gid, nogroup));
}

int
uid_from_user(const char *name, uid_t *uid)
{
	return (by_name(&users[hash(name)], name, ask_user, uid));
}

int
gid_from_group(const char *name, gid_t *gid)
{
	return (by_name(&groups[hash(name)], name, ask_group, gid));
}

int
pwcache_userdb(int (*set)(int), void (*end)(void),
    struct passwd *(*nam)(const char *), struct passwd *(*uid)(uid_t))
{
	if (nam == NULL || uid == NULL)
		return (-1);
	memset(uids, 0, sizeof(uids));
	memset(users, 0, sizeof(users));
	find_user = nam;
	find_uid = uid;
	return (0);
}

int
pwcache_groupdb(int (*set)(int), void (*end)(void),
    struct group *(*nam)(const char *), struct group *(*gid)(gid_t))
{
	if (nam == NULL || gid == NULL)
		return (-1);
	memset(gids, 0, sizeof(gids));
	memset(groups, 0, sizeof(groups));
	find_group = nam;
	find_gid = gid;
	return (0);
}
