/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jls - jails in being
 *
 * usage: jls
 */
#include <sys/types.h>
#include <sys/sysctl.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	char *addresses, *buf = NULL, *id, *line, *name, *path, *rest;
	size_t len = 0;

	if (getopt(argc, argv, "") != -1 || optind != argc) {
		fprintf(stderr, "usage: jls\n");
		return (EX_USAGE);
	}
	do {
		if (sysctlbyname("jail.list", NULL, &len, NULL, 0) != 0)
			err(1, "jail.list");
		len += 4096;
		buf = realloc(buf, len);
		if (buf == NULL)
			err(1, NULL);
	} while (sysctlbyname("jail.list", buf, &len, NULL, 0) != 0 &&
	    errno == ENOMEM);
	if (len == 0)
		buf[0] = '\0';
	printf("%5s %-20s %-25s %s\n", "JID", "Hostname", "Path",
	    "IP addresses");
	rest = buf;
	while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
		id = strsep(&line, " ");
		name = strsep(&line, " ");
		path = strsep(&line, " ");
		addresses = line;
		printf("%5s %-20s %-25s %s\n", id, name != NULL ? name : "",
		    path != NULL ? path : "",
		    addresses != NULL ? addresses : "");
	}
	return (0);
}
