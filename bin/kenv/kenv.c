/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kenv - dump or change the kernel environment
 *
 * usage: kenv [-hNq]
 *        kenv [-qv] name[=value]
 *        kenv [-q] -u name
 */
#include <sys/types.h>
#include <sys/kenv.h>

#include <err.h>
#include <kenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void
dump(int hints, int names)
{
	char *buf, *p, *value;
	int len;

	len = kenv(KENV_DUMP, NULL, NULL, 0);
	if (len < 0)
		err(EX_OSERR, "kenv");
	buf = calloc(1, (size_t)len + 1024);
	if (buf == NULL)
		err(EX_OSERR, NULL);
	if (kenv(KENV_DUMP, NULL, buf, len + 1023) < 0)
		err(EX_OSERR, "kenv");
	for (p = buf; *p != '\0'; p = value + strlen(value) + 1) {
		value = strchr(p, '=');
		if (value == NULL)
			break;
		*value++ = '\0';
		if (hints && strncmp(p, "hint.", 5) != 0)
			continue;
		if (names)
			printf("%s\n", p);
		else
			printf("%s=\"%s\"\n", p, value);
	}
}

int
main(int argc, char **argv)
{
	char value[KENV_MVALLEN + 1], *set;
	int c, hints = 0, names = 0, quiet = 0, unset = 0, verbose = 0;

	while ((c = getopt(argc, argv, "hNquv")) != -1) {
		switch (c) {
		case 'h':
			hints = 1;
			break;
		case 'N':
			names = 1;
			break;
		case 'q':
			quiet = 1;
			break;
		case 'u':
			unset = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0 && !unset) {
		dump(hints, names);
		return (0);
	}
	if (argc != 1)
		goto usage;
	set = strchr(argv[0], '=');
	if (set != NULL)
		*set++ = '\0';
	if (unset)
		c = kenv(KENV_UNSET, argv[0], NULL, 0);
	else if (set != NULL)
		c = kenv(KENV_SET, argv[0], set, (int)strlen(set) + 1);
	else
		c = kenv(KENV_GET, argv[0], value, sizeof(value));
	if (c < 0) {
		if (!quiet)
			warn("unable to %s %s", unset ? "unset" :
			    set != NULL ? "set" : "get", argv[0]);
		return (1);
	}
	if (unset)
		return (0);
	if (verbose)
		printf("%s=\"%s\"\n", argv[0], set != NULL ? set : value);
	else
		printf("%s\n", set != NULL ? set : value);
	return (0);
usage:
	fprintf(stderr, "usage: kenv [-hNq]\n       kenv [-qv] name[=value]\n"
	    "       kenv [-q] -u name\n");
	return (EX_USAGE);
}
