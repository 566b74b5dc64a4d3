/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * script - record a session on the terminal
 *
 * usage: script [-adkpqr] [-t time] [file [command ...]]
 *
 * Relays between the terminal and a pseudo terminal on which the command
 * runs, and writes what passes to the file.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <paths.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int master, keys, quiet, have_tty, flush_after = 30;
static volatile sig_atomic_t resized;
static struct termios modes;
static FILE *record;
static pid_t child;

static void
on_resize(int sig)
{
	resized = 1;
}

static void
restore(void)
{
	if (have_tty)
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &modes);
}

static void
write_all(int fd, const char *p, size_t n)
{
	ssize_t w;

	for (; n > 0; p += w, n -= (size_t)w) {
		w = write(fd, p, n);
		if (w < 0 && errno == EINTR)
			w = 0;
		else if (w < 0)
			return;
	}
}

static void
copy_size(void)
{
	struct winsize ws;

	resized = 0;
	if (ioctl(STDIN_FILENO, TIOCGWINSZ, &ws) == 0)
		ioctl(master, TIOCSWINSZ, &ws);
}

/* Until the pseudo terminal's other side is closed. */
static void
relay(void)
{
	struct pollfd p[2] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = master, .events = POLLIN },
	};
	char buf[8192];
	time_t flushed = time(NULL);
	ssize_t n;

	for (;;) {
		if (resized)
			copy_size();
		if (poll(p, 2, flush_after > 0 ? flush_after * 1000 : -1) < 0 &&
		    errno != EINTR)
			err(1, "poll");
		if (p[0].revents != 0) {
			n = read(STDIN_FILENO, buf, sizeof(buf));
			if (n <= 0) {
				/* The end of input is typed as one. */
				p[0].fd = -1;
				write_all(master, "\004", 1);
			} else {
				write_all(master, buf, (size_t)n);
				if (keys)
					fwrite(buf, 1, (size_t)n, record);
			}
		}
		if (p[1].revents != 0) {
			n = read(master, buf, sizeof(buf));
			if (n <= 0)
				return;
			write_all(STDOUT_FILENO, buf, (size_t)n);
			fwrite(buf, 1, (size_t)n, record);
		}
		if (flush_after == 0 || time(NULL) - flushed >= flush_after) {
			fflush(record);
			flushed = time(NULL);
		}
	}
}

static void
run(char **argv, const char *file)
{
	const char *shell = getenv("SHELL");

	setenv("SCRIPT", file, 1);
	if (*argv != NULL) {
		execvp(*argv, argv);
		warn("%s", *argv);
	} else {
		if (shell == NULL || *shell == '\0')
			shell = _PATH_BSHELL;
		execl(shell, shell, "-i", (char *)NULL);
		warn("%s", shell);
	}
	_exit(127);
}

static void
start(char **argv, const char *file)
{
	struct winsize ws, *wsp = NULL;
	struct termios raw;

	have_tty = tcgetattr(STDIN_FILENO, &modes) == 0;
	if (have_tty && ioctl(STDIN_FILENO, TIOCGWINSZ, &ws) == 0)
		wsp = &ws;
	child = forkpty(&master, NULL, have_tty ? &modes : NULL, wsp);
	if (child < 0)
		err(1, "forkpty");
	if (child == 0)
		run(argv, file);
	if (have_tty) {
		raw = modes;
		cfmakeraw(&raw);
		raw.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
		signal(SIGWINCH, on_resize);
	}
}

int
main(int argc, char **argv)
{
	const char *mode = "w", *file = "typescript";
	int c, status;
	time_t now;
	char *end;

	while ((c = getopt(argc, argv, "+akqt:")) != -1) {
		switch (c) {
		case 'a': mode = "a"; break;
		case 'k': keys = 1; break;
		case 'q': quiet = 1; break;
		case 't':
			flush_after = (int)strtol(optarg, &end, 10);
			if (flush_after < 0 || end == optarg || *end != '\0')
				errx(1, "invalid flush time %s", optarg);
			break;
		default:
			fprintf(stderr, "usage: script [-akq] [-t time] "
			    "[file [command ...]]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv != NULL)
		file = *argv++;
	record = fopen(file, mode);
	if (record == NULL)
		err(1, "%s", file);
	fcntl(fileno(record), F_SETFD, FD_CLOEXEC);
	now = time(NULL);
	if (!quiet) {
		printf("Script started, output file is %s\n", file);
		fflush(stdout);
		fprintf(record, "Script started on %s", ctime(&now));
	}
	start(argv, file);
	relay();
	restore();
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	now = time(NULL);
	if (!quiet) {
		fprintf(record, "\nScript done on %s", ctime(&now));
		printf("\nScript done, output file is %s\n", file);
	}
	if (fclose(record) != 0)
		err(1, "%s", file);
	return (WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status));
}
