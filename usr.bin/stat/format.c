/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formats of stat(1); see stat.h.
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "stat.h"

struct conversion {
	char	flags[8];
	int	width, precision;	/* precision -1: none */
	char	output;			/* D O U X F S, or 0 */
	char	sub;			/* H M L, or 0 */
	char	datum;
};

static const char *time_text;

static void
put_number(const struct conversion *c, uintmax_t n, char dflt)
{
	char form = c->output != 0 ? c->output : dflt;
	char fmt[32];

	snprintf(fmt, sizeof(fmt), "%%%s*.*j%c", c->flags,
	    form == 'D' ? 'd' : form == 'O' ? 'o' : form == 'X' ? 'x' : 'u');
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	printf(fmt, c->width, c->precision, n);
#pragma GCC diagnostic pop
}

static void
put_text(const struct conversion *c, const char *s)
{
	int left = strchr(c->flags, '-') != NULL;

	printf("%*.*s", left ? -c->width : c->width,
	    c->precision < 0 ? (int)strlen(s) : c->precision, s);
}

/* Seconds since 1970, or text, or with a precision seconds and a fraction. */
static void
put_time(const struct conversion *c, const struct timespec *ts)
{
	char buf[256];

	if (c->output == 'S') {
		strftime(buf, sizeof(buf), time_text, localtime(&ts->tv_sec));
		put_text(c, buf);
	} else if (c->output == 'F') {
		snprintf(buf, sizeof(buf), "%jd.%09ld", (intmax_t)ts->tv_sec,
		    ts->tv_nsec);
		if (c->precision >= 0 && c->precision < 9)
			buf[strlen(buf) - 9 + (size_t)c->precision] = '\0';
		printf("%*s", c->width, buf);
	} else
		put_number(c, (uintmax_t)ts->tv_sec, 'D');
}

static void
put_mode(const struct conversion *c, mode_t mode)
{
	char buf[12];

	if (c->output == 'S') {
		strmode(mode, buf);
		buf[10] = '\0';
		if (c->sub != 0) {
			memmove(buf, buf + (c->sub == 'H' ? 1 :
			    c->sub == 'M' ? 4 : 7), 3);
			buf[3] = '\0';
		}
		put_text(c, buf);
		return;
	}
	switch (c->sub) {
	case 'H': mode >>= 12; break;
	case 'M': mode = mode >> 9 & 07; break;
	case 'L': mode &= 0777; break;
	}
	put_number(c, mode, 'O');
}

static void
put_device(const struct conversion *c, dev_t dev, int kind)
{
	const char *name;

	if (c->output == 'S') {
		name = devname(dev, (mode_t)kind);
		put_text(c, name != NULL ? name : "???");
	} else if (c->sub == 'H')
		put_number(c, (uintmax_t)major(dev), 'D');
	else if (c->sub == 'L')
		put_number(c, (uintmax_t)(u_int)minor(dev), 'D');
	else
		put_number(c, (uintmax_t)dev, 'D');
}

static void
put_type(const struct conversion *c, mode_t mode)
{
	static const struct { mode_t type; char mark; const char *name; }
	types[] = {
		{ S_IFIFO, '|', "Fifo File" },
		{ S_IFCHR, 0, "Character Device" },
		{ S_IFDIR, '/', "Directory" },
		{ S_IFBLK, 0, "Block Device" },
		{ S_IFREG, 0, "Regular File" },
		{ S_IFLNK, '@', "Symbolic Link" },
		{ S_IFSOCK, '=', "Socket" },
	};
	char mark[2] = { 0, 0 };
	size_t i;

	for (i = 0; i < nitems(types); i++) {
		if ((mode & S_IFMT) != types[i].type)
			continue;
		mark[0] = types[i].mark;
		if (S_ISREG(mode) && (mode & 0111) != 0)
			mark[0] = '*';
		put_text(c, c->sub == 'H' ? types[i].name : mark);
		return;
	}
	put_text(c, c->sub == 'H' ? "???" : "?");
}

static void
put_link(const struct conversion *c, const struct stat *st, const char *name)
{
	char buf[MAXPATHLEN + 4] = "", *p = buf;
	ssize_t n;

	if (S_ISLNK(st->st_mode)) {
		if (c->output == 'S') {
			strcpy(buf, " -> ");
			p += 4;
		}
		n = readlink(name, p, MAXPATHLEN - 1);
		if (n < 0)
			n = 0;
		p[n] = '\0';
	}
	put_text(c, buf);
}

static void
put_id(const struct conversion *c, uintmax_t id, const char *name)
{
	if (c->output == 'S')
		put_text(c, name != NULL ? name : "???");
	else
		put_number(c, id, 'U');
}

static void
put_datum(const struct conversion *c, const struct stat *st,
    const char *name)
{
	struct passwd *pw;
	struct group *gr;

	switch (c->datum) {
	case 'a': put_time(c, &st->st_atim); break;
	case 'm': put_time(c, &st->st_mtim); break;
	case 'c': put_time(c, &st->st_ctim); break;
	case 'b': put_number(c, (uintmax_t)st->st_blocks, 'U'); break;
	case 'd':
		put_device(c, st->st_dev, S_ISCHR(st->st_mode) ? S_IFCHR :
		    S_IFBLK);
		break;
	case 'f':
		if (c->output == 'S')
			put_text(c, st->st_flags != 0 ?
			    fflagstostr(st->st_flags) : "-");
		else
			put_number(c, st->st_flags, 'O');
		break;
	case 'g':
		gr = c->output == 'S' ? getgrgid(st->st_gid) : NULL;
		put_id(c, st->st_gid, gr != NULL ? gr->gr_name : NULL);
		break;
	case 'u':
		pw = c->output == 'S' ? getpwuid(st->st_uid) : NULL;
		put_id(c, st->st_uid, pw != NULL ? pw->pw_name : NULL);
		break;
	case 'i': put_number(c, st->st_ino, 'U'); break;
	case 'k': put_number(c, (uintmax_t)st->st_blksize, 'U'); break;
	case 'l': put_number(c, st->st_nlink, 'U'); break;
	case 'N': put_text(c, name); break;
	case 'p': put_mode(c, st->st_mode); break;
	case 'r': put_device(c, st->st_rdev, S_IFCHR); break;
	case 'T': put_type(c, st->st_mode); break;
	case 'v': put_number(c, st->st_gen, 'U'); break;
	case 'Y': put_link(c, st, name); break;
	case 'Z':		/* major,minor or size */
		if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
			char buf[32];

			snprintf(buf, sizeof(buf), "%d,%d",
			    (int)major(st->st_rdev), (int)minor(st->st_rdev));
			put_text(c, buf);
			break;
		}
		/* FALLTHROUGH */
	case 'z': put_number(c, (uintmax_t)st->st_size, 'U'); break;
	}
}

/* Parses the conversion behind "%"; returns what follows. */
static const char *
parse(const char *p, struct conversion *c, const char *whole)
{
	size_t n = strspn(p, "#+-0 ");
	char *end;

	memset(c, 0, sizeof(*c));
	c->precision = -1;
	if (n >= sizeof(c->flags))
		errx(1, "%s: bad format", whole);
	memcpy(c->flags, p, n);
	p += n;
	c->width = (int)strtol(p, &end, 10);
	p = end;
	if (*p == '.') {
		c->precision = (int)strtol(p + 1, &end, 10);
		p = end;
	}
	if (*p != '\0' && strchr("DOUXFS", *p) != NULL)
		c->output = *p++;
	if (*p != '\0' && strchr("HML", *p) != NULL)
		c->sub = *p++;
	c->datum = *p;
	if (*p == '\0' || strchr("abcdfgiklmNprTuvYzZ", *p) == NULL)
		errx(1, "%s: bad format", whole);
	/* Names come as text unless numbers are asked for. */
	if (c->output == 0 && strchr("NTY", c->datum) != NULL)
		c->output = c->datum == 'Y' ? 'Y' : 'S';
	return (p + 1);
}

void
stat_format(const char *format, const struct stat *st, const char *name,
    const char *time_format)
{
	struct conversion c;
	const char *p;

	time_text = time_format;
	for (p = format; *p != '\0';) {
		if (*p != '%') {
			putchar(*p++);
			continue;
		}
		p++;
		switch (*p) {
		case '%': putchar('%'); p++; break;
		case 'n': putchar('\n'); p++; break;
		case 't': putchar('\t'); p++; break;
		default:
			p = parse(p, &c, format);
			put_datum(&c, st, name);
		}
	}
}
