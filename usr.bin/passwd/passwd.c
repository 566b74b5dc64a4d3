/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * passwd - changes a password
 *
 * usage: passwd [-l] [user]
 *
 * Installed set-user-ID root.  Users change their own password and must know
 * the old one; root changes anyone's.
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <err.h>
#include <errno.h>
#include <libutil.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <readpassphrase.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define ATTEMPTS	3	/* at a new password */

/* The old password, from people who are not root. */
static int
check_old(const struct passwd *pw)
{
	char old[_PASSWORD_LEN + 1];
	const char *hash;
	int good;

	if (getuid() == 0 || pw->pw_passwd[0] == '\0')
		return (1);
	if (readpassphrase("Old Password:", old, sizeof(old), 0) == NULL)
		err(EX_NOINPUT, "cannot read the password");
	hash = crypt(old, pw->pw_passwd);
	explicit_bzero(old, sizeof(old));
	good = hash != NULL && strcmp(hash, pw->pw_passwd) == 0;
	if (!good)
		syslog(LOG_NOTICE, "%s: wrong old password", pw->pw_name);
	return (good);
}

/* Whether a new password will do; says why not. */
static int
acceptable(const char *new, const struct passwd *pw)
{
	login_cap_t *lc = login_getpwclass(pw);
	rlim_t least = login_getcapnum(lc, "minpasswordlen", 6, 6);
	const char *p;
	int good = 1;

	if (getuid() != 0 && (rlim_t)strlen(new) < least) {
		printf("Please enter a password at least %jd characters in "
		    "length.\n", (intmax_t)least);
		good = 0;
	} else if (getuid() != 0 &&
	    login_getcapbool(lc, "mixpasswordcase", 1)) {
		for (p = new; *p >= 'a' && *p <= 'z'; p++)
			;
		if (*p == '\0') {
			printf("Please don't use an all-lower case password.\n"
			    "Unusual capitalization, control characters or "
			    "digits are suggested.\n");
			good = 0;
		}
	}
	login_close(lc);
	return (good);
}

/* Asks for a new password until two answers agree. */
static char *
ask_new(const struct passwd *pw)
{
	static char hash[_PASSWORD_LEN + 1];
	char new[_PASSWORD_LEN + 1], again[_PASSWORD_LEN + 1], salt[64];
	const char *result;
	int i, same;

	for (i = 0; i < ATTEMPTS; i++) {
		if (readpassphrase("New Password:", new, sizeof(new), 0) ==
		    NULL)
			err(EX_NOINPUT, "cannot read the password");
		if (new[0] == '\0')
			errx(EX_DATAERR, "Password unchanged.");
		if (!acceptable(new, pw))
			continue;
		if (readpassphrase("Retype New Password:", again,
		    sizeof(again), 0) == NULL)
			err(EX_NOINPUT, "cannot read the password");
		same = strcmp(new, again) == 0;
		explicit_bzero(again, sizeof(again));
		if (!same) {
			printf("Mismatch; try again, EOF to quit.\n");
			continue;
		}
		if (pw_mksalt(salt, sizeof(salt), pw) != 0)
			err(EX_OSERR, "salt");
		result = crypt(new, salt);
		explicit_bzero(new, sizeof(new));
		if (result == NULL)
			err(EX_OSERR, "crypt");
		strlcpy(hash, result, sizeof(hash));
		return (hash);
	}
	errx(EX_DATAERR, "Password unchanged.");
}

static void
store(struct passwd *pw, char *hash)
{
	login_cap_t *lc = login_getpwclass(pw);
	rlim_t lasts = login_getcaptime(lc, "passwordtime", 0, 0);
	struct passwd *entry;
	sigset_t block, old;
	int from, to;

	login_close(lc);
	/* Nobody interrupts this on the way. */
	sigfillset(&block);
	sigdelset(&block, SIGCHLD);
	sigprocmask(SIG_BLOCK, &block, &old);
	if (pw_init(NULL, NULL) != 0 || (from = pw_lock()) < 0 ||
	    (to = pw_tmp(-1)) < 0) {
		pw_fini();
		err(EX_OSERR, "%s", _PATH_MASTERPASSWD);
	}
	entry = pw_dup(pw);
	if (entry == NULL)
		err(EX_OSERR, "memory");
	entry->pw_passwd = hash;
	entry->pw_change = lasts > 0 ? time(NULL) + lasts : 0;
	if (pw_copy(from, to, entry, pw) != 0 || pw_mkdb(pw->pw_name) != 0) {
		pw_fini();
		errx(EX_OSERR, "Password unchanged.");
	}
	pw_fini();
	free(entry);
	sigprocmask(SIG_SETMASK, &old, NULL);
	syslog(LOG_NOTICE, "password of %s changed by uid %u", pw->pw_name,
	    (unsigned int)getuid());
}

int
main(int argc, char **argv)
{
	const char *name;
	struct passwd *pw;
	int c;

	while ((c = getopt(argc, argv, "il")) != -1) {
		if (c == '?') {
			fprintf(stderr, "usage: passwd [-l] [user]\n");
			return (EX_USAGE);
		}
	}
	if (argc - optind > 1) {
		fprintf(stderr, "usage: passwd [-l] [user]\n");
		return (EX_USAGE);
	}
	openlog("passwd", LOG_PID, LOG_AUTH);
	name = argv[optind];
	if (name == NULL) {
		pw = NULL;
		name = getlogin();
		if (name != NULL)
			pw = getpwnam(name);
		if (pw == NULL || (getuid() != 0 && pw->pw_uid != getuid()))
			pw = getpwuid(getuid());
	} else
		pw = getpwnam(name);
	if (pw == NULL || (pw = pw_dup(pw)) == NULL)
		errx(EX_NOUSER, "%s: no such user", name != NULL ? name : "?");
	if (getuid() != 0 && pw->pw_uid != getuid())
		errx(EX_NOPERM, "%s", strerror(EACCES));
	printf("Changing local password for %s\n", pw->pw_name);
	fflush(stdout);
	if (!check_old(pw))
		errx(EX_NOPERM, "%s", strerror(EACCES));
	store(pw, ask_new(pw));
	return (0);
}
