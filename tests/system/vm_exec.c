/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execve: errors, scripts, the initial stack, damaged ELF files.  Run with an
 * argument it is the program that the tests execute.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

extern char **environ;
static char self[1024];

/* Exit status of executing path, 300 + errno if that fails, 400 + signal. */
static int
run(const char *path, char *const argv[], char *const envp[])
{
	int pfd[2], status, err = 0;
	pid_t pid;

	pipe(pfd);
	fcntl(pfd[1], F_SETFD, FD_CLOEXEC);
	pid = fork();
	if (pid == 0) {
		close(0);
		close(2);
		open("/dev/null", O_RDWR);
		execve(path, argv, envp);
		err = errno;
		write(pfd[1], &err, sizeof(err));
		_exit(0);
	}
	close(pfd[1]);
	if (read(pfd[0], &err, sizeof(err)) != sizeof(err))
		err = 0;
	close(pfd[0]);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	if (err != 0)
		return (300 + err);
	if (WIFSIGNALED(status))
		return (400 + WTERMSIG(status));
	return (WEXITSTATUS(status));
}

static void
put_file(const char *path, const void *data, size_t len, int mode)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	write(fd, data, len);
	fchmod(fd, mode);
	close(fd);
}

static void
test_errors(void)
{
	char *argv[] = { "x", NULL };

	ok(run("/nonexistent", argv, environ) == 300 + ENOENT, "enoent");
	ok(run("/tmp", argv, environ) == 300 + EACCES, "directory_is_eacces");
	put_file("/tmp/e1", "#!/bin/sh\n", 10, 0644);
	ok(run("/tmp/e1", argv, environ) == 300 + EACCES,
	    "no_x_bit_is_eacces_even_for_root");
	put_file("/tmp/e1", "", 0, 0755);
	ok(run("/tmp/e1", argv, environ) == 300 + ENOEXEC,
	    "empty_file_is_enoexec");
	put_file("/tmp/e1", "hello", 5, 0755);
	ok(run("/tmp/e1", argv, environ) == 300 + ENOEXEC,
	    "unknown_format_is_enoexec");
	ok(run(self, NULL, environ) == 300 + EFAULT, "null_argv_is_efault");
	ok(run(self, (char **)1, environ) == 300 + EFAULT,
	    "bad_argv_is_efault");
}

static void
test_limits(void)
{
	char *big = malloc(300000), *argv[] = { self, "count", big, NULL };

	memset(big, 'a', 300000);
	big[262144 - 1000] = 0;
	ok(run(self, argv, NULL) == 3, "nearly_256_kb_of_arguments");
	big[262144 - 1000] = 'a';
	big[262144] = 0;
	ok(run(self, argv, NULL) == 300 + E2BIG, "more_is_e2big");
	free(big);
}

static void
test_scripts(void)
{
	char line[512], *argv[] = { "zero", "one", "two", NULL };

	snprintf(line, sizeof(line), "#! %s args  first\tsecond \n", self);
	put_file("/tmp/e2", line, strlen(line), 0755);
	ok(run("/tmp/e2", argv, environ) == 0,
	    "every_word_of_the_line_is_an_argument");
	put_file("/tmp/e3", "#!/tmp/e2\n", 10, 0755);
	ok(run("/tmp/e3", argv, environ) == 300 + ENOEXEC,
	    "script_as_interpreter_is_enoexec");
	put_file("/tmp/e3", "#!   \n", 6, 0755);
	ok(run("/tmp/e3", argv, environ) == 300 + ENOEXEC,
	    "no_interpreter_is_enoexec");
	memset(line, 'x', sizeof(line));
	memcpy(line, "#!/", 3);
	line[200] = '\n';
	put_file("/tmp/e3", line, sizeof(line), 0755);
	ok(run("/tmp/e3", argv, environ) == 300 + ENAMETOOLONG,
	    "long_interpreter_is_enametoolong");
}

static void
test_stack(void)
{
	char *argv[] = { self, "stack", NULL }, *envp[] = { "A=1", NULL };
	char *none[] = { NULL };

	ok(run(self, argv, envp) == 0, "initial_stack_layout");
	ok(run(self, none, NULL) == 42, "empty_argv_becomes_the_path");
}

/* Flip bytes of the first page: an error or a dead child, no more. */
static void
test_damage(void)
{
	static char image[4 << 20], page[4096];
	char *argv[] = { "/tmp/e4", "count", NULL };
	int fd, i, j, status, good = 1;
	ssize_t len;
	pid_t pid;

	fd = open(self, O_RDONLY);
	len = read(fd, image, sizeof(image));
	close(fd);
	memcpy(page, image, sizeof(page));
	srandom(7);
	for (i = 0; i < 500; ++i) {
		memcpy(image, page, sizeof(page));
		for (j = random() % 4; j >= 0; --j)
			image[random() % 600] = random();
		put_file("/tmp/e4", image, i % 10 ? 8192 : len, 0755);
		pid = fork();
		if (pid == 0) {
			close(0);
			close(1);
			close(2);
			alarm(2);
			execve(argv[0], argv, environ);
			_exit(0);
		}
		good &= waitpid(pid, &status, 0) == pid;
	}
	unlink("/tmp/e4");
	ok(good, "five_hundred_damaged_files");
}

/* --- the executed side ----------------------------------------------------- */

static int
check_stack(char **argv)
{
	uintptr_t *aux, a = (uintptr_t)argv - 8;
	char **env = environ, *s;
	int i, pagesz = 0, phent = 0;

	if (*(long *)a != 2 || (a & 7) != 0)
		return (1);
	if (strcmp(env[0], "A=1") != 0 || env[1] != NULL)
		return (2);
	aux = (uintptr_t *)&env[2];
	if (argv[0] != (char *)aux + 384)	/* strings follow auxv's room */
		return (3);
	s = argv[0] + strlen(argv[0]) + 1;
	if (argv[1] != s || env[0] != s + strlen(s) + 1)
		return (4);
	for (i = 0; i < 48 && aux[i] != 0; i += 2) {
		if (aux[i] == 6)
			pagesz = aux[i + 1];
		if (aux[i] == 4)
			phent = aux[i + 1];
		if (aux[i] == 15 && strcmp((char *)aux[i + 1], self) != 0)
			return (5);
	}
	return (pagesz == 4096 && phent == 56 ? 0 : 6);
}

static int
executed(int argc, char **argv)
{
	if (strcmp(argv[1], "count") == 0)
		return (argc);
	if (strcmp(argv[1], "stack") == 0)
		return (check_stack(argv));
	if (strcmp(argv[1], "args") == 0)
		return (argc == 7 && strcmp(argv[2], "first") == 0 &&
		    strcmp(argv[3], "second") == 0 &&
		    strcmp(argv[4], "/tmp/e2") == 0 &&
		    strcmp(argv[5], "one") == 0 ? 0 : 1);
	return (9);
}

int
main(int argc, char **argv)
{
	realpath(argv[0], self);
	if (argc > 1)
		return (executed(argc, argv));
	if (environ[0] == NULL)
		return (42);
	test_errors();
	test_limits();
	test_scripts();
	test_stack();
	test_damage();
	return (tap_done());
}
