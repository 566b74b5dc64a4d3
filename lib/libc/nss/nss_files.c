/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The frame of look-ups in account files; see nss_files.h.
 *
 * Where a database was made from the file (pwd_mkdb(8)) that is asked, else
 * the file is read.  Lines that begin with '+' or '-' refer to other services
 * and are passed over.
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "nss_files.h"

const ns_src __nss_compat_sources[] = {
	{ NSSRC_COMPAT, NS_SUCCESS }, { NULL, 0 }
};

int
__nss_split(char *line, char **field, int max)
{
	int n = 0;

	line[strcspn(line, "\n")] = '\0';
	while (n < max - 1 && line != NULL)
		field[n++] = strsep(&line, ":");
	if (line != NULL)
		field[n++] = line;
	return (n);
}

bool
__nss_number(const char *s, unsigned long max, unsigned long *v)
{
	char *end;

	if (!isdigit((unsigned char)*s))
		return (false);
	*v = strtoul(s, &end, 10);
	return (*end == '\0' && *v <= max);
}

bool
__nss_line_matches(const char *line, const struct nss_key *key)
{
	const char *colon, *second;
	size_t n;

	if (key->how == nss_lt_all)
		return (true);
	colon = strchr(line, ':');
	if (colon == NULL)
		return (false);
	n = (size_t)(colon - line);
	if (key->how == nss_lt_name)
		return (strlen(key->name) == n &&
		    memcmp(line, key->name, n) == 0);
	second = strchr(colon + 1, ':');
	return (second != NULL && isdigit((unsigned char)second[1]) &&
	    strtoul(second + 1, NULL, 10) == key->id);
}

int
__nss_files_scan(struct nss_kind *k, FILE *fp, bool full,
    const struct nss_key *key, const struct nss_answer *a)
{
	char *line = NULL;
	size_t room = 0;
	off_t start;
	ssize_t n;
	int status = NS_NOTFOUND;

	while (status == NS_NOTFOUND) {
		start = ftello(fp);
		n = getline(&line, &room, fp);
		if (n <= 0)
			break;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		if (line[0] == '#' || line[0] == '+' || line[0] == '-' ||
		    line[strspn(line, " \t")] == '\0' ||
		    !__nss_line_matches(line, key))
			continue;
		status = k->fill(line, (size_t)n, full, key, a);
		/* The same line again, with a larger buffer. */
		if (status == NS_RETURN)
			fseeko(fp, start, SEEK_SET);
	}
	free(line);
	return (status);
}

static void
get_answer(struct nss_answer *a, va_list *ap)
{
	a->entry = va_arg(*ap, void *);
	a->buf = va_arg(*ap, char *);
	a->size = va_arg(*ap, size_t);
	a->errnop = va_arg(*ap, int *);
}

static int
found(int status, void *retval, const struct nss_answer *a)
{
	if (status == NS_SUCCESS)
		*(void **)retval = a->entry;
	return (status);
}

int
__nss_files_lookup(void *retval, void *mdata, va_list arg)
{
	const struct nss_method_arg *m = mdata;
	struct nss_kind *k = m->kind;
	struct nss_key key = { .how = m->how };
	struct nss_answer a;
	va_list ap;
	bool full;
	int status;
	FILE *fp;
	DB *db;

	va_copy(ap, arg);
	if (key.how == nss_lt_name)
		key.name = va_arg(ap, const char *);
	else
		key.id = va_arg(ap, unsigned int);
	get_answer(&a, &ap);
	va_end(ap);
	db = k->open_db != NULL ? k->open_db() : NULL;
	if (db != NULL) {
		status = k->from_db(db, &key, &a);
		db->close(db);
		return (found(status, retval, &a));
	}
	fp = k->open(&full);
	if (fp == NULL) {
		*a.errnop = errno;
		return (NS_UNAVAIL);
	}
	status = __nss_files_scan(k, fp, full, &key, &a);
	fclose(fp);
	return (found(status, retval, &a));
}

int
__nss_files_next(void *retval, void *mdata, va_list arg)
{
	struct nss_kind *k = mdata;
	struct nss_key key = { .how = nss_lt_all };
	struct nss_answer a;
	va_list ap;
	int status = NS_NOTFOUND;

	va_copy(ap, arg);
	get_answer(&a, &ap);
	va_end(ap);
	pthread_mutex_lock(&k->lock);
	if (!k->started) {
		k->started = true;
		k->number = 1;
		if (k->open_db != NULL)
			k->db = k->open_db();
		if (k->db == NULL)
			k->stream = k->open(&k->full);
	}
	if (k->db != NULL) {
		key.id = k->number;
		status = k->from_db(k->db, &key, &a);
		if (status == NS_SUCCESS)
			k->number++;
	} else if (k->stream != NULL)
		status = __nss_files_scan(k, k->stream, k->full, &key, &a);
	pthread_mutex_unlock(&k->lock);
	return (found(status, retval, &a));
}

int
__nss_files_rewind(void *retval, void *mdata, va_list ap)
{
	struct nss_kind *k = mdata;

	pthread_mutex_lock(&k->lock);
	if (k->stream != NULL)
		fclose(k->stream);
	if (k->db != NULL)
		k->db->close(k->db);
	k->stream = NULL;
	k->db = NULL;
	k->started = false;
	pthread_mutex_unlock(&k->lock);
	return (NS_UNAVAIL);
}

int
__nss_get(struct nss_kind *k, const struct nss_key *key, void *entry,
    char *buf, size_t size, void **result)
{
	const ns_dtab *table = k->table[key->how];
	const char *method = k->method[key->how];
	int error = 0, status;

	*result = NULL;
	if (key->how == nss_lt_name)
		status = nsdispatch(result, table, k->database, method,
		    __nss_compat_sources, key->name, entry, buf, size, &error);
	else if (key->how == nss_lt_id)
		status = nsdispatch(result, table, k->database, method,
		    __nss_compat_sources, key->id, entry, buf, size, &error);
	else
		status = nsdispatch(result, table, k->database, method,
		    __nss_compat_sources, entry, buf, size, &error);
	return (status == NS_SUCCESS || status == NS_NOTFOUND ? 0 : error);
}

static bool
bigger_buffer(struct nss_kind *k)
{
	size_t size = k->size == 0 ? NSS_BUF_FIRST : k->size * 2;
	char *p;

	if (size > NSS_BUF_LAST || (p = realloc(k->buf, size)) == NULL)
		return (false);
	k->buf = p;
	k->size = size;
	return (true);
}

/* For the functions whose result is static. */
void *
__nss_get_static(struct nss_kind *k, const struct nss_key *key)
{
	void *result = NULL;
	int error;

	if (k->buf == NULL && !bigger_buffer(k))
		return (NULL);
	do {
		error = __nss_get(k, key, k->entry, k->buf, k->size, &result);
	} while (error == ERANGE && bigger_buffer(k));
	if (error != 0)
		errno = error;
	return (result);
}

void
__nss_rewind(struct nss_kind *k, int stayopen)
{
	nsdispatch(NULL, k->table[0], k->database, k->method[0],
	    __nss_compat_sources, stayopen);
}
