/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * daemon - run a command detached from the terminal
 *
 * usage: daemon [-cfrS] [-p child_pidfile] [-P supervisor_pidfile]
 *               [-u user] [-o output_file] [-t title] command arguments ...
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <login_cap.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t terminated;
static pid_t child;

static void
on_term(int sig)
{
	terminated = 1;
	if (child > 0)
		kill(child, SIGTERM);
}

static struct pidfh *
open_pidfile(const char *path)
{
	struct pidfh *p;
	pid_t other;

	if (path == NULL)
		return (NULL);
	p = pidfile_open(path, 0600, &other);
	if (p == NULL && errno == EEXIST)
		errx(3, "process already running, pid: %d", (int)other);
	if (p == NULL)
		err(2, "pidfile ``%s''", path);
	return (p);
}

static void
become(const char *user)
{
	struct passwd *pw = getpwnam(user);

	if (pw == NULL)
		errx(1, "unknown user: %s", user);
	if (setusercontext(NULL, pw, pw->pw_uid, LOGIN_SETALL) != 0)
		errx(1, "failed to set user environment");
	setenv("USER", pw->pw_name, 1);
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", *pw->pw_shell != '\0' ? pw->pw_shell : "/bin/sh", 1);
}

static void
redirect(const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);

	if (fd < 0)
		err(1, "%s", file);
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* Runs the command until it ends; returns its wait status. */
static int
run_child(char **argv, struct pidfh *pidfile, const sigset_t *mask)
{
	int status;

	child = fork();
	if (child < 0)
		err(1, "fork");
	if (child == 0) {
		sigprocmask(SIG_SETMASK, mask, NULL);
		signal(SIGTERM, SIG_DFL);
		if (pidfile != NULL)
			pidfile_write(pidfile);
		execvp(*argv, argv);
		err(1, "%s", *argv);
	}
	sigprocmask(SIG_SETMASK, mask, NULL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	child = 0;
	return (status);
}

int
main(int argc, char **argv)
{
	int c, stay = 1, close_files = 0, restart = 0, supervise;
	const char *child_path = NULL, *own_path = NULL, *user = NULL,
	    *output = NULL, *title = NULL;
	struct sigaction sa = { .sa_handler = on_term };
	struct pidfh *child_pf, *own_pf;
	sigset_t term, old;

	while ((c = getopt(argc, argv, "+cfo:P:p:rt:u:")) != -1) {
		switch (c) {
		case 'c': stay = 0; break;
		case 'f': close_files = 1; break;
		case 'o': output = optarg; break;
		case 'P': own_path = optarg; break;
		case 'p': child_path = optarg; break;
		case 'r': restart = 1; break;
		case 't': title = optarg; break;
		case 'u': user = optarg; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	child_pf = open_pidfile(child_path);
	own_pf = open_pidfile(own_path);
	if (daemon(stay, !close_files) != 0)
		err(1, NULL);
	if (output != NULL)
		redirect(output);
	if (user != NULL)
		become(user);
	supervise = restart || child_pf != NULL || own_pf != NULL;
	if (!supervise) {
		execvp(*argv, argv);
		err(1, "%s", *argv);
	}
	if (own_pf != NULL)
		pidfile_write(own_pf);
	if (title != NULL)
		setproctitle("%s[%d]", title, (int)getpid());
	sigaction(SIGTERM, &sa, NULL);
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	for (;;) {
		/* Blocked from the test to the fork: no signal is lost. */
		sigprocmask(SIG_BLOCK, &term, &old);
		if (terminated)
			break;
		run_child(argv, child_pf, &old);
		if (!restart || terminated)
			break;
		sleep(1);
	}
	pidfile_remove(child_pf);
	pidfile_remove(own_pf);
	return (0);
usage:
	fprintf(stderr, "usage: daemon [-cfr] [-p child_pidfile] "
	    "[-P supervisor_pidfile]\n              [-u user] "
	    "[-o output_file] [-t title] command arguments ...\n");
	return (1);
}
