/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * resizewin - ask the terminal how large it is
 *
 * usage: resizewin [-z]
 *
 * The cursor is sent further down and right than any screen reaches; where it
 * stops is the size.  The report comes back as if typed, so the line is in
 * raw mode meanwhile, and what was typed ahead is read first and lost.
 */
#include <sys/types.h>
#include <sys/ioctl.h>

#include <err.h>
#include <fcntl.h>
#include <paths.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define ANSWER_MS	500	/* how long a terminal may take */

/* Save the cursor, go to the corner, report the position, restore. */
static const char question[] = "\0337\033[r\033[999;999H\033[6n\0338";

static int
elapsed_ms(const struct timespec *since)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return ((int)(now.tv_sec - since->tv_sec) * 1000 +
	    (int)((now.tv_nsec - since->tv_nsec) / 1000000));
}

/*
 * Reads until a position report (ESC [ row ; column R) is complete.
 */
static int
read_answer(int fd, int *rows, int *cols)
{
	struct timespec start;
	struct pollfd pfd;
	char answer[64], *esc;
	size_t len = 0;
	int left;

	pfd.fd = fd;
	pfd.events = POLLIN;
	clock_gettime(CLOCK_MONOTONIC, &start);
	while (len < sizeof(answer) - 1) {
		left = ANSWER_MS - elapsed_ms(&start);
		if (left <= 0 || poll(&pfd, 1, left) <= 0 ||
		    read(fd, answer + len, 1) != 1)
			return (0);
		len++;
		answer[len] = '\0';
		if (answer[len - 1] != 'R')
			continue;
		esc = strrchr(answer, '\033');
		if (esc != NULL &&
		    sscanf(esc, "\033[%d;%dR", rows, cols) == 2)
			return (*rows > 0 && *cols > 0);
	}
	return (0);
}

/* Returns whether the terminal said its size. */
static int
ask(int fd, struct winsize *ws)
{
	struct termios saved, raw;
	int rows, cols, ok;

	if (tcgetattr(fd, &saved) == -1)
		err(1, "%s", _PATH_TTY);
	raw = saved;
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSAFLUSH, &raw) == -1)
		err(1, "%s", _PATH_TTY);
	ok = write(fd, question, sizeof(question) - 1) ==
	    (ssize_t)sizeof(question) - 1 && read_answer(fd, &rows, &cols);
	tcsetattr(fd, TCSAFLUSH, &saved);
	if (ok) {
		ws->ws_row = rows;
		ws->ws_col = cols;
	}
	return (ok);
}

int
main(int argc, char **argv)
{
	struct winsize ws;
	int c, fd, only_unknown = 0;

	while ((c = getopt(argc, argv, "z")) != -1) {
		if (c != 'z') {
			fprintf(stderr, "usage: resizewin [-z]\n");
			return (EX_USAGE);
		}
		only_unknown = 1;
	}
	if ((fd = open(_PATH_TTY, O_RDWR)) == -1)
		err(1, "%s", _PATH_TTY);
	if (ioctl(fd, TIOCGWINSZ, &ws) == -1)
		err(1, "%s", _PATH_TTY);
	if (only_unknown && ws.ws_row != 0 && ws.ws_col != 0)
		return (0);
	if (!ask(fd, &ws))
		return (1);
	if (ioctl(fd, TIOCSWINSZ, &ws) == -1)
		err(1, "%s", _PATH_TTY);
	return (0);
}
