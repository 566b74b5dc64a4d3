/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * write - send lines to another user's terminal
 *
 * usage: write user [tty]
 *
 * Installed set-group-id tty, the group that may write to terminals.
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

#include "ttymsg.h"

static char target[UTX_LINESIZE + 1];

static const char *
line_name(const char *path)
{
	return (strncmp(path, _PATH_DEV, sizeof(_PATH_DEV) - 1) == 0 ?
	    path + sizeof(_PATH_DEV) - 1 : path);
}

/* Whether the terminal takes messages, and when it was last typed on. */
static int
takes_messages(const char *line, time_t *used, int complain)
{
	char path[MAXPATHLEN];
	struct stat st;

	snprintf(path, sizeof(path), _PATH_DEV "%s", line);
	if (stat(path, &st) != 0) {
		if (complain)
			err(1, "%s", path);
		return (0);
	}
	*used = st.st_atime;
	return ((st.st_mode & S_IWGRP) != 0);
}

static int
logged_in(const char *user, const char *tty)
{
	struct utmpx *ut;
	int found = 0;

	setutxent();
	while (!found && (ut = getutxent()) != NULL)
		found = ut->ut_type == USER_PROCESS &&
		    strncmp(user, ut->ut_name, UTX_USERSIZE) == 0 &&
		    (tty == NULL ||
		    strncmp(tty, ut->ut_line, UTX_LINESIZE) == 0);
	endutxent();
	return (found);
}

/* Of the user's terminals, the one last used that is not our own. */
static void
choose_terminal(const char *user, const char *own)
{
	int sessions = 0, open = 0, self = 0;
	time_t used, best = 0;
	char line[UTX_LINESIZE + 1];
	struct utmpx *ut;

	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type != USER_PROCESS ||
		    strncmp(user, ut->ut_name, UTX_USERSIZE) != 0)
			continue;
		sessions++;
		snprintf(line, sizeof(line), "%.*s", UTX_LINESIZE,
		    ut->ut_line);
		if (!takes_messages(line, &used, 0) && getuid() != 0)
			continue;
		if (strcmp(line, own) == 0) {
			self = 1;
			continue;
		}
		if (open++ == 0 || used > best) {
			best = used;
			strlcpy(target, line, sizeof(target));
		}
	}
	endutxent();
	if (sessions == 0)
		errx(1, "%s is not logged in", user);
	if (open == 0 && self)
		strlcpy(target, own, sizeof(target));
	else if (open == 0)
		errx(1, "%s has messages disabled", user);
	else if (open > 1)
		warnx("%s is logged in more than once; writing to %s", user,
		    target);
}

static void
transmit(const char *text)
{
	const char *why = ttymsg_send(target, text, strlen(text));

	if (why != NULL)
		errx(1, "%s", why);
}

static void
done(int sig)
{
	ttymsg_send(target, "EOF\r\n", 5);
	_exit(0);
}

static void
converse(const char *own)
{
	char host[MAXHOSTNAMELEN], *line = NULL, *text;
	struct passwd *pw = getpwuid(getuid());
	const char *who = getlogin();
	time_t now = time(NULL);
	size_t room = 0;

	if (who == NULL)
		who = pw != NULL ? pw->pw_name : "???";
	gethostname(host, sizeof(host));
	if (asprintf(&text, "\r\n\a\a\aMessage from %s@%s on %s at %.5s "
	    "...\r\n", who, host, own, ctime(&now) + 11) < 0)
		err(1, NULL);
	transmit(text);
	free(text);
	signal(SIGINT, done);
	signal(SIGHUP, done);
	while (getline(&line, &room, stdin) > 0) {
		text = ttymsg_clean(line, 0);
		if (text == NULL)
			err(1, NULL);
		transmit(text);
		free(text);
	}
	done(0);
}

int
main(int argc, char **argv)
{
	const char *own = NULL, *tty;
	time_t used;
	int fd;

	if (getopt(argc, argv, "") != -1 || argc - optind < 1 ||
	    argc - optind > 2) {
		fprintf(stderr, "usage: write user [tty]\n");
		return (1);
	}
	argv += optind;
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO && own == NULL; fd++)
		own = ttyname(fd);
	if (own == NULL)
		errx(1, "can't find your tty's name");
	own = line_name(own);
	if (!takes_messages(own, &used, 1))
		warnx("you have write permission turned off: "
		    "no reply possible");
	if (argv[1] == NULL) {
		choose_terminal(argv[0], own);
	} else {
		tty = line_name(argv[1]);
		if (!logged_in(argv[0], tty))
			errx(1, "%s is not logged in on %s", argv[0], tty);
		if (!takes_messages(tty, &used, 1) && getuid() != 0)
			errx(1, "%s has messages disabled on %s", argv[0],
			    tty);
		strlcpy(target, tty, sizeof(target));
	}
	converse(own);
	return (0);
}
