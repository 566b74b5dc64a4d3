/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getty - prepares a terminal line and asks for a login name
 *
 * usage: getty [type] line
 *
 * Opens the line, makes it the controlling terminal, sets sane modes and the
 * speed that the type names ("std.115200"; "Pc" is a console), prints
 * /etc/issue and the prompt, reads the name and hands over to login(1).
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#define TTYDEFCHARS
#include <sys/ttydefaults.h>
#include <sys/utsname.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <termios.h>
#include <unistd.h>

#define NAME_MAX_LEN	64

static speed_t
speed_of(const char *type)
{
	const char *digits = type + strcspn(type, "0123456789");
	long speed = strtol(digits, NULL, 10);

	return (speed > 0 ? (speed_t)speed : TTYDEF_SPEED);
}

static void
open_line(const char *line)
{
	char path[64];
	int fd;

	if (strcmp(line, "-") == 0)
		return;
	snprintf(path, sizeof(path), "%s%s", _PATH_DEV, line);
	if (chown(path, 0, 0) < 0 && errno != EROFS)
		syslog(LOG_WARNING, "%s: %m", path);
	chmod(path, 0600);
	revoke(path);
	fd = open(path, O_RDWR);
	if (fd < 0) {
		syslog(LOG_ERR, "%s: %m", path);
		exit(EX_NOINPUT);
	}
	setsid();
	if (ioctl(fd, TIOCSCTTY, 0) < 0)
		syslog(LOG_WARNING, "%s: TIOCSCTTY: %m", path);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	if (fd > 2)
		close(fd);
}

static void
set_modes(speed_t speed)
{
	struct termios t;

	if (tcgetattr(0, &t) < 0)
		return;
	t.c_iflag = TTYDEF_IFLAG;
	t.c_oflag = TTYDEF_OFLAG;
	t.c_lflag = TTYDEF_LFLAG;
	t.c_cflag = TTYDEF_CFLAG | CLOCAL;
	memcpy(t.c_cc, ttydefchars, sizeof(t.c_cc));
	cfsetspeed(&t, speed);
	tcsetattr(0, TCSANOW, &t);
}

/* /etc/issue, with %s %m %r %h %t replaced as uname and the line say. */
static void
print_issue(const char *line)
{
	struct utsname u;
	FILE *f;
	int c;

	uname(&u);
	putchar('\n');
	f = fopen("/etc/issue", "r");
	if (f == NULL) {
		printf("%s/%s (%s) (%s)\n\n", u.sysname, u.machine,
		    u.nodename, line);
		return;
	}
	while ((c = getc(f)) != EOF) {
		if (c != '%') {
			putchar(c);
			continue;
		}
		switch (c = getc(f)) {
		case 's':
			fputs(u.sysname, stdout);
			break;
		case 'm':
			fputs(u.machine, stdout);
			break;
		case 'r':
			fputs(u.release, stdout);
			break;
		case 'h':
			fputs(u.nodename, stdout);
			break;
		case 't':
			fputs(line, stdout);
			break;
		case EOF:
			break;
		default:
			putchar(c);
		}
	}
	fclose(f);
}

/* Reads a login name; 0 if there is none to try, exits at end of file. */
static int
read_name(char *name, size_t size)
{
	size_t i;

	if (fgets(name, (int)size, stdin) == NULL)
		exit(0);
	name[strcspn(name, "\r\n")] = '\0';
	if (name[0] == '-') {
		printf("login names may not start with '-'.\n");
		return (0);
	}
	for (i = 0; name[i] != '\0'; i++) {
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return (0);
	}
	return (i > 0);
}

int
main(int argc, char **argv)
{
	char name[NAME_MAX_LEN], host[256];
	const char *type, *line;

	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: getty [type] line\n");
		return (EX_USAGE);
	}
	type = argc == 3 ? argv[1] : "default";
	line = argv[argc - 1];
	openlog("getty", LOG_PID | LOG_ODELAY, LOG_AUTH);
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGHUP, SIG_DFL);
	open_line(line);
	set_modes(speed_of(type));
	if (gethostname(host, sizeof(host)) < 0 || host[0] == '\0')
		strlcpy(host, "Amnesiac", sizeof(host));
	print_issue(line);
	do {
		printf("%s login: ", host);
		fflush(stdout);
	} while (!read_name(name, sizeof(name)));
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	execl(_PATH_LOGIN, "login", "-p", name, (char *)NULL);
	syslog(LOG_ERR, "%s: %m", _PATH_LOGIN);
	sleep(5);
	return (EX_OSERR);
}
