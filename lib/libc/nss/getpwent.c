/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getpwnam(3) and its family.
 *
 * The "files" source reads /etc/master.passwd if it may, else /etc/passwd,
 * which lacks the passwords, classes and expiry times.  Lines that begin with
 * '+' or '-' refer to other services and are passed over.
 */
#include <errno.h>
#include <nsswitch.h>
#include <paths.h>
#include <pthread.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "nss_text.h"

#define	MASTER_FIELDS	10
#define	PASSWD_FIELDS	7

static const ns_src defaults[] = {
	{ NSSRC_COMPAT, NS_SUCCESS }, { NULL, 0 }
};

/* Where getpwent() is. */
static FILE	*stream;
static bool	stream_master;
static bool	stream_done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static FILE *
open_file(bool *master)
{
	FILE *fp = NULL;

	*master = geteuid() == 0;
	if (*master)
		fp = fopen(_PATH_MASTERPASSWD, "re");
	if (fp == NULL) {
		*master = false;
		fp = fopen(_PATH_PASSWD, "re");
	}
	return (fp);
}

/* Fills in a passwd structure whose strings are in `line'. */
static bool
parse(char *line, bool master, struct passwd *pw)
{
	static char star[] = "*", empty[] = "", shell[] = _PATH_BSHELL;
	char *f[MASTER_FIELDS];
	unsigned long uid, gid, change = 0, expire = 0;
	int n;

	n = __nss_split(line, f, master ? MASTER_FIELDS : PASSWD_FIELDS);
	if (n != (master ? MASTER_FIELDS : PASSWD_FIELDS) || f[0][0] == '\0' ||
	    !__nss_number(f[2], UID_MAX, &uid) ||
	    !__nss_number(f[3], GID_MAX, &gid))
		return (false);
	memset(pw, 0, sizeof(*pw));
	pw->pw_name = f[0];
	pw->pw_passwd = master ? f[1] : star;
	pw->pw_uid = (uid_t)uid;
	pw->pw_gid = (gid_t)gid;
	pw->pw_class = master ? f[4] : empty;
	if (master) {
		__nss_number(f[5], LONG_MAX, &change);
		__nss_number(f[6], LONG_MAX, &expire);
	}
	pw->pw_change = (time_t)change;
	pw->pw_expire = (time_t)expire;
	pw->pw_gecos = f[n - 3];
	pw->pw_dir = f[n - 2];
	pw->pw_shell = f[n - 1][0] != '\0' ? f[n - 1] : shell;
	pw->pw_fields = _PWF_FILES | _PWF_NAME | _PWF_PASSWD | _PWF_UID |
	    _PWF_GID | _PWF_CHANGE | _PWF_CLASS | _PWF_GECOS | _PWF_DIR |
	    _PWF_SHELL | _PWF_EXPIRE;
	return (true);
}

struct request {
	int		how;		/* nss_lt_* */
	const char	*name;
	uid_t		uid;
};

/* The next matching entry of an open file. */
static int
next_entry(FILE *fp, bool master, const struct request *rq, struct passwd *pw,
    char *buf, size_t size, int *errnop)
{
	char *line = NULL;
	size_t room = 0;
	off_t start;
	ssize_t n;
	int status = NS_NOTFOUND;

	for (;;) {
		start = ftello(fp);
		n = getline(&line, &room, fp);
		if (n <= 0)
			break;
		if (line[0] == '#' || line[0] == '+' || line[0] == '-' ||
		    line[strspn(line, " \t\n")] == '\0')
			continue;
		if (rq->how == nss_lt_name && strncmp(line, rq->name,
		    strlen(rq->name)) != 0)
			continue;
		if ((size_t)n >= size) {
			/* Not too small for a line that does not match. */
			if (parse(line, master, pw) && (rq->how == nss_lt_all ||
			    (rq->how == nss_lt_name ? strcmp(pw->pw_name,
			    rq->name) == 0 : pw->pw_uid == rq->uid))) {
				fseeko(fp, start, SEEK_SET);
				*errnop = ERANGE;
				status = NS_RETURN;
				break;
			}
			continue;
		}
		memcpy(buf, line, n + 1);
		if (!parse(buf, master, pw))
			continue;
		if (rq->how == nss_lt_all || (rq->how == nss_lt_name ?
		    strcmp(pw->pw_name, rq->name) == 0 :
		    pw->pw_uid == rq->uid)) {
			status = NS_SUCCESS;
			break;
		}
	}
	free(line);
	return (status);
}

static int
files_lookup(void *retval, void *mdata, va_list ap)
{
	struct request rq = { .how = (int)(uintptr_t)mdata };
	struct passwd *pw;
	char *buf;
	size_t size;
	bool master;
	int *errnop, status;
	FILE *fp;

	if (rq.how == nss_lt_name)
		rq.name = va_arg(ap, const char *);
	else
		rq.uid = va_arg(ap, uid_t);
	pw = va_arg(ap, struct passwd *);
	buf = va_arg(ap, char *);
	size = va_arg(ap, size_t);
	errnop = va_arg(ap, int *);
	fp = open_file(&master);
	if (fp == NULL) {
		*errnop = errno;
		return (NS_UNAVAIL);
	}
	status = next_entry(fp, master, &rq, pw, buf, size, errnop);
	fclose(fp);
	if (status == NS_SUCCESS)
		*(struct passwd **)retval = pw;
	return (status);
}

static int
files_getpwent(void *retval, void *mdata, va_list ap)
{
	struct request rq = { .how = nss_lt_all };
	struct passwd *pw = va_arg(ap, struct passwd *);
	char *buf = va_arg(ap, char *);
	size_t size = va_arg(ap, size_t);
	int *errnop = va_arg(ap, int *), status = NS_NOTFOUND;

	pthread_mutex_lock(&lock);
	if (stream == NULL && !stream_done)
		stream = open_file(&stream_master);
	if (stream != NULL)
		status = next_entry(stream, stream_master, &rq, pw, buf, size,
		    errnop);
	if (status == NS_NOTFOUND)
		stream_done = true;
	pthread_mutex_unlock(&lock);
	if (status == NS_SUCCESS)
		*(struct passwd **)retval = pw;
	return (status);
}

static int
files_rewind(void *retval, void *mdata, va_list ap)
{
	pthread_mutex_lock(&lock);
	if (stream != NULL)
		fclose(stream);
	stream = NULL;
	stream_done = false;
	pthread_mutex_unlock(&lock);
	return (NS_UNAVAIL);
}

static const ns_dtab by_name[] = {
	{ NSSRC_FILES, files_lookup, (void *)nss_lt_name },
	{ NULL, NULL, NULL }
};
static const ns_dtab by_uid[] = {
	{ NSSRC_FILES, files_lookup, (void *)nss_lt_id },
	{ NULL, NULL, NULL }
};
static const ns_dtab all[] = {
	{ NSSRC_FILES, files_getpwent, (void *)nss_lt_all },
	{ NULL, NULL, NULL }
};
static const ns_dtab rewinding[] = {
	{ NSSRC_FILES, files_rewind, NULL },
	{ NULL, NULL, NULL }
};

static int
outcome(int status, int error)
{
	return (status == NS_SUCCESS || status == NS_NOTFOUND ? 0 : error);
}

int
getpwnam_r(const char *name, struct passwd *pw, char *buf, size_t size,
    struct passwd **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, by_name, NSDB_PASSWD, "getpwnam_r",
	    defaults, name, pw, buf, size, &error);
	return (outcome(status, error));
}

int
getpwuid_r(uid_t uid, struct passwd *pw, char *buf, size_t size,
    struct passwd **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, by_uid, NSDB_PASSWD, "getpwuid_r",
	    defaults, uid, pw, buf, size, &error);
	return (outcome(status, error));
}

int
getpwent_r(struct passwd *pw, char *buf, size_t size, struct passwd **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, all, NSDB_PASSWD, "getpwent_r", defaults,
	    pw, buf, size, &error);
	return (outcome(status, error));
}

/* The static result and its growing buffer. */
static struct passwd	static_pw;
static char		*static_buf;
static size_t		static_size;

static bool
bigger_buffer(void)
{
	size_t size = static_size == 0 ? NSS_BUF_FIRST : static_size * 2;
	char *p;

	if (size > NSS_BUF_LAST || (p = realloc(static_buf, size)) == NULL)
		return (false);
	static_buf = p;
	static_size = size;
	return (true);
}

static struct passwd *
get_static(int how, const char *name, uid_t uid)
{
	struct passwd *result = NULL;
	int error;

	if (static_buf == NULL && !bigger_buffer())
		return (NULL);
	do {
		if (how == nss_lt_name)
			error = getpwnam_r(name, &static_pw, static_buf,
			    static_size, &result);
		else if (how == nss_lt_id)
			error = getpwuid_r(uid, &static_pw, static_buf,
			    static_size, &result);
		else
			error = getpwent_r(&static_pw, static_buf,
			    static_size, &result);
	} while (error == ERANGE && bigger_buffer());
	if (error != 0)
		errno = error;
	return (result);
}

struct passwd *
getpwnam(const char *name)
{
	return (get_static(nss_lt_name, name, 0));
}

struct passwd *
getpwuid(uid_t uid)
{
	return (get_static(nss_lt_id, NULL, uid));
}

struct passwd *
getpwent(void)
{
	return (get_static(nss_lt_all, NULL, 0));
}

int
setpassent(int stayopen)
{
	nsdispatch(NULL, rewinding, NSDB_PASSWD, "setpwent", defaults,
	    stayopen);
	return (1);
}

void
setpwent(void)
{
	setpassent(0);
}

void
endpwent(void)
{
	nsdispatch(NULL, rewinding, NSDB_PASSWD, "endpwent", defaults);
}
