/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decoding; see uuencode.h.
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "uuencode.h"

static int
uu_value(int c)
{
	return ((c - ' ') & 077);
}

/* One line: a length, then four characters for three bytes. */
static int
uu_line(const char *line, FILE *out)
{
	int n = uu_value((unsigned char)*line);
	const char *p = line + 1;
	unsigned int bits;
	int i;

	if (*line == '\0' || *line == '\n')
		return (0);
	for (; n > 0; n -= 3, p += 4) {
		bits = 0;
		for (i = 0; i < 4; i++) {
			/* Blanks at the end may have been lost. */
			int c = strlen(p) > (size_t)i && p[i] != '\n' ?
			    (unsigned char)p[i] : ' ';

			if (c < ' ' || c > ' ' + 64)
				return (-1);
			bits = bits << 6 | (unsigned int)uu_value(c);
		}
		putc((int)(bits >> 16), out);
		if (n > 1)
			putc((int)(bits >> 8 & 0xff), out);
		if (n > 2)
			putc((int)(bits & 0xff), out);
		if (strlen(p) < 4 && n > 3)
			return (-1);
	}
	return (1);
}

static int
base64_line(const char *line, FILE *out)
{
	unsigned int bits = 0;
	int n = 0, pad = 0;
	const char *at;

	for (; *line != '\0' && *line != '\n'; line++) {
		if (*line == '=') {
			pad++;
			continue;
		}
		at = strchr(base64_digits, *line);
		if (at == NULL || pad > 0)
			return (-1);
		bits = bits << 6 | (unsigned int)(at - base64_digits);
		if (++n == 4) {
			putc((int)(bits >> 16 & 0xff), out);
			putc((int)(bits >> 8 & 0xff), out);
			putc((int)(bits & 0xff), out);
			n = 0;
			bits = 0;
		}
	}
	if (n == 3) {
		putc((int)(bits >> 10 & 0xff), out);
		putc((int)(bits >> 2 & 0xff), out);
	} else if (n == 2)
		putc((int)(bits >> 4 & 0xff), out);
	else if (n == 1)
		return (-1);
	return (1);
}

/* "~user/file" is that user's. */
static const char *
expand(const char *path)
{
	static char buf[MAXPATHLEN];
	char user[64];
	size_t n = strcspn(path, "/");
	struct passwd *pw;

	if (*path != '~' || path[n] == '\0' || n > sizeof(user))
		return (path);
	snprintf(user, sizeof(user), "%.*s", (int)n - 1, path + 1);
	pw = getpwnam(user);
	if (pw == NULL)
		return (path);
	snprintf(buf, sizeof(buf), "%s%s", pw->pw_dir, path + n);
	return (buf);
}

static FILE *
open_output(const struct decode_options *o, const char *name, int mode)
{
	const char *base = strrchr(name, '/');
	int fd;
	FILE *f;

	if (o->to_stdout || strcmp(name, "/dev/stdout") == 0)
		return (stdout);
	if (o->output != NULL)
		name = o->output;
	else if (!o->strip_path)
		name = base != NULL ? base + 1 : name;
	else
		name = expand(name);
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC |
	    (o->keep ? O_EXCL : 0), mode & 0666);
	f = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (f == NULL) {
		warn("%s", name);
		return (NULL);
	}
	if (mode >= 0)
		fchmod(fd, (mode_t)mode & 0777);
	return (f);
}

/* The lines up to the end; returns 0 or 1. */
static int
decode_body(FILE *f, const char *name, FILE *out, int base64, int raw)
{
	char *line = NULL;
	size_t room = 0;
	int rc = 0, ended = raw, n;

	while (getline(&line, &room, f) > 0) {
		if (base64 && strncmp(line, "====", 4) == 0) {
			ended = 1;
			break;
		}
		n = base64 ? base64_line(line, out) : uu_line(line, out);
		if (n < 0) {
			warnx("%s: illegal character in the input", name);
			rc = 1;
			break;
		}
		/* A line of no bytes comes before "end". */
		if (!base64 && n > 0 && uu_value((unsigned char)*line) == 0) {
			ended = raw || (getline(&line, &room, f) > 0 &&
			    strncmp(line, "end", 3) == 0);
			break;
		}
	}
	if (rc == 0 && !ended) {
		warnx("%s: no \"end\" line", name);
		rc = 1;
	}
	free(line);
	return (rc);
}

int
decode_file(FILE *f, const char *name, const struct decode_options *o)
{
	char *line = NULL, *p;
	int rc = 0, found = 0, base64, mode;
	size_t room = 0;
	FILE *out;

	if (o->raw) {
		out = o->output != NULL ? open_output(o, o->output, 0666) :
		    stdout;
		if (out == NULL)
			return (1);
		rc = decode_body(f, name, out, o->base64, 1);
		return (rc | (fflush(out) != 0));
	}
	while ((!found || o->ignore_missing) &&
	    getline(&line, &room, f) > 0) {
		base64 = strncmp(line, "begin-base64 ", 13) == 0;
		if (!base64 && strncmp(line, "begin ", 6) != 0)
			continue;
		mode = (int)strtol(line + (base64 ? 13 : 6), &p, 8);
		p += strspn(p, " ");
		p[strcspn(p, "\r\n")] = '\0';
		if (*p == '\0')
			continue;
		found = 1;
		out = open_output(o, p, mode);
		if (out == NULL) {
			rc = 1;
			break;
		}
		rc |= decode_body(f, name, out, base64, 0);
		if (out != stdout ? fclose(out) != 0 : fflush(out) != 0) {
			warn("%s", p);
			rc = 1;
		}
	}
	if (!found) {
		warnx("%s: missing or bad \"begin\" line", name);
		rc = 1;
	}
	free(line);
	return (rc);
}
