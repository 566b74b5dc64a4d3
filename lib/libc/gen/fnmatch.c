/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Matching names against patterns: ?, *, [...] and \ as the shell has them.
 *
 * A star is tried as short as possible first; a later star that has been
 * reached makes going back to an earlier one pointless, so only the last
 * one is remembered and matching takes at most pattern times string steps.
 */
#include <ctype.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#define CHAR_INVALID	((wint_t)-2)

/* The next character; a byte that begins none stands for itself. */
static wint_t
next_char(const char **sp)
{
	mbstate_t mbs;
	wchar_t wc;
	size_t n;

	if (((unsigned char)**sp & 0x80) == 0) {
		wc = (unsigned char)**sp;
		if (wc != 0)
			(*sp)++;
		return (wc);
	}
	memset(&mbs, 0, sizeof(mbs));
	n = mbrtowc(&wc, *sp, MB_LEN_MAX, &mbs);
	if (n == (size_t)-1 || n == (size_t)-2) {
		wc = (unsigned char)**sp | 0x10000000;
		n = 1;
	}
	*sp += n;
	return (wc);
}

static wint_t
fold(wint_t c, int flags)
{
	return ((flags & FNM_CASEFOLD) != 0 ? (wint_t)towlower(c) : c);
}

/* "[:name:]" at *pp, after its '['. */
static bool
match_class(const char **pp, wint_t c, bool *matched)
{
	char name[32];
	const char *end;
	size_t len;

	end = strstr(*pp + 1, ":]");
	if (end == NULL || (len = (size_t)(end - *pp - 1)) >= sizeof(name))
		return (false);
	memcpy(name, *pp + 1, len);
	name[len] = '\0';
	if (iswctype(c, wctype(name)))
		*matched = true;
	*pp = end + 2;
	return (true);
}

/*
 * A bracket expression, *pp behind its '['.  Returns 1 or 0 with *pp behind
 * the ']', -1 if there is none: then '[' is an ordinary character.
 */
static int
match_bracket(const char **pp, wint_t c, int flags)
{
	const char *p = *pp;
	bool negate, matched = false, first = true;
	wint_t lo, hi;

	negate = *p == '!' || *p == '^';
	if (negate)
		p++;
	c = fold(c, flags);
	for (;; first = false) {
		if (*p == '\0')
			return (-1);
		if (*p == ']' && !first)
			break;
		if (*p == '/' && (flags & FNM_PATHNAME) != 0)
			return (-1);
		if (p[0] == '[' && p[1] == ':') {
			p++;
			if (match_class(&p, c, &matched))
				continue;
			p--;
		}
		if (*p == '\\' && (flags & FNM_NOESCAPE) == 0 && p[1] != '\0')
			p++;
		lo = hi = fold(next_char(&p), flags);
		if (p[0] == '-' && p[1] != ']' && p[1] != '\0') {
			p++;
			if (*p == '\\' && (flags & FNM_NOESCAPE) == 0 &&
			    p[1] != '\0')
				p++;
			hi = fold(next_char(&p), flags);
		}
		if (c >= lo && c <= hi)
			matched = true;
	}
	*pp = p + 1;
	return (matched != negate);
}

/* May not be matched by a wildcard. */
static bool
is_special(const char *s, const char *start, int flags)
{
	if (*s == '/')
		return ((flags & FNM_PATHNAME) != 0);
	if (*s != '.' || (flags & FNM_PERIOD) == 0)
		return (false);
	return (s == start || ((flags & FNM_PATHNAME) != 0 && s[-1] == '/'));
}

/* One element that is not a star.  Both pointers move on if it matches. */
static bool
match_one(const char **pp, const char **sp, const char *start, int flags)
{
	const char *p = *pp, *s = *sp;
	wint_t pc, sc;
	int rc;

	if (*p == '\0' || *s == '\0')
		return (false);
	if (*p == '?') {
		if (is_special(s, start, flags))
			return (false);
		p++;
		next_char(&s);
		goto yes;
	}
	if (*p == '[' && !is_special(s, start, flags)) {
		p++;
		sc = next_char(&s);
		rc = match_bracket(&p, sc, flags);
		if (rc == 0)
			return (false);
		if (rc == 1)
			goto yes;
		p = *pp;
		s = *sp;
	}
	if (*p == '\\' && (flags & FNM_NOESCAPE) == 0 && p[1] != '\0')
		p++;
	pc = fold(next_char(&p), flags);
	sc = fold(next_char(&s), flags);
	if (pc != sc)
		return (false);
yes:
	*pp = p;
	*sp = s;
	return (true);
}

int
fnmatch(const char *pattern, const char *string, int flags)
{
	const char *p = pattern, *s = string;
	const char *star = NULL, *retry = NULL;

	for (;;) {
		if (*p == '*') {
			while (*p == '*')
				p++;
			if (is_special(s, string, flags) && *s != '/')
				return (FNM_NOMATCH);
			star = p;
			retry = s;
			continue;
		}
		if (*p == '\0' && (*s == '\0' ||
		    ((flags & FNM_LEADING_DIR) != 0 && *s == '/')))
			return (0);
		if (match_one(&p, &s, string, flags))
			continue;
		/* Let the last star take one more, unless it may not. */
		if (star == NULL || *retry == '\0' ||
		    (*retry == '/' && (flags & FNM_PATHNAME) != 0))
			return (FNM_NOMATCH);
		next_char(&retry);
		s = retry;
		p = star;
	}
}
