/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslog.conf: selectors and actions.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#define SYSLOG_NAMES
#include "syslogd.h"

#define ALL_LEVELS	0xff

struct rules rules = TAILQ_HEAD_INITIALIZER(rules);

/* The block the following lines are in. */
static char *block_program, *block_host;
static bool block_not_program, block_not_host;

static int
lookup(const CODE *table, const char *name)
{
	for (; table->c_name != NULL; table++) {
		if (strcasecmp(table->c_name, name) == 0)
			return (table->c_val);
	}
	return (-1);
}

/* "err", "=info", "<=notice", "!=debug", "none", "*": bits, or -1. */
static int
parse_level(const char *text)
{
	bool lt = false, eq = false, gt = false, not = false;
	int bits = 0, i, level;

	if (*text == '!') {
		not = true;
		text++;
	}
	for (; *text == '<' || *text == '=' || *text == '>'; text++) {
		lt |= *text == '<';
		eq |= *text == '=';
		gt |= *text == '>';
	}
	if (strcmp(text, "*") == 0)
		return (not ? 0 : ALL_LEVELS);
	if (strcasecmp(text, "none") == 0)
		return (0);
	level = lookup(prioritynames, text);
	if (level < 0 || level > LOG_DEBUG)
		return (-1);
	if (!lt && !eq && !gt)
		gt = eq = true;		/* this level and what is worse */
	for (i = 0; i <= LOG_DEBUG; i++) {
		/* A smaller number is a greater level. */
		if ((gt && i < level) || (eq && i == level) ||
		    (lt && i > level))
			bits |= 1 << i;
	}
	return (not ? ~bits & ALL_LEVELS : bits);
}

static int
facility_index(const char *name)
{
	int f;

	if (strcasecmp(name, "mark") == 0)
		return (LOG_NFACILITIES);
	f = lookup(facilitynames, name);
	return (f < 0 ? -1 : LOG_FAC(f));
}

/* "fac,fac.level": false with a complaint if it is wrong. */
static bool
parse_selector(struct rule *r, char *text)
{
	char *dot = strrchr(text, '.'), *name;
	int bits, f;

	if (dot == NULL) {
		complain("selector \"%s\" has no level", text);
		return (false);
	}
	*dot++ = '\0';
	bits = parse_level(dot);
	if (bits < 0) {
		complain("unknown level \"%s\"", dot);
		return (false);
	}
	while ((name = strsep(&text, ",")) != NULL) {
		if (strcmp(name, "*") == 0) {
			/* Marks are asked for by name only. */
			memset(r->levels, bits, LOG_NFACILITIES);
			continue;
		}
		f = facility_index(name);
		if (f < 0) {
			complain("unknown facility \"%s\"", name);
			return (false);
		}
		/* A later selector replaces "none" and adds levels. */
		r->levels[f] = bits == 0 ? 0 : r->levels[f] | bits;
	}
	return (true);
}

static bool
parse_action(struct rule *r, char *text)
{
	r->fd = -1;
	if (*text == '-') {
		r->nosync = true;
		text++;
	}
	switch (*text) {
	case '/':
		r->type = strcmp(text, "/dev/console") == 0 ? ACT_CONSOLE :
		    ACT_FILE;
		break;
	case '|':
		r->type = ACT_PIPE;
		text++;
		break;
	case '*':
		r->type = ACT_ALL;
		break;
	case '@':
		complain("forwarding to \"%s\": there is no network", text + 1);
		return (false);
	case '\0':
		complain("no action");
		return (false);
	default:
		r->type = ACT_USERS;
		break;
	}
	r->target = strdup(text);
	return (r->target != NULL);
}

void
rule_free(struct rule *r)
{
	free(r->program);
	free(r->host);
	free(r->target);
	free(r);
}

struct rule *
rule_parse(char *line)
{
	struct rule *r = calloc(1, sizeof(*r));
	char *action, *sel;
	bool good = true;

	if (r == NULL)
		return (NULL);
	action = line + strcspn(line, " \t");
	if (*action != '\0')
		*action++ = '\0';
	action += strspn(action, " \t");
	while (good && (sel = strsep(&line, ";")) != NULL)
		good = parse_selector(r, sel);
	if (!good || !parse_action(r, action)) {
		rule_free(r);
		return (NULL);
	}
	if (block_program != NULL)
		r->program = strdup(block_program);
	if (block_host != NULL)
		r->host = strdup(block_host);
	r->not_program = block_not_program;
	r->not_host = block_not_host;
	return (r);
}

/* "!prog", "!-prog", "!*"; "+host", "-host", "+*". */
static void
parse_block(char *line)
{
	char **what = *line == '!' ? &block_program : &block_host;
	bool *not = *line == '!' ? &block_not_program : &block_not_host;

	free(*what);
	*what = NULL;
	*not = *line == '-';
	line++;
	line += strspn(line, " \t");
	if (what == &block_program && *line == '-') {
		*not = true;
		line++;
	}
	if (strcmp(line, "@") == 0)
		*what = strdup(hostname);
	else if (strcmp(line, "*") != 0 && *line != '\0')
		*what = strdup(line);
}

static void
parse_line(char *line)
{
	struct rule *r;
	char *end = line + strlen(line);

	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	line += strspn(line, " \t");
	/* Blocks may hide in comments that begin with them. */
	if (line[0] == '#' && (line[1] == '!' || line[1] == '+' ||
	    line[1] == '-'))
		line++;
	if (*line == '\0' || *line == '#')
		return;
	if (*line == '!' || *line == '+' || *line == '-') {
		parse_block(line);
		return;
	}
	r = rule_parse(line);
	if (r == NULL)
		return;
	rule_open(r);
	TAILQ_INSERT_TAIL(&rules, r, link);
}

bool
config_read(const char *path)
{
	struct rule *r;
	char *line = NULL;
	size_t size = 0;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return (false);
	while ((r = TAILQ_FIRST(&rules)) != NULL) {
		TAILQ_REMOVE(&rules, r, link);
		rule_flush(r);
		rule_close(r);
		rule_free(r);
	}
	while (getline(&line, &size, f) >= 0)
		parse_line(line);
	free(line);
	fclose(f);
	/* The next reading begins outside all blocks. */
	free(block_program);
	free(block_host);
	block_program = block_host = NULL;
	block_not_program = block_not_host = false;
	return (true);
}
