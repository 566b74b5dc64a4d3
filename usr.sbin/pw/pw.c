/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pw - creates, changes, shows and removes users and groups
 *
 * usage: pw [-V directory] useradd | usermod | userdel | usershow | usernext |
 *	  groupadd | groupmod | groupdel | groupshow | groupnext | lock |
 *	  unlock [options] [name]
 *
 * This file: options, and reading the account files of a directory.
 */
#include <err.h>
#include <errno.h>
#include <libutil.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "pw.h"

struct options opt = { .fd = -1 };

static const char userlog_path[] = "/var/log/userlog";

static int
locking(void)
{
	return (user_lock(true));
}

static int
unlocking(void)
{
	return (user_lock(false));
}

static const struct command {
	const char	*name;
	int		(*run)(void);
	const char	*options;
	bool		group;
} commands[] = {
	{ "useradd", user_add, "n:u:c:d:e:p:g:G:L:s:mk:M:w:h:H:oqNP", false },
	{ "usermod", user_mod, "n:u:c:d:e:p:g:G:L:s:l:mk:M:w:h:H:oqNP",
	    false },
	{ "userdel", user_del, "n:u:rqN", false },
	{ "usershow", user_show, "n:u:aPF7q", false },
	{ "usernext", user_next, "q", false },
	{ "groupadd", group_add, "n:g:M:oqNP", true },
	{ "groupmod", group_mod, "n:g:l:M:m:d:oqNP", true },
	{ "groupdel", group_del, "n:g:qN", true },
	{ "groupshow", group_show, "n:g:aPFq", true },
	{ "groupnext", group_next, "q", true },
	{ "lock", locking, "n:u:q", false },
	{ "unlock", unlocking, "n:u:q", false },
};
#define NCOMMANDS	(sizeof(commands) / sizeof(commands[0]))

static void
usage(void)
{
	size_t i;

	fprintf(stderr, "usage: pw [-V directory] command [options] [name]\n"
	    "commands:");
	for (i = 0; i < NCOMMANDS; i++)
		fprintf(stderr, " %s", commands[i].name);
	fprintf(stderr, "\n");
	exit(EX_USAGE);
}

void
userlog(const char *fmt, ...)
{
	char when[32];
	time_t now = time(NULL);
	va_list ap;
	FILE *fp;

	if (opt.dry || opt.etc != NULL)
		return;
	fp = fopen(userlog_path, "ae");
	if (fp == NULL)
		return;
	strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", localtime(&now));
	fprintf(fp, "%s [%s] ", when, getlogin() != NULL ? getlogin() :
	    "root");
	va_start(ap, fmt);
	vfprintf(fp, fmt, ap);
	va_end(ap);
	putc('\n', fp);
	fclose(fp);
}

/* Names are short and of characters that mean nothing elsewhere. */
void
check_name(const char *name, const char *what)
{
	if (name[0] == '\0' || strlen(name) >= MAXLOGNAME)
		errx(EX_DATAERR, "%s name '%s' is empty or too long", what,
		    name);
	if (name[0] == '-' || name[strcspn(name, " \t\n,:+&#%^()!@~*?<>=|\\/"
	    "\"")] != '\0')
		errx(EX_DATAERR, "invalid character in %s name '%s'", what,
		    name);
}

/* A line at a time of a file below the directory in use. */
static char *
next_line(const char *file, bool first)
{
	static char *line, path[PATH_MAX];
	static size_t size;
	static FILE *fp;

	if (first) {
		if (fp != NULL)
			fclose(fp);
		snprintf(path, sizeof(path), "%s/%s", opt.etc != NULL ?
		    opt.etc : "/etc", file);
		fp = fopen(path, "re");
		if (fp == NULL)
			err(EX_NOINPUT, "%s", path);
	}
	while (getline(&line, &size, fp) > 0) {
		if (line[0] != '#' && line[0] != '+' && line[0] != '-' &&
		    line[strspn(line, " \t\n")] != '\0')
			return (line);
	}
	return (NULL);
}

struct passwd *
next_user(bool first)
{
	char *line;
	struct passwd *pw;

	while ((line = next_line("master.passwd", first)) != NULL) {
		pw = pw_scan(line, PWSCAN_MASTER);
		if (pw != NULL)
			return (pw);
		first = false;
	}
	return (NULL);
}

struct passwd *
find_user(const char *name, const char *id)
{
	struct passwd *pw;
	char *end;
	unsigned long v = 0;

	if (id != NULL) {
		v = strtoul(id, &end, 10);
		if (*id == '\0' || *end != '\0' || v > UID_MAX)
			errx(EX_USAGE, "%s: not a uid", id);
	}
	for (pw = next_user(true); pw != NULL; pw = next_user(false)) {
		if (name != NULL ? strcmp(pw->pw_name, name) == 0 :
		    pw->pw_uid == v)
			return (pw);
		free(pw);
	}
	return (NULL);
}

struct group *
next_group(bool first)
{
	struct group *gr;
	char *line;

	while ((line = next_line("group", first)) != NULL) {
		gr = gr_scan(line);
		if (gr != NULL)
			return (gr);
		first = false;
	}
	return (NULL);
}

struct group *
find_group(const char *key)
{
	struct group *gr, *by_id = NULL;
	char *end;
	unsigned long v = strtoul(key, &end, 10);
	bool number = *key != '\0' && *end == '\0';

	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		if (strcmp(gr->gr_name, key) == 0) {
			free(by_id);
			return (gr);
		}
		if (number && gr->gr_gid == v && by_id == NULL)
			by_id = gr;
		else
			free(gr);
	}
	return (by_id);
}

static void
set_fd(const char *arg, bool encrypted)
{
	char *end;

	opt.encrypted = encrypted;
	opt.fd = -2;
	if (strcmp(arg, "-") == 0)
		return;
	opt.fd = (int)strtol(arg, &end, 10);
	if (*arg == '\0' || *end != '\0' || opt.fd < 0)
		errx(EX_USAGE, "-h expects a file descriptor or '-'");
}

static void
set_option(int c, const struct command *cmd)
{
	switch (c) {
	case 'n': opt.name = optarg; break;
	case 'u': opt.id = optarg; break;
	case 'c': opt.gecos = optarg; break;
	case 'd': *(cmd->group ? &opt.remove : &opt.home) = optarg; break;
	case 'e': opt.expire = optarg; break;
	case 'p': opt.change = optarg; break;
	case 'g': *(cmd->group ? &opt.id : &opt.group) = optarg; break;
	case 'G': opt.groups = optarg; break;
	case 'L': opt.class = optarg; break;
	case 's': opt.shell = optarg; break;
	case 'l': opt.newname = optarg; break;
	case 'k': opt.skel = optarg; break;
	case 'M': opt.mode = optarg; break;
	case 'w': opt.password = optarg; break;
	case 'h': set_fd(optarg, false); break;
	case 'H': set_fd(optarg, true); break;
	case 'r': opt.remove_home = true; break;
	case 'o': opt.duplicate = true; break;
	case 'a': opt.all = true; break;
	case 'P': opt.pretty = true; break;
	case '7': opt.seven = true; break;
	case 'q': opt.quiet = true; break;
	case 'N': opt.dry = true; break;
	case 'F': break;
	case 'm':
		if (cmd->group)
			opt.add = optarg;
		else
			opt.make_home = true;
		break;
	default:
		usage();
	}
}

/* "useradd", or the two words "user add"; advances past them. */
static const struct command *
find_command(int *argc, char ***argv)
{
	char both[64];
	int words, w;
	size_t i;

	words = *argc > 1 ? 2 : 1;
	for (w = 1; w <= words; w++) {
		snprintf(both, sizeof(both), "%s%s", (*argv)[0],
		    w == 2 ? (*argv)[1] : "");
		for (i = 0; i < NCOMMANDS; i++) {
			if (strcmp(both, commands[i].name) == 0) {
				*argc -= w - 1;
				*argv += w - 1;
				return (&commands[i]);
			}
		}
	}
	usage();
	return (NULL);
}

int
main(int argc, char **argv)
{
	const struct command *cmd;
	int c;

	argc--;
	argv++;
	if (argc > 1 && strcmp(argv[0], "-V") == 0) {
		opt.etc = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc < 1)
		usage();
	cmd = find_command(&argc, &argv);
	/* A name may stand before the options, too. */
	if (argc > 1 && argv[1][0] != '-') {
		opt.name = argv[1];
		argc--;
		argv++;
	}
	while ((c = getopt(argc, argv, cmd->options)) != -1)
		set_option(c, cmd);
	if (opt.quiet && freopen("/dev/null", "w", stderr) == NULL)
		err(EX_OSERR, "/dev/null");
	if (optind < argc && opt.name == NULL)
		opt.name = argv[optind++];
	if (optind < argc)
		usage();
	if (geteuid() != 0 && opt.etc == NULL && !opt.dry &&
	    cmd->run != user_show && cmd->run != group_show &&
	    cmd->run != user_next && cmd->run != group_next)
		errx(EX_NOPERM, "you must be root to run this program");
	return (cmd->run());
}
