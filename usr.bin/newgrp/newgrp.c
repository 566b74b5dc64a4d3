/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newgrp - a shell with another group
 *
 * usage: newgrp [-l] [group]
 *
 * Runs set-uid root to change the group, and gives that up before the shell
 * starts.  Members need no password; others need the group's, if it has one.
 */
#include <sys/types.h>

#include <err.h>
#include <grp.h>
#include <limits.h>
#include <paths.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

extern char **environ;

static struct group *
find_group(const char *text)
{
	struct group *gr = getgrnam(text);
	unsigned long id;
	char *end;

	if (gr != NULL)
		return (gr);
	id = strtoul(text, &end, 10);
	if (*text == '\0' || *end != '\0' || id > UINT_MAX)
		return (NULL);
	return (getgrgid((gid_t)id));
}

static int
permitted(const struct passwd *pw, const struct group *gr)
{
	const char *hash;
	char **member, *typed;
	int right;

	if (getuid() == 0 || gr->gr_gid == pw->pw_gid)
		return (1);
	for (member = gr->gr_mem; *member != NULL; member++)
		if (strcmp(*member, pw->pw_name) == 0)
			return (1);
	if (gr->gr_passwd == NULL || *gr->gr_passwd == '\0' ||
	    *gr->gr_passwd == '*')
		return (0);
	typed = getpass("Password:");
	if (typed == NULL)
		return (0);
	hash = crypt(typed, gr->gr_passwd);
	right = hash != NULL && strcmp(hash, gr->gr_passwd) == 0;
	explicit_bzero(typed, strlen(typed));
	return (right);
}

/* The group, and the one there was among the others. */
static void
change_group(gid_t gid)
{
	gid_t groups[NGROUPS_MAX], old = getgid();
	int i, n = getgroups(NGROUPS_MAX, groups);

	if (n < 0)
		err(1, "getgroups");
	for (i = 1; i < n && groups[i] != old; i++)
		;
	if (i >= n && n < NGROUPS_MAX)
		groups[n++] = old;
	if (n == 0)
		n = 1;
	groups[0] = gid;
	if (setgroups(n, groups) != 0 || setgid(gid) != 0)
		err(1, "setgid");
}

int
main(int argc, char **argv)
{
	static char *clean[] = { NULL };
	const char *shell, *base, *term;
	struct passwd *pw;
	struct group *gr = NULL;
	char name[PATH_MAX];
	int c, login = 0;

	while ((c = getopt(argc, argv, "-l")) != -1) {
		if (c == '?')
			goto usage;
		login = 1;
	}
	argv += optind;
	if (argc - optind > 1)
		goto usage;
	pw = getpwuid(getuid());
	if (pw == NULL)
		errx(1, "you do not exist");
	if (*argv != NULL && (gr = find_group(*argv)) == NULL)
		warnx("%s: no such group", *argv);
	else if (gr != NULL && !permitted(pw, gr))
		warnx("you are not a member of %s", gr->gr_name);
	else
		change_group(gr != NULL ? gr->gr_gid : pw->pw_gid);
	if (setuid(getuid()) != 0)
		err(1, "setuid");
	shell = *pw->pw_shell != '\0' ? pw->pw_shell : _PATH_BSHELL;
	base = strrchr(shell, '/') != NULL ? strrchr(shell, '/') + 1 : shell;
	snprintf(name, sizeof(name), "%s%s", login ? "-" : "", base);
	if (login) {
		term = getenv("TERM");
		environ = clean;
		if (term != NULL)
			setenv("TERM", term, 1);
		setenv("HOME", pw->pw_dir, 1);
		setenv("SHELL", shell, 1);
		setenv("USER", pw->pw_name, 1);
		setenv("LOGNAME", pw->pw_name, 1);
		setenv("PATH", _PATH_DEFPATH, 1);
		if (chdir(pw->pw_dir) != 0)
			warn("%s", pw->pw_dir);
	}
	execl(shell, name, (char *)NULL);
	err(1, "%s", shell);
usage:
	fprintf(stderr, "usage: newgrp [-l] [group]\n");
	return (EX_USAGE);
}
