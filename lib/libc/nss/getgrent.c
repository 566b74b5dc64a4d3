/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getgrnam(3) and its family, getgrouplist(3).  The "files" source reads
 * /etc/group.
 */
#include <errno.h>
#include <grp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "nss_files.h"

#define	GROUP_FIELDS	4

static FILE *
open_file(bool *full)
{
	*full = true;
	return (fopen(_PATH_GROUP, "re"));
}

/* Lays an entry out in buf: the member vector, then the text. */
static int
fill(const char *line, size_t n, bool full, const struct nss_key *key,
    const struct nss_answer *a)
{
	struct group *gr = a->entry;
	char *f[GROUP_FIELDS], **mem, *text, *p;
	unsigned long gid;
	size_t members = 2, align, i;
	int nf;

	for (i = 0; i < n; i++)
		members += line[i] == ',';
	align = -(uintptr_t)a->buf % sizeof(char *);
	if (a->size < align + members * sizeof(char *) + n + 1) {
		*a->errnop = ERANGE;
		return (NS_RETURN);
	}
	mem = (char **)(void *)(a->buf + align);
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

static struct group	static_gr;

static struct nss_kind	kind = {
	.database = NSDB_GROUP,
	.method = { "setgrent", "getgrnam_r", "getgrgid_r", "getgrent_r" },
	.open = open_file,
	.fill = fill,
	.entry = &static_gr,
	NSS_KIND_METHODS(kind),
};

int
getgrnam_r(const char *name, struct group *gr, char *buf, size_t size,
    struct group **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_name,
	    .name = name }, gr, buf, size, (void **)result));
}

int
getgrgid_r(gid_t gid, struct group *gr, char *buf, size_t size,
    struct group **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_id,
	    .id = gid }, gr, buf, size, (void **)result));
}

int
getgrent_r(struct group *gr, char *buf, size_t size, struct group **result)
{
	return (__nss_get(&kind, &(struct nss_key){ .how = nss_lt_all }, gr,
	    buf, size, (void **)result));
}

struct group *
getgrnam(const char *name)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_name, .name = name }));
}

struct group *
getgrgid(gid_t gid)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_id, .id = gid }));
}

struct group *
getgrent(void)
{
	return (__nss_get_static(&kind, &(struct nss_key){
	    .how = nss_lt_all }));
}

int
setgroupent(int stayopen)
{
	__nss_rewind(&kind, stayopen);
	return (1);
}

void
setgrent(void)
{
	__nss_rewind(&kind, 0);
}

void
endgrent(void)
{
	nsdispatch(NULL, kind.table[0], NSDB_GROUP, "endgrent",
	    __nss_compat_sources);
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
	struct nss_key key = { .how = nss_lt_all };
	const char *user = va_arg(ap, const char *);
	int max, *count, error = 0;
	struct nss_answer a;
	struct group gr;
	gid_t *groups;
	char **mem;
	bool full;
	FILE *fp;

	(void)va_arg(ap, gid_t);
	groups = va_arg(ap, gid_t *);
	max = va_arg(ap, int);
	count = va_arg(ap, int *);
	fp = open_file(&full);
	a = (struct nss_answer){ &gr, malloc(NSS_BUF_LAST), NSS_BUF_LAST,
	    &error };
	while (fp != NULL && a.buf != NULL && __nss_files_scan(&kind, fp, full,
	    &key, &a) == NS_SUCCESS) {
		for (mem = gr.gr_mem; *mem != NULL; mem++) {
			if (strcmp(*mem, user) == 0)
				add_gid(gr.gr_gid, groups, max, count);
		}
	}
	free(a.buf);
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
	    __nss_compat_sources, user, base, groups, max, &n);
	*count = n > max ? max : n;
	return (n > max ? -1 : 0);
}
