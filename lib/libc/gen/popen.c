/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running shell commands: system(), popen().
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

struct pipe_child {
	struct pipe_child *next;
	FILE	*fp;
	pid_t	pid;
};

static struct pipe_child *children;
static libc_lock_t children_lock;

int	_system(const char *);

int
_system(const char *command)
{
	struct sigaction ign, oldint, oldquit;
	sigset_t block, oldmask;
	int status = -1, saved_errno;
	pid_t pid;

	if (command == NULL)
		return (1);
	memset(&ign, 0, sizeof(ign));
	ign.sa_handler = SIG_IGN;
	sigaction(SIGINT, &ign, &oldint);
	sigaction(SIGQUIT, &ign, &oldquit);
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigprocmask(SIG_BLOCK, &block, &oldmask);

	pid = fork();
	if (pid == 0) {
		sigaction(SIGINT, &oldint, NULL);
		sigaction(SIGQUIT, &oldquit, NULL);
		sigprocmask(SIG_SETMASK, &oldmask, NULL);
		execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid > 0) {
		while (wait4(pid, &status, 0, NULL) < 0) {
			if (errno != EINTR) {
				status = -1;
				break;
			}
		}
	}
	saved_errno = errno;
	sigaction(SIGINT, &oldint, NULL);
	sigaction(SIGQUIT, &oldquit, NULL);
	sigprocmask(SIG_SETMASK, &oldmask, NULL);
	errno = saved_errno;
	return (status);
}
__weak_reference(_system, system);

/* In the child: the far ends of other pipes close, ours becomes 0 or 1. */
static void __dead2
run_command(const char *command, int fd, int target)
{
	struct pipe_child *c;

	for (c = children; c != NULL; c = c->next)
		close(fileno(c->fp));
	if (fd != target) {
		dup2(fd, target);
		close(fd);
	} else {
		fcntl(fd, F_SETFD, 0);
	}
	execl(_PATH_BSHELL, "sh", "-c", command, (char *)NULL);
	_exit(127);
}

FILE *
popen(const char *command, const char *mode)
{
	struct pipe_child *c;
	int fds[2], ours, theirs, target;

	if ((mode[0] != 'r' && mode[0] != 'w') ||
	    (mode[1] != '\0' && strcmp(mode + 1, "e") != 0)) {
		errno = EINVAL;
		return (NULL);
	}
	c = malloc(sizeof(*c));
	if (c == NULL)
		return (NULL);
	if (pipe2(fds, O_CLOEXEC) != 0) {
		free(c);
		return (NULL);
	}
	ours = mode[0] == 'r' ? fds[0] : fds[1];
	theirs = mode[0] == 'r' ? fds[1] : fds[0];
	target = mode[0] == 'r' ? STDOUT_FILENO : STDIN_FILENO;

	c->fp = fdopen(ours, mode[0] == 'r' ? "r" : "w");
	if (c->fp == NULL) {
		close(ours);
		goto fail;
	}
	libc_lock(&children_lock);
	c->pid = fork();
	if (c->pid == 0)
		run_command(command, theirs, target);
	if (c->pid > 0) {
		c->next = children;
		children = c;
	}
	libc_unlock(&children_lock);
	if (c->pid < 0) {
		fclose(c->fp);
		goto fail;
	}
	if (mode[1] != 'e')
		fcntl(ours, F_SETFD, 0);
	close(theirs);
	return (c->fp);
fail:
	close(theirs);
	free(c);
	return (NULL);
}

int
pclose(FILE *fp)
{
	struct pipe_child *c, **cp;
	int status;
	pid_t pid;

	libc_lock(&children_lock);
	for (cp = &children; (c = *cp) != NULL && c->fp != fp; cp = &c->next)
		continue;
	if (c != NULL)
		*cp = c->next;
	libc_unlock(&children_lock);
	if (c == NULL) {
		errno = EINVAL;
		return (-1);
	}
	pid = c->pid;
	free(c);
	fclose(fp);
	while (wait4(pid, &status, 0, NULL) < 0) {
		if (errno != EINTR)
			return (-1);
	}
	return (status);
}
