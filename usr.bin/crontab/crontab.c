/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crontab - keep a user's table for cron
 *
 * usage: crontab [-u user] file
 *        crontab [-u user] { -l | -r [-f] | -e }
 *
 * Installed set-user-id root.  Files named by the user are opened, and the
 * editor is run, with the user's own rights.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cron.h"

static char user[MAXLOGNAME + 32], path[MAXPATHLEN];
static uid_t real_uid;

static void __dead2
usage(const char *why)
{
	if (why != NULL)
		warnx("usage error: %s", why);
	fprintf(stderr, "usage: crontab [-u user] file\n"
	    "       crontab [-u user] { -l | -r [-f] | -e }\n");
	exit(1);
}

static void
complain(const char *file, int line, const char *what)
{
	fprintf(stderr, "\"%s\":%d: %s\n", file, line, what);
}

/* One name a line. */
static int
listed(const char *file)
{
	char line[256];
	int found = 0;
	FILE *f = fopen(file, "r");

	if (f == NULL)
		return (-1);
	while (!found && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, " \t\n")] = '\0';
		found = strcmp(line, user) == 0;
	}
	fclose(f);
	return (found);
}

static int
allowed(void)
{
	int yes;

	if (real_uid == 0)
		return (1);
	yes = listed(CRON_ALLOW);
	if (yes >= 0)
		return (yes);
	return (listed(CRON_DENY) != 1);
}

static void
as_user(void)
{
	if (seteuid(real_uid) != 0)
		err(1, "seteuid");
}

static void
as_root(void)
{
	if (seteuid(0) != 0)
		err(1, "seteuid");
}

/* Checks the text and puts it in place; returns 0 if it is no table. */
static int
install_table(FILE *f, const char *name)
{
	char temp[MAXPATHLEN], buf[8192];
	struct table *t;
	size_t n;
	FILE *out;
	int fd;

	t = table_read(f, name, user, complain);
	if (t == NULL)
		return (0);
	table_free(t);
	if (fseek(f, 0, SEEK_SET) != 0)
		err(1, "%s", name);
	as_root();
	strlcpy(temp, CRON_TABS "/tmp.XXXXXXXX", sizeof(temp));
	fd = mkstemp(temp);
	out = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (out == NULL)
		err(1, "%s", temp);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		fwrite(buf, 1, n, out);
	if (fchmod(fd, 0600) != 0 || fflush(out) != 0 || fsync(fd) != 0 ||
	    fclose(out) != 0 || rename(temp, path) != 0) {
		warn("%s", path);
		unlink(temp);
		exit(1);
	}
	return (1);
}

static void
replace(const char *file)
{
	FILE *f, *copy;
	int c;

	as_user();
	f = strcmp(file, "-") == 0 ? stdin : fopen(file, "r");
	if (f == NULL)
		err(1, "%s", file);
	copy = tmpfile();		/* standard input cannot be reread */
	if (copy == NULL)
		err(1, "tmpfile");
	while ((c = getc(f)) != EOF)
		putc(c, copy);
	rewind(copy);
	if (!install_table(copy, file))
		errx(1, "errors in crontab file, can't install");
}

static void
list(void)
{
	FILE *f = fopen(path, "r");
	int c;

	if (f == NULL) {
		if (errno == ENOENT)
			errx(1, "no crontab for %s", user);
		err(1, "%s", path);
	}
	while ((c = getc(f)) != EOF)
		putchar(c);
	fclose(f);
}

static void
confirm_removal(void)
{
	int c;

	if (!isatty(STDIN_FILENO))
		return;
	fprintf(stderr, "remove crontab for %s? ", user);
	c = getchar();
	if (c != 'y' && c != 'Y')
		exit(0);
}

static void
run_editor(const char *file)
{
	const char *editor = getenv("VISUAL");
	char *command;
	int status;
	pid_t pid;

	if (editor == NULL || *editor == '\0')
		editor = getenv("EDITOR");
	if (editor == NULL || *editor == '\0')
		editor = _PATH_VI;
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		if (setuid(real_uid) != 0)
			err(1, "setuid");
		if (asprintf(&command, "exec %s %s", editor, file) < 0)
			_exit(1);
		execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	while (waitpid(pid, &status, 0) < 0)
		continue;
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		unlink(file);
		errx(1, "\"%s\" failed: no changes made to crontab", editor);
	}
}

static int
again(void)
{
	int c, answer;

	if (!isatty(STDIN_FILENO))
		return (0);
	fprintf(stderr, "Do you want to retry the same edit? ");
	answer = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return (answer == 'y' || answer == 'Y');
}

static void
edit(void)
{
	char temp[] = "/tmp/crontab.XXXXXXXXXX";
	struct stat before, after;
	FILE *old = fopen(path, "r"), *f;
	int fd, c, done;

	if (old == NULL && errno != ENOENT)
		err(1, "%s", path);
	as_user();
	fd = mkstemp(temp);
	f = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (f == NULL)
		err(1, "%s", temp);
	while (old != NULL && (c = getc(old)) != EOF)
		putc(c, f);
	if (old == NULL)
		warnx("no crontab for %s - using an empty one", user);
	fclose(f);
	if (stat(temp, &before) != 0)
		err(1, "%s", temp);
	do {
		run_editor(temp);
		as_user();
		f = fopen(temp, "r");
		if (f == NULL || fstat(fileno(f), &after) != 0)
			err(1, "%s", temp);
		if (after.st_mtim.tv_sec == before.st_mtim.tv_sec &&
		    after.st_mtim.tv_nsec == before.st_mtim.tv_nsec &&
		    after.st_size == before.st_size) {
			warnx("no changes made to crontab");
			unlink(temp);
			return;
		}
		done = install_table(f, temp);
		fclose(f);
	} while (!done && again());
	if (done)
		warnx("installing new crontab");
	else
		errx(1, "edits left in %s", temp);
	as_user();
	unlink(temp);
}

int
main(int argc, char **argv)
{
	int c, action = 0, force = 0;
	struct passwd *pw;

	real_uid = getuid();
	pw = getpwuid(real_uid);
	if (pw == NULL)
		errx(1, "your UID isn't in the passwd file, bailing out");
	strlcpy(user, pw->pw_name, sizeof(user));
	while ((c = getopt(argc, argv, "eflru:")) != -1) {
		switch (c) {
		case 'f': force = 1; break;
		case 'u':
			if (real_uid != 0)
				errx(1, "must be privileged to use -u");
			if (getpwnam(optarg) == NULL)
				errx(1, "user `%s' unknown", optarg);
			strlcpy(user, optarg, sizeof(user));
			break;
		case 'e': case 'l': case 'r':
			if (action != 0)
				usage("only one operation permitted");
			action = c;
			break;
		default:
			usage("unrecognized option");
		}
	}
	argv += optind;
	if ((action != 0) == (*argv != NULL))
		usage(action == 0 ? "file name must be specified" :
		    "no arguments permitted after this option");
	if (!allowed())
		errx(1, "you (%s) are not allowed to use this program", user);
	umask(077);
	snprintf(path, sizeof(path), CRON_TABS "/%s", user);
	switch (action) {
	case 'l':
		list();
		break;
	case 'r':
		if (!force)
			confirm_removal();
		if (unlink(path) != 0) {
			if (errno == ENOENT)
				errx(1, "no crontab for %s", user);
			err(1, "%s", path);
		}
		break;
	case 'e':
		edit();
		break;
	default:
		replace(*argv);
	}
	return (0);
}
