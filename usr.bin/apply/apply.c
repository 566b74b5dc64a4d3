/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * apply - run a command once for each argument, or few arguments
 *
 * usage: apply [-a c] [-d] [-0|1|2 ...] command argument ...
 */
#include <sys/wait.h>
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static char magic = '%';
static int show;

/* The highest place the command names: "%1" to "%9". */
static int
places(const char *command)
{
	int n, max = 0;

	for (; *command != '\0'; command++) {
		if (command[0] != magic || command[1] < '1' ||
		    command[1] > '9')
			continue;
		n = command[1] - '0';
		if (n > max)
			max = n;
	}
	return (max);
}

static char *
fill(const char *command, char **args)
{
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (f == NULL)
		err(1, NULL);
	for (; *command != '\0'; command++) {
		if (command[0] == magic && command[1] >= '1' &&
		    command[1] <= '9') {
			fputs(args[command[1] - '1'], f);
			command++;
		} else {
			putc(*command, f);
		}
	}
	if (fclose(f) != 0)
		err(1, NULL);
	return (text);
}

static int
run(char *text)
{
	const char *shell = getenv("SHELL");
	int status;
	pid_t pid;

	if (show) {
		printf("%s\n", text);
		free(text);
		return (0);
	}
	if (shell == NULL || *shell == '\0')
		shell = "/bin/sh";
	switch (pid = vfork()) {
	case -1:
		err(1, "vfork");
	case 0:
		execl(shell, shell, "-c", text, (char *)NULL);
		_exit(127);
	}
	free(text);
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return (1);
	return (WEXITSTATUS(status));
}

/* The command with n arguments behind it. */
static char *
append(const char *command, int n)
{
	char *text;
	int i;

	if (asprintf(&text, "%s", command) < 0)
		err(1, NULL);
	for (i = 1; i <= n; i++) {
		char *longer;

		if (asprintf(&longer, "%s %c%d", text, magic, i) < 0)
			err(1, NULL);
		free(text);
		text = longer;
	}
	return (text);
}

int
main(int argc, char **argv)
{
	char *command;
	int c, n = -1, used, rv = 0;

	while ((c = getopt(argc, argv, "a:d0123456789")) != -1) {
		if (isdigit(c) && n < 0)
			n = c - '0';
		else if (c == 'a' && optarg[0] != '\0' && optarg[1] == '\0')
			magic = optarg[0];
		else if (c == 'd')
			show = 1;
		else
			goto usage;
	}
	argv += optind;
	argc -= optind;
	if (argc < 2)
		goto usage;
	used = places(argv[0]);
	if (used > 0) {
		command = append(argv[0], 0);
	} else {
		used = n < 0 ? 1 : n;
		command = append(argv[0], used);
	}
	argv++;
	argc--;
	/* With -0 arguments only count how often. */
	while (argc >= (used == 0 ? 1 : used)) {
		rv = run(fill(command, argv));
		argv += used == 0 ? 1 : used;
		argc -= used == 0 ? 1 : used;
	}
	if (argc > 0)
		errx(1, "expecting additional argument%s after \"%s\"",
		    used - argc == 1 ? "" : "s", argv[argc - 1]);
	free(command);
	return (rv);
usage:
	fprintf(stderr,
	    "usage: apply [-a c] [-d] [-0123456789] command argument ...\n");
	return (EX_USAGE);
}
