/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors, pipes, select and poll, advisory locks, pseudo terminals and
 * job control on them.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tap.h"

static void
descriptor_tables_grow(void)
{
	int fd, i, n = 0, top;

	fd = open("/dev/null", O_RDWR);
	top = dup2(fd, 300);
	ok(top == 300, "dup2_beyond_the_table");
	for (i = 0; i < 200; i++)
		n += dup(fd) > 0;
	ok(n == 200, "descriptor_tables_grow");
	ok(fcntl(fd, F_DUPFD, 250) >= 250, "F_DUPFD_honours_its_minimum");
	closefrom(fd + 1);
	ok(fcntl(300, F_GETFD) == -1 && errno == EBADF &&
	    fcntl(fd, F_GETFD) == 0, "closefrom_closes_the_rest");
	ok(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
	    fcntl(fd, F_GETFD) == FD_CLOEXEC, "close_on_exec_sticks");
	close(fd);
}

static void
pipes_carry_everything(void)
{
	static char buf[200000], in[200000];
	int fd[2], st;
	size_t i, n = 0;
	ssize_t r;
	pid_t pid;

	for (i = 0; i < sizeof(buf); i++)
		buf[i] = i * 7 + i / 251;
	pipe(fd);
	pid = fork();
	if (pid == 0) {
		close(fd[0]);
		_exit(write(fd[1], buf, sizeof(buf)) != sizeof(buf));
	}
	close(fd[1]);
	while ((r = read(fd[0], in + n, sizeof(in) - n)) > 0)
		n += r;
	waitpid(pid, &st, 0);
	ok(r == 0 && n == sizeof(buf) && memcmp(in, buf, n) == 0 && st == 0,
	    "pipes_carry_everything_to_the_end_of_file");
	close(fd[0]);
	pipe(fd);
	close(fd[0]);
	signal(SIGPIPE, SIG_IGN);
	ok(write(fd[1], "x", 1) == -1 && errno == EPIPE,
	    "writing_to_nobody_fails");
	signal(SIGPIPE, SIG_DFL);
	close(fd[1]);
}

static void
select_and_poll_agree(void)
{
	struct timeval tv = { 0, 50000 };
	struct pollfd pf[3];
	fd_set rd, wr;
	int fd[2];

	pipe(fd);
	FD_ZERO(&rd);
	FD_SET(fd[0], &rd);
	ok(select(fd[0] + 1, &rd, NULL, NULL, &tv) == 0,
	    "select_times_out");
	pf[0] = (struct pollfd){ fd[0], POLLIN, 0 };
	pf[1] = (struct pollfd){ fd[1], POLLOUT, 0 };
	pf[2] = (struct pollfd){ 999, POLLIN, 0 };
	ok(poll(pf, 3, 0) == 2 && pf[0].revents == 0 &&
	    pf[1].revents == POLLOUT && pf[2].revents == POLLNVAL,
	    "poll_tells_states_apart");
	write(fd[1], "abc", 3);
	FD_ZERO(&rd);
	FD_ZERO(&wr);
	FD_SET(fd[0], &rd);
	FD_SET(fd[1], &wr);
	ok(select(fd[1] + 1, &rd, &wr, NULL, NULL) == 2 &&
	    FD_ISSET(fd[0], &rd) && FD_ISSET(fd[1], &wr),
	    "select_finds_both_ends_ready");
	close(fd[1]);
	ok(poll(pf, 1, -1) == 1 && (pf[0].revents & POLLIN) &&
	    (pf[0].revents & POLLHUP), "poll_reports_a_hangup");
	close(fd[0]);
	FD_ZERO(&rd);
	FD_SET(fd[0], &rd);
	ok(select(fd[0] + 1, &rd, NULL, NULL, &tv) == -1 && errno == EBADF,
	    "select_refuses_closed_descriptors");
}

static void
locks_exclude(void)
{
	struct flock fl = { .l_type = F_WRLCK, .l_start = 10, .l_len = 10 };
	int fd, st;
	pid_t pid;

	fd = open("/tmp/proc_lock", O_RDWR | O_CREAT, 0600);
	ok(fcntl(fd, F_SETLK, &fl) == 0, "a_range_can_be_locked");
	pid = fork();
	if (pid == 0) {
		struct flock g = { .l_type = F_WRLCK, .l_start = 15,
		    .l_len = 1 };
		int bad = 0;

		bad |= fcntl(fd, F_SETLK, &g) != -1 || errno != EAGAIN;
		fcntl(fd, F_GETLK, &g);
		bad |= g.l_type != F_WRLCK || g.l_start != 10 ||
		    g.l_pid != getppid();
		g = (struct flock){ .l_type = F_WRLCK, .l_start = 20,
		    .l_len = 5 };
		bad |= fcntl(fd, F_SETLK, &g) != 0;
		_exit(bad);
	}
	waitpid(pid, &st, 0);
	ok(st == 0, "locks_exclude_others_where_they_overlap");
	close(fd);
	unlink("/tmp/proc_lock");
}

static int
read_until(int fd, char *buf, size_t size, const char *what)
{
	struct pollfd pf = { fd, POLLIN, 0 };
	size_t n = 0;
	ssize_t r;

	while (n < size - 1 && poll(&pf, 1, 3000) == 1) {
		r = read(fd, buf + n, size - 1 - n);
		if (r <= 0)
			break;
		n += r;
		buf[n] = '\0';
		if (strstr(buf, what) != NULL)
			return (1);
	}
	return (0);
}

static void
terminals_edit_and_signal(void)
{
	char buf[512], name[64];
	struct winsize ws = { 25, 100, 0, 0 };
	int master, slave, st;
	pid_t pid;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	ok(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0 &&
	    ptsname(master) != NULL, "a_pseudo_terminal_opens");
	if (master < 0 || ptsname(master) == NULL)
		return;
	strlcpy(name, ptsname(master), sizeof(name));
	pid = fork();
	if (pid == 0) {
		char line[128];
		sigset_t none;
		ssize_t n;

		/* Whatever the test's own parent ignores or blocks. */
		signal(SIGINT, SIG_DFL);
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setsid();
		slave = open(name, O_RDWR);
		if (slave < 0 || ioctl(slave, TIOCSCTTY, 0) != 0)
			_exit(1);
		dup2(slave, 0);
		dup2(slave, 1);
		write(1, "ready\n", 6);
		n = read(0, line, sizeof(line));
		if (n != 4 || memcmp(line, "abd\n", 4) != 0)
			_exit(2);
		ioctl(0, TIOCGWINSZ, &ws);
		if (ws.ws_row != 25 || ws.ws_col != 100)
			_exit(3);
		if (open("/dev/tty", O_RDWR) < 0)
			_exit(4);
		write(1, "again\n", 6);
		for (;;)
			pause();
	}
	ioctl(master, TIOCSWINSZ, &ws);
	ok(read_until(master, buf, sizeof(buf), "ready\r\n"),
	    "output_reaches_the_master_with_cr");
	write(master, "abc\177d\r", 6);
	ok(read_until(master, buf, sizeof(buf), "again\r\n"),
	    "lines_are_edited");
	write(master, "\003", 1);
	ok(waitpid(pid, &st, 0) == pid && WIFSIGNALED(st) &&
	    WTERMSIG(st) == SIGINT, "control_c_interrupts");
	close(master);
}

static void
background_readers_stop(void)
{
	char name[64];
	int master, slave, st;
	pid_t leader;

	master = posix_openpt(O_RDWR | O_NOCTTY);
	if (master < 0 || ptsname(master) == NULL) {
		ok(0, "background_readers_stop");
		return;
	}
	strlcpy(name, ptsname(master), sizeof(name));
	leader = fork();
	if (leader == 0) {
		pid_t bg;
		char c;

		signal(SIGTTIN, SIG_DFL);
		setsid();
		slave = open(name, O_RDWR);
		ioctl(slave, TIOCSCTTY, 0);
		bg = fork();
		if (bg == 0) {
			setpgid(0, 0);
			read(slave, &c, 1);
			_exit(0);
		}
		setpgid(bg, bg);
		if (waitpid(bg, &st, WUNTRACED) != bg || !WIFSTOPPED(st) ||
		    WSTOPSIG(st) != SIGTTIN)
			_exit(1);
		signal(SIGTTOU, SIG_IGN);
		tcsetpgrp(slave, bg);
		kill(bg, SIGCONT);
		write(master, "x\n", 2);
		if (waitpid(bg, &st, 0) != bg || !WIFEXITED(st))
			_exit(2);
		_exit(0);
	}
	ok(waitpid(leader, &st, 0) == leader && st == 0,
	    "background_readers_stop_and_go_on_in_the_foreground");
	close(master);
}

int
main(void)
{
	descriptor_tables_grow();
	pipes_carry_everything();
	select_and_poll_agree();
	locks_exclude();
	terminals_edit_and_signal();
	background_readers_stop();
	return (tap_done());
}
