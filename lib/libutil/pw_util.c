/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing /etc/master.passwd: locking it, copying it with one entry changed,
 * and having it installed by pwd_mkdb(8).
 *
 * pw_init() ... pw_lock() gives the locked file; pw_tmp() a new file beside
 * it; pw_copy() moves all entries, one replaced, added or removed; pw_mkdb()
 * installs; pw_fini() cleans up.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <paths.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <libutil.h>
#include <login_cap.h>

#include "edit_file.h"

#define	FIELDS	10

static struct edit_file	edit = { .name = "master.passwd", .prefix = "pw",
    .busy = "the password db file is busy", .lock_fd = -1 };

int
pw_init(const char *etc, const char *file)
{
	_edit_init(&edit, etc, file);
	umask(0);
	return (0);
}

int
pw_lock(void)
{
	return (_edit_lock(&edit));
}

/* A new file beside the old one; with fd >= 0 its contents are copied. */
int
pw_tmp(int fd)
{
	return (_edit_temp(&edit, fd));
}

const char *
pw_tempname(void)
{
	return (edit.temp);
}

void
pw_fini(void)
{
	_edit_fini(&edit);
}

static int
run(const char *path, char *const argv[])
{
	int status;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		return (-1);
	if (pid == 0) {
		execv(path, argv);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) != pid)
		return (-1);
	return (WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1);
}

int
pw_mkdb(const char *user)
{
	char *argv[8], name[] = "pwd_mkdb", p[] = "-p", d[] = "-d", u[] = "-u";
	int n = 0;

	argv[n++] = name;
	argv[n++] = p;
	argv[n++] = d;
	argv[n++] = edit.dir;
	if (user != NULL) {
		argv[n++] = u;
		argv[n++] = (char *)(__uintptr_t)user;
	}
	argv[n++] = edit.temp;
	argv[n] = NULL;
	return (run("/usr/sbin/pwd_mkdb", argv));
}

/*
 * A fresh salt for crypt(3), in the scheme that the user's login class wants
 * ("passwd_format").
 */
int
pw_mksalt(char *buf, size_t size, const struct passwd *pw)
{
	static const char set[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz";
	static const struct {
		const char *format, *prefix;
		int n;
	} schemes[] = {
		{ "sha512", "$6$", 16 }, { "sha256", "$5$", 16 },
		{ "md5", "$1$", 8 }, { "blf", "$2a$10$", 22 },
		{ "des", "", 2 },
	};
	login_cap_t *lc = login_getpwclass(pw);
	const char *format = login_setcryptfmt(lc, "sha512", NULL);
	size_t i, k = 0;
	int n;

	for (i = 0; format != NULL && i < sizeof(schemes) /
	    sizeof(schemes[0]); i++) {
		if (strcasecmp(format, schemes[i].format) == 0)
			k = i;
	}
	login_close(lc);
	i = strlcpy(buf, schemes[k].prefix, size);
	if (i + (size_t)schemes[k].n >= size) {
		errno = ERANGE;
		return (-1);
	}
	for (n = 0; n < schemes[k].n; n++)
		buf[i++] = set[arc4random_uniform(sizeof(set) - 1)];
	buf[i] = '\0';
	return (0);
}

/* Runs the user's editor on the temporary file: 1 changed, 0 not, -1. */
int
pw_edit(int notsetuid)
{
	const char *editor = getenv("EDITOR");
	struct stat before, after;
	char *argv[3];

	if (editor == NULL || *editor == '\0')
		editor = _PATH_VI;
	if (stat(edit.temp, &before) != 0)
		return (-1);
	argv[0] = (char *)(__uintptr_t)editor;
	argv[1] = edit.temp;
	argv[2] = NULL;
	if (run(editor, argv) != 0 || stat(edit.temp, &after) != 0)
		return (-1);
	return (before.st_mtim.tv_sec != after.st_mtim.tv_sec ||
	    before.st_mtim.tv_nsec != after.st_mtim.tv_nsec);
}

char *
pw_make(const struct passwd *pw)
{
	char *line;

	if (asprintf(&line, "%s:%s:%ju:%ju:%s:%ju:%ju:%s:%s:%s", pw->pw_name,
	    pw->pw_passwd, (uintmax_t)pw->pw_uid, (uintmax_t)pw->pw_gid,
	    pw->pw_class, (uintmax_t)pw->pw_change, (uintmax_t)pw->pw_expire,
	    pw->pw_gecos, pw->pw_dir, pw->pw_shell) < 0)
		return (NULL);
	return (line);
}

char *
pw_make_v7(const struct passwd *pw)
{
	char *line;

	if (asprintf(&line, "%s:*:%ju:%ju:%s:%s:%s", pw->pw_name,
	    (uintmax_t)pw->pw_uid, (uintmax_t)pw->pw_gid, pw->pw_gecos,
	    pw->pw_dir, pw->pw_shell) < 0)
		return (NULL);
	return (line);
}

int
pw_equal(const struct passwd *a, const struct passwd *b)
{
	return (strcmp(a->pw_name, b->pw_name) == 0 &&
	    a->pw_uid == b->pw_uid && a->pw_gid == b->pw_gid &&
	    strcmp(a->pw_class, b->pw_class) == 0 &&
	    a->pw_change == b->pw_change && a->pw_expire == b->pw_expire &&
	    strcmp(a->pw_gecos, b->pw_gecos) == 0 &&
	    strcmp(a->pw_dir, b->pw_dir) == 0 &&
	    strcmp(a->pw_shell, b->pw_shell) == 0);
}

/* One allocation holds the structure and its strings. */
struct passwd *
pw_dup(const struct passwd *pw)
{
	const char *s[6] = { pw->pw_name, pw->pw_passwd, pw->pw_class,
	    pw->pw_gecos, pw->pw_dir, pw->pw_shell };
	char **d[6], *p;
	struct passwd *new;
	size_t size = sizeof(*new), n;
	int i;

	for (i = 0; i < 6; i++)
		size += s[i] != NULL ? strlen(s[i]) + 1 : 0;
	new = malloc(size);
	if (new == NULL)
		return (NULL);
	*new = *pw;
	d[0] = &new->pw_name;
	d[1] = &new->pw_passwd;
	d[2] = &new->pw_class;
	d[3] = &new->pw_gecos;
	d[4] = &new->pw_dir;
	d[5] = &new->pw_shell;
	p = (char *)(new + 1);
	for (i = 0; i < 6; i++) {
		if (s[i] == NULL)
			continue;
		n = strlen(s[i]) + 1;
		*d[i] = memcpy(p, s[i], n);
		p += n;
	}
	return (new);
}

void
pw_initpwd(struct passwd *pw)
{
	static char empty[] = "";

	memset(pw, 0, sizeof(*pw));
	pw->pw_name = pw->pw_passwd = pw->pw_class = pw->pw_gecos =
	    pw->pw_dir = pw->pw_shell = empty;
}

/* Parses a line of the master file, or of the seven-field one. */
struct passwd *
pw_scan(const char *text, int flags)
{
	char *line, *p, *f[FIELDS], *end;
	struct passwd pw, *result = NULL;
	bool full = (flags & PWSCAN_MASTER) != 0;
	int n = 0, want = full ? FIELDS : 7;

	line = p = strdup(text);
	if (line == NULL)
		return (NULL);
	line[strcspn(line, "\n")] = '\0';
	while (n < FIELDS && p != NULL)
		f[n++] = strsep(&p, ":");
	if (n != want || p != NULL || f[0][0] == '\0') {
		if (flags & PWSCAN_WARN)
			warnx("corrupted entry");
		goto out;
	}
	pw_initpwd(&pw);
	pw.pw_name = f[0];
	pw.pw_passwd = f[1];
	pw.pw_uid = (uid_t)strtoul(f[2], &end, 10);
	if (f[2][0] == '\0' || *end != '\0')
		goto out;
	pw.pw_gid = (gid_t)strtoul(f[3], &end, 10);
	if (f[3][0] == '\0' || *end != '\0')
		goto out;
	if (full) {
		pw.pw_class = f[4];
		pw.pw_change = (time_t)strtoll(f[5], NULL, 10);
		pw.pw_expire = (time_t)strtoll(f[6], NULL, 10);
	}
	pw.pw_gecos = f[n - 3];
	pw.pw_dir = f[n - 2];
	pw.pw_shell = f[n - 1];
	result = pw_dup(&pw);
out:
	free(line);
	return (result);
}

/*
 * Copies the locked file to the new one; the entry named like old_pw (or pw)
 * becomes pw, or goes away if pw is NULL.  Without such an entry pw is added.
 */
int
pw_copy(int from, int to, const struct passwd *pw, struct passwd *old_pw)
{
	const char *name = old_pw != NULL ? old_pw->pw_name : pw->pw_name;
	char *entry = NULL;
	int r;

	if (pw != NULL && (entry = pw_make(pw)) == NULL)
		return (-1);
	r = _edit_entry(from, to, name, entry);
	free(entry);
	return (r);
}
