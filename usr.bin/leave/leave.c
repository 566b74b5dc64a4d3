/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leave - remind the user when it is time to go
 *
 * usage: leave [[+]hhmm]
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MINUTE	60

/* Seconds until "hhmm", on a clock of 12 hours if that comes first. */
static long
until(const char *text)
{
	int relative = *text == '+', hours, minutes;
	time_t now = time(NULL);
	struct tm *tm = localtime(&now);
	long n, left;

	text += relative;
	if (*text == '\0' || strspn(text, "0123456789") != strlen(text))
		return (-1);
	n = strtol(text, NULL, 10);
	hours = (int)(n / 100);
	minutes = (int)(n % 100);
	if (minutes > 59)
		return (-1);
	if (relative)
		return (hours * 3600L + minutes * 60);
	if (hours > 23)
		return (-1);
	left = (hours * 60L + minutes - (tm->tm_hour * 60 + tm->tm_min)) *
	    MINUTE - tm->tm_sec;
	if (hours < 13) {		/* the next time the clock says so */
		while (left <= 0)
			left += 12 * 3600;
		while (left > 12 * 3600)
			left -= 12 * 3600;
	} else if (left <= 0)
		left += 24 * 3600;
	return (left);
}

static void
say(const char *text)
{
	printf("\a%s\n", text);
	if (fflush(stdout) != 0)
		exit(0);
}

/* Minutes before, at, and after: ten times. */
static void
remind(time_t when)
{
	static const int before[] = { 5 * MINUTE, MINUTE, 0 };
	static const char *const texts[] = { "You have to leave soon.",
	    "Just one more minute!", "Time to leave!" };
	time_t at;
	int i;

	for (i = 0; i < 3; i++) {
		at = when - before[i];
		if (at < time(NULL) && i < 2)
			continue;
		while (time(NULL) < at)
			sleep((unsigned int)(at - time(NULL)));
		say(texts[i]);
	}
	for (i = 0; i < 10; i++) {
		sleep(MINUTE);
		say("You're going to be late!");
	}
	say("That was the last time I'll tell you.  Bye.");
}

int
main(int argc, char **argv)
{
	char line[64];
	long seconds;
	time_t when;
	pid_t pid;

	if (getopt(argc, argv, "") != -1 || argc - optind > 1)
		goto usage;
	if (argv[optind] != NULL) {
		seconds = until(argv[optind]);
	} else {
		printf("When do you have to leave? ");
		fflush(stdout);
		if (fgets(line, sizeof(line), stdin) == NULL || *line == '\n')
			return (0);
		line[strcspn(line, "\n")] = '\0';
		seconds = until(line);
	}
	if (seconds < 0)
		goto usage;
	when = time(NULL) + seconds;
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid > 0) {
		printf("Alarm set for %.16s. (pid %d)\n", ctime(&when),
		    (int)pid);
		return (0);
	}
	remind(when);
	return (0);
usage:
	fprintf(stderr, "usage: leave [[+]hhmm]\n");
	return (1);
}
