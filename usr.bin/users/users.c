/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * users - names of the users that are logged in
 *
 * usage: users
 */
#include <sys/types.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

static int
compare(const void *a, const void *b)
{
	return (strcmp(*(char *const *)a, *(char *const *)b));
}

int
main(int argc, char **argv)
{
	char **names = NULL;
	struct utmpx *ut;
	size_t n = 0, i;

	if (getopt(argc, argv, "") != -1 || argc > optind) {
		fprintf(stderr, "usage: users\n");
		return (1);
	}
	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type != USER_PROCESS)
			continue;
		names = reallocarray(names, n + 1, sizeof(*names));
		if (names == NULL ||
		    (names[n++] = strndup(ut->ut_name, UTX_USERSIZE)) == NULL)
			err(1, NULL);
	}
	endutxent();
	if (n > 0)
		qsort(names, n, sizeof(*names), compare);
	for (i = 0; i < n; i++)
		printf("%s%s", names[i], i + 1 < n ? " " : "\n");
	return (0);
}
