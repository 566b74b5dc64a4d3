/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rcorder - order scripts by what they say they need
 *
 * usage: rcorder [-k keep] [-s skip] file ...
 *
 * Reads the comment block of each file ("# PROVIDE:", "# REQUIRE:",
 * "# BEFORE:", "# KEYWORD:") and prints the files so that providers come
 * before those that require them.  Among files free to move the order of the
 * arguments is kept.  A cycle or a missing provider is reported and does not
 * stop the rest from being ordered.
 */
#include <sys/types.h>
#include <sys/queue.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct word {
	SLIST_ENTRY(word) link;
	char	*text;
};
SLIST_HEAD(words, word);

struct script {
	const char	*path;
	struct words	 provide, require, before, keyword;
	enum { WAITING, VISITING, DONE } state;
};

static struct script *scripts;
static int nscripts;
static struct words keep, skip;
static int failed;

static void
add_word(struct words *list, const char *text)
{
	struct word *w = malloc(sizeof(*w));

	if (w == NULL || (w->text = strdup(text)) == NULL)
		err(EX_OSERR, NULL);
	SLIST_INSERT_HEAD(list, w, link);
}

static int
has_word(const struct words *list, const char *text)
{
	const struct word *w;

	SLIST_FOREACH(w, list, link) {
		if (strcmp(w->text, text) == 0)
			return (1);
	}
	return (0);
}

static void
read_script(struct script *s, const char *path)
{
	static const char *const tags[] = { "PROVIDE:", "REQUIRE:", "BEFORE:",
	    "KEYWORD:", "KEYWORDS:", "PROVIDES:", "REQUIRES:" };
	struct words *lists[] = { &s->provide, &s->require, &s->before,
	    &s->keyword, &s->keyword, &s->provide, &s->require };
	char *line = NULL, *p, *word;
	size_t cap = 0, i;
	int seen = 0;
	FILE *f;

	s->path = path;
	f = fopen(path, "r");
	if (f == NULL) {
		warn("%s", path);
		failed = 1;
		return;
	}
	while (getline(&line, &cap, f) > 0) {
		if (strncmp(line, "# ", 2) != 0) {
			if (seen)
				break;
			continue;
		}
		p = line + 2;
		word = strsep(&p, " \t\n");
		for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
			if (strcmp(word, tags[i]) != 0)
				continue;
			seen = 1;
			while ((word = strsep(&p, " \t\n")) != NULL) {
				if (*word != '\0')
					add_word(lists[i], word);
			}
			break;
		}
	}
	free(line);
	fclose(f);
}

static int
wanted(const struct script *s)
{
	const struct word *w;

	SLIST_FOREACH(w, &skip, link) {
		if (has_word(&s->keyword, w->text))
			return (0);
	}
	if (SLIST_EMPTY(&keep))
		return (1);
	SLIST_FOREACH(w, &keep, link) {
		if (has_word(&s->keyword, w->text))
			return (1);
	}
	return (0);
}

static int
shares(const struct words *a, const struct words *b)
{
	const struct word *w;

	SLIST_FOREACH(w, a, link) {
		if (has_word(b, w->text))
			return (1);
	}
	return (0);
}

static void
visit(struct script *s)
{
	const struct word *w;
	int i, found;

	if (s->state == DONE)
		return;
	if (s->state == VISITING) {
		warnx("circular dependency on %s", s->path);
		failed = 1;
		return;
	}
	s->state = VISITING;
	SLIST_FOREACH(w, &s->require, link) {
		found = 0;
		for (i = 0; i < nscripts; i++) {
			if (has_word(&scripts[i].provide, w->text)) {
				found = 1;
				visit(&scripts[i]);
			}
		}
		if (!found) {
			warnx("%s: nothing provides %s", s->path, w->text);
			failed = 1;
		}
	}
	for (i = 0; i < nscripts; i++) {
		if (&scripts[i] != s &&
		    shares(&scripts[i].before, &s->provide))
			visit(&scripts[i]);
	}
	s->state = DONE;
	if (wanted(s))
		printf("%s\n", s->path);
}

int
main(int argc, char **argv)
{
	int c, i;

	while ((c = getopt(argc, argv, "k:s:")) != -1) {
		switch (c) {
		case 'k':
			add_word(&keep, optarg);
			break;
		case 's':
			add_word(&skip, optarg);
			break;
		default:
			fprintf(stderr,
			    "usage: rcorder [-k keep] [-s skip] file ...\n");
			return (EX_USAGE);
		}
	}
	nscripts = argc - optind;
	scripts = calloc((size_t)nscripts + 1, sizeof(*scripts));
	if (scripts == NULL)
		err(EX_OSERR, NULL);
	for (i = 0; i < nscripts; i++)
		read_script(&scripts[i], argv[optind + i]);
	for (i = 0; i < nscripts; i++)
		visit(&scripts[i]);
	return (failed);
}
