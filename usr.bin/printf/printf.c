/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf - formatted output
 *
 * usage: printf format [argument ...]
 *
 * The format is used again while arguments are left.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **arg;
static int rc;

/* Writes an escape sequence (p after the backslash); returns what follows. */
static const char *
escape(const char *p, int in_b)
{
	static const char names[] = "abfnrtv", codes[] = "\a\b\f\n\r\t\v";
	const char *at;
	int n, i, base = 8, max = 3;

	if (*p == 'c' && in_b) {
		fflush(stdout);
		exit(rc);
	}
	if (*p >= '0' && *p <= '7') {
		if (in_b && *p == '0')
			max = 4;
		for (n = i = 0; i < max && *p >= '0' && *p <= '7'; i++)
			n = n * base + *p++ - '0';
		putchar(n);
		return (p);
	}
	if (*p == '\0') {
		putchar('\\');
		return (p);
	}
	at = strchr(names, *p);
	if (at != NULL)
		putchar(codes[at - names]);
	else if (*p == '\\' || *p == '\'' || *p == '"')
		putchar(*p);
	else
		printf("\\%c", *p);
	return (p + 1);
}

static const char *
next(void)
{
	return (*arg != NULL ? *arg++ : "");
}

static void
check(const char *s, const char *end)
{
	if (end == s && *s != '\0')
		warnx("%s: expected numeric value", s);
	else if (*end != '\0')
		warnx("%s: not completely converted", s);
	else if (errno == ERANGE)
		warnx("%s: %s", s, strerror(ERANGE));
	else
		return;
	rc = 1;
}

static intmax_t
integer(const char *s, int is_unsigned)
{
	intmax_t n;
	char *end;

	if (*s == '"' || *s == '\'')
		return ((unsigned char)s[1]);
	errno = 0;
	n = is_unsigned && *s != '-' ? (intmax_t)strtoumax(s, &end, 0) :
	    strtoimax(s, &end, 0);
	check(s, end);
	return (n);
}

static double
real(const char *s)
{
	double d;
	char *end;

	if (*s == '"' || *s == '\'')
		return ((unsigned char)s[1]);
	errno = 0;
	d = strtod(s, &end);
	check(s, end);
	return (d);
}

static void
print_b(const char *s)
{
	while (*s != '\0') {
		if (*s == '\\')
			s = escape(s + 1, 1);
		else
			putchar(*s++);
	}
}

/* One conversion; p stands after '%'.  Returns what follows it. */
static const char *
convert(const char *p)
{
	char fmt[64];
	size_t n = 0;
	int c;

	fmt[n++] = '%';
	for (; *p != '\0' && strchr("#-+ 0123456789.*", *p) != NULL; p++) {
		if (n > sizeof(fmt) - 24)
			errx(1, "format too long");
		if (*p == '*')
			n += (size_t)snprintf(fmt + n, 16, "%d",
			    (int)integer(next(), 0));
		else
			fmt[n++] = *p;
	}
	while (*p != '\0' && strchr("hlLjqtz", *p) != NULL)
		p++;
	c = *p;
	switch (c) {
	case 'd': case 'i':
		snprintf(fmt + n, sizeof(fmt) - n, "j%c", c);
		printf(fmt, integer(next(), 0));
		break;
	case 'o': case 'u': case 'x': case 'X':
		snprintf(fmt + n, sizeof(fmt) - n, "j%c", c);
		printf(fmt, (uintmax_t)integer(next(), 1));
		break;
	case 'a': case 'A': case 'e': case 'E': case 'f': case 'F':
	case 'g': case 'G':
		snprintf(fmt + n, sizeof(fmt) - n, "%c", c);
		printf(fmt, real(next()));
		break;
	case 'c':
		snprintf(fmt + n, sizeof(fmt) - n, "c");
		printf(fmt, *next());
		break;
	case 's':
		snprintf(fmt + n, sizeof(fmt) - n, "s");
		printf(fmt, next());
		break;
	case 'b':
		print_b(next());
		break;
	case '%':
		putchar('%');
		break;
	default:
		errx(1, "%%%c: invalid directive", c);
	}
	return (p + 1);
}

int
main(int argc, char **argv)
{
	const char *format, *p;
	char **before;

	argv++;
	if (*argv != NULL && strcmp(*argv, "--") == 0)
		argv++;
	if (*argv == NULL) {
		fprintf(stderr, "usage: printf format [argument ...]\n");
		return (1);
	}
	format = *argv;
	arg = argv + 1;
	do {
		before = arg;
		for (p = format; *p != '\0';) {
			if (*p == '\\')
				p = escape(p + 1, 0);
			else if (*p == '%')
				p = convert(p + 1);
			else
				putchar(*p++);
		}
	} while (*arg != NULL && arg != before);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (rc);
}
