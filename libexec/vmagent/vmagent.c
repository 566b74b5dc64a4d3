/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vmagent - runs one command for whoever started the virtual machine
 *
 * Started from rc on a serial line (the kernel environment's vm_agent names
 * it).  All integers are little-endian u32.
 *
 *	guest: "DAGT"			ready
 *	host:  "DRUN" length body	body: shares, argc, argc x (length, bytes)
 *	guest: frames			kind length bytes
 *
 * with kind 'O' standard output, 'E' standard error, 'X' the exit status (128
 * plus the signal's number for a command that a signal ended), the last frame.
 * Share N is the disk with serial number shareN, mounted under /mnt/shareN
 * before the command starts.  When the command has ended the machine is shut
 * down.
 */
#include <sys/types.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#define REQUEST_MAX	(16U * 1024 * 1024)

static int line = -1;

static void
write_all(const void *data, size_t len)
{
	const char *p = data;
	ssize_t n;

	while (len > 0) {
		n = write(line, p, len);
		if (n < 0) {
			if (errno == EINTR)
				continue;
			err(EX_IOERR, "write to the host");
		}
		p += n;
		len -= (size_t)n;
	}
}

static void
read_all(void *data, size_t len)
{
	char *p = data;
	ssize_t n;

	while (len > 0) {
		n = read(line, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			errx(EX_IOERR, "read from the host failed");
		p += n;
		len -= (size_t)n;
	}
}

static void
put32(unsigned char *p, uint32_t v)
{
	p[0] = v;
	p[1] = v >> 8;
	p[2] = v >> 16;
	p[3] = v >> 24;
}

static uint32_t
get32(const unsigned char *p)
{
	return (p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24);
}

static void
send_frame(char kind, const void *data, size_t len)
{
	unsigned char head[5];

	head[0] = (unsigned char)kind;
	put32(head + 1, (uint32_t)len);
	write_all(head, sizeof(head));
	write_all(data, len);
}

static void
send_status(uint32_t status)
{
	unsigned char buf[4];

	put32(buf, status);
	send_frame('X', buf, sizeof(buf));
	tcdrain(line);
}

static void
open_line(const char *name)
{
	struct termios t;
	char path[64];

	snprintf(path, sizeof(path), "/dev/%s", name);
	line = open(path, O_RDWR | O_NOCTTY);
	if (line < 0)
		err(EX_NOINPUT, "%s", path);
	if (tcgetattr(line, &t) < 0)
		err(EX_IOERR, "%s", path);
	cfmakeraw(&t);
	t.c_cflag |= CLOCAL | CREAD | CS8;
	cfsetspeed(&t, B115200);
	if (tcsetattr(line, TCSAFLUSH, &t) < 0)
		err(EX_IOERR, "%s", path);
	fcntl(line, F_SETFD, FD_CLOEXEC);
}

/* Reads the request and returns its argument vector. */
static char **
read_request(uint32_t *shares)
{
	unsigned char head[4], *body;
	char **argv;
	uint32_t len, argc, i, at, n;
	size_t matched = 0;

	while (matched < 4) {
		read_all(head, 1);
		matched = head[0] == "DRUN"[matched] ? matched + 1 :
		    head[0] == 'D';
	}
	read_all(head, 4);
	len = get32(head);
	if (len < 8 || len > REQUEST_MAX || (body = malloc(len)) == NULL)
		errx(EX_PROTOCOL, "request of %u bytes", len);
	read_all(body, len);
	*shares = get32(body);
	argc = get32(body + 4);
	if (argc == 0 || argc > len / 4 ||
	    (argv = calloc(argc + 1, sizeof(*argv))) == NULL)
		errx(EX_PROTOCOL, "request of %u arguments", argc);
	for (at = 8, i = 0; i < argc; i++) {
		if (len - at < 4 || (n = get32(body + at)) > len - at - 4)
			errx(EX_PROTOCOL, "request is cut off");
		at += 4;
		argv[i] = strndup((char *)body + at, n);
		if (argv[i] == NULL)
			err(EX_OSERR, NULL);
		at += n;
	}
	free(body);
	return (argv);
}

static int
mount_share(uint32_t number)
{
	char dev[64], dir[64];
	pid_t pid;
	int status;

	snprintf(dev, sizeof(dev), "/dev/serno/share%u", number);
	snprintf(dir, sizeof(dir), "/mnt/share%u", number);
	if (mkdir(dir, 0755) < 0 && errno != EEXIST)
		return (-1);
	pid = fork();
	if (pid == 0) {
		execl("/sbin/mount_cd9660", "mount_cd9660", "-o", "ro", dev,
		    dir, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return (-1);
	return (status == 0 ? 0 : -1);
}

/* Passes on what the command writes until both pipes are closed. */
static void
relay(int out, int errfd)
{
	static char buf[32768];
	struct pollfd fds[2] = {
		{ .fd = out, .events = POLLIN },
		{ .fd = errfd, .events = POLLIN },
	};
	ssize_t n;
	int i;

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, -1) < 0) {
			if (errno == EINTR)
				continue;
			err(EX_OSERR, "poll");
		}
		for (i = 0; i < 2; i++) {
			if (fds[i].fd < 0 || fds[i].revents == 0)
				continue;
			n = read(fds[i].fd, buf, sizeof(buf));
			if (n > 0) {
				send_frame(i == 0 ? 'O' : 'E', buf, (size_t)n);
			} else if (n == 0 || errno != EINTR) {
				close(fds[i].fd);
				fds[i].fd = -1;
			}
		}
	}
}

static uint32_t
run(char **argv)
{
	int out[2], errp[2], status, null;
	pid_t pid;

	if (pipe(out) < 0 || pipe(errp) < 0)
		err(EX_OSERR, "pipe");
	pid = fork();
	if (pid < 0)
		err(EX_OSERR, "fork");
	if (pid == 0) {
		null = open("/dev/null", O_RDONLY);
		dup2(null, 0);
		dup2(out[1], 1);
		dup2(errp[1], 2);
		closefrom(3);
		setsid();
		signal(SIGPIPE, SIG_DFL);
		execvp(argv[0], argv);
		warn("%s", argv[0]);
		_exit(errno == ENOENT ? 127 : 126);
	}
	close(out[1]);
	close(errp[1]);
	relay(out[0], errp[0]);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			err(EX_OSERR, "waitpid");
	}
	if (WIFSIGNALED(status))
		return (128 + (uint32_t)WTERMSIG(status));
	return ((uint32_t)WEXITSTATUS(status));
}

int
main(int argc, char **argv)
{
	char **command, message[80];
	uint32_t shares, i, status = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: vmagent line\n");
		return (EX_USAGE);
	}
	signal(SIGHUP, SIG_IGN);
	setsid();
	open_line(argv[1]);
	write_all("DAGT", 4);
	command = read_request(&shares);
	setenv("HOME", "/root", 0);
	setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin", 1);
	setenv("USER", "root", 0);
	for (i = 0; i < shares; i++) {
		if (mount_share(i) < 0) {
			snprintf(message, sizeof(message),
			    "vmagent: cannot mount share %u\n", i);
			send_frame('E', message, strlen(message));
			status = 126;
		}
	}
	if (status == 0)
		status = run(command);
	send_status(status);
	execl("/sbin/shutdown", "shutdown", "-p", "now", (char *)NULL);
	err(EX_OSERR, "/sbin/shutdown");
}
