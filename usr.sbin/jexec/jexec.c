/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jexec - run a command in an existing jail
 *
 * usage: jexec [-u user | -U user] jid command [argument ...]
 */
#include <sys/types.h>
#include <sys/jail.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: jexec [-u user | -U user] jid command "
	    "[argument ...]\n");
	exit(EX_USAGE);
}

static struct passwd *
lookup(const char *user)
{
	struct passwd *pw = getpwnam(user);

	if (pw == NULL)
		errx(EX_NOUSER, "%s: no such user", user);
	return (pw);
}

int
main(int argc, char **argv)
{
	const char *inside = NULL, *outside = NULL;
	struct passwd *pw = NULL;
	char *end;
	long id;
	int ch;

	while ((ch = getopt(argc, argv, "+u:U:")) != -1) {
		switch (ch) {
		case 'u':
			outside = optarg;
			break;
		case 'U':
			inside = optarg;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 2 || (inside != NULL && outside != NULL))
		usage();
	errno = 0;
	id = strtol(argv[0], &end, 10);
	if (errno != 0 || *argv[0] == '\0' || *end != '\0' || id <= 0)
		errx(EX_USAGE, "%s: not a jail", argv[0]);
	if (outside != NULL)
		pw = lookup(outside);
	if (jail_attach((int)id) != 0)
		err(1, "%ld", id);
	if (inside != NULL)
		pw = lookup(inside);
	if (pw != NULL && (initgroups(pw->pw_name, pw->pw_gid) != 0 ||
	    setgid(pw->pw_gid) != 0 || setuid(pw->pw_uid) != 0))
		err(1, "%s", pw->pw_name);
	execvp(argv[1], argv + 1);
	err(1, "%s", argv[1]);
}
