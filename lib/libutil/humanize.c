/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers with size suffixes, for people: humanize_number(3) and the reverse.
 */
#include <sys/types.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <libutil.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	MAXSCALE	6

static const char letters[] = "\0KMGTPE";

/* The prefix of a scale, with or without the IEC's "i". */
static void
prefix(char *out, int scale, int flags)
{
	size_t n = 0;

	if (scale > 0) {
		out[n] = letters[scale];
		if (scale == 1 && (flags & HN_DIVISOR_1000) != 0)
			out[n] = 'k';
		n++;
		if (flags & HN_IEC_PREFIXES)
			out[n++] = 'i';
	} else if (flags & HN_B)
		out[n++] = 'B';
	out[n] = '\0';
}

/*
 * Writes v / divisor^scale; with one decimal below 10 if asked for.  Returns
 * the length the text has or would have.
 */
static int
print(char *buf, size_t len, uint64_t v, bool negative, int scale,
    uint64_t divisor, const char *suffix, int flags)
{
	uint64_t unit = 1, whole, tenths;
	char pre[4];
	const char *sep = flags & HN_NOSPACE ? "" : " ";
	int i;

	for (i = 0; i < scale; i++)
		unit *= divisor;
	prefix(pre, scale, flags);
	if (pre[0] == '\0' && suffix[0] == '\0')
		sep = "";
	whole = v / unit;
	tenths = (v % unit * 10 + unit / 2) / unit;
	if (whole < 10 && scale > 0 && (flags & (HN_DECIMAL |
	    HN_FRACTIONAL)) != 0) {
		whole += tenths / 10;
		tenths %= 10;
		if (whole < 10)
			return (snprintf(buf, len, "%s%" PRIu64 ".%" PRIu64
			    "%s%s%s", negative ? "-" : "", whole, tenths, sep,
			    pre, suffix));
	} else if (v % unit >= unit - v % unit)
		whole++;
	return (snprintf(buf, len, "%s%" PRIu64 "%s%s%s", negative ? "-" : "",
	    whole, sep, pre, suffix));
}

static int
humanize(char *buf, size_t len, uint64_t v, bool negative, const char *suffix,
    int scale, int flags)
{
	uint64_t divisor = flags & HN_DIVISOR_1000 ? 1000 : 1024, unit = 1;
	uint64_t limit;
	size_t digits, room, extra;
	int i;

	if (buf == NULL || suffix == NULL || len == 0)
		return (-1);
	buf[0] = '\0';
	if ((flags & (HN_DIVISOR_1000 | HN_IEC_PREFIXES)) ==
	    (HN_DIVISOR_1000 | HN_IEC_PREFIXES))
		return (-1);
	if ((scale & (HN_AUTOSCALE | HN_GETSCALE)) == 0)
		return (scale > MAXSCALE ? -1 : print(buf, len, v, negative,
		    scale, divisor, suffix, flags));
	/* As many digits as fit beside sign, space, prefix and suffix. */
	extra = 2 + (flags & HN_IEC_PREFIXES ? 1 : 0) +
	    (flags & HN_NOSPACE ? 0 : 1) + strlen(suffix) + negative;
	room = len > extra ? len - extra : 0;
	if (room < 1)
		return (-1);
	for (limit = 1, digits = 0; digits < room && limit < UINT64_MAX / 10;
	    digits++)
		limit *= 10;
	for (i = 0; i < MAXSCALE; i++) {
		if (v / unit < limit && (v / unit + (v % unit >= unit / 2 &&
		    unit > 1) < limit))
			break;
		unit *= divisor;
	}
	if (scale & HN_GETSCALE)
		return (i);
	return (print(buf, len, v, negative, i, divisor, suffix, flags));
}

int
humanize_number(char *buf, size_t len, int64_t v, const char *suffix,
    int scale, int flags)
{
	return (humanize(buf, len, v < 0 ? -(uint64_t)v : (uint64_t)v, v < 0,
	    suffix, scale, flags));
}

int
humanize_unsigned(char *buf, size_t len, uint64_t v, const char *suffix,
    int divisor)
{
	return (humanize(buf, len, v, false, suffix, HN_AUTOSCALE,
	    divisor == 1000 ? HN_DIVISOR_1000 : 0));
}

/* "10", "4k", "2.5G" is not one: a decimal number and at most one letter. */
int
expand_number(const char *s, int64_t *result)
{
	static const char order[] = "bkmgtpe";
	const char *p;
	char *end;
	intmax_t v;
	int shift = 0;

	errno = 0;
	v = strtoimax(s, &end, 0);
	if (errno != 0)
		return (-1);
	if (end == s) {
		errno = EINVAL;
		return (-1);
	}
	if (*end != '\0') {
		p = strchr(order, tolower((unsigned char)*end));
		if (p == NULL || *p == '\0') {
			errno = EINVAL;
			return (-1);
		}
		shift = (int)(p - order) * 10;
		end++;
		if (shift > 0 && tolower((unsigned char)*end) == 'b')
			end++;
		if (*end != '\0') {
			errno = EINVAL;
			return (-1);
		}
	}
	if (__builtin_mul_overflow(v, (intmax_t)1 << shift, &v)) {
		errno = ERANGE;
		return (-1);
	}
	*result = v;
	return (0);
}

int
dehumanize_number(const char *s, int64_t *result)
{
	return (expand_number(s, result));
}
