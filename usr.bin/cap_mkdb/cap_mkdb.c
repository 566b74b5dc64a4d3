/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap_mkdb - makes a database of a capability file
 *
 * usage: cap_mkdb [-v] [-f name] file ...
 *
 * Each record is stored, with its "tc=" resolved, under all its names together
 * ("a|b|c"); under each single name is a reference to that key.  The first
 * byte of a datum says what it is: see getcap(3).
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <db.h>
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* First bytes of data. */
#define RECORD		'\0'
#define INCOMPLETE	'\1'	/* an included record was missing */
#define REFERENCE	'\2'

static char	path[PATH_MAX];

static void
usage(void)
{
	fprintf(stderr, "usage: cap_mkdb [-v] [-f name] file ...\n");
	exit(EX_USAGE);
}

static void
store(DB *db, const char *key, size_t n, char kind, const char *text,
    size_t len)
{
	char *buf = malloc(len + 2);
	DBT k = { __DECONST(char *, key), n }, d = { buf, len + 2 };
	int r;

	if (buf == NULL)
		err(EX_OSERR, NULL);
	buf[0] = kind;
	memcpy(buf + 1, text, len);
	buf[len + 1] = '\0';
	r = db->put(db, &k, &d, R_NOOVERWRITE);
	if (r < 0) {
		warn("%s", path);
		unlink(path);
		exit(EX_IOERR);
	}
	if (r == 1)
		warnx("ignored duplicate: %.*s", (int)n, key);
	free(buf);
}

static void
add_record(DB *db, const char *record, int incomplete)
{
	size_t names = strcspn(record, ":"), n;
	const char *p;

	if (incomplete)
		warnx("no include for: %.*s", (int)names, record);
	store(db, record, names, incomplete ? INCOMPLETE : RECORD, record,
	    strlen(record));
	if (memchr(record, '|', names) == NULL)
		return;
	for (p = record; p < record + names; p += n + 1) {
		n = strcspn(p, "|:");
		if (n > 0)
			store(db, p, n, REFERENCE, record, names);
	}
}

int
main(int argc, char **argv)
{
	static const HASHINFO info = { .bsize = 4096, .ffactor = 32,
	    .nelem = 512, .cachesize = 1 << 20 };
	const char *name = NULL;
	char *record;
	int c, r, verbose = 0, count = 0;
	DB *db;

	while ((c = getopt(argc, argv, "f:v")) != -1) {
		if (c == 'f')
			name = optarg;
		else if (c == 'v')
			verbose = 1;
		else
			usage();
	}
	argv += optind;
	if (*argv == NULL)
		usage();
	if (snprintf(path, sizeof(path), "%s.db.tmp", name != NULL ? name :
	    *argv) >= (int)sizeof(path))
		errx(EX_USAGE, "%s: name too long", *argv);
	unlink(path);
	db = dbopen(path, O_CREAT | O_EXCL | O_RDWR, 0644, DB_HASH, &info);
	if (db == NULL)
		err(EX_CANTCREAT, "%s", path);
	for (r = cgetfirst(&record, argv); r > 0; r = cgetnext(&record,
	    argv)) {
		add_record(db, record, r == 2);
		free(record);
		count++;
	}
	cgetclose();
	if (r < 0 || db->close(db) != 0) {
		warn("%s", r < 0 ? *argv : path);
		unlink(path);
		return (EX_IOERR);
	}
	record = strdup(path);
	record[strlen(record) - 4] = '\0';
	if (rename(path, record) != 0)
		err(EX_IOERR, "%s", record);
	if (verbose)
		warnx("%d capability records", count);
	return (0);
}
