/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * last - sessions of the past
 *
 * usage: last [-n number] [-f file] [-h host] [-t tty] [user ...]
 *
 * The log of logins is read from its end: what ends a session is met before
 * its beginning.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

/* A terminal, and when what happened later on it began. */
struct line {
	struct line *next;
	char	name[UTX_LINESIZE];
	time_t	end;
};

static struct line *lines;
static struct utmpx *log_;
static size_t nlog;
static const char *host, *tty;
static char **users;

/* Appends all records of the file. */
static void
read_log(const char *path)
{
	struct utmpx *ut;
	size_t room = 0;

	if (access(path, R_OK) != 0)
		err(1, "%s", path);
	if (utmpxname(path) == 0)
		errx(1, "%s: not a log of logins", path);
	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (nlog == room) {
			room = room > 0 ? room * 2 : 64;
			log_ = reallocarray(log_, room, sizeof(*log_));
			if (log_ == NULL)
				err(1, NULL);
		}
		log_[nlog++] = *ut;
	}
	endutxent();
}

static struct line *
find_line(const char *name)
{
	struct line *l;

	for (l = lines; l != NULL; l = l->next) {
		if (strncmp(l->name, name, UTX_LINESIZE) == 0)
			return (l);
	}
	l = calloc(1, sizeof(*l));
	if (l == NULL)
		err(1, NULL);
	memcpy(l->name, name, UTX_LINESIZE);
	l->next = lines;
	lines = l;
	return (l);
}

static int
wanted(const char *name, const struct utmpx *ut)
{
	char **u;
	int found = *users == NULL;

	for (u = users; *u != NULL && !found; u++)
		found = strncmp(*u, name, UTX_USERSIZE) == 0;
	return (found &&
	    (tty == NULL || strncmp(tty, ut->ut_line, UTX_LINESIZE) == 0) &&
	    (host == NULL || strncmp(host, ut->ut_host, UTX_HOSTSIZE) == 0));
}

static void
print_start(const char *name, const char *line, const struct utmpx *ut)
{
	time_t t = ut->ut_tv.tv_sec;

	printf("%-12.*s %-12.*s %-20.*s %.16s", UTX_USERSIZE, name,
	    UTX_LINESIZE, line, UTX_HOSTSIZE, ut->ut_host, ctime(&t));
}

static void
print_end(time_t start, time_t end, const char *how)
{
	time_t d = end - start;

	if (how != NULL)
		printf(" - %s", how);
	else
		printf(" - %.5s", ctime(&end) + 11);
	if (d < 0)
		d = 0;
	if (d < 86400)
		printf("  (%02jd:%02jd)\n", (intmax_t)d / 3600,
		    (intmax_t)d % 3600 / 60);
	else
		printf("  (%jd+%02jd:%02jd)\n", (intmax_t)d / 86400,
		    (intmax_t)d % 86400 / 3600, (intmax_t)d % 3600 / 60);
}

/* Prints up to limit sessions, youngest first. */
static void
print_log(long limit)
{
	const char *down = NULL;	/* how everything ended, if it did */
	const struct utmpx *ut;
	time_t down_time = 0;
	struct line *l;
	size_t i;

	for (i = nlog; i-- > 0 && limit != 0;) {
		ut = &log_[i];
		switch (ut->ut_type) {
		case BOOT_TIME:
		case DOWN_TIME:
			down = ut->ut_type == BOOT_TIME ? "crash" : "shutdown";
			down_time = ut->ut_tv.tv_sec;
			for (l = lines; l != NULL; l = l->next)
				l->end = 0;
			if (!wanted(ut->ut_type == BOOT_TIME ? "reboot" :
			    "shutdown", ut))
				break;
			print_start(ut->ut_type == BOOT_TIME ? "reboot" :
			    "shutdown", "~", ut);
			putchar('\n');
			limit--;
			break;
		case DEAD_PROCESS:
			find_line(ut->ut_line)->end = ut->ut_tv.tv_sec;
			break;
		case USER_PROCESS:
			l = find_line(ut->ut_line);
			if (wanted(ut->ut_name, ut)) {
				print_start(ut->ut_name, ut->ut_line, ut);
				if (l->end != 0)
					print_end(ut->ut_tv.tv_sec, l->end,
					    NULL);
				else if (down != NULL)
					print_end(ut->ut_tv.tv_sec, down_time,
					    down);
				else
					printf("   still logged in\n");
				limit--;
			}
			l->end = ut->ut_tv.tv_sec;
			break;
		}
	}
}

int
main(int argc, char **argv)
{
	const char *file = _PATH_WTMPX;
	long limit = -1;
	time_t begin;
	char *end;
	int c;

	while ((c = getopt(argc, argv, "0123456789f:h:n:t:")) != -1) {
		switch (c) {
		case 'f': file = optarg; break;
		case 'h': host = optarg; break;
		case 't':
			tty = strcmp(optarg, "console") != 0 &&
			    strlen(optarg) < 3 ? strcat(strcpy(malloc(8),
			    "tty"), optarg) : optarg;
			break;
		case 'n':
			limit = strtol(optarg, &end, 10);
			if (end == optarg || *end != '\0' || limit < 0)
				errx(1, "illegal number: %s", optarg);
			break;
		case '?':
			fprintf(stderr, "usage: last [-n number] [-f file] "
			    "[-h host] [-t tty] [user ...]\n");
			return (1);
		default:
			limit = (limit > 0 ? limit * 10 : 0) + c - '0';
			break;
		}
	}
	users = argv + optind;
	read_log(file);
	print_log(limit);
	if (limit != 0) {
		begin = nlog > 0 ? log_[0].ut_tv.tv_sec : time(NULL);
		printf("\nwtmpx begins %s", ctime(&begin));
	}
	return (0);
}
