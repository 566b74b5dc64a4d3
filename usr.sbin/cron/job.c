/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Running commands; see cron.h.
 */
#include <sys/types.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "cron.h"

#define SENDMAIL	"/usr/sbin/sendmail"

static const char *
setting(const struct entry *e, const char *name)
{
	const struct setting *s;
	size_t n = strlen(name);

	for (s = e->settings; s != NULL; s = s->next) {
		if (strncmp(s->text, name, n) == 0 && s->text[n] == '=')
			return (s->text + n + 1);
	}
	return (NULL);
}

/* The oldest setting of a name is the last in the list: newer ones win. */
static void
apply_settings(const struct setting *s)
{
	char *copy, *eq;

	if (s == NULL)
		return;
	apply_settings(s->next);
	copy = strdup(s->text);
	if (copy == NULL)
		_exit(1);
	eq = strchr(copy, '=');
	*eq = '\0';
	if (strcmp(copy, "LOGNAME") != 0 && strcmp(copy, "USER") != 0)
		setenv(copy, eq + 1, 1);
	free(copy);
}

/* In the child: becomes the user and runs the shell.  Does not return. */
static void
run_command(const struct entry *e, const struct passwd *pw, int in, int out)
{
	static char *empty[] = { NULL };
	extern char **environ;
	const char *shell;

	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	closefrom(STDERR_FILENO + 1);
	setsid();
	environ = empty;
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", _PATH_BSHELL, 1);
	setenv("PATH", "/usr/bin:/bin", 1);
	setenv("LOGNAME", pw->pw_name, 1);
	setenv("USER", pw->pw_name, 1);
	if (setusercontext(NULL, pw, pw->pw_uid, LOGIN_SETALL &
	    ~(u_int)(LOGIN_SETPATH | LOGIN_SETENV | LOGIN_SETLOGIN)) != 0)
		err(1, "setusercontext");
	setlogin(pw->pw_name);
	apply_settings(e->settings);
	if (chdir(getenv("HOME")) != 0)
		chdir("/");
	shell = getenv("SHELL");
	execl(shell, shell, "-c", e->command, (char *)NULL);
	warn("%s", shell);
	_exit(127);
}

/* A stream to a mail with the usual headings, or NULL. */
static FILE *
open_mail(const struct entry *e, const char *to)
{
	char host[256] = "";
	const struct setting *s;
	FILE *f;

	if (access(SENDMAIL, X_OK) != 0)
		return (NULL);
	f = popen(SENDMAIL " -oi -t", "w");
	if (f == NULL)
		return (NULL);
	gethostname(host, sizeof(host));
	fprintf(f, "From: %s (Cron Daemon)\nTo: %s\nSubject: Cron <%s@%s> "
	    "%s\n", e->user, to, e->user, host, e->command);
	for (s = e->settings; s != NULL; s = s->next)
		fprintf(f, "X-Cron-Env: <%s>\n", s->text);
	putc('\n', f);
	return (f);
}

/* Mails what comes through the pipe; without a mailer it is logged. */
static void
forward_output(const struct entry *e, int fd)
{
	const char *to = setting(e, "MAILTO");
	FILE *in = fdopen(fd, "r"), *mail = NULL;
	char line[1024];
	int first = 1;

	if (in == NULL)
		return;
	if (to == NULL)
		to = e->user;
	while (fgets(line, sizeof(line), in) != NULL) {
		if (*to == '\0')
			continue;
		if (first)
			mail = open_mail(e, to);
		first = 0;
		if (mail != NULL)
			fputs(line, mail);
		else
			syslog(LOG_INFO, "(%s) OUTPUT (%.*s)", e->user,
			    (int)strcspn(line, "\n"), line);
	}
	if (mail != NULL && pclose(mail) != 0)
		syslog(LOG_ERR, "(%s) MAIL (could not be sent)", e->user);
	fclose(in);
}

/* The parent of one job: feeds it, collects its output. */
static void
supervise(const struct entry *e)
{
	struct passwd *pw = getpwnam(e->user);
	int in[2], out[2];
	pid_t pid, writer = -1;

	if (pw == NULL) {
		syslog(LOG_ERR, "(%s) ORPHAN (no passwd entry)", e->user);
		return;
	}
	if (pipe(in) != 0 || pipe(out) != 0) {
		syslog(LOG_ERR, "pipe: %m");
		return;
	}
	pid = fork();
	if (pid < 0) {
		syslog(LOG_ERR, "fork: %m");
		return;
	}
	if (pid == 0)
		run_command(e, pw, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	syslog(LOG_INFO, "(%s) CMD (%s)", e->user, e->command);
	/* Large input is written by a process of its own: no deadlock. */
	if (e->input != NULL && (writer = fork()) == 0) {
		signal(SIGPIPE, SIG_DFL);
		close(out[0]);
		write(in[1], e->input, strlen(e->input));
		write(in[1], "\n", 1);
		_exit(0);
	}
	close(in[1]);
	forward_output(e, out[0]);
	while (wait(NULL) > 0 || errno == EINTR)
		continue;
}

void
job_run(const struct entry *e)
{
	pid_t pid = fork();

	if (pid < 0)
		syslog(LOG_ERR, "fork: %m");
	if (pid != 0)
		return;
	signal(SIGCHLD, SIG_DFL);
	supervise(e);
	_exit(0);
}
