/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests of what programs print and how they exit.  Each case is a shell
 * command run in a fresh directory; its output (both streams) is compared.
 */
#ifndef PROGRAMS_H
#define PROGRAMS_H

#include <sys/types.h>
#include <sys/stat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tap.h"

struct program_case {
	const char	*name;
	const char	*command;
	const char	*output;
	int		status;
};

/* Runs the command; output is cut at the size of the buffer. */
static int
run(const char *command, char *out, size_t size)
{
	size_t len = 0;
	ssize_t n;
	int p[2], status;
	pid_t pid;

	if (pipe(p) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		dup2(p[1], 1);
		dup2(p[1], 2);
		close(p[0]);
		close(p[1]);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(126);
	}
	close(p[1]);
	while (len < size - 1 && (n = read(p[0], out + len, size - 1 - len)) >
	    0)
		len += n;
	out[len] = '\0';
	close(p[0]);
	waitpid(pid, &status, 0);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static int
run_cases(const struct program_case *cases, size_t n)
{
	char out[4096], dir[] = "/tmp/programs.XXXXXX", cleanup[64];
	size_t i;
	int status;

	if (mkdtemp(dir) == NULL || chdir(dir) != 0) {
		perror(dir);
		return (1);
	}
	for (i = 0; i < n; i++) {
		if (mkdir("t", 0755) != 0 || chdir("t") != 0)
			perror("t");
		status = run(cases[i].command, out, sizeof(out));
		ok(status == cases[i].status &&
		    strcmp(out, cases[i].output) == 0, cases[i].name);
		if (status != cases[i].status)
			printf("# status %d, expected %d\n", status,
			    cases[i].status);
		if (strcmp(out, cases[i].output) != 0)
			printf("# got '%s' expected '%s'\n", out,
			    cases[i].output);
		if (chdir("..") != 0)
			perror("..");
		run("rm -rf t", out, sizeof(out));
	}
	snprintf(cleanup, sizeof(cleanup), "rm -rf %s", dir);
	run(cleanup, out, sizeof(out));
	return (tap_done());
}

#define RUN(cases)	run_cases(cases, sizeof(cases) / sizeof(cases[0]))

#endif
