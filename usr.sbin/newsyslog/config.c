/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The configuration of newsyslog(8); see newsyslog.h.
 */
#include <sys/param.h>

#include <ctype.h>
#include <err.h>
#include <glob.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "newsyslog.h"

#define MAX_DEPTH	8

static struct log *logs, **last = &logs;

static int
parse_owner(char *text, struct log *l)
{
	char *colon = strchr(text, ':'), *end;
	struct passwd *pw;
	struct group *gr;

	*colon++ = '\0';
	if (*text != '\0') {
		pw = getpwnam(text);
		l->uid = pw != NULL ? pw->pw_uid :
		    (uid_t)strtoul(text, &end, 10);
		if (pw == NULL && *end != '\0')
			return (0);
	}
	if (*colon != '\0') {
		gr = getgrnam(colon);
		l->gid = gr != NULL ? gr->gr_gid :
		    (gid_t)strtoul(colon, &end, 10);
		if (gr == NULL && *end != '\0')
			return (0);
	}
	return (1);
}

static int
two_digits(const char **s)
{
	int n;

	if (!isdigit((unsigned char)(*s)[0]) ||
	    !isdigit((unsigned char)(*s)[1]))
		return (-1);
	n = ((*s)[0] - '0') * 10 + (*s)[1] - '0';
	*s += 2;
	return (n);
}

/*
 * "@[[[[CC]YY]MM]DD][T[hh[mm[ss]]]]": fields that are left out are today's,
 * times 0.  In at, -1 stands for "today's".
 */
static int
parse_iso(const char *s, struct tm *at)
{
	int v[4], n = 0, i, *to[3];

	at->tm_year = at->tm_mon = at->tm_mday = -1;
	at->tm_hour = at->tm_min = at->tm_sec = 0;
	while (*s != '\0' && *s != 'T') {
		if (n == 4 || (v[n++] = two_digits(&s)) < 0)
			return (0);
	}
	if (n > 0)
		at->tm_mday = v[n - 1];
	if (n > 1)
		at->tm_mon = v[n - 2] - 1;
	if (n == 3)
		at->tm_year = v[0] + (v[0] < 70 ? 100 : 0);
	else if (n == 4)
		at->tm_year = v[0] * 100 + v[1] - 1900;
	if (*s == '\0')
		return (1);
	s++;
	to[0] = &at->tm_hour;
	to[1] = &at->tm_min;
	to[2] = &at->tm_sec;
	for (i = 0; *s != '\0'; i++) {
		if (i == 3 || (*to[i] = two_digits(&s)) < 0)
			return (0);
	}
	return (at->tm_hour < 25 && at->tm_min < 60);
}

/*
 * "$D[hh]", "$Ww[Dhh]", "$Mdd[Dhh]" (dd may be L for the last day): hour
 * of day, day of week or of month.  Kept as tm_wday >= 0 or tm_mday; tm_mday
 * 99 is the last day.
 */
static int
parse_period(const char *s, struct tm *at)
{
	char *end;

	at->tm_year = at->tm_mon = -1;
	at->tm_mday = at->tm_wday = -1;
	at->tm_hour = at->tm_min = at->tm_sec = 0;
	for (; *s != '\0'; s = end) {
		if (*s == 'M' && (s[1] == 'L' || s[1] == 'l')) {
			at->tm_mday = 99;
			end = __DECONST(char *, s + 2);
			continue;
		}
		switch (*s) {
		case 'D':
			at->tm_hour = (int)strtol(s + 1, &end, 10);
			if (at->tm_hour < 0 || at->tm_hour > 23)
				return (0);
			break;
		case 'W':
			at->tm_wday = (int)strtol(s + 1, &end, 10);
			if (at->tm_wday < 0 || at->tm_wday > 6)
				return (0);
			break;
		case 'M':
			at->tm_mday = (int)strtol(s + 1, &end, 10);
			if (at->tm_mday < 1 || at->tm_mday > 31)
				return (0);
			break;
		default:
			return (0);
		}
		if (end == s + 1)
			return (0);
	}
	return (1);
}

time_t
config_moment(const struct log *l, time_t now)
{
	struct tm tm = *localtime(&now), try;
	time_t t;
	int back;

	if (l->when == '@') {
		try = tm;
		try.tm_isdst = -1;
		try.tm_year = l->at.tm_year >= 0 ? l->at.tm_year : tm.tm_year;
		try.tm_mon = l->at.tm_mon >= 0 ? l->at.tm_mon : tm.tm_mon;
		try.tm_mday = l->at.tm_mday >= 0 ? l->at.tm_mday : tm.tm_mday;
		try.tm_hour = l->at.tm_hour;
		try.tm_min = l->at.tm_min;
		try.tm_sec = l->at.tm_sec;
		t = mktime(&try);
		return (t <= now ? t : -1);
	}
	/* Back, day by day, to the first that fits. */
	for (back = 0; back < 62; back++) {
		try = tm;
		try.tm_isdst = -1;
		try.tm_mday -= back;
		try.tm_hour = l->at.tm_hour;
		try.tm_min = try.tm_sec = 0;
		t = mktime(&try);
		if (t > now)
			continue;
		if (l->at.tm_wday >= 0 && try.tm_wday != l->at.tm_wday)
			continue;
		if (l->at.tm_mday == 99) {
			struct tm next = try;

			next.tm_mday++;
			mktime(&next);
			if (next.tm_mday != 1)
				continue;
		} else if (l->at.tm_mday >= 0 &&
		    try.tm_mday != l->at.tm_mday)
			continue;
		return (t);
	}
	return (-1);
}

static int
parse_flags(const char *s, struct log *l)
{
	static const char letters[] = "BCDGNPRTU";
	const char *at;

	for (; *s != '\0'; s++) {
		int c = toupper((unsigned char)*s);

		at = strchr(letters, c);
		if (at != NULL)
			l->flags |= 1 << (at - letters);
		else if (c == 'Z' || c == 'J' || c == 'X')
			l->compress = (char)c;
		else if (c != '-' && c != 'W')
			return (0);
	}
	return (1);
}

static int
parse_signal(const char *s)
{
	int i;

	if (isdigit((unsigned char)*s))
		return (atoi(s));
	if (strncasecmp(s, "SIG", 3) == 0)
		s += 3;
	for (i = 1; i < sys_nsig; i++) {
		if (strcasecmp(s, sys_signame[i]) == 0)
			return (i);
	}
	return (-1);
}

/* The last two fields, in whichever order their kind says. */
static int
parse_rest(char *word, struct log *l)
{
	if (*word == '/' || ((l->flags & LOG_COMMAND) != 0 &&
	    l->pidfile == NULL)) {
		l->pidfile = strdup(word);
		return (1);
	}
	l->signo = parse_signal(word);
	return (l->signo > 0);
}

static const char *
parse_line(char **words, int n, struct log *l)
{
	int i = 1;
	char *end;

	l->uid = (uid_t)-1;
	l->gid = (gid_t)-1;
	l->size = l->hours = -1;
	l->signo = SIGHUP;
	l->path = strdup(words[0]);
	if (i < n && strchr(words[i], ':') != NULL &&
	    !parse_owner(words[i++], l))
		return ("unknown owner or group");
	if (n - i < 4)
		return ("missing fields");
	l->mode = (mode_t)strtol(words[i], &end, 8);
	if (*end != '\0' || l->mode > 07777)
		return ("bad permissions");
	l->count = (int)strtol(words[i + 1], &end, 10);
	if (*end != '\0' || l->count < 0)
		return ("bad count");
	if (strcmp(words[i + 2], "*") != 0) {
		l->size = strtol(words[i + 2], &end, 10);
		if (*end != '\0')
			return ("bad size");
	}
	if (strcmp(words[i + 3], "*") != 0) {
		if (isdigit((unsigned char)words[i + 3][0])) {
			l->hours = (int)strtol(words[i + 3], &end, 10);
			words[i + 3] = end;
		}
		if (*words[i + 3] != '\0') {
			l->when = *words[i + 3];
			if (l->when == '@' ?
			    !parse_iso(words[i + 3] + 1, &l->at) :
			    l->when != '$' ||
			    !parse_period(words[i + 3] + 1, &l->at))
				return ("bad time");
		}
	}
	i += 4;
	if (i < n && *words[i] != '/' && !parse_flags(words[i++], l))
		return ("bad flags");
	for (; i < n; i++) {
		if (!parse_rest(words[i], l))
			return ("bad pid file or signal");
	}
	return (NULL);
}

static void
add_log(const struct log *l, const char *path)
{
	struct log *copy = malloc(sizeof(*copy));

	if (copy == NULL)
		err(1, NULL);
	*copy = *l;
	copy->path = strdup(path);
	copy->next = NULL;
	*last = copy;
	last = &copy->next;
}

static void	read_file(const char *path, int depth, int must);

static void
include(const char *pattern, int depth)
{
	glob_t g;
	size_t i;

	if (depth >= MAX_DEPTH) {
		warnx("%s: included too deeply", pattern);
		return;
	}
	if (glob(pattern, GLOB_NOCHECK, NULL, &g) != 0)
		return;
	for (i = 0; i < (size_t)g.gl_pathc; i++)
		read_file(g.gl_pathv[i], depth + 1, 0);
	globfree(&g);
}

static void
read_file(const char *path, int depth, int must)
{
	char *line = NULL, *rest, *word, *words[16];
	FILE *f = fopen(path, "r");
	size_t room = 0, i;
	const char *why;
	int n, number = 0;
	struct log l;
	glob_t g;

	if (f == NULL) {
		if (must)
			err(1, "%s", path);
		return;
	}
	while (getline(&line, &room, f) > 0) {
		number++;
		line[strcspn(line, "#\n")] = '\0';
		rest = line;
		n = 0;
		while (n < (int)nitems(words) &&
		    (word = strsep(&rest, " \t")) != NULL) {
			if (*word != '\0')
				words[n++] = word;
		}
		if (n == 0)
			continue;
		if (strcasecmp(words[0], "<include>") == 0 && n == 2) {
			include(words[1], depth);
			continue;
		}
		memset(&l, 0, sizeof(l));
		why = parse_line(words, n, &l);
		if (why != NULL) {
			warnx("%s:%d: %s", path, number, why);
			continue;
		}
		if ((l.flags & LOG_GLOB) == 0) {
			add_log(&l, l.path);
			continue;
		}
		if (glob(l.path, 0, NULL, &g) == 0) {
			for (i = 0; i < (size_t)g.gl_pathc; i++)
				add_log(&l, g.gl_pathv[i]);
			globfree(&g);
		}
	}
	free(line);
	fclose(f);
}

struct log *
config_read(const char *path)
{
	logs = NULL;
	last = &logs;
	read_file(path, 0, 1);
	return (logs);
}
