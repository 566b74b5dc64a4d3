/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing /etc/group: the counterparts of the functions in pw_util.c.
 *
 * gr_init() ... gr_lock() gives the locked file; gr_tmp() a new file beside
 * it; gr_copy() moves all entries, one replaced, added or removed; gr_mkdb()
 * puts the new file in place; gr_fini() cleans up.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libutil.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edit_file.h"

#define	FIELDS	4

static struct edit_file	edit = { .name = "group", .prefix = "group",
    .busy = "the group file is busy", .lock_fd = -1 };

int
gr_init(const char *etc, const char *group)
{
	_edit_init(&edit, etc, group);
	return (0);
}

int
gr_lock(void)
{
	return (_edit_lock(&edit));
}

/* A new file beside the old one; with fd >= 0 its contents are copied. */
int
gr_tmp(int fd)
{
	return (_edit_temp(&edit, fd));
}

/* Puts the new file in the place of the old one. */
int
gr_mkdb(void)
{
	if (chmod(edit.temp, 0644) != 0 || rename(edit.temp, edit.path) != 0)
		return (-1);
	edit.temp[0] = '\0';
	return (0);
}

void
gr_fini(void)
{
	_edit_fini(&edit);
}

char *
gr_make(const struct group *gr)
{
	size_t size, n;
	char *line, **m;

	size = strlen(gr->gr_name) + strlen(gr->gr_passwd) + 16;
	for (m = gr->gr_mem; m != NULL && *m != NULL; m++)
		size += strlen(*m) + 1;
	line = malloc(size);
	if (line == NULL)
		return (NULL);
	n = (size_t)snprintf(line, size, "%s:%s:%ju:", gr->gr_name,
	    gr->gr_passwd, (uintmax_t)gr->gr_gid);
	for (m = gr->gr_mem; m != NULL && *m != NULL; m++)
		n += (size_t)snprintf(line + n, size - n, "%s%s",
		    m == gr->gr_mem ? "" : ",", *m);
	return (line);
}

/* One allocation holds the structure, the vector and the strings. */
static struct group *
copy_group(const struct group *gr, const char *more)
{
	size_t n = 0, size, i;
	struct group *new;
	char *p;

	while (gr->gr_mem != NULL && gr->gr_mem[n] != NULL)
		n++;
	size = sizeof(*new) + (n + 2) * sizeof(char *) +
	    strlen(gr->gr_name) + strlen(gr->gr_passwd) + 2 +
	    (more != NULL ? strlen(more) + 1 : 0);
	for (i = 0; i < n; i++)
		size += strlen(gr->gr_mem[i]) + 1;
	new = malloc(size);
	if (new == NULL)
		return (NULL);
	new->gr_gid = gr->gr_gid;
	new->gr_mem = (char **)(void *)(new + 1);
	p = (char *)(new->gr_mem + n + 2);
	new->gr_name = p;
	p = stpcpy(p, gr->gr_name) + 1;
	new->gr_passwd = p;
	p = stpcpy(p, gr->gr_passwd) + 1;
	for (i = 0; i < n; i++) {
		new->gr_mem[i] = p;
		p = stpcpy(p, gr->gr_mem[i]) + 1;
	}
	if (more != NULL) {
		new->gr_mem[i++] = p;
		strcpy(p, more);
	}
	new->gr_mem[i] = NULL;
	return (new);
}

struct group *
gr_dup(const struct group *gr)
{
	return (copy_group(gr, NULL));
}

/* The group with one more member, unless that is one already. */
struct group *
gr_add(const struct group *gr, const char *name)
{
	char **m;

	for (m = gr->gr_mem; m != NULL && *m != NULL; m++) {
		if (strcmp(*m, name) == 0)
			return (gr_dup(gr));
	}
	return (copy_group(gr, name));
}

int
gr_equal(const struct group *a, const struct group *b)
{
	size_t i;

	if (strcmp(a->gr_name, b->gr_name) != 0 ||
	    strcmp(a->gr_passwd, b->gr_passwd) != 0 ||
	    a->gr_gid != b->gr_gid)
		return (0);
	for (i = 0; a->gr_mem[i] != NULL && b->gr_mem[i] != NULL; i++) {
		if (strcmp(a->gr_mem[i], b->gr_mem[i]) != 0)
			return (0);
	}
	return (a->gr_mem[i] == NULL && b->gr_mem[i] == NULL);
}

/* Parses a line of the file. */
struct group *
gr_scan(const char *text)
{
	char *line, *p, *f[FIELDS], *end, *name, **mem;
	struct group gr, *result = NULL;
	size_t n = 0, nmem = 0;

	line = p = strdup(text);
	if (line == NULL)
		return (NULL);
	mem = calloc(strlen(text) + 2, sizeof(*mem));
	line[strcspn(line, "\n")] = '\0';
	while (n < FIELDS && p != NULL)
		f[n++] = strsep(&p, ":");
	if (mem == NULL || n != FIELDS || p != NULL || f[0][0] == '\0' ||
	    f[2][0] == '\0')
		goto out;
	gr.gr_gid = (gid_t)strtoul(f[2], &end, 10);
	if (*end != '\0')
		goto out;
	while ((name = strsep(&f[3], ", \t")) != NULL) {
		if (*name != '\0')
			mem[nmem++] = name;
	}
	gr.gr_name = f[0];
	gr.gr_passwd = f[1];
	gr.gr_mem = mem;
	result = gr_dup(&gr);
out:
	free(mem);
	free(line);
	return (result);
}

/*
 * Copies the locked file to the new one; the entry named like old_gr (or gr)
 * becomes gr, or goes away if gr is NULL.  Without such an entry gr is added.
 */
int
gr_copy(int from, int to, const struct group *gr, struct group *old_gr)
{
	const char *name = old_gr != NULL ? old_gr->gr_name : gr->gr_name;
	char *entry = NULL;
	int r;

	if (gr != NULL && (entry = gr_make(gr)) == NULL)
		return (-1);
	r = _edit_entry(from, to, name, entry);
	free(entry);
	return (r);
}
