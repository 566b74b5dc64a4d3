/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chroot - run a command with another root directory
 *
 * usage: chroot [-g group] [-G group,group,...] [-u user] newroot [command]
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <grp.h>
#include <paths.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long
number(const char *text, const char *what)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (end == text || *end != '\0')
		errx(1, "no such %s '%s'", what, text);
	return (n);
}

static gid_t
group(const char *name)
{
	struct group *gr = getgrnam(name);

	return (gr != NULL ? gr->gr_gid : (gid_t)number(name, "group"));
}

/* Names are those of the system outside: they are resolved before chroot. */
static int
group_list(char *text, gid_t *gids, int max)
{
	char *word;
	int n = 0;

	while ((word = strsep(&text, ",")) != NULL) {
		if (*word == '\0')
			continue;
		if (n == max)
			errx(1, "too many supplementary groups provided");
		gids[n++] = group(word);
	}
	return (n);
}

int
main(int argc, char **argv)
{
	char *groups = NULL, *group_name = NULL, *user_name = NULL, *shell;
	gid_t gid = 0, gids[64];
	struct passwd *pw;
	uid_t uid = 0;
	int c, n = 0;

	while ((c = getopt(argc, argv, "+G:g:u:")) != -1) {
		switch (c) {
		case 'G': groups = optarg; break;
		case 'g': group_name = optarg; break;
		case 'u': user_name = optarg; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	if (user_name != NULL) {
		pw = getpwnam(user_name);
		uid = pw != NULL ? pw->pw_uid :
		    (uid_t)number(user_name, "user");
	}
	if (group_name != NULL)
		gid = group(group_name);
	if (groups != NULL)
		n = group_list(groups, gids, (int)(sizeof(gids) /
		    sizeof(gids[0])));
	if (chdir(argv[0]) != 0 || chroot(".") != 0)
		err(1, "%s", argv[0]);
	if (groups != NULL && setgroups(n, gids) != 0)
		err(1, "setgroups");
	if (group_name != NULL && setgid(gid) != 0)
		err(1, "setgid");
	if (user_name != NULL && setuid(uid) != 0)
		err(1, "setuid");
	if (argv[1] != NULL) {
		execvp(argv[1], argv + 1);
		err(errno == ENOENT ? 127 : 126, "%s", argv[1]);
	}
	shell = getenv("SHELL");
	if (shell == NULL || *shell == '\0')
		shell = __DECONST(char *, _PATH_BSHELL);
	execlp(shell, shell, "-i", (char *)NULL);
	err(1, "%s", shell);
usage:
	fprintf(stderr, "usage: chroot [-g group] [-G group,group,...] "
	    "[-u user] newroot [command]\n");
	return (1);
}
