/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chown, chgrp - change the owner and the group of files
 *
 * usage: chown [-fhvx] [-R [-H | -L | -P]] owner[:group] | :group file ...
 *        chgrp [-fhvx] [-R [-H | -L | -P]] group file ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "treewalk.h"

#define UNCHANGED	UINT32_MAX

static struct treewalk walk;
static uid_t uid = UNCHANGED;
static gid_t gid = UNCHANGED;
static int is_chgrp, force, verbose;

static uint32_t
number(const char *text, const char *what)
{
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (end == text || *end != '\0' || *text == '-' || *text == '+')
		errx(1, "%s: illegal %s name", text, what);
	if (errno != 0 || n >= UNCHANGED)
		errx(1, "%s: %s id too large", text, what);
	return ((uint32_t)n);
}

static void
set_group(const char *name)
{
	struct group *gr;

	if (*name == '\0')
		return;
	gr = getgrnam(name);
	gid = gr != NULL ? gr->gr_gid : number(name, "group");
}

static void
set_user(const char *name)
{
	struct passwd *pw;

	if (*name == '\0')
		return;
	pw = getpwnam(name);
	uid = pw != NULL ? pw->pw_uid : number(name, "user");
}

/* "owner", "owner:group", ":group"; a dot separates if no user is so named. */
static void
set_owner(char *text)
{
	char *sep = strchr(text, ':');

	if (sep == NULL && getpwnam(text) == NULL)
		sep = strchr(text, '.');
	if (sep != NULL) {
		*sep++ = '\0';
		set_group(sep);
	}
	set_user(text);
}

static int
change(FTSENT *p, void *arg)
{
	const struct stat *st = p->fts_statp;

	if ((uid == UNCHANGED || uid == st->st_uid) &&
	    (gid == UNCHANGED || gid == st->st_gid))
		return (0);
	if ((walk.links ? lchown : chown)(p->fts_accpath, uid, gid) != 0) {
		if (force)
			return (0);
		if (errno == EPERM && is_chgrp && geteuid() != 0 &&
		    geteuid() == st->st_uid)
			warnx("you are not a member of group");
		else
			warn("%s", p->fts_path);
		return (1);
	}
	if (verbose > 1)
		printf("%s: %ju:%ju -> %ju:%ju\n", p->fts_path,
		    (uintmax_t)st->st_uid, (uintmax_t)st->st_gid,
		    (uintmax_t)(uid != UNCHANGED ? uid : st->st_uid),
		    (uintmax_t)(gid != UNCHANGED ? gid : st->st_gid));
	else if (verbose > 0)
		printf("%s\n", p->fts_path);
	return (0);
}

int
main(int argc, char **argv)
{
	int c, rc;

	is_chgrp = strcmp(getprogname(), "chgrp") == 0;
	while ((c = getopt(argc, argv, "HLPRfhvx")) != -1) {
		if (treewalk_option(&walk, c))
			continue;
		if (c == 'f')
			force = 1;
		else if (c == 'v')
			verbose++;
		else
			goto usage;
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		goto usage;
	if (walk.links && walk.recursive &&
	    (walk.follow == 'H' || walk.follow == 'L'))
		errx(1, "the -R%c and -h options may not be specified "
		    "together", walk.follow);
	if (is_chgrp)
		set_group(argv[0]);
	else
		set_owner(argv[0]);
	rc = treewalk_run(&walk, argv + 1, change, NULL);
	return (force ? 0 : rc);
usage:
	fprintf(stderr, is_chgrp ?
	    "usage: chgrp [-fhvx] [-R [-H | -L | -P]] group file ...\n" :
	    "usage: chown [-fhvx] [-R [-H | -L | -P]] owner[:group] file ...\n"
	    "       chown [-fhvx] [-R [-H | -L | -P]] :group file ...\n");
	return (1);
}
