/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getopt - parse the options of shell scripts
 *
 * usage: getopt optstring argument ...
 */
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, status = 0;
	char *spec;

	if (argc < 2) {
		fprintf(stderr, "usage: getopt optstring argument ...\n");
		return (1);
	}
	spec = argv[1];
	optind = 2;
	while ((c = getopt(argc, argv, spec)) != -1) {
		if (c == '?')
			status = 1;
		else if (optarg != NULL)
			printf(" -%c %s", c, optarg);
		else
			printf(" -%c", c);
		optarg = NULL;
	}
	printf(" --");
	for (; optind < argc; optind++)
		printf(" %s", argv[optind]);
	putchar('\n');
	return (status);
}
