/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptyrun - runs a program on a terminal and types at it
 *
 * usage: ptyrun [-s rows,cols] [-t term] command [argument ...] -- \
 *	      [wait type ...]
 *
 * Each pair waits until the program has written the text "wait" (after what
 * the pair before waited for) and then types "type".  Both know \r \n \e \\
 * and \xHH.  At the end the program has to finish by itself; its exit status
 * is ours.  When a text does not come within 20 seconds, what did come is
 * printed and the status is 124.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <err.h>
#include <libutil.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE	20	/* seconds */

static char	*seen;		/* all output so far, and a NUL */
static size_t	 nseen, room;

/* Replaces the escapes of s in place; returns the length. */
static size_t
unescape(char *s)
{
	char *to = s, *from = s, hex[3];

	while (*from != '\0') {
		if (*from != '\\' || from[1] == '\0') {
			*to++ = *from++;
			continue;
		}
		switch (from[1]) {
		case 'r': *to++ = '\r'; break;
		case 'n': *to++ = '\n'; break;
		case 'e': *to++ = '\033'; break;
		case 'x':
			hex[0] = from[2];
			hex[1] = from[2] != '\0' ? from[3] : '\0';
			hex[2] = '\0';
			*to++ = (char)strtol(hex, NULL, 16);
			from += strlen(hex);
			break;
		default: *to++ = from[1]; break;
		}
		from += 2;
	}
	*to = '\0';
	return (to - s);
}

/* Reads what is there; 0 at the end, -1 when nothing came for too long. */
static int
collect(int fd, time_t until)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	time_t now = time(NULL);
	ssize_t n;

	if (now >= until || poll(&pfd, 1, (int)(until - now) * 1000) <= 0)
		return (-1);
	if (room - nseen < 4096) {
		room += 65536;
		if ((seen = realloc(seen, room)) == NULL)
			err(1, NULL);
	}
	n = read(fd, seen + nseen, 4095);
	if (n <= 0)
		return (0);
	nseen += n;
	seen[nseen] = '\0';
	return (1);
}

static void
give_up(pid_t pid, const char *what)
{
	printf("ptyrun: %s; output so far:\n", what);
	fwrite(seen, 1, nseen, stdout);
	printf("\n");
	kill(pid, SIGKILL);
	exit(124);
}

/* Returns the offset behind the text, searched from an offset on. */
static size_t
wait_for(int fd, pid_t pid, const char *text, size_t len, size_t from)
{
	time_t until = time(NULL) + PATIENCE;
	char *at;

	for (;;) {
		at = memmem(seen + from, nseen - from, text, len);
		if (at != NULL)
			return (at - seen + len);
		if (collect(fd, until) <= 0)
			give_up(pid, text);
	}
}

int
main(int argc, char **argv)
{
	struct winsize ws = { .ws_row = 24, .ws_col = 80 };
	const char *term = "vt100";
	size_t from = 0, len;
	int c, fd, i, rv, status, first;
	pid_t pid;

	while ((c = getopt(argc, argv, "+s:t:")) != -1) {
		if (c == 's' &&
		    sscanf(optarg, "%hu,%hu", &ws.ws_row, &ws.ws_col) == 2)
			continue;
		if (c != 't')
			errx(64, "usage: ptyrun [-s rows,cols] [-t term] "
			    "command ... -- [wait type ...]");
		term = optarg;
	}
	first = optind;
	for (i = first; i < argc && strcmp(argv[i], "--") != 0; i++)
		continue;
	if (i == argc || i == first)
		errx(64, "command and -- expected");
	argv[i] = NULL;
	if ((seen = calloc(1, room = 65536)) == NULL)
		err(1, NULL);

	pid = forkpty(&fd, NULL, NULL, &ws);
	if (pid == -1)
		err(1, "forkpty");
	if (pid == 0) {
		setenv("TERM", term, 1);
		execvp(argv[first], &argv[first]);
		err(127, "%s", argv[first]);
	}
	for (i++; i + 1 < argc; i += 2) {
		len = unescape(argv[i]);
		from = wait_for(fd, pid, argv[i], len, from);
		len = unescape(argv[i + 1]);
		if (write(fd, argv[i + 1], len) != (ssize_t)len)
			err(1, "write");
	}
	while ((rv = collect(fd, time(NULL) + PATIENCE)) > 0)
		continue;
	if (rv < 0)
		give_up(pid, "does not end");
	if (waitpid(pid, &status, 0) == -1)
		err(1, "waitpid");
	return (WIFEXITED(status) ? WEXITSTATUS(status) : 125);
}
