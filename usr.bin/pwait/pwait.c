/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pwait - wait for processes to end
 *
 * usage: pwait [-v] pid ...
 *
 * The processes need not be children: kqueue(2) reports their ends.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void
report(pid_t pid, int status)
{
	if (WIFEXITED(status))
		printf("%d: exited with status %d.\n", (int)pid,
		    WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		printf("%d: killed by signal %d.\n", (int)pid,
		    WTERMSIG(status));
	else
		printf("%d: terminated.\n", (int)pid);
}

int
main(int argc, char **argv)
{
	int c, kq, verbose = 0, waiting = 0, n, i;
	struct kevent ev;
	char *end;
	long pid;

	while ((c = getopt(argc, argv, "v")) != -1) {
		if (c != 'v')
			goto usage;
		verbose = 1;
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		goto usage;
	kq = kqueue();
	if (kq < 0)
		err(EX_OSERR, "kqueue");
	for (i = 0; i < argc; i++) {
		pid = strtol(strncmp(argv[i], "/proc/", 6) == 0 ?
		    argv[i] + 6 : argv[i], &end, 10);
		if (pid <= 0 || *end != '\0') {
			warnx("%s: bad process id", argv[i]);
			continue;
		}
		EV_SET(&ev, (uintptr_t)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0,
		    NULL);
		if (kevent(kq, &ev, 1, NULL, 0, NULL) != 0)
			warn("%ld", pid);
		else
			waiting++;
	}
	while (waiting > 0) {
		n = kevent(kq, NULL, 0, &ev, 1, NULL);
		if (n < 0 && errno != EINTR)
			err(EX_OSERR, "kevent");
		if (n <= 0)
			continue;
		if (verbose)
			report((pid_t)ev.ident, (int)ev.data);
		waiting--;
	}
	return (EX_OK);
usage:
	fprintf(stderr, "usage: pwait [-v] pid ...\n");
	return (EX_USAGE);
}
