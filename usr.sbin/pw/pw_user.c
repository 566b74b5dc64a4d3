/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user commands of pw(8).
 */
#include <sys/stat.h>
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <libutil.h>
#include <limits.h>
#include <paths.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "pw.h"

#define RANDOM_LENGTH	10		/* of a password that pw makes */

static struct passwd *
wanted_user(void)
{
	struct passwd *pw;

	if (opt.name == NULL && opt.id == NULL)
		errx(EX_USAGE, "which user?");
	pw = find_user(opt.name, opt.name == NULL ? opt.id : NULL);
	if (pw == NULL)
		errx(EX_NOUSER, "no such user `%s'", opt.name != NULL ?
		    opt.name : opt.id);
	return (pw);
}

/* Stores a user, or removes the old one if the new is NULL. */
static int
user_store(const struct passwd *new, struct passwd *old)
{
	char *line;
	int from, to;

	if (opt.dry) {
		line = new != NULL ? pw_make(new) : NULL;
		if (line != NULL)
			printf("%s\n", line);
		return (0);
	}
	if (pw_init(opt.etc, NULL) != 0 || (from = pw_lock()) < 0 ||
	    (to = pw_tmp(-1)) < 0) {
		pw_fini();
		warn("master.passwd");
		return (EX_IOERR);
	}
	if (pw_copy(from, to, new, old) != 0 || pw_mkdb(NULL) != 0) {
		pw_fini();
		warnx("password file unchanged");
		return (EX_IOERR);
	}
	pw_fini();
	return (0);
}

static unsigned int
free_uid(void)
{
	static unsigned char used[LAST_ID + 1];
	struct passwd *pw;
	unsigned int id;

	for (pw = next_user(true); pw != NULL; pw = next_user(false)) {
		if (pw->pw_uid <= LAST_ID)
			used[pw->pw_uid] = 1;
		free(pw);
	}
	for (id = FIRST_ID; id <= LAST_ID; id++) {
		if (!used[id])
			return (id);
	}
	errx(EX_SOFTWARE, "no uid is free");
}

/* "+30d" from now, seconds since the epoch, or a date. */
static time_t
parse_time(const char *s)
{
	static const char *const forms[] = { "%Y-%m-%d", "%d-%b-%Y",
	    "%d-%m-%Y" };
	static const struct { char unit; long seconds; } units[] = {
		{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 },
		{ 'w', 604800 }, { 'o', 2592000 }, { 'y', 31536000 },
	};
	const char *end;
	char *numend;
	struct tm tm;
	long long v;
	size_t i;

	v = strtoll(s, &numend, 10);
	if (*s == '+') {
		for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
			if (tolower((unsigned char)*numend) == units[i].unit)
				return (time(NULL) + v * units[i].seconds);
		}
	} else if (*numend == '\0')
		return ((time_t)v);
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		memset(&tm, 0, sizeof(tm));
		tm.tm_isdst = -1;
		end = strptime(s, forms[i], &tm);
		if (end != NULL && *end == '\0')
			return (mktime(&tm));
	}
	errx(EX_DATAERR, "%s: not a time", s);
}

static char *
hash_of(const char *password, const struct passwd *pw)
{
	char salt[64];
	const char *hash;

	if (pw_mksalt(salt, sizeof(salt), pw) != 0 ||
	    (hash = crypt(password, salt)) == NULL)
		err(EX_OSERR, "crypt");
	return (strdup(hash));
}

/* The password that -h, -H or -w ask for; NULL if none of them was given. */
static char *
new_password(const struct passwd *pw)
{
	static const char set[] = "abcdefghijkmnopqrstuvwxyz"
	    "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
	char line[_PASSWORD_LEN + 2];
	size_t i;
	FILE *fp;
	int fd;

	if (opt.fd == -2)
		return (strdup("*"));
	if (opt.fd >= 0) {
		fd = dup(opt.fd);
		fp = fd >= 0 ? fdopen(fd, "r") : NULL;
		if (fp == NULL || fgets(line, sizeof(line), fp) == NULL)
			errx(EX_NOINPUT, "no password on descriptor %d",
			    opt.fd);
		fclose(fp);
		line[strcspn(line, "\r\n")] = '\0';
		if (strchr(line, ':') != NULL && opt.encrypted)
			errx(EX_DATAERR, "a hash may not contain ':'");
		return (opt.encrypted ? strdup(line) : hash_of(line, pw));
	}
	if (opt.password == NULL)
		return (NULL);
	if (strcmp(opt.password, "none") == 0)
		return (strdup(""));
	if (strcmp(opt.password, "no") == 0)
		return (strdup("*"));
	if (strcmp(opt.password, "yes") == 0)
		return (hash_of(pw->pw_name, pw));
	if (strcmp(opt.password, "random") != 0)
		errx(EX_USAGE, "-w: no, none, yes or random");
	for (i = 0; i < RANDOM_LENGTH; i++)
		line[i] = set[arc4random_uniform(sizeof(set) - 1)];
	line[i] = '\0';
	printf("%s\n", line);
	return (hash_of(line, pw));
}

/* A full path of a shell given by its name. */
static const char *
shell_path(const char *shell)
{
	static const char *const dirs[] = { "/bin", "/usr/bin",
	    "/usr/local/bin" };
	static char path[PATH_MAX];
	size_t i;

	if (shell[0] == '/' || shell[0] == '\0')
		return (shell);
	for (i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dirs[i], shell);
		if (access(path, X_OK) == 0)
			return (path);
	}
	errx(EX_OSFILE, "no shell `%s'", shell);
}

static char *
plain_text(const char *s, const char *what)
{
	char *copy = strdup(s);

	if (s[strcspn(s, ":\n")] != '\0')
		errx(EX_DATAERR, "%s may not contain ':'", what);
	if (copy == NULL)
		err(EX_OSERR, NULL);
	return (copy);
}

/* What -g names; a user's own group if there is no -g. */
static gid_t
primary_group(const struct passwd *pw)
{
	char *none[] = { NULL }, star[] = "*";
	struct group *gr, new;

	gr = find_group(opt.group != NULL ? opt.group : pw->pw_name);
	if (gr != NULL)
		return (gr->gr_gid);
	if (opt.group != NULL)
		errx(EX_NOUSER, "group `%s' is not defined", opt.group);
	new = (struct group){ pw->pw_name, star, pw->pw_uid, none };
	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		if (gr->gr_gid == new.gr_gid)
			new.gr_gid = (gid_t)-1;
		free(gr);
	}
	if (new.gr_gid == (gid_t)-1 || new.gr_gid < FIRST_ID)
		new.gr_gid = group_free_id();
	if (group_store(&new, NULL) != 0)
		exit(EX_IOERR);
	return (new.gr_gid);
}

/* Applies the options that useradd and usermod have in common. */
static void
apply_options(struct passwd *pw)
{
	struct passwd *other;
	char *s, *end;
	unsigned long v;

	if (opt.id != NULL && (opt.name != NULL || pw->pw_uid == UID_MAX)) {
		v = strtoul(opt.id, &end, 10);
		if (*opt.id == '\0' || *end != '\0' || v >= UID_MAX)
			errx(EX_USAGE, "%s: not a uid", opt.id);
		other = find_user(NULL, opt.id);
		if (other != NULL && !opt.duplicate &&
		    strcmp(other->pw_name, pw->pw_name) != 0)
			errx(EX_DATAERR, "uid `%lu' has already been "
			    "allocated", v);
		pw->pw_uid = (uid_t)v;
	}
	if (opt.gecos != NULL)
		pw->pw_gecos = plain_text(opt.gecos, "comment");
	if (opt.home != NULL)
		pw->pw_dir = plain_text(opt.home, "directory");
	if (opt.class != NULL)
		pw->pw_class = plain_text(opt.class, "class");
	if (opt.shell != NULL)
		pw->pw_shell = plain_text(shell_path(opt.shell), "shell");
	if (opt.expire != NULL)
		pw->pw_expire = parse_time(opt.expire);
	if (opt.change != NULL)
		pw->pw_change = parse_time(opt.change);
	s = new_password(pw);
	if (s != NULL)
		pw->pw_passwd = s;
}

/* 0777 less the umask unless -M says otherwise. */
static mode_t
home_mode(void)
{
	mode_t mask = umask(0);
	mode_t mode = 0777 & ~mask;
	char *end;

	umask(mask);
	if (opt.mode != NULL) {
		mode = (mode_t)strtoul(opt.mode, &end, 8);
		if (*opt.mode == '\0' || *end != '\0' || mode > 07777)
			errx(EX_USAGE, "%s: not a mode", opt.mode);
	}
	return (mode);
}

int
user_add(void)
{
	char star[] = "*", class[] = "", gecos[] = "User &", home[PATH_MAX];
	struct passwd pw = { .pw_passwd = star, .pw_class = class,
	    .pw_gecos = gecos, .pw_dir = home };
	mode_t mode = home_mode();
	int r;

	if (opt.name == NULL)
		errx(EX_USAGE, "login name required");
	check_name(opt.name, "user");
	if (find_user(opt.name, NULL) != NULL)
		errx(EX_DATAERR, "login name `%s' already exists", opt.name);
	pw.pw_name = __DECONST(char *, opt.name);
	pw.pw_shell = plain_text(shell_path("sh"), "shell");
	snprintf(home, sizeof(home), "/home/%s", opt.name);
	pw.pw_uid = opt.id != NULL ? UID_MAX : free_uid();
	apply_options(&pw);
	pw.pw_gid = primary_group(&pw);
	r = user_store(&pw, NULL);
	if (r == 0 && opt.groups != NULL)
		r = group_set_member(opt.name, opt.groups, false);
	if (r == 0 && opt.make_home && !opt.dry)
		r = home_make(&pw, opt.skel, mode);
	if (r == 0)
		userlog("%s(%ju):%s(%ju):%s:%s:%s created", pw.pw_name,
		    (uintmax_t)pw.pw_uid, opt.group != NULL ? opt.group :
		    pw.pw_name, (uintmax_t)pw.pw_gid, pw.pw_gecos, pw.pw_dir,
		    pw.pw_shell);
	return (r);
}

int
user_mod(void)
{
	struct passwd *old = wanted_user(), *pw = pw_dup(old);
	mode_t mode = home_mode();
	struct group *gr;
	int r = 0;

	if (pw == NULL)
		err(EX_OSERR, NULL);
	if (opt.newname != NULL) {
		check_name(opt.newname, "user");
		if (find_user(opt.newname, NULL) != NULL)
			errx(EX_DATAERR, "login name `%s' already exists",
			    opt.newname);
		if (strcmp(old->pw_name, "root") == 0)
			errx(EX_DATAERR, "can't rename `root' account");
		pw->pw_name = __DECONST(char *, opt.newname);
	}
	apply_options(pw);
	if (opt.group != NULL) {
		gr = find_group(opt.group);
		if (gr == NULL)
			errx(EX_NOUSER, "group `%s' is not defined",
			    opt.group);
		pw->pw_gid = gr->gr_gid;
	}
	if (!pw_equal(pw, old) || strcmp(pw->pw_passwd, old->pw_passwd) != 0)
		r = user_store(pw, old);
	if (r == 0 && opt.groups != NULL)
		r = group_set_member(pw->pw_name, opt.groups, true);
	if (r == 0 && opt.make_home && !opt.dry)
		r = home_make(pw, opt.skel, mode);
	if (r == 0)
		userlog("%s(%ju) modified", old->pw_name,
		    (uintmax_t)old->pw_uid);
	return (r);
}

int
user_del(void)
{
	struct passwd *pw = wanted_user();
	struct group *gr;
	int r;

	if (strcmp(pw->pw_name, "root") == 0)
		errx(EX_DATAERR, "cannot remove user 'root'");
	r = user_store(NULL, pw);
	if (r != 0)
		return (r);
	r = group_set_member(pw->pw_name, "", true);
	gr = find_group(pw->pw_name);
	if (r == 0 && gr != NULL && gr->gr_gid == pw->pw_gid &&
	    gr->gr_mem[0] == NULL)
		r = group_store(NULL, gr);
	if (r == 0 && opt.remove_home && !opt.dry)
		r = home_remove(pw->pw_dir);
	userlog("%s(%ju) removed", pw->pw_name, (uintmax_t)pw->pw_uid);
	return (r);
}

int
user_lock(bool lock)
{
	struct passwd *pw = wanted_user(), *new = pw_dup(pw);
	size_t n = strlen(LOCKED);
	bool locked = strncmp(pw->pw_passwd, LOCKED, n) == 0;
	char *p = NULL;
	int r;

	if (lock == locked)
		errx(EX_DATAERR, "user '%s' is %s locked", pw->pw_name,
		    lock ? "already" : "not");
	if (lock && asprintf(&p, "%s%s", LOCKED, pw->pw_passwd) < 0)
		err(EX_OSERR, NULL);
	new->pw_passwd = lock ? p : new->pw_passwd + n;
	r = user_store(new, pw);
	userlog("%s(%ju) %s", pw->pw_name, (uintmax_t)pw->pw_uid,
	    lock ? "locked" : "unlocked");
	return (r);
}

/* The groups a user is listed in. */
static void
print_groups(const char *user)
{
	const char *sep = "";
	struct group *gr;
	char **m;

	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		for (m = gr->gr_mem; *m != NULL; m++) {
			if (strcmp(*m, user) == 0) {
				printf("%s%s", sep, gr->gr_name);
				sep = ",";
			}
		}
		free(gr);
	}
	printf("\n");
}

static void
show(const struct passwd *pw)
{
	char change[32] = "[none]", expire[32] = "[none]", *line;

	if (!opt.pretty) {
		line = opt.seven ? pw_make_v7(pw) : pw_make(pw);
		printf("%s\n", line);
		free(line);
		return;
	}
	if (pw->pw_change != 0)
		strftime(change, sizeof(change), "%d-%b-%Y",
		    localtime(&pw->pw_change));
	if (pw->pw_expire != 0)
		strftime(expire, sizeof(expire), "%d-%b-%Y",
		    localtime(&pw->pw_expire));
	printf("Login Name: %-15s   #%-12ju Group: #%ju\n", pw->pw_name,
	    (uintmax_t)pw->pw_uid, (uintmax_t)pw->pw_gid);
	printf(" Full Name: %s\n", pw->pw_gecos);
	printf("      Home: %-26.26s      Class: %s\n", pw->pw_dir,
	    pw->pw_class);
	printf("     Shell: %s\n", pw->pw_shell);
	printf("Acc Expire: %-26.26s Pwd Expire: %s\n", expire, change);
	printf("    Groups: ");
	print_groups(pw->pw_name);
}

int
user_show(void)
{
	struct passwd *pw, **all = NULL;
	size_t n = 0, i;

	if (!opt.all) {
		show(wanted_user());
		return (0);
	}
	for (pw = next_user(true); pw != NULL; pw = next_user(false)) {
		all = reallocarray(all, n + 1, sizeof(*all));
		if (all == NULL)
			err(EX_OSERR, NULL);
		all[n++] = pw;
	}
	for (i = 0; i < n; i++)
		show(all[i]);
	return (0);
}

int
user_next(void)
{
	unsigned int id = free_uid();

	printf("%u:%u\n", id, (unsigned int)group_free_id());
	return (0);
}
