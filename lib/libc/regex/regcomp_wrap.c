/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regcomp(3) and regexec(3): what POSIX does not know (patterns that end at
 * re_endp, literal patterns, parts of a string) in front of the matcher.
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <regex.h>

#define	POSIX_FLAGS	(REG_EXTENDED | REG_ICASE | REG_NEWLINE | REG_NOSUB)

int	__tre_regcomp(regex_t *__restrict, const char *__restrict, int);
int	__tre_regexec(const regex_t *__restrict, const char *__restrict,
	    size_t, regmatch_t [__restrict_arr], int);

/* n characters that stand for themselves, as a pattern. */
static char *
quote(const char *s, size_t n, int flags)
{
	const char *special = flags & REG_EXTENDED ? "\\^$.[]|()*+?{}" :
	    "\\^$.[]*";
	char *p, *out;

	out = p = malloc(n * 2 + 1);
	if (out == NULL)
		return (NULL);
	for (; n > 0; n--, s++) {
		if (strchr(special, *s) != NULL && *s != '\0')
			*p++ = '\\';
		*p++ = *s;
	}
	*p = '\0';
	return (out);
}

int
regcomp(regex_t *__restrict preg, const char *__restrict pattern, int flags)
{
	char *copy;
	size_t n;
	int r;

	if ((flags & (REG_PEND | REG_NOSPEC)) == 0)
		return (__tre_regcomp(preg, pattern, flags & POSIX_FLAGS));
	n = flags & REG_PEND ? (size_t)((const char *)preg->re_endp -
	    pattern) : strlen(pattern);
	copy = flags & REG_NOSPEC ? quote(pattern, n, flags) :
	    strndup(pattern, n);
	if (copy == NULL)
		return (REG_ESPACE);
	r = __tre_regcomp(preg, copy, flags & POSIX_FLAGS);
	free(copy);
	return (r);
}

int
regexec(const regex_t *__restrict preg, const char *__restrict s,
    size_t nmatch, regmatch_t match[__restrict_arr], int flags)
{
	regmatch_t part;
	size_t i;
	char *copy;
	int r;

	if ((flags & REG_STARTEND) == 0)
		return (__tre_regexec(preg, s, nmatch, match,
		    flags & (REG_NOTBOL | REG_NOTEOL)));
	part = match[0];
	copy = strndup(s + part.rm_so, part.rm_eo - part.rm_so);
	if (copy == NULL)
		return (REG_ESPACE);
	r = __tre_regexec(preg, copy, nmatch, match,
	    flags & (REG_NOTBOL | REG_NOTEOL));
	for (i = 0; r == 0 && i < nmatch; i++) {
		if (match[i].rm_so >= 0) {
			match[i].rm_so += part.rm_so;
			match[i].rm_eo += part.rm_so;
		}
	}
	free(copy);
	return (r);
}

/* Wide patterns and subjects by way of their multibyte form. */
static char *
narrow(const wchar_t *s, size_t n)
{
	const wchar_t *p = s;
	mbstate_t st;
	size_t len;
	char *out;

	memset(&st, 0, sizeof(st));
	len = wcsnrtombs(NULL, &p, n, 0, &st);
	if (len == (size_t)-1 || (out = malloc(len + 1)) == NULL)
		return (NULL);
	p = s;
	wcsnrtombs(out, &p, n, len, &st);
	out[len] = '\0';
	return (out);
}

int
regwncomp(regex_t *preg, const wchar_t *pattern, size_t n, int flags)
{
	char *copy = narrow(pattern, n);
	int r;

	if (copy == NULL)
		return (REG_ESPACE);
	r = regcomp(preg, copy, flags & ~REG_PEND);
	free(copy);
	return (r);
}

int
regwcomp(regex_t *preg, const wchar_t *pattern, int flags)
{
	return (regwncomp(preg, pattern, wcslen(pattern), flags));
}

/* Byte offsets become character offsets. */
static regoff_t
to_wide(const char *s, regoff_t off)
{
	mbstate_t st;

	if (off < 0)
		return (off);
	memset(&st, 0, sizeof(st));
	return ((regoff_t)mbsnrtowcs(NULL, &s, off, 0, &st));
}

int
regwnexec(const regex_t *preg, const wchar_t *s, size_t n, size_t nmatch,
    regmatch_t match[], int flags)
{
	char *copy = narrow(s, n);
	size_t i;
	int r;

	if (copy == NULL)
		return (REG_ESPACE);
	r = regexec(preg, copy, nmatch, match, flags & ~REG_STARTEND);
	for (i = 0; r == 0 && i < nmatch; i++) {
		match[i].rm_so = to_wide(copy, match[i].rm_so);
		match[i].rm_eo = to_wide(copy, match[i].rm_eo);
	}
	free(copy);
	return (r);
}

int
regwexec(const regex_t *preg, const wchar_t *s, size_t nmatch,
    regmatch_t match[], int flags)
{
	return (regwnexec(preg, s, wcslen(s), nmatch, match, flags));
}
