/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables; see cron.h.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cron.h"

struct field {
	int	min, max;
	const char *const *names;	/* of min and so on, or NULL */
};

static const char *const month_names[] = { "jan", "feb", "mar", "apr", "may",
	"jun", "jul", "aug", "sep", "oct", "nov", "dec", NULL };
static const char *const day_names[] = { "sun", "mon", "tue", "wed", "thu",
	"fri", "sat", NULL };

static const struct field fields[5] = {
	{ 0, 59, NULL }, { 0, 23, NULL }, { 1, 31, NULL },
	{ 1, 12, month_names }, { 0, 7, day_names },
};

static int
number(const char **s, const struct field *f)
{
	char *end;
	long n;
	int i;

	if (isdigit((unsigned char)**s)) {
		n = strtol(*s, &end, 10);
		*s = end;
		return (n < f->min || n > f->max ? -1 : (int)n);
	}
	for (i = 0; f->names != NULL && f->names[i] != NULL; i++) {
		if (strncasecmp(*s, f->names[i], 3) == 0) {
			*s += 3;
			return (f->min + i);
		}
	}
	return (-1);
}

/* "*", "3", "1-5", "star/2", "mon-fri", in lists; returns 0 if bad. */
static int
parse_field(const char *s, const struct field *f, uint64_t *bits)
{
	int from, to, step, i;
	char *end;

	*bits = 0;
	for (;;) {
		if (*s == '*') {
			from = f->min;
			to = f->max;
			s++;
		} else {
			from = to = number(&s, f);
			if (*s == '-') {
				s++;
				to = number(&s, f);
			}
			if (from < 0 || to < from)
				return (0);
		}
		step = 1;
		if (*s == '/') {
			step = (int)strtol(s + 1, &end, 10);
			if (end == s + 1 || step <= 0)
				return (0);
			s = end;
		}
		for (i = from; i <= to; i += step)
			*bits |= (uint64_t)1 << i;
		if (*s == '\0')
			return (1);
		if (*s++ != ',')
			return (0);
	}
}

static const char *
word(char **rest)
{
	char *s = *rest + strspn(*rest, " \t"), *end;

	end = s + strcspn(s, " \t");
	if (*end != '\0')
		*end++ = '\0';
	*rest = end + strspn(end, " \t");
	return (*s != '\0' ? s : NULL);
}

/* The five fields, or one of the names; returns what is wrong. */
static const char *
parse_times(char **rest, struct entry *e)
{
	static const struct { const char *name, *fields; } nicks[] = {
		{ "@yearly", "0 0 1 1 *" }, { "@annually", "0 0 1 1 *" },
		{ "@monthly", "0 0 1 * *" }, { "@weekly", "0 0 * * 0" },
		{ "@daily", "0 0 * * *" }, { "@midnight", "0 0 * * *" },
		{ "@hourly", "0 * * * *" },
	};
	static const char *const bad[] = { "bad minute", "bad hour",
	    "bad day-of-month", "bad month", "bad day-of-week" };
	char copy[32], *times = NULL, **from = rest;
	uint64_t bits[5];
	const char *s;
	size_t i;

	if (**rest == '@') {
		s = word(rest);
		if (strcasecmp(s, "@reboot") == 0) {
			e->at_boot = 1;
			return (NULL);
		}
		for (i = 0; i < sizeof(nicks) / sizeof(nicks[0]); i++) {
			if (strcasecmp(s, nicks[i].name) == 0) {
				strlcpy(copy, nicks[i].fields, sizeof(copy));
				times = copy;
			}
		}
		if (times == NULL)
			return ("bad time specifier");
		from = &times;
	}
	for (i = 0; i < 5; i++) {
		s = word(from);
		if (s == NULL || !parse_field(s, &fields[i], &bits[i]))
			return (bad[i]);
		if (i == 2)
			e->day_star = *s == '*';
		if (i == 4)
			e->weekday_star = *s == '*';
	}
	e->minutes = bits[0];
	e->hours = (uint32_t)bits[1];
	e->days = (uint32_t)bits[2];
	e->months = (uint32_t)bits[3];
	e->weekdays = (uint32_t)bits[4];
	if ((e->weekdays & 1 << 7) != 0)	/* Sunday is 0 and 7 */
		e->weekdays |= 1;
	return (NULL);
}

/* The first unescaped "%" begins the input; further ones are newlines. */
static void
split_command(struct entry *e, const char *text)
{
	char *out = strdup(text), *p = out;

	if (out == NULL)
		err(1, NULL);
	e->command = out;
	for (; *text != '\0'; text++) {
		if (*text == '\\' && text[1] == '%')
			*p++ = *++text;
		else if (*text == '%' && e->input == NULL) {
			*p++ = '\0';
			e->input = p;
		} else
			*p++ = *text == '%' ? '\n' : *text;
	}
	*p = '\0';
}

static void
free_entry(struct entry *e)
{
	free(e->user);
	free(e->command);
	free(e);
}

/* Adds the entry of the line; returns what is wrong with it. */
static const char *
parse_entry(char *line, struct table *t, struct entry ***tail,
    struct setting *settings)
{
	struct entry *e = calloc(1, sizeof(*e));
	const char *user = t->user, *why;

	if (e == NULL)
		err(1, NULL);
	why = parse_times(&line, e);
	if (why == NULL && user == NULL) {
		user = word(&line);
		if (user == NULL || getpwnam(user) == NULL)
			why = "bad username";
	}
	if (why == NULL && *line == '\0')
		why = "bad command";
	if (why != NULL) {
		free_entry(e);
		return (why);
	}
	e->user = strdup(user);
	if (e->user == NULL)
		err(1, NULL);
	split_command(e, line);
	e->settings = settings;
	**tail = e;
	*tail = &e->next;
	return (NULL);
}

/* NAME = value, with blanks around and quotes allowed. */
static char *
parse_setting(char *line)
{
	char *eq, *end, *value, *text;
	size_t n = strcspn(line, " \t=");

	eq = line + n + strspn(line + n, " \t");
	if (n == 0 || *eq != '=' || isdigit((unsigned char)*line) ||
	    *line == '*' || *line == '@')
		return (NULL);
	value = eq + 1 + strspn(eq + 1, " \t");
	end = value + strlen(value);
	while (end > value && isblank((unsigned char)end[-1]))
		*--end = '\0';
	if (end - value >= 2 && (*value == '"' || *value == '\'') &&
	    end[-1] == *value) {
		*--end = '\0';
		value++;
	}
	if (asprintf(&text, "%.*s=%s", (int)n, line, value) < 0)
		err(1, NULL);
	return (text);
}

struct table *
table_read(FILE *f, const char *path, const char *user,
    void (*complain)(const char *, int, const char *))
{
	struct table *t = calloc(1, sizeof(*t));
	struct entry **tail = &t->entries;
	struct setting *settings = NULL, *s;
	char *line = NULL, *p, *text;
	int n = 0, bad = 0;
	const char *why;
	size_t room = 0;
	ssize_t len;

	if (t == NULL || (t->path = strdup(path)) == NULL ||
	    (user != NULL && (t->user = strdup(user)) == NULL))
		err(1, NULL);
	while ((len = getline(&line, &room, f)) > 0) {
		n++;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		p = line + strspn(line, " \t");
		if (*p == '\0' || *p == '#')
			continue;
		text = parse_setting(p);
		if (text != NULL) {
			s = malloc(sizeof(*s));
			if (s == NULL)
				err(1, NULL);
			s->text = text;
			s->next = settings;
			settings = s;
			continue;
		}
		why = parse_entry(p, t, &tail, settings);
		if (why != NULL) {
			complain(path, n, why);
			bad = 1;
		}
	}
	free(line);
	if (bad) {
		table_free(t);
		return (NULL);
	}
	return (t);
}

void
table_free(struct table *t)
{
	struct setting *s = NULL, *next_setting;
	struct entry *e, *next;

	/* Later entries have longer lists with the same tail. */
	for (e = t->entries; e != NULL; e = next) {
		next = e->next;
		s = e->settings;
		free_entry(e);
	}
	for (; s != NULL; s = next_setting) {
		next_setting = s->next;
		free(s->text);
		free(s);
	}
	free(t->path);
	free(t->user);
	free(t);
}

/* When both kinds of days are restricted, either is enough. */
int
entry_due(const struct entry *e, const struct tm *tm)
{
	int day = (e->days >> tm->tm_mday & 1) != 0;
	int weekday = (e->weekdays >> tm->tm_wday & 1) != 0;

	return (!e->at_boot && (e->minutes >> tm->tm_min & 1) != 0 &&
	    (e->hours >> tm->tm_hour & 1) != 0 &&
	    (e->months >> (tm->tm_mon + 1) & 1) != 0 &&
	    (e->day_star || e->weekday_star ? day && weekday :
	    day || weekday));
}
