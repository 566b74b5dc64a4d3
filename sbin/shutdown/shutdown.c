/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shutdown - close the system down at a given time
 *
 * usage: shutdown [-hkopr] time [message ...]
 *
 * time is "now", "+minutes" or "hh:mm".  Everyone logged in is warned, with
 * the interval between warnings shrinking as the time comes near; new logins
 * are refused for the last five minutes.  Then init is asked for what the
 * options say: single user mode, reboot (-r), halt (-h) or power off (-p).
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

#define NOLOGIN		"/var/run/nologin"
#define NOLOGIN_TIME	(5 * 60)

static char message[1024];

static void
usage(const char *why)
{
	if (why != NULL)
		warnx("%s", why);
	fprintf(stderr, "usage: shutdown [-hkopr] time [message ...]\n");
	exit(EX_USAGE);
}

/* Seconds until the time given. */
static long
delay_of(const char *when)
{
	unsigned int hour, minute;
	char rest;
	struct tm tm;
	time_t now = time(NULL), then;
	char *end;
	long n;

	if (strcmp(when, "now") == 0)
		return (0);
	if (*when == '+') {
		n = strtol(when + 1, &end, 10);
		if (*end != '\0' || n < 0 || n > 60L * 24 * 366)
			usage("bad number of minutes");
		return (n * 60);
	}
	if (sscanf(when, "%2u:%2u%c", &hour, &minute, &rest) != 2 ||
	    hour > 23 || minute > 59)
		usage("bad time");
	localtime_r(&now, &tm);
	tm.tm_hour = (int)hour;
	tm.tm_min = (int)minute;
	tm.tm_sec = 0;
	then = mktime(&tm);
	if (then < now)
		then += 24 * 60 * 60;
	return ((long)(then - now));
}

static void
write_line(const char *line, const char *text)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s%s", _PATH_DEV, line);
	fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return;
	(void)!write(fd, text, strlen(text));
	close(fd);
}

static void
warn_users(long left)
{
	struct utmpx *ut;
	const char *who = getlogin();
	char text[1400], when[64];

	if (left == 0)
		strlcpy(when, "NOW", sizeof(when));
	else if (left < 60)
		snprintf(when, sizeof(when), "in %ld seconds", left);
	else
		snprintf(when, sizeof(when), "in %ld minute%s",
		    (left + 59) / 60, left > 60 ? "s" : "");
	snprintf(text, sizeof(text),
	    "\r\n\007*** System shutdown message from %s ***\r\n"
	    "\r\nSystem going down %s\r\n%s%s\r\n",
	    who != NULL ? who : "root", when, message,
	    message[0] != '\0' ? "\r\n" : "");
	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type == USER_PROCESS)
			write_line(ut->ut_line, text);
	}
	endutxent();
}

static void
refuse_logins(void)
{
	int fd = open(NOLOGIN, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0)
		return;
	dprintf(fd, "\n\nNO LOGINS: System going down\n%s\n", message);
	close(fd);
}

static void
count_down(long left)
{
	static const long steps[] = { 10 * 3600, 5 * 3600, 2 * 3600, 3600,
	    1800, 900, 600, 300, 120, 60, 30, 0 };
	int refused = 0;
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (left > steps[i]) {
			warn_users(left);
			sleep((unsigned int)(left - steps[i]));
			left = steps[i];
		}
		if (!refused && left <= NOLOGIN_TIME && left > 0) {
			refuse_logins();
			refused = 1;
		}
	}
	warn_users(0);
}

int
main(int argc, char **argv)
{
	int c, i, sig = SIGTERM, pretend = 0;
	long delay;

	while ((c = getopt(argc, argv, "hkopr")) != -1) {
		switch (c) {
		case 'h':
			sig = SIGUSR1;
			break;
		case 'k':
			pretend = 1;
			break;
		case 'o':
			break;
		case 'p':
			sig = SIGUSR2;
			break;
		case 'r':
			sig = SIGINT;
			break;
		default:
			usage(NULL);
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1)
		usage(NULL);
	if (geteuid() != 0)
		errx(EX_NOPERM, "NOT super-user");
	delay = delay_of(argv[0]);
	for (i = 1; i < argc; i++) {
		if (i > 1)
			strlcat(message, " ", sizeof(message));
		strlcat(message, argv[i], sizeof(message));
	}
	openlog("shutdown", LOG_CONS, LOG_AUTH);
	if (delay > 0) {
		time_t then = time(NULL) + delay;

		printf("Shutdown at %.24s.\n", ctime(&then));
		fflush(stdout);
		if (daemon(0, 1) < 0)
			err(EX_OSERR, "daemon");
	}
	count_down(delay);
	syslog(LOG_NOTICE, "%s by uid %d: %s", sig == SIGINT ? "reboot" :
	    sig == SIGUSR1 ? "halt" : sig == SIGUSR2 ? "power-down" :
	    "shutdown", (int)getuid(), message);
	if (pretend)
		return (0);
	if (kill(1, sig) < 0)
		err(EX_OSERR, "init");
	return (0);
}
