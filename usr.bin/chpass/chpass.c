/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chpass, chfn, chsh - change what the password database says of a user
 *
 * usage: chpass [-a entry] [-e time] [-p hash] [-s shell] [user]
 *
 * Without options the account is given to an editor.  Installed set-user-ID
 * root: users change shell and general information of their own account and
 * must give their password; root changes everything.  The editor runs with
 * the rights of the caller, on a file that is the caller's.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <paths.h>
#include <readpassphrase.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "chpass.h"

static char	form[] = "/tmp/chpass.XXXXXX";

static void
usage(void)
{
	fprintf(stderr, "usage: chpass [-a entry] [-e time] [-p hash] "
	    "[-s shell] [user]\n");
	exit(EX_USAGE);
}

static void
remove_form(void)
{
	unlink(form);
}

/* Runs the editor as the caller; false if it failed. */
static bool
edit(void)
{
	const char *editor = getenv("EDITOR");
	int status;
	pid_t pid;

	if (editor == NULL || *editor == '\0')
		editor = _PATH_VI;
	pid = fork();
	if (pid < 0)
		err(EX_OSERR, "fork");
	if (pid == 0) {
		if (setgid(getgid()) != 0 || setuid(getuid()) != 0)
			_exit(127);
		execlp(editor, editor, form, (char *)NULL);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0) {
		warnx("%s failed", editor);
		return (false);
	}
	return (true);
}

/* The form as it is now, if it is still a file of the caller's. */
static FILE *
open_form(void)
{
	struct stat st;
	int fd;

	fd = open(form, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_uid != getuid() || st.st_nlink != 1)
		errx(EX_NOINPUT, "%s: not the file that was made", form);
	return (fdopen(fd, "r"));
}

static void
edit_account(struct passwd *pw, bool root)
{
	struct passwd before;
	char answer[16];
	FILE *fp;
	bool good;
	int fd;

	fd = mkstemp(form);
	if (fd < 0)
		err(EX_CANTCREAT, "%s", form);
	atexit(remove_form);
	fp = fdopen(fd, "w");
	if (fp == NULL || fchown(fd, getuid(), getgid()) != 0)
		err(EX_OSERR, "%s", form);
	fields_print(fp, pw, root);
	if (fclose(fp) != 0)
		err(EX_IOERR, "%s", form);
	for (;;) {
		before = *pw;
		good = edit();
		if (good) {
			fp = open_form();
			good = fields_read(fp, pw, root);
			fclose(fp);
		}
		if (good)
			return;
		*pw = before;
		printf("re-edit the password file? [y]: ");
		fflush(stdout);
		if (fgets(answer, sizeof(answer), stdin) == NULL ||
		    answer[0] == 'n' || answer[0] == 'N')
			errx(EX_DATAERR, "password file unchanged");
	}
}

static void
check_password(const struct passwd *pw)
{
	char given[_PASSWORD_LEN + 1];
	const char *hash;

	if (pw->pw_passwd[0] == '\0')
		return;
	if (readpassphrase("Password: ", given, sizeof(given), 0) == NULL)
		err(EX_NOINPUT, "cannot read the password");
	hash = crypt(given, pw->pw_passwd);
	explicit_bzero(given, sizeof(given));
	if (hash == NULL || strcmp(hash, pw->pw_passwd) != 0)
		errx(EX_NOPERM, "%s", strerror(EACCES));
}

static void
store(const struct passwd *pw, struct passwd *old)
{
	int from, to;

	if (pw_init(NULL, NULL) != 0 || (from = pw_lock()) < 0 ||
	    (to = pw_tmp(-1)) < 0) {
		pw_fini();
		err(EX_OSERR, "%s", _PATH_MASTERPASSWD);
	}
	if (pw_copy(from, to, pw, old) != 0 || pw_mkdb(pw->pw_name) != 0) {
		pw_fini();
		errx(EX_OSERR, "password file unchanged");
	}
	pw_fini();
	printf("%s: user information updated\n", pw->pw_name);
	syslog(LOG_AUTH | LOG_NOTICE, "account %s changed by uid %u",
	    pw->pw_name, (unsigned int)getuid());
}

int
main(int argc, char **argv)
{
	const char *entry = NULL, *expire = NULL, *hash = NULL, *shell = NULL;
	struct passwd *pw, *old, *scanned;
	bool root = getuid() == 0, changed = false;
	int c;

	while ((c = getopt(argc, argv, "a:e:lp:s:")) != -1) {
		switch (c) {
		case 'a':
			entry = optarg;
			break;
		case 'e':
			expire = optarg;
			break;
		case 'l':
			break;
		case 'p':
			hash = optarg;
			break;
		case 's':
			shell = optarg;
			break;
		default:
			usage();
		}
	}
	if (argc - optind > 1)
		usage();
	if (!root && (entry != NULL || expire != NULL || hash != NULL))
		errx(EX_NOPERM, "%s", strerror(EACCES));
	if (entry != NULL) {
		scanned = pw_scan(entry, PWSCAN_MASTER | PWSCAN_WARN);
		if (scanned == NULL)
			return (EX_DATAERR);
		store(scanned, scanned);
		return (0);
	}
	old = argv[optind] != NULL ? getpwnam(argv[optind]) :
	    getpwuid(getuid());
	if (old == NULL || (old = pw_dup(old)) == NULL ||
	    (pw = pw_dup(old)) == NULL)
		errx(EX_NOUSER, "unknown user: %s", argv[optind] != NULL ?
		    argv[optind] : "yourself");
	if (!root && pw->pw_uid != getuid())
		errx(EX_NOPERM, "%s", strerror(EACCES));
	if (shell != NULL) {
		if (!set_shell(pw, shell, root))
			return (EX_DATAERR);
		changed = true;
	}
	if (expire != NULL) {
		if (!set_expire(&pw->pw_expire, expire))
			return (EX_DATAERR);
		changed = true;
	}
	if (hash != NULL) {
		if (!valid_text("password", hash))
			return (EX_DATAERR);
		pw->pw_passwd = strdup(hash);
		changed = true;
	}
	if (!changed)
		edit_account(pw, root);
	if (pw_equal(pw, old) && strcmp(pw->pw_passwd, old->pw_passwd) == 0) {
		printf("user information unchanged\n");
		return (0);
	}
	if (!root)
		check_password(old);
	store(pw, old);
	return (0);
}
