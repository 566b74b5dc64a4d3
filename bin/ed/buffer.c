/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The text; see ed.h.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

struct state {
	struct line **lines;		/* lines[0] is line 1 */
	long	n, room, current;
	int	modified;
};

static struct state now, before;
static struct line *marks[26];

long current, last;
int modified;

static void
unref(struct line *l)
{
	if (--l->refs == 0)
		free(l);
}

static struct line *
new_line(const char *text, size_t len)
{
	struct line *l = malloc(sizeof(*l) + len + 1);

	if (l == NULL)
		err(2, NULL);
	l->refs = 1;
	l->mark = 0;
	l->len = len;
	memcpy(l->text, text, len);
	l->text[len] = '\0';
	return (l);
}

/* Makes room for n lines behind another. */
static void
open_gap(long behind, long n)
{
	if (now.n + n > now.room) {
		now.room = (now.n + n) * 2 + 64;
		now.lines = reallocarray(now.lines, (size_t)now.room,
		    sizeof(*now.lines));
		if (now.lines == NULL)
			err(2, NULL);
	}
	memmove(now.lines + behind + n, now.lines + behind,
	    (size_t)(now.n - behind) * sizeof(*now.lines));
	now.n += n;
	last = now.n;
	modified = 1;
}

struct line *
buffer_line(long n)
{
	return (now.lines[n - 1]);
}

void
buffer_insert(long n, const char *text, size_t len)
{
	open_gap(n, 1);
	now.lines[n] = new_line(text, len);
}

void
buffer_delete(long from, long to)
{
	long i;

	for (i = from; i <= to; i++)
		unref(now.lines[i - 1]);
	memmove(now.lines + from - 1, now.lines + to,
	    (size_t)(now.n - to) * sizeof(*now.lines));
	now.n -= to - from + 1;
	last = now.n;
	modified = 1;
}

void
buffer_replace(long n, const char *text, size_t len)
{
	struct line *l = new_line(text, len), *old = now.lines[n - 1];
	int i;

	for (i = 0; i < 26; i++) {
		if (marks[i] == old)
			marks[i] = l;
	}
	now.lines[n - 1] = l;
	unref(old);
	modified = 1;
}

void
buffer_copy(long from, long to, long behind)
{
	long n = to - from + 1, i;
	struct line **copy = calloc((size_t)n, sizeof(*copy));

	if (copy == NULL)
		err(2, NULL);
	for (i = 0; i < n; i++)
		copy[i] = new_line(now.lines[from - 1 + i]->text,
		    now.lines[from - 1 + i]->len);
	open_gap(behind, n);
	memcpy(now.lines + behind, copy, (size_t)n * sizeof(*copy));
	free(copy);
}

void
buffer_move(long from, long to, long behind)
{
	long n = to - from + 1;
	struct line **moved = calloc((size_t)n, sizeof(*moved));

	if (moved == NULL)
		err(2, NULL);
	memcpy(moved, now.lines + from - 1, (size_t)n * sizeof(*moved));
	memmove(now.lines + from - 1, now.lines + to,
	    (size_t)(now.n - to) * sizeof(*moved));
	now.n -= n;
	if (behind >= to)
		behind -= n;
	open_gap(behind, n);
	memcpy(now.lines + behind, moved, (size_t)n * sizeof(*moved));
	free(moved);
}

long
buffer_find(const struct line *l)
{
	long i;

	for (i = 0; i < now.n; i++) {
		if (now.lines[i] == l)
			return (i + 1);
	}
	return (0);
}

/* A mark holds its line, so that another cannot take its place in memory. */
void
buffer_set_mark(int letter, long n)
{
	if (marks[letter - 'a'] != NULL)
		unref(marks[letter - 'a']);
	marks[letter - 'a'] = buffer_line(n);
	marks[letter - 'a']->refs++;
}

long
buffer_get_mark(int letter)
{
	return (marks[letter - 'a'] == NULL ? 0 :
	    buffer_find(marks[letter - 'a']));
}

void
buffer_snapshot(void)
{
	long i;

	for (i = 0; i < before.n; i++)
		unref(before.lines[i]);
	if (before.room < now.n) {
		before.room = now.n;
		before.lines = reallocarray(before.lines, (size_t)before.room,
		    sizeof(*before.lines));
		if (before.lines == NULL)
			err(2, NULL);
	}
	for (i = 0; i < now.n; i++) {
		before.lines[i] = now.lines[i];
		before.lines[i]->refs++;
	}
	before.n = now.n;
	before.current = current;
	before.modified = modified;
}

/* An undo can be undone. */
void
buffer_undo(void)
{
	struct state t = now;

	t.current = current;
	t.modified = modified;
	now = before;
	before = t;
	current = now.current;
	modified = now.modified;
	last = now.n;
}
