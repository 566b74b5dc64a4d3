/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vquota: show, check and limit what mounts use.  The commands, and what they
 * print; see usage.c and message.c for where it comes from.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/vfs_quota.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <libutil.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "vquota.h"

int debug;
static int human;			/* -h */
static int numeric;			/* -n */

static void __dead2
usage(void)
{
	fprintf(stderr,
	    "usage: vquota [-Dhn] check directory\n"
	    "       vquota [-Dhn] lsfs\n"
	    "       vquota [-Dhn] limit mount_point size\n"
	    "       vquota [-Dhn] ulim mount_point user size\n"
	    "       vquota [-Dhn] glim mount_point group size\n"
	    "       vquota [-Dhn] show mount_point\n"
	    "       vquota [-Dhn] sync mount_point\n");
	exit(EX_USAGE);
}

static void
print_bytes(uint64_t n)
{
	char buf[5];

	if (human && n <= INT64_MAX && humanize_number(buf, sizeof(buf), n,
	    "", HN_AUTOSCALE, HN_DECIMAL | HN_NOSPACE) >= 0)
		printf("%s", buf);
	else
		printf("%ju", (uintmax_t)n);
}

static void
print_entry(const struct entry *e)
{
	printf(": ");
	print_bytes(e->used);
	if (e->limit != 0) {
		printf(", limit = ");
		print_bytes(e->limit);
	}
	putchar('\n');
}

static void
print_usage(struct usage *u)
{
	struct entry *e;
	struct passwd *pw;
	struct group *gr;

	printf("total");
	print_entry(&u->total);
	RB_FOREACH(e, entries, &u->users) {
		if (e->used == 0)
			continue;
		pw = numeric ? NULL : getpwuid(e->id);
		if (pw != NULL)
			printf("user %s", pw->pw_name);
		else
			printf("uid %u", e->id);
		print_entry(e);
	}
	RB_FOREACH(e, entries, &u->groups) {
		if (e->used == 0)
			continue;
		gr = numeric ? NULL : getgrgid(e->id);
		if (gr != NULL)
			printf("group %s", gr->gr_name);
		else
			printf("gid %u", e->id);
		print_entry(e);
	}
}

/* A number that is not the name of anybody. */
static int
numeric_id(const char *name, uint32_t *id)
{
	unsigned long n;
	char *end;

	if (name[0] < '0' || name[0] > '9')
		return (0);
	errno = 0;
	n = strtoul(name, &end, 10);
	if (errno != 0 || *end != 0 || n > UINT32_MAX)
		return (0);
	*id = n;
	return (1);
}

static uint32_t
user_id(const char *name)
{
	struct passwd *pw = getpwnam(name);
	uint32_t id;

	if (pw != NULL)
		return (pw->pw_uid);
	if (!numeric_id(name, &id))
		errx(1, "%s: no such user", name);
	return (id);
}

static uint32_t
group_id(const char *name)
{
	struct group *gr = getgrnam(name);
	uint32_t id;

	if (gr != NULL)
		return (gr->gr_gid);
	if (!numeric_id(name, &id))
		errx(1, "%s: no such group", name);
	return (id);
}

static uint64_t
size_of(const char *text)
{
	int64_t n;

	if (dehumanize_number(text, &n) != 0 || n < 0)
		errx(EX_USAGE, "%s: not a size", text);
	return (n);
}

static int
cmd_check(char **argv, struct usage *u)
{
	usage_count(argv[0], u);
	print_usage(u);
	return (0);
}

static int
cmd_lsfs(char **argv __unused, struct usage *u __unused)
{
	struct statfs *m;
	int i, n;

	n = getmntinfo(&m, MNT_NOWAIT);
	if (n == 0)
		err(1, "getmntinfo");
	for (i = 0; i < n; i++) {
		if ((m[i].f_flags & (MNT_LOCAL | MNT_QUOTA)) ==
		    (MNT_LOCAL | MNT_QUOTA))
			printf("%s on %s\n", m[i].f_mntfromname,
			    m[i].f_mntonname);
	}
	return (0);
}

static int
cmd_limit(char **argv, struct usage *u __unused)
{
	return (message_limit(argv[0], NULL, 0, size_of(argv[1])) != 0);
}

static int
cmd_ulim(char **argv, struct usage *u __unused)
{
	return (message_limit(argv[0], VQ_K_UID, user_id(argv[1]),
	    size_of(argv[2])) != 0);
}

static int
cmd_glim(char **argv, struct usage *u __unused)
{
	return (message_limit(argv[0], VQ_K_GID, group_id(argv[1]),
	    size_of(argv[2])) != 0);
}

static int
cmd_show(char **argv, struct usage *u)
{
	if (message_get(argv[0], u) != 0)
		return (1);
	print_usage(u);
	return (0);
}

static int
cmd_sync(char **argv, struct usage *u)
{
	usage_count(argv[0], u);
	return (message_set(argv[0], u) != 0);
}

static const struct {
	const char *name;
	int	args;
	int	(*run)(char **argv, struct usage *u);
} commands[] = {
	{ "check", 1, cmd_check },
	{ "lsfs", 0, cmd_lsfs },
	{ "limit", 2, cmd_limit },
	{ "ulim", 3, cmd_ulim },
	{ "glim", 3, cmd_glim },
	{ "show", 1, cmd_show },
	{ "sync", 1, cmd_sync }
};

int
main(int argc, char **argv)
{
	struct usage u;
	size_t i;
	int ch;

	while ((ch = getopt(argc, argv, "Dhn")) != -1) {
		switch (ch) {
		case 'D':
			debug = 1;
			break;
		case 'h':
			human = 1;
			break;
		case 'n':
			numeric = 1;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	memset(&u, 0, sizeof(u));
	RB_INIT(&u.users);
	RB_INIT(&u.groups);
	for (i = 0; argc > 0 && i < nitems(commands); i++) {
		if (strcmp(commands[i].name, argv[0]) != 0)
			continue;
		if (argc - 1 != commands[i].args)
			usage();
		return (commands[i].run(argv + 1, &u));
	}
	usage();
}
