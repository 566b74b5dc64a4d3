/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fparseln(3): logical lines with comments, continuation and escapes.
 */
#include <stdlib.h>
#include <string.h>
#include "local.h"

/* Is the character at p, in a line that starts at s, escaped? */
static bool
is_escaped(const char *s, const char *p, int esc)
{
	size_t n = 0;

	if (esc == '\0')
		return (false);
	while (p > s && (unsigned char)*--p == (unsigned char)esc)
		n++;
	return (n % 2 != 0);
}

static char *
find_unescaped(char *s, size_t n, int c, int esc)
{
	char *p;

	for (p = s; c != '\0' && p < s + n; p++) {
		if (*p == (char)c && !is_escaped(s, p, esc))
			return (p);
	}
	return (NULL);
}

/* Removes escape characters as the flags say. */
static size_t
unescape(char *s, size_t n, const char str[3], int flags)
{
	size_t i, j = 0;
	bool drop;

	for (i = 0; i < n; i++) {
		if (s[i] != str[0] || i + 1 >= n) {
			s[j++] = s[i];
			continue;
		}
		i++;
		if (s[i] == str[2] && str[2] != '\0')
			drop = (flags & FPARSELN_UNESCCOMM) != 0;
		else if (s[i] == str[1] && str[1] != '\0')
			drop = (flags & FPARSELN_UNESCCONT) != 0;
		else if (s[i] == str[0])
			drop = (flags & FPARSELN_UNESCESC) != 0;
		else
			drop = (flags & FPARSELN_UNESCREST) != 0;
		if (!drop)
			s[j++] = str[0];
		s[j++] = s[i];
	}
	s[j] = '\0';
	return (j);
}

char *
fparseln(FILE *fp, size_t *sizep, size_t *linenop, const char str[3],
    int flags)
{
	static const char defaults[3] = { '\\', '\\', '#' };
	char *buf = NULL, *line, *p, *end;
	size_t len = 0, n;
	bool more = true;

	if (str == NULL)
		str = defaults;
	while (more && (line = fgetln(fp, &n)) != NULL) {
		more = false;
		if (linenop != NULL)
			++*linenop;
		if (n > 0 && line[n - 1] == '\n')
			n--;
		end = find_unescaped(line, n, str[2], str[0]);
		if (end != NULL) {
			n = end - line;
			/* A line that is only a comment does not count. */
			more = n == 0 && len == 0;
		}
		if (n > 0 && str[1] != '\0' && line[n - 1] == str[1] &&
		    !is_escaped(line, line + n - 1, str[0])) {
			n--;
			more = true;
		}
		p = realloc(buf, len + n + 1);
		if (p == NULL) {
			free(buf);
			return (NULL);
		}
		buf = p;
		memcpy(buf + len, line, n);
		len += n;
		buf[len] = '\0';
	}
	if (buf != NULL && (flags & FPARSELN_UNESCALL) != 0 && str[0] != '\0')
		len = unescape(buf, len, str, flags);
	if (sizep != NULL)
		*sizep = len;
	return (buf);
}
