/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmtmsg(3): messages in the form of System V, to standard error and to the
 * console.
 */
#include <fcntl.h>
#include <fmtmsg.h>
#include <paths.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether MSGVERB asks for a part; all are shown if it is not valid. */
static bool
is_shown(const char *part)
{
	static const char *const known[] = {
		"label", "severity", "text", "action", "tag"
	};
	const char *v = getenv("MSGVERB"), *p;
	bool shown = false;
	size_t n, i;

	if (v == NULL || *v == '\0')
		return (true);
	for (p = v; *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		for (i = 0; i < 5; i++) {
			if (strlen(known[i]) == n &&
			    strncmp(p, known[i], n) == 0)
				break;
		}
		if (i == 5)
			return (true);
		shown |= strlen(part) == n && strncmp(p, part, n) == 0;
	}
	return (shown);
}

static const char *
severity_name(int severity)
{
	switch (severity) {
	case MM_HALT:
		return ("HALT");
	case MM_ERROR:
		return ("ERROR");
	case MM_WARNING:
		return ("WARNING");
	case MM_INFO:
		return ("INFO");
	default:
		return (NULL);
	}
}

/* "label: severity: text\nTO FIX: action tag\n" with the parts there are. */
static char *
format(bool all, const char *label, const char *severity, const char *text,
    const char *action, const char *tag)
{
	char *s = NULL;

	label = all || is_shown("label") ? label : NULL;
	severity = all || is_shown("severity") ? severity : NULL;
	text = all || is_shown("text") ? text : NULL;
	action = all || is_shown("action") ? action : NULL;
	tag = all || is_shown("tag") ? tag : NULL;
	if (asprintf(&s, "%s%s%s%s%s%s%s%s%s%s\n",
	    label != NULL ? label : "",
	    label != NULL && (severity != NULL || text != NULL) ? ": " : "",
	    severity != NULL ? severity : "",
	    severity != NULL && text != NULL ? ": " : "",
	    text != NULL ? text : "",
	    action != NULL || tag != NULL ? "\n" : "",
	    action != NULL ? "TO FIX: " : "",
	    action != NULL ? action : "",
	    action != NULL && tag != NULL ? " " : "",
	    tag != NULL ? tag : "") < 0)
		return (NULL);
	return (s);
}

/* A label is two parts, of at most 10 and 14 characters. */
static bool
is_label(const char *label)
{
	size_t n = strcspn(label, ":");

	return (n <= 10 && label[n] == ':' && strlen(label + n + 1) <= 14);
}

static bool
write_to(const char *device, const char *s)
{
	size_t n = strlen(s);
	ssize_t done;
	int fd;

	fd = open(device, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return (false);
	done = write(fd, s, n);
	close(fd);
	return (done == (ssize_t)n);
}

int
fmtmsg(long class, const char *label, int severity, const char *text,
    const char *action, const char *tag)
{
	bool bad_print = false, bad_console = false;
	const char *name = severity_name(severity);
	char *s;

	if (label != NULL && !is_label(label))
		return (MM_NOTOK);
	if (class & MM_PRINT) {
		s = format(false, label, name, text, action, tag);
		bad_print = s == NULL || fputs(s, stderr) == EOF;
		free(s);
	}
	if (class & MM_CONSOLE) {
		s = format(true, label, name, text, action, tag);
		bad_console = s == NULL || !write_to(_PATH_CONSOLE, s);
		free(s);
	}
	if (bad_print && bad_console)
		return (MM_NOTOK);
	return (bad_print ? MM_NOMSG : bad_console ? MM_NOCON : MM_OK);
}
