/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where messages go: files, the console, terminals of users, commands.
 *
 * Nothing here waits for a terminal or a command: what they do not take at
 * once is lost.
 */
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

#include "syslogd.h"

#define REPEAT_MAX	120		/* seconds until repetitions show */

void
rule_open(struct rule *r)
{
	if (r->type == ACT_FILE) {
		r->fd = open(r->target, O_WRONLY | O_APPEND | O_CLOEXEC |
		    O_NONBLOCK | O_NOCTTY);
		/* A log that is missing stays missing: it is not wanted. */
		if (r->fd < 0 && (errno != ENOENT || debug))
			complain("%s: %s", r->target, strerror(errno));
	} else if (r->type == ACT_CONSOLE) {
		r->fd = open(r->target, O_WRONLY | O_CLOEXEC | O_NONBLOCK |
		    O_NOCTTY);
	}
}

void
rule_close(struct rule *r)
{
	/* A command ends when it finds the end of its input. */
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

void
pipe_ended(pid_t pid)
{
	struct rule *r;

	TAILQ_FOREACH(r, &rules, link) {
		if (r->pid == pid) {
			r->pid = 0;
			rule_close(r);
		}
	}
}

static void
pipe_start(struct rule *r)
{
	sigset_t none;
	int p[2];

	if (pipe2(p, O_CLOEXEC) != 0)
		return;
	r->pid = fork();
	if (r->pid == 0) {
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		signal(SIGPIPE, SIG_DFL);
		signal(SIGHUP, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		signal(SIGINT, SIG_DFL);
		dup2(p[0], STDIN_FILENO);
		execl(_PATH_BSHELL, "sh", "-c", r->target, (char *)NULL);
		_exit(127);
	}
	close(p[0]);
	if (r->pid < 0) {
		close(p[1]);
		r->pid = 0;
		return;
	}
	fcntl(p[1], F_SETFL, O_NONBLOCK);
	r->fd = p[1];
}

static bool
in_list(const char *list, const char *user)
{
	size_t n, len = strlen(user);

	for (; *list != '\0'; list += n + (list[n] == ',')) {
		n = strcspn(list, ",");
		if (n == len && strncmp(list, user, n) == 0)
			return (true);
	}
	return (false);
}

/* To the terminals of some users, or of all (list NULL). */
static void
to_users(const char *list, struct iovec *iov, int n)
{
	struct utmpx *ut;
	struct stat st;
	char path[64];
	int fd;

	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type != USER_PROCESS || (list != NULL &&
		    !in_list(list, ut->ut_user)))
			continue;
		snprintf(path, sizeof(path), "%s%s", _PATH_DEV, ut->ut_line);
		fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		if (fd < 0)
			continue;
		/* Named users are asked whether they want messages. */
		if (fstat(fd, &st) == 0 && S_ISCHR(st.st_mode) &&
		    (list == NULL || (st.st_mode & S_IWGRP)))
			writev(fd, iov, n);
		close(fd);
	}
	endutxent();
}

static void
put(struct rule *r, const struct message *msg, const char *text)
{
	char head[128];
	const char *nl = r->type == ACT_FILE || r->type == ACT_PIPE ? "\n" :
	    "\r\n";
	struct iovec iov[3];

	snprintf(head, sizeof(head), "%s%s %s ", r->type == ACT_ALL ?
	    "\r\n\007Message: " : "", msg->date, msg->host);
	iov[0].iov_base = head;
	iov[0].iov_len = strlen(head);
	iov[1].iov_base = (void *)(uintptr_t)text;
	iov[1].iov_len = strlen(text);
	iov[2].iov_base = (void *)(uintptr_t)nl;
	iov[2].iov_len = strlen(nl);
	switch (r->type) {
	case ACT_USERS:
		to_users(r->target, iov, 3);
		return;
	case ACT_ALL:
		to_users(NULL, iov, 3);
		return;
	case ACT_PIPE:
		if (r->fd < 0)
			pipe_start(r);
		break;
	default:
		break;
	}
	if (r->fd < 0)
		return;
	if (writev(r->fd, iov, 3) < 0 && errno != EAGAIN) {
		/* A full disk may have room later; others are gone. */
		if (errno != ENOSPC)
			rule_close(r);
	} else if (r->type == ACT_FILE && !r->nosync &&
	    LOG_FAC(msg->priority) == LOG_FAC(LOG_KERN)) {
		fsync(r->fd);
	}
}

void
rule_flush(struct rule *r)
{
	struct message msg;
	char text[64];
	time_t now;

	if (r->repeated == 0)
		return;
	now = time(NULL);
	msg.priority = LOG_SYSLOG | LOG_INFO;
	strftime(msg.date, sizeof(msg.date), "%b %e %T", localtime(&now));
	msg.host = hostname;
	snprintf(text, sizeof(text), "last message repeated %d time%s",
	    r->repeated, r->repeated == 1 ? "" : "s");
	put(r, &msg, text);
	r->repeated = 0;
}

void
rule_log(struct rule *r, const struct message *msg)
{
	time_t now = time(NULL);

	if (strcmp(r->last, msg->text) == 0 && (r->type == ACT_FILE ||
	    r->type == ACT_PIPE)) {
		if (++r->repeated == 1)
			r->last_time = now;
		if (now - r->last_time >= REPEAT_MAX)
			rule_flush(r);
		return;
	}
	rule_flush(r);
	strlcpy(r->last, msg->text, sizeof(r->last));
	put(r, msg, msg->text);
}
