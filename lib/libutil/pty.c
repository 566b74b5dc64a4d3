/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo-terminals: openpty(3), forkpty(3), login_tty(3).
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

int
openpty(int *master, int *slave, char *name, struct termios *t,
    struct winsize *w)
{
	char *path;
	int m, s, saved;

	m = posix_openpt(O_RDWR | O_NOCTTY);
	if (m < 0)
		return (-1);
	if (grantpt(m) != 0 || unlockpt(m) != 0 || (path = ptsname(m)) == NULL
	    || (s = open(path, O_RDWR | O_NOCTTY)) < 0) {
		saved = errno;
		close(m);
		errno = saved;
		return (-1);
	}
	*master = m;
	*slave = s;
	if (name != NULL)
		strcpy(name, path);
	if (t != NULL)
		tcsetattr(s, TCSAFLUSH, t);
	if (w != NULL)
		ioctl(s, TIOCSWINSZ, w);
	return (0);
}

/* Makes fd the controlling terminal and standard streams of a new session. */
int
login_tty(int fd)
{
	int i;

	setsid();
	if (ioctl(fd, TIOCSCTTY, NULL) == -1)
		return (-1);
	for (i = 0; i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
	return (0);
}

int
forkpty(int *master, char *name, struct termios *t, struct winsize *w)
{
	int m, s;
	pid_t pid;

	if (openpty(&m, &s, name, t, w) != 0)
		return (-1);
	pid = fork();
	if (pid == 0) {
		close(m);
		if (login_tty(s) != 0)
			_exit(1);
		return (0);
	}
	close(s);
	if (pid < 0) {
		close(m);
		return (-1);
	}
	*master = m;
	return (pid);
}
