/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xargs - construct argument lists and run a program
 *
 * usage: xargs [-0rt] [-I replstr] [-L number] [-n number] [-P jobs]
 *            [utility [argument ...]]
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **args;		/* the command being built */
static size_t nargs, nfixed, room, bytes, max_bytes, fixed_bytes;
static size_t max_args = 5000, max_lines, lines, max_jobs = 1, jobs;
static int nul, trace, no_empty, rc, ran;
static const char *replace;

static void
reap(int all)
{
	int status;

	while (jobs >= max_jobs || (all && jobs > 0)) {
		if (wait(&status) < 0) {
			if (errno == EINTR)
				continue;
			err(1, "wait");
		}
		jobs--;
		if (WIFSIGNALED(status))
			errx(125, "%s: terminated by signal %d", args[0],
			    WTERMSIG(status));
		if (WEXITSTATUS(status) == 255)
			errx(124, "%s: exited with status 255", args[0]);
		if (WEXITSTATUS(status) != 0)
			rc = WEXITSTATUS(status) == 126 ||
			    WEXITSTATUS(status) == 127 ?
			    WEXITSTATUS(status) : 123;
	}
}

static void
run(char **argv)
{
	pid_t pid;
	size_t i;

	if (trace) {
		for (i = 0; argv[i] != NULL; i++)
			fprintf(stderr, "%s%s", i > 0 ? " " : "", argv[i]);
		fprintf(stderr, "\n");
	}
	reap(0);
	ran = 1;
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		execvp(argv[0], argv);
		warn("%s", argv[0]);
		_exit(errno == ENOENT ? 127 : 126);
	}
	jobs++;
}

static void
flush_args(void)
{
	size_t i;

	args[nargs] = NULL;
	run(args);
	for (i = nfixed; i < nargs; i++)
		free(args[i]);
	nargs = nfixed;
	bytes = fixed_bytes;
	lines = 0;
}

static void
add(char *word)
{
	size_t len = strlen(word) + 1 + sizeof(char *);

	if (nargs > nfixed && (nargs - nfixed >= max_args ||
	    bytes + len > max_bytes))
		flush_args();
	if (nargs + 2 > room) {
		room = room * 2 + 64;
		args = reallocarray(args, room, sizeof(*args));
		if (args == NULL)
			err(1, NULL);
	}
	args[nargs++] = word;
	bytes += len;
}

/* -I: each input line replaces the mark in the command's arguments. */
static void
run_replaced(const char *line)
{
	char **copy = calloc(nfixed + 1, sizeof(*copy)), *at, *joined;
	size_t i;

	for (i = 0; i < nfixed; i++) {
		copy[i] = strdup(args[i]);
		while ((at = strstr(copy[i], replace)) != NULL &&
		    strstr(line, replace) == NULL) {
			if (asprintf(&joined, "%.*s%s%s",
			    (int)(at - copy[i]), copy[i], line,
			    at + strlen(replace)) < 0)
				err(1, NULL);
			free(copy[i]);
			copy[i] = joined;
		}
	}
	run(copy);
	for (i = 0; i < nfixed; i++)
		free(copy[i]);
	free(copy);
}

/* The next word (or line with -I or -0); NULL at the end of input. */
static char *
read_word(int *end_of_line)
{
	static char *buf;
	static size_t cap;
	size_t n = 0;
	int c, quote = 0, started = 0;

	*end_of_line = 0;
	while ((c = getchar()) != EOF) {
		if (n + 2 > cap) {
			cap = cap * 2 + 256;
			buf = realloc(buf, cap);
			if (buf == NULL)
				err(1, NULL);
		}
		if (nul) {
			if (c == '\0') {
				started = 1;
				break;
			}
		} else if (quote != 0) {
			if (c == quote) {
				quote = 0;
				continue;
			}
			if (c == '\n')
				errx(1, "unterminated quote");
		} else if (c == '\'' || c == '"') {
			quote = c;
			started = 1;
			continue;
		} else if (c == '\\') {
			c = getchar();
			if (c == EOF)
				errx(1, "backslash at end of file");
		} else if (c == '\n' || (isblank(c) && replace == NULL)) {
			if (c == '\n')
				*end_of_line = 1;
			if (started)
				break;
			continue;
		} else if (isblank(c) && !started) {
			continue;
		}
		started = 1;
		buf[n++] = (char)c;
	}
	if (quote != 0)
		errx(1, "unterminated quote");
	if (!started)
		return (NULL);
	buf[n] = '\0';
	return (strdup(buf));
}

int
main(int argc, char **argv)
{
	static char *echo[] = { __DECONST(char *, "/bin/echo"), NULL };
	char *word;
	int c, eol;
	long arg_max = sysconf(_SC_ARG_MAX);

	max_bytes = arg_max > 8192 ? (size_t)arg_max - 4096 : 4096;
	if (max_bytes > 131072)
		max_bytes = 131072;
	while ((c = getopt(argc, argv, "+0I:L:n:P:rt")) != -1) {
		switch (c) {
		case '0':
			nul = 1;
			break;
		case 'I':
			replace = optarg;
			break;
		case 'L':
			max_lines = strtoul(optarg, NULL, 10);
			break;
		case 'n':
			max_args = strtoul(optarg, NULL, 10);
			if (max_args == 0)
				errx(1, "illegal argument count");
			break;
		case 'P':
			max_jobs = strtoul(optarg, NULL, 10);
			if (max_jobs == 0)
				max_jobs = SIZE_MAX;
			break;
		case 'r':
			no_empty = 1;
			break;
		case 't':
			trace = 1;
			break;
		default:
			fprintf(stderr, "usage: xargs [-0rt] [-I replstr] "
			    "[-L number] [-n number] [-P jobs]\n"
			    "             [utility [argument ...]]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL)
		argv = echo;
	room = 64;
	args = calloc(room, sizeof(*args));
	for (; *argv != NULL; argv++)
		add(*argv);
	nfixed = nargs;
	fixed_bytes = bytes;
	while ((word = read_word(&eol)) != NULL) {
		if (replace != NULL) {
			args[nargs] = NULL;
			run_replaced(word);
			free(word);
			continue;
		}
		add(word);
		if (eol && max_lines > 0 && ++lines >= max_lines)
			flush_args();
	}
	if (nargs > nfixed || (!ran && !no_empty && replace == NULL))
		flush_args();
	reap(1);
	return (rc);
}
