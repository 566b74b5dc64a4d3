/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * db(3) against a model in memory: random operations with keys and data of
 * all sizes, in both byte orders, with the file closed and opened in between;
 * and damaged files, which may give errors but nothing worse.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <db.h>
#include "../libc/tap.h"

#define	NKEYS	1500

static char	path[64];
static uint64_t	seed = 88172645463325252ULL;

static uint32_t
rnd(uint32_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((uint32_t)(seed >> 20) % n);
}

/* The model: datum number (0: absent) of each key. */
static uint32_t	model[NKEYS];

static size_t
key_size(uint32_t k)
{
	return (k % 97 == 5 ? 900 + k % 3 : 4 + k % 13);
}

static DBT
make_key(uint32_t k)
{
	static unsigned char b[2048];
	size_t n = key_size(k);

	memset(b, 'k', n);
	b[0] = (unsigned char)(k >> 8);
	b[1] = (unsigned char)k;
	b[n - 1] = (unsigned char)(k * 7);
	return ((DBT){ b, n });
}

static DBT
make_data(uint32_t d)
{
	static unsigned char b[8192];
	size_t n = d % 23 == 3 ? 3000 + d % 2000 : d % 61;

	memset(b, (int)(d & 0xff), sizeof(b));
	if (n >= 4)
		memcpy(b, &d, 4);
	return ((DBT){ b, n });
}

static int
same(const DBT *a, const DBT *b)
{
	return (a->size == b->size && memcmp(a->data, b->data, a->size) == 0);
}

static int
check_all(DB *db)
{
	uint32_t k, present = 0, seen = 0;
	DBT key, data, want;
	unsigned flag;
	int r;

	for (k = 0; k < NKEYS; k++) {
		key = make_key(k);
		r = db->get(db, &key, &data, 0);
		if (r != (model[k] == 0))
			return (printf("# key %u: %d\n", k, r), 0);
		if (r == 0) {
			want = make_data(model[k]);
			present++;
			if (!same(&data, &want))
				return (printf("# datum of %u\n", k), 0);
		}
	}
	for (flag = R_FIRST; (r = db->seq(db, &key, &data, flag)) == 0;
	    flag = R_NEXT) {
		seen++;
		k = ((unsigned char *)key.data)[0] << 8 |
		    ((unsigned char *)key.data)[1];
		want = make_data(model[k]);
		if (!same(&data, &want))
			return (printf("# walk at %u\n", k), 0);
	}
	if (r != 1 || seen != present)
		return (printf("# walk: %u of %u, %d\n", seen, present, r), 0);
	return (1);
}

static int
churn(DB *db, int rounds)
{
	DBT key, data;
	uint32_t k, d;
	int r;

	while (rounds-- > 0) {
		k = rnd(NKEYS);
		key = make_key(k);
		if (rnd(3) == 0) {
			r = db->del(db, &key, 0);
			if (r != (model[k] == 0))
				return (printf("# del %u: %d %d\n", k, r,
				    errno), 0);
			model[k] = 0;
			continue;
		}
		d = rnd(1 << 30) + 1;
		data = make_data(d);
		r = db->put(db, &key, &data, rnd(4) == 0 ? R_NOOVERWRITE : 0);
		if (r < 0)
			return (printf("# put %u: %d\n", k, errno), 0);
		if (r == 0)
			model[k] = d;
	}
	return (1);
}

static void
against_model(DBTYPE type, const void *info, const char *name)
{
	int good = 1, i;
	DB *db;

	memset(model, 0, sizeof(model));
	unlink(path);
	for (i = 0; i < 6 && good; i++) {
		db = dbopen(path, O_RDWR | O_CREAT, 0644, type,
		    i == 0 ? info : NULL);
		if (db == NULL) {
			perror("# dbopen");
			good = 0;
			break;
		}
		good = check_all(db) && churn(db, 1200) && check_all(db);
		if (db->close(db) != 0)
			good = 0;
	}
	tap(good, name);
}

/* Deleting what a walk is at does not disturb the walk. */
static void
delete_in_walk(DBTYPE type, const char *name)
{
	uint32_t k, seen = 0, kept = 0;
	DB *db = dbopen(NULL, O_RDWR | O_CREAT, 0, type, NULL);
	DBT key, data;
	unsigned flag;
	int good = db != NULL, r;

	for (k = 0; k < NKEYS && good; k++) {
		key = make_key(k);
		data = make_data(k);
		good = db->put(db, &key, &data, 0) == 0;
	}
	for (flag = R_FIRST; good && (r = db->seq(db, &key, &data, flag)) == 0;
	    flag = R_NEXT) {
		seen++;
		k = ((unsigned char *)key.data)[0] << 8 |
		    ((unsigned char *)key.data)[1];
		if (k % 3 != 0)
			good = db->del(db, &key, R_CURSOR) == 0;
		else
			kept++;
	}
	good = good && seen == NKEYS && kept == NKEYS / 3;
	for (flag = R_FIRST, seen = 0; good &&
	    db->seq(db, &key, &data, flag) == 0; flag = R_NEXT)
		seen++;
	tap(good && seen == kept, name);
	db->close(db);
}

static void
btree_order(void)
{
	DB *db = dbopen(NULL, O_RDWR | O_CREAT, 0, DB_BTREE, NULL);
	uint32_t i, k, last;
	DBT key, data;
	unsigned char b[4];
	unsigned flag;
	int good = 1;

	for (i = 0; i < 5000; i++) {
		k = i * 2654435761u;
		b[0] = k >> 24; b[1] = k >> 16; b[2] = k >> 8; b[3] = k;
		key = (DBT){ b, 4 };
		data = (DBT){ &i, 4 };
		good &= db->put(db, &key, &data, 0) == 0;
	}
	for (flag = R_FIRST, i = 0, last = 0; db->seq(db, &key, &data, flag) ==
	    0; flag = R_NEXT, i++) {
		unsigned char *p = key.data;

		k = (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
		good &= i == 0 || k > last;
		last = k;
	}
	tap(good && i == 5000, "btree walks in order");
	for (flag = R_LAST, i = 0; db->seq(db, &key, &data, flag) == 0;
	    flag = R_PREV)
		i++;
	tap(i == 5000, "btree walks backwards");
	key = (DBT){ "\200", 1 };
	good = db->seq(db, &key, &data, R_CURSOR) == 0 &&
	    ((unsigned char *)key.data)[0] == 0x80;
	tap(good, "btree finds the smallest key not below");
	db->close(db);
}

static void
btree_duplicates(void)
{
	BTREEINFO info = { .flags = R_DUP, .psize = 512 };
	DB *db = dbopen(NULL, O_RDWR | O_CREAT, 0, DB_BTREE, &info);
	DBT key, data;
	uint32_t i, n = 0;
	int good = 1;

	for (i = 0; i < 900; i++) {
		key = (DBT){ i % 3 == 0 ? "aa" : i % 3 == 1 ? "bb" : "cc", 2 };
		data = (DBT){ &i, sizeof(i) };
		good &= db->put(db, &key, &data, 0) == 0;
	}
	key = (DBT){ "bb", 2 };
	good &= db->seq(db, &key, &data, R_CURSOR) == 0;
	while (good && key.size == 2 && memcmp(key.data, "bb", 2) == 0) {
		memcpy(&i, data.data, 4);
		good &= i == 3 * n + 1;
		n++;
		if (db->seq(db, &key, &data, R_NEXT) != 0)
			break;
	}
	tap(good && n == 300, "btree keeps duplicates in order of insertion");
	key = (DBT){ "bb", 2 };
	good = db->del(db, &key, 0) == 0 && db->get(db, &key, &data, 0) == 1;
	key = (DBT){ "cc", 2 };
	tap(good && db->get(db, &key, &data, 0) == 0,
	    "btree deletes all duplicates");
	db->close(db);
}

static void
records(void)
{
	recno_t n;
	DBT key = { &n, sizeof(n) }, data;
	char buf[64] = "";
	FILE *fp = fopen(path, "w");
	DB *db;
	int good;

	fputs("one\ntwo\n\nfour", fp);
	fclose(fp);
	db = dbopen(path, O_RDWR, 0, DB_RECNO, NULL);
	n = 2;
	good = db->get(db, &key, &data, 0) == 0 && data.size == 3 &&
	    memcmp(data.data, "two", 3) == 0;
	n = 4;
	good &= db->get(db, &key, &data, 0) == 0 && data.size == 4;
	n = 5;
	good &= db->get(db, &key, &data, 0) == 1;
	tap(good, "recno reads lines");
	n = 1;
	data = (DBT){ "1a", 2 };
	good = db->put(db, &key, &data, R_IAFTER) == 0 && n == 2;
	n = 4;
	good &= db->del(db, &key, 0) == 0;
	n = 6;
	data = (DBT){ "six", 3 };
	good &= db->put(db, &key, &data, 0) == 0;
	good &= db->close(db) == 0;
	fp = fopen(path, "r");
	buf[fread(buf, 1, sizeof(buf) - 1, fp)] = '\0';
	fclose(fp);
	tap(good && strcmp(buf, "one\n1a\ntwo\nfour\n\nsix\n") == 0,
	    "recno inserts, deletes and writes back");
}

/* An editor's use: the file stays, the copy has the changes. */
static void
recovery(void)
{
	char copy[80];
	RECNOINFO info = { .bval = '\n', .bfname = copy };
	recno_t n = 1;
	DBT key = { &n, sizeof(n) }, data;
	FILE *fp = fopen(path, "w");
	DB *db;
	int good;

	snprintf(copy, sizeof(copy), "%s.copy", path);
	fputs("one\ntwo\n", fp);
	fclose(fp);
	db = dbopen(path, O_RDONLY, 0, DB_RECNO, &info);
	data = (DBT){ "new", 3 };
	good = db->put(db, &key, &data, R_IBEFORE) == 0 &&
	    db->sync(db, R_RECNOSYNC) == 0 && db->close(db) == 0;
	db = dbopen(NULL, O_RDONLY, 0, DB_RECNO, &info);
	good = good && db != NULL && db->seq(db, &key, &data, R_LAST) == 0 &&
	    *(recno_t *)key.data == 3 && memcmp(data.data, "two", 3) == 0 &&
	    db->seq(db, &key, &data, R_FIRST) == 0 &&
	    memcmp(data.data, "new", 3) == 0;
	tap(good, "recno keeps a copy for recovery");
	db->close(db);
	unlink(copy);
}

/* Flips bytes of a file and does everything with it. */
static void
damage(DBTYPE type, const char *name)
{
	unsigned char *file, *copy;
	DBT key, data;
	struct stat st;
	uint32_t i, j, steps;
	unsigned flag;
	DB *db;
	int fd;

	memset(model, 0, sizeof(model));
	unlink(path);
	db = dbopen(path, O_RDWR | O_CREAT, 0644, type, type == DB_HASH ?
	    (void *)&(HASHINFO){ .bsize = 256, .ffactor = 8 } :
	    (void *)&(BTREEINFO){ .psize = 512 });
	churn(db, 600);
	db->close(db);
	fd = open(path, O_RDWR);
	fstat(fd, &st);
	file = malloc(st.st_size);
	copy = malloc(st.st_size);
	if (pread(fd, file, st.st_size, 0) != st.st_size)
		abort();
	for (i = 0; i < 400; i++) {
		memcpy(copy, file, st.st_size);
		for (j = rnd(12) + 1; j > 0; j--)
			copy[rnd(4) == 0 ? rnd(300) : rnd((uint32_t)
			    st.st_size)] = (unsigned char)rnd(256);
		ftruncate(fd, 0);
		if (pwrite(fd, copy, rnd(8) == 0 ? rnd((uint32_t)st.st_size) :
		    st.st_size, 0) < 0)
			abort();
		db = dbopen(path, O_RDWR, 0, type, NULL);
		if (db == NULL)
			continue;
		for (flag = R_FIRST, steps = 0; steps < 3000 &&
		    db->seq(db, &key, &data, flag) == 0; flag = R_NEXT)
			steps++;
		for (steps = 0; steps < 60; steps++) {
			key = make_key(rnd(NKEYS));
			data = make_data(rnd(1000));
			if (rnd(2))
				db->put(db, &key, &data, 0);
			else
				db->del(db, &key, 0);
		}
		db->close(db);
	}
	close(fd);
	free(file);
	free(copy);
	tap(1, name);
}

int
main(void)
{
	snprintf(path, sizeof(path), "/tmp/test_db.%d", (int)getpid());
	against_model(DB_HASH, &(HASHINFO){ .bsize = 256, .ffactor = 8 },
	    "hash agrees with a model, small pages");
	against_model(DB_HASH, &(HASHINFO){ .bsize = 4096, .ffactor = 32,
	    .nelem = 256, .lorder = 4321 }, "hash agrees, big-endian");
	against_model(DB_HASH, NULL, "hash agrees, defaults");
	against_model(DB_BTREE, &(BTREEINFO){ .psize = 512 },
	    "btree agrees, small pages");
	against_model(DB_BTREE, &(BTREEINFO){ .psize = 1024, .lorder = 4321 },
	    "btree agrees, big-endian");
	against_model(DB_BTREE, NULL, "btree agrees, defaults");
	delete_in_walk(DB_HASH, "hash walk survives deletion");
	delete_in_walk(DB_BTREE, "btree walk survives deletion");
	btree_order();
	btree_duplicates();
	records();
	recovery();
	damage(DB_HASH, "damaged hash files");
	damage(DB_BTREE, "damaged btree files");
	unlink(path);
	return (tap_end());
}
