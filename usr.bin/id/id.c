/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * id, groups, whoami - who the user is
 *
 * usage: id [user]
 *        id -G [-n] [user]
 *        id -g [-nr] [user]
 *        id -u [-nr] [user]
 *        id -p
 */
#include <sys/types.h>

#include <err.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static gid_t groups[NGROUPS_MAX + 1];
static int ngroups;

static void
put_user(uid_t uid, int name)
{
	struct passwd *pw = getpwuid(uid);

	if (name && pw != NULL)
		printf("%s", pw->pw_name);
	else
		printf("%u", (unsigned int)uid);
}

static void
put_group(gid_t gid, int name)
{
	struct group *gr = getgrgid(gid);

	if (name && gr != NULL)
		printf("%s", gr->gr_name);
	else
		printf("%u", (unsigned int)gid);
}

static void
put_both(const char *label, unsigned int id, const char *name)
{
	printf("%s=%u", label, id);
	if (name != NULL)
		printf("(%s)", name);
}

static void
put_group_both(const char *label, gid_t gid)
{
	struct group *gr = getgrgid(gid);

	put_both(label, gid, gr != NULL ? gr->gr_name : NULL);
}

static void
put_user_both(const char *label, uid_t uid)
{
	struct passwd *pw = getpwuid(uid);

	put_both(label, uid, pw != NULL ? pw->pw_name : NULL);
}

static void
put_groups(int names)
{
	int i;

	for (i = 0; i < ngroups; i++) {
		if (i > 0 && groups[i] == groups[0])
			continue;
		if (i > 0)
			putchar(' ');
		put_group(groups[i], names);
	}
	putchar('\n');
}

static void
put_everything(const struct passwd *pw)
{
	uid_t uid = pw != NULL ? pw->pw_uid : getuid();
	gid_t gid = pw != NULL ? pw->pw_gid : getgid();
	int i, first = 1;

	put_user_both("uid", uid);
	put_group_both(" gid", gid);
	if (pw == NULL && geteuid() != uid)
		put_user_both(" euid", geteuid());
	if (pw == NULL && getegid() != gid)
		put_group_both(" egid", getegid());
	for (i = 0; i < ngroups; i++) {
		struct group *gr = getgrgid(groups[i]);

		if (i > 0 && groups[i] == groups[0])
			continue;
		printf("%s%u", first ? " groups=" : ",",
		    (unsigned int)groups[i]);
		if (gr != NULL)
			printf("(%s)", gr->gr_name);
		first = 0;
	}
	putchar('\n');
}

static struct passwd *
find_user(const char *name)
{
	struct passwd *pw = getpwnam(name);
	char *end;
	unsigned long uid;

	if (pw == NULL) {
		uid = strtoul(name, &end, 10);
		if (*name == '\0' || *end != '\0' ||
		    (pw = getpwuid((uid_t)uid)) == NULL)
			errx(1, "%s: no such user", name);
	}
	return (pw);
}

int
main(int argc, char **argv)
{
	struct passwd *pw = NULL;
	int c, what = 0, names = 0, real = 0;
	const char *self = getprogname();

	if (strcmp(self, "whoami") == 0) {
		what = 'u';
		names = 1;
	} else if (strcmp(self, "groups") == 0) {
		what = 'G';
		names = 1;
	}
	while ((c = getopt(argc, argv, "Ggnpru")) != -1) {
		switch (c) {
		case 'G':
		case 'g':
		case 'u':
		case 'p':
			if (what != 0 && what != c)
				goto usage;
			what = c;
			break;
		case 'n':
			names = 1;
			break;
		case 'r':
			real = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 1)
		goto usage;
	if (argc == 1) {
		pw = find_user(argv[0]);
		ngroups = NGROUPS_MAX + 1;
		getgrouplist(pw->pw_name, pw->pw_gid, groups, &ngroups);
		pw = find_user(argv[0]);
	} else {
		ngroups = getgroups(NGROUPS_MAX, groups + 1);
		groups[0] = getegid();
		ngroups = ngroups < 0 ? 1 : ngroups + 1;
	}
	switch (what) {
	case 'u':
		put_user(pw != NULL ? pw->pw_uid : real ? getuid() : geteuid(),
		    names);
		putchar('\n');
		break;
	case 'g':
		put_group(pw != NULL ? pw->pw_gid : real ? getgid() : getegid(),
		    names);
		putchar('\n');
		break;
	case 'G':
		put_groups(names);
		break;
	case 'p':
		printf("uid\t");
		put_user(getuid(), 1);
		printf("\ngroups\t");
		put_groups(1);
		break;
	default:
		put_everything(pw);
	}
	return (0);
usage:
	fprintf(stderr, "usage: id [user]\n       id -G [-n] [user]\n"
	    "       id -g [-nr] [user]\n       id -p\n"
	    "       id -u [-nr] [user]\n");
	return (1);
}
