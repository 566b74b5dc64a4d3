/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses and patterns; see ed.h.
 */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

static regex_t last_pattern;
static int have_pattern;

regex_t *
pattern(const char **p, int icase)
{
	int delimiter = (unsigned char)**p;
	char *text, *out;
	int bracket = 0;

	if (delimiter == ' ' || delimiter == '\0')
		error("invalid pattern delimiter");
	text = out = malloc(strlen(*p) + 1);
	if (text == NULL)
		err(2, NULL);
	for ((*p)++; **p != '\0' && (bracket || **p != delimiter); (*p)++) {
		if (!bracket && **p == '\\' && (*p)[1] != '\0') {
			(*p)++;
			/* An escaped delimiter is an ordinary character. */
			if (**p != delimiter)
				*out++ = '\\';
		} else if (!bracket && **p == '[') {
			bracket = 1;
			*out++ = *(*p)++;
			if (**p == '^')
				*out++ = *(*p)++;
			if (**p == '\0')
				break;
		} else if (bracket && **p == ']')
			bracket = 0;
		*out++ = **p;
	}
	*out = '\0';
	if (**p == delimiter)
		(*p)++;
	if (*text == '\0') {
		free(text);
		if (!have_pattern)
			error("no previous pattern");
		return (&last_pattern);
	}
	if (have_pattern)
		regfree(&last_pattern);
	have_pattern = regcomp(&last_pattern, text,
	    icase ? REG_ICASE : 0) == 0;
	free(text);
	if (!have_pattern)
		error("invalid regular expression");
	return (&last_pattern);
}

int
line_matches(regex_t *re, long n)
{
	return (regexec(re, buffer_line(n)->text, 0, NULL, 0) == 0);
}

/* Onward or back from the current line, and around the end. */
static long
search(const char **p, int forward)
{
	regex_t *re = pattern(p, 0);
	long n = current;

	if (last == 0)
		error("no match");
	do {
		n = forward ? (n < last ? n + 1 : 1) :
		    (n > 1 ? n - 1 : last);
		if (line_matches(re, n))
			return (n);
	} while (n != current && !(current == 0 && n == (forward ? last :
	    1)));
	error("no match");
}

static void
skip_blanks(const char **p)
{
	*p += strspn(*p, " \t");
}

/* One address with its offsets; 0 if there is none. */
static int
address(const char **p, long *n)
{
	int found = 1, sign;
	char *end;
	long off;

	skip_blanks(p);
	switch (**p) {
	case '.':
		*n = current;
		(*p)++;
		break;
	case '$':
		*n = last;
		(*p)++;
		break;
	case '/':
	case '?':
		*n = search(p, **p == '/');
		break;
	case '\'':
		if (!islower((unsigned char)(*p)[1]))
			error("invalid mark character");
		*n = buffer_get_mark((*p)[1]);
		if (*n == 0)
			error("invalid address");
		*p += 2;
		break;
	default:
		if (isdigit((unsigned char)**p)) {
			*n = strtol(*p, &end, 10);
			*p = end;
		} else if (**p == '+' || **p == '-' || **p == '^') {
			*n = current;
		} else
			found = 0;
	}
	while (found) {
		skip_blanks(p);
		if (isdigit((unsigned char)**p)) {
			*n += strtol(*p, &end, 10);
			*p = end;
		} else if (**p == '+' || **p == '-' || **p == '^') {
			sign = *(*p)++ == '+' ? 1 : -1;
			off = 1;
			if (isdigit((unsigned char)**p)) {
				off = strtol(*p, &end, 10);
				*p = end;
			}
			*n += sign * off;
		} else
			break;
	}
	if (found && (*n < 0 || *n > last))
		error("invalid address");
	return (found);
}

int
addresses(const char **p, long *first, long *second)
{
	int count = 0, found, sep;
	long n, saved = current;

	*first = *second = current;
	for (;;) {
		found = address(p, &n);
		skip_blanks(p);
		sep = **p;
		if (found) {
			*first = *second;
			*second = n;
			if (count < 2)
				count++;
			if (count == 1)
				*first = n;
		} else if ((sep == ',' || sep == ';' || sep == '%') &&
		    count == 0) {
			/* "," and "%" are "1,$", ";" is ".,$". */
			*first = sep == ';' ? current : last > 0 ? 1 : 0;
			*second = last;
			count = 2;
			(*p)++;
			found = address(p, &n);
			if (found)
				*second = n;
			skip_blanks(p);
			sep = **p;
		}
		if (sep != ',' && sep != ';')
			break;
		(*p)++;
		if (sep == ';')
			current = *second;
		/* "3," is "3,3". */
		if (!address(p, &n)) {
			*first = *second;
			count = 2;
			break;
		}
		*first = *second;
		*second = n;
		count = 2;
		skip_blanks(p);
		if (**p != ',' && **p != ';')
			break;
	}
	current = saved;
	if (*first > *second)
		error("invalid address");
	return (count);
}
