/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mesg - whether others may write to the terminal
 *
 * usage: mesg [n | y]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct stat st;
	char *tty;
	int fd;

	if (getopt(argc, argv, "") != -1 || argc - optind > 1)
		goto usage;
	argv += optind;
	tty = NULL;
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO && tty == NULL; fd++)
		tty = ttyname(fd);
	if (tty == NULL)
		errx(2, "not a terminal");
	if (stat(tty, &st) != 0)
		err(2, "%s", tty);
	if (*argv == NULL) {
		printf("is %s\n", (st.st_mode & S_IWGRP) != 0 ? "y" : "n");
		return ((st.st_mode & S_IWGRP) != 0 ? 0 : 1);
	}
	if (**argv != 'y' && **argv != 'n')
		goto usage;
	st.st_mode = **argv == 'y' ? st.st_mode | S_IWGRP :
	    st.st_mode & ~(mode_t)S_IWGRP;
	if (chmod(tty, st.st_mode & ALLPERMS) != 0)
		err(2, "%s", tty);
	return (**argv == 'y' ? 0 : 1);
usage:
	fprintf(stderr, "usage: mesg [n | y]\n");
	return (2);
}
