/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hostname, domainname - print or set the name of this host (or NIS domain)
 *
 * usage: hostname [-s] [name]
 */
#include <sys/param.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, is_domain = strcmp(getprogname(), "domainname") == 0, brief = 0;
	char name[MAXHOSTNAMELEN];

	while ((c = getopt(argc, argv, "s")) != -1) {
		if (c != 's')
			goto usage;
		brief = 1;
	}
	argc -= optind;
	argv += optind;
	if (argc > 1)
		goto usage;
	if (argc == 1) {
		if ((is_domain ? setdomainname(*argv, (int)strlen(*argv)) :
		    sethostname(*argv, (int)strlen(*argv))) < 0)
			err(1, "%s", *argv);
		return (0);
	}
	if ((is_domain ? getdomainname(name, (int)sizeof(name)) :
	    gethostname(name, sizeof(name))) < 0)
		err(1, NULL);
	if (brief)
		name[strcspn(name, ".")] = '\0';
	puts(name);
	return (0);
usage:
	fprintf(stderr, is_domain ? "usage: domainname [name]\n" :
	    "usage: hostname [-s] [name]\n");
	return (1);
}
