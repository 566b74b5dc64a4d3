/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsort - an order in which everything comes after what it needs
 *
 * usage: tsort [-dlq] [file]
 *
 * Pairs "a b" say that a comes before b.  Of what may come next, what was
 * mentioned first does.
 */
#include <sys/types.h>

#include <err.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct node {
	char	*name;
	struct node *next;		/* all nodes, as mentioned */
	struct node **after;		/* those that come after this one */
	size_t	nafter;
	size_t	before;			/* how many still come before it */
	int	done;
	struct node *came_from;		/* while a cycle is looked for */
	int	seen;
};

static struct node *nodes, **last = &nodes;
static void *names;
static int quiet;

static int
by_name(const void *a, const void *b)
{
	return (strcmp(((const struct node *)a)->name,
	    ((const struct node *)b)->name));
}

static struct node *
get_node(char *name)
{
	struct node key = { .name = name }, *n, **found;

	found = tfind(&key, &names, by_name);
	if (found != NULL)
		return (*found);
	n = calloc(1, sizeof(*n));
	if (n == NULL || (n->name = strdup(name)) == NULL ||
	    tsearch(n, &names, by_name) == NULL)
		err(1, NULL);
	*last = n;
	last = &n->next;
	return (n);
}

static void
add_pair(char *a, char *b)
{
	struct node *na = get_node(a), *nb = get_node(b);
	size_t i;

	if (na == nb)
		return;
	for (i = 0; i < na->nafter; i++) {
		if (na->after[i] == nb)
			return;
	}
	na->after = reallocarray(na->after, na->nafter + 1,
	    sizeof(*na->after));
	if (na->after == NULL)
		err(1, NULL);
	na->after[na->nafter++] = nb;
	nb->before++;
}

static void
read_pairs(FILE *f)
{
	char *line = NULL, *rest, *word, *first = NULL;
	size_t room = 0;

	while (getline(&line, &room, f) > 0) {
		rest = line;
		while ((word = strsep(&rest, " \t\n")) != NULL) {
			if (*word == '\0')
				continue;
			if (first == NULL) {
				first = strdup(word);
				if (first == NULL)
					err(1, NULL);
				continue;
			}
			add_pair(first, word);
			free(first);
			first = NULL;
		}
	}
	if (first != NULL)
		errx(1, "odd data count");
	free(line);
}

/*
 * Looks for a cycle among what is left by walking backwards: everything left
 * has something before it.  Drops one pair of it.
 */
static void
break_cycle(void)
{
	struct node *n, *p, *at;
	size_t i;

	for (n = nodes; n != NULL; n = n->next)
		n->seen = 0;
	for (n = nodes; n->done; n = n->next)
		continue;
	for (at = n; !at->seen; at = p) {
		at->seen = 1;
		for (p = nodes; p != NULL; p = p->next) {
			for (i = 0; !p->done && i < p->nafter; i++) {
				if (p->after[i] == at)
					goto found;
			}
		}
found:
		p->came_from = at;	/* p comes before at */
	}
	if (!quiet)
		warnx("cycle in data");
	p = at;
	do {
		if (!quiet)
			warnx("%s", p->name);
		p = p->came_from;
	} while (p != at);
	/* at comes before came_from: forget that. */
	for (i = 0; at->after[i] != at->came_from; i++)
		continue;
	at->after[i] = at->after[--at->nafter];
	at->came_from->before--;
}

int
main(int argc, char **argv)
{
	size_t i, left = 0;
	struct node *n;
	FILE *f = stdin;
	int c;

	while ((c = getopt(argc, argv, "dlq")) != -1) {
		if (c == '?')
			goto usage;
		if (c == 'q')
			quiet = 1;
	}
	argc -= optind;
	argv += optind;
	if (argc > 1)
		goto usage;
	if (argc == 1 && strcmp(*argv, "-") != 0 &&
	    (f = fopen(*argv, "r")) == NULL)
		err(1, "%s", *argv);
	read_pairs(f);
	for (n = nodes; n != NULL; n = n->next)
		left++;
	while (left > 0) {
		for (n = nodes; n != NULL; n = n->next) {
			if (!n->done && n->before == 0)
				break;
		}
		if (n == NULL) {
			break_cycle();
			continue;
		}
		puts(n->name);
		n->done = 1;
		left--;
		for (i = 0; i < n->nafter; i++)
			n->after[i]->before--;
	}
	return (0);
usage:
	fprintf(stderr, "usage: tsort [-dlq] [file]\n");
	return (1);
}
