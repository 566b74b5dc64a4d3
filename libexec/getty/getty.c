/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getty - prepare a terminal line and ask for a login name
 *
 * usage: getty [type [line]]
 *
 * Run by init for the lines of /etc/ttys.  Makes the line the controlling
 * terminal, sets it up as /etc/gettytab says for the type, prints what is to
 * be printed, reads the name and hands over to login(1).
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#define TTYDEFCHARS
#include <sys/ttydefaults.h>
#include <sys/utsname.h>

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
#include <time.h>
#include <unistd.h>

#define NAME_MAX_LEN	64
#define GETTYTAB	"/etc/gettytab"

static char *entry, *defaults;		/* of gettytab; may be NULL */

/* A string capability of the type, or else of "default". */
static const char *
text_cap(const char *name, const char *otherwise)
{
	char *value;

	if ((entry != NULL && cgetstr(entry, name, &value) >= 0) ||
	    (defaults != NULL && cgetstr(defaults, name, &value) >= 0))
		return (value);
	return (otherwise);
}

static long
number_cap(const char *name, long otherwise)
{
	long value;

	if ((entry != NULL && cgetnum(entry, name, &value) == 0) ||
	    (defaults != NULL && cgetnum(defaults, name, &value) == 0))
		return (value);
	return (otherwise);
}

static int
flag_cap(const char *name)
{
	return ((entry != NULL && cgetcap(entry, name, ':') != NULL) ||
	    (defaults != NULL && cgetcap(defaults, name, ':') != NULL));
}

static void
read_gettytab(const char *type)
{
	static char path[] = GETTYTAB;
	char *files[] = { path, NULL };

	if (cgetent(&defaults, files, "default") < 0)
		defaults = NULL;
	if (cgetent(&entry, files, type) < 0)
		entry = NULL;
	if (entry == NULL && strcmp(type, "default") != 0)
		syslog(LOG_WARNING, "%s: no such type in %s", type, GETTYTAB);
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
set_modes(void)
{
	struct termios t;
	tcflag_t parity;

	if (tcgetattr(0, &t) < 0)
		return;
	t.c_iflag = TTYDEF_IFLAG;
	t.c_oflag = TTYDEF_OFLAG;
	t.c_lflag = TTYDEF_LFLAG;
	parity = flag_cap("ep") ? CS7 | PARENB : flag_cap("op") ?
	    CS7 | PARENB | PARODD : CS8;
	t.c_cflag = (TTYDEF_CFLAG & ~(tcflag_t)(CSIZE | PARENB | PARODD)) |
	    parity;
	if (parity != CS8)
		t.c_iflag |= INPCK | ISTRIP;
	/* Without modem lines nobody says when somebody is there. */
	if (flag_cap("np") || flag_cap("nc"))
		t.c_cflag |= CLOCAL;
	if (flag_cap("hw"))
		t.c_cflag |= CRTSCTS;
	memcpy(t.c_cc, ttydefchars, sizeof(t.c_cc));
	cfsetspeed(&t, (speed_t)number_cap("sp", TTYDEF_SPEED));
	tcsetattr(0, TCSANOW, &t);
}

/* One character of a message; the letter behind "%" says what is put in. */
static void
put_special(int letter, const char *line)
{
	struct utsname u;
	char buf[64];
	time_t now = time(NULL);

	uname(&u);
	switch (letter) {
	case 's': fputs(u.sysname, stdout); break;
	case 'm': fputs(u.machine, stdout); break;
	case 'r': fputs(u.release, stdout); break;
	case 'v': fputs(u.version, stdout); break;
	case 'h':
		fputs(u.nodename[0] != '\0' ? u.nodename : "Amnesiac",
		    stdout);
		break;
	case 't': fputs(line, stdout); break;
	case 'd':
		strftime(buf, sizeof(buf), "%l:%M%p on %A, %d %B %Y",
		    localtime(&now));
		fputs(buf, stdout);
		break;
	default: putchar(letter);
	}
}

static void
print_text(const char *text, const char *line)
{
	for (; *text != '\0'; text++) {
		if (*text == '%' && text[1] != '\0')
			put_special((unsigned char)*++text, line);
		else
			putchar(*text);
	}
}

static void
print_issue(const char *line)
{
	const char *path = text_cap("if", NULL);
	FILE *f;
	int c;

	f = path != NULL ? fopen(path, "r") : NULL;
	if (f != NULL) {
		putchar('\n');
		while ((c = getc(f)) != EOF) {
			if (c == '%' && (c = getc(f)) != EOF)
				put_special(c, line);
			else if (c != EOF)
				putchar(c);
		}
		fclose(f);
	}
	print_text(text_cap("im", "\r\n%s/%m (%h) (%t)\r\n\r\n"), line);
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

static void
end_of_patience(int sig)
{
	_exit(0);
}

int
main(int argc, char **argv)
{
	const char *type, *line, *login, *automatic;
	char name[NAME_MAX_LEN];

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
	read_gettytab(type);
	open_line(line);
	set_modes();
	print_issue(line);
	automatic = text_cap("al", NULL);
	if (automatic != NULL) {
		strlcpy(name, automatic, sizeof(name));
		fflush(stdout);
	} else {
		signal(SIGALRM, end_of_patience);
		alarm((unsigned int)number_cap("to", 0));
		do {
			print_text(text_cap("lm", "login: "), line);
			fflush(stdout);
		} while (!read_name(name, sizeof(name)));
		alarm(0);
	}
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	login = text_cap("lo", _PATH_LOGIN);
	if (automatic != NULL)
		execl(login, "login", "-fp", name, (char *)NULL);
	else
		execl(login, "login", "-p", name, (char *)NULL);
	syslog(LOG_ERR, "%s: %m", login);
	sleep(5);
	return (EX_OSERR);
}
