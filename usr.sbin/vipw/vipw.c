/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vipw - edits the password file
 *
 * usage: vipw [-d directory]
 *
 * A copy of master.passwd is edited while the file is locked; pwd_mkdb(8)
 * checks and installs it.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <err.h>
#include <libutil.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

/* Whether to go on editing after an error. */
static int
again(void)
{
	char answer[16];

	printf("re-edit the password file? [y]: ");
	fflush(stdout);
	return (fgets(answer, sizeof(answer), stdin) != NULL &&
	    answer[0] != 'n' && answer[0] != 'N');
}

int
main(int argc, char **argv)
{
	const char *dir = NULL;
	int c, from, r;

	while ((c = getopt(argc, argv, "d:")) != -1) {
		if (c == 'd') {
			dir = optarg;
			continue;
		}
		fprintf(stderr, "usage: vipw [-d directory]\n");
		return (EX_USAGE);
	}
	if (argc != optind) {
		fprintf(stderr, "usage: vipw [-d directory]\n");
		return (EX_USAGE);
	}
	if (pw_init(dir, NULL) != 0 || (from = pw_lock()) < 0 ||
	    pw_tmp(from) < 0) {
		pw_fini();
		err(EX_NOINPUT, "%s", dir != NULL ? dir : _PATH_MASTERPASSWD);
	}
	do {
		r = pw_edit(0);
		if (r == 0) {
			pw_fini();
			warnx("no changes made");
			return (0);
		}
		if (r < 0)
			warn("%s", pw_tempname());
		else if (pw_mkdb(NULL) == 0) {
			warnx("password list updated");
			pw_fini();
			return (0);
		}
	} while (again());
	pw_fini();
	errx(1, "password file unchanged");
}
