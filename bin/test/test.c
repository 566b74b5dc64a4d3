/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * test, [ - evaluate a condition
 *
 * A recursive descent parser over the argument vector:
 *
 *	or	and ("-o" and)*
 *	and	not ("-a" not)*
 *	not	"!" not | primary
 *	primary	"(" or ")" | unary operand | operand binary operand | operand
 *
 * With up to four arguments POSIX fixes the meaning by their number, which
 * the parser follows by preferring the binary reading of three words.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **arg, **end;

static int parse_or(void);

static void
fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnx(fmt, ap);
	va_end(ap);
	exit(2);
}

static intmax_t
number(const char *s)
{
	intmax_t n;
	char *rest;

	errno = 0;
	n = strtoimax(s, &rest, 10);
	while (isspace((unsigned char)*rest))
		rest++;
	if (rest == s || *rest != '\0')
		fail("%s: bad number", s);
	if (errno != 0)
		fail("%s: out of range", s);
	return (n);
}

static int
file_test(int op, const char *path)
{
	struct stat st;

	switch (op) {
	case 'r':
		return (eaccess(path, R_OK) == 0);
	case 'w':
		return (eaccess(path, W_OK) == 0);
	case 'x':
		return (eaccess(path, X_OK) == 0);
	case 'h':
	case 'L':
		return (lstat(path, &st) == 0 && S_ISLNK(st.st_mode));
	}
	if (stat(path, &st) < 0)
		return (0);
	switch (op) {
	case 'b':
		return (S_ISBLK(st.st_mode));
	case 'c':
		return (S_ISCHR(st.st_mode));
	case 'd':
		return (S_ISDIR(st.st_mode));
	case 'e':
		return (1);
	case 'f':
		return (S_ISREG(st.st_mode));
	case 'G':
		return (st.st_gid == getegid());
	case 'g':
		return ((st.st_mode & S_ISGID) != 0);
	case 'k':
		return ((st.st_mode & S_ISVTX) != 0);
	case 'O':
		return (st.st_uid == geteuid());
	case 'p':
		return (S_ISFIFO(st.st_mode));
	case 'S':
		return (S_ISSOCK(st.st_mode));
	case 's':
		return (st.st_size > 0);
	case 'u':
		return ((st.st_mode & S_ISUID) != 0);
	}
	return (0);
}

static int
is_unary(const char *s)
{
	return (s[0] == '-' && s[1] != '\0' && s[2] == '\0' &&
	    strchr("bcdefGghkLnOprSstuwxz", s[1]) != NULL);
}

static int
unary(int op, const char *operand)
{
	switch (op) {
	case 'n':
		return (*operand != '\0');
	case 'z':
		return (*operand == '\0');
	case 't':
		return (isatty((int)number(operand)));
	default:
		return (file_test(op, operand));
	}
}

static const char *const binaries[] = { "=", "==", "!=", "<", ">", "-eq", "-ne",
    "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", NULL };

static int
binary_index(const char *s)
{
	int i;

	for (i = 0; binaries[i] != NULL; i++) {
		if (strcmp(s, binaries[i]) == 0)
			return (i);
	}
	return (-1);
}

static int
newer(const char *a, const char *b)
{
	struct stat sa, sb;

	if (stat(a, &sa) < 0 || stat(b, &sb) < 0)
		return (0);
	if (sa.st_mtim.tv_sec != sb.st_mtim.tv_sec)
		return (sa.st_mtim.tv_sec > sb.st_mtim.tv_sec);
	return (sa.st_mtim.tv_nsec > sb.st_mtim.tv_nsec);
}

static int
binary(const char *a, int op, const char *b)
{
	struct stat sa, sb;

	switch (op) {
	case 0:
	case 1:
		return (strcmp(a, b) == 0);
	case 2:
		return (strcmp(a, b) != 0);
	case 3:
		return (strcmp(a, b) < 0);
	case 4:
		return (strcmp(a, b) > 0);
	case 5:
		return (number(a) == number(b));
	case 6:
		return (number(a) != number(b));
	case 7:
		return (number(a) < number(b));
	case 8:
		return (number(a) <= number(b));
	case 9:
		return (number(a) > number(b));
	case 10:
		return (number(a) >= number(b));
	case 11:
		return (newer(a, b));
	case 12:
		return (newer(b, a));
	default:
		return (stat(a, &sa) == 0 && stat(b, &sb) == 0 &&
		    sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino);
	}
}

static int
primary(void)
{
	const char *a, *b;
	int op, rc;

	if (arg == end)
		fail("argument expected");
	if (end - arg >= 3 && (op = binary_index(arg[1])) >= 0) {
		a = arg[0];
		b = arg[2];
		arg += 3;
		return (binary(a, op, b));
	}
	if (strcmp(*arg, "(") == 0 && end - arg > 1) {
		arg++;
		rc = parse_or();
		if (arg == end || strcmp(*arg, ")") != 0)
			fail("closing paren expected");
		arg++;
		return (rc);
	}
	if (is_unary(*arg) && end - arg >= 2) {
		op = arg[0][1];
		a = arg[1];
		arg += 2;
		return (unary(op, a));
	}
	return (**arg++ != '\0');
}

static int
parse_not(void)
{
	if (end - arg >= 2 && strcmp(*arg, "!") == 0 &&
	    !(end - arg >= 3 && binary_index(arg[1]) >= 0)) {
		arg++;
		return (!parse_not());
	}
	return (primary());
}

static int
parse_and(void)
{
	int rc = parse_not(), right;

	while (arg < end && strcmp(*arg, "-a") == 0) {
		arg++;
		right = parse_not();
		rc = rc && right;
	}
	return (rc);
}

static int
parse_or(void)
{
	int rc = parse_and(), right;

	while (arg < end && strcmp(*arg, "-o") == 0) {
		arg++;
		right = parse_and();
		rc = rc || right;
	}
	return (rc);
}

int
main(int argc, char **argv)
{
	int rc;

	if (strcmp(getprogname(), "[") == 0) {
		if (strcmp(argv[argc - 1], "]") != 0)
			fail("missing ]");
		argc--;
	}
	if (argc <= 1)
		return (1);
	arg = argv + 1;
	end = argv + argc;
	rc = parse_or();
	if (arg != end)
		fail("%s: unexpected operator", *arg);
	return (!rc);
}
