/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regerror(3), and the forms of regcomp(3) and regexec(3) that take lengths
 * and wide strings; the matcher itself is TRE, as musl keeps it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <regex.h>

static const char *const messages[] = {
	"no error", "no match", "invalid regexp", "unknown collating element",
	"unknown character class name", "trailing backslash",
	"invalid back reference", "missing ']'", "missing ')'", "missing '}'",
	"invalid contents of {}", "invalid character range", "out of memory",
	"repetition not preceded by valid expression",
	"empty (sub)expression", "invalid argument", "illegal byte sequence"
};

size_t
regerror(int error, const regex_t *__restrict preg, char *__restrict buf,
    size_t size)
{
	const char *s = "unknown error";

	if (error >= 0 && error < (int)(sizeof(messages) / sizeof(messages[0])))
		s = messages[error];
	return (strlcpy(buf, s, size) + 1);
}

int
regncomp(regex_t *preg, const char *s, size_t n, int flags)
{
	char *copy;
	int r;

	copy = strndup(s, n);
	if (copy == NULL)
		return (REG_ESPACE);
	r = regcomp(preg, copy, flags);
	free(copy);
	return (r);
}

int
regnexec(const regex_t *preg, const char *s, size_t n, size_t nmatch,
    regmatch_t match[], int flags)
{
	char *copy;
	int r;

	copy = strndup(s, n);
	if (copy == NULL)
		return (REG_ESPACE);
	r = regexec(preg, copy, nmatch, match, flags);
	free(copy);
	return (r);
}
