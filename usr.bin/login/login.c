/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * login - begins a session on this terminal
 *
 * usage: login [-fp] [-h host] [name]
 *
 * Checks the password (none is asked for when the account has none, or when
 * root says -f), then becomes the user: ids and groups, the terminal's
 * ownership, directory, environment, shell.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <libutil.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <termios.h>
#include <time.h>
#include <ttyent.h>
#include <unistd.h>
#include <utmpx.h>

extern char **environ;

#define ATTEMPTS	10	/* failures after which the line is dropped, */
#define BACKOFF		3	/* and after which answers slow down, unless */
				/* the login class says otherwise */
#define _PATH_PASSWD_PROG	"/usr/bin/passwd"
#define TIME_LIMIT	300	/* s to log in */

static void
timed_out(int sig)
{
	static const char msg[] = "\nLogin timed out\n";

	(void)!write(2, msg, sizeof(msg) - 1);
	_exit(0);
}

/* A string of the login class, or what stands for it. */
static const char *
class_string(login_cap_t *lc, const char *name, const char *def)
{
	return (login_getcapstr(lc, name, def, def));
}

static char *
ask_name(void)
{
	static char name[64];

	do {
		printf("login: ");
		fflush(stdout);
		if (fgets(name, sizeof(name), stdin) == NULL)
			exit(0);
		name[strcspn(name, "\r\n")] = '\0';
	} while (name[0] == '\0' || name[0] == '-');
	return (name);
}

static int
root_may_use(const char *tty)
{
	struct ttyent *te = getttynam(tty);

	return (te != NULL && (te->ty_status & TTY_SECURE) != 0);
}

/* Whether the person at the terminal is pw's owner. */
static int
authenticate(const struct passwd *pw)
{
	const char *given, *hash;

	if (pw != NULL && pw->pw_passwd[0] == '\0')
		return (1);
	given = getpass("Password:");
	if (given == NULL)
		return (0);
	/* A hash is computed for unknown names too: no difference in time. */
	hash = crypt(given, pw != NULL ? pw->pw_passwd : "$6$damselfly$");
	explicit_bzero(__DECONST(char *, given), strlen(given));
	return (pw != NULL && hash != NULL && pw->pw_passwd[0] != '*' &&
	    strcmp(hash, pw->pw_passwd) == 0);
}

/* Enters the session, and says when the user was here last. */
static void
record(const struct passwd *pw, const char *tty, const char *host, int quiet)
{
	struct lastlogx ll;
	struct utmpx ut;
	struct timeval tv;
	size_t n = strlen(tty);

	if (!quiet && getlastlogx(_PATH_LASTLOGX, pw->pw_uid, &ll) != NULL &&
	    ll.ll_tv.tv_sec != 0) {
		printf("Last login: %.24s ", ctime(&ll.ll_tv.tv_sec));
		if (ll.ll_host[0] != '\0')
			printf("from %.*s\n", (int)sizeof(ll.ll_host),
			    ll.ll_host);
		else
			printf("on %.*s\n", (int)sizeof(ll.ll_line),
			    ll.ll_line);
	}
	memset(&ut, 0, sizeof(ut));
	ut.ut_type = USER_PROCESS;
	ut.ut_pid = getpid();
	gettimeofday(&tv, NULL);
	ut.ut_tv = tv;
	strlcpy(ut.ut_name, pw->pw_name, sizeof(ut.ut_name));
	strlcpy(ut.ut_line, tty, sizeof(ut.ut_line));
	/* The last characters tell terminals apart. */
	if (n > sizeof(ut.ut_id))
		tty += n - sizeof(ut.ut_id);
	memcpy(ut.ut_id, tty, strnlen(tty, sizeof(ut.ut_id)));
	if (host != NULL)
		strlcpy(ut.ut_host, host, sizeof(ut.ut_host));
	login(&ut);
}

/* What keeps an account with the right password out; says why. */
static int
may_log_in(login_cap_t *lc, const struct passwd *pw, const char *tty,
    const char *host)
{
	time_t now = time(NULL);

	if (pw->pw_uid != 0 && !auth_checknologin(lc))
		exit(0);
	if (pw->pw_expire != 0 && pw->pw_expire <= now) {
		printf("Sorry -- your account has expired.\n");
		return (0);
	}
	if (!auth_hostok(lc, host, NULL) || !auth_ttyok(lc, tty) ||
	    !auth_timeok(lc, now)) {
		printf("Login not allowed now or from here.\n");
		return (0);
	}
	return (1);
}

/* An old password is changed before anything else is done. */
static void
check_password_age(const struct passwd *pw)
{
	time_t now = time(NULL);
	char when[32];

	if (pw->pw_change == 0)
		return;
	if (pw->pw_change <= now) {
		printf("Sorry -- your password has expired.\n");
		fflush(stdout);
		execl(_PATH_PASSWD_PROG, "passwd", (char *)NULL);
		err(EX_OSERR, "%s", _PATH_PASSWD_PROG);
	}
	if (pw->pw_change - now < 14 * 86400) {
		strftime(when, sizeof(when), "%F", localtime(&pw->pw_change));
		printf("Warning: your password expires on %s\n", when);
	}
}

static void
print_file(const char *path)
{
	char buf[1024];
	ssize_t n;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return;
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, (size_t)n, stdout);
	close(fd);
}

static void
become(login_cap_t *lc, const struct passwd *pw, const char *tty,
    int keep_env)
{
	const char *term = getenv("TERM");
	struct group *gr = getgrnam("tty");
	char device[64], *saved_term = NULL;
	static char *empty[1];

	snprintf(device, sizeof(device), "%s%s", _PATH_DEV, tty);
	if (chown(device, pw->pw_uid, gr != NULL ? gr->gr_gid : pw->pw_gid) == 0)
		chmod(device, S_IRUSR | S_IWUSR | S_IWGRP);
	if (term != NULL)
		saved_term = strdup(term);
	if (!keep_env)
		environ = empty;
	if (setusercontext(lc, pw, pw->pw_uid, LOGIN_SETALL) != 0)
		errx(EX_OSERR, "cannot become %s", pw->pw_name);
	if (chdir(pw->pw_dir) < 0) {
		if (login_getcapbool(lc, "requirehome", 0))
			errx(EX_NOINPUT, "home directory not found");
		printf("No home directory.\nLogging in with home = \"/\".\n");
		if (chdir("/") < 0)
			err(EX_OSERR, "/");
	}
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", class_string(lc, "shell", pw->pw_shell), 1);
	setenv("TERM", saved_term != NULL ? saved_term : "unknown", 0);
	if (saved_term != NULL)
		setenv("TERM", saved_term, 1);
	setenv("LOGNAME", pw->pw_name, 1);
	setenv("USER", pw->pw_name, 1);
	setenv("PATH", pw->pw_uid == 0 ? _PATH_STDPATH : _PATH_DEFPATH, 0);
	setenv("BLOCKSIZE", "K", 0);
}

static struct passwd *
log_in(char *name, const char *tty, const char *host, int trusted)
{
	login_cap_t *lc = login_getclass(NULL);
	rlim_t retries = login_getcapnum(lc, "login-retries", ATTEMPTS,
	    ATTEMPTS);
	rlim_t backoff = login_getcapnum(lc, "login-backoff", BACKOFF,
	    BACKOFF);
	struct passwd *pw;
	rlim_t failures = 0;
	int ok;

	login_close(lc);

	for (;;) {
		if (name == NULL)
			name = ask_name();
		pw = getpwnam(name);
		ok = (trusted && pw != NULL) || authenticate(pw);
		trusted = 0;
		if (ok && pw->pw_uid == 0 && !root_may_use(tty)) {
			syslog(LOG_NOTICE, "root login refused on %s", tty);
			ok = 0;
		}
		if (ok) {
			lc = login_getpwclass(pw);
			ok = may_log_in(lc, pw, tty, host);
			login_close(lc);
			if (ok)
				return (pw);
			exit(1);
		}
		printf("Login incorrect\n");
		syslog(LOG_NOTICE, "failed login on %s as %s", tty, name);
		if (++failures >= retries)
			exit(1);
		if (failures > backoff)
			sleep((unsigned int)(failures - backoff) * 5);
		name = NULL;
	}
}

int
main(int argc, char **argv)
{
	struct passwd *pw;
	const char *host = NULL, *tty, *shell;
	char *base, arg0[256], hush[1100];
	int c, trusted = 0, keep_env = 0, quiet;
	login_cap_t *lc;

	while ((c = getopt(argc, argv, "fh:p")) != -1) {
		switch (c) {
		case 'f':
			trusted = getuid() == 0;
			break;
		case 'h':
			if (getuid() != 0)
				errx(EX_NOPERM, "-h option: %s",
				    strerror(EPERM));
			host = optarg;
			break;
		case 'p':
			keep_env = 1;
			break;
		default:
			fprintf(stderr,
			    "usage: login [-fp] [-h host] [name]\n");
			return (EX_USAGE);
		}
	}
	if (geteuid() != 0)
		errx(EX_NOPERM, "not installed set-user-ID root");
	tty = ttyname(0);
	if (tty == NULL)
		errx(EX_USAGE, "standard input is not a terminal");
	if (strncmp(tty, _PATH_DEV, strlen(_PATH_DEV)) == 0)
		tty += strlen(_PATH_DEV);
	openlog("login", LOG_ODELAY, LOG_AUTH);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGALRM, timed_out);
	alarm(TIME_LIMIT);
	pw = pw_dup(log_in(argv[optind], tty, host, trusted));
	if (pw == NULL)
		err(EX_OSERR, NULL);
	alarm(0);
	endpwent();
	lc = login_getpwclass(pw);
	snprintf(hush, sizeof(hush), "%s/.hushlogin", pw->pw_dir);
	quiet = login_getcapbool(lc, "hushlogin", 0) ||
	    access(hush, F_OK) == 0;
	record(pw, tty, host, quiet);
	become(lc, pw, tty, keep_env);
	signal(SIGALRM, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTSTP, SIG_IGN);
	if (!quiet) {
		print_file(class_string(lc, "copyright", "/etc/COPYRIGHT"));
		print_file(class_string(lc, "welcome", "/etc/motd"));
	}
	check_password_age(pw);
	fflush(stdout);
	signal(SIGTSTP, SIG_DFL);
	shell = class_string(lc, "shell", pw->pw_shell[0] != '\0' ?
	    pw->pw_shell : _PATH_BSHELL);
	base = strrchr(shell, '/');
	snprintf(arg0, sizeof(arg0), "-%s", base != NULL ? base + 1 : shell);
	execlp(shell, arg0, (char *)NULL);
	err(EX_OSERR, "%s", shell);
}
