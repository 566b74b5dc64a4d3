/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stty - show or set the options of a terminal
 *
 * usage: stty [-a | -e | -g] [-f file] [operands]
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#define TTYDEFCHARS
#include <sys/ttydefaults.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

struct mode {
	const char	*name;
	tcflag_t	 bits;
	tcflag_t	 field;	/* cleared first; 0: the bits themselves */
};

static const struct mode iflags[] = {
	{ "ignbrk", IGNBRK, 0 }, { "brkint", BRKINT, 0 },
	{ "ignpar", IGNPAR, 0 }, { "parmrk", PARMRK, 0 }, { "inpck", INPCK, 0 },
	{ "istrip", ISTRIP, 0 }, { "inlcr", INLCR, 0 }, { "igncr", IGNCR, 0 },
	{ "icrnl", ICRNL, 0 }, { "ixon", IXON, 0 }, { "ixoff", IXOFF, 0 },
	{ "ixany", IXANY, 0 }, { "imaxbel", IMAXBEL, 0 }, { NULL, 0, 0 }
};
static const struct mode oflags[] = {
	{ "opost", OPOST, 0 }, { "onlcr", ONLCR, 0 }, { "ocrnl", OCRNL, 0 },
	{ "onocr", ONOCR, 0 }, { "onlret", ONLRET, 0 }, { "oxtabs", OXTABS, 0 },
	{ "onoeot", ONOEOT, 0 }, { NULL, 0, 0 }
};
static const struct mode cflags[] = {
	{ "cread", CREAD, 0 }, { "cs5", CS5, CSIZE }, { "cs6", CS6, CSIZE },
	{ "cs7", CS7, CSIZE }, { "cs8", CS8, CSIZE }, { "parenb", PARENB, 0 },
	{ "parodd", PARODD, 0 }, { "hupcl", HUPCL, 0 },
	{ "clocal", CLOCAL, 0 }, { "cstopb", CSTOPB, 0 },
	{ "crtscts", CRTSCTS, 0 }, { NULL, 0, 0 }
};
static const struct mode lflags[] = {
	{ "icanon", ICANON, 0 }, { "isig", ISIG, 0 }, { "iexten", IEXTEN, 0 },
	{ "echo", ECHO, 0 }, { "echoe", ECHOE, 0 }, { "echok", ECHOK, 0 },
	{ "echoke", ECHOKE, 0 }, { "echonl", ECHONL, 0 },
	{ "echoctl", ECHOCTL, 0 }, { "echoprt", ECHOPRT, 0 },
	{ "altwerase", ALTWERASE, 0 }, { "noflsh", NOFLSH, 0 },
	{ "tostop", TOSTOP, 0 }, { "flusho", FLUSHO, 0 },
	{ "pendin", PENDIN, 0 }, { "nokerninfo", NOKERNINFO, 0 },
	{ "extproc", EXTPROC, 0 }, { NULL, 0, 0 }
};
static const struct {
	const char	*name;
	int		 index;
} chars[] = {
	{ "discard", VDISCARD }, { "dsusp", VDSUSP }, { "eof", VEOF },
	{ "eol", VEOL }, { "eol2", VEOL2 }, { "erase", VERASE },
	{ "erase2", VERASE2 }, { "intr", VINTR }, { "kill", VKILL },
	{ "lnext", VLNEXT }, { "min", VMIN }, { "quit", VQUIT },
	{ "reprint", VREPRINT }, { "start", VSTART }, { "status", VSTATUS },
	{ "stop", VSTOP }, { "susp", VSUSP }, { "time", VTIME },
	{ "werase", VWERASE },
};
#define NCHARS	(sizeof(chars) / sizeof(chars[0]))

static int fd = STDIN_FILENO;
static struct termios tio;
static int column;

static void
put(const char *text)
{
	int len = (int)strlen(text);

	if (column > 0 && column + 1 + len > 78) {
		printf("\n\t");
		column = 8;
	} else if (column > 0) {
		putchar(' ');
		column++;
	}
	fputs(text, stdout);
	column += len;
}

static void
put_modes(const char *title, const struct mode *m, tcflag_t value, int all,
    tcflag_t usual)
{
	char text[32];
	int any = 0;

	for (; m->name != NULL; m++) {
		tcflag_t mask = m->field != 0 ? m->field : m->bits;
		int on = (value & mask) == m->bits;

		if (m->field != 0 && !on)
			continue;
		if (!all && (value & mask) == (usual & mask))
			continue;
		if (!any++) {
			printf("%s:", title);
			column = (int)strlen(title) + 1;
		}
		snprintf(text, sizeof(text), "%s%s", on ? "" : "-", m->name);
		put(text);
	}
	if (any)
		putchar('\n');
	column = 0;
}

static void
put_char(size_t i)
{
	char text[40];
	cc_t c = tio.c_cc[chars[i].index];

	if (chars[i].index == VMIN || chars[i].index == VTIME)
		snprintf(text, sizeof(text), "%s = %u;", chars[i].name, c);
	else if (c == _POSIX_VDISABLE)
		snprintf(text, sizeof(text), "%s = <undef>;", chars[i].name);
	else if (c < 0x20 || c == 0x7f)
		snprintf(text, sizeof(text), "%s = ^%c;", chars[i].name,
		    c == 0x7f ? '?' : c + '@');
	else
		snprintf(text, sizeof(text), "%s = %c;", chars[i].name, c);
	put(text);
}

static void
show(int all)
{
	struct winsize ws;
	size_t i;
	int any = 0;

	printf("speed %lu baud;", (unsigned long)cfgetospeed(&tio));
	if (all && ioctl(fd, TIOCGWINSZ, &ws) == 0)
		printf(" %d rows; %d columns;", ws.ws_row, ws.ws_col);
	putchar('\n');
	put_modes("lflags", lflags, tio.c_lflag, all, TTYDEF_LFLAG);
	put_modes("iflags", iflags, tio.c_iflag, all, TTYDEF_IFLAG);
	put_modes("oflags", oflags, tio.c_oflag, all, TTYDEF_OFLAG);
	put_modes("cflags", cflags, tio.c_cflag, all, TTYDEF_CFLAG);
	for (i = 0; i < NCHARS; i++) {
		if (!all && tio.c_cc[chars[i].index] ==
		    ttydefchars[chars[i].index])
			continue;
		if (!any++) {
			printf("cchars:");
			column = 7;
		}
		put_char(i);
	}
	if (any)
		putchar('\n');
}

static void
show_machine_form(void)
{
	size_t i;

	printf("gfmt1:cflag=%lx:iflag=%lx:lflag=%lx:oflag=%lx:",
	    (unsigned long)tio.c_cflag, (unsigned long)tio.c_iflag,
	    (unsigned long)tio.c_lflag, (unsigned long)tio.c_oflag);
	for (i = 0; i < NCHARS; i++)
		printf("%s=%x:", chars[i].name, tio.c_cc[chars[i].index]);
	printf("ispeed=%lu:ospeed=%lu\n", (unsigned long)cfgetispeed(&tio),
	    (unsigned long)cfgetospeed(&tio));
}

static int
set_mode(const char *name)
{
	static const struct {
		const struct mode *list;
		int		   which;
	} lists[] = { { iflags, 0 }, { oflags, 1 }, { cflags, 2 }, { lflags, 3 } };
	tcflag_t *words[] = { &tio.c_iflag, &tio.c_oflag, &tio.c_cflag,
	    &tio.c_lflag };
	int off = *name == '-';
	const struct mode *m;
	size_t i;

	name += off;
	for (i = 0; i < 4; i++) {
		for (m = lists[i].list; m->name != NULL; m++) {
			if (strcmp(m->name, name) != 0)
				continue;
			*words[i] &= ~(m->field != 0 ? m->field : m->bits);
			if (!off)
				*words[i] |= m->bits;
			return (1);
		}
	}
	return (0);
}

static void
sane(void)
{
	tio.c_iflag = TTYDEF_IFLAG;
	tio.c_oflag = TTYDEF_OFLAG;
	tio.c_lflag = TTYDEF_LFLAG;
	tio.c_cflag = TTYDEF_CFLAG | (tio.c_cflag & (CLOCAL | CRTSCTS));
	memcpy(tio.c_cc, ttydefchars, sizeof(tio.c_cc));
}

static int
set_named(const char *name)
{
	if (strcmp(name, "sane") == 0) {
		sane();
	} else if (strcmp(name, "raw") == 0) {
		cfmakeraw(&tio);
		tio.c_cflag = (tio.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	} else if (strcmp(name, "cooked") == 0 || strcmp(name, "-raw") == 0) {
		sane();
	} else if (strcmp(name, "cbreak") == 0) {
		tio.c_iflag |= BRKINT | IXON | IMAXBEL;
		tio.c_oflag |= OPOST;
		tio.c_lflag |= ISIG | IEXTEN;
		tio.c_lflag &= ~(tcflag_t)ICANON;
	} else if (strcmp(name, "-cbreak") == 0) {
		sane();
	} else if (strcmp(name, "nl") == 0) {
		tio.c_iflag &= ~(tcflag_t)ICRNL;
		tio.c_oflag &= ~(tcflag_t)ONLCR;
	} else if (strcmp(name, "-nl") == 0) {
		tio.c_iflag |= ICRNL;
		tio.c_oflag |= ONLCR;
	} else if (strcmp(name, "tabs") == 0) {
		tio.c_oflag &= ~(tcflag_t)OXTABS;
	} else if (strcmp(name, "-tabs") == 0) {
		tio.c_oflag |= OXTABS;
	} else if (strcmp(name, "dec") == 0) {
		tio.c_cc[VERASE] = 0x7f;
		tio.c_cc[VKILL] = CKILL;
		tio.c_cc[VINTR] = CINTR;
	} else {
		return (0);
	}
	return (1);
}

static cc_t
char_value(const char *text)
{
	if (strcmp(text, "undef") == 0 || strcmp(text, "^-") == 0)
		return (_POSIX_VDISABLE);
	if (text[0] == '^' && text[1] != '\0')
		return (text[1] == '?' ? 0x7f : text[1] & 0x1f);
	return ((cc_t)text[0]);
}

/* Operands with a value; the number of words used. */
static int
set_with_value(const char *name, const char *value)
{
	struct winsize ws;
	size_t i;

	for (i = 0; i < NCHARS; i++) {
		if (strcmp(name, chars[i].name) != 0)
			continue;
		if (value == NULL)
			errx(1, "option requires an argument -- %s", name);
		tio.c_cc[chars[i].index] = chars[i].index == VMIN ||
		    chars[i].index == VTIME ? (cc_t)atoi(value) :
		    char_value(value);
		return (2);
	}
	if (strcmp(name, "rows") == 0 || strcmp(name, "columns") == 0 ||
	    strcmp(name, "cols") == 0) {
		if (value == NULL)
			errx(1, "option requires an argument -- %s", name);
		if (ioctl(fd, TIOCGWINSZ, &ws) < 0)
			err(1, "TIOCGWINSZ");
		if (*name == 'r')
			ws.ws_row = (unsigned short)atoi(value);
		else
			ws.ws_col = (unsigned short)atoi(value);
		if (ioctl(fd, TIOCSWINSZ, &ws) < 0)
			err(1, "TIOCSWINSZ");
		return (2);
	}
	if (strcmp(name, "ispeed") == 0 || strcmp(name, "ospeed") == 0 ||
	    strcmp(name, "speed") == 0) {
		if (value == NULL)
			errx(1, "option requires an argument -- %s", name);
		if (*name != 'o')
			cfsetispeed(&tio, (speed_t)atol(value));
		if (*name != 'i')
			cfsetospeed(&tio, (speed_t)atol(value));
		return (2);
	}
	return (0);
}

static void
set_machine_form(char *text)
{
	char *word, *value;
	unsigned long n;
	size_t i;

	while ((word = strsep(&text, ":\n")) != NULL) {
		value = strchr(word, '=');
		if (value == NULL)
			continue;
		*value++ = '\0';
		n = strtoul(value, NULL, strstr(word, "speed") ? 10 : 16);
		if (strcmp(word, "cflag") == 0)
			tio.c_cflag = (tcflag_t)n;
		else if (strcmp(word, "iflag") == 0)
			tio.c_iflag = (tcflag_t)n;
		else if (strcmp(word, "lflag") == 0)
			tio.c_lflag = (tcflag_t)n;
		else if (strcmp(word, "oflag") == 0)
			tio.c_oflag = (tcflag_t)n;
		else if (strcmp(word, "ispeed") == 0)
			cfsetispeed(&tio, n);
		else if (strcmp(word, "ospeed") == 0)
			cfsetospeed(&tio, n);
		for (i = 0; i < NCHARS; i++) {
			if (strcmp(word, chars[i].name) == 0)
				tio.c_cc[chars[i].index] = (cc_t)n;
		}
	}
}

int
main(int argc, char **argv)
{
	struct winsize ws;
	int format = 0, used, i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0' &&
	    argv[i][2] == '\0' && strchr("aefg", argv[i][1]) != NULL; i++) {
		if (argv[i][1] != 'f') {
			format = argv[i][1];
			continue;
		}
		if (++i == argc)
			errx(1, "usage: stty [-a | -e | -g] [-f file] [operands]");
		fd = open(argv[i], O_RDONLY | O_NONBLOCK);
		if (fd < 0)
			err(1, "%s", argv[i]);
	}
	if (tcgetattr(fd, &tio) < 0)
		errx(1, "stdin isn't a terminal");
	if (i == argc) {
		if (format == 'g')
			show_machine_form();
		else
			show(format != 0);
		return (0);
	}
	for (; i < argc; i += used) {
		used = 1;
		if (strncmp(argv[i], "gfmt1:", 6) == 0) {
			set_machine_form(argv[i]);
		} else if (strcmp(argv[i], "size") == 0) {
			if (ioctl(fd, TIOCGWINSZ, &ws) < 0)
				err(1, "TIOCGWINSZ");
			printf("%d %d\n", ws.ws_row, ws.ws_col);
		} else if (strcmp(argv[i], "all") == 0 ||
		    strcmp(argv[i], "everything") == 0) {
			show(1);
		} else if (isdigit((unsigned char)argv[i][0])) {
			cfsetspeed(&tio, (speed_t)atol(argv[i]));
		} else if (!set_named(argv[i]) && !set_mode(argv[i]) &&
		    (used = set_with_value(argv[i], argv[i + 1])) == 0) {
			errx(1, "illegal option -- %s", argv[i]);
		}
	}
	if (tcsetattr(fd, TCSADRAIN, &tio) < 0)
		err(1, "tcsetattr");
	return (0);
}
