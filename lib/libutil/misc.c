/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trimdomain(3), secure_path(3), properties(3).
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <ctype.h>
#include <errno.h>
#include <libutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

/* Cuts our own domain off a host name of at most `size' characters. */
void
trimdomain(char *host, int size)
{
	char name[MAXHOSTNAMELEN], *dot, *p;

	if (gethostname(name, sizeof(name)) != 0 ||
	    (dot = strchr(name, '.')) == NULL)
		return;
	p = memchr(host, '.', strnlen(host, size));
	if (p != NULL && strcasecmp(p, dot) == 0)
		*p = '\0';
}

/* A regular file that nobody else can have changed: 0, else logged. */
int
_secure_path(const char *path, uid_t uid, gid_t gid)
{
	const char *what = NULL;
	struct stat st;

	if (lstat(path, &st) != 0) {
		if (errno != ENOENT)
			syslog(LOG_ERR, "cannot stat %s: %m", path);
		return (-1);
	}
	if (!S_ISREG(st.st_mode))
		what = "not a regular file";
	else if (st.st_mode & S_IWOTH)
		what = "world writable";
	else if (uid != (uid_t)-1 && st.st_uid != uid && st.st_uid != 0)
		what = "not owned by the user or root";
	else if (gid != (gid_t)-1 && st.st_gid != gid &&
	    (st.st_mode & S_IWGRP) != 0)
		what = "group writable";
	if (what == NULL)
		return (0);
	syslog(LOG_ERR, "_secure_path: %s is %s", path, what);
	return (-1);
}

int
secure_path(const char *path)
{
	return (_secure_path(path, 0, 0));
}

static char *
strip(char *s)
{
	char *end;

	while (isspace((unsigned char)*s))
		s++;
	for (end = s + strlen(s); end > s &&
	    isspace((unsigned char)end[-1]);)
		*--end = '\0';
	return (s);
}

/* "name = value" lines; a value in braces may hold anything. */
static int
parse_property(char *line, properties *tail)
{
	char *eq = strchr(line, '='), *name, *value;
	properties p;
	size_t n;

	if (eq == NULL)
		return (0);
	*eq = '\0';
	name = strip(line);
	value = strip(eq + 1);
	n = strlen(value);
	if (n > 1 && value[0] == '{' && value[n - 1] == '}') {
		value[n - 1] = '\0';
		value++;
	}
	p = calloc(1, sizeof(*p));
	if (p == NULL || (p->name = strdup(name)) == NULL ||
	    (p->value = strdup(value)) == NULL) {
		properties_free(p);
		return (-1);
	}
	*tail = p;
	return (1);
}

properties
properties_read(int fd)
{
	properties head = NULL, *tail = &head;
	char *line = NULL, *p;
	size_t size = 0;
	FILE *fp;
	int copy, r;

	copy = dup(fd);
	fp = copy >= 0 ? fdopen(copy, "r") : NULL;
	if (fp == NULL) {
		if (copy >= 0)
			close(copy);
		return (NULL);
	}
	while (getline(&line, &size, fp) > 0) {
		p = strip(line);
		if (*p == '\0' || *p == '#' || *p == ';')
			continue;
		r = parse_property(p, tail);
		if (r < 0) {
			properties_free(head);
			head = NULL;
			break;
		}
		if (r > 0)
			tail = &(*tail)->next;
	}
	free(line);
	fclose(fp);
	return (head);
}

char *
property_find(properties list, const char *name)
{
	for (; list != NULL; list = list->next) {
		if (strcmp(list->name, name) == 0)
			return (list->value != NULL ? list->value :
			    (char *)(__uintptr_t)"");
	}
	return (NULL);
}

void
properties_free(properties list)
{
	properties next;

	for (; list != NULL; list = next) {
		next = list->next;
		free(list->name);
		free(list->value);
		free(list);
	}
}
