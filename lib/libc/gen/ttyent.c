/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminals: /etc/ttys.
 *
 * A line has a name, a command in quotes for getty, a type, and flags:
 * on off secure insecure ifexists window="..." group=... .
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <ttyent.h>
#include <unistd.h>

static FILE *ttys;
static char *line;
static size_t line_room;
static struct ttyent tty;

/* Cut off the field at *pp and move behind it; quotes are taken off. */
static char *
next_field(char **pp)
{
	char *p = *pp, *out, *field;
	bool quoted = false;

	while (isspace((unsigned char)*p))
		p++;
	if (*p == '\0' || *p == '#')
		return (NULL);
	for (field = out = p; *p != '\0'; p++) {
		if (*p == '"') {
			quoted = !quoted;
			continue;
		}
		if (quoted && *p == '\\' && p[1] == '"')
			p++;
		else if (!quoted && (isspace((unsigned char)*p) || *p == '#'))
			break;
		*out++ = *p;
	}
	*pp = *p == '#' || *p == '\0' ? p : p + 1;
	if (*p == '#' && out == p)
		return (field);
	*out = '\0';
	return (field);
}

static bool
field_value(char *field, const char *name, char **valuep)
{
	size_t len = strlen(name);

	if (strncmp(field, name, len) != 0 || field[len] != '=')
		return (false);
	*valuep = field + len + 1;
	return (true);
}

static void
parse_flag(char *field)
{
	if (strcmp(field, _TTYS_OFF) == 0)
		tty.ty_status &= ~TTY_ON;
	else if (strcmp(field, _TTYS_ON) == 0)
		tty.ty_status |= TTY_ON;
	else if (strcmp(field, _TTYS_SECURE) == 0)
		tty.ty_status |= TTY_SECURE;
	else if (strcmp(field, _TTYS_INSECURE) == 0)
		tty.ty_status &= ~TTY_SECURE;
	else if (strcmp(field, _TTYS_DIALUP) == 0)
		tty.ty_status |= TTY_DIALUP;
	else if (strcmp(field, _TTYS_NETWORK) == 0)
		tty.ty_status |= TTY_NETWORK;
	else if (strcmp(field, _TTYS_IFCONSOLE) == 0)
		tty.ty_status |= TTY_IFCONSOLE;
	else if (!field_value(field, _TTYS_WINDOW, &tty.ty_window))
		field_value(field, _TTYS_GROUP, &tty.ty_group);
}

int
setttyent(void)
{
	if (ttys != NULL) {
		rewind(ttys);
		return (1);
	}
	ttys = fopen(_PATH_TTYS, "re");
	return (ttys != NULL);
}

int
endttyent(void)
{
	int rc = 1;

	if (ttys != NULL) {
		rc = fclose(ttys) != EOF;
		ttys = NULL;
	}
	return (rc);
}

struct ttyent *
getttyent(void)
{
	char *p, *field;

	if (ttys == NULL && !setttyent())
		return (NULL);
	do {
		if (getline(&line, &line_room, ttys) < 0)
			return (NULL);
		line[strcspn(line, "\n")] = '\0';
		p = line;
		memset(&tty, 0, sizeof(tty));
		tty.ty_name = next_field(&p);
	} while (tty.ty_name == NULL);
	tty.ty_getty = next_field(&p);
	if (tty.ty_getty != NULL)
		tty.ty_type = next_field(&p);
	while (tty.ty_type != NULL && (field = next_field(&p)) != NULL)
		parse_flag(field);
	while (isspace((unsigned char)*p) || *p == '#')
		p++;
	if (*p != '\0')
		tty.ty_comment = p;
	return (&tty);
}

struct ttyent *
getttynam(const char *name)
{
	struct ttyent *t;

	if (strncmp(name, "/dev/", 5) == 0)
		name += 5;
	setttyent();
	while ((t = getttyent()) != NULL) {
		if (strcmp(name, t->ty_name) == 0)
			break;
	}
	endttyent();
	return (t);
}

int
isdialuptty(const char *name)
{
	struct ttyent *t = getttynam(name);

	return (t != NULL && (t->ty_status & TTY_DIALUP) != 0);
}

int
isnettty(const char *name)
{
	struct ttyent *t = getttynam(name);

	return (t != NULL && (t->ty_status & TTY_NETWORK) != 0);
}
