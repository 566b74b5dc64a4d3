/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * su - becomes another user
 *
 * usage: su [-] [-flms] [-c class] [user [argument ...]]
 *
 * Installed set-user-ID root.  Root needs no password; others need that of
 * the user they want to be, and to become one with uid 0 must be members of
 * group wheel (unless it has none).
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <libutil.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <readpassphrase.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void
usage(void)
{
	fprintf(stderr, "usage: su [-] [-flm] [-c class] "
	    "[user [argument ...]]\n");
	exit(EX_USAGE);
}

/* Who runs this: the login name if it is one of this uid. */
static struct passwd *
caller(void)
{
	const char *name = getlogin();
	struct passwd *pw = NULL;

	if (name != NULL)
		pw = getpwnam(name);
	if (pw == NULL || pw->pw_uid != getuid())
		pw = getpwuid(getuid());
	return (pw != NULL ? pw_dup(pw) : NULL);
}

static bool
in_wheel(const struct passwd *me)
{
	struct group *gr = getgrnam("wheel");
	char **m;

	if (gr == NULL || gr->gr_mem[0] == NULL)
		return (true);
	if (me->pw_gid == gr->gr_gid)
		return (true);
	for (m = gr->gr_mem; *m != NULL; m++) {
		if (strcmp(*m, me->pw_name) == 0)
			return (true);
	}
	return (false);
}

static bool
knows_password(const struct passwd *pw)
{
	char given[_PASSWORD_LEN + 1];
	const char *hash;

	if (pw->pw_passwd[0] == '\0')
		return (true);
	if (readpassphrase("Password:", given, sizeof(given), 0) == NULL)
		return (false);
	hash = crypt(given, pw->pw_passwd);
	explicit_bzero(given, sizeof(given));
	return (hash != NULL && pw->pw_passwd[0] != '*' &&
	    strcmp(hash, pw->pw_passwd) == 0);
}

/* Whether a user's shell is one that people log in with. */
static bool
is_login_shell(const char *shell)
{
	const char *s;
	bool found = false;

	while ((s = getusershell()) != NULL)
		found |= strcmp(s, shell) == 0;
	endusershell();
	return (found);
}

static void
authorize(const struct passwd *me, const struct passwd *pw)
{
	const char *tty = ttyname(STDERR_FILENO);
	bool good;

	if (getuid() == 0)
		return;
	good = pw->pw_uid != 0 || in_wheel(me);
	/* The password is asked for even so: no hint about the group. */
	good &= knows_password(pw);
	if (good && pw->pw_expire != 0 && pw->pw_expire <= time(NULL))
		good = false;
	syslog(LOG_AUTH | (good ? LOG_NOTICE : LOG_WARNING), "%s%s to %s on "
	    "%s", good ? "" : "BAD SU ", me->pw_name, pw->pw_name,
	    tty != NULL ? tty : "nowhere");
	if (!good)
		errx(1, "Sorry");
}

/* The environment of a session like one by login(1). */
static void
fresh_environment(login_cap_t *lc, const struct passwd *pw, const char *shell)
{
	static char *empty[1];
	char *term = getenv("TERM");

	term = term != NULL ? strdup(term) : NULL;
	environ = empty;
	if (term != NULL)
		setenv("TERM", term, 1);
	setclassenvironment(lc, pw, 1);
	setclassenvironment(lc, pw, 0);
	if (getenv("PATH") == NULL)
		setenv("PATH", _PATH_DEFPATH, 1);
	setenv("USER", pw->pw_name, 1);
	setenv("LOGNAME", pw->pw_name, 1);
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", shell, 1);
}

static void
change_environment(const struct passwd *pw, const char *shell)
{
	if (pw->pw_uid != 0) {
		setenv("USER", pw->pw_name, 1);
		setenv("LOGNAME", pw->pw_name, 1);
	}
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", shell, 1);
}

int
main(int argc, char **argv)
{
	bool login = false, keep = false, fast = false;
	const char *class = NULL, *shell, *name = "root";
	struct passwd *pw, *me;
	unsigned int what;
	login_cap_t *lc;
	char **args;
	int c, n = 0;

	while ((c = getopt(argc, argv, "-c:flms")) != -1) {
		switch (c) {
		case '-':
		case 'l':
			login = true;
			keep = false;
			break;
		case 'c':
			class = optarg;
			break;
		case 'f':
			fast = true;
			break;
		case 'm':
			keep = true;
			login = false;
			break;
		case 's':
			break;
		default:
			usage();
		}
	}
	if (geteuid() != 0)
		errx(EX_NOPERM, "not running setuid");
	if (class != NULL && getuid() != 0)
		errx(EX_NOPERM, "only root may use -c");
	if (optind < argc)
		name = argv[optind++];
	openlog("su", LOG_CONS, LOG_AUTH);
	me = caller();
	if (me == NULL)
		errx(EX_NOUSER, "who are you?");
	pw = getpwnam(name);
	if (pw == NULL || (pw = pw_dup(pw)) == NULL)
		errx(EX_NOUSER, "unknown login: %s", name);
	authorize(me, pw);
	lc = class != NULL ? login_getclass(class) : login_getpwclass(pw);

	shell = pw->pw_shell[0] != '\0' ? pw->pw_shell : _PATH_BSHELL;
	if (keep) {
		/* Somebody who may not log in keeps the shell he has. */
		if (getuid() != 0 && !is_login_shell(shell))
			errx(EX_NOPERM, "permission denied (shell)");
		if (getenv("SHELL") != NULL && is_login_shell(
		    getenv("SHELL")))
			shell = getenv("SHELL");
	}
	what = LOGIN_SETALL & ~(LOGIN_SETENV | LOGIN_SETPATH);
	if (!login)
		what &= ~LOGIN_SETLOGIN;
	if (setusercontext(lc, pw, pw->pw_uid, what) != 0)
		err(EX_OSERR, "cannot become %s", pw->pw_name);
	if (login) {
		fresh_environment(lc, pw, shell);
		if (chdir(pw->pw_dir) != 0)
			errx(EX_NOINPUT, "no directory");
	} else if (!keep)
		change_environment(pw, shell);
	login_close(lc);

	args = calloc((size_t)(argc - optind) + 3, sizeof(*args));
	if (args == NULL)
		err(EX_OSERR, NULL);
	args[n++] = login ? __DECONST(char *, "-su") : __DECONST(char *, "su");
	if (fast)
		args[n++] = __DECONST(char *, "-f");
	while (optind < argc)
		args[n++] = argv[optind++];
	execv(shell, args);
	err(EX_OSERR, "%s", shell);
}
