/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getgrnam(3) and its family, getgrouplist(3).  The "files" source reads
 * /etc/group.
 */
#include <errno.h>
#include <grp.h>
#include <nsswitch.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "nss_text.h"

#define	GROUP_FIELDS	4

static const ns_src defaults[] = {
	{ NSSRC_COMPAT, NS_SUCCESS }, { NULL, 0 }
};

static FILE	*stream;
static bool	stream_done;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

struct request {
	int		how;		/* nss_lt_* */
	const char	*name;
	gid_t		gid;
};

static bool
matches(const struct request *rq, const char *line)
{
	char *colon, *second;
	size_t n;

	if (rq->how == nss_lt_all)
		return (true);
	colon = strchr(line, ':');
	if (colon == NULL)
		return (false);
	n = colon - line;
	if (rq->how == nss_lt_name)
		return (strlen(rq->name) == n &&
		    memcmp(line, rq->name, n) == 0);
	second = strchr(colon + 1, ':');
	return (second != NULL &&
	    strtoul(second + 1, NULL, 10) == rq->gid);
}

/* Lays an entry out in buf: the member vector, then the text. */
static int
fill(const char *line, size_t n, struct group *gr, char *buf, size_t size,
    int *errnop)
{
	char *f[GROUP_FIELDS], **mem, *text, *p;
	unsigned long gid;
	size_t members = 2, align, i;
	int nf;

	for (i = 0; i < n; i++)
		members += line[i] == ',';
	align = -(uintptr_t)buf % sizeof(char *);
	if (size < align + members * sizeof(char *) + n + 1) {
		*errnop = ERANGE;
		return (NS_RETURN);
	}
	mem = (char **)(void *)(buf + align);
	text = (char *)(mem + members);
	memcpy(text, line, n);
	text[n] = '\0';
	nf = __nss_split(text, f, GROUP_FIELDS);
	if (nf < 3 || !__nss_number(f[2], GID_MAX, &gid))
		return (NS_NOTFOUND);
	gr->gr_name = f[0];
	gr->gr_passwd = f[1];
	gr->gr_gid = (gid_t)gid;
	gr->gr_mem = mem;
	p = nf > 3 ? f[3] : NULL;
	while (p != NULL) {
		char *name = strsep(&p, ", \t");

		if (*name != '\0')
			*mem++ = name;
	}
	*mem = NULL;
	return (NS_SUCCESS);
}

static int
next_entry(FILE *fp, const struct request *rq, struct group *gr, char *buf,
    size_t size, int *errnop)
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
		if (n == 0 || line[0] == '#' || line[0] == '+' ||
		    line[0] == '-' || !matches(rq, line))
			continue;
		status = fill(line, n, gr, buf, size, errnop);
		if (status == NS_RETURN)
			fseeko(fp, start, SEEK_SET);
	}
	free(line);
	return (status);
}

static int
files_lookup(void *retval, void *mdata, va_list ap)
{
	struct request rq = { .how = (int)(uintptr_t)mdata };
	struct group *gr;
	char *buf;
	size_t size;
	int *errnop, status;
	FILE *fp;

	if (rq.how == nss_lt_name)
		rq.name = va_arg(ap, const char *);
	else
		rq.gid = va_arg(ap, gid_t);
	gr = va_arg(ap, struct group *);
	buf = va_arg(ap, char *);
	size = va_arg(ap, size_t);
	errnop = va_arg(ap, int *);
	fp = fopen(_PATH_GROUP, "re");
	if (fp == NULL) {
		*errnop = errno;
		return (NS_UNAVAIL);
	}
	status = next_entry(fp, &rq, gr, buf, size, errnop);
	fclose(fp);
	if (status == NS_SUCCESS)
		*(struct group **)retval = gr;
	return (status);
}

static int
files_getgrent(void *retval, void *mdata, va_list ap)
{
	struct request rq = { .how = nss_lt_all };
	struct group *gr = va_arg(ap, struct group *);
	char *buf = va_arg(ap, char *);
	size_t size = va_arg(ap, size_t);
	int *errnop = va_arg(ap, int *), status = NS_NOTFOUND;

	pthread_mutex_lock(&lock);
	if (stream == NULL && !stream_done)
		stream = fopen(_PATH_GROUP, "re");
	if (stream != NULL)
		status = next_entry(stream, &rq, gr, buf, size, errnop);
	if (status == NS_NOTFOUND)
		stream_done = true;
	pthread_mutex_unlock(&lock);
	if (status == NS_SUCCESS)
		*(struct group **)retval = gr;
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
static const ns_dtab by_gid[] = {
	{ NSSRC_FILES, files_lookup, (void *)nss_lt_id },
	{ NULL, NULL, NULL }
};
static const ns_dtab all[] = {
	{ NSSRC_FILES, files_getgrent, (void *)nss_lt_all },
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
getgrnam_r(const char *name, struct group *gr, char *buf, size_t size,
    struct group **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, by_name, NSDB_GROUP, "getgrnam_r",
	    defaults, name, gr, buf, size, &error);
	return (outcome(status, error));
}

int
getgrgid_r(gid_t gid, struct group *gr, char *buf, size_t size,
    struct group **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, by_gid, NSDB_GROUP, "getgrgid_r", defaults,
	    gid, gr, buf, size, &error);
	return (outcome(status, error));
}

int
getgrent_r(struct group *gr, char *buf, size_t size, struct group **result)
{
	int error = 0, status;

	*result = NULL;
	status = nsdispatch(result, all, NSDB_GROUP, "getgrent_r", defaults,
	    gr, buf, size, &error);
	return (outcome(status, error));
}

static struct group	static_gr;
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

static struct group *
get_static(int how, const char *name, gid_t gid)
{
	struct group *result = NULL;
	int error;

	if (static_buf == NULL && !bigger_buffer())
		return (NULL);
	do {
		if (how == nss_lt_name)
			error = getgrnam_r(name, &static_gr, static_buf,
			    static_size, &result);
		else if (how == nss_lt_id)
			error = getgrgid_r(gid, &static_gr, static_buf,
			    static_size, &result);
		else
			error = getgrent_r(&static_gr, static_buf,
			    static_size, &result);
	} while (error == ERANGE && bigger_buffer());
	if (error != 0)
		errno = error;
	return (result);
}

struct group *
getgrnam(const char *name)
{
	return (get_static(nss_lt_name, name, 0));
}

struct group *
getgrgid(gid_t gid)
{
	return (get_static(nss_lt_id, NULL, gid));
}

struct group *
getgrent(void)
{
	return (get_static(nss_lt_all, NULL, 0));
}

int
setgroupent(int stayopen)
{
	nsdispatch(NULL, rewinding, NSDB_GROUP, "setgrent", defaults,
	    stayopen);
	return (1);
}

void
setgrent(void)
{
	setgroupent(0);
}

void
endgrent(void)
{
	nsdispatch(NULL, rewinding, NSDB_GROUP, "endgrent", defaults);
}

static void
add_gid(gid_t gid, gid_t *groups, int max, int *count)
{
	int i;

	for (i = 0; i < *count && i < max; i++) {
		if (groups[i] == gid)
			return;
	}
	if (*count < max)
		groups[*count] = gid;
	++*count;
}

/* Groups in /etc/group that list the user; others may know more. */
static int
files_membership(void *retval, void *mdata, va_list ap)
{
	struct request rq = { .how = nss_lt_all };
	const char *user = va_arg(ap, const char *);
	struct group gr;
	char *buf, **mem;
	gid_t *groups;
	int max, *count, error = 0;
	FILE *fp;

	(void)va_arg(ap, gid_t);
	groups = va_arg(ap, gid_t *);
	max = va_arg(ap, int);
	count = va_arg(ap, int *);
	fp = fopen(_PATH_GROUP, "re");
	buf = malloc(NSS_BUF_LAST);
	while (fp != NULL && buf != NULL && next_entry(fp, &rq, &gr, buf,
	    NSS_BUF_LAST, &error) == NS_SUCCESS) {
		for (mem = gr.gr_mem; *mem != NULL; mem++) {
			if (strcmp(*mem, user) == 0)
				add_gid(gr.gr_gid, groups, max, count);
		}
	}
	free(buf);
	if (fp != NULL)
		fclose(fp);
	return (NS_NOTFOUND);
}

static const ns_dtab membership[] = {
	{ NSSRC_FILES, files_membership, NULL },
	{ NULL, NULL, NULL }
};

/*
 * All groups of a user, the base group first.  *count is the room, and on
 * return the number of groups; -1 if there are more than fit.
 */
int
getgrouplist(const char *user, gid_t base, gid_t *groups, int *count)
{
	int max = *count, n = 0;

	add_gid(base, groups, max, &n);
	nsdispatch(NULL, membership, NSDB_GROUP, "getgroupmembership",
	    defaults, user, base, groups, max, &n);
	*count = n > max ? max : n;
	return (n > max ? -1 : 0);
}
