/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nsdispatch(3): runs a look-up through the sources that /etc/nsswitch.conf
 * lists for a database.
 *
 * The file is read on first use and again when its modification time changes.
 * Every source that is not compiled in is a module nss_SOURCE.so.1, loaded
 * while the file is read.  Old configurations are kept: a thread may be
 * walking one.  Modules stay loaded.
 */
#include <sys/stat.h>
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <nsswitch.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <syslog.h>

#define	MAX_SOURCES	8
#define	NAME_MAX_LEN	32

struct database {
	struct database	*next;
	char		name[NAME_MAX_LEN];
	int		nsources;
	ns_src		source[MAX_SOURCES + 1];
	char		names[MAX_SOURCES][NAME_MAX_LEN];
};

struct module {
	struct module	*next;
	char		name[NAME_MAX_LEN];
	ns_mtab		*table;		/* NULL: there is none */
	unsigned int	n;
};

static struct database	*databases;
static struct module	*modules;
static struct timespec	config_time;
static bool		config_read;
static pthread_mutex_t	config_lock = PTHREAD_MUTEX_INITIALIZER;

extern const ns_src __nsdefaultsrc[];
const ns_src __nsdefaultsrc[] = {
	{ NSSRC_FILES, NS_SUCCESS }, { NULL, 0 }
};

static bool
is_builtin(const char *name)
{
	static const char *const builtin[] = {
		NSSRC_FILES, NSSRC_DNS, NSSRC_NIS, NSSRC_COMPAT, NSSRC_CACHE,
		NSSRC_FALLBACK
	};
	size_t i;

	for (i = 0; i < sizeof(builtin) / sizeof(builtin[0]); i++) {
		if (strcmp(name, builtin[i]) == 0)
			return (true);
	}
	return (false);
}

static struct module *
find_module(const char *name)
{
	struct module *m;

	for (m = modules; m != NULL; m = m->next) {
		if (strcmp(m->name, name) == 0)
			return (m);
	}
	return (NULL);
}

/* A module that cannot be loaded is remembered as empty. */
static void
load_module(const char *name)
{
	nss_module_unregister_fn unregister;
	nss_module_register_fn reg = NULL;
	struct module *m;
	char path[NAME_MAX_LEN + 16];
	void *h;

	if (is_builtin(name) || find_module(name) != NULL)
		return;
	m = calloc(1, sizeof(*m));
	if (m == NULL)
		return;
	strlcpy(m->name, name, sizeof(m->name));
	snprintf(path, sizeof(path), "nss_%s.so.1", name);
	h = dlopen(path, RTLD_LOCAL | RTLD_LAZY);
	if (h != NULL)
		*(void **)&reg = dlsym(h, "nss_module_register");
	if (reg != NULL)
		m->table = reg(name, &m->n, &unregister);
	m->next = modules;
	modules = m;
}

static nss_method
module_method(const char *source, const char *database, const char *method,
    void **mdata)
{
	struct module *m = find_module(source);
	unsigned int i;

	for (i = 0; m != NULL && m->table != NULL && i < m->n; i++) {
		if (strcmp(m->table[i].name, method) == 0 &&
		    strcasecmp(m->table[i].database, database) == 0) {
			*mdata = m->table[i].mdata;
			return (m->table[i].method);
		}
	}
	return (NULL);
}

static const char *
skip_blank(const char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return (p);
}

/* A word of letters, digits and underscores, in lower case. */
static const char *
get_word(const char *p, char *out)
{
	size_t n = 0;

	p = skip_blank(p);
	while (isalnum((unsigned char)*p) || *p == '_') {
		if (n < NAME_MAX_LEN - 1)
			out[n++] = (char)tolower((unsigned char)*p);
		p++;
	}
	out[n] = '\0';
	return (p);
}

static uint32_t
status_bit(const char *word)
{
	return (strcmp(word, "success") == 0 ? NS_SUCCESS :
	    strcmp(word, "unavail") == 0 ? NS_UNAVAIL :
	    strcmp(word, "notfound") == 0 ? NS_NOTFOUND :
	    strcmp(word, "tryagain") == 0 ? NS_TRYAGAIN : 0);
}

/* "[STATUS=action ...]" behind a source.  NULL if malformed. */
static const char *
parse_criteria(const char *p, uint32_t *flags)
{
	char status[NAME_MAX_LEN], action[NAME_MAX_LEN];
	uint32_t bit;

	p = skip_blank(p);
	if (*p != '[')
		return (p);
	for (p = skip_blank(p + 1); *p != ']'; p = skip_blank(p)) {
		p = skip_blank(get_word(p, status));
		if (*p != '=' || (bit = status_bit(status)) == 0)
			return (NULL);
		p = get_word(p + 1, action);
		if (strcmp(action, "return") == 0)
			*flags |= bit;
		else if (strcmp(action, "continue") == 0)
			*flags &= ~bit;
		else
			return (NULL);
	}
	return (p + 1);
}

static bool
has_source(const struct database *db, const char *name)
{
	int i;

	for (i = 0; i < db->nsources; i++) {
		if (strcmp(db->names[i], name) == 0)
			return (true);
	}
	return (false);
}

/* "database: source [criteria] ..."; false if the line is malformed. */
static bool
parse_line(const char *p, struct database *db)
{
	uint32_t flags;
	char *name;

	p = skip_blank(get_word(p, db->name));
	if (db->name[0] == '\0' || *p != ':')
		return (false);
	for (p = skip_blank(p + 1); *p != '\0'; p = skip_blank(p)) {
		if (db->nsources == MAX_SOURCES)
			return (false);
		name = db->names[db->nsources];
		p = get_word(p, name);
		if (name[0] == '\0' || has_source(db, name))
			return (false);
		flags = NS_SUCCESS;
		p = parse_criteria(p, &flags);
		if (p == NULL)
			return (false);
		db->source[db->nsources].name = name;
		db->source[db->nsources].flags = flags;
		db->nsources++;
	}
	return (true);
}

static void
add_line(struct database **list, const char *line, int number)
{
	struct database *db;
	int i;

	if (*skip_blank(line) == '\0')
		return;
	db = calloc(1, sizeof(*db));
	if (db == NULL)
		return;
	if (!parse_line(line, db)) {
		syslog(LOG_ERR, "NSSWITCH(nslexer): %s line %d: syntax error",
		    _PATH_NS_CONF, number);
		free(db);
		return;
	}
	if (db->nsources == 0) {
		free(db);
		return;
	}
	for (i = 0; i < db->nsources; i++)
		load_module(db->names[i]);
	/* In front: the last entry for a database wins. */
	db->next = *list;
	*list = db;
}

static void
read_config(const struct stat *st)
{
	struct database *list = NULL;
	char *line = NULL, *more = NULL, *p;
	size_t size = 0, msize = 0;
	int number = 0;
	ssize_t n;
	FILE *fp;

	fp = fopen(_PATH_NS_CONF, "re");
	if (fp == NULL)
		return;
	while ((n = getline(&line, &size, fp)) > 0) {
		number++;
		while (n > 1 && line[n - 1] == '\n' && line[n - 2] == '\\' &&
		    getline(&more, &msize, fp) > 0) {
			line[n - 2] = ' ';
			line[n - 1] = '\0';
			p = NULL;
			if (asprintf(&p, "%s%s", line, more) < 0)
				break;
			free(line);
			line = p;
			n = strlen(line);
			size = n + 1;
			number++;
		}
		line[strcspn(line, "#\n")] = '\0';
		add_line(&list, line, number);
	}
	free(line);
	free(more);
	fclose(fp);
	databases = list;
	config_time = st->st_mtim;
}

static const struct database *
find_database(const char *name)
{
	const struct database *db, *found = NULL;
	struct stat st;

	pthread_mutex_lock(&config_lock);
	if (stat(_PATH_NS_CONF, &st) == 0 && (!config_read ||
	    st.st_mtim.tv_sec != config_time.tv_sec ||
	    st.st_mtim.tv_nsec != config_time.tv_nsec)) {
		config_read = true;
		read_config(&st);
	}
	for (db = databases; db != NULL && found == NULL; db = db->next) {
		if (strcmp(db->name, name) == 0)
			found = db;
	}
	pthread_mutex_unlock(&config_lock);
	return (found);
}

static nss_method
table_method(const ns_dtab *table, const char *source, void **mdata)
{
	for (; table != NULL && table->src != NULL; table++) {
		if (strcmp(table->src, source) == 0) {
			*mdata = table->mdata;
			return (table->method);
		}
	}
	return (NULL);
}

static int
call_source(void *retval, const ns_dtab *table, const char *database,
    const char *method, const char *source, va_list ap)
{
	nss_method fn;
	void *mdata = NULL;

	fn = table_method(table, source, &mdata);
	if (fn == NULL)
		fn = module_method(source, database, method, &mdata);
	if (fn == NULL && (fn = table_method(table, NSSRC_FALLBACK, &mdata)) !=
	    NULL)
		mdata = (void *)(uintptr_t)source;
	if (fn == NULL) {
		/* "compat" serves what "files" does. */
		if (strcmp(source, NSSRC_COMPAT) != 0 ||
		    (fn = table_method(table, NSSRC_FILES, &mdata)) == NULL)
			return (NS_NOTFOUND);
	}
	return (fn(retval, mdata, ap));
}

int	_nsdispatch(void *, const ns_dtab [], const char *, const char *,
	    const ns_src [], ...);

static int
dispatch(void *retval, const ns_dtab *table, const char *database,
    const char *method, const ns_src *defaults, va_list ap)
{
	const struct database *db;
	const ns_src *src;
	va_list copy;
	int saved = errno, status = NS_NOTFOUND;

	db = find_database(database);
	for (src = db != NULL ? db->source : defaults; src->name != NULL;
	    src++) {
		va_copy(copy, ap);
		status = call_source(retval, table, database, method,
		    src->name, copy);
		va_end(copy);
		if (((uint32_t)status & (src->flags | NS_RETURN)) != 0)
			break;
	}
	errno = saved;
	return (status & NS_STATUSMASK);
}

int
nsdispatch(void *retval, const ns_dtab table[], const char *database,
    const char *method, const ns_src defaults[], ...)
{
	va_list ap;
	int r;

	va_start(ap, defaults);
	r = dispatch(retval, table, database, method, defaults, ap);
	va_end(ap);
	return (r);
}

int
_nsdispatch(void *retval, const ns_dtab table[], const char *database,
    const char *method, const ns_src defaults[], ...)
{
	va_list ap;
	int r;

	va_start(ap, defaults);
	r = dispatch(retval, table, database, method, defaults, ap);
	va_end(ap);
	return (r);
}
