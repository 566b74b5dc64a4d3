/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminals, in terms of their ioctl commands.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

int
tcgetattr(int fd, struct termios *t)
{
	return (ioctl(fd, TIOCGETA, t));
}

int
tcsetattr(int fd, int how, const struct termios *t)
{
	struct termios local;

	if ((how & TCSASOFT) != 0) {
		local = *t;
		local.c_cflag |= CIGNORE;
		t = &local;
	}
	switch (how & ~TCSASOFT) {
	case TCSANOW:
		return (ioctl(fd, TIOCSETA, t));
	case TCSADRAIN:
		return (ioctl(fd, TIOCSETAW, t));
	case TCSAFLUSH:
		return (ioctl(fd, TIOCSETAF, t));
	default:
		errno = EINVAL;
		return (-1);
	}
}

int
tcsetpgrp(int fd, pid_t pgrp)
{
	int value = pgrp;

	return (ioctl(fd, TIOCSPGRP, &value));
}

pid_t
tcgetpgrp(int fd)
{
	int value;

	return (ioctl(fd, TIOCGPGRP, &value) < 0 ? -1 : value);
}

pid_t
tcgetsid(int fd)
{
	int value;

	return (ioctl(fd, TIOCGSID, &value) < 0 ? -1 : value);
}

/* Make the terminal that of the session that pid leads. */
int
tcsetsid(int fd, pid_t pid)
{
	if (pid != getsid(0)) {
		errno = EINVAL;
		return (-1);
	}
	return (ioctl(fd, TIOCSCTTY, NULL));
}

int
tcdrain(int fd)
{
	return (ioctl(fd, TIOCDRAIN, 0));
}

int
tcflush(int fd, int which)
{
	int flags;

	switch (which) {
	case TCIFLUSH:
		flags = 1;		/* FREAD */
		break;
	case TCOFLUSH:
		flags = 2;		/* FWRITE */
		break;
	case TCIOFLUSH:
		flags = 3;
		break;
	default:
		errno = EINVAL;
		return (-1);
	}
	return (ioctl(fd, TIOCFLUSH, &flags));
}

int
tcflow(int fd, int action)
{
	struct termios t;
	unsigned char c;

	switch (action) {
	case TCOOFF:
		return (ioctl(fd, TIOCSTOP, 0));
	case TCOON:
		return (ioctl(fd, TIOCSTART, 0));
	case TCION:
	case TCIOFF:
		if (tcgetattr(fd, &t) != 0)
			return (-1);
		c = t.c_cc[action == TCIOFF ? VSTOP : VSTART];
		if (c != _POSIX_VDISABLE && write(fd, &c, 1) != 1)
			return (-1);
		return (0);
	default:
		errno = EINVAL;
		return (-1);
	}
}

/* A break of 0.4 seconds, whatever the length asked for. */
int
tcsendbreak(int fd, int length)
{
	struct timeval pause = { 0, 400000 };

	if (ioctl(fd, TIOCSBRK, 0) != 0)
		return (-1);
	select(0, NULL, NULL, NULL, &pause);
	return (ioctl(fd, TIOCCBRK, 0) != 0 ? -1 : 0);
}

speed_t
cfgetospeed(const struct termios *t)
{
	return (t->c_ospeed);
}

speed_t
cfgetispeed(const struct termios *t)
{
	return (t->c_ispeed);
}

int
cfsetospeed(struct termios *t, speed_t speed)
{
	t->c_ospeed = speed;
	return (0);
}

int
cfsetispeed(struct termios *t, speed_t speed)
{
	t->c_ispeed = speed;
	return (0);
}

int
cfsetspeed(struct termios *t, speed_t speed)
{
	t->c_ispeed = t->c_ospeed = speed;
	return (0);
}

void
cfmakeraw(struct termios *t)
{
	t->c_iflag &= ~(IMAXBEL | IXOFF | INPCK | BRKINT | PARMRK | ISTRIP |
	    INLCR | IGNCR | ICRNL | IXON | IGNPAR);
	t->c_iflag |= IGNBRK;
	t->c_oflag &= ~OPOST;
	t->c_lflag &= ~(ECHO | ECHOE | ECHOK | ECHONL | ICANON | ISIG |
	    IEXTEN | NOFLSH | TOSTOP | PENDIN);
	t->c_cflag &= ~(CSIZE | PARENB);
	t->c_cflag |= CS8 | CREAD;
	t->c_cc[VMIN] = 1;
	t->c_cc[VTIME] = 0;
}

/* As a terminal is when it is first opened. */
void
cfmakesane(struct termios *t)
{
	static const cc_t defaults[NCCS] = {
		[VEOF] = CEOF, [VEOL] = CEOL, [VEOL2] = CEOL,
		[VERASE] = CERASE, [VWERASE] = CWERASE, [VKILL] = CKILL,
		[VREPRINT] = CREPRINT, [VERASE2] = CERASE2, [VINTR] = CINTR,
		[VQUIT] = CQUIT, [VSUSP] = CSUSP, [VDSUSP] = CDSUSP,
		[VSTART] = CSTART, [VSTOP] = CSTOP, [VLNEXT] = CLNEXT,
		[VDISCARD] = CDISCARD, [VMIN] = CMIN, [VTIME] = CTIME,
		[VSTATUS] = CSTATUS, [VCHECKPT] = CCHECKPT
	};

	t->c_cflag = TTYDEF_CFLAG | (t->c_cflag & CLOCAL);
	t->c_iflag = TTYDEF_IFLAG;
	t->c_lflag = TTYDEF_LFLAG;
	t->c_oflag = TTYDEF_OFLAG;
	memcpy(t->c_cc, defaults, sizeof(defaults));
	t->c_ispeed = t->c_ospeed = TTYDEF_SPEED;
}

int
isatty(int fd)
{
	struct termios t;

	return (tcgetattr(fd, &t) == 0);
}

char *
ctermid_r(char *buf)
{
	return (buf != NULL ? strcpy(buf, "/dev/tty") : NULL);
}

char *
ctermid(char *buf)
{
	static char name[L_ctermid];

	return (ctermid_r(buf != NULL ? buf : name));
}
