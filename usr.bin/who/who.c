/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * who - who is logged in
 *
 * usage: who [-abHmqTu] [am i] [file]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <paths.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

static int show_state, show_idle, show_boot, count_only, heading;
static const char *own_line;

static void
usage(void)
{
	fprintf(stderr, "usage: who [-abHmqTu] [am i] [file]\n");
	exit(1);
}

static void
print_idle(const struct stat *st)
{
	time_t idle = time(NULL) - st->st_atime;

	if (idle < 60)
		printf("  .   ");
	else if (idle < 86400)
		printf("%02jd:%02jd ", (intmax_t)idle / 3600,
		    (intmax_t)idle % 3600 / 60);
	else
		printf(" old  ");
}

static void
print_entry(const struct utmpx *ut)
{
	char path[sizeof(_PATH_DEV) + UTX_LINESIZE];
	time_t when = ut->ut_tv.tv_sec;
	struct stat st;
	int known;

	snprintf(path, sizeof(path), _PATH_DEV "%.*s", UTX_LINESIZE,
	    ut->ut_line);
	known = stat(path, &st) == 0;
	printf("%-*.*s ", 16, UTX_USERSIZE,
	    ut->ut_type == BOOT_TIME ? "" : ut->ut_name);
	if (show_state)
		printf("%c ", ut->ut_type == BOOT_TIME ? ' ' :
		    !known ? '?' : (st.st_mode & S_IWGRP) != 0 ? '+' : '-');
	printf("%-12.*s ", UTX_LINESIZE,
	    ut->ut_type == BOOT_TIME ? BOOT_MSG : ut->ut_line);
	printf("%.12s ", ctime(&when) + 4);
	if (show_idle && ut->ut_type == USER_PROCESS) {
		if (known)
			print_idle(&st);
		else
			printf("  ?   ");
		printf("%6d ", (int)ut->ut_pid);
	}
	if (ut->ut_host[0] != '\0')
		printf("(%.*s)", UTX_HOSTSIZE, ut->ut_host);
	putchar('\n');
}

static int
wanted(const struct utmpx *ut)
{
	if (ut->ut_type == BOOT_TIME)
		return (show_boot);
	if (ut->ut_type != USER_PROCESS || (show_boot == 1))
		return (0);
	return (own_line == NULL ||
	    strncmp(own_line, ut->ut_line, UTX_LINESIZE) == 0);
}

static void
print_all(void)
{
	struct utmpx *ut;
	int n = 0;

	if (heading && !count_only)
		printf("%-16s %s%-12s %-12s%s %s\n", "USER",
		    show_state ? "S " : "", "LINE", "WHEN",
		    show_idle ? " IDLE     PID" : "", "FROM");
	while ((ut = getutxent()) != NULL) {
		if (!wanted(ut))
			continue;
		if (!count_only)
			print_entry(ut);
		else
			printf("%s%.*s", n > 0 ? " " : "", UTX_USERSIZE,
			    ut->ut_name);
		n++;
	}
	if (count_only)
		printf("\n# users = %d\n", n);
	else if (own_line != NULL && n == 0) {
		/* Not a session that was noted: say what is known. */
		struct passwd *pw = getpwuid(getuid());
		struct utmpx self = { .ut_type = USER_PROCESS };

		strlcpy(self.ut_name, pw != NULL ? pw->pw_name : "?",
		    sizeof(self.ut_name));
		strlcpy(self.ut_line, own_line, sizeof(self.ut_line));
		self.ut_tv.tv_sec = time(NULL);
		print_entry(&self);
	}
}

int
main(int argc, char **argv)
{
	char *tty;
	int c, mine = 0;

	while ((c = getopt(argc, argv, "abHmqTu")) != -1) {
		switch (c) {
		case 'a':
			show_state = show_idle = 1;
			show_boot = 2;
			break;
		case 'b': show_boot = 1; break;
		case 'H': heading = 1; break;
		case 'm': mine = 1; break;
		case 'q': count_only = 1; break;
		case 'T': show_state = 1; break;
		case 'u': show_idle = 1; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 2 && strcmp(argv[0], "am") == 0 &&
	    (strcmp(argv[1], "i") == 0 || strcmp(argv[1], "I") == 0)) {
		mine = 1;
	} else if (argc == 1) {
		if (utmpxname(argv[0]) == 0)
			err(1, "%s", argv[0]);
	} else if (argc > 1)
		usage();
	if (mine) {
		tty = ttyname(STDIN_FILENO);
		own_line = tty == NULL ? "tty??" : strncmp(tty, _PATH_DEV,
		    sizeof(_PATH_DEV) - 1) == 0 ?
		    tty + sizeof(_PATH_DEV) - 1 : tty;
	}
	setutxent();
	print_all();
	return (0);
}
