/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers from strings.
 *
 * All integer conversions are one: a sign, a prefix, digits, into an
 * unsigned 64-bit magnitude that saturates.  The locale does not matter to
 * any of them, so the _l forms are the same functions.
 */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <xlocale.h>

struct scan {
	uint64_t	magnitude;	/* UINT64_MAX on overflow */
	bool		negative;
	bool		overflow;
	const char	*end;		/* NULL: no number */
};

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'z')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'Z')
		return (c - 'A' + 10);
	return (INT_MAX);
}

static struct scan
scan_number(const char *s, int base)
{
	struct scan r = { 0, false, false, NULL };
	int d;

	while (isspace((unsigned char)*s))
		s++;
	if (*s == '-' || *s == '+')
		r.negative = *s++ == '-';
	if ((base == 0 || base == 16) && s[0] == '0' &&
	    (s[1] == 'x' || s[1] == 'X') && digit_value(s[2]) < 16) {
		s += 2;
		base = 16;
	} else if (base == 0) {
		base = *s == '0' ? 8 : 10;
	}
	for (; (d = digit_value(*s)) < base; s++) {
		if (__builtin_mul_overflow(r.magnitude, (uint64_t)base,
		    &r.magnitude) ||
		    __builtin_add_overflow(r.magnitude, (uint64_t)d,
		    &r.magnitude))
			r.overflow = true;
		r.end = s + 1;
	}
	if (r.overflow)
		r.magnitude = UINT64_MAX;
	return (r);
}

/* The end pointer and errno of a conversion; false if the base is wrong. */
static bool
begin(const char *s, char **endp, int base, struct scan *r)
{
	if (base < 0 || base == 1 || base > 36) {
		if (endp != NULL)
			*endp = __DECONST(char *, s);
		errno = EINVAL;
		return (false);
	}
	*r = scan_number(s, base);
	if (endp != NULL)
		*endp = __DECONST(char *, r->end != NULL ? r->end : s);
	if (r->end == NULL)
		errno = EINVAL;
	return (true);
}

long
strtol(const char *restrict s, char **restrict endp, int base)
{
	struct scan r;

	if (!begin(s, endp, base, &r))
		return (0);
	if (r.magnitude > (uint64_t)LONG_MAX + r.negative) {
		errno = ERANGE;
		return (r.negative ? LONG_MIN : LONG_MAX);
	}
	return (r.negative ? (long)-r.magnitude : (long)r.magnitude);
}

unsigned long
strtoul(const char *restrict s, char **restrict endp, int base)
{
	struct scan r;

	if (!begin(s, endp, base, &r))
		return (0);
	if (r.overflow) {
		errno = ERANGE;
		return (ULONG_MAX);
	}
	return (r.negative ? -r.magnitude : r.magnitude);
}

/* long, long long and intmax_t are the same. */
long long
strtoll(const char *restrict s, char **restrict endp, int base)
{
	return (strtol(s, endp, base));
}

unsigned long long
strtoull(const char *restrict s, char **restrict endp, int base)
{
	return (strtoul(s, endp, base));
}

intmax_t
strtoimax(const char *restrict s, char **restrict endp, int base)
{
	return (strtol(s, endp, base));
}

uintmax_t
strtoumax(const char *restrict s, char **restrict endp, int base)
{
	return (strtoul(s, endp, base));
}

__int64_t
strtoq(const char *restrict s, char **restrict endp, int base)
{
	return (strtol(s, endp, base));
}

__uint64_t
strtouq(const char *restrict s, char **restrict endp, int base)
{
	return (strtoul(s, endp, base));
}

int
atoi(const char *s)
{
	return ((int)strtol(s, NULL, 10));
}

long
atol(const char *s)
{
	return (strtol(s, NULL, 10));
}

long long
atoll(const char *s)
{
	return (strtol(s, NULL, 10));
}

double
atof(const char *s)
{
	return (strtod(s, NULL));
}

long
strtol_l(const char *s, char **endp, int base, locale_t loc)
{
	return (strtol(s, endp, base));
}

unsigned long
strtoul_l(const char *s, char **endp, int base, locale_t loc)
{
	return (strtoul(s, endp, base));
}

long long
strtoll_l(const char *s, char **endp, int base, locale_t loc)
{
	return (strtol(s, endp, base));
}

unsigned long long
strtoull_l(const char *s, char **endp, int base, locale_t loc)
{
	return (strtoul(s, endp, base));
}

intmax_t
strtoimax_l(const char *restrict s, char **restrict endp, int base,
    locale_t loc)
{
	return (strtol(s, endp, base));
}

uintmax_t
strtoumax_l(const char *restrict s, char **restrict endp, int base,
    locale_t loc)
{
	return (strtoul(s, endp, base));
}

int
atoi_l(const char *s, locale_t loc)
{
	return (atoi(s));
}

long
atol_l(const char *s, locale_t loc)
{
	return (atol(s));
}

long long
atoll_l(const char *s, locale_t loc)
{
	return (atoll(s));
}

double
atof_l(const char *s, locale_t loc)
{
	return (strtod_l(s, NULL, loc));
}

/*
 * A number in [min, max] and nothing else; *errstrp tells what is wrong.
 */
long long
strtonum(const char *s, long long min, long long max, const char **errstrp)
{
	int saved_errno = errno;
	const char *wrong = NULL;
	long long n = 0;
	char *end;

	errno = 0;
	if (min > max) {
		wrong = "invalid";
	} else {
		n = strtoll(s, &end, 10);
		if (end == s || *end != '\0')
			wrong = "invalid";
		else if (n < min || (errno == ERANGE && n == LLONG_MIN))
			wrong = "too small";
		else if (n > max || (errno == ERANGE && n == LLONG_MAX))
			wrong = "too large";
	}
	if (errstrp != NULL)
		*errstrp = wrong;
	if (wrong == NULL) {
		errno = saved_errno;
		return (n);
	}
	errno = *wrong == 'i' ? EINVAL : ERANGE;
	return (0);
}
