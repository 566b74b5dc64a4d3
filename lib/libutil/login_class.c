/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setusercontext(3): limits, priority, umask, identity and environment of a
 * user's session, as the login class has them.
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <errno.h>
#include <grp.h>
#include <libutil.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

typedef rlim_t	(*getter)(login_cap_t *, const char *, rlim_t, rlim_t);

static const struct {
	const char	*name;
	int		which;
	getter		get;
} limits[] = {
	{ "cputime", RLIMIT_CPU, login_getcaptime },
	{ "filesize", RLIMIT_FSIZE, login_getcapsize },
	{ "datasize", RLIMIT_DATA, login_getcapsize },
	{ "stacksize", RLIMIT_STACK, login_getcapsize },
	{ "memoryuse", RLIMIT_RSS, login_getcapsize },
	{ "memorylocked", RLIMIT_MEMLOCK, login_getcapsize },
	{ "maxproc", RLIMIT_NPROC, login_getcapnum },
	{ "openfiles", RLIMIT_NOFILE, login_getcapnum },
	{ "coredumpsize", RLIMIT_CORE, login_getcapsize },
	{ "sbsize", RLIMIT_SBSIZE, login_getcapsize },
	{ "vmemoryuse", RLIMIT_VMEM, login_getcapsize },
	{ "posixlocks", RLIMIT_POSIXLOCKS, login_getcapnum },
};

void
setclassresources(login_cap_t *lc)
{
	char name[64];
	struct rlimit rl;
	rlim_t both;
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		if (getrlimit(limits[i].which, &rl) != 0)
			continue;
		both = limits[i].get(lc, limits[i].name, -1, -1);
		if (both != -1)
			rl.rlim_cur = rl.rlim_max = both;
		snprintf(name, sizeof(name), "%s-max", limits[i].name);
		rl.rlim_max = limits[i].get(lc, name, rl.rlim_max,
		    rl.rlim_max);
		snprintf(name, sizeof(name), "%s-cur", limits[i].name);
		rl.rlim_cur = limits[i].get(lc, name, rl.rlim_cur,
		    rl.rlim_cur);
		if (setrlimit(limits[i].which, &rl) != 0)
			syslog(LOG_WARNING, "set class '%s' resource limit "
			    "%s: %m", lc->lc_class, limits[i].name);
	}
}

/* Replaces "~" by the home directory and "$" by the user's name. */
static char *
expand(const char *s, const struct passwd *pw)
{
	char buf[4096];
	size_t n = 0, len;
	const char *add;
	bool word = true;

	for (; *s != '\0' && n < sizeof(buf) - 1; s++) {
		add = NULL;
		if (*s == '\\' && s[1] != '\0')
			s++;
		else if (pw != NULL && *s == '~' && word)
			add = pw->pw_dir;
		else if (pw != NULL && *s == '$')
			add = pw->pw_name;
		word = *s == ':' || *s == ' ' || *s == '=';
		if (add == NULL) {
			buf[n++] = *s;
			continue;
		}
		len = strlcpy(buf + n, add, sizeof(buf) - n);
		n = n + len < sizeof(buf) ? n + len : sizeof(buf) - 1;
	}
	buf[n] = '\0';
	return (strdup(buf));
}

static void
set_one(const char *name, const char *value, const struct passwd *pw,
    int overwrite)
{
	char *v = expand(value, pw);

	if (v != NULL)
		setenv(name, v, overwrite);
	free(v);
}

void
setclassenvironment(login_cap_t *lc, const struct passwd *pw, int paths)
{
	static const struct {
		const char *name, *cap;
		int overwrite;
	} vars[] = {
		{ "LANG", "lang", 1 }, { "MM_CHARSET", "charset", 1 },
		{ "TZ", "timezone", 1 }, { "TERM", "term", 0 },
	}, pathvars[] = {
		{ "PATH", "path", 1 }, { "CDPATH", "cdpath", 1 },
		{ "MANPATH", "manpath", 1 },
	};
	const char *v;
	char **list, *eq;
	size_t i;

	for (i = 0; paths && i < 3; i++) {
		v = login_getpath(lc, pathvars[i].cap, NULL);
		if (v != NULL)
			set_one(pathvars[i].name, v, pw, 1);
		else if (i == 0)
			setenv("PATH", _PATH_DEFPATH, 1);
	}
	if (paths)
		return;
	for (i = 0; i < sizeof(vars) / sizeof(vars[0]); i++) {
		v = login_getcapstr(lc, vars[i].cap, NULL, NULL);
		if (v != NULL)
			set_one(vars[i].name, v, pw, vars[i].overwrite);
	}
	list = login_getcaplist(lc, "setenv", ",");
	for (i = 0; list != NULL && list[i] != NULL; i++) {
		eq = strchr(list[i], '=');
		if (eq != NULL)
			*eq++ = '\0';
		set_one(list[i], eq != NULL ? eq : "", pw, 1);
	}
	free(list);
}

static int
set_identity(const struct passwd *pw, uid_t uid, unsigned int flags)
{
	if (flags & LOGIN_SETGROUP) {
		if (setgid(pw->pw_gid) != 0) {
			syslog(LOG_ERR, "setgid(%lu): %m", (u_long)pw->pw_gid);
			return (-1);
		}
		if (initgroups(pw->pw_name, pw->pw_gid) == -1) {
			syslog(LOG_ERR, "initgroups(%s,%lu): %m", pw->pw_name,
			    (u_long)pw->pw_gid);
			return (-1);
		}
	}
	if ((flags & LOGIN_SETLOGIN) && setlogin(pw->pw_name) != 0) {
		syslog(LOG_ERR, "setlogin(%s): %m", pw->pw_name);
		return (-1);
	}
	return (0);
}

static void
set_priority(login_cap_t *lc, const struct passwd *pw)
{
	rlim_t p;

	p = login_getcapnum(lc, "priority", LOGIN_DEFPRI, LOGIN_DEFPRI);
	if (p < PRIO_MIN || p > PRIO_MAX)
		p = LOGIN_DEFPRI;
	if (setpriority(PRIO_PROCESS, 0, (int)p) != 0)
		syslog(LOG_WARNING, "setpriority '%s' (%s): %m",
		    pw != NULL ? pw->pw_name : "-", lc->lc_class);
}

static void
set_umask(login_cap_t *lc)
{
	rlim_t mask;

	mask = login_getcapnum(lc, "umask", -1, -1);
	if (mask != -1)
		umask((mode_t)mask);
}

int
setusercontext(login_cap_t *lc, const struct passwd *pw, uid_t uid,
    unsigned int flags)
{
	login_cap_t *own = NULL, *user;
	int r = -1;

	if (lc == NULL)
		lc = own = pw != NULL ? login_getpwclass(pw) :
		    login_getclass(NULL);
	if (lc == NULL)
		return (-1);
	if (pw == NULL)
		flags &= ~(LOGIN_SETGROUP | LOGIN_SETLOGIN);
	if (flags & LOGIN_SETPRIORITY)
		set_priority(lc, pw);
	if (set_identity(pw, uid, flags) != 0)
		goto out;
	if (flags & LOGIN_SETRESOURCES)
		setclassresources(lc);
	if (flags & LOGIN_SETUMASK)
		set_umask(lc);
	if (flags & LOGIN_SETPATH)
		setclassenvironment(lc, pw, 1);
	if (flags & LOGIN_SETENV)
		setclassenvironment(lc, pw, 0);
	if ((flags & LOGIN_SETUSER) && setuid(uid) != 0) {
		syslog(LOG_ERR, "setuid(%lu): %m", (u_long)uid);
		goto out;
	}
	/* What users set for themselves, with no more rights than theirs. */
	if (pw != NULL && getuid() == pw->pw_uid && pw->pw_uid != 0 &&
	    (user = login_getuserclass(pw)) != NULL) {
		if (flags & LOGIN_SETRESOURCES)
			setclassresources(user);
		if (flags & LOGIN_SETUMASK)
			set_umask(user);
		if (flags & LOGIN_SETENV)
			setclassenvironment(user, pw, 0);
		login_close(user);
	}
	r = 0;
out:
	login_close(own);
	return (r);
}

int
setclasscontext(const char *name, unsigned int flags)
{
	login_cap_t *lc = login_getclass(name);
	int r = -1;

	flags &= LOGIN_SETRESOURCES | LOGIN_SETPRIORITY | LOGIN_SETUMASK |
	    LOGIN_SETPATH;
	if (lc != NULL)
		r = setusercontext(lc, NULL, 0, flags);
	login_close(lc);
	return (r);
}

/* Shows the nologin file; 1 if logins are allowed. */
int
auth_checknologin(login_cap_t *lc)
{
	const char *file;

	if (login_getcapbool(lc, "ignorenologin", 0))
		return (1);
	file = login_getcapstr(lc, "nologin", "", NULL);
	if (file != NULL && *file != '\0' && auth_cat(file))
		return (0);
	return (!auth_cat(_PATH_NOLOGIN));
}

/* Copies a file to standard output; 0 if it cannot be opened. */
int
auth_cat(const char *path)
{
	char buf[1024];
	size_t n;
	FILE *fp;

	fp = fopen(path, "re");
	if (fp == NULL)
		return (0);
	while ((n = fread(buf, 1, sizeof(buf), fp)) > 0)
		fwrite(buf, 1, n, stdout);
	fclose(fp);
	fflush(stdout);
	return (1);
}
