/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * init - the first process
 *
 * A small state machine.  Each state is a function that does its work and
 * returns the next state:
 *
 *	single_user -> run_rc -> read_ttys -> multi_user -> shut_down
 *
 * Signals only set the state wished for; the functions notice it when their
 * wait is interrupted.
 *
 *	HUP	read /etc/ttys again	TERM	to single user
 *	TSTP	start no more sessions	INT	reboot
 *	USR1	halt			USR2	halt and power off
 *
 * Sessions (one per terminal that is on) are kept in a list; a session whose
 * program ends at once again and again is slowed down.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/queue.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <paths.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <termios.h>
#include <time.h>
#include <ttyent.h>
#include <unistd.h>

#define RC_SCRIPT	"/etc/rc"
#define RC_SHUTDOWN	"/etc/rc.shutdown"
#define FAST_EXIT	5	/* s: a session shorter than this... */
#define SLOW_RESTART	30	/* s: ...is started again after this */
#define DEATH_WATCH	10	/* s: between SIGTERM and SIGKILL */

struct session {
	LIST_ENTRY(session) link;
	pid_t	 pid;		/* 0: not running */
	time_t	 started;
	time_t	 not_before;	/* earliest restart */
	int	 wanted;	/* still in /etc/ttys and on */
	char	*device;	/* /dev/... */
	char	*name;
	char	*command;	/* getty and its argument */
	char	*type;		/* TERM */
};

struct state {
	struct state (*run)(void);
};

static struct state single_user(void);
static struct state run_rc(void);
static struct state read_ttys(void);
static struct state multi_user(void);
static struct state shut_down(void);
static struct state sessions_off(void);

static LIST_HEAD(, session) sessions = LIST_HEAD_INITIALIZER(sessions);
static volatile sig_atomic_t wish_reread, wish_single, wish_block, wish_down;
static volatile sig_atomic_t alarm_rang;
static int howto = RB_AUTOBOOT;
static int autoboot = 1;	/* rc's argument: nothing went before */

static void
complain(const char *fmt, ...)
{
	char text[256];
	va_list ap;
	int fd;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fd = open(_PATH_CONSOLE, O_WRONLY | O_NOCTTY | O_NONBLOCK);
	if (fd >= 0) {
		dprintf(fd, "init: %s\r\n", text);
		close(fd);
	}
}

static void
on_signal(int sig)
{
	switch (sig) {
	case SIGHUP:
		wish_reread = 1;
		break;
	case SIGTERM:
		wish_single = 1;
		break;
	case SIGTSTP:
		wish_block = 1;
		break;
	case SIGALRM:
		alarm_rang = 1;
		break;
	case SIGINT:
		howto = RB_AUTOBOOT;
		wish_down = 1;
		break;
	case SIGUSR1:
		howto = RB_HALT;
		wish_down = 1;
		break;
	case SIGUSR2:
		howto = RB_HALT | RB_POWEROFF;
		wish_down = 1;
		break;
	}
}

static void
catch_signals(void)
{
	static const int caught[] = { SIGHUP, SIGTERM, SIGTSTP, SIGALRM,
	    SIGINT, SIGUSR1, SIGUSR2 };
	struct sigaction sa;
	size_t i;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	sigfillset(&sa.sa_mask);
	for (i = 0; i < sizeof(caught) / sizeof(caught[0]); i++)
		sigaction(caught[i], &sa, NULL);
	signal(SIGTTIN, SIG_IGN);
	signal(SIGTTOU, SIG_IGN);
}

/* In a child: a session of its own on the given terminal. */
static void
take_terminal(const char *device)
{
	sigset_t none;
	int fd, i;

	for (i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setsid();
	fd = open(device, O_RDWR);
	if (fd < 0) {
		complain("%s: %s", device, strerror(errno));
		_exit(1);
	}
	ioctl(fd, TIOCSCTTY, 0);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	if (fd > 2)
		close(fd);
}

static struct session *
find_session(pid_t pid)
{
	struct session *sp;

	LIST_FOREACH(sp, &sessions, link) {
		if (sp->pid == pid)
			return (sp);
	}
	return (NULL);
}

static void
session_ended(struct session *sp)
{
	time_t now = time(NULL);

	sp->pid = 0;
	/* If somebody had logged in, that is over. */
	if (logout(sp->name))
		logwtmp(sp->name, "", "");
	if (now - sp->started < FAST_EXIT) {
		complain("%s on %s ends at once; next try in %d seconds",
		    sp->command, sp->name, SLOW_RESTART);
		sp->not_before = now + SLOW_RESTART;
	} else {
		sp->not_before = 0;
	}
}

/* Waits for pid; reaps everything else.  -1 if a wish came in between. */
static int
wait_for(pid_t pid, int *status)
{
	struct session *sp;
	pid_t dead;

	for (;;) {
		if (wish_down || wish_single)
			return (-1);
		dead = waitpid(-1, status, WUNTRACED);
		if (dead == pid) {
			if (WIFSTOPPED(*status)) {
				kill(pid, SIGCONT);
				continue;
			}
			return (0);
		}
		if (dead > 0 && (sp = find_session(dead)) != NULL)
			session_ended(sp);
		if (dead < 0 && errno == ECHILD) {
			*status = 0;
			return (0);
		}
	}
}

static struct state
single_user(void)
{
	char shell[256];
	struct session *sp;
	pid_t pid;
	int status;

	wish_single = 0;
	LIST_FOREACH(sp, &sessions, link)
		sp->wanted = 0;
	pid = fork();
	if (pid == 0) {
		take_terminal(_PATH_CONSOLE);
		printf("Enter full pathname of shell or RETURN for /bin/sh: ");
		fflush(stdout);
		if (fgets(shell, sizeof(shell), stdin) == NULL)
			shell[0] = '\0';
		shell[strcspn(shell, "\r\n")] = '\0';
		if (shell[0] == '\0')
			strlcpy(shell, _PATH_BSHELL, sizeof(shell));
		setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin", 1);
		setenv("HOME", "/root", 1);
		setenv("TERM", "vt100", 0);
		execl(shell, "-sh", (char *)NULL);
		complain("%s: %s", shell, strerror(errno));
		_exit(1);
	}
	if (pid < 0) {
		complain("fork: %s", strerror(errno));
		sleep(1);
		return ((struct state){ single_user });
	}
	while (wait_for(pid, &status) < 0) {
		wish_single = 0;
		if (wish_down)
			return ((struct state){ shut_down });
	}
	autoboot = 0;
	return ((struct state){ run_rc });
}

static struct state
run_rc(void)
{
	pid_t pid;
	int status;

	pid = fork();
	if (pid == 0) {
		take_terminal(_PATH_CONSOLE);
		execl(_PATH_BSHELL, "sh", RC_SCRIPT,
		    autoboot ? "autoboot" : (char *)NULL, (char *)NULL);
		complain("%s: %s", _PATH_BSHELL, strerror(errno));
		_exit(1);
	}
	if (pid < 0) {
		complain("fork: %s", strerror(errno));
		return ((struct state){ single_user });
	}
	if (wait_for(pid, &status) < 0) {
		kill(-pid, SIGTERM);
		return ((struct state){ wish_down ? shut_down : single_user });
	}
	if (WIFSIGNALED(status) || WEXITSTATUS(status) != 0) {
		complain("%s failed (status %d), going to single user mode",
		    RC_SCRIPT, WIFSIGNALED(status) ? WTERMSIG(status) :
		    WEXITSTATUS(status));
		return ((struct state){ single_user });
	}
	return ((struct state){ read_ttys });
}

/* Whether the named line is (one of) the system console's. */
static int
is_console(const char *name)
{
	char list[256];
	size_t len = sizeof(list) - 1;
	const char *p, *end;

	if (sysctlbyname("kern.console", list, &len, NULL, 0) < 0)
		return (0);
	list[len] = '\0';
	/* active devices, a slash, then those that could be */
	for (p = list; *p != '\0' && *p != '/'; p = *end == ',' ? end + 1 : end) {
		end = p + strcspn(p, ",/");
		if ((size_t)(end - p) == strlen(name) &&
		    strncmp(p, name, (size_t)(end - p)) == 0)
			return (1);
		if (*end == '\0')
			break;
	}
	return (0);
}

static void
update_session(const struct ttyent *te)
{
	struct session *sp;
	char device[64];
	int on = (te->ty_status & TTY_ON) != 0;

	if ((te->ty_status & TTY_IFCONSOLE) != 0)
		on = is_console(te->ty_name);
	if (!on || te->ty_getty == NULL || te->ty_getty[0] == '\0')
		return;
	snprintf(device, sizeof(device), "%s%s", _PATH_DEV, te->ty_name);
	LIST_FOREACH(sp, &sessions, link) {
		if (strcmp(sp->name, te->ty_name) == 0)
			break;
	}
	if (sp == NULL) {
		if (access(device, F_OK) < 0)
			return;
		sp = calloc(1, sizeof(*sp));
		if (sp == NULL)
			return;
		sp->name = strdup(te->ty_name);
		sp->device = strdup(device);
		LIST_INSERT_HEAD(&sessions, sp, link);
	}
	free(sp->command);
	free(sp->type);
	sp->command = strdup(te->ty_getty);
	sp->type = strdup(te->ty_type != NULL ? te->ty_type : "unknown");
	sp->wanted = 1;
}

static struct state
read_ttys(void)
{
	struct session *sp, *next;
	struct ttyent *te;

	wish_reread = 0;
	wish_block = 0;
	LIST_FOREACH(sp, &sessions, link)
		sp->wanted = 0;
	setttyent();
	while ((te = getttyent()) != NULL)
		update_session(te);
	endttyent();
	for (sp = LIST_FIRST(&sessions); sp != NULL; sp = next) {
		next = LIST_NEXT(sp, link);
		if (sp->wanted)
			continue;
		if (sp->pid > 0) {
			kill(sp->pid, SIGHUP);
			continue;
		}
		LIST_REMOVE(sp, link);
		free(sp->name);
		free(sp->device);
		free(sp->command);
		free(sp->type);
		free(sp);
	}
	return ((struct state){ multi_user });
}

static void
start_session(struct session *sp)
{
	char *argv[16], *words, *word;
	int argc = 0;
	pid_t pid;

	pid = fork();
	if (pid < 0) {
		sp->not_before = time(NULL) + 1;
		return;
	}
	if (pid > 0) {
		sp->pid = pid;
		sp->started = time(NULL);
		return;
	}
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	setsid();
	words = sp->command;
	while (argc < 14 && (word = strsep(&words, " \t")) != NULL) {
		if (*word != '\0')
			argv[argc++] = word;
	}
	argv[argc++] = sp->name;
	argv[argc] = NULL;
	setenv("TERM", sp->type, 1);
	execv(argv[0], argv);
	complain("%s: %s", argv[0], strerror(errno));
	_exit(1);
}

static struct state
multi_user(void)
{
	struct session *sp;
	time_t now;
	unsigned int delay;
	pid_t pid;
	int status;

	for (;;) {
		if (wish_down)
			return ((struct state){ shut_down });
		if (wish_single)
			return ((struct state){ sessions_off });
		if (wish_reread)
			return ((struct state){ read_ttys });
		now = time(NULL);
		delay = 0;
		LIST_FOREACH(sp, &sessions, link) {
			if (sp->pid != 0 || !sp->wanted || wish_block)
				continue;
			if (sp->not_before <= now) {
				start_session(sp);
			} else if (delay == 0 ||
			    sp->not_before - now < (time_t)delay) {
				delay = (unsigned int)(sp->not_before - now);
			}
		}
		alarm(delay);
		pid = waitpid(-1, &status, 0);
		if (pid > 0 && (sp = find_session(pid)) != NULL)
			session_ended(sp);
		else if (pid < 0 && errno == ECHILD)
			pause();
	}
}

/* Ends every process: politely, then surely. */
static void
end_processes(void)
{
	int status;

	kill(-1, SIGHUP);
	kill(-1, SIGTERM);
	kill(-1, SIGCONT);
	alarm_rang = 0;
	alarm(DEATH_WATCH);
	while (!alarm_rang) {
		if (waitpid(-1, &status, 0) < 0 && errno == ECHILD)
			break;
	}
	alarm(0);
	kill(-1, SIGKILL);
	while (waitpid(-1, &status, WNOHANG) > 0)
		continue;
}

static struct state
sessions_off(void)
{
	struct session *sp;

	LIST_FOREACH(sp, &sessions, link) {
		sp->wanted = 0;
		sp->pid = 0;
	}
	end_processes();
	return ((struct state){ single_user });
}

static struct state
shut_down(void)
{
	pid_t pid;
	int status;

	if (access(RC_SHUTDOWN, R_OK) == 0 && (pid = fork()) >= 0) {
		if (pid == 0) {
			take_terminal(_PATH_CONSOLE);
			execl(_PATH_BSHELL, "sh", RC_SHUTDOWN,
			    (howto & RB_HALT) == 0 ? "reboot" : "halt",
			    (char *)NULL);
			_exit(1);
		}
		alarm_rang = 0;
		alarm(60);
		while (!alarm_rang) {
			if (waitpid(-1, &status, 0) == pid || errno == ECHILD)
				break;
		}
		alarm(0);
	}
	end_processes();
	sync();
	reboot(howto);
	complain("reboot: %s", strerror(errno));
	return ((struct state){ single_user });
}

int
main(int argc, char **argv)
{
	struct state state = { run_rc };
	int c, fd;

	if (getpid() != 1) {
		fprintf(stderr, "init: must be the first process\n");
		return (1);
	}
	/* The kernel starts us with no descriptors at all. */
	fd = open(_PATH_DEVNULL, O_RDWR);
	while (fd >= 0 && fd < 2)
		fd = dup(fd);
	while ((c = getopt(argc, argv, "sf")) != -1) {
		if (c == 's') {
			autoboot = 0;
			state.run = single_user;
		}
	}
	if (setsid() < 0 && errno != EPERM)
		complain("setsid: %s", strerror(errno));
	catch_signals();
	for (;;)
		state = state.run();
}
