/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The group commands of pw(8).
 */
#include <err.h>
#include <libutil.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "pw.h"

int
group_store(const struct group *new, const struct group *old)
{
	char *line;
	int from, to;

	if (opt.dry) {
		line = new != NULL ? gr_make(new) : NULL;
		if (line != NULL)
			printf("%s\n", line);
		return (0);
	}
	if (gr_init(opt.etc, NULL) != 0 || (from = gr_lock()) < 0 ||
	    (to = gr_tmp(-1)) < 0 ||
	    gr_copy(from, to, new, __DECONST(struct group *, old)) != 0 ||
	    gr_mkdb() != 0) {
		warn("group");
		gr_fini();
		return (EX_IOERR);
	}
	gr_fini();
	return (0);
}

gid_t
group_free_id(void)
{
	static unsigned char used[LAST_ID + 1];
	struct group *gr;
	gid_t id;

	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		if (gr->gr_gid <= LAST_ID)
			used[gr->gr_gid] = 1;
		free(gr);
	}
	for (id = FIRST_ID; id <= LAST_ID; id++) {
		if (!used[id])
			return (id);
	}
	errx(EX_SOFTWARE, "no gid is free");
}

static bool
listed(const char *list, const char *name)
{
	size_t n = strlen(name), len;

	for (; *list != '\0'; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		if (len == n && strncmp(list, name, n) == 0)
			return (true);
	}
	return (false);
}

static bool
is_member(const struct group *gr, const char *name)
{
	char **m;

	for (m = gr->gr_mem; *m != NULL; m++) {
		if (strcmp(*m, name) == 0)
			return (true);
	}
	return (false);
}

/* Takes the listed members out. */
static void
drop_members(struct group *gr, const char *list)
{
	char **from, **to;

	for (from = to = gr->gr_mem; *from != NULL; from++) {
		if (!listed(list, *from))
			*to++ = *from;
	}
	*to = NULL;
}

static struct group *
add_members(struct group *gr, const char *list)
{
	char *copy = strdup(list), *p = copy, *name;
	struct passwd *pw;

	while ((name = strsep(&p, ",")) != NULL) {
		if (*name == '\0')
			continue;
		pw = find_user(name, NULL);
		if (pw == NULL)
			errx(EX_NOUSER, "user `%s' does not exist", name);
		free(pw);
		gr = gr_add(gr, name);
		if (gr == NULL)
			err(EX_OSERR, NULL);
	}
	free(copy);
	return (gr);
}

int
group_set_member(const char *user, const char *list, bool only)
{
	struct group *gr, *new, **all = NULL;
	char *copy = strdup(list), *p = copy, *name;
	size_t n = 0, i;
	bool in, want;
	int r = 0;

	while ((name = strsep(&p, ",")) != NULL) {
		if (*name != '\0' && find_group(name) == NULL)
			errx(EX_NOUSER, "group `%s' does not exist", name);
	}
	free(copy);
	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		all = reallocarray(all, n + 1, sizeof(*all));
		if (all == NULL)
			err(EX_OSERR, NULL);
		all[n++] = gr;
	}
	for (i = 0; i < n && r == 0; i++) {
		in = is_member(all[i], user);
		want = listed(list, all[i]->gr_name);
		if (in == want || (in && !only))
			continue;
		new = want ? gr_add(all[i], user) : gr_dup(all[i]);
		if (new == NULL)
			err(EX_OSERR, NULL);
		if (!want)
			drop_members(new, user);
		r = group_store(new, all[i]);
		free(new);
	}
	for (i = 0; i < n; i++)
		free(all[i]);
	free(all);
	return (r);
}

static struct group *
wanted_group(void)
{
	const char *key = opt.name != NULL ? opt.name : opt.id;
	struct group *gr;

	if (key == NULL)
		errx(EX_USAGE, "which group?");
	gr = find_group(key);
	if (gr == NULL)
		errx(EX_DATAERR, "unknown group `%s'", key);
	return (gr);
}

static gid_t
parse_gid(const struct group *self)
{
	struct group *other;
	unsigned long v;
	char *end;

	v = strtoul(opt.id, &end, 10);
	if (*opt.id == '\0' || *end != '\0' || v >= GID_MAX)
		errx(EX_USAGE, "%s: not a gid", opt.id);
	for (other = next_group(true); other != NULL;
	    other = next_group(false)) {
		if (other->gr_gid == v && !opt.duplicate && (self == NULL ||
		    strcmp(self->gr_name, other->gr_name) != 0))
			errx(EX_DATAERR, "gid `%lu' has already been "
			    "allocated", v);
		free(other);
	}
	return ((gid_t)v);
}

int
group_add(void)
{
	char *none[] = { NULL }, star[] = "*";
	struct group gr = { .gr_passwd = star, .gr_mem = none }, *new;
	int r;

	if (opt.name == NULL)
		errx(EX_USAGE, "group name required");
	check_name(opt.name, "group");
	new = find_group(opt.name);
	if (new != NULL && strcmp(new->gr_name, opt.name) == 0)
		errx(EX_DATAERR, "group name `%s' already exists", opt.name);
	gr.gr_name = __DECONST(char *, opt.name);
	gr.gr_gid = opt.id != NULL ? parse_gid(NULL) : group_free_id();
	new = add_members(gr_dup(&gr), opt.mode != NULL ? opt.mode : "");
	r = group_store(new, NULL);
	if (r == 0)
		userlog("%s(%ju) group created", new->gr_name,
		    (uintmax_t)new->gr_gid);
	return (r);
}

int
group_mod(void)
{
	struct group *old = wanted_group(), *new = gr_dup(old);
	int r;

	if (opt.id != NULL && opt.name != NULL)
		new->gr_gid = parse_gid(old);
	if (opt.mode != NULL) {
		new->gr_mem[0] = NULL;
		new = add_members(new, opt.mode);
	}
	if (opt.add != NULL)
		new = add_members(new, opt.add);
	if (opt.remove != NULL)
		drop_members(new, opt.remove);
	if (opt.newname != NULL) {
		check_name(opt.newname, "group");
		if (find_group(opt.newname) != NULL)
			errx(EX_DATAERR, "group name `%s' already exists",
			    opt.newname);
		new->gr_name = __DECONST(char *, opt.newname);
	}
	r = group_store(new, old);
	if (r == 0)
		userlog("%s(%ju) group modified", old->gr_name,
		    (uintmax_t)old->gr_gid);
	return (r);
}

int
group_del(void)
{
	struct group *gr = wanted_group();
	int r = group_store(NULL, gr);

	if (r == 0)
		userlog("%s(%ju) group removed", gr->gr_name,
		    (uintmax_t)gr->gr_gid);
	return (r);
}

static void
show(const struct group *gr)
{
	char **m, *line;

	if (!opt.pretty) {
		line = gr_make(gr);
		printf("%s\n", line);
		free(line);
		return;
	}
	printf("Group Name: %-16s   #%ju\n   Members: ", gr->gr_name,
	    (uintmax_t)gr->gr_gid);
	for (m = gr->gr_mem; *m != NULL; m++)
		printf("%s%s", m == gr->gr_mem ? "" : ",", *m);
	printf("\n\n");
}

int
group_show(void)
{
	struct group *gr;

	if (!opt.all) {
		show(wanted_group());
		return (0);
	}
	for (gr = next_group(true); gr != NULL; gr = next_group(false)) {
		show(gr);
		free(gr);
	}
	return (0);
}

int
group_next(void)
{
	printf("%u\n", (unsigned int)group_free_id());
	return (0);
}
