/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shutdown - close the system down at a given time
 *
 * usage: shutdown [-h | -p | -r | -k] [-o [-n]] time [message ...]
 *        poweroff
 *
 * time is "now", "+minutes" or "hh:mm".  Everyone logged in is warned through
 * wall(1), with the interval between warnings shrinking as the time comes
 * near; new logins are refused for the last five minutes.  Then init is asked
 * for what the options say: single user mode, reboot (-r), halt (-h) or power
 * off (-p).  The texts are those of doc/reference/userland/tools-output.md.
 */
#include <sys/param.h>

#include <ctype.h>
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
#include <strings.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define NOLOGIN		"/var/run/nologin"
#define NOLOGIN_TIME	(5 * 60)
#define WALL		"/usr/bin/wall"
#define HOUR		3600
#define MINUTE		60

enum action { SINGLE, HALT, POWER, REBOOT, PRETEND };

static enum action action;
static char message[1024];
static const char *who;
static time_t when;			/* that it happens */
static int directly, no_sync;		/* -o, -n */

static void __dead2
usage(const char *why)
{
	if (why != NULL)
		warnx("%s", why);
	fprintf(stderr, "usage: shutdown [-h | -p | -r | -k] [-o [-n]] time "
	    "[warning-message ...]\n       poweroff\n");
	exit(EX_USAGE);
}

static int
two_digits(const char *p)
{
	return ((p[0] - '0') * 10 + p[1] - '0');
}

/* "now", "+minutes", "hh:mm" or "[[[[cc]yy]mm]dd]hhmm". */
static time_t
parse_time(const char *text)
{
	time_t now = time(NULL), t;
	struct tm tm = *localtime(&now);
	size_t len = strlen(text);
	char *end;
	long n;

	if (strcasecmp(text, "now") == 0)
		return (now);
	if (*text == '+') {
		n = strtol(text + 1, &end, 10);
		if (!isdigit((unsigned char)text[1]) || *end != '\0' ||
		    n > 60L * 24 * 366)
			usage("bad time format");
		return (now + n * MINUTE);
	}
	tm.tm_sec = 0;
	tm.tm_isdst = -1;
	if (len == 5 && text[2] == ':') {
		char flat[5] = { text[0], text[1], text[3], text[4], 0 };

		if (strspn(flat, "0123456789") != 4)
			usage("bad time format");
		tm.tm_hour = two_digits(flat);
		tm.tm_min = two_digits(flat + 2);
		t = mktime(&tm);
		if (t <= now) {			/* of tomorrow */
			tm.tm_mday++;
			t = mktime(&tm);
		}
	} else {
		if (strspn(text, "0123456789") != len || len % 2 != 0 ||
		    len < 4 || len > 12)
			usage("bad time format");
		end = __DECONST(char *, text) + len;
		tm.tm_min = two_digits(end - 2);
		tm.tm_hour = two_digits(end - 4);
		if (len >= 6)
			tm.tm_mday = two_digits(end - 6);
		if (len >= 8)
			tm.tm_mon = two_digits(end - 8) - 1;
		if (len >= 10)
			tm.tm_year = two_digits(end - 10) + 100;
		if (len == 12)
			tm.tm_year = two_digits(text) * 100 - 1900 +
			    two_digits(text + 2);
		t = mktime(&tm);
	}
	if (tm.tm_hour > 23 || tm.tm_min > 59 || t == -1)
		usage("bad time format");
	if (t < now)
		errx(EX_USAGE, "that time is already past.");
	return (t);
}

/* What is left until then, in words. */
static void
put_delay(FILE *f, long left)
{
	if (left > 10 * MINUTE)
		fprintf(f, "System going down at %5.5s\n\n",
		    ctime(&when) + 11);
	else if (left > 59)
		fprintf(f, "System going down in %ld minute%s\n\n",
		    left / MINUTE, left >= 2 * MINUTE ? "s" : "");
	else if (left > 0)
		fprintf(f, "System going down in %s30 seconds\n\n",
		    left < 30 ? "less than " : "");
	else
		fprintf(f, "System going down IMMEDIATELY\n\n");
}

static void
warn_users(long left)
{
	char host[MAXHOSTNAMELEN];
	FILE *f = popen(WALL " -n", "w");

	if (f == NULL) {
		syslog(LOG_ERR, "can't run %s: %m", WALL);
		return;
	}
	gethostname(host, sizeof(host));
	fprintf(f, "\007*** %sSystem shutdown message from %s@%s ***\007\n",
	    left > 0 ? "" : "FINAL ", who, host);
	put_delay(f, left);
	if (message[0] != '\0')
		fprintf(f, "%s\n", message);
	pclose(f);
}

static void
refuse_logins(void)
{
	int fd;

	unlink(NOLOGIN);
	fd = open(NOLOGIN, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd < 0)
		return;
	dprintf(fd, "\n\nNO LOGINS: System going down at %5.5s\n\n%s",
	    ctime(&when) + 11, message);
	close(fd);
}

static void
count_down(void)
{
	static const long steps[] = { 10 * HOUR, 5 * HOUR, 2 * HOUR, HOUR,
	    30 * MINUTE, 20 * MINUTE, 10 * MINUTE, 5 * MINUTE, 2 * MINUTE,
	    MINUTE, 30, 0 };
	int refused = 0;
	long left;
	size_t i;

	for (i = 0; i < nitems(steps); i++) {
		left = (long)(when - time(NULL));
		if (left <= steps[i])
			continue;
		/* The first warning comes at once, others at each step. */
		if (!refused && left <= NOLOGIN_TIME) {
			refuse_logins();
			refused = 1;
		}
		warn_users(left);
		while ((left = (long)(when - time(NULL)) - steps[i]) > 0)
			sleep((unsigned int)left);
		if (!refused && steps[i] <= NOLOGIN_TIME && steps[i] > 0) {
			refuse_logins();
			refused = 1;
		}
	}
	warn_users(0);
}

/* Ends a countdown: logins are possible again. */
static void
on_term(int sig)
{
	unlink(NOLOGIN);
	_exit(0);
}

static void
act(void)
{
	static const int signals[] = { [SINGLE] = SIGTERM, [HALT] = SIGUSR1,
	    [POWER] = SIGUSR2, [REBOOT] = SIGINT };
	static const char *const names[] = { [SINGLE] = "shutdown",
	    [HALT] = "halt", [POWER] = "power-down", [REBOOT] = "reboot",
	    [PRETEND] = "shutdown" };
	const char *program;

	syslog(LOG_NOTICE, "%s by %s: %s", names[action], who, message);
	printf("\r\nSystem shutdown time has arrived\007\007\r\n");
	fflush(stdout);
	if (action == PRETEND) {
		/* Logins stay refused, for whoever asked to do the rest. */
		refuse_logins();
		printf("but you'll have to do it yourself\r\n");
		return;
	}
	if (directly && action != SINGLE) {
		program = action == REBOOT ? "/sbin/reboot" : "/sbin/halt";
		execl(program, program + 6, "-l", action == POWER ? "-p" :
		    no_sync ? "-n" : (char *)NULL, action == POWER && no_sync ?
		    "-n" : (char *)NULL, (char *)NULL);
		syslog(LOG_ERR, "can't exec %s: %m", program);
	}
	if (kill(1, signals[action]) != 0)
		err(EX_OSERR, "init");
}

static void
set_action(enum action a)
{
	if (action != SINGLE && action != a)
		usage("incompatible switches: only one of -h, -k, -p, -r");
	action = a;
}

static void
options(int argc, char **argv)
{
	int c;

	if (strcmp(getprogname(), "poweroff") == 0) {
		if (getopt(argc, argv, "") != -1 || argc > optind)
			usage(NULL);
		action = POWER;
		when = time(NULL);
		return;
	}
	while ((c = getopt(argc, argv, "hknopr")) != -1) {
		switch (c) {
		case 'h': set_action(HALT); break;
		case 'k': set_action(PRETEND); break;
		case 'n': no_sync = 1; break;
		case 'o': directly = 1; break;
		case 'p': set_action(POWER); break;
		case 'r': set_action(REBOOT); break;
		default: usage(NULL);
		}
	}
	if (no_sync && !directly)
		usage("incompatible switches: -n needs -o");
	argv += optind;
	if (*argv == NULL)
		usage(NULL);
	when = parse_time(*argv++);
	for (; *argv != NULL; argv++) {
		if (message[0] != '\0')
			strlcat(message, " ", sizeof(message));
		strlcat(message, *argv, sizeof(message));
	}
}

int
main(int argc, char **argv)
{
	struct passwd *pw;
	pid_t pid;

	options(argc, argv);
	if (geteuid() != 0)
		errx(EX_NOPERM, "NOT super-user");
	who = getlogin();
	if (who == NULL || *who == '\0') {
		pw = getpwuid(getuid());
		who = pw != NULL ? pw->pw_name : "???";
	}
	openlog("shutdown", LOG_CONS, LOG_AUTH);
	if (when > time(NULL)) {
		printf("Shutdown at %.24s.\n", ctime(&when));
		fflush(stdout);
		/* The countdown goes on when the terminal is left. */
		pid = fork();
		if (pid < 0)
			err(EX_OSERR, "fork");
		if (pid > 0) {
			printf("shutdown: [pid %d]\n", (int)pid);
			return (0);
		}
		setsid();
		signal(SIGHUP, SIG_IGN);
		signal(SIGTERM, on_term);
		signal(SIGINT, on_term);
		count_down();
	} else {
		printf("Shutdown NOW!\n");
		fflush(stdout);
		warn_users(0);
	}
	act();
	return (0);
}
