/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zic - compile time zones
 *
 * usage: zic [-v] [-b fat | slim] [-d directory] [-l localtime] [file ...]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "zic.h"

#define ZONEINFO	"/usr/share/zoneinfo"

static const char *directory = ZONEINFO;

void
complain(const char *fmt, ...)
{
	va_list ap;

	fprintf(stderr, "\"%s\", line %d: ", source_name, source_line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	putc('\n', stderr);
	bad_lines++;
}

void *
xalloc(size_t size)
{
	void *p = calloc(1, size);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

char *
xstrdup(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

/* Names stay below the directory. */
static int
good_name(const char *name)
{
	if (*name != '\0' && *name != '/' && strcmp(name, "..") != 0 &&
	    strncmp(name, "../", 3) != 0 && strstr(name, "/../") == NULL)
		return (1);
	warnx("%s: invalid name of a zone", name);
	bad_lines++;
	return (0);
}

static void
make_link(const char *target, const char *name)
{
	char *from, *to, *p;

	if (asprintf(&from, "%s/%s", directory, target) < 0 ||
	    asprintf(&to, "%s%s%s", *name == '/' ? "" : directory,
	    *name == '/' ? "" : "/", name) < 0)
		err(1, NULL);
	/* The zone itself may have made the directories, or not. */
	for (p = to + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = '\0';
		if (access(to, F_OK) != 0 && mkdir(to, 0755) != 0)
			err(1, "%s", to);
	}
	if (unlink(to) != 0 && errno != ENOENT)
		err(1, "%s", to);
	if (link(from, to) != 0)
		err(1, "%s: link to %s", to, from);
	free(from);
	free(to);
}

/* Links to links wait until those are there; a target must be there then. */
static void
make_links(void)
{
	struct link *l, **lp;
	char *path;
	int made;

	do {
		made = 0;
		for (lp = &all_links; (l = *lp) != NULL; ) {
			if (asprintf(&path, "%s/%s", directory,
			    l->target) < 0)
				err(1, NULL);
			if (!good_name(l->target) || !good_name(l->name)) {
				*lp = l->next;
			} else if (access(path, F_OK) == 0) {
				make_link(l->target, l->name);
				*lp = l->next;
				made = 1;
			} else {
				lp = &l->next;
			}
			free(path);
		}
	} while (made && all_links != NULL);
	for (l = all_links; l != NULL; l = l->next) {
		warnx("%s: link to %s, which does not exist", l->name,
		    l->target);
		bad_lines++;
	}
}

int
main(int argc, char **argv)
{
	static struct compiled c;
	const char *localtime_zone = NULL;
	struct zone *z;
	int ch, verbose = 0;

	while ((ch = getopt(argc, argv, "b:d:l:v")) != -1) {
		switch (ch) {
		case 'b':
			if (strcmp(optarg, "fat") != 0 &&
			    strcmp(optarg, "slim") != 0)
				goto usage;
			break;
		case 'd': directory = optarg; break;
		case 'l': localtime_zone = optarg; break;
		case 'v': verbose = 1; break;
		default: goto usage;
		}
	}
	for (argv += optind; *argv != NULL; argv++)
		parse_file(*argv);
	if (bad_lines != 0)
		return (1);
	for (z = all_zones; z != NULL; z = z->next) {
		source_name = z->name;
		if (!good_name(z->name) || compile_zone(z, &c) != 0)
			continue;
		if (verbose && c.footer[0] == '\0')
			warnx("%s: no POSIX form of its rules", z->name);
		write_zone(directory, z->name, &c);
		free(c.v);
	}
	make_links();
	if (localtime_zone != NULL)
		make_link(localtime_zone, "/etc/localtime");
	return (bad_lines != 0);
usage:
	fprintf(stderr, "usage: zic [-v] [-b fat | slim] [-d directory] "
	    "[-l localtime] [file ...]\n");
	return (EX_USAGE);
}
