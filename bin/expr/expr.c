/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expr - evaluate an expression
 *
 * usage: expr [-e] expression
 *
 * Precedence, lowest first: |, &, comparisons, + -, * / %, :.  Integers have
 * 64 bits; overflow is an error.
 */
#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **arg;

static char *parse(int level);

static char *
dup_or_die(const char *s)
{
	char *copy = strdup(s);

	if (copy == NULL)
		err(2, NULL);
	return (copy);
}

static char *
from_number(intmax_t n)
{
	char buf[32];

	snprintf(buf, sizeof(buf), "%jd", n);
	return (dup_or_die(buf));
}

static int
is_number(const char *s, intmax_t *n)
{
	char *rest;

	if (*s == '\0' || (*s != '-' && (*s < '0' || *s > '9')))
		return (0);
	errno = 0;
	*n = strtoimax(s, &rest, 10);
	if (rest == s || *rest != '\0')
		return (0);
	if (errno == ERANGE)
		errx(2, "%s: overflow", s);
	return (1);
}

static intmax_t
need_number(const char *s)
{
	intmax_t n;

	if (!is_number(s, &n))
		errx(2, "non-numeric argument");
	return (n);
}

static int
is_false(const char *s)
{
	intmax_t n;

	return (*s == '\0' || (is_number(s, &n) && n == 0));
}

static char *
match(const char *s, const char *pattern)
{
	regmatch_t m[2];
	regex_t re;
	char *anchored, *result, message[128];
	int rc;

	if (asprintf(&anchored, "^%s", pattern) < 0)
		err(2, NULL);
	rc = regcomp(&re, pattern[0] == '^' ? pattern : anchored, 0);
	if (rc != 0) {
		regerror(rc, &re, message, sizeof(message));
		errx(2, "%s", message);
	}
	if (regexec(&re, s, 2, m, 0) == 0 && m[0].rm_so == 0) {
		if (re.re_nsub > 0)
			result = m[1].rm_so < 0 ? dup_or_die("") :
			    strndup(s + m[1].rm_so,
			    (size_t)(m[1].rm_eo - m[1].rm_so));
		else
			result = from_number(m[0].rm_eo);
	} else {
		result = re.re_nsub > 0 ? dup_or_die("") : from_number(0);
	}
	regfree(&re);
	free(anchored);
	return (result);
}

static char *
arithmetic(const char *op, intmax_t a, intmax_t b)
{
	intmax_t r;
	int overflow = 0;

	switch (*op) {
	case '+':
		overflow = __builtin_add_overflow(a, b, &r);
		break;
	case '-':
		overflow = __builtin_sub_overflow(a, b, &r);
		break;
	case '*':
		overflow = __builtin_mul_overflow(a, b, &r);
		break;
	default:
		if (b == 0)
			errx(2, "division by zero");
		if (a == INTMAX_MIN && b == -1)
			overflow = 1;
		else
			r = *op == '/' ? a / b : a % b;
	}
	if (overflow)
		errx(2, "overflow");
	return (from_number(r));
}

static char *
compare(const char *op, const char *a, const char *b)
{
	intmax_t x, y;
	int c;

	if (is_number(a, &x) && is_number(b, &y))
		c = (x > y) - (x < y);
	else
		c = strcoll(a, b);
	switch (op[0]) {
	case '=':
		return (from_number(c == 0));
	case '!':
		return (from_number(c != 0));
	case '<':
		return (from_number(op[1] == '=' ? c <= 0 : c < 0));
	default:
		return (from_number(op[1] == '=' ? c >= 0 : c > 0));
	}
}

/* Operators by level; the last level is the primary. */
static const char *const levels[][8] = {
	{ "|", NULL }, { "&", NULL },
	{ "=", "==", "!=", "<", "<=", ">", ">=", NULL },
	{ "+", "-", NULL }, { "*", "/", "%", NULL }, { ":", NULL },
};

static const char *
operator_at(int level)
{
	int i;

	for (i = 0; *arg != NULL && levels[level][i] != NULL; i++) {
		if (strcmp(*arg, levels[level][i]) == 0)
			return (*arg);
	}
	return (NULL);
}

static char *
primary(void)
{
	char *value;

	if (*arg == NULL)
		errx(2, "syntax error");
	if (strcmp(*arg, "(") == 0) {
		arg++;
		value = parse(0);
		if (*arg == NULL || strcmp(*arg, ")") != 0)
			errx(2, "syntax error");
		arg++;
		return (value);
	}
	return (dup_or_die(*arg++));
}

static char *
parse(int level)
{
	char *left, *right, *value;
	const char *op;

	if (level == (int)(sizeof(levels) / sizeof(levels[0])))
		return (primary());
	left = parse(level + 1);
	while ((op = operator_at(level)) != NULL) {
		arg++;
		right = parse(level + 1);
		switch (level) {
		case 0:
			value = dup_or_die(!is_false(left) ? left :
			    is_false(right) && *right == '\0' ? "0" : right);
			break;
		case 1:
			value = dup_or_die(is_false(left) || is_false(right) ?
			    "0" : left);
			break;
		case 2:
			value = compare(op, left, right);
			break;
		case 5:
			value = match(left, right);
			break;
		default:
			value = arithmetic(op, need_number(left),
			    need_number(right));
		}
		free(left);
		free(right);
		left = value;
	}
	return (left);
}

int
main(int argc, char **argv)
{
	char *result;

	arg = argv + 1;
	if (*arg != NULL && (strcmp(*arg, "-e") == 0 || strcmp(*arg, "--") == 0))
		arg++;
	result = parse(0);
	if (*arg != NULL)
		errx(2, "syntax error");
	puts(result);
	return (is_false(result));
}
