/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The form that chpass(1) gives to the editor: "Label: value" lines.
 *
 * The general field of an account is four by convention: full name, office,
 * office telephone, home telephone, separated by commas, and then anything.
 */
#include <sys/param.h>
#include <ctype.h>
#include <err.h>
#include <grp.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "chpass.h"

#define GECOS_PARTS	5

static const char *const gecos_labels[GECOS_PARTS] = {
	"Full Name", "Office Location", "Office Phone", "Home Phone",
	"Other information"
};

static void
split_gecos(const char *gecos, char *parts[GECOS_PARTS])
{
	char *p = strdup(gecos);
	int i;

	if (p == NULL)
		err(1, NULL);
	for (i = 0; i < GECOS_PARTS - 1; i++)
		parts[i] = p != NULL ? strsep(&p, ",") : NULL;
	parts[i] = p;
}

static void
print_date(FILE *fp, const char *label, time_t t)
{
	char buf[64] = "";

	if (t != 0)
		strftime(buf, sizeof(buf), "%B %d, %Y", localtime(&t));
	fprintf(fp, "%s [month day year]: %s\n", label, buf);
}

void
fields_print(FILE *fp, const struct passwd *pw, bool root)
{
	char *parts[GECOS_PARTS];
	int i;

	fprintf(fp, "#Changing user information for %s.\n", pw->pw_name);
	if (root) {
		fprintf(fp, "Login: %s\nPassword: %s\n", pw->pw_name,
		    pw->pw_passwd);
		fprintf(fp, "Uid [#]: %ju\nGid [# or name]: %ju\n",
		    (uintmax_t)pw->pw_uid, (uintmax_t)pw->pw_gid);
		print_date(fp, "Change", pw->pw_change);
		print_date(fp, "Expire", pw->pw_expire);
		fprintf(fp, "Class: %s\nHome directory: %s\n", pw->pw_class,
		    pw->pw_dir);
	}
	fprintf(fp, "Shell: %s\n", pw->pw_shell);
	split_gecos(pw->pw_gecos, parts);
	for (i = 0; i < GECOS_PARTS; i++)
		fprintf(fp, "%s: %s\n", gecos_labels[i],
		    parts[i] != NULL ? parts[i] : "");
	free(parts[0]);
}

bool
valid_text(const char *what, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == ':' || *s == '\n' || iscntrl((unsigned char)*s)) {
			warnx("%s may not contain '%s'", what, *s == ':' ?
			    ":" : "control characters");
			return (false);
		}
	}
	return (true);
}

static char *
copy(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

/* People may choose from /etc/shells; root may take any program. */
bool
set_shell(struct passwd *pw, const char *shell, bool root)
{
	const char *s;
	bool known = false;
	struct stat st;

	if (!valid_text("shell", shell))
		return (false);
	while ((s = getusershell()) != NULL)
		known |= strcmp(s, shell) == 0;
	endusershell();
	if (!known && shell[0] != '\0' && strcmp(shell, pw->pw_shell) != 0) {
		if (!root) {
			warnx("%s: non-standard shell", shell);
			return (false);
		}
		if (stat(shell, &st) != 0 || access(shell, X_OK) != 0)
			warn("warning: %s", shell);
	}
	pw->pw_shell = copy(shell);
	return (true);
}

/* A date, or seconds since the epoch; nothing means never. */
bool
set_expire(time_t *t, const char *s)
{
	static const char *const forms[] = {
		"%B %d, %Y", "%B %d %Y", "%d %B %Y", "%Y-%m-%d", "%m/%d/%Y"
	};
	struct tm tm;
	const char *end;
	char *numend;
	time_t v;
	size_t i;

	if (*s == '\0') {
		*t = 0;
		return (true);
	}
	v = (time_t)strtoll(s, &numend, 10);
	if (*numend == '\0' && v >= 0) {
		*t = v;
		return (true);
	}
	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		memset(&tm, 0, sizeof(tm));
		tm.tm_isdst = -1;
		end = strptime(s, forms[i], &tm);
		if (end != NULL && *end == '\0') {
			*t = mktime(&tm);
			return (*t != -1);
		}
	}
	warnx("%s: illegal date", s);
	return (false);
}

static bool
set_id(const char *s, unsigned int *id, bool group)
{
	struct group *gr;
	unsigned long v;
	char *end;

	v = strtoul(s, &end, 10);
	if (isdigit((unsigned char)*s) && *end == '\0' && v < UINT_MAX) {
		*id = (unsigned int)v;
		return (true);
	}
	if (group && (gr = getgrnam(s)) != NULL) {
		*id = gr->gr_gid;
		return (true);
	}
	warnx("%s: unknown %s", s, group ? "group" : "uid");
	return (false);
}

/* A line of what only root may change: 1 set, 0 other label, -1 bad. */
static int
read_root_field(struct passwd *pw, const char *label, const char *v)
{
	static const struct { const char *label; int which; } known[] = {
		{ "Login", 0 }, { "Password", 1 }, { "Uid", 2 }, { "Gid", 3 },
		{ "Change", 4 }, { "Expire", 5 }, { "Class", 6 },
		{ "Home directory", 7 },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncasecmp(label, known[i].label,
		    strlen(known[i].label)) == 0)
			break;
	}
	if (i == sizeof(known) / sizeof(known[0]))
		return (0);
	if (!valid_text(known[i].label, v))
		return (-1);
	switch (known[i].which) {
	case 0:
		if (v[0] == '\0' || v[0] == '-' || strlen(v) >= MAXLOGNAME) {
			warnx("%s: illegal login name", v);
			return (-1);
		}
		pw->pw_name = copy(v);
		return (1);
	case 1:
		pw->pw_passwd = copy(v);
		return (1);
	case 2:
		return (set_id(v, &pw->pw_uid, false) ? 1 : -1);
	case 3:
		return (set_id(v, &pw->pw_gid, true) ? 1 : -1);
	case 4:
		return (set_expire(&pw->pw_change, v) ? 1 : -1);
	case 5:
		return (set_expire(&pw->pw_expire, v) ? 1 : -1);
	case 6:
		pw->pw_class = copy(v);
		return (1);
	default:
		pw->pw_dir = copy(v);
		return (1);
	}
}

static bool
read_field(struct passwd *pw, char *line, char *parts[GECOS_PARTS], bool root)
{
	char *colon = strchr(line, ':'), *v;
	int i, r;

	if (colon == NULL) {
		warnx("line without a colon: %s", line);
		return (false);
	}
	*colon = '\0';
	v = colon + 1 + strspn(colon + 1, " \t");
	if (root && (r = read_root_field(pw, line, v)) != 0)
		return (r > 0);
	if (strcasecmp(line, "Shell") == 0)
		return (set_shell(pw, v, root));
	for (i = 0; i < GECOS_PARTS; i++) {
		if (strcasecmp(line, gecos_labels[i]) != 0)
			continue;
		if (i < GECOS_PARTS - 1 && strchr(v, ',') != NULL) {
			warnx("%s may not contain ','", line);
			return (false);
		}
		parts[i] = copy(v);
		return (valid_text(line, v));
	}
	warnx("%s: unknown field", line);
	return (false);
}

bool
fields_read(FILE *fp, struct passwd *pw, bool root)
{
	char *parts[GECOS_PARTS] = { NULL }, *line = NULL, *gecos;
	size_t size = 0;
	bool good = true;
	int n;

	while (good && getline(&line, &size, fp) > 0) {
		for (n = (int)strlen(line); n > 0 &&
		    isspace((unsigned char)line[n - 1]); n--)
			line[n - 1] = '\0';
		if (line[0] != '#' && line[0] != '\0')
			good = read_field(pw, line, parts, root);
	}
	free(line);
	for (n = 0; n < GECOS_PARTS; n++) {
		if (parts[n] == NULL)
			parts[n] = copy("");
	}
	if (asprintf(&gecos, "%s,%s,%s,%s,%s", parts[0], parts[1], parts[2],
	    parts[3], parts[4]) < 0)
		err(1, NULL);
	/* No commas for nothing. */
	for (n = (int)strlen(gecos); n > 0 && gecos[n - 1] == ','; n--)
		gecos[n - 1] = '\0';
	pw->pw_gecos = gecos;
	return (good);
}
