/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers with a suffix, as dd takes them: b (512), k, m, g, t, w (the size
 * of an int), and products of them written 2x512.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The number at *pp, which moves behind it; false if there is none. */
static bool
get_factor(const char **pp, long long *valp)
{
	static const struct {
		char letter;
		long long factor;
	} suffixes[] = {
		{ 'b', 512 }, { 'k', 1LL << 10 }, { 'm', 1LL << 20 },
		{ 'g', 1LL << 30 }, { 't', 1LL << 40 }, { 'w', sizeof(int) }
	};
	char *end;
	size_t i;
	long long val;

	errno = 0;
	val = strtoll(*pp, &end, 0);
	if (end == *pp || errno != 0)
		return (false);
	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (*end != suffixes[i].letter &&
		    *end != suffixes[i].letter - 'a' + 'A')
			continue;
		if (__builtin_mul_overflow(val, suffixes[i].factor, &val)) {
			errno = ERANGE;
			return (false);
		}
		end++;
		break;
	}
	*pp = end;
	*valp = val;
	return (true);
}

/* 0 and a text in errbuf if val is no number from min to max. */
long long
strsuftollx(const char *desc, const char *val, long long min, long long max,
    char *errbuf, size_t errlen)
{
	const char *p = val;
	long long factor, result = 1;

	*errbuf = '\0';
	do {
		if (!get_factor(&p, &factor)) {
			snprintf(errbuf, errlen, "%s \"%s\": %s", desc, val,
			    errno == ERANGE ? "out of range" :
			    "illegal number");
			return (0);
		}
		if (__builtin_mul_overflow(result, factor, &result)) {
			snprintf(errbuf, errlen, "%s \"%s\": out of range",
			    desc, val);
			return (0);
		}
	} while ((*p == 'x' || *p == '*') && *p++ != '\0');
	if (*p != '\0')
		snprintf(errbuf, errlen, "%s \"%s\": illegal number", desc,
		    val);
	else if (result < min)
		snprintf(errbuf, errlen, "%s %lld is less than %lld", desc,
		    result, min);
	else if (result > max)
		snprintf(errbuf, errlen, "%s %lld is greater than %lld", desc,
		    result, max);
	return (*errbuf != '\0' ? 0 : result);
}

/* The same; ends the program if it is not one. */
long long
strsuftoll(const char *desc, const char *val, long long min, long long max)
{
	char errbuf[128];
	long long result;

	result = strsuftollx(desc, val, min, max, errbuf, sizeof(errbuf));
	if (*errbuf != '\0')
		errx(1, "%s", errbuf);
	return (result);
}
