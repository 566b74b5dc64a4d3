/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vquota: the property lists that vquotactl(2) takes and returns.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/vfs_quota.h>
#include <libprop/plistref.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plist.h"
#include "vquota.h"

/* A message, growing or being read. */
struct text {
	char	*buf;
	size_t	len, room;
	size_t	pos;
};

static int
text_put(void *arg, const char *buf, size_t len)
{
	struct text *t = arg;
	size_t room = t->room;
	char *p;

	while (t->len + len > room)
		room = room != 0 ? room * 2 : 4096;
	if (room != t->room) {
		p = realloc(t->buf, room);
		if (p == NULL)
			err(1, NULL);
		t->buf = p;
		t->room = room;
	}
	memcpy(t->buf + t->len, buf, len);
	t->len += len;
	return (0);
}

static int
text_fill(void *arg, char *buf, size_t max, size_t *gotp)
{
	struct text *t = arg;

	*gotp = MIN(max, t->len - t->pos);
	memcpy(buf, t->buf + t->pos, *gotp);
	t->pos += *gotp;
	return (0);
}

/* A request up to where its arguments come. */
static void
request_begin(struct plist_writer *pw, struct text *t)
{
	memset(t, 0, sizeof(*t));
	plist_write_init(pw, text_put, t);
	plist_open(pw, "dict");
	plist_key(pw, VQ_K_ARGUMENTS);
}

/* The rest; sends it. The reply, if all went well, is to be unmapped. */
static int
request_send(const char *path, struct plist_writer *pw, struct text *t,
    const char *command, struct plistref *reply)
{
	int error;

	plist_key(pw, VQ_K_COMMAND);
	plist_string(pw, command);
	plist_close(pw, "dict");
	plist_write_done(pw);
	if (debug)
		printf("Message to kernel:\n%s\n", t->buf);
	reply->pref_plist = t->buf;
	reply->pref_len = t->len;
	error = vquotactl(path, reply);
	if (error != 0) {
		int why = errno;

		printf("send_command: vquotactl = %d\n"
		    "Failed to send message to kernel\n", error);
		fflush(stdout);
		warnc(why, "%s", path);
	} else if (debug) {
		printf("Message from kernel:\n%s\n",
		    (char *)reply->pref_plist);
	}
	free(t->buf);
	return (error);
}

static void
reply_free(struct plistref *reply)
{
	munmap(reply->pref_plist, roundup2(reply->pref_len, PAGE_SIZE));
}

static void
put_number(struct plist_writer *pw, const char *key, uint64_t value)
{
	plist_key(pw, key);
	plist_uint(pw, value);
}

/* One of the dictionaries of a reply, of which the beginning was read. */
static int
reply_entry(struct plist_reader *pr, struct usage *u)
{
	uint64_t id = 0, limit = 0, used = 0, *field;
	struct entries *entries = NULL;
	enum plist_event ev;
	struct entry *e;

	while ((ev = plist_next(pr)) == PLIST_KEY) {
		field = NULL;
		if (strcmp(pr->pr_str, VQ_K_LIMIT) == 0) {
			field = &limit;
		} else if (strcmp(pr->pr_str, VQ_K_SPACE) == 0) {
			field = &used;
		} else if (strcmp(pr->pr_str, VQ_K_UID) == 0) {
			field = &id;
			entries = &u->users;
		} else if (strcmp(pr->pr_str, VQ_K_GID) == 0) {
			field = &id;
			entries = &u->groups;
		}
		if (plist_next(pr) != PLIST_INTEGER || field == NULL)
			return (-1);
		*field = pr->pr_int;
	}
	if (ev != PLIST_DICT_END)
		return (-1);
	e = entries != NULL ? usage_entry(entries, id) : &u->total;
	e->used = used;
	e->limit = limit;
	return (0);
}

static int
reply_read(struct plistref *reply, struct usage *u)
{
	struct text t = { .buf = reply->pref_plist, .len = reply->pref_len };
	struct plist_reader pr;
	enum plist_event ev;

	plist_read_init(&pr, text_fill, &t);
	if (plist_next(&pr) != PLIST_DICT || plist_next(&pr) != PLIST_KEY ||
	    strcmp(pr.pr_str, VQ_K_RETURNED) != 0 ||
	    plist_next(&pr) != PLIST_ARRAY)
		return (-1);
	while ((ev = plist_next(&pr)) == PLIST_DICT) {
		if (reply_entry(&pr, u) != 0)
			return (-1);
	}
	return (ev == PLIST_ARRAY_END ? 0 : -1);
}

int
message_get(const char *path, struct usage *u)
{
	struct plist_writer pw;
	struct plistref reply;
	struct text t;
	int error;

	request_begin(&pw, &t);
	plist_empty(&pw, "dict");
	error = request_send(path, &pw, &t, VQ_C_GET, &reply);
	if (error != 0)
		return (error);
	error = reply_read(&reply, u);
	if (error != 0)
		warnx("%s: reply of the kernel is malformed", path);
	reply_free(&reply);
	return (error);
}

static void
put_entries(struct plist_writer *pw, struct entries *entries,
    const char *before, const char *after)
{
	struct entry *e;

	RB_FOREACH(e, entries, entries) {
		plist_open(pw, "dict");
		if (before != NULL)
			put_number(pw, before, e->id);
		put_number(pw, VQ_K_SPACE, e->used);
		if (after != NULL)
			put_number(pw, after, e->id);
		plist_close(pw, "dict");
	}
}

int
message_set(const char *path, struct usage *u)
{
	struct plist_writer pw;
	struct plistref reply;
	struct text t;
	int error;

	request_begin(&pw, &t);
	plist_open(&pw, "array");
	plist_open(&pw, "dict");
	put_number(&pw, VQ_K_SPACE, u->total.used);
	plist_close(&pw, "dict");
	put_entries(&pw, &u->users, NULL, VQ_K_UID);
	put_entries(&pw, &u->groups, VQ_K_GID, NULL);
	plist_close(&pw, "array");
	error = request_send(path, &pw, &t, VQ_C_SET, &reply);
	if (error == 0)
		reply_free(&reply);
	return (error);
}

int
message_limit(const char *path, const char *what, uint32_t id,
    uint64_t limit)
{
	struct plist_writer pw;
	struct plistref reply;
	const char *command = VQ_C_LIMIT;
	struct text t;
	int error;

	request_begin(&pw, &t);
	plist_open(&pw, "dict");
	if (what != NULL && strcmp(what, VQ_K_GID) == 0) {
		put_number(&pw, VQ_K_GID, id);
		command = VQ_C_LIMIT_GID;
	}
	put_number(&pw, VQ_K_LIMIT, limit);
	if (what != NULL && strcmp(what, VQ_K_UID) == 0) {
		put_number(&pw, VQ_K_UID, id);
		command = VQ_C_LIMIT_UID;
	}
	plist_close(&pw, "dict");
	error = request_send(path, &pw, &t, command, &reply);
	if (error == 0)
		reply_free(&reply);
	return (error);
}
