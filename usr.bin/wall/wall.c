/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wall - a message to all users
 *
 * usage: wall [-n] [-g group] [file]
 *
 * Installed set-group-id tty, the group that may write to terminals.
 */
#include <sys/param.h>
#include <sys/types.h>

#include <err.h>
#include <grp.h>
#include <paths.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

#include "ttymsg.h"

#define MAXMESSAGE	65536

static struct group **groups;
static size_t ngroups;

static void
add_group(const char *name)
{
	struct group *gr = getgrnam(name), *copy;
	size_t n = 0, i;

	if (gr == NULL)
		errx(1, "%s: unknown group", name);
	while (gr->gr_mem[n] != NULL)
		n++;
	copy = calloc(1, sizeof(*copy));
	groups = reallocarray(groups, ngroups + 1, sizeof(*groups));
	if (copy == NULL || groups == NULL ||
	    (copy->gr_mem = calloc(n + 1, sizeof(char *))) == NULL)
		err(1, NULL);
	copy->gr_gid = gr->gr_gid;
	for (i = 0; i < n; i++)
		copy->gr_mem[i] = strdup(gr->gr_mem[i]);
	groups[ngroups++] = copy;
}

static int
in_groups(const char *user)
{
	struct passwd *pw;
	size_t i;
	char **m;

	if (ngroups == 0)
		return (1);
	pw = getpwnam(user);
	if (pw == NULL)
		return (0);
	for (i = 0; i < ngroups; i++) {
		if (pw->pw_gid == groups[i]->gr_gid)
			return (1);
		for (m = groups[i]->gr_mem; *m != NULL; m++) {
			if (strcmp(*m, user) == 0)
				return (1);
		}
	}
	return (0);
}

static char *
banner(void)
{
	char host[MAXHOSTNAMELEN], *text;
	const char *who = getlogin(), *tty = ttyname(STDERR_FILENO);
	struct passwd *pw = getpwuid(getuid());
	time_t now = time(NULL);
	struct tm *tm = localtime(&now);

	if (who == NULL)
		who = pw != NULL ? pw->pw_name : "???";
	gethostname(host, sizeof(host));
	if (asprintf(&text, "\n\aBroadcast Message from %s@%s\a\n"
	    "        (%s) at %d:%02d %s...\n\n", who, host,
	    tty != NULL ? tty : "no tty", tm->tm_hour, tm->tm_min,
	    tm->tm_zone) < 0)
		err(1, NULL);
	return (text);
}

static char *
message(const char *file, int with_banner)
{
	char *text = malloc(MAXMESSAGE + 1), *all, *clean;
	FILE *f = stdin;
	size_t n;

	if (text == NULL)
		err(1, NULL);
	if (file != NULL) {
		/* Files are read with the caller's rights only. */
		if (setegid(getgid()) != 0)
			err(1, "setegid");
		f = fopen(file, "r");
		if (f == NULL)
			err(1, "can't read %s", file);
	}
	n = fread(text, 1, MAXMESSAGE, f);
	if (ferror(f))
		err(1, "%s", file != NULL ? file : "standard input");
	text[n] = '\0';
	if (asprintf(&all, "%s%s", with_banner ? banner() : "\n", text) < 0 ||
	    (clean = ttymsg_clean(all, 1)) == NULL)
		err(1, NULL);
	free(text);
	free(all);
	return (clean);
}

int
main(int argc, char **argv)
{
	char line[UTX_LINESIZE + 1], name[UTX_USERSIZE + 1], *text;
	int c, with_banner = 1;
	const char *why;
	struct utmpx *ut;
	gid_t egid = getegid();

	while ((c = getopt(argc, argv, "g:n")) != -1) {
		switch (c) {
		case 'g':
			add_group(optarg);
			break;
		case 'n':	/* without the heading: for the super-user */
			if (geteuid() == 0)
				with_banner = 0;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 1)
		goto usage;
	text = message(*argv, with_banner);
	if (setegid(egid) != 0)
		err(1, "setegid");
	setutxent();
	while ((ut = getutxent()) != NULL) {
		snprintf(name, sizeof(name), "%.*s", UTX_USERSIZE, ut->ut_name);
		snprintf(line, sizeof(line), "%.*s", UTX_LINESIZE, ut->ut_line);
		if (ut->ut_type != USER_PROCESS || !in_groups(name))
			continue;
		why = ttymsg_send(line, text, strlen(text));
		if (why != NULL)
			warnx("%s", why);
	}
	return (0);
usage:
	fprintf(stderr, "usage: wall [-n] [-g group] [file]\n");
	return (1);
}
