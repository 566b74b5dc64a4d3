/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal of top(1); see top.h.  All it needs of a terminal is cursor
 * home, erase to the end of the line, and erase to the end of the screen, in
 * the form of ECMA-48.
 */
#include <sys/types.h>
#include <sys/ioctl.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "top.h"

#define HOME		"\033[H"
#define ERASE_LINE	"\033[K"
#define ERASE_REST	"\033[J"
#define QUESTION_LINE	"\033[6;1H"	/* the empty line of the display */

int screen_rows = 24, screen_columns = 80, screen_interactive;

static struct termios old_modes;
static volatile sig_atomic_t resized, stop_signal;
static int used;

static void
on_signal(int sig)
{
	if (sig == SIGWINCH || sig == SIGCONT)
		resized = 1;
	else
		stop_signal = sig;
}

static void
set_size(void)
{
	struct winsize ws;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 0 &&
	    ws.ws_col > 0) {
		screen_rows = ws.ws_row;
		screen_columns = ws.ws_col;
	}
}

static void
raw_modes(void)
{
	struct termios t = old_modes;

	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &t);
}

void
screen_open(int interactive)
{
	static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT,
	    SIGWINCH, SIGCONT };
	struct sigaction sa = { .sa_handler = on_signal };
	size_t i;

	screen_interactive = interactive;
	if (!interactive) {
		screen_columns = 0;
		return;
	}
	set_size();
	if (tcgetattr(STDIN_FILENO, &old_modes) != 0)
		err(1, "standard input");
	for (i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++)
		sigaction(sigs[i], &sa, NULL);
	raw_modes();
	fputs(HOME ERASE_REST, stdout);
}

void
screen_close(void)
{
	if (!screen_interactive)
		return;
	/* Below the display; only a full one has to scroll. */
	printf("\033[%d;1H%s" ERASE_REST,
	    used < screen_rows ? used + 1 : screen_rows,
	    used < screen_rows ? "" : "\n");
	fflush(stdout);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &old_modes);
}

void
screen_begin(void)
{
	used = 0;
	if (screen_interactive)
		fputs(HOME, stdout);
}

void
screen_line(const char *fmt, ...)
{
	char line[4096];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (!screen_interactive) {
		puts(line);
		return;
	}
	if (screen_left() <= 0)
		return;
	printf("%s%.*s" ERASE_LINE, used > 0 ? "\r\n" : "", screen_columns,
	    line);
	used++;
}

int
screen_left(void)
{
	return (screen_interactive ? screen_rows - used : 1 << 30);
}

void
screen_end(void)
{
	if (screen_interactive)
		fputs(ERASE_REST, stdout);
	fflush(stdout);
	if (ferror(stdout))
		exit(1);
}

int
screen_key(double seconds)
{
	struct pollfd pfd = { .fd = STDIN_FILENO, .events = POLLIN };
	unsigned char c;
	int n;

	if (!screen_interactive)
		return (poll(NULL, 0, (int)(seconds * 1000)));
	n = poll(&pfd, 1, (int)(seconds * 1000));
	if (stop_signal != 0)
		return ('q');
	if (resized) {
		resized = 0;
		set_size();
		raw_modes();
		fputs(HOME ERASE_REST, stdout);
		return (-1);
	}
	if (n <= 0)
		return (n < 0 ? -1 : 0);
	return (read(STDIN_FILENO, &c, 1) == 1 ? c : 'q');
}

int
screen_ask(const char *question, char *answer, size_t size)
{
	printf(QUESTION_LINE ERASE_LINE "%s", question);
	fflush(stdout);
	tcsetattr(STDIN_FILENO, TCSADRAIN, &old_modes);
	*answer = '\0';
	if (fgets(answer, (int)size, stdin) == NULL)
		clearerr(stdin);
	answer[strcspn(answer, "\n")] = '\0';
	raw_modes();
	return (*answer != '\0');
}
