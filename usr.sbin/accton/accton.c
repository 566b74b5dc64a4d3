/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * accton - turn process accounting on and off
 *
 * usage: accton [file]
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (getopt(argc, argv, "") != -1 || argc - optind > 1) {
		fprintf(stderr, "usage: accton [file]\n");
		return (EX_USAGE);
	}
	if (acct(argv[optind]) != 0)
		err(1, "%s", argv[optind] != NULL ? argv[optind] : "acct");
	return (0);
}
