/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getpwnam(3) and its family.
 *
 * The "files" source asks the database that pwd_mkdb(8) makes: /etc/spwd.db
 * for root, /etc/pwd.db, which lacks the passwords, for others.  Without one
 * it reads /etc/master.passwd if it may, else /etc/passwd, which lacks the
 * passwords, classes and expiry times.
 */
#include <sys/types.h>
#include <sys/endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <paths.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "nss_files.h"

#define	MASTER_FIELDS	10
#define	PASSWD_FIELDS	7

static char	star[] = "*", empty[] = "", default_shell[] = _PATH_BSHELL;

static FILE *
open_file(bool *full)
{
	FILE *fp = NULL;

	*full = geteuid() == 0;
	if (*full)
		fp = fopen(_PATH_MASTERPASSWD, "re");
	if (fp == NULL) {
		*full = false;
		fp = fopen(_PATH_PASSWD, "re");
	}
	return (fp);
}

/* Fills in a passwd structure whose strings are in `line'. */
static bool
parse(char *line, bool full, struct passwd *pw)
{
	char *f[MASTER_FIELDS];
	unsigned long uid, gid, change = 0, expire = 0;
	int n;

	n = __nss_split(line, f, full ? MASTER_FIELDS : PASSWD_FIELDS);
	if (n != (full ? MASTER_FIELDS : PASSWD_FIELDS) || f[0][0] == '\0' ||
	    !__nss_number(f[2], UID_MAX, &uid) ||
	    !__nss_number(f[3], GID_MAX, &gid))
		return (false);
	memset(pw, 0, sizeof(*pw));
	pw->pw_name = f[0];
	pw->pw_passwd = full ? f[1] : star;
	pw->pw_uid = (uid_t)uid;
	pw->pw_gid = (gid_t)gid;
	pw->pw_class = full ? f[4] : empty;
	if (full) {
		__nss_number(f[5], LONG_MAX, &change);
		__nss_number(f[6], LONG_MAX, &expire);
	}
	pw->pw_change = (time_t)change;
	pw->pw_expire = (time_t)expire;
	pw->pw_gecos = f[n - 3];
	pw->pw_dir = f[n - 2];
	pw->pw_shell = f[n - 1][0] != '\0' ? f[n - 1] : default_shell;
	pw->pw_fields = _PWF_FILES | _PWF_NAME | _PWF_PASSWD | _PWF_UID |
	    _PWF_GID | _PWF_CHANGE | _PWF_CLASS | _PWF_GECOS | _PWF_DIR |
	    _PWF_SHELL | _PWF_EXPIRE;
	return (true);
}

static int
fill(const char *line, size_t n, bool full, const struct nss_key *key,
    const struct nss_answer *a)
{
	if (n >= a->size) {
		*a->errnop = ERANGE;
		return (NS_RETURN);
	}
	memcpy(a->buf, line, n + 1);
	return (parse(a->buf, full, a->entry) ? NS_SUCCESS : NS_NOTFOUND);
}

static DB *
open_db(void)
{
	DB *db = NULL;

	if (geteuid() == 0)
		db = dbopen(_PATH_SMP_DB, O_RDONLY, 0, DB_HASH, NULL);
	if (db == NULL)
		db = dbopen(_PATH_MP_DB, O_RDONLY, 0, DB_HASH, NULL);
	return (db);
}

/*
 * Files without a version have version 3: other keys, and numbers in the
 * order of the machine that wrote the file, which is taken for this one.
 */
static int
db_version(DB *db)
{
	char name[] = _PWD_VERSION_KEY;
	DBT key = { name, sizeof(name) - 1 }, data;

	return (db->get(db, &key, &data, 0) == 0 && data.size > 0 ?
	    *(unsigned char *)data.data : 3);
}

/* Takes a string or a number off an entry; false at its end. */
struct cursor {
	char	*p, *end;
	int	version;
};

static bool
take_string(struct cursor *c, char **s)
{
	char *nul = c->p < c->end ? memchr(c->p, '\0', (size_t)(c->end -
	    c->p)) : NULL;

	*s = c->p;
	if (nul != NULL)
		c->p = nul + 1;
	return (nul != NULL);
}

static bool
take_number(struct cursor *c, uint32_t *v)
{
	if (c->end - c->p < 4)
		return (false);
	memcpy(v, c->p, 4);
	if (c->version >= 4)
		*v = be32toh(*v);
	c->p += 4;
	return (true);
}

static bool
decode(struct cursor *c, struct passwd *pw)
{
	uint32_t uid, gid, change, expire, fields;

	if (!take_string(c, &pw->pw_name) ||
	    !take_string(c, &pw->pw_passwd) || !take_number(c, &uid) ||
	    !take_number(c, &gid) || !take_number(c, &change) ||
	    !take_string(c, &pw->pw_class) ||
	    !take_string(c, &pw->pw_gecos) || !take_string(c, &pw->pw_dir) ||
	    !take_string(c, &pw->pw_shell) || !take_number(c, &expire) ||
	    !take_number(c, &fields))
		return (false);
	pw->pw_uid = uid;
	pw->pw_gid = gid;
	pw->pw_change = change;
	pw->pw_expire = expire;
	pw->pw_fields = (int)((fields & ~(uint32_t)_PWF_SOURCE) | _PWF_FILES);
	if (pw->pw_shell[0] == '\0')
		pw->pw_shell = default_shell;
	return (true);
}

static int
from_db(DB *db, const struct nss_key *key, const struct nss_answer *a)
{
	static const int base[] = { 0, _PW_KEYBYNAME, _PW_KEYBYUID,
	    _PW_KEYBYNUM };
	char name[PATH_MAX];
	struct cursor c = { .version = db_version(db) };
	DBT k = { name, 5 }, data;
	uint32_t v;
	int r;

	name[0] = (char)((base[key->how] & 0xcf) | c.version << 4);
	if (key->how == nss_lt_name) {
		k.size = strlen(key->name) + 1;
		if (k.size > sizeof(name))
			return (NS_NOTFOUND);
		memcpy(name + 1, key->name, k.size - 1);
	} else {
		v = c.version >= 4 ? htobe32(key->id) : key->id;
		memcpy(name + 1, &v, 4);
	}
	r = db->get(db, &k, &data, 0);
	if (r != 0) {
		*a->errnop = r < 0 ? errno : 0;
		return (r < 0 ? NS_UNAVAIL : NS_NOTFOUND);
	}
	if (data.size > a->size) {
		*a->errnop = ERANGE;
		return (NS_RETURN);
	}
	memcpy(a->buf, data.data, data.size);
	c.p = a->buf;
	c.end = a->buf + data.size;
	return (decode(&c, a->entry) ? NS_SUCCESS : NS_NOTFOUND);
}

static struct passwd	static_pw;

static struct nss_kind	kind = {
	.database = NSDB_PASSWD,
	.method = { "setpwent", "getpwnam_r", "getpwuid_r", "getpwent_r" },
	.open = open_file,
	.fill = fill,
	.open_db = open_db,
	.from_db = from_db,
	.entry = &static_pw,
	NSS_KIND_METHODS(kind),
};

int
getpwnam_r(const char *name, struct passwd *pw, char *buf, size_t size,
    struct passwd **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_name,
	    .name = name }, pw, buf, size, (void **)result));
}

int
getpwuid_r(uid_t uid, struct passwd *pw, char *buf, size_t size,
    struct passwd **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_id,
	    .id = uid }, pw, buf, size, (void **)result));
}

int
getpwent_r(struct passwd *pw, char *buf, size_t size, struct passwd **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_all }, pw,
	    buf, size, (void **)result));
}

struct passwd *
getpwnam(const char *name)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_name, .name = name }));
}

struct passwd *
getpwuid(uid_t uid)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_id, .id = uid }));
}

struct passwd *
getpwent(void)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_all }));
}

int
setpassent(int stayopen)
{
	__nss_rewind(&kind, stayopen);
	return (1);
}

void
setpwent(void)
{
	__nss_rewind(&kind, 0);
}

void
endpwent(void)
{
	nsdispatch(NULL, kind.table[0], NSDB_PASSWD, "endpwent",
	    __nss_compat_sources);
}
