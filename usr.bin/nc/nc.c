/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nc - connect the standard input and output to a socket
 *
 * usage: nc [-dklNuvz] [-w seconds] -U path
 *
 * Both directions are pumped by one poll(2) loop through a buffer each.
 */
#include <sys/socket.h>
#include <sys/un.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool no_stdin, keep, listening, shut_at_eof, datagrams, verbose, scan;
static int timeout = -1;		/* milliseconds */
static char own_name[64];		/* of a datagram client */

struct buffer {
	char	data[16384];
	size_t	off, len;
	bool	eof;
};

static void
usage(void)
{
	fprintf(stderr, "usage: nc [-dklNuvz] [-w seconds] -U path\n");
	exit(1);
}

static void
cleanup(void)
{
	if (own_name[0] != '\0')
		unlink(own_name);
}

static void
on_signal(int sig)
{
	cleanup();
	signal(sig, SIG_DFL);
	raise(sig);
}

static socklen_t
address(struct sockaddr_un *sun, const char *path)
{
	memset(sun, 0, sizeof(*sun));
	sun->sun_family = AF_LOCAL;
	if (strlcpy(sun->sun_path, path, sizeof(sun->sun_path)) >=
	    sizeof(sun->sun_path))
		errx(1, "%s: too long", path);
	sun->sun_len = SUN_LEN(sun);
	return (sun->sun_len);
}

static int
new_socket(void)
{
	int s = socket(AF_LOCAL, datagrams ? SOCK_DGRAM : SOCK_STREAM, 0);

	if (s < 0)
		err(1, "socket");
	return (s);
}

static int
bound(const char *path)
{
	struct sockaddr_un sun;
	socklen_t len = address(&sun, path);
	int s = new_socket();

	if (bind(s, (struct sockaddr *)&sun, len) != 0)
		err(1, "%s", path);
	return (s);
}

static int
connected(const char *path)
{
	struct sockaddr_un sun;
	socklen_t len;
	int s;

	if (datagrams && !scan) {
		/* A name of our own, for answers. */
		snprintf(own_name, sizeof(own_name), "/tmp/nc.XXXXXXXXXX");
		if (mktemp(own_name) == NULL)
			err(1, "%s", own_name);
		s = bound(own_name);
		atexit(cleanup);
		signal(SIGINT, on_signal);
		signal(SIGTERM, on_signal);
	} else {
		s = new_socket();
	}
	len = address(&sun, path);
	if (connect(s, (struct sockaddr *)&sun, len) != 0) {
		if (!scan || verbose)
			warn("%s", path);
		exit(1);
	}
	if (verbose)
		warnx("connected to %s", path);
	return (s);
}

static void
fill(struct buffer *b, int fd)
{
	ssize_t n = read(fd, b->data, sizeof(b->data));

	if (n > 0) {
		b->off = 0;
		b->len = (size_t)n;
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		b->eof = true;
	}
}

static void
empty(struct buffer *b, int fd)
{
	ssize_t n = write(fd, b->data + b->off, b->len);

	if (n >= 0) {
		b->off += (size_t)n;
		b->len -= (size_t)n;
	} else if (errno == ENOBUFS) {
		poll(NULL, 0, 10);	/* the receiver of a datagram is full */
	} else if (errno != EAGAIN && errno != EINTR) {
		err(1, "write");
	}
}

/* Until the socket is at its end; ours ending shuts one direction only. */
static void
pump(int s)
{
	static struct buffer out, in;
	struct pollfd pfd[4];
	bool shut = false;
	int n;

	memset(&out, 0, sizeof(out));
	memset(&in, 0, sizeof(in));
	out.eof = no_stdin;
	while (!in.eof || in.len > 0) {
		pfd[0].fd = out.eof || out.len > 0 ? -1 : STDIN_FILENO;
		pfd[1].fd = out.len > 0 ? s : -1;
		pfd[2].fd = in.eof || in.len > 0 ? -1 : s;
		pfd[3].fd = in.len > 0 ? STDOUT_FILENO : -1;
		pfd[0].events = pfd[2].events = POLLIN;
		pfd[1].events = pfd[3].events = POLLOUT;
		n = poll(pfd, 4, timeout);
		if (n == 0)
			return;
		if (n < 0 && errno != EINTR)
			err(1, "poll");
		if (n < 0)
			continue;
		if (pfd[0].fd >= 0 && pfd[0].revents)
			fill(&out, STDIN_FILENO);
		if (pfd[1].fd >= 0 && pfd[1].revents)
			empty(&out, s);
		if (pfd[2].fd >= 0 && pfd[2].revents)
			fill(&in, s);
		if (pfd[3].fd >= 0 && pfd[3].revents)
			empty(&in, STDOUT_FILENO);
		if (out.eof && out.len == 0 && shut_at_eof && !shut) {
			if (datagrams)
				return;
			shutdown(s, SHUT_WR);
			shut = true;
		}
	}
}

static void
serve(const char *path)
{
	int c, s = bound(path);

	if (datagrams) {
		no_stdin = true;	/* there is nobody to send to yet */
		pump(s);
		return;
	}
	if (listen(s, 5) != 0)
		err(1, "listen");
	do {
		c = accept(s, NULL, NULL);
		if (c < 0)
			err(1, "accept");
		if (verbose)
			warnx("connection on %s", path);
		pump(c);
		close(c);
	} while (keep);
	close(s);
}

int
main(int argc, char **argv)
{
	const char *path = NULL;
	bool local = false;
	int c, s;

	while ((c = getopt(argc, argv, "dklNUuvw:z")) != -1) {
		switch (c) {
		case 'd':
			no_stdin = true;
			break;
		case 'k':
			keep = true;
			break;
		case 'l':
			listening = true;
			break;
		case 'N':
			shut_at_eof = true;
			break;
		case 'U':
			local = true;
			break;
		case 'u':
			datagrams = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'w':
			timeout = atoi(optarg) * 1000;
			break;
		case 'z':
			scan = true;
			break;
		default:
			usage();
		}
	}
	if (argc - optind != 1 || !local || (listening && scan))
		usage();
	path = argv[optind];
	signal(SIGPIPE, SIG_IGN);
	if (listening) {
		serve(path);
		return (0);
	}
	s = connected(path);
	if (!scan)
		pump(s);
	close(s);
	return (0);
}
