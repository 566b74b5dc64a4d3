/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Selection and renaming; see pax.h.
 */
#include <err.h>
#include <fnmatch.h>
#include <limits.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "pax.h"

struct substitution {
	struct substitution *next;
	regex_t	re;
	char	*new;
	int	global, print;
};

struct pattern {
	const char *text;
	int	used;
};

int opt_complement, opt_first, opt_directories_alone, opt_ask;

static struct substitution *substitutions, **substitution_end =
    &substitutions;
static struct pattern *patterns;
static int npatterns;

/* The part up to the next delimiter, which a backslash hides. */
static char *
part(const char **text, char delimiter)
{
	char *s = malloc(strlen(*text) + 1), *out = s;
	const char *p = *text;

	if (s == NULL)
		err(1, NULL);
	while (*p != '\0' && *p != delimiter) {
		if (*p == '\\' && p[1] == delimiter)
			p++;
		else if (*p == '\\' && p[1] != '\0')
			*out++ = *p++;
		*out++ = *p++;
	}
	if (*p == '\0')
		errx(EX_USAGE, "-s: %s: not of the form /old/new/[gp]",
		    *text);
	*out = '\0';
	*text = p + 1;
	return (s);
}

void
substitution_add(const char *text)
{
	struct substitution *s = calloc(1, sizeof(*s));
	const char *p = text + 1;
	char *old;

	if (s == NULL)
		err(1, NULL);
	if (*text == '\0')
		errx(EX_USAGE, "-s: empty substitution");
	old = part(&p, *text);
	s->new = part(&p, *text);
	for (; *p != '\0'; p++) {
		if (*p == 'g')
			s->global = 1;
		else if (*p == 'p')
			s->print = 1;
		else
			errx(EX_USAGE, "-s: %s: unknown flag %c", text, *p);
	}
	if (regcomp(&s->re, old, 0) != 0)
		errx(EX_USAGE, "-s: %s: bad expression", old);
	free(old);
	*substitution_end = s;
	substitution_end = &s->next;
}

/* "&" and "\1" to "\9" in the new text stand for what was matched. */
static void
put_replacement(FILE *f, const char *new, const char *from,
    const regmatch_t *m)
{
	int n;

	for (; *new != '\0'; new++) {
		n = -1;
		if (*new == '&')
			n = 0;
		else if (*new == '\\' && new[1] >= '1' && new[1] <= '9')
			n = *++new - '0';
		else if (*new == '\\' && new[1] != '\0')
			new++;
		if (n < 0)
			putc(*new, f);
		else if (m[n].rm_so >= 0)
			fwrite(from + m[n].rm_so, 1,
			    (size_t)(m[n].rm_eo - m[n].rm_so), f);
	}
}

/* The first substitution that fits is made, and no other. */
static char *
substitute(const char *name)
{
	struct substitution *s;
	const char *p;
	regmatch_t m[10];
	char *result;
	size_t size;
	FILE *f;

	for (s = substitutions; s != NULL; s = s->next)
		if (regexec(&s->re, name, 10, m, 0) == 0)
			break;
	if (s == NULL)
		return (NULL);
	f = open_memstream(&result, &size);
	if (f == NULL)
		err(1, NULL);
	for (p = name; *p != '\0'; ) {
		if ((p != name && !s->global) ||
		    regexec(&s->re, p, 10, m, p == name ? 0 : REG_NOTBOL) != 0)
			break;
		fwrite(p, 1, (size_t)m[0].rm_so, f);
		put_replacement(f, s->new, p, m);
		if (m[0].rm_eo == m[0].rm_so) {
			if (p[m[0].rm_eo] != '\0')
				putc(p[m[0].rm_eo], f);
			else
				m[0].rm_eo--;
			m[0].rm_eo++;
		}
		p += m[0].rm_eo;
	}
	fputs(p, f);
	if (fclose(f) != 0)
		err(1, NULL);
	if (s->print)
		fprintf(stderr, "%s >> %s\n", name, result);
	return (result);
}

/* From the terminal: empty leaves it out, "." keeps the name. */
static int
ask(const char *name, char answer[PATH_MAX])
{
	FILE *tty = fopen("/dev/tty", "r+");

	if (tty == NULL)
		err(1, "/dev/tty");
	fprintf(tty, "%s: ", name);
	fflush(tty);
	if (fgets(answer, PATH_MAX, tty) == NULL)
		exit(1);
	fclose(tty);
	answer[strcspn(answer, "\n")] = '\0';
	return (answer[0] != '\0');
}

const char *
entry_name(const char *name)
{
	static char *last, answer[PATH_MAX];
	char *new;

	new = substitute(name);
	free(last);
	last = new;
	if (new != NULL)
		name = new;
	if (*name == '\0')
		return (NULL);
	if (opt_ask) {
		if (!ask(name, answer))
			return (NULL);
		if (strcmp(answer, ".") != 0)
			name = answer;
	}
	return (name);
}

void
patterns_set(char **list)
{
	int i;

	while (list[npatterns] != NULL)
		npatterns++;
	patterns = calloc((size_t)npatterns + 1, sizeof(*patterns));
	if (patterns == NULL)
		err(1, NULL);
	for (i = 0; i < npatterns; i++)
		patterns[i].text = list[i];
}

/* A pattern that fits a directory takes what is in it, too. */
static int
fits(const struct pattern *p, const char *name)
{
	if (opt_first && p->used)
		return (0);
	return (fnmatch(p->text, name, opt_directories_alone ? 0 :
	    FNM_LEADING_DIR) == 0);
}

int
pattern_match(const char *name)
{
	char *copy = strdup(name);
	size_t len;
	int i, found = npatterns == 0;

	if (copy == NULL)
		err(1, NULL);
	len = strlen(copy);
	if (len > 1 && copy[len - 1] == '/')
		copy[len - 1] = '\0';
	for (i = 0; i < npatterns && !found; i++) {
		if (fits(&patterns[i], copy)) {
			patterns[i].used = 1;
			found = 1;
		}
	}
	free(copy);
	return (npatterns == 0 ? 1 : found != opt_complement);
}

int
patterns_done(void)
{
	int i;

	if (!opt_first || opt_complement || npatterns == 0)
		return (0);
	for (i = 0; i < npatterns; i++)
		if (!patterns[i].used)
			return (0);
	return (1);
}

int
patterns_unused(void)
{
	int i, n = 0;

	for (i = 0; i < npatterns; i++) {
		if (!patterns[i].used && !opt_complement) {
			warnx("%s: not found in the archive",
			    patterns[i].text);
			n++;
		}
	}
	return (n);
}
