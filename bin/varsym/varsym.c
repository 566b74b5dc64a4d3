/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * varsym - variables for symbolic links
 *
 * usage: varsym [-adpqsu] [name[=value] ...]
 */
#include <sys/types.h>
#include <sys/varsym.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int level = VARSYM_USER, mask = VARSYM_ALL_MASK, quiet;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: varsym [-adpqsu] [var[=data] ...]\n");
	exit(1);
}

static void
list(int which)
{
	static char buf[65536];
	const char *p, *end;
	int marker = 0, n;

	do {
		n = varsym_list(which, buf, sizeof(buf), &marker);
		if (n < 0)
			err(1, "varsym_list");
		/* Name and value, each ended by NUL, alternate. */
		for (p = buf, end = buf + n; p < end;) {
			const char *value = p + strlen(p) + 1;

			printf(quiet ? "%s\n" : "%s=%s\n", p, value);
			p = value + strlen(value) + 1;
		}
	} while (marker >= 0);
}

static int
show(const char *name)
{
	char buf[MAXVARSYM_DATA];

	if (varsym_get(mask, name, buf, sizeof(buf)) < 0) {
		if (!quiet)
			warnx("%s: %s", name, errno == ENOENT ?
			    "not found" : strerror(errno));
		return (1);
	}
	if (quiet)
		puts(buf);
	else
		printf("%s=%s\n", name, buf);
	return (0);
}

int
main(int argc, char **argv)
{
	int c, all = 0, delete = 0, rc = 0;
	char *eq;

	while ((c = getopt(argc, argv, "adpqsu")) != -1) {
		switch (c) {
		case 'a': all = 1; break;
		case 'd': delete = 1; break;
		case 'p':
			level = VARSYM_PROC;
			mask = VARSYM_PROC_MASK;
			break;
		case 'q': quiet = 1; break;
		case 's':
			level = VARSYM_SYS;
			mask = VARSYM_SYS_MASK;
			break;
		case 'u':
			level = VARSYM_USER;
			mask = VARSYM_USER_MASK;
			break;
		default:
			usage();
		}
	}
	argv += optind;
	if (all)
		list(level);
	else if (*argv == NULL)
		usage();
	for (; *argv != NULL; argv++) {
		eq = strchr(*argv, '=');
		if (eq != NULL)
			*eq++ = '\0';
		if (delete)
			c = varsym_set(level, *argv, NULL);
		else if (eq != NULL)
			c = varsym_set(level, *argv, eq);
		else {
			rc |= show(*argv);
			continue;
		}
		if (c < 0) {
			warn("%s", *argv);
			rc = 1;
		}
	}
	return (rc);
}
