/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipcrm - remove System V IPC objects
 *
 * usage: ipcrm [-m id] [-M key] [-q id] [-Q key] [-s id] [-S key] ...
 */
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: ipcrm [-m id] [-M key] [-q id] [-Q key] "
	    "[-s id] [-S key] ...\n");
	exit(EX_USAGE);
}

static int
by_key(int type, key_t key)
{
	switch (type) {
	case 'M':
		return (shmget(key, 0, 0));
	case 'Q':
		return (msgget(key, 0));
	default:
		return (semget(key, 0, 0));
	}
}

static int
remove_id(int type, int id)
{
	switch (type) {
	case 'm':
		return (shmctl(id, IPC_RMID, NULL));
	case 'q':
		return (msgctl(id, IPC_RMID, NULL));
	default:
		return (semctl(id, 0, IPC_RMID));
	}
}

static int
rm(int type, const char *arg)
{
	char *end;
	long n;
	int id;

	errno = 0;
	n = strtol(arg, &end, 0);
	if (errno != 0 || *arg == '\0' || *end != '\0') {
		warnx("%s: not a number", arg);
		return (1);
	}
	id = (int)n;
	if (type < 'a') {
		if (n == IPC_PRIVATE) {
			warnx("%s: the key of private ones", arg);
			return (1);
		}
		id = by_key(type, (key_t)n);
		type += 'a' - 'A';
	}
	if (id == -1 || remove_id(type, id) != 0) {
		warn("%s", arg);
		return (1);
	}
	return (0);
}

int
main(int argc, char **argv)
{
	int ch, failed = 0, some = 0;

	while ((ch = getopt(argc, argv, "m:M:q:Q:s:S:")) != -1) {
		if (ch == '?')
			usage();
		failed |= rm(ch, optarg);
		some = 1;
	}
	if (optind != argc || !some)
		usage();
	return (failed);
}
