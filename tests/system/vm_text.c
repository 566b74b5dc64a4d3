/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file being executed is not written, and one being written is not
 * executed; when that ends it is a file like any other.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define PROGRAM	"/tmp/vm_text.program"
#define SCRIPT	"/tmp/vm_text.script"

static void
copy_file(const char *from, const char *to)
{
	char buf[65536];
	ssize_t n;
	int in = open(from, O_RDONLY), out;

	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	while ((n = read(in, buf, sizeof(buf))) > 0) {
		if (write(out, buf, n) != n)
			break;
	}
	close(in);
	close(out);
}

/* Open for writing; the errno. */
static int
try_write(const char *path)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0)
		return (errno);
	close(fd);
	return (0);
}

static pid_t
start(const char *path, const char *arg)
{
	pid_t pid = fork();

	if (pid == 0) {
		execl(path, path, arg, (char *)NULL);
		_exit(errno);
	}
	return (pid);
}

static int
finish(pid_t pid)
{
	int status;

	if (waitpid(pid, &status, 0) != pid)
		return (-1);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

int
main(void)
{
	pid_t pid, child;
	int fd, tries;

	copy_file("/bin/sleep", PROGRAM);
	ok(try_write(PROGRAM) == 0, "a program that was never run");
	pid = start(PROGRAM, "100");
	for (tries = 0; tries < 1000 && try_write(PROGRAM) == 0; tries++)
		usleep(10000);
	ok(try_write(PROGRAM) == ETXTBSY, "is not written while it runs");
	ok(truncate(PROGRAM, 1) == -1 && errno == ETXTBSY,
	    "nor truncated");
	child = start(PROGRAM, "0");
	ok(finish(child) == 0, "a second process runs it");
	ok(try_write(PROGRAM) == ETXTBSY, "and the first still does");
	kill(pid, SIGKILL);
	finish(pid);
	ok(try_write(PROGRAM) == 0, "is written after the last has ended");

	fd = open(PROGRAM, O_WRONLY);
	ok(finish(start(PROGRAM, "0")) == ETXTBSY,
	    "is not executed while it is open for writing");
	close(fd);
	ok(finish(start(PROGRAM, "0")) == 0, "is executed afterwards");

	fd = open(SCRIPT, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	dprintf(fd, "#!/bin/sh\necho more >> $0\n");
	close(fd);
	ok(finish(start(SCRIPT, NULL)) == 0, "a script may write to itself");
	ok(try_write(SCRIPT) == 0, "and is a file like any other then");
	unlink(PROGRAM);
	unlink(SCRIPT);
	return (tap_done());
}
