/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pwd_mkdb - makes the password databases
 *
 * usage: pwd_mkdb [-CNip] [-B | -L] [-d dir] [-s megabytes] [-u user] file
 *
 * Reads a file in the format of master.passwd and writes pwd.db, which
 * everybody may read and which has no passwords, and spwd.db for root; with -p
 * also the seven-field passwd file, and installs the file itself as
 * master.passwd.  Everything is written beside its place and then renamed,
 * master.passwd last, so that an interrupted run can be repeated.
 *
 * The keys and entries are described in doc/reference/userland/nss-pam.md
 * section 5; both versions are written.
 */
#include <sys/param.h>
#include <sys/endian.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <db.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define	FIELDS		10
#define	LEGACY		3		/* version without a number of its own */
#define	LARGE_ID	65535

/* Where the databases are being written. */
static struct target {
	const char	*name;
	mode_t		mode;
	bool		secret;
	char		temp[PATH_MAX];
	DB		*db;
} targets[] = {
	{ _MP_DB, 0644, false, "", NULL },
	{ _SMP_DB, 0600, true, "", NULL },
};
#define	NTARGETS	(sizeof(targets) / sizeof(targets[0]))

static const char *dir = _PATH_PWD;
static char	orig[PATH_MAX];		/* the passwd file being written */
static int	lorder = BYTE_ORDER;

static void
remove_temps(void)
{
	size_t i;

	for (i = 0; i < NTARGETS; i++) {
		if (targets[i].temp[0] != '\0')
			unlink(targets[i].temp);
	}
	if (orig[0] != '\0')
		unlink(orig);
}

/* A line of the file; its numbers default to 0 on lines of '+' and '-'. */
struct entry {
	char		*field[FIELDS];
	uint32_t	uid, gid, change, expire;
	uint32_t	fields;		/* _PWF_* of what is not empty */
	bool		special;	/* begins with '+' or '-' */
};
enum { NAME, PASSWD, UID, GID, CLASS, CHANGE, EXPIRE, GECOS, DIR, SHELL };

static bool
number(const char *s, uint32_t *v, const char *what, int line)
{
	char *end;
	unsigned long n;

	n = strtoul(s, &end, 10);
	*v = (uint32_t)n;
	if (*end == '\0' && (*s == '\0' || (*s >= '0' && *s <= '9')) &&
	    n <= UINT32_MAX)
		return (true);
	warnx("line %d: bad %s: %s", line, what, s);
	return (false);
}

static bool
parse(char *text, struct entry *e, int line)
{
	static const uint32_t flag[FIELDS] = { _PWF_NAME, _PWF_PASSWD,
	    _PWF_UID, _PWF_GID, _PWF_CLASS, _PWF_CHANGE, _PWF_EXPIRE,
	    _PWF_GECOS, _PWF_DIR, _PWF_SHELL };
	char *p = text;
	int n = 0;

	while (p != NULL && n < FIELDS)
		e->field[n++] = strsep(&p, ":");
	e->special = text[0] == '+' || text[0] == '-';
	if (p != NULL) {
		warnx("line %d: too many fields", line);
		return (false);
	}
	while (e->special && n < FIELDS)
		e->field[n++] = text + strlen(text);
	if (n != FIELDS || e->field[NAME][0] == '\0') {
		warnx("line %d: %s", line, n != FIELDS ? "too few fields" :
		    "no name");
		return (false);
	}
	if (!number(e->field[UID], &e->uid, "uid", line) ||
	    !number(e->field[GID], &e->gid, "gid", line) ||
	    !number(e->field[CHANGE], &e->change, "change", line) ||
	    !number(e->field[EXPIRE], &e->expire, "expire", line))
		return (false);
	if (!e->special && (e->field[UID][0] == '\0' ||
	    e->field[GID][0] == '\0')) {
		warnx("line %d: %s has no uid or gid", line, e->field[NAME]);
		return (false);
	}
	if (strcmp(e->field[NAME], "root") == 0 && e->uid != 0) {
		warnx("line %d: root uid should be 0", line);
		return (false);
	}
	if (e->uid > LARGE_ID && e->uid != UINT32_MAX)
		warnx("%s > recommended max uid value (%d)", e->field[UID],
		    LARGE_ID);
	if (e->gid > LARGE_ID && e->gid != UINT32_MAX)
		warnx("%s > recommended max gid value (%d)", e->field[GID],
		    LARGE_ID);
	e->fields = 0;
	for (n = 0; n < FIELDS; n++) {
		if (e->field[n][0] != '\0')
			e->fields |= flag[n];
	}
	return (true);
}

static char *
put_number(char *p, uint32_t v, int version)
{
	if (version > LEGACY)
		be32enc(p, v);
	else if (lorder == LITTLE_ENDIAN)
		le32enc(p, v);
	else
		be32enc(p, v);
	return (p + 4);
}

/* Lays an entry out as the databases have it. */
static DBT
encode(const struct entry *e, bool secret, int version)
{
	static char buf[LINE_MAX + 64];
	char *p = buf;

	p = stpcpy(p, e->field[NAME]) + 1;
	p = stpcpy(p, secret || e->special ? e->field[PASSWD] : "*") + 1;
	p = put_number(p, e->uid, version);
	p = put_number(p, e->gid, version);
	p = put_number(p, e->change, version);
	p = stpcpy(p, e->field[CLASS]) + 1;
	p = stpcpy(p, e->field[GECOS]) + 1;
	p = stpcpy(p, e->field[DIR]) + 1;
	p = stpcpy(p, e->field[SHELL]) + 1;
	p = put_number(p, e->expire, version);
	p = put_number(p, e->fields, version);
	return ((DBT){ buf, (size_t)(p - buf) });
}

static void
store(struct target *t, int base, int version, const void *rest, size_t n,
    const DBT *data, unsigned int flags)
{
	char key[LINE_MAX];
	DBT k = { key, n + 1 };

	key[0] = (char)((base & 0xcf) | version << 4);
	memcpy(key + 1, rest, n);
	if (t->db->put(t->db, &k, data, flags) < 0) {
		warn("%s", t->temp);
		remove_temps();
		exit(EX_IOERR);
	}
}

/* Stores one entry under its keys, in both versions. */
static void
add_entry(struct target *t, const struct entry *e, uint32_t count,
    uint32_t special)
{
	int version;
	char id[4];
	DBT data;

	for (version = LEGACY; version <= _PWD_CURRENT_VERSION; version++) {
		data = encode(e, t->secret, version);
		put_number(id, count, version);
		store(t, _PW_KEYBYNUM, version, id, 4, &data, 0);
		if (e->special) {
			put_number(id, special, version);
			store(t, _PW_KEYYPBYNUM, version, id, 4, &data, 0);
			continue;
		}
		store(t, _PW_KEYBYNAME, version, e->field[NAME],
		    strlen(e->field[NAME]), &data, 0);
		put_number(id, e->uid, version);
		store(t, _PW_KEYBYUID, version, id, 4, &data, R_NOOVERWRITE);
	}
}

/* What is in a database beside the entries. */
static void
add_marks(struct target *t, bool special)
{
	char name[] = _PWD_VERSION_KEY, version = _PWD_CURRENT_VERSION;
	char both = 1 + 2;
	DBT key = { name, sizeof(name) - 1 }, data = { &version, 1 };
	int v;

	if (t->db->put(t->db, &key, &data, 0) < 0)
		err(EX_IOERR, "%s", t->temp);
	data.data = &both;
	for (v = LEGACY; special && v <= _PWD_CURRENT_VERSION; v++)
		store(t, _PW_KEYYPENABLED, v, "", 0, &data, 0);
}

/*
 * Goes through the file: checks it and, unless that is all that is wanted,
 * fills the databases and the passwd file.
 */
static int
process(FILE *in, FILE *out, bool check_only, const char *user)
{
	char line[LINE_MAX + 2];
	uint32_t count = 0, special = 0;
	struct entry e;
	int n = 0, bad = 0;
	bool seen = user == NULL;
	size_t i;

	while (fgets(line, sizeof(line), in) != NULL) {
		n++;
		if (strchr(line, '\n') == NULL && !feof(in)) {
			warnx("line %d: too long", n);
			return (-1);
		}
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[strspn(line, " \t")] == '\0')
			continue;
		if (!parse(line, &e, n)) {
			bad = -1;
			continue;
		}
		count++;
		special += e.special;
		seen |= user != NULL && strcmp(e.field[NAME], user) == 0;
		for (i = 0; i < NTARGETS && !check_only; i++)
			add_entry(&targets[i], &e, count, special);
		if (out != NULL)
			fprintf(out, "%s:*:%s:%s:%s:%s:%s\n", e.field[NAME],
			    e.field[UID], e.field[GID], e.field[GECOS],
			    e.field[DIR], e.field[SHELL]);
	}
	if (!seen) {
		warnx("no user %s", user);
		bad = -1;
	}
	for (i = 0; i < NTARGETS && !check_only; i++)
		add_marks(&targets[i], special > 0);
	return (ferror(in) ? -1 : bad);
}

static void
open_targets(unsigned int megabytes)
{
	HASHINFO info = { .bsize = 4096, .ffactor = 32, .nelem = 256,
	    .cachesize = megabytes << 20, .lorder = lorder };
	struct target *t;

	for (t = targets; t < targets + NTARGETS; t++) {
		if (snprintf(t->temp, sizeof(t->temp), "%s/%s.tmp", dir,
		    t->name) >= (int)sizeof(t->temp))
			errx(EX_USAGE, "%s: name too long", dir);
		unlink(t->temp);
		t->db = dbopen(t->temp, O_RDWR | O_CREAT | O_EXCL, t->mode,
		    DB_HASH, &info);
		if (t->db == NULL) {
			warn("%s", t->temp);
			remove_temps();
			exit(EX_CANTCREAT);
		}
		fchmod(t->db->fd(t->db), t->mode);
	}
}

static void
install(const char *from, const char *name)
{
	char to[PATH_MAX];

	snprintf(to, sizeof(to), "%s/%s", dir, name);
	if (rename(from, to) != 0) {
		warn("%s to %s", from, to);
		remove_temps();
		exit(EX_IOERR);
	}
}

static void
usage(void)
{
	fprintf(stderr, "usage: pwd_mkdb [-CNip] [-B | -L] [-d dir] "
	    "[-s megabytes] [-u user] file\n");
	exit(EX_USAGE);
}

int
main(int argc, char **argv)
{
	bool check = false, nowait = false, ignore = false, passwd = false;
	const char *user = NULL, *file;
	unsigned int megabytes = 2;
	FILE *in, *out = NULL;
	struct target *t;
	int c, bad;

	while ((c = getopt(argc, argv, "BCLNd:ips:u:v")) != -1) {
		switch (c) {
		case 'B':
			lorder = BIG_ENDIAN;
			break;
		case 'C':
			check = true;
			break;
		case 'L':
			lorder = LITTLE_ENDIAN;
			break;
		case 'N':
			nowait = true;
			break;
		case 'd':
			dir = optarg;
			break;
		case 'i':
			ignore = true;
			break;
		case 'p':
			passwd = true;
			break;
		case 's':
			megabytes = (unsigned int)strtoul(optarg, NULL, 10);
			if (megabytes == 0 || megabytes > 1024)
				usage();
			break;
		case 'u':
			user = optarg;
			break;
		case 'v':
			break;
		default:
			usage();
		}
	}
	if (argc - optind != 1)
		usage();
	file = argv[optind];
	in = fopen(file, "re");
	if (in == NULL)
		err(EX_NOINPUT, "%s", file);
	if (flock(fileno(in), LOCK_EX | (nowait ? LOCK_NB : 0)) != 0 &&
	    !ignore)
		err(EX_TEMPFAIL, "%s", file);
	umask(0);
	if (check)
		return (process(in, NULL, true, user) == 0 ? 0 : EX_DATAERR);
	open_targets(megabytes);
	if (passwd) {
		snprintf(orig, sizeof(orig), "%s.orig", file);
		unlink(orig);
		c = open(orig, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
		out = c >= 0 ? fdopen(c, "w") : NULL;
		if (out == NULL) {
			warn("%s", orig);
			remove_temps();
			return (EX_CANTCREAT);
		}
	}
	bad = process(in, out, false, user);
	for (t = targets; t < targets + NTARGETS; t++) {
		if (t->db->close(t->db) != 0) {
			warn("%s", t->temp);
			bad = -1;
		}
	}
	if (out != NULL && (fflush(out) != 0 || fsync(fileno(out)) != 0 ||
	    fclose(out) != 0)) {
		warn("%s", orig);
		bad = -1;
	}
	if (bad != 0) {
		remove_temps();
		return (EX_DATAERR);
	}
	for (t = targets; t < targets + NTARGETS; t++)
		install(t->temp, t->name);
	if (passwd) {
		install(orig, _PASSWD);
		if (chmod(file, 0600) != 0)
			err(EX_IOERR, "%s", file);
		install(file, _MASTERPASSWD);
	}
	return (0);
}
