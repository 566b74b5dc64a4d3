/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * yes - be repetitively affirmative
 *
 * usage: yes [expletive]
 */
#include <err.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	while (puts(argc > 1 ? argv[1] : "y") != EOF)
		continue;
	err(1, "stdout");
}
