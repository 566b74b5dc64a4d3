/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getconf - values of the system's configuration
 *
 * usage: getconf [-v environment] variable [path]
 *        getconf -a [path]
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "getconf.h"

static void
print(long value)
{
	if (value == -1)
		puts("undefined");
	else
		printf("%ld\n", value);
}

static int
find(const struct name_number *table, const char *name)
{
	/* The headers have names without what POSIX puts in front. */
	static const char *const prefixes[] = { "", "_POSIX_", "_",
	    "_XOPEN_", "POSIX_" };
	size_t i, n;

	for (; table->name != NULL; table++) {
		for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
			n = strlen(prefixes[i]);
			if (strncmp(name, prefixes[i], n) == 0 &&
			    strcmp(name + n, table->name) == 0)
				return (table->number);
		}
	}
	return (-1);
}

static void
print_confstr(int number)
{
	size_t len = confstr(number, NULL, 0);
	char *text;

	if (len == 0) {
		puts("undefined");
		return;
	}
	text = malloc(len);
	if (text == NULL)
		err(EX_OSERR, NULL);
	confstr(number, text, len);
	puts(text);
	free(text);
}

static int
show(const char *name, const char *path)
{
	const struct name_value *l;
	long value;
	int n;

	for (l = limit_names; l->name != NULL; l++) {
		if (strcmp(l->name, name) == 0) {
			printf("%ld\n", l->value);
			return (0);
		}
	}
	errno = 0;
	if ((n = find(confstr_names, name)) >= 0) {
		print_confstr(n);
	} else if ((n = find(sysconf_names, name)) >= 0) {
		value = sysconf(n);
		if (value == -1 && errno != 0)
			err(EX_OSERR, "sysconf: %s", name);
		print(value);
	} else if ((n = find(pathconf_names, name)) >= 0) {
		if (path == NULL)
			errx(EX_USAGE, "%s: a path is needed", name);
		value = pathconf(path, n);
		if (value == -1 && errno != 0)
			err(EX_NOINPUT, "pathconf: %s", path);
		print(value);
	} else
		errx(EX_USAGE, "no such configuration parameter `%s'", name);
	return (0);
}

static void
show_all(const char *path)
{
	const struct name_number *t;
	const struct name_value *l;

	for (l = limit_names; l->name != NULL; l++)
		printf("%s: %ld\n", l->name, l->value);
	for (t = sysconf_names; t->name != NULL; t++) {
		printf("%s: ", t->name);
		print(sysconf(t->number));
	}
	for (t = confstr_names; t->name != NULL; t++) {
		printf("%s: ", t->name);
		print_confstr(t->number);
	}
	for (t = pathconf_names; path != NULL && t->name != NULL; t++) {
		printf("%s: ", t->name);
		print(pathconf(path, t->number));
	}
}

int
main(int argc, char **argv)
{
	int c, all = 0;

	while ((c = getopt(argc, argv, "av:")) != -1) {
		switch (c) {
		case 'a':
			all = 1;
			break;
		case 'v':
			/* There is one programming environment. */
			if (strcmp(optarg, "POSIX_V6_LP64_OFF64") != 0 &&
			    strcmp(optarg, "POSIX_V7_LP64_OFF64") != 0)
				errx(EX_UNAVAILABLE, "%s: unknown programming "
				    "environment", optarg);
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (all) {
		if (argc > 1)
			goto usage;
		show_all(*argv);
		return (0);
	}
	if (argc < 1 || argc > 2)
		goto usage;
	return (show(argv[0], argv[1]));
usage:
	fprintf(stderr, "usage: getconf -a [pathname]\n"
	    "       getconf [-v environment] variable [pathname]\n");
	return (EX_USAGE);
}
