/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gcore - write a core file of a running process
 *
 * usage: gcore [-c file] pid ...
 *
 * The process is stopped while the kernel writes the file, and goes on
 * afterwards as it was.
 */
#include <sys/types.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: gcore [-c file] pid ...\n");
	exit(EX_USAGE);
}

/* Let it go, with the signal that it would have got. */
static void
detach(pid_t pid, int sig)
{
	if (ptrace(PT_DETACH, pid, (caddr_t)1, sig) != 0)
		warn("%d: detach", pid);
}

static int
dump(pid_t pid, const char *file)
{
	int error = 0, fd, sig, status;

	fd = open(file, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0600);
	if (fd == -1) {
		warn("%s", file);
		return (1);
	}
	if (ptrace(PT_ATTACH, pid, 0, 0) != 0) {
		warn("%d", pid);
		close(fd);
		unlink(file);
		return (1);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status)) {
		warnx("%d: has ended", pid);
		close(fd);
		unlink(file);
		return (1);
	}
	/* Something else may have come before our stop. */
	sig = WSTOPSIG(status) == SIGSTOP ? 0 : WSTOPSIG(status);
	if (ptrace(PT_DUMPCORE, pid, 0, fd) != 0)
		error = errno;
	detach(pid, sig);
	close(fd);
	if (error != 0) {
		unlink(file);
		warnc(error, "%s", file);
		return (1);
	}
	return (0);
}

int
main(int argc, char **argv)
{
	const char *file = NULL;
	char *end, name[32];
	int ch, failed = 0;
	long pid;

	while ((ch = getopt(argc, argv, "c:")) != -1) {
		if (ch != 'c')
			usage();
		file = optarg;
	}
	argc -= optind;
	argv += optind;
	if (argc < 1 || (file != NULL && argc != 1))
		usage();
	for (; *argv != NULL; argv++) {
		pid = strtol(*argv, &end, 10);
		if (**argv == '\0' || *end != '\0' || pid <= 0 || pid > 999999)
			errx(EX_USAGE, "%s: not a process", *argv);
		snprintf(name, sizeof(name), "core.%ld", pid);
		failed |= dump((pid_t)pid, file != NULL ? file : name);
	}
	return (failed);
}
